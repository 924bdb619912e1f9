"""Slices that make no grid, put onto one for the eye; scores are never taken from such a volume (12.4.4-6)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

OUTSIDE_HU = -1024


def placed(
    slices: NDArray[np.int16], depths_mm: NDArray[np.float64], shifts_px: NDArray[np.float64],
    shape_zyx: tuple[int, int, int], increment_mm: float,
) -> NDArray[np.int16]:  # fmt: skip
    """Resamples linearly so that every point sits where it was.

    Args:
        slices: (n, y, x) HU.
        depths_mm: (n,) ascending, distance of each slice from the first plane of the result.
        shifts_px: (n, 2) place of each slice's corner in the result, rows and columns, pixels.
        shape_zyx: Of the result.
        increment_mm: Distance of its planes.
    """
    out = np.full(shape_zyx, OUTSIDE_HU, np.int16)
    shifted: dict[int, NDArray[np.float32]] = {}
    for z in range(shape_zyx[0]):
        depth = z * increment_mm
        above = int(np.clip(np.searchsorted(depths_mm, depth - 1e-6), 0, len(slices) - 1))
        below = max(0, above - 1) if depths_mm[above] > depth else above
        gap = float(depths_mm[above] - depths_mm[below])
        part = 0.0 if gap <= 0 else min(1.0, max(0.0, (depth - float(depths_mm[below])) / gap))
        for i in [k for k in shifted if k < below]:
            del shifted[i]
        for i in (below, above):
            if i not in shifted:
                shifted[i] = _shifted(slices[i], shifts_px[i], shape_zyx[1:])
        mixed = shifted[below] * (1 - part) + shifted[above] * part
        out[z] = np.rint(mixed).astype(np.int16)
    return out


def _shifted(
    image: NDArray[np.int16], shift_px: NDArray[np.float64], shape: tuple[int, int]
) -> NDArray[np.float32]:
    """A slice moved by fractions of pixels into a larger frame, bilinear; air around it."""
    out = np.full(shape, float(OUTSIDE_HU), np.float32)
    whole = [math.floor(float(s) + 1e-9) for s in shift_px]
    parts = [float(s) - w for s, w in zip(shift_px, whole, strict=True)]
    moved = image.astype(np.float32)
    for axis, part in enumerate(parts):
        if part > 1e-6:  # each pixel takes its share from the one before it
            before = np.roll(moved, 1, axis=axis)
            first = (0, slice(None)) if axis == 0 else (slice(None), 0)
            before[first] = OUTSIDE_HU
            moved = moved * (1 - part) + before * part
    rows, columns = image.shape
    y0, x0 = max(0, whole[0]), max(0, whole[1])
    y1, x1 = min(shape[0], whole[0] + rows), min(shape[1], whole[1] + columns)
    if y1 > y0 and x1 > x0:
        out[y0:y1, x0:x1] = moved[y0 - whole[0] : y1 - whole[0], x0 - whole[1] : x1 - whole[1]]
    return out


def filled(hu: NDArray[np.int16], missing: list[int]) -> None:
    """Fills missing slices between others by linear interpolation, in place."""
    known = [i for i in range(len(hu)) if i not in set(missing)]
    for z in missing:
        below = max((i for i in known if i < z), default=None)
        above = min((i for i in known if i > z), default=None)
        if below is None or above is None:
            nearest = above if below is None else below
            hu[z] = hu[nearest] if nearest is not None else OUTSIDE_HU
            continue
        part = (z - below) / (above - below)
        mixed = hu[below].astype(np.float32) * (1 - part) + hu[above].astype(np.float32) * part
        hu[z] = np.rint(mixed).astype(np.int16)
