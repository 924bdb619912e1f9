"""How far a score moves when the scan could as well have been a little different.

Source: clinical-rules.md section 3, "Stability": HU shifted by 5 and 10, the phase of the slices where they are
thin, the minimum area. A decision of this project; the interval stands beside the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.labelled import Labelled, labelled_groups
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
    lesions: Sequence[Lesion], other: Sequence[Lesion], hu: NDArray[np.int16], grid: Grid, rules: RuleSet
) -> Stability:
    """Scores the lesions again under every variation.

    Args:
        lesions: Scored lesions.
        other: Objects that are not counted; the growth at raised HU stops at them.
        hu: (z, y, x) int16 of the whole volume.
        grid: Grid of the volume.
        rules: Rule set in force.
    """
    margin = (0, GROWTH_PX, GROWTH_PX)
    groups = labelled_groups(lesions, hu, margin, 2 * GROWTH_PX + 1)
    groups = [_blocked(group, other) for group in groups]
    members = {"as scored": _total(groups, grid, rules)}
    for shift in HU_SHIFTS:
        members[f"HU {shift:+d}"] = _total([_shifted(g, shift, rules.limit_hu) for g in groups], grid, rules)
    for area in MIN_AREAS_MM2:
        members[f"minimum area {area} mm2"] = _total(groups, grid, replace(rules, min_area_mm2=area))
    if grid.increment_mm <= PHASE_FROM_MM:
        members |= _phases(groups, grid, rules)
    return Stability(min(members.values()), max(members.values()), members)


def _total(groups: Sequence[Labelled], grid: Grid, rules: RuleSet) -> float:
    weights = sum(int(pixel_weights(g.hu, g.labels > 0, grid, rules).sum(dtype=np.int64)) for g in groups)
    return weights * grid.pixel_mm2 * rules.increment_factor(grid.increment_mm)


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


def _phases(groups: Sequence[Labelled], grid: Grid, rules: RuleSet) -> dict[str, float]:
    step = round(REFERENCE_INCREMENT_MM / grid.increment_mm)
    coarse = replace(grid, spacing_mm=(grid.increment_mm * step, *grid.spacing_mm[1:]))
    phases: dict[str, float] = {}
    for start in range(step):
        taken = []
        for group in groups:
            slices = slice((start - group.box[0]) % step, None, step)  # slices of the volume, not of the box
            taken.append(replace(group, hu=group.hu[slices], labels=group.labels[slices]))
        phases[f"every slice {start + 1} of {step}"] = _total(taken, coarse, rules)
    return phases
