"""A seed click: the calcium that hangs together with a voxel, as a lesion of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, grown, slices_of
from cacviewer.core.lesions import Lesion
from cacviewer.core.reshaping import CONNECTED, Scan, occupied

RADIUS_MM = 15.0
"""A grown lesion stays within this distance of its seed: no coronary plaque that one click means is longer."""
HEART_REACH_MM = 5.0
"""A grown lesion does not go further than this from the heart (habits.md 10.3)."""
SNAP_MM = 1.5
"""A click beside a bright spot takes the brightest voxel so near to it."""


def grown_from(
    scan: Scan,
    seed_zyx: tuple[int, int, int],
    lesions: Sequence[Lesion],
    forbidden: NDArray[np.bool_] | None = None,
    heart: NDArray[np.bool_] | None = None,
    radius_mm: float = RADIUS_MM,
) -> tuple[Box, NDArray[np.bool_]] | None:
    """Voxels at or above the limit that are 26-connected to a seed, within a ball around it.

    Args:
        scan: The scan.
        seed_zyx: Index of the click; the brightest free voxel within SNAP_MM is taken.
        lesions: Their voxels are not taken.
        forbidden: (z, y, x) bool of the volume, never grown into: the aorta.
        heart: (z, y, x) bool of the volume; not further than HEART_REACH_MM from it. None: everywhere.
        radius_mm: Of the ball.

    Returns:
        Box in the volume and mask (z, y, x); None if nothing bright is free at the seed.

    Source:
        habits.md 10.3: 26 neighbours, not across the aorta, at most the heart mask plus 5 mm.
    """
    from scipy import ndimage  # slow to import, and the window starts without it

    box = _ball_box(scan, seed_zyx, radius_mm)
    where = slices_of(box)
    hu = np.asarray(scan.hu[where])
    spacing = np.asarray(scan.grid.spacing_mm)
    seed = np.asarray(seed_zyx) - box[:3]
    axes = [((np.arange(n) - s) * d) ** 2 for n, s, d in zip(hu.shape, seed, spacing, strict=True)]
    distance2 = axes[0][:, None, None] + axes[1][None, :, None] + axes[2][None, None, :]
    free = (hu >= scan.limit_hu) & (distance2 <= radius_mm**2) & ~occupied(lesions, box)
    if forbidden is not None:
        free &= ~forbidden[where]
    if heart is not None:
        free &= _near(heart, box, scan)
    near = free & (distance2 <= max(SNAP_MM, float(spacing[1:].max())) ** 2)
    if not near.any():
        return None
    start = np.unravel_index(int(np.where(near, hu, np.iinfo(np.int16).min).argmax()), hu.shape)
    labels, _ = ndimage.label(free, CONNECTED)
    return box, labels == labels[start]


def _near(heart: NDArray[np.bool_], box: Box, scan: Scan) -> NDArray[np.bool_]:
    """The voxels (z, y, x) of a box within HEART_REACH_MM of the heart."""
    from scipy import ndimage  # slow to import, and the window starts without it

    z, y, x = (int(HEART_REACH_MM / s) + 1 for s in scan.grid.spacing_mm)
    shape = (heart.shape[0], heart.shape[1], heart.shape[2])
    wide = grown(box, (z, y, x), shape)
    part = heart[slices_of(wide)]
    if not part.any():
        return np.zeros([box[i + 3] - box[i] for i in range(3)], bool)
    far = ndimage.distance_transform_edt(~part, sampling=scan.grid.spacing_mm)
    inner = tuple(slice(box[i] - wide[i], box[i + 3] - wide[i]) for i in range(3))
    near: NDArray[np.bool_] = far[inner] <= HEART_REACH_MM
    return near


def _ball_box(scan: Scan, seed_zyx: tuple[int, int, int], radius_mm: float) -> Box:
    reach = [int(radius_mm / s) + 1 for s in scan.grid.spacing_mm]
    low = [max(0, seed_zyx[i] - reach[i]) for i in range(3)]
    high = [min(scan.hu.shape[i], seed_zyx[i] + reach[i] + 1) for i in range(3)]
    return low[0], low[1], low[2], high[0], high[1], high[2]
