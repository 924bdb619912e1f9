"""What a phantom's calcium really scores: a slow and obvious count that shares no code with the program's.

It walks slices, finds components by flood fill, multiplies area by weight and adds up. Law: the literature
rule set of the clinical rules (limit by tube voltage, 2-D components of edge neighbours over all scored
labels, at least 1 mm2, peak of the component in its slice, times increment / 3 mm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.categories import classic5, reported
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import LABEL_OF_ARTERY, Artery
from cacviewer.core.rulesets import KVP_EDGES_HU, nominal_kvp

LEAST_AREA_MM2 = 1.0
REFERENCE_MM = 3.0

Index = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pixel:
    """A counted pixel: its label, HU and the weight of its component."""

    label: int
    hu: int
    weight: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Scores of some pixels: Agatston (scaled to 3 mm and raw), mm3, mg."""

    agatston: float
    agatston_raw: float
    volume_mm3: float
    mass_mg: float

    def plain(self) -> dict[str, float]:
        """As in truth.json."""
        return {
            "agatston": self.agatston,
            "agatston_raw": self.agatston_raw,
            "volume_mm3": self.volume_mm3,
            "mass_mg": self.mass_mg,
        }


def counted_pixels(
    hu: NDArray[np.int16], labels: NDArray[np.uint8], grid: Grid, kvp: float = 120
) -> dict[Index, Pixel]:
    """The pixels that count, by index (z, y, x).

    Args:
        hu: (z, y, x) int16.
        labels: (z, y, x) uint8; 1 to 5 are scored, 0 and 6 are not.
        grid: Spacing in mm.
        kvp: Tube voltage of the table of limits.
    """
    edges = KVP_EDGES_HU[nominal_kvp(kvp)]
    counted: dict[Index, Pixel] = {}
    for component in _flood(_bright(hu, labels, edges[0]), IN_SLICE):
        if len(component) * grid.pixel_mm2 < LEAST_AREA_MM2 - 1e-9:
            continue
        peak = max(int(hu[index]) for index in component)
        weight = sum(1 for edge in edges if peak >= edge)
        for index in component:
            counted[index] = Pixel(int(labels[index]), int(hu[index]), weight)
    return counted


def sums(pixels: list[Pixel], grid: Grid, kvp: float = 120) -> Sums:
    """Adds up pixels; mass with 0.1 mg/mm3 standing for the limit."""
    raw = 0.0
    mass_mg = 0.0
    for pixel in pixels:
        raw += pixel.weight * grid.pixel_mm2
        mass_mg += pixel.hu * grid.voxel_mm3 * 0.1 / KVP_EDGES_HU[nominal_kvp(kvp)][0]
    return Sums(raw * grid.increment_mm / REFERENCE_MM, raw, len(pixels) * grid.voxel_mm3, mass_mg)


def truth_of(
    hu: NDArray[np.int16], labels: NDArray[np.uint8], grid: Grid, kvp: float = 120
) -> dict[str, Any]:
    """Totals, arteries, category and lesions in the layout of case.json.

    A lesion is a 26-connected object of scored voxels at or above the limit; one whose Agatston is 0 is
    listed and not counted.
    """
    counted = counted_pixels(hu, labels, grid, kvp)
    bright = _bright(hu, labels, KVP_EDGES_HU[nominal_kvp(kvp)][0])
    lesions = [_lesion(voxels, hu, labels, grid, counted, kvp) for voxels in _flood(bright, IN_SPACE)]
    lesions.sort(key=lambda lesion: (-lesion["agatston"], lesion["id"]))
    arteries = {}
    for artery in Artery:
        own = [pixel for pixel in counted.values() if pixel.label == LABEL_OF_ARTERY[artery]]
        number = sum(1 for lesion in lesions if lesion["artery"] == artery.value and lesion["agatston"] > 0)
        arteries[artery.value] = sums(own, grid, kvp).plain() | {"lesions": number}
    total = sums(list(counted.values()), grid, kvp)
    return {
        "totals": total.plain() | {"lesions": sum(1 for lesion in lesions if lesion["agatston"] > 0)},
        "arteries": arteries,
        "category": {"scheme": "classic5", "label": classic5(reported(total.agatston))},
        "lesions": lesions,
    }


def _lesion(
    voxels: list[Index],
    hu: NDArray[np.int16],
    labels: NDArray[np.uint8],
    grid: Grid,
    counted: dict[Index, Pixel],
    kvp: float,
) -> dict[str, Any]:
    own = [counted[index] for index in voxels if index in counted]
    score = sums(own, grid, kvp)
    values = [int(hu[index]) for index in voxels]
    named = [int(labels[index]) for index in voxels]
    label = max(sorted(set(named)), key=named.count)
    peak = voxels[values.index(max(values))]
    centroid = grid.lps_mm(np.mean(voxels, axis=0))
    return {
        "id": "z{:03d}y{:03d}x{:03d}".format(*peak),
        "artery": next(artery.value for artery, number in LABEL_OF_ARTERY.items() if number == label),
        "centroid_lps_mm": [round(float(v), 3) for v in centroid],
        "agatston": score.agatston,
        "agatston_raw": score.agatston_raw,
        "volume_mm3": score.volume_mm3,
        "mass_mg": score.mass_mg,
        "max_hu": max(values),
        "mean_hu": sum(values) / len(values),
    }


def _bright(hu: NDArray[np.int16], labels: NDArray[np.uint8], limit_hu: int) -> set[Index]:
    scored = (labels >= 1) & (labels <= 5) & (hu >= limit_hu)
    return {(int(z), int(y), int(x)) for z, y, x in np.argwhere(scored)}


IN_SLICE = [(0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)]
IN_SPACE = [
    (dz, dy, dx) for dz in (-1, 0, 1) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dz, dy, dx) != (0, 0, 0)
]


def _flood(free: set[Index], steps: list[Index]) -> list[list[Index]]:
    """Components of a set of indices, each in raster order, in raster order of their first."""
    left = set(free)
    found = []
    for start in sorted(free):
        if start not in left:
            continue
        left.remove(start)
        waiting, component = [start], []
        while waiting:
            z, y, x = waiting.pop()
            component.append((z, y, x))
            for dz, dy, dx in steps:
                neighbour = (z + dz, y + dy, x + dx)
                if neighbour in left:
                    left.remove(neighbour)
                    waiting.append(neighbour)
        found.append(sorted(component))
    return found
