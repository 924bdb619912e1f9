"""Does a heart stay the same heart when the same scan comes in other slices, another field, with more noise?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.geometry import Grid
from cacviewer.core.volume import Volume
from cacviewer.evaluation.overlap import dice

Mask = NDArray[np.bool_]
FIELD_MM = 200.0
SHIFT_MM = 12.0
NOISE_HU = 30.0


@dataclass(frozen=True, slots=True)
class RobustnessRow:
    """Dice of the first answer with the answer on the changed scan, compared where both scans reach."""

    case: str
    change: str
    heart_dice: float
    aorta_dice: float


@dataclass(frozen=True, slots=True)
class _Changed:
    """A changed scan, the first answer on its grid."""

    volume: Volume
    heart: Mask
    aorta: Mask


def robustness(name: str, volume: Volume, segment: Callable[[Volume], Anatomy]) -> Iterator[RobustnessRow]:
    """Segments a scan and its changed copies: slices of 1, 3 and 5 mm, a field of 200 mm, a shift, noise.

    The changes are made on the scan's own axes; a field is cut around the middle of the first heart.
    """
    first = segment(volume)
    for change, make in CHANGES.items():
        changed = make(volume, first)
        again = segment(changed.volume)
        yield RobustnessRow(name, change, dice(again.heart, changed.heart), dice(again.aorta, changed.aorta))


def _slices(thickness_mm: float, volume: Volume, first: Anatomy) -> _Changed:
    """Averaged over the thickness where that is coarser, interpolated where it is finer."""
    step = volume.grid.spacing_mm[0]
    count = max(2, int(volume.grid.shape_zyx[0] * step / thickness_mm))
    middles = (np.arange(count) + 0.5) * thickness_mm
    centres = (np.arange(volume.grid.shape_zyx[0]) + 0.5) * step
    reach = max(step, thickness_mm)
    weights = np.maximum(0, 1 - np.abs(middles[:, None] - centres[None, :]) / reach)
    weights = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)

    def across(array: NDArray[np.generic]) -> NDArray[np.float32]:
        flat = np.asarray(array, np.float32).reshape(len(array), -1)
        return np.asarray((weights @ flat).reshape(count, *array.shape[1:]))

    grid = _moved(volume.grid, (middles[0] - centres[0]) / step, 0, 0)
    grid = replace(
        grid,
        shape_zyx=(count, *volume.grid.shape_zyx[1:]),
        spacing_mm=(thickness_mm, *volume.grid.spacing_mm[1:]),
    )
    hu = np.rint(across(volume.hu)).astype(np.int16)
    return _Changed(replace(volume, hu=hu, grid=grid), across(first.heart) >= 0.5, across(first.aorta) >= 0.5)


def _field(volume: Volume, first: Anatomy) -> _Changed:
    inside = []
    for axis in (1, 2):
        spacing, size = volume.grid.spacing_mm[axis], volume.grid.shape_zyx[axis]
        hit = np.flatnonzero(first.heart.any(axis=tuple({0, 1, 2} - {axis})))
        middle = (hit[0] + hit[-1]) / 2 if len(hit) else size / 2
        half = FIELD_MM / spacing / 2
        inside.append(slice(max(0, int(middle - half)), min(size, int(middle + half) + 1)))
    at = (slice(None), *inside)
    grid = _moved(volume.grid, 0, inside[0].start, inside[1].start)
    hu = np.ascontiguousarray(volume.hu[at])
    grid = replace(grid, shape_zyx=(hu.shape[0], hu.shape[1], hu.shape[2]))
    return _Changed(replace(volume, hu=hu, grid=grid), first.heart[at], first.aorta[at])


def _shifted(volume: Volume, first: Anatomy) -> _Changed:
    """The patient lies elsewhere in the field: moved in the image plane, padded with air."""
    steps = [round(SHIFT_MM / volume.grid.spacing_mm[axis]) for axis in (1, 2)]

    def moved(array: NDArray[np.generic], empty: int) -> NDArray[np.generic]:
        target = np.full_like(array, empty)
        target[:, steps[0] :, steps[1] :] = array[:, : -steps[0], : -steps[1]]
        return target

    hu = np.asarray(moved(volume.hu, -1024), np.int16)
    masks = [np.asarray(moved(mask, 0), bool) for mask in (first.heart, first.aorta)]
    return _Changed(replace(volume, hu=hu), masks[0], masks[1])


def _noisy(volume: Volume, first: Anatomy) -> _Changed:
    rng = np.random.default_rng(20)
    noise = rng.standard_normal(volume.hu.shape, np.float32) * np.float32(NOISE_HU)
    hu = np.clip(np.rint(volume.hu + noise), -1024, 3071).astype(np.int16)
    return _Changed(replace(volume, hu=hu), first.heart, first.aorta)


def _moved(grid: Grid, z: float, y: float, x: float) -> Grid:
    """The grid whose first voxel lies at the index (z, y, x) of the given one."""
    place = grid.lps_mm((z, y, x))
    return replace(grid, origin_lps_mm=(float(place[0]), float(place[1]), float(place[2])))


CHANGES: dict[str, Callable[[Volume, Anatomy], _Changed]] = {
    **{f"slices of {mm:g} mm": partial(_slices, mm) for mm in (1.0, 3.0, 5.0)},
    "field of 200 mm": _field,
    "moved by 12 mm": _shifted,
    "noise of 30 HU": _noisy,
}
