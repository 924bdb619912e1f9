"""The report and the key images as objects of the study."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk
from pydicom.uid import EncapsulatedPDFStorage, SecondaryCaptureImageStorage

from cacviewer.core.errors import CannotExport, CannotWrite
from cacviewer.render.pictures import key_pictures
from cacviewer.reports.dicom_capture import captioned, write_captures
from cacviewer.reports.dicom_pdf import write_encapsulated
from cacviewer.reports.pages import sheet_of
from tests.unit.reports.dicom_case import complaints, on_disk


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    return on_disk(tmp_path_factory.mktemp("documents") / "scan")


@pytest.mark.parametrize("pdf", [b"%PDF-1.7 even", b"%PDF-1.7 is odd"])
def test_the_pdf_comes_out_as_it_went_in(there, tmp_path, pdf):
    write_encapsulated(there.making(), pdf, tmp_path / "report.dcm")
    assert complaints(tmp_path / "report.dcm") == []
    found = pydicom.dcmread(tmp_path / "report.dcm")
    one = pydicom.dcmread(next(there.folder.iterdir()))
    assert found.SOPClassUID == EncapsulatedPDFStorage
    assert found.EncapsulatedDocument[: found.EncapsulatedDocumentLength] == pdf
    assert (found.PatientName, found.PatientID) == (one.PatientName, one.PatientID)
    assert found.StudyInstanceUID == one.StudyInstanceUID
    assert found.SeriesInstanceUID != one.SeriesInstanceUID
    assert len(found.SourceInstanceSequence) == 10


@pytest.fixture(scope="module")
def key_images(there, tmp_path_factory):
    folder = tmp_path_factory.mktemp("key") / "images"
    pictures = key_pictures(there.volume, there.anatomy, there.case)
    captions = sheet_of(there.case, pictures, date=dt.date(2026, 11, 25)).captions
    write_captures(there.making(), pictures, captions, folder)
    return pictures, captions, folder


def test_key_images_are_one_series_of_valid_objects(there, key_images):
    pictures, captions, folder = key_images
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == [f"key-{n:02d}.dcm" for n in range(1, len(pictures) + 1)]
    assert complaints(paths[0]) == complaints(paths[-1]) == []
    found = [pydicom.dcmread(path) for path in paths]
    assert len({d.SeriesInstanceUID for d in found}) == 1
    assert len({d.SOPInstanceUID for d in found}) == len(found)
    assert [d.InstanceNumber for d in found] == list(range(1, len(found) + 1))
    assert {d.SOPClassUID for d in found} == {SecondaryCaptureImageStorage}
    assert {d.PatientID for d in found} == {"T1"}
    assert [d.ImageComments for d in found] == list(captions)


def test_a_key_image_is_its_picture_with_the_caption_below(key_images):
    pictures, _, folder = key_images
    for picture, path in zip(pictures, sorted(folder.iterdir()), strict=True):
        rows, columns, _ = picture.rgb.shape
        shown = pydicom.dcmread(path).pixel_array
        left = (shown.shape[1] - columns) // 2
        np.testing.assert_array_equal(shown[:rows, left : left + columns], picture.rgb)
        assert shown[rows:].max() > 200  # letters
        np.testing.assert_array_equal(sitk.GetArrayFromImage(sitk.ReadImage(str(path)))[0], shown)


def test_a_lesion_names_the_slice_that_it_shows(there, key_images):
    pictures, _, folder = key_images
    images = there.making().source.images
    for picture, path in zip(pictures, sorted(folder.iterdir()), strict=True):
        if picture.index_z is not None:
            named = pydicom.dcmread(path).SourceImageSequence[0].ReferencedSOPInstanceUID
            assert named == images[picture.index_z].sop_instance_uid


def test_key_images_of_an_earlier_export_go_away(there, key_images, tmp_path):
    pictures, captions, _ = key_images
    (tmp_path / "key-09.dcm").write_text("of another case")
    (tmp_path / "notes.txt").write_text("mine")
    write_captures(there.making(), pictures[:2], captions[:2], tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["key-01.dcm", "key-02.dcm", "notes.txt"]


def test_no_pictures_no_series(there, tmp_path):
    with pytest.raises(CannotExport, match="no key images"):
        write_captures(there.making(), [], [], tmp_path / "images")
    assert not (tmp_path / "images").exists()


def test_a_long_caption_takes_more_lines():
    picture = np.zeros((20, 120, 3), np.uint8)
    short, long = (captioned(picture, "word " * n).shape for n in (1, 60))
    assert short[1] == long[1]
    assert long[0] > short[0]


def test_a_full_disk_leaves_the_old_images(there, key_images, tmp_path, monkeypatch):
    pictures, captions, _ = key_images
    (tmp_path / "key-01.dcm").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="disk is full"):
        write_captures(there.making(), pictures, captions, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["key-01.dcm"]
    assert (tmp_path / "key-01.dcm").read_text() == "old"
