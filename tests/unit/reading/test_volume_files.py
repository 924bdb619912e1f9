import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.study import Verdict
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect
from cacviewer.reading.volumefiles import write_volume
from tests.builders.dicom import Scan, picture, series
from tests.unit.reading.reading import alarms, chosen, codes, read

SCAN = Scan(slices=40)


def image(orientation: str = "LPS", axes: tuple[int, int, int] = (0, 1, 2)) -> sitk.Image:
    im = sitk.GetImageFromArray(picture(SCAN))
    im.SetSpacing((2.0, 2.0, 3.0))
    im.SetOrigin(SCAN.origin)
    return sitk.PermuteAxes(sitk.DICOMOrient(im, orientation), axes)


@pytest.mark.parametrize("name", ["ct.nii", "ct.nii.gz", "ct.nrrd", "ct.mha", "ct.mhd", "قلب.nii.gz"])
@pytest.mark.parametrize(
    ("orientation", "axes"), [("LPS", (0, 1, 2)), ("RAS", (0, 1, 2)), ("RAS", (2, 0, 1)), ("PIR", (1, 2, 0))]
)
def test_axes_are_turned_and_voxels_kept(tmp_path: Path, name: str, orientation: str, axes) -> None:
    sitk.WriteImage(image(orientation, axes), str(tmp_path / name))
    volume = read(tmp_path / name)
    assert alarms(volume) == {"acquisition_unknown"}
    assert np.array_equal(volume.hu, picture(SCAN))
    assert volume.grid.spacing_mm == pytest.approx((3, 2, 2))
    assert volume.grid.origin_lps_mm == pytest.approx(SCAN.origin, abs=1e-4)
    assert np.allclose(volume.grid.direction_lps, np.eye(3), atol=1e-6)


@pytest.mark.parametrize("kind", [sitk.sitkFloat32, sitk.sitkInt32, sitk.sitkFloat64])
@pytest.mark.parametrize("name", ["ct.nii.gz", "ct.mha", "ct.nrrd"])
def test_other_numbers_are_rounded(tmp_path: Path, kind: int, name: str) -> None:
    sitk.WriteImage(sitk.Cast(image(), kind), str(tmp_path / name))
    assert np.array_equal(read(tmp_path / name).hu, picture(SCAN))


@pytest.mark.parametrize("name", ["ct.nii", "ct.nii.gz", "ct.mha", "ct.nrrd", "z.mha"])
def test_files_that_end_early(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    sitk.WriteImage(image(), str(path), useCompression=name == "z.mha")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    inspection = inspect([path])
    if inspection.chosen is not None:  # compressed: seen only when it is unpacked
        with pytest.raises(UnreadableInput) as caught:
            load(inspection, 0)
        assert caught.value.code == "truncated_file"
    else:
        assert "truncated_file" in codes(inspection.findings)


@pytest.mark.parametrize(
    "content", [b"", b"NRRD0004\n", b"NDims = 3\nElementDataFile = LOCAL\n", bytes(400), b"x" * 500]
)
@pytest.mark.parametrize("name", ["a.nii", "a.nrrd", "a.mha", "a.nii.gz"])
def test_nonsense_ends_in_a_finding(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    inspection = inspect([tmp_path / name])
    assert inspection.chosen is None
    assert codes(inspection.findings, "warning")


@pytest.mark.parametrize("where", ["../secret.raw", "/etc/passwd", "LIST", "slice%03d.raw 1 3 1"])
def test_a_header_cannot_point_elsewhere(tmp_path: Path, where: str) -> None:
    (tmp_path / "secret.raw").write_bytes(bytes(1000))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.mhd").write_text(
        f"ObjectType = Image\nNDims = 3\nDimSize = 4 4 4\nElementType = MET_SHORT\nElementDataFile = {where}\n"
    )
    assert inspect([folder / "a.mhd"]).chosen is None


def test_masks_beside_a_volume_are_no_scan(tmp_path: Path) -> None:
    sitk.WriteImage(image(), str(tmp_path / "ct.nii.gz"))
    mask = sitk.GetImageFromArray((picture(SCAN) > 300).astype(np.uint8))
    for name in ("heart.nii.gz", "aorta.mha"):
        sitk.WriteImage(mask, str(tmp_path / name))
    inspection = inspect([tmp_path])
    assert [one.info.description for one in inspection.series] == ["ct.nii.gz"]
    assert len(inspect([tmp_path / "heart.nii.gz"]).series) == 1


def test_volume_files_beside_dicom_images_are_left_alone(tmp_path: Path) -> None:
    series(tmp_path)
    sitk.WriteImage(image(), str(tmp_path / "ct.nii.gz"))
    assert len(inspect([tmp_path]).series) == 1


def _nifti(affine: np.ndarray, values: np.ndarray, slope: float = 1.0, qform: bool = False) -> bytes:
    head = bytearray(352)
    struct.pack_into("<i", head, 0, 348)
    struct.pack_into("<8h", head, 40, 3, *values.shape[::-1], 1, 1, 1, 1)
    struct.pack_into("<hh", head, 70, 4, 16)
    struct.pack_into("<8f", head, 76, 1, 2, 2, 3, 0, 0, 0, 0)
    struct.pack_into("<3f", head, 108, 352, slope, 0)
    struct.pack_into("<2h", head, 252, int(qform), 1)
    struct.pack_into("<12f", head, 280, *affine[:3].ravel())
    head[344:348] = b"n+1\0"
    return bytes(head) + values.astype("<i2").tobytes()


def test_a_sheared_sform_is_a_tilted_gantry(tmp_path: Path) -> None:
    affine = np.diag((-2.0, -2.0, 3.0, 1.0))
    affine[1, 2] = 0.8
    (tmp_path / "a.nii.gz").write_bytes(gzip.compress(_nifti(affine, picture(SCAN))))
    volume = read(tmp_path / "a.nii.gz")
    assert "gantry_tilt" in codes(volume.findings, "refusal")
    where = np.argwhere(volume.hu > 550).mean(axis=0)
    wanted = np.argwhere(picture(SCAN) > 550).mean(axis=0)
    lps = np.array([-1, -1, 1]) * (affine[:3, :3] @ wanted[::-1])
    assert volume.grid.lps_mm(where) == pytest.approx(lps, abs=0.6)


def test_slope_of_a_nifti(tmp_path: Path) -> None:
    (tmp_path / "a.nii").write_bytes(_nifti(np.diag((-2.0, -2.0, 3.0, 1.0)), picture(SCAN), slope=0.5))
    assert np.array_equal(read(tmp_path / "a.nii").hu, np.rint(picture(SCAN) * 0.5))


@pytest.mark.parametrize("name", ["v.mha", "v.nrrd", "v.nii.gz"])
def test_written_volumes_come_back(tmp_path: Path, name: str) -> None:
    series(tmp_path / "s", Scan(row=(-1, 0, 0), column=(0, -1, 0)))
    volume = read(tmp_path / "s")
    write_volume(volume, str(tmp_path / name))
    im = sitk.ReadImage(str(tmp_path / name))
    assert np.array_equal(sitk.GetArrayFromImage(im), volume.hu)
    assert im.TransformIndexToPhysicalPoint((3, 4, 5)) == pytest.approx(
        volume.grid.lps_mm((5, 4, 3)), abs=1e-4
    )
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_verdict_of_a_volume_file(tmp_path: Path) -> None:
    sitk.WriteImage(image(), str(tmp_path / "ct.nrrd"))
    assert chosen(inspect([tmp_path])).verdict is Verdict.WARNINGS
