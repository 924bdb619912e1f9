"""The interval beside the total (clinical-rules.md 3), by hand."""

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.pixels import pixels_of_lesions
from cacviewer.core.rulesets import rule_set
from cacviewer.core.scoring import counted
from cacviewer.core.stability import member_names, stability_of, varied


def lesion(box, hu, kind=LesionClass.CORONARY):
    z0, y0, x0, z1, y1, x1 = box
    voxels = hu[z0:z1, y0:y1, x0:x1] >= 130
    return Lesion("a", box, voxels, kind, Artery.LAD, "", 1.0, (0, 0, 0), 0, 0.0, int(voxels.sum()))


def members(hu, lesions, other=(), increment=3.0):
    grid, rules = Grid(hu.shape, (increment, 0.5, 0.5)), rule_set()
    found = counted(pixels_of_lesions(lesions, hu), grid, rules)
    group = np.zeros(len(found.pixels.at), np.intp)
    sums = varied(found, group, 1, pixels_of_lesions(other, hu).at, hu, grid, rules)
    return stability_of(dict(zip(member_names(grid), sums[:, 0].tolist(), strict=True)))


def test_shifts_move_edges_and_limit():
    hu = np.full((1, 20, 20), 40, np.int16)
    hu[0, 5:7, 5:9] = 195  # 8 px, weight 1; +5 makes it weight 2
    s = members(hu, [lesion((0, 5, 5, 1, 7, 9), hu)])
    assert s.members["as scored"] == pytest.approx(2.0)
    assert s.members["HU +5"] == pytest.approx(4.0)
    assert s.members["HU -10"] == pytest.approx(2.0)
    assert (s.low, s.high) == pytest.approx((2.0, 4.0))


def test_growth_is_two_pixels_in_the_slice_and_stops_at_other_calcium():
    hu = np.full((1, 20, 20), 40, np.int16)
    hu[0, 5:7, 5:9] = 150
    hu[0, 5, 9:13] = 125  # a tail of four pixels just below the limit
    grown = members(hu, [lesion((0, 5, 5, 1, 7, 9), hu)])
    assert grown.members["HU +5"] == pytest.approx(2.0 + 2 * 0.25)
    assert grown.members["HU +10"] == pytest.approx(2.0 + 2 * 0.25)
    hu[0, 5, 9] = 400
    wall = lesion((0, 5, 9, 1, 6, 10), hu, LesionClass.AORTA)
    coronary = lesion((0, 5, 5, 1, 7, 9), hu)
    assert members(hu, [coronary], [wall]).members["HU +10"] == pytest.approx(2.0)


def test_minimum_area():
    hu = np.full((1, 20, 20), 40, np.int16)
    hu[0, 5, 5:8] = 300  # 0.75 mm2
    s = members(hu, [lesion((0, 5, 5, 1, 6, 8), hu)])
    assert s.members["as scored"] == 0
    assert s.members["minimum area 0.5 mm2"] == pytest.approx(0.75 * 3)


def test_phase_only_for_thin_increments():
    hu = np.full((6, 20, 20), 40, np.int16)
    hu[2, 5:7, 5:9] = 150  # one slice of 1.5 mm: every second slice sees it or not
    s = members(hu, [lesion((2, 5, 5, 3, 7, 9), hu)], increment=1.5)
    assert s.members["as scored"] == pytest.approx(1.0)
    assert s.members["every slice 1 of 2"] == pytest.approx(2.0)
    assert s.members["every slice 2 of 2"] == 0
    assert not any("every" in name for name in members(hu, [lesion((2, 5, 5, 3, 7, 9), hu)]).members)
