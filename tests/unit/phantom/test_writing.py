from __future__ import annotations

import json
import signal

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk

from cacviewer.core.errors import CannotWrite
from cacviewer.phantom import generate, parameters_for, write


@pytest.fixture(scope="module")
def phantom():
    return generate(parameters_for(1, spacing_mm=2.5, fov_mm=200.0, thickness_mm=3.0))


def test_a_dicom_series_reads_back_by_itk_as_it_was(phantom, tmp_path):
    folder = write(phantom, tmp_path, dicom=True)
    reader = sitk.ImageSeriesReader()
    names = reader.GetGDCMSeriesFileNames(str(folder))
    assert len(names) == phantom.grid.shape_zyx[0]
    reader.SetFileNames(names)
    image = reader.Execute()
    assert np.array_equal(sitk.GetArrayFromImage(image), phantom.hu)
    assert image.GetSpacing() == pytest.approx(phantom.grid.spacing_mm[::-1], abs=1e-5)
    assert image.GetOrigin() == pytest.approx(phantom.grid.origin_lps_mm, abs=1e-4)
    assert image.GetDirection() == pytest.approx((1, 0, 0, 0, 1, 0, 0, 0, 1))


def test_headers_say_what_a_gated_scan_says(phantom, tmp_path):
    folder = write(phantom, tmp_path, dicom=True)
    image = pydicom.dcmread(folder / "IM0002.dcm")
    assert image.file_meta.TransferSyntaxUID == pydicom.uid.ExplicitVRLittleEndian
    assert image.SOPClassUID == pydicom.uid.CTImageStorage
    assert image.SOPInstanceUID == image.file_meta.MediaStorageSOPInstanceUID
    assert (image.RescaleIntercept, image.RescaleSlope, image.BitsStored) == (-1024, 1, 12)
    assert (image.KVP, image.SliceThickness, image.SpacingBetweenSlices) == (120, 3, 3)
    assert (image.WindowCenter, image.WindowWidth) == (40, 400)
    assert str(image.PatientName) == "Phantom^Seed 1"
    assert "ECG" in image.ScanOptions
    assert "ContrastBolusAgent" not in image
    for uid in (
        image.StudyInstanceUID,
        image.SeriesInstanceUID,
        image.SOPInstanceUID,
        image.FrameOfReferenceUID,
    ):
        assert uid.is_valid
        assert len(uid) <= 64
    assert np.array_equal(image.pixel_array.astype(int) - 1024, phantom.hu[1])


def test_the_same_phantom_has_the_same_files(phantom, tmp_path):
    first, second = write(phantom, tmp_path / "a", dicom=True), write(phantom, tmp_path / "b", dicom=True)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_nifti_masks_and_truth(phantom, tmp_path):
    scan = write(phantom, tmp_path, dicom=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ct.nii.gz", "masks", "truth.json"]
    image = sitk.ReadImage(str(scan))
    assert np.array_equal(sitk.GetArrayFromImage(image), phantom.hu)
    assert image.GetOrigin() == pytest.approx(phantom.grid.origin_lps_mm, abs=1e-3)
    for name in ("heart", "aorta", "calcium"):
        mask = sitk.GetArrayFromImage(sitk.ReadImage(str(tmp_path / "masks" / f"{name}.nii.gz")))
        assert np.array_equal(mask, getattr(phantom, name))
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert truth == json.loads(json.dumps(phantom.truth))
    assert set(truth) == {
        "schema",
        "seed",
        "parameters",
        "totals",
        "arteries",
        "category",
        "lesions",
        "decoys",
    }
    assert set(truth["arteries"]) == {"LM", "LAD", "LCX", "RCA", "unassigned"}
    for scores in (truth["totals"], *truth["arteries"].values()):
        assert set(scores) == {"agatston", "agatston_raw", "volume_mm3", "mass_mg", "lesions"}


def test_a_second_phantom_leaves_nothing_of_the_first(phantom, tmp_path):
    write(phantom, tmp_path, dicom=True)
    shorter = generate(parameters_for(1, spacing_mm=4.0, fov_mm=200.0, thickness_mm=5.0))
    folder = write(shorter, tmp_path, dicom=True)
    assert len(list(folder.iterdir())) == shorter.grid.shape_zyx[0]


def test_a_file_in_the_way_is_a_sentence(phantom, tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(CannotWrite, match="cannot be written"):
        write(phantom, tmp_path / "taken", dicom=False)
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="the system has no limit on the size of a file")
@pytest.mark.parametrize("dicom", [False, True])
@pytest.mark.parametrize("most_bytes", [1000, 9000])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(phantom, tmp_path, dicom, most_bytes):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        with pytest.raises(CannotWrite, match="cannot be written"):
            write(phantom, tmp_path / "new", dicom)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert not (tmp_path / "new").exists()


def test_images_of_others_are_not_removed(phantom, tmp_path):
    (tmp_path / "dicom").mkdir()
    (tmp_path / "dicom" / "IM9999.dcm").write_bytes(b"somebody else's")
    write(phantom, tmp_path, dicom=True)
    assert (tmp_path / "dicom" / "IM9999.dcm").exists()
