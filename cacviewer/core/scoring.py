"""Agatston, volume and mass of lesions under one rule set.

A score is a function of voxels, labels, grid and rules. Every scored pixel gets the weight of its component,
and a score of anything is a sum over pixels: lesions add up to arteries, and arteries to the total, which
does not depend on how arteries are named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.rulesets import RuleSet

AREA_TOLERANCE_MM2 = 1e-9


@dataclass(frozen=True, slots=True)
class Score:
    """Calcium of a lesion, an artery or a case; `agatston_raw` is not scaled to 3 mm slices."""

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


def score_labels(
    hu: NDArray[np.int16],
    labels: NDArray[np.int32],
    grid: Grid,
    rules: RuleSet,
    mass_factor: float | None = None,
) -> dict[int, Score]:
    """Scores each label in a box of the scan.

    Args:
        hu: (z, y, x) int16, Hounsfield units after rescale.
        labels: (z, y, x) int32, 0 where nothing is scored, else a lesion's or an artery's number.
        grid: Spacing and increment in mm.
        rules: HU limit, neighbourhood, smallest area, weights, scaling to the increment.
        mass_factor: Calibration c in mg / (mm3 HU); None for the rule set's default.

    Returns:
        Label to Score for every label present; zeros where no component is large enough.

    Source:
        clinical-rules.md, sections 3 and 4 (Agatston 1990; Hong 2002 for the mass).
    """
    return score_weighted(hu, labels, pixel_weights(hu, labels > 0, grid, rules), grid, rules, mass_factor)


def score_weighted(
    hu: NDArray[np.int16],
    labels: NDArray[np.int32],
    weight: NDArray[np.uint8],
    grid: Grid,
    rules: RuleSet,
    mass_factor: float | None = None,
) -> dict[int, Score]:
    """As `score_labels`, for pixels whose weights (z, y, x) are known: the components are formed once."""
    counted = weight > 0
    c = rules.default_mass_factor if mass_factor is None else mass_factor
    label, n = labels[counted], int(labels.max(initial=0)) + 1
    raw = np.bincount(label, weight[counted], n) * grid.pixel_mm2
    volume_mm3 = np.bincount(label, minlength=n) * grid.voxel_mm3
    mass_mg = np.bincount(label, hu[counted], n) * grid.voxel_mm3 * c
    agatston = raw * rules.increment_factor(grid.increment_mm)
    columns = np.column_stack((agatston, raw, volume_mm3, mass_mg)).tolist()
    present = np.flatnonzero(np.bincount(labels.ravel()))
    return {int(i): Score(*columns[i]) for i in present if i}


def pixel_weights(
    hu: NDArray[np.int16], inside: NDArray[np.bool_], grid: Grid, rules: RuleSet
) -> NDArray[np.uint8]:
    """Gives each pixel (z, y, x) the weight of its component, 0 where it does not count."""
    from scipy import ndimage  # slow to import, and the window starts without it

    # Neighbours only within a slice: one call finds the components of all slices. They are formed over all
    # labels, so that the total does not depend on how arteries are named.
    component, n = ndimage.label(inside & (hu >= rules.limit_hu), rules.neighbours)
    scored = component > 0
    area_mm2 = np.bincount(component[scored], minlength=n + 1) * grid.pixel_mm2
    peak_hu = np.full(n + 1, np.iinfo(hu.dtype).min, hu.dtype)
    np.maximum.at(peak_hu, component[scored], hu[scored])
    weight = np.searchsorted(rules.edges_hu, peak_hu, side="right")
    weight[area_mm2 < rules.min_area_mm2 - AREA_TOLERANCE_MM2] = 0
    weight[0] = 0  # no component
    weights: NDArray[np.uint8] = weight.astype(np.uint8)[component]
    return weights


def isotropic_volume_mm3(
    hu: NDArray[np.int16], kept: NDArray[np.bool_], grid: Grid, limit_hu: int, first_slice: int = 0
) -> float:
    """Callister's volume: HU interpolated linearly along z in steps of the pixel size, mm3.

    A voxel of an interpolated plane counts if it reaches the limit and the pixel above or below it counted
    in the score. Planes are counted from slice 0 of the volume, so a box gives what the volume gives as long
    as it has one slice more than `kept` on either side (where the volume has one).

    Args:
        hu: (z, y, x) int16 of a box of the volume.
        kept: (z, y, x) bool, pixels with a weight above 0.
        grid: Spacing in mm.
        limit_hu: HU >= limit counts.
        first_slice: Index of the box's first slice in the volume.

    Source:
        Callister et al., Radiology 1998;208:807, in the form of clinical-rules.md section 4.
    """
    step, increment, slices = math.sqrt(grid.pixel_mm2), grid.increment_mm, hu.shape[0]
    first = math.ceil(first_slice * increment / step - 1e-9)
    last = math.floor((first_slice + slices - 1) * increment / step + 1e-9)
    count = 0
    for plane in range(first, last + 1):
        position = plane * step / increment - first_slice
        i = min(max(math.floor(position + 1e-9), 0), slices - 1)
        f = position - i
        if f < 1e-9 or i == slices - 1:
            value = hu[i][kept[i]].astype(np.float64)
        else:
            near = kept[i] | kept[i + 1]
            value = (1 - f) * hu[i][near].astype(np.float64) + f * hu[i + 1][near]
        count += int((value >= limit_hu - 1e-9).sum())
    return count * grid.pixel_mm2 * step
