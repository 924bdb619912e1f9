"""The command line on real files, with real children and the real network."""

import csv
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from cacviewer.phantom import generate, parameters_for, write

pytestmark = pytest.mark.slow


def cacviewer(*words, **how):
    """Runs the program as a user would."""
    command = [sys.executable, "-m", "cacviewer", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, **how)


@pytest.fixture(scope="module")
def phantom(tmp_path_factory):
    folder = tmp_path_factory.mktemp("phantom")
    write(generate(parameters_for(7, decoys=False, noise_sd_hu=12.0)), folder, dicom=True)
    return folder


@pytest.fixture(scope="module")
def scored(phantom, tmp_path_factory):
    out = tmp_path_factory.mktemp("result")
    done = cacviewer("score", phantom, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout)


def test_score_equals_the_truth(phantom, scored):
    truth = json.loads((phantom / "truth.json").read_text())
    _, case = scored
    for key in ("agatston", "volume_mm3", "mass_mg"):
        assert case["totals"][key] == pytest.approx(truth["totals"][key], rel=0.02, abs=1.0)
    assert case["category"]["label"] == truth["category"]["label"]


def test_relative_paths(phantom, tmp_path):
    done = cacviewer("inspect", phantom.name, cwd=phantom.parent)
    assert done.returncode == 0, done.stderr
    done = cacviewer("score", phantom.name, "--out", "here", "--series", "99", cwd=phantom.parent)
    assert "99" in done.stderr


def test_files(scored):
    out, case = scored
    names = {p.name for p in out.iterdir()}
    assert names == {
        "case.json", "scores.csv", "lesions.csv", "report.pdf", "heart.nii.gz", "aorta.nii.gz", "calcium.nii.gz"
    }  # fmt: skip
    assert json.loads((out / "case.json").read_text()) == case
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    with (out / "scores.csv").open(newline="", encoding="utf-8-sig") as stream:
        (row,) = csv.DictReader(stream)
    assert float(row["agatston"]) == pytest.approx(case["totals"]["agatston"])


def test_case_has_what_is_promised(scored):
    _, case = scored
    assert {"schema", "software", "model", "input", "heart", "totals", "arteries", "category", "lesions", "other",
            "findings", "timing_s"} <= set(case)  # fmt: skip
    assert set(case["arteries"]) == {"LM", "LAD", "LCX", "RCA", "unassigned"}
    for key in ("agatston", "volume_mm3", "mass_mg", "lesions"):
        assert sum(a[key] for a in case["arteries"].values()) == pytest.approx(case["totals"][key])
    assert set(case["timing_s"]) == {"start", "read", "heart", "calcium", "report", "total"}
    assert case["timing_s"]["total"] > case["timing_s"]["heart"] > 0
    assert len(case["model"]["sha256"]) == 64


def test_masks_lie_on_the_scan(phantom, scored):
    import SimpleITK as sitk

    out, case = scored
    calcium = sitk.ReadImage(str(out / "calcium.nii.gz"))
    assert list(calcium.GetSize())[::-1] == case["input"]["shape_zyx"]
    labels = sitk.GetArrayFromImage(calcium)
    heart = sitk.GetArrayFromImage(sitk.ReadImage(str(out / "heart.nii.gz")))
    assert set(np.unique(heart)) == {0, 1}
    true_heart = sitk.GetArrayFromImage(sitk.ReadImage(str(phantom / "masks" / "heart.nii.gz"))) > 0
    dice = 2 * (true_heart & (heart > 0)).sum() / (true_heart.sum() + heart.sum())
    assert dice > 0.85
    for lesion in case["lesions"]:
        index = calcium.TransformPhysicalPointToIndex(lesion["centroid_lps_mm"])
        z, y, x = index[::-1]
        near = labels[max(z - 1, 0) : z + 2, y - 3 : y + 4, x - 3 : x + 4]
        label = {"LM": 1, "LAD": 2, "LCX": 3, "RCA": 4, "unassigned": 5}[lesion["artery"]]
        assert (near == label).any()


def refused(*words, says, out=None):
    done = cacviewer(*words)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert says in done.stderr, done.stderr
    if out is not None:
        assert not out.exists() or not any(out.iterdir())
    return done


def test_refusals_write_nothing(phantom, tmp_path):
    out = tmp_path / "out"
    empty = tmp_path / "empty"
    empty.mkdir()
    refused("score", empty, "--out", out, says="no readable CT", out=out)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "notes.dcm").write_text("not DICOM")
    refused("score", tmp_path / "text", "--out", out, says="no readable CT", out=out)
    refused("score", tmp_path / "nowhere", "--out", out, says="does not exist", out=out)
    one = tmp_path / "one"
    one.mkdir()
    first = sorted((phantom / "dicom").iterdir())[0]
    (one / "a.dcm").write_bytes(first.read_bytes())
    refused("score", one, "--out", out, says="one slice", out=out)
    refused("score", phantom, "--out", out, "--series", "99", says="99", out=out)
    refused("score", phantom, "--out", out, "--rules", "nobody's", says="rule set", out=out)


def test_missing_slice_is_refused_by_name(phantom, tmp_path):
    gap = tmp_path / "gap"
    gap.mkdir()
    for number, path in enumerate(sorted((phantom / "dicom").iterdir())):
        if number != 10:
            os.link(path, gap / path.name)
    refused("score", gap, "--out", tmp_path / "out", says="missing", out=tmp_path / "out")


def test_target_that_cannot_be_written(phantom, tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    done = refused("score", phantom, "--out", blocker / "out", says="cannot be written")
    assert "file" in done.stderr


def test_contrast_is_refused_but_leaves_masks(tmp_path):
    folder, out = tmp_path / "cta", tmp_path / "out"
    write(generate(parameters_for(3, contrast=True, decoys=False)), folder, dicom=True)
    done = cacviewer("score", folder, "--out", out)
    assert done.returncode == 2
    assert "ontrast" in done.stderr
    case = json.loads((out / "case.json").read_text())
    assert case["totals"]["agatston"] is None
    assert case["category"] is None
    assert (out / "heart.nii.gz").is_file()
    assert not (out / "scores.csv").exists()


def test_help_and_wrong_words():
    assert "score" in cacviewer("--help").stdout
    assert cacviewer("score").returncode == 2
    assert cacviewer("--version").stdout.startswith("cacviewer ")
