from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from cacviewer.core.errors import CannotWrite
from cacviewer.core.study import Patient
from cacviewer.reports.csv import safe_cell, write_lesions, write_scores
from tests.unit.reports.scored_case import ARABIC_NAME, refused_case, scored_case


def rows(path, encoding="utf-8"):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def documented_columns(heading: str) -> list[str]:
    from pathlib import Path

    page = Path(__file__).parents[3].joinpath("docs/schema/scores-csv.md").read_text("utf-8")
    section = page.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return [name for line in section.splitlines() if line.startswith("| `") for name in line.split("`")[1:2]]


def test_one_row_that_adds_up(tmp_path):
    case, _ = scored_case()
    write_scores(case, tmp_path / "scores.csv")
    (row,) = rows(tmp_path / "scores.csv")
    for key in ("agatston", "agatston_raw", "volume_mm3", "mass_mg", "lesions"):
        parts = [float(row[f"{artery}_{key}"]) for artery in ("lm", "lad", "lcx", "rca", "unassigned")]
        assert sum(parts) == pytest.approx(float(row[key]), abs=1e-9)
    assert row["schema"] == "cacviewer.scores/1"
    assert (row["status"], row["reported"], row["agatston"]) == ("scored", "118", "118.25")
    assert float(row["mass_mg"]) == case.scores.total.mass_mg
    assert row["patient_name"] == ARABIC_NAME
    assert row["findings"] == "artery_unassigned;mass_uncalibrated"
    assert float(row["calcium_s"]) == case.timing.calcium
    assert (row["report_s"], row["total_s"]) == ("", "")  # not known yet


def test_a_refused_case_has_empty_cells_and_no_zero(tmp_path):
    write_scores(refused_case(), tmp_path / "scores.csv")
    (row,) = rows(tmp_path / "scores.csv")
    assert row["status"] == "refused"
    assert {row[k] for k in ("reported", "agatston", "lad_agatston", "lesions", "category_label")} == {""}
    assert "contrast_seen" in row["findings"]


def test_lesions_scored_first_then_other(tmp_path):
    case, _ = scored_case()
    write_lesions(case, tmp_path / "lesions.csv")
    table = rows(tmp_path / "lesions.csv")
    assert [row["scored"] for row in table] == ["true"] * 6 + ["false"]
    assert [row["agatston"] for row in table] == ["48.0", "9.0", "10.0", "49.0", "2.25", "0.0", ""]
    assert table[-1]["class"] == "aorta"
    assert table[-1]["artery"] == ""
    assert float(table[-1]["volume_mm3"]) == 81 * 0.75
    assert table[-1]["artery_confidence"] == ""
    assert [float(row["artery_confidence"]) for row in table[:-1]] == [
        s.artery_confidence for s in case.scored
    ]


def test_the_columns_are_the_documented_ones(tmp_path):
    case, _ = scored_case()
    write_scores(case, tmp_path / "scores.csv")
    write_lesions(case, tmp_path / "lesions.csv")
    for name in ("scores.csv", "lesions.csv"):
        header = (tmp_path / name).read_text("utf-8").splitlines()[0].split(",")
        assert header == documented_columns(name)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="])
def test_no_cell_of_text_is_a_formula(start):
    assert safe_cell(f"{start}cmd|'/C calc'!A0").startswith("'")


def test_numbers_are_no_text():
    assert [safe_cell(v) for v in (-1.5, -3, None, True, "a-b", "", 0.1)] == [
        "-1.5",
        "-3",
        "",
        "true",
        "a-b",
        "",
        "0.1",
    ]


def test_awkward_text_comes_back_as_it_was(tmp_path):
    case, _ = scored_case()
    name = 'Müller, "Bob"\r\nsecond line; ، ' + ARABIC_NAME
    case = replace(case, info=replace(case.info, patient=Patient(name=name, id="=1+2")), source="/a\udce9b")
    write_scores(case, tmp_path / "scores.csv", edits=3)
    (row,) = rows(tmp_path / "scores.csv")
    assert row["patient_name"] == name
    assert row["patient_id"] == "'=1+2"
    assert row["path"] == "/a?b"
    assert row["edits"] == "3"


def test_line_ends_and_byte_order_mark(tmp_path):
    case, _ = scored_case()
    write_scores(case, tmp_path / "a.csv")
    write_scores(case, tmp_path / "b.csv", bom=True)
    plain, marked = (tmp_path / "a.csv").read_bytes(), (tmp_path / "b.csv").read_bytes()
    assert plain.count(b"\r\n") == plain.count(b"\n") == 2
    assert marked == b"\xef\xbb\xbf" + plain


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    case, _ = scored_case()
    (tmp_path / "scores.csv").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(CannotWrite):
        write_scores(case, tmp_path / "scores.csv")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]
