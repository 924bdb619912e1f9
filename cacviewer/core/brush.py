"""A brush: the voxels within a radius of the way that a hand went, as a disc in one slice or as a ball."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.geometry import Box, Grid

MOST_POINTS = 4000
"""Points of one stroke that are looked at; a hand leaves some hundreds."""


@dataclass(frozen=True, slots=True)
class Brush:
    """Size and shape.

    Attributes:
        radius_mm: Of disc and ball.
        solid: A ball through the slices; else a disc in the slice.
    """

    radius_mm: float = 2.0
    solid: bool = False


def swept(
    grid: Grid, path_lps_mm: Sequence[ArrayLike], brush: Brush, slice_axis: int = 0
) -> tuple[Box, NDArray[np.bool_]] | None:
    """The voxels that a brush has touched.

    Args:
        grid: Of the volume.
        path_lps_mm: Places that the middle of the brush went through, LPS mm; between them it went straight.
        brush: Its size and shape.
        slice_axis: Array axis (0 z, 1 y, 2 x) that the view looks along; a disc stays in one slice across it.

    Returns:
        Box in the volume and mask (z, y, x) of the voxels whose centres lie within the radius (and always the
        voxel under the middle); None if nothing of the volume was touched.
    """
    if not len(path_lps_mm):
        return None
    index = np.asarray([grid.index_zyx(p) for p in path_lps_mm[:MOST_POINTS]])
    spacing, shape = np.asarray(grid.spacing_mm), np.asarray(grid.shape_zyx)
    if not brush.solid:
        index[:, slice_axis] = np.round(index[:, slice_axis])
    reach = brush.radius_mm / spacing
    if not brush.solid:
        reach[slice_axis] = 0.0
    low = np.maximum(np.floor(np.minimum(index.min(0) - reach, np.round(index.min(0)))), 0).astype(int)
    high = np.minimum(np.ceil(np.maximum(index.max(0) + reach, np.round(index.max(0)))) + 1, shape).astype(
        int
    )
    if (low >= high).any():
        return None
    mask = np.zeros(high - low, bool)
    at = np.stack(np.meshgrid(*(np.arange(a, b) for a, b in zip(low, high, strict=True)), indexing="ij"), -1)
    for start, end in zip(index, index[1:] if len(index) > 1 else index, strict=False):
        _touch(mask, at, low, start, end, reach, spacing, brush.radius_mm)
    for middle in np.round(index).astype(int):
        if (middle >= low).all() and (middle < high).all():
            mask[tuple(middle - low)] = True
    if not mask.any():
        return None
    z0, y0, x0 = low.tolist()
    z1, y1, x1 = high.tolist()
    return (z0, y0, x0, z1, y1, x1), mask


def _touch(
    mask: NDArray[np.bool_],
    at: NDArray[np.int64],
    low: NDArray[np.int64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    reach: NDArray[np.float64],
    spacing: NDArray[np.float64],
    radius_mm: float,
) -> None:
    """Marks the voxels within the radius of a straight piece of the way; only its own box is looked at."""
    first = np.maximum(np.floor(np.minimum(start, end) - reach).astype(int) - low, 0)
    last = np.minimum(np.ceil(np.maximum(start, end) + reach).astype(int) + 1 - low, mask.shape)
    if (first >= last).any():
        return
    where = tuple(slice(a, b) for a, b in zip(first.tolist(), last.tolist(), strict=True))
    way = (end - start) * spacing
    offset = (at[where] - start) * spacing
    length2 = float(way @ way)
    along = np.clip((offset @ way) / length2, 0.0, 1.0) if length2 > 0 else np.zeros(offset.shape[:-1])
    gap = offset - along[..., None] * way
    mask[where] |= np.einsum("...i,...i", gap, gap) <= radius_mm**2 + 1e-9
