"""What the aorta tells of the scan: contrast medium and noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Box, Grid, bounding_box, slices_of

CONTRAST_HU = 80.0
"""Mean of the aorta above this is contrast medium (clinical-rules.md 11: 33-47 HU native, 112 and more with)."""
NOISE_HU = 25.0
"""Standard deviation in the aorta from which the image is called noisy (clinical-rules.md 11)."""
WALL_MM = 3.0
"""The mask is eroded by this, so that wall and mask errors stay out."""
SMALLEST_ML = 0.5


@dataclass(frozen=True, slots=True)
class Blood:
    """Mean and standard deviation of the blood pool in HU, and where it was measured."""

    mean_hu: float
    sd_hu: float
    place: str


def blood_of(hu: NDArray[np.int16], grid: Grid, anatomy: Anatomy) -> Blood | None:
    """Measures the aorta: its front half (ascending) where it is in view, else its back half (descending).

    Args:
        hu: (z, y, x) int16.
        grid: Grid of hu.
        anatomy: Masks on the grid.

    Returns:
        None when no part of the aorta is large enough to be measured.
    """
    box = bounding_box(anatomy.aorta)
    if box is None or anatomy.heart_box is None:
        return None
    where = slices_of(box)
    lumen = _eroded(anatomy.aorta[where], grid)
    part = np.asarray(hu[where])
    for place, half in zip(("ascending", "descending"), _halves(box, grid, anatomy.heart_box), strict=True):
        values = part[lumen & half]
        if len(values) * grid.voxel_mm3 >= SMALLEST_ML * 1000:
            # the median keeps wall calcium and streaks out of the mean
            middle = values[np.abs(values - np.median(values)) < 200]
            return Blood(float(middle.mean()), float(middle.std()), place)
    return None


def findings_of(blood: Blood | None) -> tuple[Finding, ...]:
    """contrast_seen and noise_high, as far as the aorta shows them."""
    if blood is None:
        return ()
    found: list[Finding] = []
    if blood.mean_hu > CONTRAST_HU:
        found.append(finding("contrast_seen", aorta_hu=round(blood.mean_hu), limit_hu=round(CONTRAST_HU)))
    elif blood.sd_hu >= NOISE_HU:
        found.append(finding("noise_high", sd_hu=round(blood.sd_hu)))
    return tuple(found)


def _eroded(mask: NDArray[np.bool_], grid: Grid) -> NDArray[np.bool_]:
    from scipy import ndimage  # slow to import, and the window starts without it

    eroded = mask.view(np.uint8)
    for axis, spacing in ((1, grid.spacing_mm[1]), (2, grid.spacing_mm[2])):
        eroded = ndimage.minimum_filter1d(
            eroded, 2 * max(1, round(WALL_MM / spacing)) + 1, axis=axis, mode="constant"
        )
    return eroded.view(np.bool_)


def _halves(box: Box, grid: Grid, heart_box: Box) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Voxels of the box in front of and behind the last quarter of the heart's depth, (z, y, x) bool."""
    # LPS y (towards the back) is linear in the indices: three broadcast axes instead of a grid of points
    step = np.asarray(grid.direction_lps)[1][::-1] * np.asarray(grid.spacing_mm)
    z, y, x = (step[i] * np.arange(box[i], box[i + 3]) for i in range(3))
    back = grid.origin_lps_mm[1] + z[:, None, None] + y[:, None] + x
    ends = grid.lps_mm([heart_box[:3], [v - 1 for v in heart_box[3:]]])[:, 1]
    front = back < ends.min() + 0.75 * (ends.max() - ends.min())
    return front, ~front
