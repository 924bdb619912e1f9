from __future__ import annotations

import argparse
import json

import pytest

from cacviewer.cli import phantom
from cacviewer.core.errors import UsageError


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    phantom.add_arguments(parser)
    return phantom.run(parser.parse_args(words))


def test_options_reach_the_phantom(tmp_path, capsys):
    words = "--seed 5 --decoys none --noise 12 --lesions 2 --load 200 --spacing 3 --thickness 5 --increment 4 --fov 210"
    assert run("--out", str(tmp_path), "--kvp", "100", *words.split()) == 0
    truth = json.loads((tmp_path / "truth.json").read_text())
    chosen = truth["parameters"]
    assert (chosen["seed"], chosen["decoys"], chosen["noise_sd_hu"], chosen["kvp"]) == (5, False, 12.0, 100)
    assert (chosen["lesions"], chosen["load"], chosen["contrast"]) == (2, 200.0, False)
    assert (chosen["spacing_mm"], chosen["thickness_mm"], chosen["increment_mm"]) == (3.0, 5.0, 4.0)
    assert truth["decoys"] == []
    assert "True Agatston" in capsys.readouterr().out


def test_dicom_goes_into_a_folder_of_its_own(tmp_path):
    assert run("--out", str(tmp_path), "--dicom", "--spacing", "4", "--fov", "200", "--thickness", "5") == 0
    assert (tmp_path / "dicom" / "IM0001.dcm").is_file()
    assert not (tmp_path / "ct.nii.gz").exists()


def test_wrong_values_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="pixel size"):
        run("--out", str(tmp_path / "new"), "--spacing", "-1")
    assert not (tmp_path / "new").exists()
