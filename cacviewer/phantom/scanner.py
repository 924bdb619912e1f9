"""The scanner: samples the anatomy in sub-slices, averages, blurs, lays in the deposits, adds noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import OTHER_LABEL, LesionClass
from cacviewer.phantom.chest import Chest
from cacviewer.phantom.chest_painter import ChestPainter
from cacviewer.phantom.deposit_image import lay_in
from cacviewer.phantom.deposits import Deposit
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.heart_painter import paint_heart
from cacviewer.phantom.noise import add_noise
from cacviewer.phantom.parameters import PhantomParameters
from cacviewer.phantom.shapes import Canvas, Field, axes_mm

BLOCK_SAMPLES = 400_000
"""Samples painted at once: a block stays in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a phantom looks like.

    Attributes:
        hu: (z, y, x) int16.
        heart: (z, y, x) bool, pericardial sac.
        aorta: (z, y, x) bool, lumen and wall.
        calcium: (z, y, x) uint8, 1 LM, 2 LAD, 3 LCx, 4 RCA, 6 other.
    """

    hu: NDArray[np.int16]
    heart: NDArray[np.bool_]
    aorta: NDArray[np.bool_]
    calcium: NDArray[np.uint8]


def scan(
    parameters: PhantomParameters, chest: Chest, heart: Heart, deposits: tuple[Deposit, ...], grid: Grid
) -> Scan:
    """Takes the CT of a phantom on a grid whose axes are those of the patient."""
    background, sac, aorta = _background(parameters, chest, heart, grid)
    _blur_slices(background, parameters.psf_sigma_mm / parameters.spacing_mm)
    calcium = lay_in(background, deposits, parameters, grid)
    for deposit in deposits:
        if deposit.kind is LesionClass.METAL:
            _add_streaks(background, deposit, grid)
    add_noise(background, parameters)
    np.rint(background, out=background)
    np.clip(background, -1024, 3071, out=background)
    hu = background.astype(np.int16)
    if parameters.circular:
        hu[:, ~_circle(grid)] = -1024
    coronary = (calcium > 0) & (calcium != OTHER_LABEL)
    sac |= coronary  # the sac bulges over a plaque; at most some edge voxels of thick slices
    aorta &= ~coronary
    return Scan(hu, sac, aorta, calcium)


def _background(
    parameters: PhantomParameters, chest: Chest, heart: Heart, grid: Grid
) -> tuple[Field, NDArray[np.bool_], NDArray[np.bool_]]:
    """Everything but deposits, blur and noise; masks of sac and aorta."""
    z, y, x = axes_mm(grid)
    painter = ChestPainter(chest, heart, y, x)
    # sub-slices at most as thick as a pixel is wide, but never thinner than 1 mm: anatomy is smooth
    subslices = max(1, round(parameters.thickness_mm / max(1.1, parameters.spacing_mm)))
    offsets = ((np.arange(subslices) + 0.5) / subslices - 0.5) * parameters.thickness_mm
    hu = np.empty(grid.shape_zyx, np.float32)
    sac = np.zeros(grid.shape_zyx, bool)
    aorta = np.zeros(grid.shape_zyx, bool)
    step = max(1, BLOCK_SAMPLES // (subslices * len(y) * len(x)))
    for first in range(0, len(z), step):
        slab = slice(first, min(first + step, len(z)))
        planes = (z[slab, None] + offsets[None].astype(np.float32)).ravel()
        ascending = np.argsort(planes, kind="stable")  # overlapping slices interleave
        back = np.argsort(ascending, kind="stable")
        empty = np.empty((len(planes), len(y), len(x)), np.float32)
        block = Canvas(empty, planes[ascending], y, x, parameters.spacing_mm)
        painter.paint(block)
        inside_heart, inside_aorta = paint_heart(block, heart, chest)
        for target, source in ((hu, block.hu), (sac, inside_heart), (aorta, inside_aorta)):
            mean = _slice_means(source, back, subslices)
            target[slab] = mean if target is hu else mean >= 0.5
    return hu, sac, aorta


def _slice_means(samples: Field, back: NDArray[np.intp], subslices: int) -> Field:
    if subslices == 1:
        return samples
    ordered = samples if np.array_equal(back, np.arange(len(back))) else samples[back]
    return np.asarray(ordered.reshape(-1, subslices, *samples.shape[1:]).mean(axis=1))


def _blur_slices(hu: Field, sigma_px: float) -> None:
    from scipy import ndimage  # slow to import

    if sigma_px > 0.15:
        for plane in hu:
            ndimage.gaussian_filter(plane, sigma_px, output=plane, mode="nearest", truncate=3.0)


def _add_streaks(hu: Field, deposit: Deposit, grid: Grid) -> None:
    """Mild streaks that leave a piece of metal in its slices."""
    z, y, x = axes_mm(grid)
    centre = deposit.line_lps_mm.mean(axis=0)
    low, high = deposit.line_lps_mm[:, 2].min() - 1, deposit.line_lps_mm[:, 2].max() + 1
    dy, dx = y[:, None] - np.float32(centre[1]), x[None, :] - np.float32(centre[0])
    distance = np.hypot(dy, dx)
    star = np.cos(6 * np.arctan2(dy, dx) + 0.7) * 60 * np.exp(-distance / 12) * np.minimum(distance / 4, 1)
    for k in np.flatnonzero((z >= low) & (z <= high)):
        hu[k] += star.astype(np.float32)


def _circle(grid: Grid) -> NDArray[np.bool_]:
    rows, columns = grid.shape_zyx[1:]
    y, x = np.ogrid[:rows, :columns]
    inside = np.hypot(y - (rows - 1) / 2, x - (columns - 1) / 2) <= min(rows, columns) / 2
    return np.asarray(inside)
