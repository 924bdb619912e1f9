"""Bright connected voxels near the heart or the aorta: the candidates that become lesions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, bounding_box, grown, joined, slices_of

HEART_MARGIN_MM = 3.0
"""How far outside the heart mask a coronary lesion may lie: the masks' own repeatability at the border."""
NEAR_MM = 5.0
"""Objects that keep farther than this from heart and aorta are not calcium of the heart and are not listed."""

LISTED_AREA_MM2 = 0.5
"""Objects at the heart are listed from this area on, although they score from 1 mm2: the reader sees them, and the
stability interval has something to vary (clinical-rules.md 3, member c)."""
METAL_HU = 1500
DAZZLING_HU = 2000
"""Hardly any calcium is brighter at 120 kVp; clips, stents and leads are (clinical-rules.md 11)."""
SEARCH_MM = 10.0
"""The search goes this far beyond heart and aorta, so that a rib looks like a rib and not like a piece of one."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A 26-connected object at or above the limit.

    Attributes:
        box: Bounding box in the volume [z0, y0, x0, z1, y1, x1].
        voxels: (z, y, x) bool inside the box, read-only.
        peak_index_zyx: Its brightest voxel (the first in raster order).
        centroid_lps_mm: Mean position of its voxels.
        max_hu: Brightest value.
        mean_hu: Mean value.
        voxel_count: Number of voxels.
        in_heart: Share of its voxels in the heart mask, 0..1.
        in_aorta: Share in the aorta mask.
        in_margin: Share within HEART_MARGIN_MM of the heart mask.
        very_bright: Share at or above METAL_HU, moved with the limit.
        dazzling: Number of voxels at or above DAZZLING_HU.
    """

    box: Box
    voxels: Mask
    peak_index_zyx: tuple[int, int, int]
    centroid_lps_mm: tuple[float, float, float]
    max_hu: int
    mean_hu: float
    voxel_count: int
    in_heart: float
    in_aorta: float
    in_margin: float
    very_bright: float
    dazzling: int


def find_candidates(
    hu: NDArray[np.int16], grid: Grid, limit_hu: int, min_area_mm2: float, heart: Mask, aorta: Mask
) -> list[Candidate]:
    """Finds every object at or above the limit that comes near the heart or the aorta.

    An object whose largest slice is below the minimum area (at the heart: below LISTED_AREA_MM2) cannot score and
    is left out: in a noisy scan there are thousands of them. Objects are cut at the border of the search, which is
    the box of heart and aorta with a margin of SEARCH_MM.

    Args:
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        limit_hu: HU >= limit is bright.
        min_area_mm2: Smallest area of a component in one slice that can score.
        heart: (z, y, x) bool on the grid.
        aorta: (z, y, x) bool on the grid.

    Returns:
        Candidates in raster order of their first voxels.
    """
    from scipy import ndimage  # slow to import, and the window starts without it

    within = search_box(heart, aorta, grid)
    if within is None:
        return []
    where = slices_of(within)
    part, heart, aorta = np.asarray(hu[where]), heart[where], aorta[where]
    bright = part >= limit_hu
    labels, n = ndimage.label(bright, np.ones((3, 3, 3), bool))
    at = np.flatnonzero(bright)
    label = labels.ravel()[at]
    count = np.bincount(label, minlength=n + 1)
    min_pixels = min_area_mm2 / grid.pixel_mm2 - 1e-9
    near = _spread(heart | aorta, NEAR_MM, grid).ravel()[at]
    wanted = np.bincount(label, near, n + 1) > 0
    shares = np.stack(
        [
            np.bincount(label, mask.ravel()[at], n + 1) / np.maximum(count, 1)
            for mask in (heart, aorta, _spread(heart, HEART_MARGIN_MM, grid))
        ],
        axis=1,
    )
    listed_pixels = min(LISTED_AREA_MM2 / grid.pixel_mm2 - 1e-9, min_pixels)
    needed = np.where(shares[:, 2] > 0, listed_pixels, min_pixels)
    metal_hu = METAL_HU * limit_hu / 130
    boxes = ndimage.find_objects(labels)
    found: list[Candidate] = []
    for number in np.flatnonzero((wanted & (count >= needed))[1:]) + 1:
        inner = boxes[number - 1]
        voxels = labels[inner] == number
        if voxels.sum(axis=(1, 2)).max() >= needed[number]:
            found.append(
                _candidate(part[inner], voxels, inner, within, grid, shares[number].tolist(), metal_hu)
            )
    return found


def search_box(heart: Mask, aorta: Mask, grid: Grid) -> Box | None:
    """Box of heart and aorta with a margin of SEARCH_MM; None when both are empty."""
    boxes = [b for b in (bounding_box(heart), bounding_box(aorta)) if b is not None]
    if not boxes:
        return None
    box = boxes[0] if len(boxes) == 1 else joined(boxes[0], boxes[1])
    return grown(box, _voxels(SEARCH_MM, grid), grid.shape_zyx)


def _voxels(distance_mm: float, grid: Grid) -> tuple[int, int, int]:
    z, y, x = (max(1, round(distance_mm / s)) for s in grid.spacing_mm)
    return z, y, x


def _spread(mask: Mask, distance_mm: float, grid: Grid) -> Mask:
    """The mask grown by a box of the distance on every side (docs/adr/0002)."""
    for axis, reach in enumerate(_voxels(distance_mm, grid)):
        mask = _spread_along(mask, axis, reach)
    return mask


def _spread_along(mask: Mask, axis: int, reach: int) -> Mask:
    # OR with itself shifted by 1, 2, 4, ...: the window doubles with every pass over the array, which is five
    # times faster than a running maximum
    spread = mask.copy()
    covered = 0
    while covered < reach:
        step = min(covered + 1, reach - covered)
        ahead = [slice(None)] * 3
        behind = [slice(None)] * 3
        ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
        wider = spread.copy()
        wider[tuple(ahead)] |= spread[tuple(behind)]
        wider[tuple(behind)] |= spread[tuple(ahead)]
        spread, covered = wider, covered + step
    return spread


def _candidate(
    values: NDArray[np.int16],
    voxels: Mask,
    inner: tuple[slice, slice, slice],
    within: Box,
    grid: Grid,
    shares: list[float],
    metal_hu: float,
) -> Candidate:
    z, y, x = (inner[i].start + within[i] for i in range(3))
    box: Box = (z, y, x, z + voxels.shape[0], y + voxels.shape[1], x + voxels.shape[2])
    index = np.argwhere(voxels)
    bright = values[voxels]
    peak = index[int(bright.argmax())] + (z, y, x)
    centroid = grid.lps_mm(index.mean(axis=0) + (z, y, x))
    voxels.flags.writeable = False
    return Candidate(
        box=box,
        voxels=voxels,
        peak_index_zyx=(int(peak[0]), int(peak[1]), int(peak[2])),
        centroid_lps_mm=(float(centroid[0]), float(centroid[1]), float(centroid[2])),
        max_hu=int(bright.max()),
        mean_hu=float(bright.mean()),
        voxel_count=len(bright),
        in_heart=shares[0],
        in_aorta=shares[1],
        in_margin=shares[2],
        very_bright=float((bright >= metal_hu).mean()),
        dazzling=int((bright >= DAZZLING_HU).sum()),
    )
