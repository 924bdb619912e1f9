"""The images of a case found again, or a sentence why not."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace

import numpy as np
import pydicom
import pytest

from cacviewer.core.errors import CannotExport
from cacviewer.core.study import SeriesInfo
from cacviewer.reading.source_images import source_images
from tests.builders.dicom import LYING, Scan, enhanced, moved, series
from tests.unit.reading.reading import read


def found(path, volume):
    return source_images(str(path), volume.info, volume.grid)


@pytest.mark.parametrize("name", LYING)
def test_one_image_for_each_slice_in_the_order_of_the_grid(tmp_path, name):
    series(tmp_path, LYING[name])
    volume = read(tmp_path)
    source = found(tmp_path, volume)
    by_uid = {d.SOPInstanceUID: d for d in map(pydicom.dcmread, tmp_path.iterdir())}
    assert len(source.images) == 10
    for z, image in enumerate(source.images):
        np.testing.assert_allclose(image.position_lps_mm, volume.grid.lps_mm((z, 0, 0)), atol=0.01)
        stored = by_uid[image.sop_instance_uid]
        np.testing.assert_allclose(image.position_lps_mm, np.array(stored.ImagePositionPatient, float))
    assert (source.patient_name, source.patient_id) == ("Test^Patient", "T1")


def test_an_archive_and_a_single_file_of_a_folder_will_do(tmp_path):
    series(tmp_path / "scan")
    volume = read(tmp_path / "scan")
    with zipfile.ZipFile(tmp_path / "scan.zip", "w") as archive:
        for path in sorted((tmp_path / "scan").iterdir()):
            archive.write(path, path.name)
    wanted = found(tmp_path / "scan", volume)
    assert found(tmp_path / "scan.zip", volume) == wanted
    # several files were opened; a case remembers the first
    assert found(next((tmp_path / "scan").iterdir()), volume) == wanted


def test_frames_of_the_phase_that_was_read(tmp_path):
    enhanced(tmp_path / "e.dcm", phases=2)
    volume = read(tmp_path)
    images = found(tmp_path, volume).images
    assert {image.sop_instance_uid for image in images} == {
        pydicom.dcmread(tmp_path / "e.dcm").SOPInstanceUID
    }
    assert len({image.frame for image in images}) == 10


@pytest.mark.parametrize("text", ["Müller^Jörg", "محمد^عبد الله"])
def test_names_without_a_character_set(tmp_path, text):
    codec = "latin_1" if text.startswith("M") else "cp1256"

    def change(d, k):
        del d.SpecificCharacterSet
        d.PatientName = "@" * len(text.encode(codec))

    def after(path, d, k):
        data = path.read_bytes()
        path.write_bytes(data.replace(b"@" * len(text.encode(codec)), text.encode(codec)))

    series(tmp_path, change=change, after=after)
    assert found(tmp_path, read(tmp_path)).patient_name == text


def test_the_scan_is_gone(tmp_path):
    series(tmp_path / "scan")
    volume = read(tmp_path / "scan")
    shutil.rmtree(tmp_path / "scan")
    with pytest.raises(CannotExport, match="no longer at .*scan") as said:
        found(tmp_path / "scan", volume)
    assert said.value.code == "source_missing"
    assert "Put the scan back" in said.value.remedy


def test_another_series_lies_there(tmp_path):
    series(tmp_path / "a")
    series(tmp_path / "b", number=2)
    with pytest.raises(CannotExport, match="does not hold the series") as said:
        found(tmp_path / "b", read(tmp_path / "a"))
    assert said.value.code == "source_differs"


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (Scan(rows=26), "32 x 26 pixels"),
        (Scan(pixel=(2.0, 2.1)), "another size"),
        (moved(Scan(), row=(-1.0, 0.0, 0.0)), "another orientation"),
        (moved(Scan(), origin=(-31.0, -17.5, -119.25)), "no image where slice 1 of 10 was"),
        (Scan(slices=9), "no image where slice 10 of 10 was"),
        (Scan(dz=3.1), "no image where slice"),
    ],
)
def test_the_series_is_not_what_it_was(tmp_path, other, what):
    series(tmp_path / "a")
    series(tmp_path / "b", other)
    with pytest.raises(CannotExport, match=what):
        found(tmp_path / "b", read(tmp_path / "a"))


def test_the_same_places_with_other_headers(tmp_path):
    series(tmp_path / "a")
    series(tmp_path / "b", change=lambda d, k: setattr(d, "KVP", "100"))
    with pytest.raises(CannotExport, match="headers have changed"):
        found(tmp_path / "b", read(tmp_path / "a"))


def test_no_dicom_no_study(tmp_path):
    series(tmp_path)
    volume = read(tmp_path)
    with pytest.raises(CannotExport, match="did not come from one") as said:
        source_images(str(tmp_path), SeriesInfo(), volume.grid)
    assert "NRRD" in said.value.remedy


def test_images_without_names_of_their_own(tmp_path):
    def change(d, k):
        del d.SOPInstanceUID

    series(tmp_path, change=change)
    with pytest.raises(CannotExport, match="lack valid unique identifiers"):
        found(tmp_path, read(tmp_path))


def test_places_that_jitter_are_those_of_the_files(tmp_path):
    offsets = tuple(float(k) + (0.04 if k % 2 else -0.03) for k in range(10))
    series(tmp_path, replace(Scan(), offsets=offsets))
    volume = read(tmp_path)
    stored = sorted(float(pydicom.dcmread(path).ImagePositionPatient[2]) for path in tmp_path.iterdir())
    assert [image.position_lps_mm[2] for image in found(tmp_path, volume).images] == pytest.approx(stored)
