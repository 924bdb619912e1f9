"""Labelled voxels of a volume as a list, and the objects that they form.

Calcium is a few thousand voxels of fifteen million: scores are sums over a list, and neighbours are looked up in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.lesions import Lesion

Flat = NDArray[np.int64]
"""Flat indices of voxels (z, y, x) in C order."""


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """Labelled voxels in raster order.

    Attributes:
        at: (n,) flat indices in the volume, rising.
        label: (n,) int32 above 0, whose voxel it is.
        hu: (n,) int16.
        shape_zyx: Shape of the volume.
    """

    at: Flat
    label: NDArray[np.int32]
    hu: NDArray[np.int16]
    shape_zyx: tuple[int, int, int]

    def where(self, chosen: NDArray[np.bool_]) -> Pixels:
        """Those chosen by a mask (n,)."""
        return Pixels(self.at[chosen], self.label[chosen], self.hu[chosen], self.shape_zyx)

    @property
    def slice_index(self) -> Flat:
        """(n,) the slice z of each."""
        return self.at // (self.shape_zyx[1] * self.shape_zyx[2])


def pixels_of(hu: NDArray[np.int16], labels: NDArray[np.integer]) -> Pixels:
    """The labelled voxels of two arrays (z, y, x); 0 is no label."""
    at = np.flatnonzero(labels)
    label = labels.ravel()[at].astype(np.int32)
    return Pixels(at, label, hu.ravel()[at], (hu.shape[0], hu.shape[1], hu.shape[2]))


def pixels_of_lesions(lesions: Sequence[Lesion], hu: NDArray[np.int16]) -> Pixels:
    """The voxels of lesions; the n-th lesion has label n, from 1.

    Args:
        lesions: Where two share a voxel the later one owns it.
        hu: (z, y, x) int16 of the whole volume (may be memory-mapped).
    """
    shape = (hu.shape[0], hu.shape[1], hu.shape[2])
    parts = [voxels_of(lesion, shape) for lesion in lesions]
    at = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    label = np.repeat(np.arange(1, len(parts) + 1, dtype=np.int32), [len(part) for part in parts])
    order = np.argsort(at, kind="stable")
    at, label = at[order], label[order]
    last = np.append(at[1:] != at[:-1], True) if len(at) else np.zeros(0, bool)
    at, label = at[last], label[last]
    return Pixels(at, label, values_at(hu, at), shape)


def with_own_limits(pixels: Pixels, lesions: Sequence[Lesion], limit_hu: int) -> Pixels:
    """The voxels as the scorer weighs them where a reader has lowered the limit of a lesion.

    What reaches a lesion's own limit counts as the least that is counted (weight 1); so a lower limit adds
    voxels and moves no edge between weights.

    Args:
        pixels: Of `pixels_of_lesions`, from the same lesions.
        lesions: The n-th lesion has label n, from 1.
        limit_hu: Of the rule set.
    """
    if all(lesion.limit_hu is None for lesion in lesions):
        return pixels
    own = np.array([limit_hu if s.limit_hu is None else s.limit_hu for s in lesions])[pixels.label - 1]
    lifted = np.where(pixels.hu >= own, np.maximum(pixels.hu, limit_hu), pixels.hu).astype(np.int16)
    return Pixels(pixels.at, pixels.label, lifted, pixels.shape_zyx)


def values_at(hu: NDArray[np.int16], at: Flat) -> NDArray[np.int16]:
    """HU of voxels by flat index, (n,) int16."""
    return np.asarray(hu[np.unravel_index(at, hu.shape)])


def voxels_of(lesion: Lesion, shape_zyx: tuple[int, int, int]) -> Flat:
    """Flat indices of a lesion's voxels in the volume, rising."""
    _, rows, columns = shape_zyx
    z, y, x = np.nonzero(lesion.voxels)
    z0, y0, x0 = lesion.box[:3]
    return np.asarray(((z + z0) * rows + (y + y0)) * columns + (x + x0), np.int64)


def contains(at: Flat, wanted: Flat) -> NDArray[np.bool_]:
    """Which of `wanted` stand in the rising list `at`, (m,) bool."""
    if not len(at):
        return np.zeros(len(wanted), bool)
    found = np.minimum(np.searchsorted(at, wanted), len(at) - 1)
    return np.asarray(at[found] == wanted)


def objects_of(
    at: Flat, shape_zyx: tuple[int, int, int], *, diagonal: bool = False, across_slices: bool = False
) -> tuple[NDArray[np.intp], int]:
    """Numbers the objects that listed voxels form.

    Args:
        at: Flat indices, rising.
        shape_zyx: Shape of the volume.
        diagonal: Pixels that touch at a corner in the slice are neighbours, too.
        across_slices: So are voxels that share a face with one of the next slice.

    Returns:
        (n,) number of each voxel's object from 0, in raster order of first voxels, and how many there are.
    """
    _, rows, columns = shape_zyx
    if not len(at):
        return np.zeros(0, np.intp), 0
    x = at % columns
    y = (at // columns) % rows
    # runs along x are found without looking anything up, and there are fewer of them than voxels
    run = np.cumsum(np.append(True, (at[1:] != at[:-1] + 1) | (x[1:] == 0))) - 1
    down = y < rows - 1
    steps = [(columns, down)]
    if diagonal:
        steps += [(columns + 1, down & (x < columns - 1)), (columns - 1, down & (x > 0))]
    if across_slices:
        steps.append((rows * columns, np.ones(len(at), bool)))
    pairs = [_pairs(at, step, allowed, run) for step, allowed in steps]
    number, n = joined_by(
        int(run[-1]) + 1, np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
    )
    return number[run], n


def _pairs(
    at: Flat, step: int, allowed: NDArray[np.bool_], run: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Runs with a voxel that has a neighbour one step ahead, and the runs of those neighbours."""
    here = np.flatnonzero(allowed)
    wanted = at[here] + step
    there = np.minimum(np.searchsorted(at, wanted), len(at) - 1)
    hit = at[there] == wanted
    a, b = run[here[hit]], run[there[hit]]
    new = np.ones(len(a), bool)  # long runs touch in many voxels
    new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    return a[new], b[new]


def joined_by(n: int, a: NDArray[np.intp], b: NDArray[np.intp]) -> tuple[NDArray[np.intp], int]:
    """Connected components of a graph of n nodes with edges a-b.

    Returns:
        (n,) number of each node's component from 0, in the order of first nodes, and how many there are.
    """
    # every root is hung under a smaller one that it touches, then all paths are made short, until nothing moves
    root = np.arange(n)
    while True:
        low, high = np.minimum(root[a], root[b]), np.maximum(root[a], root[b])
        apart = low != high
        if not apart.any():
            break
        np.minimum.at(root, high[apart], low[apart])
        while True:
            above = root[root]
            if np.array_equal(above, root):
                break
            root = above
    first = root == np.arange(n)
    number = np.cumsum(first) - 1
    return number[root], int(np.count_nonzero(first))
