import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from cacviewer.render.outlines import outlines


def area(points):
    x, y = points.T
    return 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9)))
def test_outlines_enclose_the_mask(mask):
    """Holes run the other way round, so that the areas add up to the pixels."""
    lines = outlines(mask)
    assert sum(area(line) for line in lines) == pytest.approx(mask.sum())
    for line in lines:
        steps = np.roll(line, -1, axis=0) - line
        assert ((steps == 0).sum(axis=1) == 1).all()  # along voxel edges


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9)))
def test_smooth_outlines_are_as_many_and_stay_near(mask):
    edges, smooth = outlines(mask), outlines(mask, smooth=True)
    assert len(edges) == len(smooth)
    for edge, line in zip(edges, smooth, strict=True):
        assert line.min() >= edge.min() - 1e-9
        assert line.max() <= edge.max() + 1e-9


def test_a_pixel_is_a_square():
    mask = np.zeros((4, 5), bool)
    mask[2, 3] = True
    (line,) = outlines(mask)
    assert sorted(map(tuple, line)) == [(3, 2), (3, 3), (4, 2), (4, 3)]


def test_pixels_that_touch_at_a_corner_have_outlines_of_their_own():
    assert len(outlines(np.eye(2, dtype=bool))) == 2
    assert len(outlines(~np.eye(2, dtype=bool))) == 2


def test_a_ring_has_two():
    mask = np.ones((5, 5), bool)
    mask[2, 2] = False
    assert len(outlines(mask)) == 2
    assert outlines(np.zeros((3, 3), bool)) == []


def test_strided_masks():
    mask = np.zeros((6, 6), bool)
    mask[1:3, 1:5] = True
    assert area(outlines(mask.T[::-1, ::-1])[0]) == 8
