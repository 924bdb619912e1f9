"""Lesions drawn into a box of the scan, in groups that cannot share a component with one another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, grown, joined, slices_of
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


Memo = dict[tuple[Hashable, ...], tuple[object, object]]
"""What was computed of a group: key to (the lesions, kept alive so that the key stays theirs; the result)."""

T = TypeVar("T")


def labelled(group: Sequence[Lesion], hu: NDArray[np.int16], margin_zyx: tuple[int, int, int]) -> Labelled:
    """Draws a group of lesions into their common box.

    Args:
        group: Where two share a voxel the later one owns it.
        hu: (z, y, x) int16 of the whole volume; only the box is read.
        margin_zyx: Voxels around the lesions that the box holds as well.
    """
    box = group[0].box
    for lesion in group[1:]:
        box = joined(box, lesion.box)
    box = grown(box, margin_zyx, (hu.shape[0], hu.shape[1], hu.shape[2]))
    labels = np.zeros([s.stop - s.start for s in slices_of(box)], np.int32)
    for number, lesion in enumerate(group, start=1):
        inner = tuple(slice(lesion.box[i] - box[i], lesion.box[i + 3] - box[i]) for i in range(3))
        labels[inner][lesion.voxels] = number
    return Labelled(box, np.asarray(hu[slices_of(box)]), labels, tuple(s.id for s in group))


def touching(lesions: Sequence[Lesion], reach: int = 1) -> list[list[Lesion]]:
    """Groups lesions whose boxes come within `reach` voxels, directly or through others; order is kept."""
    if not lesions:
        return []
    low = np.array([lesion.box[:3] for lesion in lesions]) - reach
    high = np.array([lesion.box[3:] for lesion in lesions])
    apart = np.logical_or.reduce([low[:, None, i] >= high[None, :, i] for i in range(3)])
    near = ~(apart | apart.T)
    group_of = np.arange(len(lesions))
    for i, j in np.argwhere(np.triu(near, 1)):
        if group_of[i] != group_of[j]:
            group_of[group_of == group_of[j]] = group_of[i]
    groups: dict[int, list[Lesion]] = {}
    for number, lesion in zip(group_of.tolist(), lesions, strict=True):
        groups.setdefault(number, []).append(lesion)
    return list(groups.values())


def remembered(memo: Memo | None, what: Hashable, lesions: Sequence[Lesion], compute: Callable[[], T]) -> T:
    """The result of `compute`, or what it was the last time for the same lesions with the same voxels.

    Args:
        memo: None computes always.
        what: What is computed and with which rules.
        lesions: All that the result depends on; their arteries do not count.
        compute: Called without arguments.
    """
    if memo is None:
        return compute()
    key = (what, *((lesion.id, lesion.is_scored, id(lesion.voxels)) for lesion in lesions))
    if key not in memo:
        memo[key] = ([lesion.voxels for lesion in lesions], compute())
    return memo[key][1]  # type: ignore[return-value]
