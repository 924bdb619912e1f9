"""Index zyx <-> LPS mm, boxes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.core.geometry import Grid, bounding_box, grown, joined, overlap, slices_of

mm = st.floats(0.2, 8)
place = st.floats(-500, 500)


def rotation(a, b):
    """A proper rotation from two angles."""
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    return tuple(tuple(float(v) for v in row) for row in z @ x)


@given(
    spacing=st.tuples(mm, mm, mm),
    origin=st.tuples(place, place, place),
    angles=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    index=st.tuples(place, place, place),
)
def test_round_trip(spacing, origin, angles, index):
    grid = Grid((10, 20, 30), spacing, origin, rotation(*angles))
    assert grid.index_zyx(grid.lps_mm(index)) == pytest.approx(index, abs=1e-6)


def test_which_index_moves_which_way():
    # columns of direction are the axes of x, y, z: here x runs to P, y to S, z to L (a sagittal series)
    grid = Grid((4, 5, 6), (3.0, 0.5, 0.4), (1, 2, 3), ((0, 0, 1), (1, 0, 0), (0, 1, 0)))
    assert grid.lps_mm((0, 0, 0)) == pytest.approx((1, 2, 3))
    assert grid.lps_mm((0, 0, 1)) == pytest.approx((1, 2.4, 3))
    assert grid.lps_mm((0, 1, 0)) == pytest.approx((1, 2, 3.5))
    assert grid.lps_mm((1, 0, 0)) == pytest.approx((4, 2, 3))
    assert (grid.pixel_mm2, grid.voxel_mm3, grid.increment_mm) == pytest.approx((0.2, 0.6, 3.0))


def test_crop_keeps_places():
    grid = Grid((10, 20, 30), (3.0, 0.5, 0.4), (5, 6, 7), rotation(0.3, 0.2))
    part = grid.crop((2, 3, 4, 8, 13, 24))
    assert part.shape_zyx == (6, 10, 20)
    assert part.lps_mm((1, 2, 3)) == pytest.approx(grid.lps_mm((3, 5, 7)))


def test_boxes():
    mask = np.zeros((5, 6, 7), bool)
    assert bounding_box(mask) is None
    mask[1, 2, 3] = mask[3, 4, 5] = True
    box = bounding_box(mask)
    assert box == (1, 2, 3, 4, 5, 6)
    assert mask[slices_of(box)].shape == (3, 3, 3)
    assert grown(box, (2, 1, 9), mask.shape) == (0, 1, 0, 5, 6, 7)
    assert joined(box, (0, 0, 0, 1, 1, 1)) == (0, 0, 0, 4, 5, 6)
    assert overlap(box, (3, 4, 5, 9, 9, 9))
    assert not overlap(box, (4, 0, 0, 9, 9, 9))
