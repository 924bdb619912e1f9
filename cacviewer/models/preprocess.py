"""From any scan to what the network sees, and back: used by training and by inference alike.

The network sees axes along LPS (index z upwards, y to the back, x to the left), isotropic voxels, a box
in mm, Hounsfield units clipped and scaled. Everything is separable: one small matrix per axis, which at
the same time interpolates, averages what is finer than the target (else the noise of a sharp kernel
aliases) and pads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid

AIR_HU = -1024
HU_WINDOW = (-200.0, 400.0)
"""Clipped to this and scaled to -1..1: fat, muscle, blood with and without contrast; lung and air are -1."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Axes:
    """How the index axes of a grid become z (up), y (back), x (left).

    Attributes:
        order: Which axis of the array comes to place z, y, x.
        reversed_zyx: Which of the reordered axes run the other way.
        spacing_mm: Spacing z, y, x after reordering.
    """

    order: tuple[int, int, int]
    reversed_zyx: tuple[bool, bool, bool]
    spacing_mm: tuple[float, float, float]


def axes_of(grid: Grid) -> Axes:
    """The nearest way to LPS axes; a tilt of the gantry of up to 45 degrees stays as it is."""
    columns = np.asarray(grid.direction_lps, np.float64)[:, ::-1]  # rows L, P, S; columns index z, y, x
    order = [0, 0, 0]
    free = {0, 1, 2}
    for place, row in ((0, 2), (1, 1), (2, 0)):
        order[place] = max(free, key=lambda axis: abs(columns[row, axis]))
        free.remove(order[place])
    signs = [columns[2 - place, order[place]] < 0 for place in range(3)]
    spacing = [float(grid.spacing_mm[axis]) for axis in order]
    return Axes(
        (order[0], order[1], order[2]),
        (bool(signs[0]), bool(signs[1]), bool(signs[2])),
        (spacing[0], spacing[1], spacing[2]),
    )


def canonical(array: NDArray[Any], axes: Axes) -> NDArray[Any]:
    """A view of (z, y, x) in the grid's order as (z up, y back, x left)."""
    return array.transpose(axes.order)[_steps(axes)]


def restored(array: NDArray[Any], axes: Axes) -> NDArray[Any]:
    """The inverse of `canonical`, a view."""
    return array[_steps(axes)].transpose(np.argsort(axes.order))


def _steps(axes: Axes) -> tuple[slice, slice, slice]:
    z, y, x = (slice(None, None, -1) if turned else slice(None) for turned in axes.reversed_zyx)
    return z, y, x


@dataclass(frozen=True, slots=True)
class Window:
    """A box of isotropic voxels laid over a canonical volume.

    Attributes:
        centre_mm: Middle of the box as z, y, x mm from the outer corner of canonical voxel (0, 0, 0).
        spacing_mm: Size of its voxels.
        shape_zyx: Their number.
    """

    centre_mm: tuple[float, float, float]
    spacing_mm: float
    shape_zyx: tuple[int, int, int]

    def positions_mm(self, axis: int) -> NDArray[np.float64]:
        """Voxel centres along an axis, mm from the volume's outer corner."""
        n = self.shape_zyx[axis]
        return np.asarray(self.centre_mm[axis] + (np.arange(n) - (n - 1) / 2) * self.spacing_mm, np.float64)


def to_window(volume: NDArray[np.generic], spacing_mm: tuple[float, float, float], window: Window) -> Floats:
    """Resamples a canonical volume into a window, air outside.

    Args:
        volume: (z, y, x) HU, canonical; may be a memory map or a view, only what is needed is read.
        spacing_mm: z, y, x.
        window: Where and how fine.

    Returns:
        float32 HU of the window's shape.
    """
    axes = [_axis_weights(volume.shape[i], spacing_mm[i], window, i) for i in range(3)]
    if any(part.stop <= part.start for _, part in axes):
        return np.full(window.shape_zyx, AIR_HU, np.float32)
    (along_z, in_z), (along_y, in_y), (along_x, in_x) = axes
    used = volume[in_z, in_y, in_x]
    planes = np.empty((used.shape[0], window.shape_zyx[2], window.shape_zyx[1]), np.float32)
    for first in range(0, len(used), CHUNK):
        # few large products: many small ones wait for their threads when the machine is busy
        block = used[first : first + CHUNK].astype(np.float32)
        block -= AIR_HU  # so that what lies outside is 0
        count, rows, columns = block.shape
        across = (block.reshape(-1, columns) @ along_x.T).reshape(count, rows, -1).transpose(0, 2, 1)
        down = np.ascontiguousarray(across).reshape(-1, rows) @ along_y.T
        planes[first : first + CHUNK] = down.reshape(count, *planes.shape[1:])
    mixed = along_z @ planes.reshape(len(planes), -1)
    mixed += AIR_HU
    depth, height, width = window.shape_zyx
    return np.ascontiguousarray(mixed.reshape(depth, width, height).transpose(0, 2, 1))


CHUNK = 32


def _axis_weights(n: int, spacing_mm: float, window: Window, axis: int) -> tuple[Floats, slice]:
    """Weights (window's size, samples) and which samples of the volume they belong to.

    Of very fine samples only every second or third is read: 2.5 of them in each new voxel and direction
    average enough of the noise.
    """
    step = max(1, int(window.spacing_mm / (2.5 * spacing_mm)))
    centres = np.asarray((np.arange(0, n, step) + 0.5) * spacing_mm, np.float64)
    at = window.positions_mm(axis)
    matrix = averaging_matrix(centres, step * spacing_mm, n * spacing_mm, at, window.spacing_mm)
    used = np.flatnonzero(matrix.any(axis=0))
    if not len(used):
        return matrix[:, :0], slice(0, 0)
    first, last = int(used[0]), int(used[-1])
    return np.ascontiguousarray(matrix[:, first : last + 1]), slice(first * step, last * step + 1, step)


def averaging_matrix(
    centres_mm: NDArray[np.float64],
    spacing_mm: float,
    extent_mm: float,
    at_mm: NDArray[np.float64],
    width_mm: float,
) -> Floats:
    """Weights (len(at_mm), len(centres_mm)): a triangle as wide as the coarser of the two samplings.

    Finer than the data it interpolates linearly, coarser it averages. A point outside the data
    (0..extent_mm) has no weights; a point inside has weights that sum to 1, so the last slice does not
    fade into air.
    """
    reach = max(spacing_mm, width_mm)
    weights = np.maximum(0.0, 1.0 - np.abs(at_mm[:, None] - centres_mm[None, :]) / reach)
    weights[(at_mm < 0) | (at_mm > extent_mm)] = 0.0
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0), np.float32)


def scaled(hu: Floats) -> Floats:
    """HU to the network's input, -1..1; in a new array."""
    low, high = HU_WINDOW
    return np.asarray((np.clip(hu, low, high) - low) * np.float32(2 / (high - low)) - 1, np.float32)
