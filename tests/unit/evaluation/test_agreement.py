"""Statistics of agreement, by hand and against the papers' own example."""

import math

import numpy as np
import pytest

from cacviewer.evaluation.agreement import (
    Detection,
    bland_altman,
    confusion,
    detection_by_number,
    detection_by_volume,
    icc_absolute,
    rmse,
    weighted_kappa,
)


def test_icc_of_two_judges():
    """Subjects 9 6 8 7 10 6 and 2 1 4 1 5 2 (judges 1 and 2 of Shrout and Fleiss 1979), worked out by hand.

    Mean squares: subjects 4.15, judges 80.08 1/3, error 0.6833.
    """
    a, b = [9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2]
    x = np.array([a, b], float).T
    subjects = 2 * ((x.mean(1) - x.mean()) ** 2).sum() / 5
    judges = 6 * ((x.mean(0) - x.mean()) ** 2).sum()
    error = (((x - x.mean()) ** 2).sum() - 5 * subjects - judges) / 5
    assert icc_absolute(a, b) == pytest.approx(
        (subjects - error) / (subjects + error + 2 * (judges - error) / 6)
    )
    assert icc_absolute(a, a) == 1
    assert icc_absolute(a, [v + 5 for v in a]) < 0.3  # a constant shift is no agreement
    assert math.isnan(icc_absolute([1.0], [1.0]))


def test_kappa_by_hand():
    # two classes, observed agreement 0.7, by chance 0.5
    a, b = [0] * 25 + [0] * 10 + [1] * 5 + [1] * 10, [0] * 25 + [1] * 10 + [0] * 5 + [1] * 10
    observed, chance = 35 / 50, (35 * 30 + 15 * 20) / 2500
    assert weighted_kappa(a, b, 2) == pytest.approx((observed - chance) / (1 - chance))
    assert weighted_kappa([0, 2, 4], [0, 2, 4], 5) == 1
    assert weighted_kappa([1, 1], [1, 1], 5) == 1
    near, far = weighted_kappa([0, 1, 2, 3], [0, 1, 2, 2], 5), weighted_kappa([0, 1, 2, 3], [0, 1, 2, 0], 5)
    assert near > far
    assert confusion([0, 1], [0, 2], 3).tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]


def test_lesions_join_through_faces_and_meet_in_a_voxel():
    true, counted = np.zeros((3, 8, 8), bool), np.zeros((3, 8, 8), bool)
    true[0, 1, 1:3] = true[1, 1, 1] = True  # one lesion over two slices
    true[0, 2, 3] = True  # touches it at a corner only: another
    true[2, 6, 6] = True  # missed
    counted[1, 1, 1] = counted[0, 2, 3] = True  # two that are right
    counted[0, 7, 0] = True  # false
    by_number = detection_by_number(true, counted)
    assert by_number == Detection(3, 2, 3, 2)
    assert by_number.f1 == pytest.approx(2 / 3)
    by_volume = detection_by_volume(true, counted, 2.0)
    assert (by_volume.true, by_volume.found, by_volume.counted) == (10.0, 4.0, 6.0)
    nothing = np.zeros((1, 2, 2), bool)
    assert detection_by_number(nothing, nothing).f1 == 1
    assert Detection(2, 0, 0, 0).f1 == 0


def test_differences():
    limits = bland_altman([2.0, 4.0, 6.0], [1.0, 4.0, 4.0])
    assert limits.bias == 1
    assert limits.high - limits.bias == pytest.approx(1.96)
    assert rmse([1.0, 3.0], [1.0, 0.0]) == pytest.approx(math.sqrt(4.5))
