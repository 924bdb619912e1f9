"""Slabs: the brightest, the mean or the darkest of some slices, for the eye. Scores never come from slabs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.session import SlabMode

BLOCK = 16
"""Slices of the scan at a time where planes lie across memory: what they touch stays in the processor's cache."""
_REDUCE = {SlabMode.MIP: np.maximum, SlabMode.MEAN: np.add, SlabMode.MINIP: np.minimum}


def slab_range(depth: int, slices: int, thickness_mm: float, spacing_mm: float) -> tuple[int, int]:
    """First and one past the last slice of a slab about a slice, inside the volume.

    Args:
        depth: Index of the slice in the middle.
        slices: How many there are.
        thickness_mm: Of the slab; below two slices it is the slice alone.
        spacing_mm: From slice to slice.
    """
    count = max(1, round(thickness_mm / spacing_mm))
    first = depth - count // 2
    return max(0, first), min(slices, first + count)


def slab(hu: NDArray[np.int16], axis: int, first: int, last: int, mode: SlabMode) -> NDArray[np.int16]:
    """Projects the planes first..last - 1 of a volume along an axis.

    Args:
        hu: (z, y, x) int16.
        axis: 0 z, 1 y, 2 x.
        first: Index of the first plane.
        last: One past the last plane, above `first`.
        mode: Maximum, mean (rounded) or minimum.

    Returns:
        (the other two axes in order) int16.
    """
    reduce = _REDUCE[mode]
    wide: np.dtype[Any] = np.dtype(np.int32 if mode is SlabMode.MEAN else np.int16)
    if axis == 2:
        result = _across(hu, first, last, reduce, wide)
    else:
        part = hu[first:last] if axis == 0 else hu[:, first:last]
        result = reduce.reduce(part, axis=axis, dtype=wide)
    if mode is SlabMode.MEAN:
        result = np.rint(result / np.float32(last - first)).astype(np.int16)
    return np.asarray(result)


def _across(
    hu: NDArray[np.int16], first: int, last: int, reduce: np.ufunc, wide: np.dtype[Any]
) -> NDArray[Any]:
    """Along x, where neighbours lie side by side: block by block, 7 ms instead of 40 for 20 planes of 512 x 400."""
    result = np.empty(hu.shape[:2], wide)
    for start in range(0, hu.shape[0], BLOCK):
        block, out = hu[start : start + BLOCK], result[start : start + BLOCK]
        out[...] = block[:, :, first]
        for x in range(first + 1, last):
            reduce(out, block[:, :, x], out=out)
    return result
