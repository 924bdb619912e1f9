import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.render.resample import blurred, cell_means, interpolated, steps_mm


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.floats(0.2, 3.0),
    st.floats(0.1, 4.0),
)
def test_cell_means_keep_the_sum(values, spacing, step):
    array = np.array(values)
    edges = steps_mm(-0.5 * spacing, (len(array) - 0.5) * spacing, step)
    means = cell_means(array, 0, spacing, edges)
    assert means.sum() * step == pytest.approx(array.sum() * spacing, rel=1e-4, abs=1e-4)


def test_cell_means_are_zero_outside():
    means = cell_means(np.ones((2, 3)), 1, 1.0, np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]))
    assert means.tolist() == [[0, 0, 1, 1, 1, 0]] * 2


@pytest.mark.parametrize("axis", [0, 1])
def test_interpolated_is_linear_and_goes_on_at_the_ends(axis):
    array = np.array([[0, 10, 30]]) if axis else np.array([[0], [10], [30]])
    got = interpolated(array, axis, np.array([-1.0, 0.5, 1.5, 2.0, 9.0])).ravel()
    assert got.tolist() == [0, 5, 20, 30, 30]
    assert interpolated(np.array([7]), 0, np.array([0.0, 1.0])).tolist() == [7, 7]


def test_blur_spreads_and_keeps_the_sum():
    array = np.zeros((15, 15), np.float32)
    array[7, 7] = 1
    soft = blurred(array, (1.0, 2.0))
    assert soft.sum() == pytest.approx(1, abs=1e-4)
    assert np.allclose(soft, soft[::-1, ::-1], atol=1e-6)
    assert soft[7, 10] > soft[10, 7] > 0
    assert np.array_equal(blurred(array, (0.0, 0.0)), array)
    assert blurred(np.ones((1, 2), np.float32), (3.0, 3.0)).shape == (1, 2)
