"""From the box back to the scan: probabilities interpolated slice by slice, then cut at the threshold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import Axes, Floats, Window, restored

Mask = NDArray[np.bool_]


def paint(
    target: Mask,
    spacing_mm: tuple[float, float, float],
    window: Window,
    probability: Floats,
    threshold: float,
) -> None:
    """Sets the voxels of a canonical mask where the interpolated probability reaches the threshold.

    Only the part of the scan that can be reached is computed, one slice at a time, so that the cost is
    that of the organ and not of the scan.

    Args:
        target: (z, y, x) bool, canonical; written in place, never cleared.
        spacing_mm: Of the target.
        window: Where the probabilities lie.
        probability: (z, y, x) float32 of the window's shape.
        threshold: 0..1.
    """
    box = _reached(probability >= threshold)
    if box is None:
        return
    near = [_neighbours(target.shape[i], spacing_mm[i], window.positions_mm(i), box[i]) for i in range(3)]
    if any(part.stop <= part.start for part, _, _ in near):
        return
    (in_z, low_z, part_z), (in_y, low_y, part_y), (in_x, low_x, part_x) = near
    values = probability[box]
    part_y = part_y[:, None]
    for i, z in enumerate(range(in_z.start, in_z.stop)):
        below, above = values[low_z[i]], values[low_z[i] + 1]
        plane = below + part_z[i] * (above - below)
        front = plane[low_y]
        front += part_y * (plane[low_y + 1] - front)
        left = front[:, low_x]
        left += part_x * (front[:, low_x + 1] - left)
        target[z, in_y, in_x] |= left >= threshold


def _reached(mask: Mask) -> tuple[slice, slice, slice] | None:
    parts = []
    for axis in range(3):
        hit = np.flatnonzero(mask.any(axis=tuple({0, 1, 2} - {axis})))
        if not len(hit):
            return None
        parts.append(slice(max(0, int(hit[0]) - 1), min(mask.shape[axis], int(hit[-1]) + 2)))
    return parts[0], parts[1], parts[2]


def _neighbours(
    n: int, spacing_mm: float, knots_mm: NDArray[np.float64], part: slice
) -> tuple[slice, NDArray[np.intp], Floats]:
    """Target voxels within half a knot of the knots in `part`, their lower knot in it, and the way to the next."""
    knots = knots_mm[part]
    step = float(knots_mm[1] - knots_mm[0])
    centres = (np.arange(n) + 0.5) * spacing_mm
    used = np.flatnonzero((centres >= knots[0] - step / 2) & (centres <= knots[-1] + step / 2))
    if not len(used) or len(knots) < 2:
        return slice(0, 0), np.zeros(0, np.intp), np.zeros(0, np.float32)
    at = np.clip((centres[used] - knots[0]) / step, 0, len(knots) - 1)
    low = np.minimum(at.astype(np.intp), len(knots) - 2)
    return slice(int(used[0]), int(used[-1]) + 1), low, (at - low).astype(np.float32)


def on_grid(mask: Mask, axes: Axes) -> Mask:
    """The canonical mask in the order of the scan's own axes, contiguous and read-only."""
    turned = np.ascontiguousarray(restored(mask, axes))
    turned.flags.writeable = False
    return turned
