"""Lesions drawn into a box of the scan, in groups that cannot share a component with one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, grown, joined, overlap, slices_of
from cacviewer.core.lesions import Lesion


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A group of lesions in their common box.

    Attributes:
        box: [z0, y0, x0, z1, y1, x1] in the volume, with the margin that was asked for.
        hu: (z, y, x) int16 of the box.
        labels: (z, y, x) int32; number n is `ids[n - 1]`, 0 is nothing.
        ids: Ids of the lesions.
    """

    box: Box
    hu: NDArray[np.int16]
    labels: NDArray[np.int32]
    ids: tuple[str, ...]


def labelled_groups(
    lesions: Sequence[Lesion], hu: NDArray[np.int16], margin_zyx: tuple[int, int, int], reach: int = 1
) -> list[Labelled]:
    """Draws lesions into boxes, group by group.

    Args:
        lesions: Where two share a voxel the later one owns it.
        hu: (z, y, x) int16 of the whole volume; only the boxes are read.
        margin_zyx: Voxels around the lesions that each box holds as well.
        reach: Lesions nearer than this many voxels are in one group.
    """
    shape = (hu.shape[0], hu.shape[1], hu.shape[2])
    groups: list[Labelled] = []
    for group in touching(lesions, reach):
        box = group[0].box
        for lesion in group[1:]:
            box = joined(box, lesion.box)
        box = grown(box, margin_zyx, shape)
        labels = np.zeros([s.stop - s.start for s in slices_of(box)], np.int32)
        for number, lesion in enumerate(group, start=1):
            inner = tuple(slice(lesion.box[i] - box[i], lesion.box[i + 3] - box[i]) for i in range(3))
            labels[inner][lesion.voxels] = number
        groups.append(Labelled(box, np.asarray(hu[slices_of(box)]), labels, tuple(s.id for s in group)))
    return groups


def touching(lesions: Iterable[Lesion], reach: int = 1) -> list[list[Lesion]]:
    """Groups lesions whose boxes overlap when grown by `reach`, directly or through others; order is kept."""
    lesions = list(lesions)
    wide = [_wide(lesion.box, reach) for lesion in lesions]
    group_of = list(range(len(lesions)))
    for i, lesion in enumerate(lesions):
        for j in range(i):
            if group_of[j] != group_of[i] and overlap(wide[j], lesion.box):
                old, new = sorted((group_of[i], group_of[j]), reverse=True)
                group_of = [new if g == old else g for g in group_of]
    groups: dict[int, list[Lesion]] = {}
    for number, lesion in zip(group_of, lesions, strict=True):
        groups.setdefault(number, []).append(lesion)
    return list(groups.values())


def _wide(box: Box, reach: int) -> Box:
    z0, y0, x0, z1, y1, x1 = box
    return z0 - reach, y0 - reach, x0 - reach, z1 + reach, y1 + reach, x1 + reach
