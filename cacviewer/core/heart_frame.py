"""A frame that is fixed to the heart: the aortic root, and coordinates that fit hearts of every size.

Everything is built from the masks of heart and aorta. The root is the part of the aorta that enters the heart;
its lower end stands for the annulus. Both are known to about 5 mm (the masks are weakest there), so nothing
here relies on less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.geometry import Grid, bounding_box, slices_of
from cacviewer.core.terrain import Terrain

REFERENCE_ML = 750.0
"""Size of a heart (sac with fat) that has scale 1."""
ROOT_MM = 30.0
"""Length of the root over which axis and radius are measured: annulus, sinuses, start of the ascending part."""
LEAST_SLICE = 0.35
"""The lowest cuts through a mask are slivers; those below this share of the usual area are no annulus."""
STEEPEST = 0.75
"""Largest sideways run of the axis for one step up: the root leans less than 37 degrees."""

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class HeartFrame:
    """Where things lie in a heart.

    Attributes:
        annulus_lps_mm: Lower end of the aortic root on its axis, (3,).
        axis_lps: Unit vector up the root, (3,).
        radius_mm: Radius of the root, wall included.
        centre_lps_mm: Centre of the heart mask, (3,).
        scale: Cube root of the heart's volume over REFERENCE_ML.
        rising: Blocks (z, y, x) of the terrain that are ascending aorta.
    """

    annulus_lps_mm: Points
    axis_lps: Points
    radius_mm: float
    centre_lps_mm: Points
    scale: float
    rising: Mask

    def along_root(self, points_lps_mm: ArrayLike) -> tuple[Points, Points]:
        """Height above the annulus along the axis, and distance from the axis, of points (n, 3), in mm."""
        offset = np.asarray(points_lps_mm, np.float64) - self.annulus_lps_mm
        height = offset @ self.axis_lps
        radial = np.linalg.norm(offset - height[:, None] * self.axis_lps, axis=1)
        return height, radial

    def coordinates(self, points_lps_mm: ArrayLike) -> Points:
        """Points (n, 3), LPS mm, as offsets from the annulus in mm of a heart of scale 1."""
        return (np.asarray(points_lps_mm, np.float64) - self.annulus_lps_mm) / self.scale


def frame_of(terrain: Terrain, grid: Grid) -> HeartFrame | None:
    """Builds the frame; None when no aorta enters the heart."""
    rising = _rising(terrain)
    if rising is None:
        return None
    blocks, heart_middle = _middle(terrain.heart)
    middles, radii = _cuts(terrain, grid, rising)
    low = middles[:, 2] <= middles[0, 2] + ROOT_MM + 1e-3
    block_ml = float(np.prod(terrain.spacing_mm)) / 1000
    return HeartFrame(
        annulus_lps_mm=middles[0],
        axis_lps=_direction(middles[low]),
        radius_mm=float(np.median(radii[low])),
        centre_lps_mm=grid.lps_mm(terrain.middle_zyx(heart_middle)),
        scale=float(np.cbrt(blocks * block_ml / REFERENCE_ML)),
        rising=rising,
    )


def _middle(mask: Mask) -> tuple[int, Points]:
    """How many are True and the mean of their indices (3,), from the sums of rows."""
    rows = np.add.reduce(mask, axis=2, dtype=np.int64)
    columns = np.add.reduce(mask, axis=(0, 1), dtype=np.int64)
    along = [rows.sum(axis=1), rows.sum(axis=0), columns]
    count = int(columns.sum())
    return count, np.array([sums @ np.arange(len(sums)) for sums in along]) / count


def _rising(terrain: Terrain) -> Mask | None:
    """The piece of the aorta that lies in the heart; the descending one at most touches it."""
    from scipy import ndimage  # slow to import, and the window starts without it

    # above the heart the arch joins the two
    in_view = terrain.aorta & terrain.heart.any(axis=(1, 2), keepdims=True)
    box = bounding_box(in_view)
    if box is None:
        return None
    where = slices_of(box)
    labels, n = ndimage.label(in_view[where])
    shared = np.bincount(labels[terrain.heart[where]], minlength=n + 1)[1:]
    if not shared.max(initial=0):
        return None
    rising = np.zeros(in_view.shape, bool)
    rising[where] = labels == int(shared.argmax()) + 1
    return rising


def _cuts(terrain: Terrain, grid: Grid, rising: Mask) -> tuple[Points, Points]:
    """Middles (n, 3) in LPS mm and radii (n,) of the slices of the ascending aorta, from below upwards."""
    slices = np.nonzero(rising)[0]
    area = np.bincount(slices, minlength=rising.shape[0])
    points = grid.lps_mm(terrain.centres_zyx(rising))
    sums = np.stack([np.bincount(slices, points[:, i], rising.shape[0]) for i in range(3)], axis=1)
    keep = area >= LEAST_SLICE * np.median(area[area > 0])
    middles = sums[keep] / area[keep, None]
    radii = np.sqrt(area[keep] * terrain.spacing_mm[1] * terrain.spacing_mm[2] / np.pi)
    order = np.argsort(middles[:, 2])
    return middles[order], radii[order]


def _direction(middles: Points) -> Points:
    """Unit vector up through the middles of slices; straight up for a single one."""
    up = np.array([0.0, 0.0, 1.0])
    height = middles[:, 2] - middles[:, 2].mean()
    if (height**2).sum() > 0:
        up[:2] = (height @ (middles[:, :2] - middles[:, :2].mean(axis=0))) / (height**2).sum()
    lean = np.hypot(up[0], up[1])
    if lean > STEEPEST:
        up[:2] *= STEEPEST / lean
    return np.asarray(up / np.linalg.norm(up))
