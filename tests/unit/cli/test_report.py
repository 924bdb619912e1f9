"""`cacviewer report` as a person calls it, through a real child."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cacviewer.cli.report import formats_of, patient_inputs
from cacviewer.core.errors import UsageError
from cacviewer.core.patient import PatientInputs
from cacviewer.storage.case_json import write_case
from tests.unit.reports.scored_case import scored_case


def report(*words):
    done = subprocess.run(
        [sys.executable, "-m", "cacviewer", "report", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=200,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_case_becomes_files(tmp_path):
    write_case(scored_case()[0], tmp_path / "case.json")
    code, out, err = report(
        tmp_path / "case.json", "--out", tmp_path / "out", "--format", "pdf,txt,csv",
        "--language", "ar", "--bom", "--patient", "group=white", "sex=male",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert {line.rsplit("/")[-1] for line in out.split()} == {
        "report.pdf",
        "report.txt",
        "scores.csv",
        "lesions.csv",
    }
    assert (tmp_path / "out/scores.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "درجة" in (tmp_path / "out/report.txt").read_text("utf-8")


def test_what_is_no_case_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "case.json").write_text("{", "utf-8")
    code, _, err = report(tmp_path / "case.json", "--out", tmp_path / "out")
    assert code == 2
    assert "it is no JSON" in err
    assert not (tmp_path / "out").exists()


def test_words_are_checked_before_anything_starts():
    assert formats_of("PDF, csv") == ["pdf", "csv"]
    assert patient_inputs(["smoker=no", "group=black"]) == PatientInputs(smoker=False, group="black")
    for wrong in ("docx", "", "pdf,doc"):
        with pytest.raises(UsageError, match="format"):
            formats_of(wrong)
    with pytest.raises(UsageError, match="NAME=VALUE"):
        patient_inputs(["smoker"])
