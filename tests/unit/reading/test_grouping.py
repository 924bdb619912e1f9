from pathlib import Path

import numpy as np
import pytest

from cacviewer.core.study import Verdict
from cacviewer.reading.load import load
from cacviewer.reading.scan import inspect
from tests.builders.dicom import SECONDARY_CAPTURE, Scan, enhanced, header, picture, put, save, series
from tests.unit.reading.reading import alarms, chosen, codes, read


def volumes(path: Path):
    inspection = inspect([path])
    return [load(inspection, i) for i in range(len(inspection.series))]


@pytest.mark.parametrize(
    "tell",
    [
        lambda d, p, k: setattr(d, "NominalPercentageOfCardiacPhase", (40.0, 75.0)[p]),
        lambda d, p, k: setattr(d, "AcquisitionNumber", p + 1),
        lambda d, p, k: setattr(d, "AcquisitionTime", f"10170{p}"),
        lambda d, p, k: setattr(d, "TemporalPositionIdentifier", p + 1),
        lambda d, p, k: setattr(d, "ConvolutionKernel", ("B26f", "B35f")[p]),
        lambda d, p, k: setattr(d, "InstanceNumber", p * 10 + k + 1),
    ],
    ids=["phase", "acquisition", "time", "temporal position", "kernel", "runs of instances"],
)
def test_two_volumes_under_one_uid_are_told_apart(tmp_path: Path, tell) -> None:
    shown = []
    for p in range(2):
        shown.append(
            series(
                tmp_path,
                hu=picture(Scan(), salt=p + 1),
                tag=str(p),
                pattern="AB"[p] + "{:04d}",
                change=lambda d, k, p=p: tell(d, p, k),
            )  # fmt: skip
        )
    found = volumes(tmp_path)
    assert len(found) == 2
    for volume, hu in zip(found, shown, strict=True):
        assert alarms(volume) == {"phases_split"}
        assert np.array_equal(volume.hu, hu)


def test_the_phase_nearest_to_75_percent_opens(tmp_path: Path) -> None:
    for p, percent in enumerate((75.0, 40.0)):
        series(
            tmp_path, hu=picture(Scan(), salt=p + 1), tag=str(p), pattern="AB"[p] + "{:04d}",
            change=lambda d, k, x=percent: setattr(d, "NominalPercentageOfCardiacPhase", x),
        )  # fmt: skip
    assert np.array_equal(read(tmp_path).hu, picture(Scan(), salt=1))


def test_step_and_shoot_stays_one_volume(tmp_path: Path) -> None:
    def change(d, k):
        d.AcquisitionNumber, d.AcquisitionTime, d.TriggerTime = (
            k // 3 + 1,
            f"10171{k // 3}",
            str(600 + k // 3),
        )

    hu = series(tmp_path, change=change)
    volume = read(tmp_path)
    assert volume.verdict is Verdict.READY
    assert np.array_equal(volume.hu, hu)


def test_the_same_slice_twice_is_kept_once(tmp_path: Path) -> None:
    hu = series(tmp_path / "a")
    series(tmp_path / "b", skip=range(3, 10))
    volume = read(tmp_path)
    assert "duplicate_slices" in codes(volume.findings)
    assert alarms(volume) == set()
    assert np.array_equal(volume.hu, hu)


def test_different_pixels_at_one_place_are_a_conflict(tmp_path: Path) -> None:
    series(tmp_path)
    d = header(Scan(), 4, tag="again")
    put(d, picture(Scan(), salt=9)[4])
    save(d, tmp_path / "again")
    volume = read(tmp_path)
    assert "conflicting_slices" in codes(volume.findings, "refusal")
    assert volume.grid.shape_zyx[0] == 10


def test_one_instance_uid_with_different_pixels_is_no_duplicate(tmp_path: Path) -> None:
    series(tmp_path)
    d = header(Scan(), 4)
    put(d, picture(Scan(), salt=9)[4])
    save(d, tmp_path / "again")
    assert "conflicting_slices" in codes(chosen(inspect([tmp_path])).findings)


def test_patients_are_never_blended(tmp_path: Path) -> None:
    for p in range(2):
        series(
            tmp_path, hu=picture(Scan(), salt=p), tag=str(p), pattern="AB"[p] + "{:04d}",
            change=lambda d, k, p=p: setattr(d, "PatientID", f"P{p}"),
        )  # fmt: skip
    found = volumes(tmp_path)
    assert [alarms(v) for v in found] == [{"mixed_patients"}] * 2
    assert {v.info.patient.id for v in found} == {"P0", "P1"}


@pytest.mark.parametrize("change", ["spacing", "size", "localizer", "centre"])
def test_a_straggler_becomes_a_part_of_its_own(tmp_path: Path, change: str) -> None:
    hu = series(tmp_path)
    other = {
        "spacing": Scan(pixel=(1.5, 1.5)),
        "size": Scan(slices=1, rows=40),
        "localizer": Scan(slices=1),
        "centre": Scan(origin=(-11.0, 2.5, -120.25)),
    }[change]
    kind = ["ORIGINAL", "PRIMARY", "LOCALIZER"] if change == "localizer" else ["ORIGINAL", "PRIMARY", "AXIAL"]
    series(tmp_path, other, tag="b", pattern="B{:04d}", change=lambda d, k: setattr(d, "ImageType", kind))
    inspection = inspect([tmp_path])
    assert len(inspection.series) == 2
    assert all("series_split" in codes(one.findings) for one in inspection.series)
    assert sorted(one.info.part for one in inspection.series) == [1, 2]
    volume = next(v for v in volumes(tmp_path) if v.grid.spacing_mm[1] == 2 and v.grid.shape_zyx == hu.shape
                  and np.array_equal(v.hu, hu))  # fmt: skip
    assert alarms(volume) == set()


def test_without_series_uid_other_tags_group(tmp_path: Path) -> None:
    for number in (1, 2):
        series(
            tmp_path,
            number=number,
            pattern=f"{number}" + "{:04d}",
            change=lambda d, k: delattr(d, "SeriesInstanceUID"),
        )
    inspection = inspect([tmp_path])
    assert [one.images for one in inspection.series] == [10, 10]
    assert all("missing_series_uid" in codes(one.findings, "warning") for one in inspection.series)


def test_the_best_series_opens(tmp_path: Path) -> None:
    def lung(d, k):
        d.ConvolutionKernel, d.SliceThickness, d.SeriesDescription = "B70f", "1", "Lung"
        del d.CardiacSynchronizationTechnique

    series(tmp_path, Scan(slices=30, dz=1), number=1, change=lung, pattern="A{:04d}")
    series(tmp_path, number=2, pattern="B{:04d}")
    series(
        tmp_path, Scan(slices=1, column=(0, 0, -1)), number=3, pattern="C{:04d}",
        change=lambda d, k: setattr(d, "ImageType", ["ORIGINAL", "PRIMARY", "LOCALIZER"]),
    )  # fmt: skip
    inspection = inspect([tmp_path])
    assert chosen(inspection).info.series_number == 2
    verdicts = {one.info.series_number: one.verdict for one in inspection.series}
    assert verdicts == {1: Verdict.WARNINGS, 2: Verdict.READY, 3: Verdict.VIEWING_ONLY}


def test_screen_captures_and_documents_are_listed(tmp_path: Path) -> None:
    series(tmp_path)
    d = header(Scan(slices=1), 0, number=9)
    d.SOPClassUID = d.file_meta.MediaStorageSOPClassUID = SECONDARY_CAPTURE
    put(d, picture(Scan(slices=1))[0])
    save(d, tmp_path / "screen")
    report = header(Scan(slices=1), 0, number=10)
    report.SOPClassUID = report.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.88.22"
    report.Modality = "SR"
    for name in ("Rows", "Columns"):
        delattr(report, name)
    save(report, tmp_path / "report")
    inspection = inspect([tmp_path])
    assert chosen(inspection).verdict is Verdict.READY
    others = {one.info.series_number: one for one in inspection.series}
    assert codes(others[9].findings, "refusal") == {"secondary_capture"}
    assert others[10].images == 0
    assert others[10].info.modality == "SR"


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"])
def test_enhanced_frames_in_any_order(tmp_path: Path, syntax: str) -> None:
    hu = enhanced(tmp_path / "e", order=(3, 0, 9, 1, 2, 8, 7, 4, 6, 5), syntax=syntax)[0]
    volume = read(tmp_path)
    assert alarms(volume) == set()
    assert "enhanced_multiframe" in codes(volume.findings)
    assert np.array_equal(volume.hu, hu)
    assert volume.acquisition.kvp == 120


def test_enhanced_phases_are_told_apart(tmp_path: Path) -> None:
    hu = enhanced(tmp_path / "e", phases=3)
    inspection = inspect([tmp_path])
    assert len(inspection.series) == 3
    for p in range(3):
        assert np.array_equal(load(inspection, p).hu, hu[p])


def test_multiframe_without_groups_has_no_places(tmp_path: Path) -> None:
    d = header(Scan(), 0)
    d.NumberOfFrames = 10
    d.PixelData = (picture(Scan()) + 1024).astype("<i2").tobytes()
    d["PixelData"].VR = "OW"
    save(d, tmp_path / "m")
    inspection = inspect([tmp_path])
    assert inspection.chosen is None
    assert "missing_position" in codes(inspection.series[0].findings)


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1.99"], ids=["rle", "deflated"])
def test_phases_of_packed_pixels_are_no_duplicates(tmp_path: Path, syntax: str) -> None:
    packed = {"compress": syntax} if syntax.endswith(".5") else {"syntax": syntax}
    hu = enhanced(tmp_path / "e", phases=2, **packed)
    inspection = inspect([tmp_path])
    assert len(inspection.series) == 2
    for p in range(2):
        assert np.array_equal(load(inspection, p).hu, hu[p])
