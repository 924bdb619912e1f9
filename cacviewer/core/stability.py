"""How far a score moves when the scan could as well have been a little different.

Source: clinical-rules.md section 3, "Stability": HU shifted by 5 and 10, the phase of the slices where they are
thin, the minimum area. A decision of this project; the interval stands beside the total.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.pixels import Flat, Pixels, contains, values_at
from cacviewer.core.rulesets import REFERENCE_INCREMENT_MM, RuleSet
from cacviewer.core.scoring import Counted, counted

HU_SHIFTS = (-10, -5, 5, 10)
MIN_AREAS_MM2 = (0.5, 1.5)
GROWTH_PX = 2
REACH_PX = 2 * GROWTH_PX + 1
"""Lesions farther apart than this cannot meet while they grow."""
PHASE_FROM_MM = 1.5
"""Only thinner increments leave a choice of slices."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Smallest and largest Agatston score of all members; each member by name."""

    low: float
    high: float
    members: dict[str, float]


def stability_of(members: dict[str, float]) -> Stability:
    """The interval of members that were summed over all groups of lesions."""
    return Stability(min(members.values()), max(members.values()), members)


def member_names(grid: Grid) -> list[str]:
    """Names of the members, in the order of `varied`; phases only where the increment leaves a choice."""
    names = ["as scored", *(f"HU {shift:+d}" for shift in HU_SHIFTS)]
    names += [f"minimum area {area} mm2" for area in MIN_AREAS_MM2]
    step = _phase_step(grid)
    return names + [f"every slice {start + 1} of {step}" for start in range(step) if step > 1]


def varied(
    found: Counted,
    group: NDArray[np.intp],
    n: int,
    blocked: Flat,
    hu: NDArray[np.int16],
    grid: Grid,
    rules: RuleSet,
) -> NDArray[np.float64]:
    """Agatston of groups of lesions under every variation.

    Args:
        found: The lesions as they are scored.
        group: (pixels,) group of each pixel, 0 to n-1; groups are so far apart that they cannot meet (REACH_PX).
        n: Number of groups.
        blocked: Rising flat indices of labelled voxels nearby that are not scored; nothing grows into them.
        hu: (z, y, x) int16 of the whole volume.
        grid: Grid of the volume.
        rules: Rule set in force; objects lie within slices.

    Returns:
        (members, n), members in the order of `member_names`.

    Source:
        clinical-rules.md section 3, "Stability".
    """
    factor = grid.pixel_mm2 * rules.increment_factor(grid.increment_mm)
    pixels = replace(found.pixels, label=group.astype(np.int32))

    def scores(pixels: Pixels, rules: RuleSet) -> NDArray[np.floating]:
        return np.bincount(pixels.label, counted(pixels, grid, rules).weight, n) * factor

    members: list[NDArray[np.floating]] = [np.bincount(group, found.weight, n) * factor]
    members += [scores(_shifted(pixels, shift, blocked, hu, rules.limit_hu), rules) for shift in HU_SHIFTS]
    members += [scores(pixels, replace(rules, min_area_mm2=area)) for area in MIN_AREAS_MM2]
    return np.array([*members, *_phases(found, group, n, grid, rules)], np.float64)


def _shifted(pixels: Pixels, shift: int, blocked: Flat, hu: NDArray[np.int16], limit_hu: int) -> Pixels:
    """The pixels with HU moved; upwards, labels first grow into what now reaches the limit beside them."""
    if shift > 0:
        bright = pixels.hu.astype(np.int32) + shift >= limit_hu
        at, label = pixels.at[bright], pixels.label[bright]
        for _ in range(GROWTH_PX):
            at, label = _beside(at, label, pixels.shape_zyx)
            free = ~(contains(pixels.at, at) | contains(blocked, at))
            at, label = at[free], label[free]
            bright = values_at(hu, at).astype(np.int32) + shift >= limit_hu
            at, label = at[bright], label[bright]
            pixels = _with(pixels, at, label, values_at(hu, at))
    moved = (pixels.hu.astype(np.int32) + shift).clip(-32768, 32767).astype(np.int16)
    return replace(pixels, hu=moved)


def _with(pixels: Pixels, at: Flat, label: NDArray[np.int32], hu: NDArray[np.int16]) -> Pixels:
    """The pixels and others that are none of them."""
    all_at = np.concatenate((pixels.at, at))
    order = np.argsort(all_at, kind="stable")
    labels, values = np.concatenate((pixels.label, label)), np.concatenate((pixels.hu, hu))
    return Pixels(all_at[order], labels[order], values[order], pixels.shape_zyx)


def _beside(
    at: Flat, label: NDArray[np.int32], shape_zyx: tuple[int, int, int]
) -> tuple[Flat, NDArray[np.int32]]:
    """The four neighbours in the slice of listed voxels, rising, each once, and the label of one they lie beside."""
    _, rows, columns = shape_zyx
    x, y = at % columns, (at // columns) % rows
    steps = ((-1, x > 0), (1, x < columns - 1), (-columns, y > 0), (columns, y < rows - 1))
    reached = np.concatenate([at[allowed] + step for step, allowed in steps])
    found, first = np.unique(reached, return_index=True)
    return found, np.concatenate([label[allowed] for _, allowed in steps])[first]


def _phase_step(grid: Grid) -> int:
    """Every how many slices a scan of 3 mm would have been; 1 where the increment leaves no choice."""
    return round(REFERENCE_INCREMENT_MM / grid.increment_mm) if grid.increment_mm <= PHASE_FROM_MM else 1


def _phases(
    found: Counted, group: NDArray[np.intp], n: int, grid: Grid, rules: RuleSet
) -> list[NDArray[np.floating]]:
    step = _phase_step(grid)
    if step == 1:
        return []
    # a slice's components are its own, so a scan of fewer slices keeps the weights of those it has
    factor = grid.pixel_mm2 * rules.increment_factor(grid.increment_mm * step)
    start = found.pixels.slice_index % step
    return [np.bincount(group, found.weight * (start == first), n) * factor for first in range(step)]
