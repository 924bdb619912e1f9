"""Data sets in the layouts that people have."""

from dataclasses import replace

import numpy as np
import pytest

sitk = pytest.importorskip("SimpleITK")

from cacviewer.core.errors import UnreadableInput, UsageError  # noqa: E402
from cacviewer.training.cases import load_case  # noqa: E402
from cacviewer.training.heart import TrainingRequest, held_out, patients  # noqa: E402
from cacviewer.training.layouts import find_cases  # noqa: E402


def write(path, array):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = sitk.GetImageFromArray(array)
    image.SetSpacing((2.0, 2.0, 4.0))
    sitk.WriteImage(image, str(path))


@pytest.fixture
def hu():
    values = np.full((12, 30, 30), -1000, np.int16)
    values[:, 4:26, 4:26] = 30
    return values


def blocks(**places):
    labels = np.zeros((12, 30, 30), np.int16)
    for value, (low, high) in places.values():
        labels[3:9, low:high, low:high] = value
    return labels


def test_our_own_folders(tmp_path, hu):
    write(tmp_path / "train" / "a" / "ct.nii.gz", hu)
    write(tmp_path / "train" / "a" / "heart.nii.gz", blocks(h=(1, (8, 20))).astype(np.uint8))
    (tmp_path / "train" / "b").mkdir()
    (case,) = find_cases(tmp_path / "train")
    assert (case.name, set(case.masks)) == ("a", {"heart"})
    loaded = load_case(case, tmp_path / "cache")
    assert loaded.levels[0].heart.max() == 255
    assert load_case(case, tmp_path / "cache").heart_mm == loaded.heart_mm  # from the cache


@pytest.mark.parametrize(
    ("image", "label"),
    [
        ("images/p1.nii.gz", "labels/p1.nii.gz"),
        ("p1.nrrd", "p1_label.nrrd"),
        ("images/p1.mha", "labels/p1.nii.gz"),
    ],
)
def test_pairs_of_image_and_labels(tmp_path, hu, image, label):
    write(tmp_path / image, hu)
    write(tmp_path / label, blocks(heart=(1, (8, 20)), aorta=(2, (21, 24)), both=(3, (8, 10))))
    (case,) = find_cases(tmp_path)
    assert case.name == "p1"
    level = load_case(case, tmp_path / "cache").levels[0]
    heart, aorta = level.heart > 0, level.aorta > 0
    assert (heart & aorta).sum() == 6 * 2 * 2
    assert aorta.sum() == 6 * (3 * 3 + 2 * 2)


def test_mm_whs_hearts_are_closed_over_their_grooves(tmp_path, hu):
    write(tmp_path / "ct_train_1001_image.nii.gz", hu)
    labels = blocks(left=(500, (8, 13)), aorta=(820, (22, 24)))
    labels[3:9, 8:13, 15:20] = 600  # a groove of 4 mm between the ventricles
    labels[0, 8:13, 8:13] = 850  # the pulmonary artery is not the heart
    write(tmp_path / "ct_train_1001_label.nii.gz", labels)
    (case,) = find_cases(tmp_path)
    level = load_case(case, tmp_path / "cache").levels[0]
    heart = level.heart > 0
    assert 2 * 6 * 25 < heart.sum() <= 2 * 6 * 25 + 6 * 2 * 5  # some of the groove, nothing around it
    assert (
        load_case(replace(case, closing_mm=0.0, key="open"), tmp_path / "cache").levels[0].heart.sum()
        == 255 * 300
    )
    assert (level.aorta > 0).sum() == 6 * 4


def test_orcascore_has_calcium_and_no_heart(tmp_path, hu):
    write(tmp_path / "trv1p1cti.mhd", hu)
    write(tmp_path / "trv1p1r.mhd", blocks(lad=(1, (8, 10))).astype(np.uint8))
    (case,) = find_cases(tmp_path)
    assert case.calcium is not None
    with pytest.raises(UsageError, match="no images with heart masks"):
        patients(tmp_path)


def test_a_mask_of_another_size_is_said(tmp_path, hu):
    write(tmp_path / "a" / "ct.nii.gz", hu)
    write(tmp_path / "a" / "heart.nii.gz", np.zeros((5, 5, 5), np.uint8))
    (case,) = find_cases(tmp_path)
    with pytest.raises(UnreadableInput, match="heart mask does not have the size"):
        load_case(case, tmp_path / "cache")


def test_folds_hold_every_patient_out_once(tmp_path, hu):
    for name in "abcde":
        write(tmp_path / "train" / name / "ct.nii.gz", hu)
        write(tmp_path / "train" / name / "heart.nii.gz", blocks(h=(1, (8, 20))).astype(np.uint8))
    found = patients(tmp_path)
    held = [held_out(TrainingRequest(tmp_path, fold=(k, 3)), found) for k in (1, 2, 3)]
    assert sorted(name for names in held for name in names) == list("abcde")
    with pytest.raises(UsageError, match="No such case: x"):
        held_out(TrainingRequest(tmp_path, hold_out=("x",)), found)
    with pytest.raises(UsageError, match="Nothing would be left"):
        held_out(TrainingRequest(tmp_path, fold=(1, 1)), found)
