"""What a reader measures on a slice: lengths, angles, ellipses with mean and SD. Values; a session keeps them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid

Point = tuple[float, float, float]
"""Position in LPS mm."""


class Kind(StrEnum):
    """What is measured."""

    LENGTH = "length"
    ANGLE = "angle"
    ELLIPSE = "ellipse"


POINTS = {Kind.LENGTH: 2, Kind.ANGLE: 3, Kind.ELLIPSE: 2}


@dataclass(frozen=True, slots=True)
class Statistics:
    """HU inside an ellipse, over the voxels whose centres it holds; SD of the population."""

    voxels: int
    mean_hu: float
    sd_hu: float
    min_hu: int
    max_hu: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measurement on one slice of the grid.

    Attributes:
        kind: What is measured.
        points_lps_mm: Length: both ends. Angle: end, corner, end. Ellipse: opposite corners of its box.
        axis: Array axis (0 z, 1 y, 2 x) across the slice; the sides of an ellipse's box run along the other two.
        grid: Of the scan that was measured.
        statistics: Of an ellipse; None else, and where it holds no voxel.
    """

    kind: Kind
    points_lps_mm: tuple[Point, ...]
    axis: int
    grid: Grid
    statistics: Statistics | None = None

    @property
    def length_mm(self) -> float:
        """Distance between the first two points, mm."""
        return math.dist(self.points_lps_mm[0], self.points_lps_mm[1])

    @property
    def angle_degrees(self) -> float:
        """Angle at the second point, 0 to 180."""
        a, corner, b = (np.asarray(p) for p in self.points_lps_mm)
        across = np.linalg.norm(np.cross(a - corner, b - corner))
        return float(np.degrees(np.arctan2(across, np.dot(a - corner, b - corner))))

    @property
    def sides_mm(self) -> tuple[float, float]:
        """Full axes of an ellipse, along the slice's two array axes in order, mm."""
        index = self.grid.index_zyx(np.asarray(self.points_lps_mm[:2]))
        across = np.abs(index[1] - index[0]) * np.asarray(self.grid.spacing_mm)
        first, second = (float(across[i]) for i in range(3) if i != self.axis)
        return first, second

    @property
    def area_mm2(self) -> float:
        """Area of an ellipse, mm2."""
        first, second = self.sides_mm
        return math.pi * first * second / 4

    @property
    def text(self) -> str:
        """Value with its unit, as it stands beside the drawing."""
        if self.kind is Kind.LENGTH:
            return f"{self.length_mm:.1f} mm"
        if self.kind is Kind.ANGLE:
            return f"{self.angle_degrees:.1f}°"
        s = self.statistics
        hu = f"{s.mean_hu:.0f} ± {s.sd_hu:.0f} HU   " if s else ""
        return f"{hu}{self.area_mm2:.1f} mm²"


def measured(
    kind: Kind, points_lps_mm: tuple[Point, ...], axis: int, grid: Grid, hu: NDArray[np.int16]
) -> Measurement:
    """A measurement with what must be read from the scan.

    Args:
        kind: What is measured.
        points_lps_mm: As in `Measurement`, on one slice.
        axis: Array axis across the slice.
        grid: Grid of the scan.
        hu: (z, y, x) int16; only the ellipse's box is read.
    """
    bare = Measurement(kind, points_lps_mm, axis, grid)
    if kind is not Kind.ELLIPSE:
        return bare
    return Measurement(kind, points_lps_mm, axis, grid, _statistics(bare, hu))


def _statistics(ellipse: Measurement, hu: NDArray[np.int16]) -> Statistics | None:
    index = ellipse.grid.index_zyx(np.asarray(ellipse.points_lps_mm))
    centre, half = index.mean(axis=0), np.abs(index[1] - index[0]) / 2
    ranges: list[NDArray[np.int64]] = []
    for i, size in enumerate(hu.shape):
        if i == ellipse.axis:
            ranges.append(np.array([round(float(centre[i]))]))
        else:
            ranges.append(
                np.arange(max(0, math.ceil(centre[i] - half[i])), min(size, int(centre[i] + half[i]) + 1))
            )
    if any(not len(r) or r[0] < 0 or r[-1] >= hu.shape[i] for i, r in enumerate(ranges)):
        return None
    inside = np.zeros([len(r) for r in ranges])
    for i in range(3):
        if i != ellipse.axis:
            part = (ranges[i] - centre[i]) / max(half[i], 1e-9)
            inside += np.square(part).reshape([-1 if j == i else 1 for j in range(3)])
    values = hu[np.ix_(*ranges)][inside <= 1]
    if not len(values):
        return None
    return Statistics(
        len(values), float(values.mean()), float(values.std()), int(values.min()), int(values.max())
    )
