"""How well two masks agree: overlap and distance of surfaces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def dice(a: Mask, b: Mask) -> float:
    """2 |a and b| / (|a| + |b|); 1 for two empty masks."""
    total = int(np.count_nonzero(a)) + int(np.count_nonzero(b))
    return 2 * int(np.count_nonzero(a & b)) / total if total else 1.0


def iou(a: Mask, b: Mask) -> float:
    """|a and b| / |a or b|; 1 for two empty masks."""
    either = int(np.count_nonzero(a | b))
    return int(np.count_nonzero(a & b)) / either if either else 1.0


@dataclass(frozen=True, slots=True)
class SurfaceDistance:
    """Distances between two surfaces in mm, taken from both sides."""

    mean_mm: float
    p95_mm: float
    max_mm: float


def surface_distance(a: Mask, b: Mask, spacing_mm: tuple[float, float, float]) -> SurfaceDistance | None:
    """Distances between the border voxels of two masks (z, y, x); None if one of them is empty.

    The 95th percentile is the larger of the two directions (HD95), the mean is over both.
    """
    from scipy import ndimage

    box = _box_of_both(a, b)
    if box is None or not a.any() or not b.any():
        return None
    a, b = np.pad(a[box], 1), np.pad(b[box], 1)
    edges = [mask & ~ndimage.binary_erosion(mask) for mask in (a, b)]
    from_a = ndimage.distance_transform_edt(~edges[1], sampling=spacing_mm)[edges[0]]
    from_b = ndimage.distance_transform_edt(~edges[0], sampling=spacing_mm)[edges[1]]
    return SurfaceDistance(
        mean_mm=float(np.concatenate((from_a, from_b)).mean()),
        p95_mm=float(max(np.percentile(from_a, 95), np.percentile(from_b, 95))),
        max_mm=float(max(from_a.max(), from_b.max())),
    )


def _box_of_both(a: Mask, b: Mask) -> tuple[slice, slice, slice] | None:
    either = a | b
    parts = []
    for axis in range(3):
        hit = np.flatnonzero(either.any(axis=tuple({0, 1, 2} - {axis})))
        if not len(hit):
            return None
        parts.append(slice(int(hit[0]), int(hit[-1]) + 1))
    return parts[0], parts[1], parts[2]
