"""Random boxes cut out of a case: place, scale, rotation, stretch and bending in one interpolation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import AIR_HU
from cacviewer.training.cases import Level, TrainingCase

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """A kind of box that the network is shown.

    Attributes:
        size: Voxels along each side.
        spacing_mm: Smallest and largest voxel size.
        shift_mm: Largest distance of its middle from the middle of the heart (or of the body, if wide).
        wide: Whole chest (the localising pass) instead of the heart with a margin.
        aorta: Laid around a random place of the aorta instead of the heart: where the fine pass ends, the aorta
            is followed by boxes of its own.
    """

    size: int
    spacing_mm: tuple[float, float]
    shift_mm: float
    wide: bool
    aorta: bool = False


@dataclass(slots=True)
class Sample:
    """A box: HU, and the shares 0..1 of heart, aorta and body, all (z, y, x) float32."""

    hu: Floats
    heart: Floats
    aorta: Floats
    body: Floats
    spacing_mm: float
    contrast: bool


def draw(case: TrainingCase, view: View, rng: np.random.Generator) -> Sample:
    """Cuts a random box of the kind `view` out of a case."""
    spacing = float(np.exp(rng.uniform(*np.log(view.spacing_mm))))
    stretch = np.exp(rng.normal(0, 0.05, 3))
    matrix = _rotation(rng, degrees=(10, 8, 8)) * (stretch * spacing)[None, :]  # z, y, x mm per voxel
    centre = _centre(case, view, rng)
    level = _level_for(case, spacing)
    offset = centre - matrix @ np.full(3, (view.size - 1) / 2)
    bend = _bend(view.size, spacing, rng) if rng.random() < 0.3 else None
    arrays = [_cut(a, level, matrix, offset, view.size, bend) for a in (level.hu, level.heart, level.aorta)]
    body = _cut(level.body, level, matrix, offset, view.size, bend)
    share = np.float32(1 / 255)
    return Sample(arrays[0], arrays[1] * share, arrays[2] * share, body * share, spacing, case.contrast)


def _centre(case: TrainingCase, view: View, rng: np.random.Generator) -> NDArray[np.float64]:
    size = np.asarray(case.size_mm)
    shift = rng.uniform(-1, 1, 3) * view.shift_mm
    if case.heart_mm is None or rng.random() < 0.06:
        return np.asarray(rng.uniform(0, 1, 3) * size)
    heart = np.asarray(case.heart_mm)
    if view.aorta:
        coarsest = case.levels[-1]
        places = np.flatnonzero(coarsest.aorta > 127)
        if len(places):
            place = np.unravel_index(int(rng.choice(places)), coarsest.aorta.shape)
            return np.asarray((np.asarray(place) + 0.5) * coarsest.spacing_mm + shift)
    if not view.wide:
        return np.asarray(heart + shift + (12.0, 0.0, 0.0))  # the box reaches up to the arch
    middle = size / 2
    middle[0] = heart[0] + rng.uniform(-0.3, 0.3) * view.size * np.mean(view.spacing_mm)
    return np.asarray(middle + shift)


def _level_for(case: TrainingCase, spacing_mm: float) -> Level:
    fitting = [level for level in case.levels if max(level.spacing_mm[1:]) <= spacing_mm]
    return fitting[-1] if fitting else case.levels[0]


def _rotation(rng: np.random.Generator, degrees: tuple[float, float, float]) -> NDArray[np.float64]:
    matrix = np.eye(3)
    for axis, limit in enumerate(degrees):
        angle = np.deg2rad(rng.normal(0, limit / 2))
        a, b = [i for i in range(3) if i != axis]
        turn = np.eye(3)
        turn[a, a] = turn[b, b] = np.cos(angle)
        turn[a, b], turn[b, a] = -np.sin(angle), np.sin(angle)
        matrix = matrix @ turn
    return matrix


def _bend(size: int, spacing_mm: float, rng: np.random.Generator) -> Floats:
    """Smooth displacement (3, size, size, size) in voxels of the box: knots about 50 mm apart, sd 4 mm."""
    knots = max(4, round(size * spacing_mm / 50) + 1)
    field = rng.normal(0, 4 / spacing_mm, (3, knots, knots, knots)).astype(np.float32)
    spline = _smooth_matrix(knots, size)
    field = np.einsum("czyx,Xx->czyX", field, spline, optimize=True)
    field = np.einsum("czyX,Yy->czYX", field, spline, optimize=True)
    return np.asarray(np.einsum("czYX,Zz->cZYX", field, spline, optimize=True), np.float32)


def _smooth_matrix(knots: int, size: int) -> Floats:
    """Cubic B-spline weights (size, knots)."""
    t = np.abs(np.linspace(0, knots - 1, size)[:, None] - np.arange(knots)[None, :])
    inner, outer = 2 / 3 - t**2 + t**3 / 2, np.clip(2 - t, 0, None) ** 3 / 6
    weights = np.where(t < 1, inner, outer)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _cut(
    array: NDArray[np.generic],
    level: Level,
    matrix: NDArray[np.float64],
    offset_mm: NDArray[np.float64],
    size: int,
    bend: Floats | None,
) -> Floats:
    from scipy import ndimage

    spacing = np.asarray(level.spacing_mm)
    matrix, offset = matrix / spacing[:, None], offset_mm / spacing - 0.5
    outside = AIR_HU if array.dtype == np.int16 else 0
    if bend is None:
        return np.asarray(
            ndimage.affine_transform(
                array,
                matrix,
                offset,
                (size,) * 3,
                np.float32,
                order=1,
                mode="constant",
                cval=outside,
                prefilter=False,
            )
        )
    at = np.indices((size,) * 3, np.float32) + bend
    at = np.tensordot(matrix.astype(np.float32), at, axes=1) + offset.astype(np.float32)[:, None, None, None]
    return np.asarray(ndimage.map_coordinates(array, at, np.float32, 1, "constant", outside, False))
