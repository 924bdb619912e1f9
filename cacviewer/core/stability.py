"""How far a score moves when the scan could as well have been a little different.

Source: clinical-rules.md section 3, "Stability": HU shifted by 5 and 10, the phase of the slices where they are
thin, the minimum area. A decision of this project; the interval stands beside the total.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, overlap
from cacviewer.core.labelled import Labelled, Memo, labelled, remembered, touching
from cacviewer.core.lesions import Lesion
from cacviewer.core.rulesets import REFERENCE_INCREMENT_MM, RuleSet
from cacviewer.core.scoring import pixel_weights

HU_SHIFTS = (-10, -5, 5, 10)
MIN_AREAS_MM2 = (0.5, 1.5)
GROWTH_PX = 2
PHASE_FROM_MM = 1.5
"""Only thinner increments leave a choice of slices."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Smallest and largest Agatston score of all members; each member by name."""

    low: float
    high: float
    members: dict[str, float]


def stability_of(
    lesions: Sequence[Lesion],
    other: Sequence[Lesion],
    hu: NDArray[np.int16],
    grid: Grid,
    rules: RuleSet,
    memo: Memo | None = None,
) -> Stability:
    """Scores the lesions again under every variation.

    Args:
        lesions: Scored lesions.
        other: Objects that are not counted; the growth at raised HU stops at them.
        hu: (z, y, x) int16 of the whole volume.
        grid: Grid of the volume.
        rules: Rule set in force.
        memo: What was computed of groups of lesions before.
    """
    members = dict.fromkeys(_names(grid), 0.0)
    for group in touching(lesions, 2 * GROWTH_PX + 1):
        drawn = partial(labelled, group, hu, (0, GROWTH_PX, GROWTH_PX))
        near = [lesion for lesion in other if any(overlap(_wide(own.box), lesion.box) for own in group)]
        part = remembered(
            memo, ("stability", rules), [*group, *near], partial(_varied, drawn, near, grid, rules)
        )
        for name, score in part.items():
            members[name] += score
    return Stability(min(members.values()), max(members.values()), members)


def _names(grid: Grid) -> list[str]:
    names = ["as scored", *(f"HU {shift:+d}" for shift in HU_SHIFTS)]
    names += [f"minimum area {area} mm2" for area in MIN_AREAS_MM2]
    return names + [
        f"every slice {start + 1} of {n}" for n in (_phase_step(grid),) for start in range(n) if n > 1
    ]


def _varied(
    drawn: Callable[[], Labelled], near: Sequence[Lesion], grid: Grid, rules: RuleSet
) -> dict[str, float]:
    """Score of a group under every variation, in the order of `_names`."""
    group = _blocked(drawn(), near)
    scores = [_total(group, grid, rules)]
    scores += [_total(_shifted(group, shift, rules.limit_hu), grid, rules) for shift in HU_SHIFTS]
    scores += [_total(group, grid, replace(rules, min_area_mm2=area)) for area in MIN_AREAS_MM2]
    scores += _phases(group, grid, rules)
    return dict(zip(_names(grid), scores, strict=True))


def _total(group: Labelled, grid: Grid, rules: RuleSet) -> float:
    weights = int(pixel_weights(group.hu, group.labels > 0, grid, rules).sum(dtype=np.int64))
    return weights * grid.pixel_mm2 * rules.increment_factor(grid.increment_mm)


def _wide(box: Box) -> Box:
    z0, y0, x0, z1, y1, x1 = box
    return z0, y0 - GROWTH_PX, x0 - GROWTH_PX, z1, y1 + GROWTH_PX, x1 + GROWTH_PX


def _blocked(group: Labelled, other: Sequence[Lesion]) -> Labelled:
    """Marks objects that are not counted with -1, so that nothing grows into them."""
    labels = group.labels.copy()
    for lesion in other:
        low = [max(lesion.box[i], group.box[i]) for i in range(3)]
        high = [min(lesion.box[i + 3], group.box[i + 3]) for i in range(3)]
        if all(a < b for a, b in zip(low, high, strict=True)):
            here = tuple(slice(low[i] - group.box[i], high[i] - group.box[i]) for i in range(3))
            there = tuple(slice(low[i] - lesion.box[i], high[i] - lesion.box[i]) for i in range(3))
            part = labels[here]
            part[lesion.voxels[there] & (part == 0)] = -1
    return replace(group, labels=labels)


def _shifted(group: Labelled, shift: int, limit_hu: int) -> Labelled:
    hu = (group.hu.astype(np.int32) + shift).clip(-32768, 32767).astype(np.int16)
    labels = group.labels
    if shift > 0:
        free = (labels == 0) & (hu >= limit_hu)
        reached = (labels > 0) & (hu >= limit_hu)
        for _ in range(GROWTH_PX):
            reached = reached | (_beside(reached) & free)
        labels = np.where(reached & (labels == 0), 1, labels).astype(np.int32)
    return replace(group, hu=hu, labels=labels)


def _beside(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The four neighbours in the slice of every True pixel, (z, y, x) bool."""
    beside = np.zeros_like(mask)
    beside[:, 1:] |= mask[:, :-1]
    beside[:, :-1] |= mask[:, 1:]
    beside[:, :, 1:] |= mask[:, :, :-1]
    beside[:, :, :-1] |= mask[:, :, 1:]
    return beside


def _phase_step(grid: Grid) -> int:
    """Every how many slices a scan of 3 mm would have been; 1 where the increment leaves no choice."""
    return round(REFERENCE_INCREMENT_MM / grid.increment_mm) if grid.increment_mm <= PHASE_FROM_MM else 1


def _phases(group: Labelled, grid: Grid, rules: RuleSet) -> list[float]:
    step = _phase_step(grid)
    if step == 1:
        return []
    coarse = replace(grid, spacing_mm=(grid.increment_mm * step, *grid.spacing_mm[1:]))
    scores = []
    for start in range(step):
        slices = slice((start - group.box[0]) % step, None, step)  # slices of the volume, not of the box
        taken = replace(group, hu=group.hu[slices], labels=group.labels[slices])
        scores.append(_total(taken, coarse, rules))
    return scores
