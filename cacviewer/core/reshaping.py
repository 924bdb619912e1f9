"""Lesions given other voxels: more, fewer, two made of one, one made of two. Pure functions of values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, bounding_box, grown, joined, overlap, slices_of
from cacviewer.core.lesions import Artery, Lesion, LesionClass

Mask = NDArray[np.bool_]
REGROWTH_MM = 5.0
"""A lowered limit lets a lesion grow at most so far beyond what it was."""
CONNECTED = np.ones((3, 3, 3), bool)
"""26 neighbours: what a reader clicks (clinical-rules.md 1)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What an edit reads of the scan.

    Attributes:
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        limit_hu: HU >= limit counts, unless a lesion has its own limit.
    """

    hu: NDArray[np.int16]
    grid: Grid
    limit_hu: int

    def limit_of(self, lesion: Lesion) -> int:
        """The limit in force for a lesion."""
        return self.limit_hu if lesion.limit_hu is None else lesion.limit_hu


def reshaped(lesion: Lesion, box: Box, voxels: Mask, scan: Scan) -> Lesion | None:
    """The lesion with other voxels, measured again; its id, class and artery stay. None without voxels."""
    tight = bounding_box(voxels)
    if tight is None:
        return None
    z, y, x = (tight[i] + box[i] for i in range(3))
    own = voxels[slices_of(tight)].copy()
    own.flags.writeable = False
    new_box: Box = (z, y, x, z + own.shape[0], y + own.shape[1], x + own.shape[2])
    index = np.argwhere(own)
    values = scan.hu[slices_of(new_box)][own]
    middle = scan.grid.lps_mm(index.mean(axis=0) + (z, y, x))
    return replace(
        lesion,
        box=new_box,
        voxels=own,
        centroid_lps_mm=(float(middle[0]), float(middle[1]), float(middle[2])),
        max_hu=int(values.max()),
        mean_hu=float(values.mean()),
        voxel_count=len(values),
    )


def new_lesion(
    lesion_id: str, box: Box, voxels: Mask, artery: Artery, reason: str, scan: Scan
) -> Lesion | None:
    """A coronary lesion that a reader made."""
    empty = Lesion(
        lesion_id, box, voxels, LesionClass.CORONARY, artery, reason, 1.0, (0.0, 0.0, 0.0), 0, 0.0, 0
    )
    return reshaped(empty, box, voxels, scan)


def with_voxels(lesion: Lesion, box: Box, voxels: Mask, scan: Scan) -> Lesion:
    """The lesion with those voxels besides."""
    whole = joined(lesion.box, box)
    mask = drawn(lesion, whole)
    mask[_inside(box, whole)] |= voxels
    return reshaped(lesion, whole, mask, scan) or lesion


def without_voxels(lesion: Lesion, box: Box, voxels: Mask, scan: Scan) -> Lesion | None:
    """The lesion without those voxels; the lesion itself if it has none of them, None if it has no others."""
    if not overlap(lesion.box, box):
        return lesion
    low = [max(lesion.box[i], box[i]) for i in range(3)]
    high = [min(lesion.box[i + 3], box[i + 3]) for i in range(3)]
    common: Box = (low[0], low[1], low[2], high[0], high[1], high[2])
    here, there = _inside(common, lesion.box), _inside(common, box)
    if not (lesion.voxels[here] & voxels[there]).any():
        return lesion
    mask = lesion.voxels.copy()
    mask[here] &= ~voxels[there]
    return reshaped(lesion, lesion.box, mask, scan)


def merged(lesions: Sequence[Lesion], scan: Scan) -> Lesion:
    """The first lesion with the voxels of all, and with the lowest limit of their own that any of them has.

    A score only looks at limits below the rule set's (a higher one has already taken its voxels away), so each part
    counts as it did; and the whole is known to have a changed limit.
    """
    own = min((lesion.limit_hu for lesion in lesions if lesion.limit_hu is not None), default=None)
    first = replace(lesions[0], limit_hu=own)
    whole = lesions[0].box
    for lesion in lesions[1:]:
        whole = joined(whole, lesion.box)
    mask = np.zeros(_size(whole), bool)
    for lesion in lesions:
        mask[_inside(lesion.box, whole)] |= lesion.voxels
    return reshaped(first, whole, mask, scan) or first


def parts_of(
    lesion: Lesion,
    grid: Grid,
    point_lps_mm: Sequence[float] | None = None,
    normal_lps: Sequence[float] | None = None,
) -> list[Mask]:
    """Parts of a lesion's own mask: the two sides of a plane, or its 26-connected pieces without a plane.

    Returns:
        Masks (z, y, x) in the lesion's box, the largest first, then in raster order; one where nothing is cut.
    """
    from scipy import ndimage  # slow to import, and the window starts without it

    if point_lps_mm is None or normal_lps is None:
        labels, n = ndimage.label(lesion.voxels, CONNECTED)
        parts = [labels == number for number in range(1, n + 1)]
    else:
        index = np.argwhere(lesion.voxels)
        places = grid.lps_mm(index + np.asarray(lesion.box[:3]))
        beyond = (places - np.asarray(point_lps_mm, float)) @ np.asarray(normal_lps, float) >= 0
        parts = []
        for side in (index[~beyond], index[beyond]):
            part = np.zeros_like(lesion.voxels)
            part[tuple(side.T)] = True
            parts.append(part)
    parts = [part for part in parts if part.any()]
    return sorted(parts, key=lambda part: (-int(part.sum()), int(part.argmax())))


def with_limit(lesion: Lesion, limit_hu: int | None, others: Sequence[Lesion], scan: Scan) -> Lesion | None:
    """The lesion under a limit of its own; None if nothing of it reaches the limit.

    A raised limit takes voxels away. A lowered one lets it grow into voxels that reach the limit and are
    26-connected to it, at most REGROWTH_MM away and never into another lesion.
    """
    from scipy import ndimage  # slow to import, and the window starts without it

    own = None if limit_hu == scan.limit_hu else limit_hu
    limit = scan.limit_hu if own is None else own
    shape = (scan.hu.shape[0], scan.hu.shape[1], scan.hu.shape[2])
    margin = [max(1, round(REGROWTH_MM / s)) for s in scan.grid.spacing_mm]
    whole = grown(lesion.box, (margin[0], margin[1], margin[2]), shape)
    seed = drawn(lesion, whole)
    bright = np.asarray(scan.hu[slices_of(whole)]) >= limit
    if limit < scan.limit_of(lesion):
        labels, n = ndimage.label((bright & ~occupied(others, whole)) | (seed & bright), CONNECTED)
        touched = np.zeros(n + 1, bool)
        touched[labels[seed & bright]] = True
        touched[0] = False
        bright = touched[labels]
    else:
        bright &= seed
    return reshaped(replace(lesion, limit_hu=own), whole, bright, scan)


def drawn(lesion: Lesion, box: Box) -> Mask:
    """The lesion's voxels in a box that holds it, a mask of one's own."""
    mask = np.zeros(_size(box), bool)
    mask[_inside(lesion.box, box)] = lesion.voxels
    return mask


def occupied(lesions: Sequence[Lesion], box: Box) -> Mask:
    """The voxels (z, y, x) of a box that belong to lesions."""
    mask = np.zeros(_size(box), bool)
    for lesion in lesions:
        if overlap(lesion.box, box):
            low = [max(lesion.box[i], box[i]) for i in range(3)]
            high = [min(lesion.box[i + 3], box[i + 3]) for i in range(3)]
            common: Box = (low[0], low[1], low[2], high[0], high[1], high[2])
            mask[_inside(common, box)] |= lesion.voxels[_inside(common, lesion.box)]
    return mask


def place_id(box: Box, voxels: Mask, hu: NDArray[np.int16], taken: Collection[str]) -> str:
    """An id made of the place of the brightest voxel, as the finder makes them; with a letter if it is taken."""
    index = np.argwhere(voxels)
    values = hu[slices_of(box)][voxels]
    z, y, x = (index[int(values.argmax())] + np.asarray(box[:3])).tolist()
    name = f"L{z:03d}-{y:03d}-{x:03d}"
    letters = (f"{name}{letter}" for letter in ("", *"bcdefghijklmnopqrstuvwxyz"))
    return next((free for free in letters if free not in taken), f"{name}-{len(taken)}")


def _size(box: Box) -> tuple[int, int, int]:
    return box[3] - box[0], box[4] - box[1], box[5] - box[2]


def _inside(part: Box, whole: Box) -> tuple[slice, slice, slice]:
    """Where a box lies in a larger one."""
    z, y, x = (slice(part[i] - whole[i], part[i + 3] - whole[i]) for i in range(3))
    return z, y, x
