"""Callister's volume: HU interpolated along z before the limit."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.pixels import Pixels

TINY = 1e-9


def isotropic_volume_mm3(kept: Pixels, hu: NDArray[np.int16], grid: Grid, limit_hu: int) -> float:
    """Volume of planes interpolated linearly along z in steps of the pixel size, mm3.

    A voxel of an interpolated plane counts if it reaches the limit and the pixel above or below it counted in the
    score; one of a plane that falls on a slice, if that pixel counted. Planes start at slice 0 of the volume; there is
    none beyond its last slice. A single slice gives the volume of its voxels.

    Args:
        kept: Pixels with a weight above 0.
        hu: (z, y, x) int16 of the whole volume; read at those pixels and their neighbours along z.
        grid: Grid of the volume.
        limit_hu: HU >= limit counts.

    Source:
        Callister et al., Radiology 1998;208:807, in the form of clinical-rules.md section 4.
    """
    whole = Pixels(kept.at, np.ones_like(kept.label), kept.hu, kept.shape_zyx)
    return float(isotropic_volumes_mm3(whole, hu, grid, limit_hu, 2)[1])


def isotropic_volumes_mm3(
    kept: Pixels, hu: NDArray[np.int16], grid: Grid, limit_hu: int, n: int
) -> NDArray[np.float64]:
    """As `isotropic_volume_mm3`, for each label below n: (n,) mm3. Labels may not meet along z."""
    slices, rows, columns = hu.shape
    if slices == 1:
        return np.asarray(np.bincount(kept.label, minlength=n) * grid.voxel_mm3, np.float64)
    step, increment = math.sqrt(grid.pixel_mm2), grid.increment_mm
    z, in_plane = np.divmod(kept.at, rows * columns)
    ends = np.searchsorted(z, np.arange(slices + 1))
    count = np.zeros(n)
    for i in sorted({i for here in np.unique(z).tolist() for i in (here - 1, here) if i >= 0}):
        on_slice, between = _planes(i, slices, step, increment)
        if on_slice:  # its pixels reach the limit, or they would not have counted
            count += np.bincount(kept.label[ends[i] : ends[i + 1]], minlength=n)
        if len(between):
            both = slice(ends[i], ends[i + 2])
            near, first = np.unique(in_plane[both], return_index=True)
            low, high = (hu[k].ravel()[near].astype(np.float64) for k in (i, i + 1))
            f = between[:, None]
            bright = np.count_nonzero((1 - f) * low + f * high >= limit_hu - TINY, axis=0)
            count += np.bincount(kept.label[both][first], bright, n)
    return count * (grid.pixel_mm2 * step)


def _planes(i: int, slices: int, step: float, increment: float) -> tuple[bool, NDArray[np.float64]]:
    """Whether a plane falls on slice i, and the fractions f of planes between it and the next."""
    last = math.floor((slices - 1) * increment / step + TINY)
    first, beyond = math.floor(i * increment / step) - 1, math.ceil((i + 1) * increment / step) + 1
    number = np.arange(max(first, 0), min(beyond, last) + 1)
    position = number * step / increment
    here = np.minimum(np.floor(position + TINY).astype(int), slices - 1) == i
    f = position[here] - i
    between = (f >= TINY) & (i < slices - 1)
    return bool((~between).any()), f[between]
