"""The slow scorer against vectors counted by hand (0.5 x 0.5 mm pixels, 3 mm slices, background 40 HU)."""

from __future__ import annotations

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.phantom.truth import counted_pixels, sums, truth_of

LM, LAD, LCX, RCA, OTHER = 1, 2, 3, 4, 6


def scene(*blocks, shape=(1, 8, 48), spacing=(3.0, 0.5, 0.5)):
    """Blocks are (z, y, x, rows, columns, hu, label); the grid is as stated."""
    hu = np.full(shape, 40, np.int16)
    labels = np.zeros(shape, np.uint8)
    for z, y, x, rows, columns, value, label in blocks:
        hu[z, y : y + rows, x : x + columns] = value
        labels[z, y : y + rows, x : x + columns] = label
    return hu, labels, Grid(shape, spacing)


def totals(made, kvp=120):
    return truth_of(*made, kvp)["totals"]


def test_one_component_in_one_slice():
    score = totals(scene((0, 1, 1, 2, 4, 150, LAD)))
    assert score["agatston"] == score["agatston_raw"] == pytest.approx(2.0)
    assert score["volume_mm3"] == pytest.approx(6.0)
    assert score["mass_mg"] == pytest.approx(0.6923, abs=5e-5)
    assert score["lesions"] == 1


def test_each_component_has_its_own_peak():
    hu, labels, grid = scene((0, 1, 1, 2, 3, 210, LAD), (0, 1, 10, 2, 5, 300, LAD))
    hu[0, 1, 1], hu[0, 1, 10] = 250, 420
    score = totals((hu, labels, grid))
    assert (score["agatston"], score["volume_mm3"]) == pytest.approx((13.0, 12.0))


def test_a_lesion_over_three_slices_is_weighted_slice_by_slice():
    made = scene(
        (1, 1, 1, 2, 2, 180, RCA), (2, 1, 1, 3, 3, 350, RCA), (3, 1, 1, 2, 3, 210, RCA), shape=(5, 8, 8)
    )
    score = totals(made)
    assert (score["agatston"], score["lesions"]) == (pytest.approx(10.75), 1)


@pytest.mark.parametrize(("rows", "columns", "expected"), [(1, 3, 0.0), (2, 2, 3.0), (1, 2, 0.0)])
def test_the_least_area_counts_when_it_is_reached_exactly(rows, columns, expected):
    truth = truth_of(*scene((0, 1, 1, rows, columns, 300, LAD)))
    assert truth["totals"]["agatston"] == pytest.approx(expected)
    assert len(truth["lesions"]) == 1  # listed, also when it scores nothing
    assert truth["totals"]["lesions"] == (1 if expected else 0)


def test_corners_do_not_connect_in_a_slice_but_in_a_lesion():
    score = totals(scene((0, 1, 1, 2, 2, 150, LAD), (0, 3, 3, 2, 2, 450, LAD)))
    assert (score["agatston"], score["lesions"]) == (pytest.approx(5.0), 1)


@pytest.mark.parametrize(
    ("slices", "increment", "raw", "scaled", "volume"), [(2, 1.5, 4.0, 2.0, 6.0), (1, 5.0, 2.0, 10 / 3, 10.0)]
)
def test_the_score_is_brought_to_three_millimetres(slices, increment, raw, scaled, volume):
    blocks = [(z, 1, 1, 2, 4, 150, LAD) for z in range(slices)]
    score = totals(scene(*blocks, shape=(slices, 8, 8), spacing=(increment, 0.5, 0.5)))
    assert (score["agatston_raw"], score["agatston"]) == pytest.approx((raw, scaled))
    assert score["volume_mm3"] == pytest.approx(volume)


def test_limits_follow_the_tube_voltage():
    blocks = [(0, 1, 1 + 6 * i, 2, 4, hu, LAD) for i, hu in enumerate((146, 225, 226))]
    score = totals(scene(*blocks), kvp=100)
    assert (score["agatston"], score["volume_mm3"]) == pytest.approx((6.0, 12.0))
    assert score["mass_mg"] == pytest.approx(1.8408, abs=5e-5)


def test_area_is_row_distance_times_column_distance():
    made = scene((0, 1, 1, 1, 5, 260, LAD), (0, 4, 1, 1, 4, 260, LAD), spacing=(3.0, 0.6, 0.4))
    score = totals(made)
    assert (score["agatston"], score["volume_mm3"]) == pytest.approx((2.4, 3.6))


def test_edges_of_the_weights_are_included():
    values = (129, 130, 199, 200, 299, 300, 399, 400)
    score = totals(scene(*[(0, 1, 1 + 4 * i, 2, 2, hu, LAD) for i, hu in enumerate(values)]))
    assert (score["agatston"], score["volume_mm3"]) == pytest.approx((16.0, 21.0))


def test_a_component_of_two_arteries_is_formed_first_and_then_shared():
    hu, labels, grid = scene((0, 1, 1, 2, 2, 180, LM), (0, 1, 3, 2, 3, 260, LAD))
    hu[0, 1, 3] = 350
    truth = truth_of(hu, labels, grid)
    assert truth["totals"]["agatston"] == pytest.approx(7.5)
    assert truth["arteries"]["LM"]["agatston"] == pytest.approx(3.0)
    assert truth["arteries"]["LAD"]["agatston"] == pytest.approx(4.5)


def test_touching_calcium_that_is_not_counted_gives_no_weight():
    score = totals(scene((0, 1, 1, 2, 3, 220, RCA), (0, 1, 4, 2, 3, 600, OTHER)))
    assert score["agatston"] == pytest.approx(3.0)


def test_nothing_scored():
    truth = truth_of(*scene())
    assert truth["totals"] == {
        "agatston": 0.0, "agatston_raw": 0.0, "volume_mm3": 0.0, "mass_mg": 0.0, "lesions": 0,
    }  # fmt: skip
    assert truth["category"] == {"scheme": "classic5", "label": "0"}
    assert truth["lesions"] == []


def test_lesions_and_arteries_add_up_to_the_total():
    random = np.random.default_rng(5)
    hu = random.integers(0, 500, (6, 30, 30)).astype(np.int16)
    labels = random.choice([0, 1, 2, 3, 4, 5, 6], hu.shape).astype(np.uint8)
    grid = Grid(hu.shape, (2.5, 0.7, 0.6))
    truth = truth_of(hu, labels, grid)
    for key in ("agatston", "volume_mm3", "mass_mg"):
        total = truth["totals"][key]
        assert sum(a[key] for a in truth["arteries"].values()) == pytest.approx(total)
        assert sum(lesion[key] for lesion in truth["lesions"]) == pytest.approx(total)
    counted = counted_pixels(hu, labels, grid)
    assert sums(list(counted.values()), grid).agatston == pytest.approx(truth["totals"]["agatston"])
