"""The SEG: the same voxels in the same place, whoever reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import highdicom as hd
import numpy as np
import pydicom
import pytest
import SimpleITK as sitk

from cacviewer.core.edits import Reject
from cacviewer.core.errors import CannotExport, CannotWrite
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.dicom import codes
from cacviewer.reports.dicom_seg import segments_of, write_seg
from tests.builders.dicom import ENHANCED_CT, LYING, enhanced
from tests.unit.reports.dicom_case import MOMENT, complaints, on_disk, opened

MOST_MM = 0.01


@pytest.fixture(scope="module", params=LYING)
def written(request, tmp_path_factory):
    """A case of each way to lie, and its SEG."""
    folder = tmp_path_factory.mktemp("seg")
    there = on_disk(folder / "scan", LYING[request.param])
    write_seg(there.making(), there.anatomy, folder / "seg.dcm")
    return there, folder / "seg.dcm"


def placed(grid, points_lps_mm):
    """The mask that points in LPS mm make on a grid; each lies where a voxel is."""
    index = np.rint(grid.index_zyx(points_lps_mm)).astype(int)
    assert np.abs(grid.lps_mm(index) - points_lps_mm).max() < MOST_MM
    mask = np.zeros(grid.shape_zyx, bool)
    mask[tuple(index.T)] = True
    assert mask.sum() == len(points_lps_mm)
    return mask


def test_the_validator_has_no_complaint(written):
    assert complaints(written[1]) == []


def test_highdicom_reads_the_same_voxels_in_the_same_place(written):
    there, path = written
    seg = hd.seg.segread(path)
    wanted = list(segments_of(there.case, there.anatomy))
    assert len(wanted) == 8
    for number, segment in enumerate(wanted, 1):
        volume = seg.get_volume(segment_numbers=[number], combine_segments=False)
        found = np.argwhere(volume.array[..., 0])
        points = volume.map_indices_to_reference(found)
        np.testing.assert_array_equal(placed(there.case.grid, points), segment.mask, segment.label)


def test_pydicom_reads_the_same_voxels_in_the_same_place(written):
    there, path = written
    seg = pydicom.dcmread(path)
    assert seg.SegmentationType == "BINARY"
    shared = seg.SharedFunctionalGroupsSequence[0]
    row, column = np.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float).reshape(2, 3)
    between_rows, between_columns = shared.PixelMeasuresSequence[0].PixelSpacing
    points = {}
    for frame, pixels in zip(seg.PerFrameFunctionalGroupsSequence, seg.pixel_array, strict=True):
        number = frame.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        origin = np.array(frame.PlanePositionSequence[0].ImagePositionPatient, float)
        y, x = np.nonzero(pixels)
        at = origin + y[:, None] * between_rows * column + x[:, None] * between_columns * row
        points.setdefault(number, []).append(at)
    for number, segment in enumerate(segments_of(there.case, there.anatomy), 1):
        mask = placed(there.case.grid, np.concatenate(points[number]))
        np.testing.assert_array_equal(mask, segment.mask, segment.label)


def test_simpleitk_reads_the_same_frames(written):
    _, path = written
    seg = pydicom.dcmread(path)
    image = sitk.ReadImage(str(path))
    np.testing.assert_array_equal(sitk.GetArrayFromImage(image) > 0, seg.pixel_array > 0)
    first = seg.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[0].ImagePositionPatient
    np.testing.assert_allclose(image.GetOrigin(), np.array(first, float), atol=MOST_MM)


def test_each_frame_names_the_slice_that_it_lies_on(written):
    there, path = written
    slices = {d.SOPInstanceUID: d for d in map(pydicom.dcmread, there.folder.iterdir())}
    seg = pydicom.dcmread(path)
    for frame in seg.PerFrameFunctionalGroupsSequence:
        named = slices[frame.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID]
        place = frame.PlanePositionSequence[0].ImagePositionPatient
        np.testing.assert_allclose(
            np.array(place, float), np.array(named.ImagePositionPatient, float), atol=1e-6
        )


def test_same_patient_and_study_new_series(written):
    there, path = written
    one = pydicom.dcmread(next(there.folder.iterdir()))
    seg = pydicom.dcmread(path)
    for name in ("PatientName", "PatientID", "StudyInstanceUID", "StudyDate", "FrameOfReferenceUID"):
        assert seg[name].value == one[name].value, name
    assert seg.SeriesInstanceUID != one.SeriesInstanceUID
    assert seg.ReferencedSeriesSequence[0].SeriesInstanceUID == one.SeriesInstanceUID


@pytest.fixture
def there(tmp_path):
    return on_disk(tmp_path / "scan")


def test_segments_have_the_codes_of_the_rules(there, tmp_path):
    write_seg(there.making(), there.anatomy, tmp_path / "seg.dcm")
    seg = hd.seg.segread(tmp_path / "seg.dcm")
    found = {d.segment_label: d for d in map(seg.get_segment_description, seg.segment_numbers)}
    assert found["Heart"].segmented_property_type == codes.HEART
    assert found["Aorta"].segmented_property_category == codes.ORGAN
    for artery in (Artery.LM, Artery.LAD, Artery.LCX, Artery.RCA):
        calcium = found[f"Calcium {artery.label}"]
        assert calcium.segmented_property_type == codes.CALCIFICATION
        assert calcium.segmented_property_category == codes.ABNORMAL
        assert calcium.anatomic_regions[0] == codes.ARTERY[artery]
    assert found["Calcium, not counted: aorta"].anatomic_regions[0] == codes.AORTA


def test_calcium_of_a_valve_has_a_segment_without_a_place(there, tmp_path):
    (aortic,) = there.case.other
    case = replace(there.case, lesions=(*there.case.scored, replace(aortic, kind=LesionClass.VALVE)))
    write_seg(there.making(case), there.anatomy, tmp_path / "seg.dcm")
    last = pydicom.dcmread(tmp_path / "seg.dcm").SegmentSequence[-1]
    assert last.SegmentLabel == "Calcium, not counted: valve"
    assert "AnatomicRegionSequence" not in last
    assert complaints(tmp_path / "seg.dcm") == []


def test_the_same_case_and_moment_are_the_same_bytes(there, tmp_path):
    for name in ("a.dcm", "b.dcm"):
        write_seg(there.making(), there.anatomy, tmp_path / name)
    assert (tmp_path / "a.dcm").read_bytes() == (tmp_path / "b.dcm").read_bytes()


def test_other_contents_or_another_moment_have_another_name(there, tmp_path):
    less = replace(there.anatomy, heart=there.anatomy.heart & (np.arange(10) > 3)[:, None, None])
    write_seg(there.making(), there.anatomy, tmp_path / "0.dcm")
    write_seg(there.making(), less, tmp_path / "1.dcm")
    write_seg(there.making(moment=MOMENT + dt.timedelta(seconds=1)), there.anatomy, tmp_path / "2.dcm")
    names = {pydicom.dcmread(tmp_path / f"{i}.dcm").SOPInstanceUID for i in range(3)}
    assert len(names) == 3


def test_calcium_that_a_reader_went_over_is_not_called_automatic(there, tmp_path):
    edits = (Reject(("L001",), reviewer="Dr Roe"),)
    write_seg(there.making(edits=edits), there.anatomy, tmp_path / "seg.dcm")
    kinds = {
        s.SegmentLabel: s.SegmentAlgorithmType for s in pydicom.dcmread(tmp_path / "seg.dcm").SegmentSequence
    }
    assert kinds["Heart"] == "AUTOMATIC"
    assert kinds["Calcium LAD"] == "SEMIAUTOMATIC"


@pytest.mark.parametrize("phases", [1, 2])
def test_frames_of_an_enhanced_object_are_named_by_number(tmp_path, phases):
    scan = LYING["slightly oblique"]
    enhanced(tmp_path / "scan" / "e.dcm", scan, order=reversed(range(scan.slices)), phases=phases)
    there = opened(tmp_path / "scan")
    write_seg(there.making(), there.anatomy, tmp_path / "seg.dcm")
    assert complaints(tmp_path / "seg.dcm") == []
    one = pydicom.dcmread(tmp_path / "scan" / "e.dcm")
    seg = pydicom.dcmread(tmp_path / "seg.dcm")
    assert len(seg.ReferencedSeriesSequence[0].ReferencedInstanceSequence) == 1
    numbers = set()
    for frame in seg.PerFrameFunctionalGroupsSequence:
        named = frame.DerivationImageSequence[0].SourceImageSequence[0]
        assert (named.ReferencedSOPClassUID, named.ReferencedSOPInstanceUID) == (
            ENHANCED_CT,
            one.SOPInstanceUID,
        )
        source = one.PerFrameFunctionalGroupsSequence[named.ReferencedFrameNumber - 1]
        place, wanted = (f.PlanePositionSequence[0].ImagePositionPatient for f in (frame, source))
        np.testing.assert_allclose(np.array(place, float), np.array(wanted, float), atol=1e-6)
        numbers.add(source.FrameContentSequence[0].TemporalPositionIndex)
    assert len(numbers) == 1  # all of the phase that was read


def test_a_series_that_states_no_thickness(tmp_path):
    there = on_disk(tmp_path / "scan", change=lambda d, k: delattr(d, "SliceThickness"))
    write_seg(there.making(), there.anatomy, tmp_path / "seg.dcm")
    assert complaints(tmp_path / "seg.dcm") == []
    assert hd.seg.segread(tmp_path / "seg.dcm").get_volume(segment_numbers=[1]).spacing[0] == pytest.approx(
        3.0
    )


def test_nothing_to_draw(there, tmp_path):
    nothing = np.zeros((0, 0, 0), bool)
    case = replace(there.case, lesions=())
    with pytest.raises(CannotExport, match="no heart"):
        write_seg(
            there.making(case), replace(there.anatomy, heart=nothing, aorta=nothing), tmp_path / "seg.dcm"
        )
    assert not (tmp_path / "seg.dcm").exists()


def test_a_full_disk_leaves_the_old_file(there, tmp_path, monkeypatch):
    (tmp_path / "seg.dcm").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="disk is full"):
        write_seg(there.making(), there.anatomy, tmp_path / "seg.dcm")
    assert (tmp_path / "seg.dcm").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["scan", "seg.dcm"]
