"""What `cacviewer score` says and checks, without children."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from cacviewer.cli import score
from cacviewer.cli.progress import terminal_notice
from cacviewer.core.errors import CannotWrite, UsageError
from cacviewer.core.findings import finding
from tests.unit.reports.scored_case import refused_case, scored_case


@pytest.fixture
def no_children(monkeypatch):
    def start(**words):
        raise AssertionError("children were started")

    monkeypatch.setattr(score, "Runner", start)


def words(*more: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    score.add_arguments(parser)
    return parser.parse_args(["scan", *more])


@pytest.mark.usefixtures("no_children")
@pytest.mark.parametrize(
    ("more", "says"),
    [(("--rules", "mine"), "no rule set 'mine'")],
)
def test_unknown_names_are_refused_before_anything_starts(tmp_path, more, says):
    with pytest.raises(UsageError, match=says):
        score.run(words("--out", str(tmp_path / "out"), *more))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_children")
def test_a_target_in_the_way_is_refused_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("out", "report.pdf").mkdir(parents=True)
    for out in ("file", "file/out", "out"):
        with pytest.raises(CannotWrite, match=f"^{out}.* cannot be written"):
            score.run(words("--out", out))
    with pytest.raises(AssertionError, match="children"):
        score.run(words("--out", "new"))
    assert not Path("new").exists()


def test_a_folder_never_holds_results_of_two_cases(tmp_path, monkeypatch):
    for name in (*score.RESULTS, "notes.txt"):
        (tmp_path / name).write_text("another patient")
    case = refused_case()
    monkeypatch.setattr(score, "_volume", lambda *_: None)
    monkeypatch.setattr(
        score, "_written", lambda *args: (args[4] / "case.json").write_text("this patient") and case
    )

    class Runner:
        def run(self, *args, **words):
            return None

    score.score(Runner(), ["scan"], tmp_path, None, "threshold", "literature", 0.0)
    left = {p.name: p.read_text() for p in tmp_path.iterdir()}
    assert left == {"case.json": "this patient", "notes.txt": "another patient"}


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ((), "Score 118: moderate"),
        ((finding("fov_cut", where="left"),), "Score at least 118: moderate"),
        ((finding("tin_filter"),), "Score 118 (estimate): moderate"),
    ],
)
def test_what_stands_beside_the_score(found, line):
    case, _ = scored_case()
    text = score.summary(replace(case, findings=found), Path("out"))
    assert line in text
    assert "Score" in score.summary(replace(case, category=None), Path("out"))


def test_notices_go_to_standard_error(capsys):
    terminal_notice("The worker ended; trying again.")
    assert capsys.readouterr() == ("", "cacviewer: The worker ended; trying again.\n")
