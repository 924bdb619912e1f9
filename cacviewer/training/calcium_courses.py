"""A phantom's coronary courses and valves laid onto a patient: by the masks first, then into the fat of the grooves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.geometry import Grid
from cacviewer.models.calcium_features import surroundings
from cacviewer.phantom.chest import cavity_size
from cacviewer.phantom.heart import Course, Heart
from cacviewer.phantom.heart_building import build_heart
from cacviewer.phantom.shapes import Points, Tube, arc_length, ellipsoid
from cacviewer.training.calcium_scans import Mask

LATTICE_MM = 4.0
FAT_HU = (-160.0, -10.0)
GROOVE_MM = 3.0
"""Fat is looked at through a blur of this size: grooves are thick, the film of fat over the muscle is thin."""
SEARCH_MM = 9.0
STEP_MM = 3.0
STIFF = 0.03
"""Price of a bend, per mm2 between neighbouring points, against a fat share of 1."""
OSTIA = ("LM", "RCA")
OSTIUM_MM = 2.5
"""The axis of a main artery begins this far outside the aortic mask."""
AWAY = 0.004
"""Price of leaving the mean course, per mm2."""

Vectors = NDArray[np.float64]


def laid_onto(
    random: np.random.Generator, hu: NDArray[np.int16], grid: Grid, heart: Mask, aorta: Mask
) -> Heart:
    """A phantom heart whose aorta, valves and coronary courses are those of a patient, as far as can be told.

    Args:
        random: Draws the phantom heart.
        hu: (z, y, x) int16 on an upright grid.
        grid: Its grid.
        heart: (z, y, x) bool.
        aorta: (z, y, x) bool.
    """
    drawn = build_heart(random, *cavity_size(random))
    points = grid.lps_mm(np.argwhere(heart[:, ::4, ::4]) * (1, 4, 4))
    low, high = points.min(axis=0), points.max(axis=0)
    own_low, own_high = _sac_box(drawn)
    k = (high - low) / (own_high - own_low)
    tube = aorta_tube(aorta, grid, heart)
    found = surroundings(hu, grid, heart, aorta, 130, 0.0).root_mm
    root = grid.lps_mm(found / grid.spacing_mm - 0.5)

    def fitted(p: Vectors) -> Vectors:
        return np.asarray((p - own_low) * k + low)

    start = np.asarray(drawn.aorta.points[:4]).mean(axis=0)
    pull = root - fitted(start)

    def mapped(p: Vectors) -> Vectors:
        # the root is known better than the rest, and takes what is near it along
        near = np.exp(-((np.linalg.norm(p - start, axis=-1, keepdims=True) / 45) ** 2))
        return np.asarray(fitted(p) + pull * near, np.float64)

    fat = _Fat(hu, grid, heart, aorta)
    courses = []
    for course in drawn.courses:
        line = mapped(course.tube.points)
        held = np.zeros(len(line))
        if course.name in OSTIA:
            line, held = _at_ostium(line, tube)
        courses.append(Course(course.name, course.artery, Tube(fat.snapped(line, held), course.tube.radii)))
    middle = (low + high) / 2
    return replace(
        drawn,
        centre=fitted(drawn.centre) + pull,
        scale=drawn.scale * k,
        # only its box is asked for: a clip lies in front of it
        chambers={"sac": ellipsoid(middle, (high - low) / 2 - 10)},
        pedicle=ellipsoid(middle, (high - low) / 4),
        top_mm=float(high[2]),
        aorta=tube,
        courses=tuple(courses),
    )


def _sac_box(heart: Heart) -> tuple[Vectors, Vectors]:
    box = heart.box()
    x, y, z = (np.arange(box[i], box[i + 3] + 1, LATTICE_MM).astype(np.float32) for i in range(3))
    sac = heart.fields(Points(z[:, None, None], y[None, :, None], x[None, None, :]))[1] <= 0
    ends = [np.flatnonzero(sac.any(axis=others)) for others in ((0, 1), (0, 2), (1, 2))]
    low = [float(axis[e[0]]) for axis, e in zip((x, y, z), ends, strict=True)]
    high = [float(axis[e[-1]]) for axis, e in zip((x, y, z), ends, strict=True)]
    return np.array(low), np.array(high)


class MaskTube(Tube):
    """A tube whose surface is that of a mask: its axis is only where arcs of calcium are drawn around."""

    def __init__(self, points: Vectors, radii: Vectors, mask: Mask, grid: Grid) -> None:
        from scipy import ndimage

        super().__init__(points, radii)
        outside = ndimage.distance_transform_edt(~mask, sampling=grid.spacing_mm)
        inside = ndimage.distance_transform_edt(mask, sampling=grid.spacing_mm)
        object.__setattr__(self, "_gap", (outside - inside).astype(np.float32))
        object.__setattr__(self, "_grid", grid)

    def distance(self, points: ArrayLike) -> Vectors:
        """Signed distance of points (n, 3) from the mask's surface, mm."""
        index = np.rint(self._grid.index_zyx(points)).astype(int)  # type: ignore[attr-defined]
        index = np.clip(index, 0, np.array(self._grid.shape_zyx) - 1)  # type: ignore[attr-defined]
        return np.asarray(self._gap[tuple(index.T)], np.float64)  # type: ignore[attr-defined]


def aorta_tube(aorta: Mask, grid: Grid, heart: Mask) -> MaskTube:
    """The aorta as a tube, from its sections: up in front, down behind."""
    from scipy import ndimage

    middle_y = np.argwhere(heart.any(axis=(0, 2))).mean()
    rising: list[tuple[float, Vectors, float]] = []
    falling: list[tuple[float, Vectors, float]] = []
    for z in range(len(aorta)):
        labels, n = ndimage.label(aorta[z])
        for number in range(1, n + 1):
            inside = np.argwhere(labels == number)
            area = len(inside) * grid.pixel_mm2
            extent = np.ptp(inside, axis=0).max() * grid.spacing_mm[1]
            if area < 150 or extent > 1.7 * np.sqrt(4 * area / np.pi) or extent > 60:
                continue  # a sliver, or the arch
            centre = np.array([z, *inside.mean(axis=0)])
            side = rising if centre[1] < middle_y else falling
            side.append((float(z), grid.lps_mm(centre), float(np.sqrt(area / np.pi))))
    chain = sorted(rising, key=lambda s: s[0]) + sorted(falling, key=lambda s: -s[0])
    points = np.array([point for _, point, _ in chain]).reshape(-1, 3)
    radii = np.array([radius for _, _, radius in chain])
    kept = np.linspace(0, len(points) - 1, min(46, len(points))).astype(int)
    return MaskTube(points[kept], radii[kept], aorta, grid)


def _at_ostium(line: Vectors, aorta: Tube) -> tuple[Vectors, Vectors]:
    """The course with its start brought to the aortic wall, and how firmly each point stays there."""
    along = arc_length(line)
    out = line[0] - aorta.points[np.linalg.norm(aorta.points - line[0], axis=1).argmin()]
    out[2] = 0
    out /= max(float(np.linalg.norm(out)), 1e-6)
    ways = np.arange(-20, 20.5, 0.5)
    gaps = aorta.distance(line[0] + ways[:, None] * out)
    best = ways[int(np.abs(gaps - OSTIUM_MM).argmin())]
    held = np.exp(-((along / 14) ** 2))
    return line + held[:, None] * best * out, 6 * held


class _Fat:
    """How much fat lies around a point of the heart, and courses pulled to where there is most."""

    def __init__(self, hu: NDArray[np.int16], grid: Grid, heart: Mask, aorta: Mask) -> None:
        from scipy import ndimage

        self.grid = grid
        share = ((hu > FAT_HU[0]) & (hu < FAT_HU[1]) & heart & ~aorta).astype(np.float32)
        sigma = [GROOVE_MM / d for d in grid.spacing_mm]
        self.share = ndimage.gaussian_filter(share, sigma)
        self.share[~heart] = -1.0
        self.share[aorta] = -1.0

    def at(self, points: Vectors) -> Vectors:
        """Fat share (...) at points (..., 3); -1 outside the heart."""
        index = np.rint(self.grid.index_zyx(points)).astype(int)
        inside = ((index >= 0) & (index < self.grid.shape_zyx)).all(axis=-1)
        index = np.clip(index, 0, np.array(self.grid.shape_zyx) - 1)
        return np.where(inside, self.share[tuple(np.moveaxis(index, -1, 0))], -1.0)

    def snapped(self, line: Vectors, held: Vectors) -> Vectors:
        """The course (n, 3) moved by up to 9 mm a point, the cheapest way through fat (dynamic programming).

        `held` (n,) makes leaving the course dearer, point by point.
        """
        steps = np.arange(-SEARCH_MM, SEARCH_MM + 1, STEP_MM)
        moves = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
        price = AWAY * (1 + held[:, None]) * (moves**2).sum(axis=1) - self.at(line[:, None] + moves[None])
        bend = STIFF * ((moves[:, None] - moves[None]) ** 2).sum(axis=-1)
        total, back = price[0], []
        for own in price[1:]:
            ways = total[:, None] + bend
            back.append(ways.argmin(axis=0))
            total = ways.min(axis=0) + own
        chosen = [int(total.argmin())]
        for came_from in reversed(back):
            chosen.append(int(came_from[chosen[-1]]))
        moved = line + moves[chosen[::-1]]
        for _ in range(2):
            moved[1:-1] = (moved[:-2] + 2 * moved[1:-1] + moved[2:]) / 4
        return np.asarray(moved)
