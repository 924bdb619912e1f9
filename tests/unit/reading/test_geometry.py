import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cacviewer.core.study import Verdict
from cacviewer.reading.scan import inspect
from tests.builders.dicom import BRIGHT_HU, Scan, picture, series
from tests.unit.reading.reading import alarms, chosen, codes, read


def bright_centre(volume):
    where = np.argwhere(volume.hu > BRIGHT_HU - 150)
    return volume.grid.lps_mm(where.mean(axis=0))


def tilted(degrees: float, **more) -> Scan:
    t = math.radians(degrees)
    return Scan(column=(0.0, math.cos(t), math.sin(t)), **more)


def test_plain_series_is_read_to_the_last_voxel(tmp_path: Path) -> None:
    scan = Scan()
    hu = series(tmp_path, scan)
    volume = read(tmp_path)
    assert volume.verdict is Verdict.READY
    assert np.array_equal(volume.hu, hu)
    assert volume.grid.spacing_mm == pytest.approx((3.0, 2.0, 2.0))
    assert volume.grid.origin_lps_mm == pytest.approx(scan.origin)
    assert volume.grid.direction_lps == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert not volume.hu.flags.writeable


@pytest.mark.parametrize(
    ("row", "column"),
    [((1, 0, 0), (0, 1, 0)), ((-1, 0, 0), (0, -1, 0)), ((-1, 0, 0), (0, 1, 0)), ((0, 1, 0), (-1, 0, 0))],
    ids=["supine", "prone", "normal to the feet", "decubitus"],
)
def test_axes_stay_as_acquired(tmp_path: Path, row, column) -> None:
    scan = Scan(row=row, column=column)
    hu = series(tmp_path, scan)
    volume = read(tmp_path)
    assert alarms(volume) == set()
    assert np.array_equal(volume.hu, hu)
    corner = volume.grid.lps_mm((scan.slices - 1, scan.rows - 1, scan.columns - 1))
    assert corner == pytest.approx(scan.points(scan.slices - 1)[-1, -1], abs=1e-6)


@pytest.mark.parametrize(
    ("degrees", "code"),
    [(0.9, None), (4, "oblique_acquisition"), (19, "oblique_acquisition"), (25, "not_axial")],
)
def test_angle_of_the_slices(tmp_path: Path, degrees: float, code: str | None) -> None:
    hu = series(tmp_path, tilted(degrees))
    volume = read(tmp_path)
    assert alarms(volume) == ({code} if code else set())
    assert np.array_equal(volume.hu, hu)


@pytest.mark.parametrize(
    ("noise_mm", "code"), [(0.05, None), (0.25, "increment_jitter"), (0.8, "variable_increment")]
)
def test_jitter_of_positions(tmp_path: Path, noise_mm: float, code: str | None) -> None:
    offsets = tuple(k + noise_mm / 3 * (1 if k == 4 else 0) for k in range(10))
    series(tmp_path, Scan(offsets=offsets))
    volume = read(tmp_path)
    assert alarms(volume) == ({code} if code else set())
    if code != "variable_increment":
        assert volume.grid.increment_mm == pytest.approx(3.0, abs=0.02)


@pytest.mark.parametrize("gaps", [(5,), (2, 3), (3, 7)])
def test_missing_slices_are_filled_for_the_eye_and_refused(tmp_path: Path, gaps: tuple[int, ...]) -> None:
    scan = Scan(slices=12)
    hu = series(tmp_path, scan, skip=gaps)
    volume = read(tmp_path)
    assert "missing_slices" in codes(volume.findings, "refusal")
    assert volume.verdict is Verdict.VIEWING_ONLY
    assert volume.filled_slices == gaps
    assert volume.grid.shape_zyx == (12, 24, 32)
    facts = next(dict(f.facts) for f in volume.findings if f.code == "missing_slices")
    assert facts["numbers"] == ", ".join(str(gap + 1) for gap in gaps)
    places = [float(place.removeprefix("F ")) for place in str(facts["where"]).split(", ")]
    assert places == pytest.approx([120.25 - 3 * gap for gap in gaps], abs=0.06)
    kept = [k for k in range(12) if k not in gaps]
    assert np.array_equal(volume.hu[kept], hu[kept])


def test_one_missing_slice_of_many_is_seen_wherever_it_is(tmp_path: Path) -> None:
    for gap in (1, 60, 118):
        folder = tmp_path / str(gap)
        series(folder, Scan(slices=120, rows=4, columns=4), skip=(gap,))
        assert "missing_slices" in codes(chosen(inspect([folder])).findings), gap


def test_gantry_tilt_puts_every_point_where_it_was(tmp_path: Path) -> None:
    scan = tilted(-15, step=(0.0, 0.0, 3.0), slices=14, rows=40)
    series(tmp_path, scan)
    volume = read(tmp_path)
    assert "gantry_tilt" in codes(volume.findings, "refusal")
    assert bright_centre(volume) == pytest.approx(scan.centre(), abs=0.8)


def test_slices_displaced_sideways_are_put_where_they_are(tmp_path: Path) -> None:
    sideways = tuple((0.0, 0.0, 0.0) if k < 5 else (10.0, -4.0, 0.0) for k in range(10))
    scan = Scan(sideways=sideways)
    hu = picture(replace(scan, sideways=()))
    series(tmp_path, scan, hu)
    volume = read(tmp_path)
    assert "lateral_shift" in codes(volume.findings, "refusal")
    for k in (0, 4, 5, 9):
        for r, c in ((0, 0), (7, 20), (23, 31)):
            place = np.rint(volume.grid.index_zyx(scan.points(k)[r, c])).astype(int)
            assert volume.hu[tuple(place)] == hu[k, r, c]


def test_variable_increment_is_resampled(tmp_path: Path) -> None:
    scan = Scan(offsets=(0, 1, 2, 3, 4, 5, 6.7, 8.4, 10.1, 11.8))
    series(tmp_path, scan)
    volume = read(tmp_path)
    assert "variable_increment" in codes(volume.findings, "refusal")
    assert volume.grid.increment_mm == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        ("ImagePositionPatient", None, "missing_position"),
        ("ImageOrientationPatient", None, "missing_orientation"),
        ("ImageOrientationPatient", ["1", "0", "0", "0.5", "0.8660254", "0"], "bad_orientation"),
        ("ImageOrientationPatient", ["1.1", "0", "0", "0", "1", "0"], "bad_orientation"),
        ("PixelSpacing", None, "missing_pixel_spacing"),
        ("PixelSpacing", ["0", "0"], "missing_pixel_spacing"),
        ("PixelSpacing", ["-1", "1"], "missing_pixel_spacing"),
    ],
)
def test_without_place_or_size_there_is_no_volume(tmp_path: Path, tag: str, value, code: str) -> None:
    def change(d, k):
        if value is None:
            delattr(d, tag)
        else:
            setattr(d, tag, value)

    series(tmp_path, change=change)
    inspection = inspect([tmp_path])
    assert inspection.chosen is None
    assert code in codes(inspection.series[0].findings, "refusal")
    assert inspection.series[0].verdict is Verdict.UNREADABLE


def test_a_slice_without_a_position_is_a_gap(tmp_path: Path) -> None:
    series(tmp_path, change=lambda d, k: delattr(d, "ImagePositionPatient") if k == 4 else None)
    volume = read(tmp_path)
    assert "missing_slices" in alarms(volume)
    assert volume.filled_slices == (4,)


def test_one_slice_can_be_seen_and_not_scored(tmp_path: Path) -> None:
    series(tmp_path, Scan(slices=1))
    volume = read(tmp_path)
    assert codes(volume.findings, "refusal") == {"single_slice"}


@pytest.mark.parametrize(
    ("thickness", "increment", "code"),
    [
        ("3", 1.5, "overlapping_slices"),
        ("3", 6, "slice_gap"),
        (None, 3, "thickness_missing"),
        ("3", 3.02, None),
    ],
)
def test_thickness_against_increment(tmp_path: Path, thickness, increment: float, code: str | None) -> None:
    def change(d, k):
        if thickness is None:
            del d.SliceThickness
        else:
            d.SliceThickness = thickness

    series(tmp_path, Scan(dz=increment), change=change)
    found = codes(read(tmp_path).findings)
    known = {"overlapping_slices", "slice_gap", "thickness_missing"}
    assert found & known == ({code} if code else set())


def test_slice_location_and_spacing_between_slices_place_nothing(tmp_path: Path) -> None:
    def change(d, k):
        d.SliceLocation, d.SpacingBetweenSlices, d.InstanceNumber = str(-7 * k), "5", (k * 7) % 10

    hu = series(tmp_path, change=change)
    volume = read(tmp_path)
    assert np.array_equal(volume.hu, hu)
    assert "spacing_tag_disagrees" in codes(volume.findings)
    assert alarms(volume) == set()


def test_rounded_vectors_are_no_flaw(tmp_path: Path) -> None:
    t = math.radians(4)
    vectors = ["1", "0", "0", "0", f"{math.cos(t):.3f}", f"{math.sin(t):.3f}"]
    series(tmp_path, tilted(4), change=lambda d, k: setattr(d, "ImageOrientationPatient", vectors))
    assert alarms(read(tmp_path)) == {"oblique_acquisition"}
