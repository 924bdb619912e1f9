"""What the blood tells of the scan: contrast medium and noise."""

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
INSIDE_MM = 10.0
"""This far inside the pericardial sac there is hardly any fat left."""
SMALLEST_ML = 0.5


@dataclass(frozen=True, slots=True)
class Blood:
    """Mean and standard deviation of the blood pool in HU, and where it was measured."""

    mean_hu: float
    sd_hu: float
    place: str


def blood_of(hu: NDArray[np.int16], grid: Grid, anatomy: Anatomy) -> Blood | None:
    """Measures the aorta: ascending where it is in view, else descending; without an aorta the inside of the heart.

    Args:
        hu: (z, y, x) int16.
        grid: Grid of hu.
        anatomy: Masks on the grid.

    Returns:
        None when there is neither an aorta nor a heart large enough to be measured.
    """
    if anatomy.heart_box is None:
        return None
    return _of_aorta(hu, grid, anatomy, anatomy.heart_box) or _of_heart(hu, grid, anatomy, anatomy.heart_box)


def _of_aorta(hu: NDArray[np.int16], grid: Grid, anatomy: Anatomy, heart_box: Box) -> Blood | None:
    box = bounding_box(anatomy.aorta)
    if box is None:
        return None
    where = slices_of(box)
    lumen = _eroded(anatomy.aorta[where], grid, WALL_MM)
    part = np.asarray(hu[where])
    for place, half in zip(
        ("ascending aorta", "descending aorta"), _halves(box, grid, heart_box), strict=True
    ):
        measured = _measured(part[lumen & half], grid, place)
        if measured is not None:
            return measured
    return None


def _of_heart(hu: NDArray[np.int16], grid: Grid, anatomy: Anatomy, heart_box: Box) -> Blood | None:
    """Chambers and muscle: what is left 10 mm inside the sac, fat aside."""
    where = slices_of(heart_box)
    values = np.asarray(hu[where])[_eroded(anatomy.heart[where], grid, INSIDE_MM)]
    return _measured(values[values > -30], grid, "heart")


def _measured(values: NDArray[np.int16], grid: Grid, place: str) -> Blood | None:
    if len(values) * grid.voxel_mm3 < SMALLEST_ML * 1000:
        return None
    # around the median only: wall calcium and streaks are no blood
    middle = values[np.abs(values - np.median(values)) < 200]
    return Blood(float(middle.mean()), float(middle.std()), place)


def findings_of(blood: Blood | None) -> tuple[Finding, ...]:
    """contrast_seen and noise_high, as far as the blood shows them."""
    if blood is None:
        return ()
    found: list[Finding] = []
    if blood.mean_hu > CONTRAST_HU:
        found.append(
            finding(
                "contrast_seen", place=blood.place, blood_hu=round(blood.mean_hu), limit_hu=round(CONTRAST_HU)
            )
        )
    elif blood.sd_hu >= NOISE_HU:
        found.append(finding("noise_high", sd_hu=round(blood.sd_hu)))
    return tuple(found)


def _eroded(mask: NDArray[np.bool_], grid: Grid, distance_mm: float) -> NDArray[np.bool_]:
    """The mask shrunk by a box; along z by whole slices that fit into the distance."""
    z, y, x = grid.spacing_mm
    reach = (int(distance_mm / z), max(1, round(distance_mm / y)), max(1, round(distance_mm / x)))
    for axis, voxels in enumerate(reach):
        mask = _shrunk_along(mask, axis, voxels)
    return mask


def _shrunk_along(mask: NDArray[np.bool_], axis: int, reach: int) -> NDArray[np.bool_]:
    """True where all within `reach` along an axis are; beyond the ends there is nothing that could be False."""
    covered = 0
    while covered < reach:  # AND with itself shifted by 1, 2, 4, ...: faster than a running minimum
        step = min(covered + 1, reach - covered)
        ahead, behind = [slice(None)] * 3, [slice(None)] * 3
        ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
        tighter = mask.copy()
        tighter[tuple(ahead)] &= mask[tuple(behind)]
        tighter[tuple(behind)] &= mask[tuple(ahead)]
        mask, covered = tighter, covered + step
    return mask


def _halves(box: Box, grid: Grid, heart_box: Box) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Voxels of the box in front of and behind the last quarter of the heart's depth, (z, y, x) bool."""
    # LPS y (towards the back) is linear in the indices: three broadcast axes instead of a grid of points
    step = np.asarray(grid.direction_lps)[1][::-1] * np.asarray(grid.spacing_mm)
    z, y, x = (step[i] * np.arange(box[i], box[i + 3]) for i in range(3))
    back = grid.origin_lps_mm[1] + z[:, None, None] + y[:, None] + x
    ends = grid.lps_mm([heart_box[:3], [v - 1 for v in heart_box[3:]]])[:, 1]
    front = back < ends.min() + 0.75 * (ends.max() - ends.min())
    return front, ~front
