"""Where voxels are: the grid of a volume, index zyx <-> LPS millimetres.

Arrays are indexed (z, y, x); positions are (x, y, z) in the patient's LPS frame in mm. `direction_lps`
has the unit vectors of the index axes x, y, z as its columns, row by row, as ITK and `inspect` print it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

Box = tuple[int, int, int, int, int, int]
"""[z0, y0, x0, z1, y1, x1], upper ends excluded."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A regular, orthogonal grid of voxels.

    Attributes:
        shape_zyx: Number of voxels along z, y, x.
        spacing_mm: Distance of neighbours along z (the increment), y (rows), x (columns), mm.
        origin_lps_mm: Centre of voxel (0, 0, 0) as (x, y, z), LPS mm.
        direction_lps: 3x3, row by row; its columns are the unit vectors of index axes x, y, z.
    """

    shape_zyx: tuple[int, int, int]
    spacing_mm: tuple[float, float, float]
    origin_lps_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction_lps: tuple[tuple[float, float, float], ...] = IDENTITY

    @property
    def increment_mm(self) -> float:
        """Distance between neighbouring slices along the normal, mm."""
        return self.spacing_mm[0]

    @property
    def pixel_mm2(self) -> float:
        """Area of a pixel in its slice: row distance x column distance, mm2."""
        return self.spacing_mm[1] * self.spacing_mm[2]

    @property
    def voxel_mm3(self) -> float:
        """Pixel area x increment (not thickness), mm3."""
        return self.pixel_mm2 * self.spacing_mm[0]

    def lps_mm(self, index_zyx: ArrayLike) -> NDArray[np.float64]:
        """Maps indices (..., 3) as z, y, x (fractions allowed) to positions (..., 3) as x, y, z in LPS mm."""
        steps = np.asarray(index_zyx, np.float64)[..., ::-1] * np.asarray(self.spacing_mm[::-1])
        points: NDArray[np.float64] = steps @ np.asarray(self.direction_lps).T + np.asarray(
            self.origin_lps_mm
        )
        return points

    def index_zyx(self, lps_mm: ArrayLike) -> NDArray[np.float64]:
        """Maps positions (..., 3) as x, y, z in LPS mm to fractional indices (..., 3) as z, y, x."""
        offset = np.asarray(lps_mm, np.float64) - np.asarray(self.origin_lps_mm)
        steps = offset @ np.asarray(self.direction_lps)  # inverse of an orthonormal matrix: its transpose
        index: NDArray[np.float64] = (steps / np.asarray(self.spacing_mm[::-1]))[..., ::-1]
        return index

    def crop(self, box: Box) -> Grid:
        """The grid of `array[z0:z1, y0:y1, x0:x1]`."""
        z0, y0, x0, z1, y1, x1 = box
        origin = self.lps_mm((z0, y0, x0))
        return replace(
            self,
            shape_zyx=(z1 - z0, y1 - y0, x1 - x0),
            origin_lps_mm=(float(origin[0]), float(origin[1]), float(origin[2])),
        )


def slices_of(box: Box) -> tuple[slice, slice, slice]:
    """The box as slices that index an array (z, y, x)."""
    z0, y0, x0, z1, y1, x1 = box
    return slice(z0, z1), slice(y0, y1), slice(x0, x1)


def grown(box: Box, margin_zyx: tuple[int, int, int], shape_zyx: tuple[int, int, int]) -> Box:
    """The box with a margin in voxels on every side, cut at the array's ends."""
    low = [max(0, box[i] - margin_zyx[i]) for i in range(3)]
    high = [min(shape_zyx[i], box[i + 3] + margin_zyx[i]) for i in range(3)]
    return low[0], low[1], low[2], high[0], high[1], high[2]


def joined(a: Box, b: Box) -> Box:
    """The smallest box that holds both."""
    low = [min(a[i], b[i]) for i in range(3)]
    high = [max(a[i], b[i]) for i in range(3, 6)]
    return low[0], low[1], low[2], high[0], high[1], high[2]


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share a voxel."""
    return all(a[i] < b[i + 3] and b[i] < a[i + 3] for i in range(3))


def bounding_box(mask: NDArray[np.bool_]) -> Box | None:
    """The smallest box that holds every True voxel of a mask (z, y, x); None for an empty mask."""
    ends: list[tuple[int, int]] = []
    for axis in range(3):
        others = tuple(i for i in range(3) if i != axis)
        hit = np.flatnonzero(mask.any(axis=others))
        if not len(hit):
            return None
        ends.append((int(hit[0]), int(hit[-1]) + 1))
    (z0, z1), (y0, y1), (x0, x1) = ends
    return z0, y0, x0, z1, y1, x1


def locked(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """The same array, read-only: values do not change."""
    array.flags.writeable = False
    return array
