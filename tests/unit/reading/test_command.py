import json
import subprocess
import sys
from pathlib import Path

import pytest

from cacviewer.cli.inspect import summary
from cacviewer.pipeline.inspect import inspect_input
from tests.builders.dicom import Scan, series

pytestmark = pytest.mark.slow


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cacviewer", "inspect", *words], capture_output=True, text=True, timeout=120
    )


def test_exit_codes_documents_and_reasons(tmp_path: Path) -> None:
    series(tmp_path / "good")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.dcm").write_text("no image")
    good = run(str(tmp_path / "good"), "--json", "--volume", str(tmp_path / "v.mha"))
    assert good.returncode == 0
    assert json.loads(good.stdout)["series"][0]["verdict"] == "ready"
    assert (tmp_path / "v.mha").stat().st_size > 10000
    bad = run(str(tmp_path / "text"), "--json")
    assert bad.returncode == 2
    assert json.loads(bad.stdout)["findings"][-1]["code"] == "no_dicom"
    assert "no readable CT" in bad.stderr
    assert "Traceback" not in bad.stderr
    wrong = run(str(tmp_path / "good"), "--series", "99")
    assert wrong.returncode == 2
    assert "There are: number 1" in wrong.stderr


def test_the_summary_for_people(tmp_path: Path) -> None:
    series(tmp_path, Scan(slices=1))
    text = summary(inspect_input([str(tmp_path)])["document"])
    assert "viewing_only" in text
    assert "refusal: The series has only one slice." in text
