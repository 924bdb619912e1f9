"""Patients for training: read once, brought to LPS axes, kept as small arrays on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.errors import UnreadableInput
from cacviewer.models.images import read_image
from cacviewer.models.preprocess import AIR_HU, axes_of, canonical
from cacviewer.training.layouts import CaseFiles

BODY, HEART, AORTA = 1, 2, 4
"""Bits of the stored label volume."""
CACHE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Level:
    """One resolution of a case: HU and, as 0..255, the share of heart, aorta and body in each voxel."""

    spacing_mm: tuple[float, float, float]
    hu: NDArray[np.int16]
    heart: NDArray[np.uint8]
    aorta: NDArray[np.uint8]
    body: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TrainingCase:
    """A patient: coarser and coarser levels, and where the heart is.

    Attributes:
        name: Name of the folder.
        levels: Finest first; (z up, y back, x left).
        heart_mm: Middle of the heart's box as z, y, x mm from the outer corner; None without a heart.
        contrast: Whether the blood is enhanced already.
    """

    name: str
    levels: tuple[Level, ...]
    heart_mm: tuple[float, float, float] | None
    contrast: bool

    @property
    def size_mm(self) -> tuple[float, float, float]:
        """Extent z, y, x in mm."""
        z, y, x = (n * d for n, d in zip(self.levels[0].hu.shape, self.levels[0].spacing_mm, strict=True))
        return z, y, x


def load_case(files: CaseFiles, cache: Path) -> TrainingCase:
    """Loads a case, from the cache when it is there.

    Raises:
        UnreadableInput: A mask does not have the size of the image.
    """
    key = hashlib.sha256(f"{CACHE_VERSION}:{files.key}".encode()).hexdigest()[:12]
    stored = cache / f"{files.name}-{key}.npz"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        hu, labels, spacing = _canonical_case(files)
        np.savez_compressed(stored, hu=hu, labels=labels, spacing=np.asarray(spacing))
    with np.load(stored) as data:
        return case_of(files.name, data["hu"], data["labels"], _three(data["spacing"]))


def case_of(
    name: str, hu: NDArray[np.int16], labels: NDArray[np.uint8], spacing_mm: tuple[float, float, float]
) -> TrainingCase:
    """Builds the levels of a case from canonical HU and label bits (z, y, x)."""
    full = Level(spacing_mm, hu, *(_share(labels, bit) for bit in (HEART, AORTA, BODY)))
    levels = [full]
    while (finer := levels[-1]) and min(finer.spacing_mm) < 1.8:
        factor = tuple(2 if d < 1.8 else 1 for d in finer.spacing_mm)
        coarser, *shares = (_block_mean(a, factor) for a in (finer.hu, finer.heart, finer.aorta, finer.body))
        levels.append(Level(_three(np.multiply(finer.spacing_mm, factor)), coarser.astype(np.int16), *shares))
    inside = labels & HEART > 0
    middle = None
    if inside.any():
        ends = [np.flatnonzero(inside.any(axis=tuple({0, 1, 2} - {axis}))) for axis in range(3)]
        middle = _three([(e[0] + e[-1] + 1) / 2 * d for e, d in zip(ends, spacing_mm, strict=True)])
    blood = hu[labels & AORTA > 0]
    return TrainingCase(name, tuple(levels), middle, bool(blood.size and np.median(blood) > 90))


def _canonical_case(
    files: CaseFiles,
) -> tuple[NDArray[np.int16], NDArray[np.uint8], tuple[float, float, float]]:
    hu, grid = read_image(files.image)
    axes = axes_of(grid)
    volume = np.ascontiguousarray(canonical(np.clip(hu, AIR_HU, 3071), axes)).astype(np.int16)
    labels = np.zeros(volume.shape, np.uint8)
    for organ, bit in (("heart", HEART), ("aorta", AORTA)):
        if organ not in files.masks:
            continue
        path, values = files.masks[organ]
        mask, mask_grid = read_image(path)
        turned = np.asarray(canonical(mask, axes_of(mask_grid)))
        if turned.shape != volume.shape:
            raise UnreadableInput(f"The {organ} mask does not have the size of the image.", path=str(path))
        drawn = turned > 0 if values is None else np.isin(turned, values)
        if organ == "heart" and files.closing_mm:
            drawn = _closed(drawn, files.closing_mm, axes.spacing_mm)
        labels[drawn] |= bit
    labels[body_mask(volume, axes.spacing_mm)] |= BODY
    box = _box_of(labels & BODY > 0)
    return volume[box], labels[box], axes.spacing_mm


def _closed(
    mask: NDArray[np.bool_], distance_mm: float, spacing_mm: tuple[float, float, float]
) -> NDArray[np.bool_]:
    """The mask after a morphological closing by a ball, through two distance maps."""
    from scipy import ndimage

    if not mask.any():
        return mask
    room = [int(np.ceil(distance_mm / d)) + 1 for d in spacing_mm]
    padded = np.pad(mask, [(n, n) for n in room])
    grown = ndimage.distance_transform_edt(~padded, sampling=spacing_mm) <= distance_mm
    closed = ndimage.distance_transform_edt(grown, sampling=spacing_mm) > distance_mm
    inner = tuple(slice(n, -n) for n in room)
    return np.asarray(closed[inner] | mask)


def body_mask(hu: NDArray[np.int16], spacing_mm: tuple[float, float, float]) -> NDArray[np.bool_]:
    """The body with lungs and a margin of about 6 mm, without the table: found on a grid of about 5 mm."""
    from scipy import ndimage

    step = tuple(max(1, round(5 / d)) for d in spacing_mm)
    coarse = np.pad(hu[:: step[0], :: step[1], :: step[2]] > -400, 2)
    coarse = ndimage.binary_opening(coarse, iterations=1)
    labels, n = ndimage.label(coarse)
    if not n:
        return np.ones(hu.shape, bool)
    largest = labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    filled = np.stack([ndimage.binary_fill_holes(plane) for plane in largest])
    filled = ndimage.binary_dilation(filled, iterations=2)[2:-2, 2:-2, 2:-2]
    for axis in range(3):
        filled = np.repeat(filled, step[axis], axis=axis)
    z, y, x = hu.shape
    return np.asarray(filled[:z, :y, :x])


def _box_of(mask: NDArray[np.bool_]) -> tuple[slice, slice, slice]:
    ends = [np.flatnonzero(mask.any(axis=tuple({0, 1, 2} - {axis}))) for axis in range(3)]
    z, y, x = (slice(int(e[0]), int(e[-1]) + 1) for e in ends)
    return z, y, x


def _share(labels: NDArray[np.uint8], bit: int) -> NDArray[np.uint8]:
    return np.where(labels & bit, np.uint8(255), np.uint8(0))


def _three(values: ArrayLike) -> tuple[float, float, float]:
    z, y, x = (float(v) for v in np.asarray(values))
    return z, y, x


def _block_mean(array: NDArray[Any], factor: tuple[int, ...]) -> NDArray[Any]:
    sizes = [n // f for n, f in zip(array.shape, factor, strict=True)]
    cut = array[tuple(slice(0, n * f) for n, f in zip(sizes, factor, strict=True))]
    shape = [v for n, f in zip(sizes, factor, strict=True) for v in (n, f)]
    means = np.rint(cut.reshape(shape).mean(axis=(1, 3, 5), dtype=np.float32))
    return np.asarray(means.astype(array.dtype))
