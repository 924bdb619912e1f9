"""Separable resampling of boxes by small dense matrices: one matrix product an axis.

Positions are in mm from the centre of the array's first element along an axis; they may run backwards, which
is how a view's flips come for free.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.float64]


def blurred_weights(count: int, spacing_mm: float, positions: Positions, sigma_mm: float) -> NDArray[np.float32]:
    """Weights (positions, count) of boxes of constant value seen through a Gaussian; outside is 0."""
    edges = (np.arange(count + 1) - 0.5) * spacing_mm
    u = (edges[None, :] - positions[:, None]) / sigma_mm
    # the normal distribution to 2e-4 without scipy
    below = 0.5 * (1 + np.tanh(0.7988 * u * (1 + 0.04417 * u * u)))
    return np.diff(below, axis=1).astype(np.float32)


def linear_weights(count: int, spacing_mm: float, positions: Positions) -> NDArray[np.float32]:
    """Weights (positions, count) of linear interpolation; beyond the ends the last value goes on."""
    index = np.clip(positions / spacing_mm, 0, count - 1)
    weights: NDArray[np.float32] = np.maximum(
        0, 1 - np.abs(index[:, None] - np.arange(count)[None, :])
    ).astype(np.float32)
    return weights


def resampled(array: NDArray[np.generic], weights: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The array with each axis i multiplied by weights[i] (new length, old length)."""
    result = array.astype(np.float32)
    for axis in reversed(range(array.ndim)):  # the last axis first, and the others get smaller
        weight, shape = weights[axis], result.shape
        if axis == result.ndim - 1:
            result = result @ weight.T
        else:  # as (before, axis, behind) each product is one call of BLAS on contiguous rows
            behind = int(np.prod(shape[axis + 1 :]))
            product = weight @ result.reshape(-1, shape[axis], behind)
            result = product.reshape(*shape[:axis], len(weight), *shape[axis + 1 :])
    return result


def span(low_mm: float, high_mm: float, step_mm: float) -> Positions:
    """Positions from low to high in equal steps, the last one at or beyond high."""
    steps = int(np.ceil((high_mm - low_mm) / step_mm - 1e-9))
    return low_mm + step_mm * np.arange(steps + 1, dtype=np.float64)
