from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813

from cacviewer.core.errors import CannotWrite
from cacviewer.core.geometry import Grid
from cacviewer.reports.masks import (
    LABELS,
    calcium_labels,
    write_masks,
    write_nifti,
    write_nrrd,
    write_nrrd_masks,
)
from tests.unit.reports.scored_case import anatomy_of, scored_case


def turned(degrees: float, axis: int) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = [k for k in range(3) if k != axis]
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = c
    matrix[i, j], matrix[j, i] = -s, s
    return matrix


DIRECTIONS = {
    "head first": np.eye(3),
    "feet first": np.diag([-1.0, 1.0, -1.0]),
    "prone": np.diag([-1.0, -1.0, 1.0]),
    "upside down": np.diag([1.0, -1.0, -1.0]),
    "oblique": turned(7, 0) @ turned(-4, 1) @ turned(11, 2),
    "oblique, feet first": np.diag([-1.0, 1.0, -1.0]) @ turned(3, 0),
    "left-handed": np.diag([1.0, 1.0, -1.0]),
    "left-handed oblique": turned(5, 0) @ np.diag([1.0, 1.0, -1.0]),
}


@pytest.mark.parametrize("name", DIRECTIONS)
def test_voxels_stand_where_they_stood(name, tmp_path):
    grid = Grid(
        (4, 6, 5), (2.5, 0.683, 0.412), (-123.4, 55.5, -1033.25), tuple(map(tuple, DIRECTIONS[name].tolist()))
    )
    labels = np.random.default_rng(7).integers(0, 7, grid.shape_zyx).astype(np.uint8)
    write_nifti(labels, grid, tmp_path / "x.nii.gz")
    image = sitk.ReadImage(str(tmp_path / "x.nii.gz"))
    np.testing.assert_array_equal(sitk.GetArrayFromImage(image), labels)
    np.testing.assert_allclose(image.GetSpacing(), grid.spacing_mm[::-1], atol=1e-6)
    np.testing.assert_allclose(np.reshape(image.GetDirection(), (3, 3)), grid.direction_lps, atol=1e-6)
    for index in ((0, 0, 0), (3, 5, 4), (3, 0, 4)):
        np.testing.assert_allclose(
            image.TransformIndexToPhysicalPoint(index[::-1]), grid.lps_mm(index), atol=1e-3
        )


@pytest.mark.parametrize("name", DIRECTIONS)
def test_the_same_as_nrrd(name, tmp_path):
    grid = Grid(
        (4, 6, 5), (2.5, 0.683, 0.412), (-123.4, 55.5, -1033.25), tuple(map(tuple, DIRECTIONS[name].tolist()))
    )
    labels = np.random.default_rng(8).integers(0, 7, grid.shape_zyx).astype(np.uint8)
    write_nrrd(labels, grid, tmp_path / "x.nrrd", LABELS)
    image = sitk.ReadImage(str(tmp_path / "x.nrrd"))
    np.testing.assert_array_equal(sitk.GetArrayFromImage(image), labels)
    for index in ((0, 0, 0), (3, 5, 4), (3, 0, 4)):
        np.testing.assert_allclose(
            image.TransformIndexToPhysicalPoint(index[::-1]), grid.lps_mm(index), atol=1e-6
        )
    assert image.GetMetaData("label 3") == "LCx"


def test_nrrd_files_hold_what_nifti_files_hold(tmp_path):
    case, _ = scored_case()
    write_masks(case, anatomy_of(), tmp_path)
    write_nrrd_masks(case, anatomy_of(), tmp_path)
    for name in ("heart", "aorta", "calcium"):
        nifti, nrrd = (sitk.ReadImage(str(tmp_path / f"{name}.{kind}")) for kind in ("nii.gz", "nrrd"))
        np.testing.assert_array_equal(sitk.GetArrayFromImage(nifti), sitk.GetArrayFromImage(nrrd))
        np.testing.assert_allclose(nifti.GetOrigin(), nrrd.GetOrigin(), atol=1e-3)


def test_three_files_with_the_labels_of_the_lesions(tmp_path):
    case, _ = scored_case()
    write_masks(case, anatomy_of(), tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["aorta.nii.gz", "calcium.nii.gz", "heart.nii.gz"]
    calcium = sitk.GetArrayFromImage(sitk.ReadImage(str(tmp_path / "calcium.nii.gz")))
    counts = dict(zip(*np.unique(calcium, return_counts=True), strict=True))
    assert {k: v for k, v in counts.items() if k} == {1: 12, 2: 48 + 2, 3: 20, 4: 49, 5: 9, 6: 81}
    heart = sitk.GetArrayFromImage(sitk.ReadImage(str(tmp_path / "heart.nii.gz")))
    np.testing.assert_array_equal(heart, anatomy_of().heart)


def test_what_is_scored_owns_a_shared_voxel():
    case, _ = scored_case()
    aorta = replace(case.other[0], box=case.scored[0].box, voxels=case.scored[0].voxels)
    labels = calcium_labels(replace(case, lesions=(*case.scored, aorta)))
    assert not (labels == 6).any()


def test_an_organ_that_was_not_found_gives_no_file(tmp_path):
    case, _ = scored_case()
    nothing = np.zeros((0, 0, 0), bool)
    write_masks(case, replace(anatomy_of(), aorta=nothing), tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["calcium.nii.gz", "heart.nii.gz"]


def test_the_same_mask_is_the_same_file(tmp_path):
    case, _ = scored_case()
    for name in ("a.nii.gz", "b.nii.gz"):
        write_nifti(calcium_labels(case), case.grid, tmp_path / name)
    assert (tmp_path / "a.nii.gz").read_bytes() == (tmp_path / "b.nii.gz").read_bytes()


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    case, _ = scored_case()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gzip.GzipFile.write", full)
    for write in (write_masks, write_nrrd_masks):
        with pytest.raises(CannotWrite, match="full"):
            write(case, anatomy_of(), tmp_path)
    assert list(tmp_path.iterdir()) == []
