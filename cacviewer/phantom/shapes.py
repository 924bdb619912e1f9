"""Implicit shapes on a canvas of sample points: fields in mm, negative inside, painted with soft edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.geometry import Grid

Field = NDArray[np.float32]
"""(z, y, x) float32, mm; negative inside a shape."""

BoxMm = tuple[float, float, float, float, float, float]
"""[x0, y0, z0, x1, y1, z1] in LPS mm."""
EVERYWHERE = (slice(None), slice(None), slice(None))
"""The window of a whole canvas."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Open coordinates of a block: z (n, 1, 1), y (1, n, 1), x (1, 1, n), float32 LPS mm."""

    z: Field
    y: Field
    x: Field


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A block of sample planes being painted.

    Attributes:
        hu: (z, y, x) float32, painted in place.
        z: (z,) float32, LPS mm of the planes, ascending.
        y: (y,) float32, LPS mm, ascending.
        x: (x,) float32, LPS mm, ascending.
        edge_mm: Width of a painted edge, about one pixel.
    """

    hu: Field
    z: Field
    y: Field
    x: Field
    edge_mm: float

    def window(self, box: BoxMm) -> tuple[slice, slice, slice] | None:
        """Index range of the samples in a box, or None when there are none."""
        ranges = []
        for axis, i in ((self.z, 2), (self.y, 1), (self.x, 0)):
            low = int(np.searchsorted(axis, box[i] - self.edge_mm))
            high = int(np.searchsorted(axis, box[i + 3] + self.edge_mm))
            if high <= low:
                return None
            ranges.append(slice(low, high))
        return ranges[0], ranges[1], ranges[2]

    def points(self, where: tuple[slice, slice, slice]) -> Points:
        """The coordinates in a window."""
        z, y, x = self.z[where[0]], self.y[where[1]], self.x[where[2]]
        return Points(z[:, None, None], y[None, :, None], x[None, None, :])

    def paint(self, field: Callable[[Points], Field], box: BoxMm, hu: float) -> None:
        """Paints a shape of one HU."""
        where = self.window(box)
        if where is not None:
            self.blend(where, coverage(field(self.points(where)), self.edge_mm), hu)

    def blend(self, where: tuple[slice, slice, slice], share: Field, hu: float | Field) -> None:
        """Mixes a value in by a share 0..1 (broadcast over the window)."""
        part = self.hu[where]
        part += share * (hu - part)


def axes_mm(grid: Grid) -> tuple[Field, Field, Field]:
    """Positions of slices, rows and columns of an upright grid, LPS mm, float32."""
    axes = (
        grid.origin_lps_mm[2 - i] + grid.spacing_mm[i] * np.arange(grid.shape_zyx[i], dtype=np.float64)
        for i in range(3)
    )
    z, y, x = (axis.astype(np.float32) for axis in axes)
    return z, y, x


def coverage(field: Field, edge_mm: float) -> Field:
    """Share 0..1 of a sample that lies inside, for an edge of the given width."""
    share = field * np.float32(-1.0 / edge_mm)
    share += np.float32(0.5)
    return np.clip(share, 0, 1, out=share)


@dataclass(frozen=True, slots=True, eq=False)
class Ellipsoid:
    """An ellipsoid: centre (3,), orthonormal axes (3, 3) by rows, semi-axes (3,), mm."""

    centre: NDArray[np.float64]
    axes: NDArray[np.float64]
    semi_mm: NDArray[np.float64]

    def squared(self, p: Points) -> Field:
        """Square of the normalised radius, 1 on the surface: a quadratic form, cheap on open coordinates."""
        m = (self.axes.T / self.semi_mm**2) @ self.axes
        x, y, z = (np.asarray(v - c, np.float32) for v, c in zip((p.x, p.y, p.z), self.centre, strict=True))
        m = m.astype(np.float32)
        flat = m[0, 0] * x * x + m[1, 1] * y * y + (2 * m[0, 1] * x) * y
        along_x = (2 * m[0, 2] * x) * z + m[2, 2] * z * z
        return np.asarray(flat + along_x + (2 * m[1, 2] * y) * z, np.float32)

    def field(self, p: Points) -> Field:
        """Approximate distance to the surface, mm."""
        return (np.sqrt(self.squared(p)) - np.float32(1)) * np.float32(self.semi_mm.mean())

    def shrunk(self, wall_mm: float) -> Ellipsoid:
        """The ellipsoid inside a wall."""
        return Ellipsoid(self.centre, self.axes, np.maximum(self.semi_mm - wall_mm, 2.0))

    def box(self, margin_mm: float = 0.0) -> BoxMm:
        """Its bounding box."""
        half = np.sqrt(((self.axes * self.semi_mm[:, None]) ** 2).sum(axis=0)) + margin_mm
        low, high = self.centre - half, self.centre + half
        return (*map(float, low), *map(float, high))  # type: ignore[return-value]


def ellipsoid(centre: ArrayLike, semi_mm: ArrayLike, axes: ArrayLike | None = None) -> Ellipsoid:
    """An ellipsoid from plain numbers; without axes it is aligned with the body."""
    rows = np.eye(3) if axes is None else np.asarray(axes, np.float64)
    return Ellipsoid(np.asarray(centre, np.float64), rows, np.asarray(semi_mm, np.float64))


def frame_along(direction: ArrayLike) -> NDArray[np.float64]:
    """Orthonormal rows whose first is the direction."""
    first = np.asarray(direction, np.float64)
    first = first / np.linalg.norm(first)
    helper = np.array([0.0, 0.0, 1.0]) if abs(first[2]) < 0.9 else np.array([0.0, 1.0, 0.0])
    second = np.cross(helper, first)
    second /= np.linalg.norm(second)
    return np.array([first, second, np.cross(first, second)])


@dataclass(frozen=True, slots=True, eq=False)
class Tube:
    """A chain of capsules: points (n, 3) LPS mm and radii (n,) mm."""

    points: NDArray[np.float64]
    radii: NDArray[np.float64]

    def segments(self) -> list[tuple[BoxMm, Callable[[Points, float], Field]]]:
        """Box and field of each capsule; the field takes the points and a distance to grow by."""
        return [
            self._segment(self.points[i], self.points[i + 1], self.radii[i], self.radii[i + 1])
            for i in range(len(self.points) - 1)
        ]

    @staticmethod
    def _segment(
        a: NDArray[np.float64], b: NDArray[np.float64], ra: float, rb: float
    ) -> tuple[BoxMm, Callable[[Points, float], Field]]:
        reach = max(ra, rb)
        low, high = np.minimum(a, b) - reach, np.maximum(a, b) + reach
        box: BoxMm = (*map(float, low), *map(float, high))  # type: ignore[assignment]

        def field(p: Points, grow_mm: float = 0.0) -> Field:
            return _capsule(p, a, b, float(ra), float(rb)) - np.float32(grow_mm)

        return box, field

    def distance(self, points: ArrayLike) -> NDArray[np.float64]:
        """Signed distance of points (n, 3) from the tube's surface, mm."""
        p = np.asarray(points, np.float64)[:, None, :]
        a, b = self.points[:-1][None], self.points[1:][None]
        ab = b - a
        t = np.clip(((p - a) * ab).sum(-1) / np.maximum((ab * ab).sum(-1), 1e-9), 0, 1)
        gap = np.linalg.norm(p - a - t[..., None] * ab, axis=-1)
        radius = self.radii[:-1][None] * (1 - t) + self.radii[1:][None] * t
        return np.asarray((gap - radius).min(axis=1))


def _capsule(p: Points, a: NDArray[np.float64], b: NDArray[np.float64], ra: float, rb: float) -> Field:
    ab = (b - a).astype(np.float32)
    length2 = np.float32(max(float(ab @ ab), 1e-6))
    x, y, z = (np.asarray(v - c, np.float32) for v, c in zip((p.x, p.y, p.z), a, strict=True))
    along = (ab[0] * x + ab[1] * y) + ab[2] * z
    t = np.clip(along / length2, 0, 1)
    gap2 = (x * x + y * y) + z * z - t * (2 * along - t * length2)
    radius = np.float32(ra) + t * np.float32(rb - ra)
    return np.asarray(np.sqrt(np.maximum(gap2, 0)) - radius, np.float32)


def grown(box: BoxMm, margin_mm: float) -> BoxMm:
    """A box with a margin on every side."""
    x0, y0, z0, x1, y1, z1 = box
    m = margin_mm
    return x0 - m, y0 - m, z0 - m, x1 + m, y1 + m, z1 + m


def smooth_curve(points: ArrayLike, n: int) -> NDArray[np.float64]:
    """A Catmull-Rom curve through control points (k, 3), as n points of equal spacing (n, 3)."""
    p = np.asarray(points, np.float64)
    padded = np.vstack((2 * p[0] - p[1], p, 2 * p[-1] - p[-2]))
    fine = []
    for i in range(len(p) - 1):
        a, b, c, d = padded[i : i + 4]
        t = np.linspace(0, 1, 16, endpoint=i == len(p) - 2)[:, None]
        fine.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return resampled(np.vstack(fine), n)


def arc_length(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Length along a polyline (n, 3) up to each of its points, mm."""
    return np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))))


def resampled(points: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """The polyline as n points of equal spacing."""
    s = arc_length(points)
    return at_length(points, np.linspace(0, s[-1], n))


def at_length(points: NDArray[np.float64], lengths_mm: ArrayLike) -> NDArray[np.float64]:
    """Points (n, 3) of a polyline at lengths along it."""
    s = arc_length(points)
    wanted = np.asarray(lengths_mm, np.float64)
    return np.stack([np.interp(wanted, s, points[:, i]) for i in range(3)], axis=-1)


def paint_tube(canvas: Canvas, tube: Tube, hu: float, grow_mm: float = 0.0, below_mm: float = 1e4) -> None:
    """Paints a tube, grown by a margin, up to a height."""
    for box, field in tube.segments():
        where = canvas.window(grown(box, grow_mm))
        if where is None or canvas.z[where[0]][0] > below_mm:
            continue
        share = coverage(field(canvas.points(where), grow_mm), canvas.edge_mm)
        share *= canvas.z[where[0]][:, None, None] <= below_mm
        canvas.blend(where, share, hu)


def tube_share(canvas: Canvas, tube: Tube) -> NDArray[np.float32]:
    """Share (z, y, x) of each sample inside a tube."""
    total = np.zeros_like(canvas.hu)
    for box, field in tube.segments():
        where = canvas.window(box)
        if where is not None:
            part = total[where]
            np.maximum(part, coverage(field(canvas.points(where), 0.0), canvas.edge_mm), out=part)
    return total
