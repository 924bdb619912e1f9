"""Lesions in groups that cannot share a component with one another, and what is remembered of a group."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.lesions import Lesion
from cacviewer.core.pixels import joined_by

Group = tuple[Sequence[Lesion], Sequence[Lesion]]
"""Lesions that are scored together, and what is not scored near them."""
Memo = dict[Hashable, dict[Hashable, tuple[object, Any]]]
"""What was computed of groups: what to key to (the voxels, kept alive so that the key stays theirs; the result)."""

T = TypeVar("T")


def touching(lesions: Sequence[Lesion], reach: int = 1) -> list[list[Lesion]]:
    """Groups lesions whose boxes come within `reach` pixels in the slices and one slice, directly or through others.

    The order is kept.
    """
    if not lesions:
        return []
    boxes = np.array([lesion.box for lesion in lesions])
    a, b = np.nonzero(np.triu(_near(boxes, boxes, reach), 1))
    number, n = joined_by(len(lesions), a, b)
    groups: list[list[Lesion]] = [[] for _ in range(n)]
    for group, lesion in zip(number.tolist(), lesions, strict=True):
        groups[group].append(lesion)
    return groups


def beside(groups: Sequence[Sequence[Lesion]], other: Sequence[Lesion], reach: int) -> list[list[Lesion]]:
    """For each group those of `other` whose boxes come that near to one of its lesions."""
    near: list[list[Lesion]] = [[] for _ in groups]
    if not other or not groups:
        return near
    boxes = np.array([lesion.box for group in groups for lesion in group])
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    own, others = np.nonzero(_near(boxes, np.array([lesion.box for lesion in other]), reach))
    for group, i in sorted(set(zip(group_of[own].tolist(), others.tolist(), strict=True))):
        near[group].append(other[i])
    return near


def _near(a: NDArray[np.int64], b: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Which boxes (n, 6) come within `reach` pixels and one slice of which (m, 6): (n, m) bool."""
    near = np.ones((len(a), len(b)), bool)
    for axis, far in enumerate((1, reach, reach)):
        near &= a[:, None, axis] - far < b[None, :, axis + 3]
        near &= b[None, :, axis] - far < a[:, None, axis + 3]
    return near


def remembered(
    memo: Memo | None, what: Hashable, groups: Sequence[Group], compute: Callable[[Sequence[Group]], list[T]]
) -> list[T]:
    """The result of `compute` for every group, or what it was the last time for the same lesions and voxels.

    Args:
        memo: None computes always.
        what: What is computed and with which rules.
        groups: All that each result depends on; the arteries of lesions do not count.
        compute: Gives the results of groups, all in one go; one group's may not depend on the others.
    """
    if memo is None:
        return compute(groups)
    of_what = memo.setdefault(what, {})
    keys = [
        tuple((s.id, id(s.voxels)) for s in group) + (tuple((s.id, id(s.voxels)) for s in near),)
        for group, near in groups
    ]
    new = [(key, group) for key, group in zip(keys, groups, strict=True) if key not in of_what]
    if new:
        results = compute([group for _, group in new])
        for (key, (own, near)), result in zip(new, results, strict=True):
            of_what[key] = ([lesion.voxels for lesion in (*own, *near)], result)
    return [of_what[key][1] for key in keys]
