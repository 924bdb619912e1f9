"""How a plane shows a grid: which axes go right and down, whatever the order of the file.

The radiological convention follows from the grid's direction alone: the patient's right is on
the left of the screen, anterior or the head is up, anterior is left in the sagittal plane. Slices follow the
array's axes as acquired; an oblique stack is shown oblique and says so in two letters at its edges.

View coordinates are (row, column) of the picture as shown, whole numbers at the centres of pixels; `depth` is
the array's index along the axis that the plane looks along.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.geometry import Box, Grid

Pixel = TypeVar("Pixel", bound=np.generic)
Signed = tuple[int, int]
Letters = tuple[str, str, str, str]

LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
SECOND_LETTER = 0.087
"""sin of 5 degrees: from this tilt on an edge has a second letter."""


class Plane(StrEnum):
    """The three views."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Patient axis (0 left, 1 posterior, 2 head) and sign of screen right, screen down, and of key Down."""

    right: Signed
    down: Signed
    onward: Signed


_LAYOUTS = {
    Plane.AXIAL: _Layout(right=(0, 1), down=(1, 1), onward=(2, -1)),
    Plane.CORONAL: _Layout(right=(0, 1), down=(2, -1), onward=(1, 1)),
    Plane.SAGITTAL: _Layout(right=(1, 1), down=(2, -1), onward=(0, 1)),
}


@dataclass(frozen=True, slots=True)
class SliceGeometry:
    """A plane on a grid. Build it with `slice_geometry`.

    Attributes:
        plane: Which view.
        grid: Grid of the volume.
        axes: Array axes (0 z, 1 y, 2 x) of depth, rows and columns.
        signs: +1 where the index grows onward (key Down), downwards, to the right; else -1.
    """

    plane: Plane
    grid: Grid
    axes: tuple[int, int, int]
    signs: tuple[int, int, int]

    @property
    def slices(self) -> int:
        """Number of slices."""
        return self.grid.shape_zyx[self.axes[0]]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the picture."""
        return self.grid.shape_zyx[self.axes[1]], self.grid.shape_zyx[self.axes[2]]

    @property
    def pixel_mm(self) -> tuple[float, float]:
        """Height and width of a pixel, mm."""
        return self.grid.spacing_mm[self.axes[1]], self.grid.spacing_mm[self.axes[2]]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Height and width of the picture, mm."""
        return self.shape[0] * self.pixel_mm[0], self.shape[1] * self.pixel_mm[1]

    @property
    def letters(self) -> Letters:
        """Orientation letters of the left, top, right and bottom edge."""
        down, right = self._direction(1), self._direction(2)
        return letters_of(-right), letters_of(-down), letters_of(right), letters_of(down)

    def cut(self, array: NDArray[Pixel], depth: int) -> NDArray[Pixel]:
        """The slice (rows, columns) of an array (z, y, x) as it is shown; a view, not a copy."""
        return self.turned(array[tuple(depth if axis == self.axes[0] else slice(None) for axis in range(3))])

    def turned(self, part: NDArray[Pixel]) -> NDArray[Pixel]:
        """A slice as it lies in the array (its two axes in order), turned as it is shown; a view, not a copy."""
        if self.axes[1] > self.axes[2]:
            part = part.T
        return part[:: self.signs[1], :: self.signs[2]]

    def cut_box(
        self, box: Box, voxels: NDArray[np.bool_], depth: int
    ) -> tuple[int, int, NDArray[np.bool_]] | None:
        """First row, first column and slice of a box's own voxels; None where the slice misses the box."""
        depth_axis, row_axis, column_axis = self.axes
        if not box[depth_axis] <= depth < box[depth_axis + 3]:
            return None
        rows, columns = self.shape
        top = box[row_axis] if self.signs[1] > 0 else rows - box[row_axis + 3]
        left = box[column_axis] if self.signs[2] > 0 else columns - box[column_axis + 3]
        return top, left, self.cut(voxels, depth - box[depth_axis])

    def place(self, lps_mm: ArrayLike) -> tuple[float, float, float]:
        """Row, column and depth of a position in LPS mm, fractions allowed."""
        index = self.grid.index_zyx(lps_mm)
        rows, columns = self.shape
        row, column = float(index[self.axes[1]]), float(index[self.axes[2]])
        return (
            row if self.signs[1] > 0 else rows - 1 - row,
            column if self.signs[2] > 0 else columns - 1 - column,
            float(index[self.axes[0]]),
        )

    def lps_mm(self, row: float, column: float, depth: float) -> tuple[float, float, float]:
        """Position in LPS mm of a place in the view."""
        x, y, z = self.grid.lps_mm(self.index_zyx(row, column, depth))
        return float(x), float(y), float(z)

    def index_zyx(self, row: float, column: float, depth: float) -> tuple[float, float, float]:
        """Array index of a place in the view."""
        rows, columns = self.shape
        index = [0.0, 0.0, 0.0]
        index[self.axes[0]] = depth
        index[self.axes[1]] = row if self.signs[1] > 0 else rows - 1 - row
        index[self.axes[2]] = column if self.signs[2] > 0 else columns - 1 - column
        return index[0], index[1], index[2]

    def depth_of(self, lps_mm: ArrayLike) -> int:
        """The slice nearest to a position, within the volume."""
        return min(max(round(self.place(lps_mm)[2]), 0), self.slices - 1)

    def onward(self, depth: int, steps: int) -> int:
        """The slice some steps towards the feet, the back or the patient's left, stopping at the ends."""
        return min(max(depth + steps * self.signs[0], 0), self.slices - 1)

    def number(self, depth: int) -> int:
        """Number of a slice for people: index + 1, as in tables and reports."""
        return depth + 1

    def position(self, depth: int) -> tuple[str, float]:
        """Letter and distance from the origin of a slice's centre, for example ("H", 34.5)."""
        rows, columns = self.shape
        axis = _LAYOUTS[self.plane].onward[0]
        mm = self.lps_mm((rows - 1) / 2, (columns - 1) / 2, depth)[axis]
        return LETTERS[axis][int(mm < 0)], abs(mm)

    def band(self, z: int, depth: int) -> tuple[int, int, int, int] | None:
        """Top, left, height and width of what a picture shows of the array's slice z; None for nothing."""
        rows, columns = self.shape
        where = self.axes.index(0)
        if where == 0:
            return (0, 0, rows, columns) if z == depth else None
        at = z if self.signs[where] > 0 else self.shape[where - 1] - 1 - z
        return (at, 0, 1, columns) if where == 1 else (0, at, rows, 1)

    def _direction(self, which: int) -> NDArray[np.float64]:
        return np.asarray(self.grid.direction_lps)[:, 2 - self.axes[which]] * self.signs[which]


def slice_geometry(plane: Plane, grid: Grid) -> SliceGeometry:
    """How a plane shows a grid."""
    layout, axis_of = _LAYOUTS[plane], _array_axes(grid)
    axes: list[int] = []
    signs: list[int] = []
    for patient_axis, sign in (layout.onward, layout.down, layout.right):
        axis = axis_of[patient_axis]
        axes.append(axis)
        signs.append(sign if grid.direction_lps[patient_axis][2 - axis] >= 0 else -sign)
    return SliceGeometry(plane, grid, (axes[0], axes[1], axes[2]), (signs[0], signs[1], signs[2]))


def letters_of(direction_lps: ArrayLike) -> str:
    """One or two letters (L R A P H F) of a direction, the strongest first (DICOM C.7.6.1.1.1)."""
    direction = np.asarray(direction_lps, np.float64)
    order = sorted(range(3), key=lambda axis: -abs(direction[axis]))[:2]
    strong = [axis for n, axis in enumerate(order) if n == 0 or abs(direction[axis]) >= SECOND_LETTER]
    return "".join(LETTERS[axis][int(direction[axis] < 0)] for axis in strong)


def _array_axes(grid: Grid) -> tuple[int, ...]:
    """The array axis that runs most along the patient's left, posterior and head axes."""
    squared = np.square(np.asarray(grid.direction_lps))
    return max(permutations(range(3)), key=lambda axes: sum(squared[i, 2 - a] for i, a in enumerate(axes)))
