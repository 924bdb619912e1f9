"""Measurements against arithmetic by hand."""

import math

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.core.measurements import Kind, measured
from cacviewer.core.session import Session
from cacviewer.storage import codec

GRID = Grid((20, 40, 50), (3.0, 0.5, 0.7), (-10.0, -20.0, 5.0))
HU = np.random.default_rng(3).integers(-100, 900, GRID.shape_zyx, np.int16)


def lps(z, y, x):
    return tuple(float(v) for v in GRID.lps_mm((z, y, x)))


def test_a_length_is_the_distance_in_millimetres():
    one = measured(Kind.LENGTH, (lps(5, 10, 10), lps(5, 16, 20)), 0, GRID, HU)
    assert one.length_mm == pytest.approx(math.hypot(6 * 0.5, 10 * 0.7))
    assert one.text == "7.6 mm"
    assert one.statistics is None


@pytest.mark.parametrize(
    ("end", "degrees"), [((5, 10, 30), 0.0), ((5, 34, 10), 90.0), ((5, 10, 2), 180.0), ((5, 24, 20), 45.0)]
)
def test_an_angle_stands_at_the_second_point(end, degrees):
    one = measured(Kind.ANGLE, (lps(5, 10, 20), lps(5, 10, 10), lps(*end)), 0, GRID, HU)
    assert one.angle_degrees == pytest.approx(degrees, abs=1e-6)
    assert one.text == f"{degrees:.1f}°"


@pytest.mark.parametrize(("axis", "a", "b"), [
    (0, (5, 10, 10), (5, 21, 29)), (1, (4, 12, 30), (13, 12, 11)), (2, (13, 5, 9), (4, 30, 9)),
])  # fmt: skip
def test_an_ellipse_has_area_mean_and_sd_of_its_voxels(axis, a, b):
    one = measured(Kind.ELLIPSE, (lps(*a), lps(*b)), axis, GRID, HU)
    first, second = (i for i in range(3) if i != axis)
    centre = [(a[i] + b[i]) / 2 for i in range(3)]
    half = [abs(a[i] - b[i]) / 2 for i in range(3)]
    values = [
        int(HU[index])
        for index in np.ndindex(*HU.shape)
        if index[axis] == a[axis]
        and sum(((index[i] - centre[i]) / half[i]) ** 2 for i in (first, second)) <= 1
    ]
    assert one.statistics.voxels == len(values)
    assert one.statistics.mean_hu == pytest.approx(np.mean(values))
    assert one.statistics.sd_hu == pytest.approx(np.std(values))
    assert (one.statistics.min_hu, one.statistics.max_hu) == (min(values), max(values))
    axes = [2 * half[i] * GRID.spacing_mm[i] for i in (first, second)]
    assert one.sides_mm == pytest.approx(axes)
    assert one.area_mm2 == pytest.approx(math.pi * axes[0] * axes[1] / 4)


def test_an_ellipse_outside_or_between_voxels_has_an_area_only():
    beside = measured(Kind.ELLIPSE, (lps(5, -30, -30), lps(5, -10, -10)), 0, GRID, HU)
    between = measured(Kind.ELLIPSE, (lps(5, 10.3, 10.3), lps(5, 10.7, 10.7)), 0, GRID, HU)
    assert beside.statistics is None
    assert between.statistics is None
    assert beside.text == f"{beside.area_mm2:.1f} mm²"


def test_measurements_survive_the_codec():
    one = measured(Kind.ELLIPSE, (lps(5, 10, 10), lps(5, 21, 29)), 0, GRID, HU)
    assert codec.decode(type(one), codec.encode(one)) == one
    assert Session(measurements=(one,)).measurements == (one,)
