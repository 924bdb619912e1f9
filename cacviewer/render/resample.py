"""Resampling along one axis at a time, without matrices: threads of a BLAS that wait for a busy core cost more
than they bring.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.float64]


def steps_mm(low_mm: float, high_mm: float, step_mm: float) -> Positions:
    """Edges of cells from low in equal steps, the last one at or beyond high."""
    count = int(np.ceil((high_mm - low_mm) / step_mm - 1e-9))
    return low_mm + step_mm * np.arange(max(count, 1) + 1, dtype=np.float64)


def cell_means(
    array: NDArray[np.generic], axis: int, spacing_mm: float, edges_mm: Positions
) -> NDArray[np.float32]:
    """Mean over each cell between neighbouring edges; voxels are boxes of constant value, outside is 0.

    Args:
        array: Any shape; small integers or bool stay exact.
        axis: Along which the cells lie.
        spacing_mm: Of the voxels on that axis.
        edges_mm: (n + 1,) ascending, in mm from the centre of voxel 0.
    """
    count = array.shape[axis]
    total = np.zeros((*array.shape[:axis], count + 1, *array.shape[axis + 1 :]), np.float32)
    inner = (slice(None),) * axis + (slice(1, None),)
    np.cumsum(array, axis=axis, dtype=np.float32, out=total[inner])
    sums = interpolated(total, axis, np.clip(edges_mm / spacing_mm + 0.5, 0, count))
    width = float(edges_mm[1] - edges_mm[0]) / spacing_mm
    means: NDArray[np.float32] = np.diff(sums, axis=axis) / np.float32(width)
    return means


def interpolated(array: NDArray[np.generic], axis: int, index: Positions) -> NDArray[np.float32]:
    """Values at fractional indices along an axis, linear between neighbours; beyond the ends the last one."""
    last = array.shape[axis] - 1
    index = np.clip(index, 0, last)
    low = np.minimum(index.astype(np.intp), max(last - 1, 0))
    high = np.minimum(low + 1, last)
    part = (index - low).astype(np.float32).reshape((-1,) + (1,) * (array.ndim - 1 - axis))
    first = np.take(array, low, axis=axis).astype(np.float32)
    values: NDArray[np.float32] = first + (np.take(array, high, axis=axis) - first) * part
    return values


def blurred(array: NDArray[np.float32], sigmas: tuple[float, ...]) -> NDArray[np.float32]:
    """The array seen through a Gaussian; sigmas are in elements, one for each axis; outside is 0."""
    for axis, sigma in enumerate(sigmas):
        reach = int(np.ceil(2.5 * sigma))
        taps = np.exp(-0.5 * (np.arange(reach + 1) / max(sigma, 1e-6)) ** 2)
        taps = (taps / (2 * taps.sum() - taps[0])).astype(np.float32)
        result = array * taps[0]
        for k in range(1, min(reach + 1, array.shape[axis])):
            front = (slice(None),) * axis + (slice(None, -k),)
            back = (slice(None),) * axis + (slice(k, None),)
            result[back] += taps[k] * array[front]
            result[front] += taps[k] * array[back]
        array = result
    return array
