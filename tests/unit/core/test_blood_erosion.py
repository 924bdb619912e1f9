"""The mask of the blood is shrunk as by a running minimum."""

import numpy as np
import pytest
from scipy import ndimage

from cacviewer.core.blood import _eroded
from cacviewer.core.geometry import Grid


@pytest.mark.parametrize("spacing", [(3.0, 0.5, 0.5), (1.0, 0.7, 0.9), (5.0, 3.5, 0.4)])
def test_shrinking_is_a_running_minimum(spacing):
    mask = ndimage.binary_dilation(np.random.default_rng(1).random((14, 40, 44)) < 0.01, iterations=5)
    expected = mask.view(np.uint8)
    z, y, x = spacing
    for axis, voxels in enumerate((int(3.0 / z), max(1, round(3.0 / y)), max(1, round(3.0 / x)))):
        if voxels:
            expected = ndimage.minimum_filter1d(expected, 2 * voxels + 1, axis=axis, mode="nearest")
    assert np.array_equal(_eroded(mask, Grid(mask.shape, spacing), 3.0), expected.view(bool))
