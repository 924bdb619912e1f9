"""Agatston, volume and mass of lesions under one rule set.

A score is a function of voxels, labels, grid and rules. Every scored pixel gets the weight of its component,
and a score of anything is a sum over pixels: lesions add up to arteries, and arteries to the total, which
does not depend on how arteries are named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.pixels import Pixels, objects_of, pixels_of
from cacviewer.core.rulesets import REFERENCE_INCREMENT_MM, RuleSet

AREA_TOLERANCE_MM2 = 1e-9
T = TypeVar("T", bound=np.generic)


UNDEFINED = math.nan
"""A number that a rule set does not define. It stays undefined in every sum and is printed as a dash."""


@dataclass(frozen=True, slots=True)
class Score:
    """Calcium of a lesion, an artery or a case; `agatston_raw` is not scaled to 3 mm slices.

    A number that the rule set does not define is UNDEFINED (not a number).
    """

    agatston: float = 0.0
    agatston_raw: float = 0.0
    volume_mm3: float = 0.0
    mass_mg: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.agatston + other.agatston,
            self.agatston_raw + other.agatston_raw,
            self.volume_mm3 + other.volume_mm3,
            self.mass_mg + other.mass_mg,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What a rule set counts of a list of voxels.

    Attributes:
        pixels: The voxels that were looked at.
        weight: (n,) uint8, the weight of each one's object; 0 where it does not count.
        kept: (n,) bool, those of volume and mass.
        rounded: Sum of the scores of objects, each rounded, where the rule set does that; else None.
        mass_hu: (n,) HU for the mass: each voxel's own, or its object's mean.
    """

    pixels: Pixels
    weight: NDArray[np.uint8]
    kept: NDArray[np.bool_]
    rounded: float | None
    mass_hu: NDArray[np.int16] | NDArray[np.float64]


def counted(pixels: Pixels, grid: Grid, rules: RuleSet) -> Counted:
    """Forms the objects of a rule set and weighs them.

    Objects are formed over all labels, so that the total does not depend on how arteries are named.

    Args:
        pixels: The labelled voxels.
        grid: Spacing in mm.
        rules: Rule set in force.

    Source:
        clinical-rules.md, section 3.
    """
    objects = _objects(pixels, _eligible(pixels.hu, rules), grid, rules)
    weights = _weights(pixels.hu, objects, rules)
    weight = _spread(weights, objects, pixels)
    rounded = None
    if rules.round_digits is not None:
        rounded = _sum_of_rounded(objects.size[objects.large], weights[objects.large], grid, rules)
    mass_hu = _spread(_means(pixels.hu, objects), objects, pixels) if rules.mass_by_mean else pixels.hu
    if rules.volume_limit_hu is not None:
        objects = _objects(pixels, pixels.hu >= rules.volume_limit_hu, grid, rules)
    return Counted(pixels, weight, _spread(objects.large, objects, pixels), rounded, mass_hu)


def scores_by_label(
    found: Counted, grid: Grid, rules: RuleSet, mass_factor: float | None = None
) -> dict[int, Score]:
    """Sums over the counted pixels of each label.

    Args:
        found: From `counted`.
        grid: Spacing and increment in mm.
        rules: Rule set in force.
        mass_factor: Calibration c in mg / (mm3 HU); None for the rule set's default.

    Returns:
        Label to Score for every label present; zeros where no component is large enough. Under a rule set without
        scores of lesions (`RuleSet.per_lesion`) only `total_of` means something.

    Source:
        clinical-rules.md, sections 3 and 4 (Agatston 1990; Hong 2002 for the mass).
    """
    label, kept = found.pixels.label, found.kept
    n = int(label.max(initial=0)) + 1
    raw = np.bincount(label, found.weight, n) * grid.pixel_mm2
    voxel_mm3 = grid.pixel_mm2 * rules.depth_mm(grid.increment_mm)
    volume_mm3 = np.bincount(label, kept, n) * voxel_mm3
    mass = np.bincount(label, found.mass_hu * kept, n) * (voxel_mm3 * mass_factor_of(rules, mass_factor))
    agatston = raw * rules.increment_factor(grid.increment_mm)
    columns = np.column_stack((agatston, raw, volume_mm3, mass)).tolist()
    present = np.flatnonzero(np.bincount(label, minlength=n)).tolist()
    return {i: Score(*columns[i]) for i in present}


def score_labels(
    hu: NDArray[np.int16],
    labels: NDArray[np.integer],
    grid: Grid,
    rules: RuleSet,
    mass_factor: float | None = None,
) -> dict[int, Score]:
    """As `scores_by_label`, from arrays (z, y, x) of HU and labels; 0 is no label."""
    return scores_by_label(counted(pixels_of(hu, labels), grid, rules), grid, rules, mass_factor)


def total_of(found: Counted, grid: Grid, rules: RuleSet, mass_factor: float | None = None) -> Score:
    """Score of all voxels together; every rule set has it."""
    total = sum(scores_by_label(found, grid, rules, mass_factor).values(), Score())
    return as_published(total, rules, found.rounded)


def mass_factor_of(rules: RuleSet, mass_factor: float | None) -> float:
    """C in force: the rule set's own, else the calibration, else the default; UNDEFINED without a mass."""
    if not rules.has_mass:
        return UNDEFINED
    if rules.own_mass_factor is not None:
        return rules.own_mass_factor
    return rules.default_mass_factor if mass_factor is None else mass_factor


def as_published(total: Score, rules: RuleSet, rounded: float | None) -> Score:
    """A total with the numbers that the rule set defines.

    Args:
        total: Sum over pixels.
        rules: Rule set in force.
        rounded: Sum of the scores of objects where the rule set rounds them.
    """
    agatston, raw = total.agatston, total.agatston_raw
    if not rules.has_agatston:
        agatston = raw = UNDEFINED
    elif rounded is not None:
        agatston = _rounded(rounded, rules)
    return Score(agatston, raw, total.volume_mm3, total.mass_mg if rules.has_mass else UNDEFINED)


@dataclass(frozen=True, slots=True, eq=False)
class _Objects:
    """Objects 0 to n-1: which of the voxels are theirs, whose each of those is, their sizes, large enough."""

    eligible: NDArray[np.bool_]
    number: NDArray[np.intp]
    size: NDArray[np.intp]
    large: NDArray[np.bool_]


def _eligible(hu: NDArray[np.int16], rules: RuleSet) -> NDArray[np.bool_]:
    if rules.mask_decides:
        return np.ones(hu.shape, bool)
    bright = hu >= rules.limit_hu
    return bright if rules.top_hu is None else bright & (hu <= rules.top_hu)


def _objects(pixels: Pixels, eligible: NDArray[np.bool_], grid: Grid, rules: RuleSet) -> _Objects:
    number, n = objects_of(
        pixels.at[eligible], pixels.shape_zyx, diagonal=rules.diagonal, across_slices=rules.across_slices
    )
    size = np.bincount(number, minlength=n)
    large = (size * grid.pixel_mm2 >= rules.min_area_mm2 - AREA_TOLERANCE_MM2) & (size >= rules.min_pixels)
    return _Objects(eligible, number, size, large)


def _spread(of_object: NDArray[T], objects: _Objects, pixels: Pixels) -> NDArray[T]:
    """What is known of objects, for each voxel; 0 for voxels of none."""
    spread = np.zeros(len(pixels.at), of_object.dtype)
    spread[objects.eligible] = of_object[objects.number]
    return spread


def _weights(hu: NDArray[np.int16], objects: _Objects, rules: RuleSet) -> NDArray[np.uint8]:
    """Weight of every object by its number, 0 where it is too small."""
    values = hu[objects.eligible]
    peak_hu = np.full(len(objects.size), np.iinfo(hu.dtype).min, hu.dtype)
    if rules.peak_rank == 1:
        np.maximum.at(peak_hu, objects.number, values)
    else:
        ordered = values[np.lexsort((values, objects.number))]
        end = np.cumsum(objects.size)
        has_rank = objects.size >= rules.peak_rank
        peak_hu[has_rank] = ordered[end[has_rank] - rules.peak_rank]
        peak_hu[~has_rank] = rules.edges_hu[0]
    weight = np.searchsorted(rules.edges_hu, peak_hu, side="right").astype(np.uint8)
    weight[~objects.large] = 0
    return weight


def _means(hu: NDArray[np.int16], objects: _Objects) -> NDArray[np.float64]:
    sums = np.bincount(objects.number, hu[objects.eligible], len(objects.size))
    return np.asarray(sums / objects.size)


def _sum_of_rounded(sizes: NDArray[np.intp], weights: NDArray[np.uint8], grid: Grid, rules: RuleSet) -> float:
    unit = grid.pixel_mm2 * rules.depth_mm(grid.increment_mm) / REFERENCE_INCREMENT_MM
    if rules.round_unit:
        unit = _rounded(unit, rules)
    pairs = zip(sizes.tolist(), weights.tolist(), strict=True)
    return sum((_rounded(size * unit * weight, rules) for size, weight in pairs), 0.0)


def _rounded(value: float, rules: RuleSet) -> float:
    """Rounded on the exact binary value, ties as the rule set says."""
    tie = ROUND_HALF_EVEN if rules.round_half_even else ROUND_HALF_UP
    return float(Decimal(value).quantize(Decimal(1).scaleb(-(rules.round_digits or 0)), rounding=tie))
