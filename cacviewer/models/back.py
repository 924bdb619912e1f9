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
    matrices, parts = [], []
    for axis, part in enumerate(box):
        matrix, used = _linear(target.shape[axis], spacing_mm[axis], window.positions_mm(axis), part)
        if used.stop <= used.start:
            return
        matrices.append(matrix)
        parts.append(used)
    along_z, along_y, along_x = matrices
    values = probability[box]
    planes = (along_z @ values.reshape(len(values), -1)).reshape(-1, *values.shape[1:])
    across = np.ascontiguousarray(along_x.T)
    for z, plane in zip(range(parts[0].start, parts[0].stop), planes, strict=True):
        target[z, parts[1], parts[2]] |= (along_y @ plane) @ across >= threshold


def _reached(mask: Mask) -> tuple[slice, slice, slice] | None:
    parts = []
    for axis in range(3):
        hit = np.flatnonzero(mask.any(axis=tuple({0, 1, 2} - {axis})))
        if not len(hit):
            return None
        parts.append(slice(max(0, int(hit[0]) - 1), min(mask.shape[axis], int(hit[-1]) + 2)))
    return parts[0], parts[1], parts[2]


def _linear(n: int, spacing_mm: float, knots_mm: NDArray[np.float64], part: slice) -> tuple[Floats, slice]:
    """Weights from the knots in `part` to those target voxels that lie within half a knot of them."""
    knots = knots_mm[part]
    step = float(knots_mm[1] - knots_mm[0])
    centres = (np.arange(n) + 0.5) * spacing_mm
    used = np.flatnonzero((centres >= knots[0] - step / 2) & (centres <= knots[-1] + step / 2))
    if not len(used):
        return np.zeros((0, len(knots)), np.float32), slice(0, 0)
    at = np.clip(centres[used], knots[0], knots[-1])
    weights = np.maximum(0.0, 1.0 - np.abs(at[:, None] - knots[None, :]) / step)
    return weights.astype(np.float32), slice(int(used[0]), int(used[-1]) + 1)


def on_grid(mask: Mask, axes: Axes) -> Mask:
    """The canonical mask in the order of the scan's own axes, contiguous and read-only."""
    turned = np.ascontiguousarray(restored(mask, axes))
    turned.flags.writeable = False
    return turned
