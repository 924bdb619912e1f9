"""Statistics of agreement between a program and a reader: lesions, scores, classes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.pixels import contains, objects_of, pixels_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Detection:
    """Lesions of both sides.

    Attributes:
        true: Lesions that are there.
        found: Those of them that share a voxel with a counted one.
        counted: Lesions that the program counts.
        right: Those of them that share a voxel with a true one.
    """

    true: float = 0
    found: float = 0
    counted: float = 0
    right: float = 0

    def __add__(self, other: Detection) -> Detection:
        return Detection(
            self.true + other.true,
            self.found + other.found,
            self.counted + other.counted,
            self.right + other.right,
        )

    @property
    def sensitivity(self) -> float:
        """Share of true ones that are found; not a number without true ones."""
        return self.found / self.true if self.true else math.nan

    @property
    def ppv(self) -> float:
        """Share of counted ones that are right; not a number without counted ones."""
        return self.right / self.counted if self.counted else math.nan

    @property
    def f1(self) -> float:
        """Harmonic mean of sensitivity and PPV: 1 where there is nothing on either side, 0 where nothing meets."""
        if not self.true and not self.counted:
            return 1.0
        if not self.found or not self.right:
            return 0.0
        return 2 * self.sensitivity * self.ppv / (self.sensitivity + self.ppv)


def detection_by_number(true: Mask, counted: Mask) -> Detection:
    """Lesions as face-connected objects of two masks (z, y, x), met where they share a voxel (orCaScore)."""
    at = [pixels_of(np.zeros(mask.shape, np.int16), mask.astype(np.int8)).at for mask in (true, counted)]
    shape = (true.shape[0], true.shape[1], true.shape[2])
    sizes = []
    for own, other in (at, at[::-1]):
        number, n = objects_of(own, shape, across_slices=True)
        hit = np.bincount(number, contains(other, own), n) > 0 if n else np.zeros(0, bool)
        sizes.append((n, int(hit.sum())))
    (true_n, found), (counted_n, right) = sizes
    return Detection(true_n, found, counted_n, right)


def detection_by_volume(true: Mask, counted: Mask, voxel_mm3: float) -> Detection:
    """The same in mm3: found and right is what both sides have."""
    both = int(np.count_nonzero(true & counted)) * voxel_mm3
    return Detection(
        int(np.count_nonzero(true)) * voxel_mm3, both, int(np.count_nonzero(counted)) * voxel_mm3, both
    )


def icc_absolute(a: Sequence[float], b: Sequence[float]) -> float:
    """Two-way intraclass correlation for absolute agreement of single measurements, ICC(A,1).

    Args:
        a: One number a case.
        b: The other side's.

    Returns:
        At most 1; not a number with fewer than two cases.

    Source:
        McGraw and Wong, Psychological Methods 1996;1:30.
    """
    x = np.array([a, b], float).T
    n, k = x.shape
    if n < 2:
        return math.nan
    rows, columns, mean = x.mean(1, keepdims=True), x.mean(0, keepdims=True), x.mean()
    between_cases = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    between_sides = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    error = float(((x - rows - columns + mean) ** 2).sum()) / ((n - 1) * (k - 1))
    below = between_cases + (k - 1) * error + k * (between_sides - error) / n
    return (between_cases - error) / below if below else 1.0


def weighted_kappa(a: Sequence[int], b: Sequence[int], classes: int) -> float:
    """Cohen's kappa with linear weights; 1 where both sides put all cases in one and the same class.

    Args:
        a: Class 0 to classes-1 of each case.
        b: The other side's.
        classes: How many there are.

    Source:
        Cohen, Psychological Bulletin 1968;70:213.
    """
    if not len(a):
        return math.nan
    table = confusion(a, b, classes)
    rank = np.arange(classes)
    apart = np.abs(rank[:, None] - rank[None, :])
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    expected = float((apart * chance).sum())
    return 1 - float((apart * table).sum()) / expected if expected else 1.0


def confusion(a: Sequence[int], b: Sequence[int], classes: int) -> NDArray[np.int64]:
    """(classes, classes) number of cases: rows are a's classes, columns b's."""
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (np.asarray(a, int), np.asarray(b, int)), 1)
    return table


@dataclass(frozen=True, slots=True)
class BlandAltman:
    """Mean of the differences, and limits that 95 % of them lie within (bias +- 1.96 sd)."""

    bias: float
    low: float
    high: float


def bland_altman(measured: Sequence[float], true: Sequence[float]) -> BlandAltman:
    """Source: Bland and Altman, Lancet 1986;1:307."""
    apart = np.subtract(measured, true)
    bias = float(apart.mean())
    spread = 1.96 * float(apart.std(ddof=1)) if len(apart) > 1 else math.nan
    return BlandAltman(bias, bias - spread, bias + spread)


def rmse(measured: Sequence[float], true: Sequence[float]) -> float:
    """Root of the mean squared difference."""
    return math.sqrt(float(np.mean(np.subtract(measured, true) ** 2))) if len(true) else math.nan
