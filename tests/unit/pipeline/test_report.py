"""`report`: a case.json back to paper, with masks and series where they are and are the right ones."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from cacviewer.core.comparison import with_comparison
from cacviewer.core.errors import UnreadableInput
from cacviewer.core.patient import PatientInputs
from cacviewer.pipeline.report import report
from cacviewer.reading.scan import inspect
from cacviewer.reports.formats import ReportOptions
from cacviewer.reports.masks import write_masks, write_nifti
from cacviewer.storage.case_json import case_document, write_case
from cacviewer.storage.case_reading import case_of_document, read_case, with_voxels
from tests.unit.reports.scored_case import GRID, anatomy_of, case_of, painted, refused_case
from tests.unit.storage.test_case_json import edited

INPUTS = PatientInputs(60, "male", "white")


def pages(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.fixture
def stored(tmp_path):
    """Folder with case.json and masks, and the series as a volume file that the case names."""
    import SimpleITK as sitk

    hu, lesions = painted()
    image = sitk.GetImageFromArray(hu)
    image.SetSpacing(GRID.spacing_mm[::-1])
    image.SetOrigin(GRID.origin_lps_mm)
    scan = tmp_path / "scan.mha"
    sitk.WriteImage(image, str(scan))
    (series,) = inspect([scan]).series
    case = with_comparison(case_of(hu, lesions, source=str(scan)), hu)
    case = replace(case, info=replace(case.info, header_sha256=series.info.header_sha256))
    folder = tmp_path / "result"
    folder.mkdir()
    write_case(case, folder / "case.json", inputs=INPUTS)
    write_masks(case, anatomy_of(), folder)
    return folder, case, scan


def test_a_case_comes_back_as_it_was_written():
    shown, automatic, edits = edited()
    document = case_document(shown, automatic, edits, INPUTS)
    back = case_of_document(json.loads(json.dumps(document)))
    assert case_document(back.case, back.automatic, back.edits, back.inputs) == document
    refused = case_document(refused_case())
    assert case_document(case_of_document(refused).case) == refused


def test_voxels_come_back_from_the_labels(stored):
    folder, case, _ = stored
    from cacviewer.reading.ownmasks import read_mask

    labels = read_mask(folder / "calcium.nii.gz", case.grid)
    back = with_voxels(read_case(folder / "case.json").case, labels)
    for ours, theirs in zip(back.lesions, (*case.scored, *case.other), strict=True):
        assert ours.id == theirs.id
        assert np.array_equal(ours.voxels, theirs.voxels)


def test_reports_of_a_case_whose_series_is_there(stored, tmp_path):
    folder, case, _ = stored
    out = tmp_path / "out"
    done = report(str(folder / "case.json"), str(out), ["pdf", "txt", "csv", "json", "nifti"])
    assert {Path(name).name for name in done.written} >= {
        "report.pdf",
        "report.txt",
        "scores.csv",
        "lesions.csv",
        "case.json",
    }
    assert all(Path(name).exists() for name in done.written)
    text = pages(out / "report.pdf")
    assert "LAD, slice 4/10: Agatston 48.0" in text
    assert "missing" not in text
    assert (out / "calcium.nii.gz").read_bytes() == (folder / "calcium.nii.gz").read_bytes()


def test_every_number_is_the_same_in_every_output(stored, tmp_path):
    folder, case, _ = stored
    report(str(folder / "case.json"), str(tmp_path), ["pdf", "txt", "csv", "json"])
    document = json.loads((tmp_path / "case.json").read_text("utf-8"))
    before = json.loads((folder / "case.json").read_text("utf-8"))
    assert {k: v for k, v in document.items() if k != "interpretation"} == {
        k: v for k, v in before.items() if k != "interpretation"
    }
    (row,) = csv.DictReader((tmp_path / "scores.csv").open(encoding="utf-8", newline=""))
    lesions = list(csv.DictReader((tmp_path / "lesions.csv").open(encoding="utf-8", newline="")))
    words = pages(tmp_path / "report.pdf"), (tmp_path / "report.txt").read_text("utf-8")
    for key, digits in (("agatston", 1), ("volume_mm3", 1), ("mass_mg", 2)):
        total = document["totals"][key]
        assert float(row[key]) == total
        arteries = [document["arteries"][name][key] for name in ("LM", "LAD", "LCX", "RCA", "unassigned")]
        assert [
            float(row[f"{name.lower()}_{key}"]) for name in ("LM", "LAD", "LCX", "RCA", "unassigned")
        ] == arteries
        assert sum(arteries) == pytest.approx(total, abs=1e-9)
        assert sum(float(one[key]) for one in lesions if one["scored"] == "true") == pytest.approx(
            total, abs=1e-9
        )
        for text in words:
            assert all(f"{number:.{digits}f}" in text for number in (total, *arteries))
    assert int(row["reported"]) == document["totals"]["reported"] == 118
    lines = document["interpretation"]["lines"]
    assert int(row["mesa_percentile"]) == lines["mesa_percentile"]["value"]
    assert float(row["arterial_age"]) == lines["arterial_age"]["value"]
    for text in words:
        assert str(lines["mesa_percentile"]["value"]) in text
        assert lines["hoff_band"]["value"] in text


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder, scan: scan.unlink(), "not where it was"),
        (lambda folder, scan: (folder / "calcium.nii.gz").unlink(), "masks are not beside"),
        (lambda folder, scan: (folder / "heart.nii.gz").write_bytes(b"\x1f\x8bno"), "masks are not beside"),
        (
            lambda folder, scan: write_nifti(
                np.zeros(GRID.shape_zyx, np.uint8),
                replace(GRID, origin_lps_mm=(0.0, 0.0, 0.0)),
                folder / "heart.nii.gz",
            ),
            "masks are not beside",
        ),
        (lambda folder, scan: _edit(folder, header_sha256="0" * 64), "other headers"),
        (lambda folder, scan: _edit(folder, header_sha256=""), "does not say which headers"),
    ],
)
def test_what_cannot_be_had_is_said_on_the_report(stored, tmp_path, spoil, said):
    folder, _, scan = stored
    spoil(folder, scan)
    report(str(folder / "case.json"), str(tmp_path / "out"), ["pdf"])
    text = " ".join(pages(tmp_path / "out/report.pdf").split())
    assert "Key images are missing" in text
    assert said in text
    assert "118" in text  # the score is there all the same


def _edit(folder: Path, **changes: str) -> None:
    document = json.loads((folder / "case.json").read_text("utf-8"))
    document["input"].update(changes)
    (folder / "case.json").write_text(json.dumps(document), "utf-8")


def test_masks_that_are_asked_for_must_be_there(stored, tmp_path):
    folder, _, _ = stored
    (folder / "heart.nii.gz").unlink()
    with pytest.raises(UnreadableInput, match="not at hand"):
        report(str(folder / "case.json"), str(tmp_path / "out"), ["csv", "nifti"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "cacviewer.case/1"}', '{"schema": "other/1"}'])
def test_what_is_no_case_is_refused(tmp_path, text):
    (tmp_path / "case.json").write_text(text, "utf-8")
    with pytest.raises(UnreadableInput, match="case"):
        report(str(tmp_path / "case.json"), str(tmp_path / "out"), ["csv"])
    assert not (tmp_path / "out").exists()


def test_without_names_no_name_is_in_any_file(stored, tmp_path):
    folder, case, scan = stored
    report(
        str(folder / "case.json"), str(tmp_path / "out"), ["pdf", "txt", "csv", "json"],
        ReportOptions(anonymised=True), prior=str(folder / "case.json"),
    )  # fmt: skip
    everything = pages(tmp_path / "out/report.pdf")
    everything += "".join(f.read_text("utf-8") for f in (tmp_path / "out").iterdir() if f.suffix != ".pdf")
    for secret in (
        *case.info.patient.name.split(),
        case.info.patient.id,
        "1966-01-02",
        "A-17",
        "General Hospital",
        str(scan),
    ):
        assert secret not in everything
    assert "anonymised" in everything


def test_a_prior_is_compared(stored, tmp_path):
    folder, _, _ = stored
    document = json.loads((folder / "case.json").read_text("utf-8"))
    document["input"]["study_date"] = "2024-03-04"
    document["totals"]["agatston"], document["totals"]["volume_mm3"] = 60.0, 70.0
    (tmp_path / "prior.json").write_text(json.dumps(document), "utf-8")
    report(
        str(folder / "case.json"), str(tmp_path / "out"), ["pdf", "json"], prior=str(tmp_path / "prior.json")
    )
    change = json.loads((tmp_path / "out/case.json").read_text("utf-8"))["interpretation"]["progression"]
    assert change["years"] == pytest.approx(730 / 365.25)
    text = pages(tmp_path / "out/report.pdf")
    assert f"{change['sqrt_difference']:.2f}" in text
    # and a report of that report still knows its prior
    again = tmp_path / "again"
    report(str(tmp_path / "out/case.json"), str(again), ["json"])
    assert json.loads((again / "case.json").read_text("utf-8"))["interpretation"]["progression"] == change
