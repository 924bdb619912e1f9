"""Metal, as far as voxels alone show it (reading rules 12.5.8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import bounding_box, slices_of

LIMIT_HU = 2000
LEAST_VOXELS = 10


def metal_finding(hu: NDArray[np.int16]) -> list[Finding]:
    """A finding where at least 10 connected voxels (26 neighbours) reach 2000 HU.

    Args:
        hu: (z, y, x) int16.
    """
    bright = [z for z in range(len(hu)) if int(hu[z].max()) >= LIMIT_HU]
    if not bright:
        return []
    low, high = bright[0], bright[-1] + 1
    mask = hu[low:high] >= LIMIT_HU
    if int(np.count_nonzero(mask)) < LEAST_VOXELS:
        return []
    from scipy import ndimage  # slow to import, and few scans come so far

    box = bounding_box(mask)
    assert box is not None
    mask = mask[slices_of(box)]
    labels, count = ndimage.label(mask, np.ones((3, 3, 3)))
    if not count or int(np.bincount(labels.ravel())[1:].max()) < LEAST_VOXELS:
        return []
    return [finding("metal_suspected", max_hu=int(hu[low:high].max()))]
