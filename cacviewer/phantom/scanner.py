"""The scanner: samples the anatomy in sub-slices, averages, blurs, lays in the deposits, adds noise."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, OTHER_LABEL, LesionClass
from cacviewer.phantom.chest import Chest, ChestPainter, paint_tube, tube_share
from cacviewer.phantom.deposits import Deposit
from cacviewer.phantom.heart import CHAMBERS, Heart
from cacviewer.phantom.parameters import STREAM_NOISE, PhantomParameters
from cacviewer.phantom.shapes import Canvas, Field, Points, Tube, coverage, grown

NOTICEABLE_HU = 15.0
"""A voxel belongs to a deposit when the deposit adds this much before noise."""

BLOCK_SAMPLES = 400_000
"""Samples painted at once: a block stays in the processor's cache."""

ARTERY_FAT_MM = 4.0
"""Fat around an artery that always belongs to the sac."""


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
    calcium = _lay_in(background, deposits, parameters, grid)
    for deposit in deposits:
        if deposit.kind is LesionClass.METAL:
            _add_streaks(background, deposit, grid)
    _add_noise(background, parameters)
    np.rint(background, out=background)
    np.clip(background, -1024, 3071, out=background)
    hu = background.astype(np.int16)
    if parameters.circular:
        hu[:, ~_circle(grid)] = -1024
    coronary = (calcium > 0) & (calcium != OTHER_LABEL)
    sac |= coronary  # the sac bulges over a plaque; at most some edge voxels of thick slices
    aorta &= ~coronary
    return Scan(hu, sac, aorta, calcium)


def axes_mm(grid: Grid) -> tuple[Field, Field, Field]:
    """Positions of slices, rows and columns of an upright grid, LPS mm, float32."""
    axes = (
        grid.origin_lps_mm[2 - i] + grid.spacing_mm[i] * np.arange(grid.shape_zyx[i], dtype=np.float64) for i in range(3)
    )
    z, y, x = (axis.astype(np.float32) for axis in axes)
    return z, y, x


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
        block = Canvas(np.empty((len(planes), len(y), len(x)), np.float32), planes[ascending], y, x, parameters.spacing_mm)
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


def paint_heart(canvas: Canvas, heart: Heart, chest: Chest) -> tuple[Field, Field]:
    """Paints sac, muscle, chambers, vessels and arteries; shares (z, y, x) of sac and aorta."""
    tissues = chest.tissues
    inside = np.zeros_like(canvas.hu)
    x0, y0, _, x1, y1, _ = heart.box()
    where = canvas.window((x0, y0, heart.diaphragm.level_mm - 25, x1, y1, heart.top_mm + 2))
    fat_around = [Tube(c.tube.points, np.full(len(c.tube.points), 2.0)) for c in heart.courses]
    if where is not None:
        muscle, sac = heart.fields(canvas.points(where))
        canvas.blend(where, coverage(sac - np.float32(1.0), canvas.edge_mm), 12.0)  # the pericardium, a thin line
        share = coverage(sac, canvas.edge_mm)
        inside[where] = share
        canvas.blend(where, share, tissues.fat)
        for tube in fat_around:
            paint_tube(canvas, tube, tissues.fat, grow_mm=ARTERY_FAT_MM)
            _mark_tube(canvas, inside, tube, ARTERY_FAT_MM, heart.top_mm)
        below_top = np.minimum(coverage(muscle, canvas.edge_mm), share)
        canvas.blend(where, below_top, tissues.myocardium)
        for name, shape in heart.chambers.items():
            _paint_chamber(canvas, shape.shrunk(CHAMBERS[name][3]).field, shape.box(), inside, tissues.blood)
    for name in ("superior_cava", "right_pulmonary", "pulmonary_trunk"):
        paint_tube(canvas, heart.vessels[name], tissues.blood)
    inside_aorta = tube_share(canvas, heart.aorta)
    canvas.blend((slice(None), slice(None), slice(None)), inside_aorta, tissues.blood)
    for course in heart.courses:
        paint_tube(canvas, course.tube, tissues.blood)
    return inside, inside_aorta


def _paint_chamber(canvas: Canvas, field: object, box: tuple[float, ...], inside: Field, hu: float) -> None:
    where = canvas.window(box)  # type: ignore[arg-type]
    if where is not None:
        share = coverage(field(canvas.points(where)), canvas.edge_mm)  # type: ignore[operator]
        canvas.blend(where, np.minimum(share, inside[where]), hu)


def _mark_tube(canvas: Canvas, inside: Field, tube: Tube, grow_mm: float, top_mm: float) -> None:
    for box, field in tube.segments():
        where = canvas.window(grown(box, grow_mm))
        if where is not None:
            p: Points = canvas.points(where)
            np.maximum(inside[where], coverage(np.maximum(field(p, grow_mm), p.z - top_mm), canvas.edge_mm), out=inside[where])


def _blur_slices(hu: Field, sigma_px: float) -> None:
    from scipy import ndimage  # slow to import

    if sigma_px > 0.15:
        for plane in hu:
            ndimage.gaussian_filter(plane, sigma_px, output=plane, mode="nearest", truncate=3.0)


def _lay_in(hu: Field, deposits: tuple[Deposit, ...], parameters: PhantomParameters, grid: Grid) -> NDArray[np.uint8]:
    """Adds the deposits to the image; the label map of the voxels where one is noticeable."""
    calcium = np.zeros(grid.shape_zyx, np.uint8)
    strongest = np.zeros(grid.shape_zyx, np.float32)
    for deposit in deposits:
        box = _box_of(deposit, parameters, grid)
        if box is None:
            continue
        where = slices_of(box)
        added = _contribution(deposit, parameters, grid.crop(box))
        hu[where] += added
        label = LABEL_OF_ARTERY[deposit.artery] if deposit.kind is LesionClass.CORONARY else OTHER_LABEL
        leads = (added >= NOTICEABLE_HU) & (added > strongest[where])
        calcium[where][leads] = label
        strongest[where] = np.maximum(strongest[where], added)
    return calcium


def _box_of(deposit: Deposit, parameters: PhantomParameters, grid: Grid) -> Box | None:
    reach = deposit.radius_mm + 4 * parameters.psf_sigma_mm + 1
    margin = np.array([parameters.thickness_mm / 2 + deposit.radius_mm + 0.5, reach, reach]) / np.asarray(grid.spacing_mm)
    index = grid.index_zyx(deposit.line_lps_mm)
    low = np.maximum(np.floor(index.min(axis=0) - margin), 0).astype(int)
    high = np.minimum(np.ceil(index.max(axis=0) + margin) + 1, grid.shape_zyx).astype(int)
    if (high <= low).any():
        return None
    return int(low[0]), int(low[1]), int(low[2]), int(high[0]), int(high[1]), int(high[2])


def _contribution(deposit: Deposit, parameters: PhantomParameters, grid: Grid) -> Field:
    """HU (z, y, x) that a deposit adds on a small grid: fill of the slice profile, blurred in the plane."""
    from scipy import ndimage  # slow to import

    z, y, x = axes_mm(grid)
    across = max(1, int(np.ceil(grid.spacing_mm[1] / 0.35)))
    depth = max(1, int(np.ceil(parameters.thickness_mm / 0.5)))
    inner = ((np.arange(across) + 0.5) / across - 0.5) * grid.spacing_mm[1]
    planes = ((np.arange(depth) + 0.5) / depth - 0.5) * parameters.thickness_mm
    p = Points(
        *(
            (axis[:, None] + sub[None].astype(np.float32)).ravel().reshape(shape)
            for axis, sub, shape in ((z, planes, (-1, 1, 1)), (y, inner, (1, -1, 1)), (x, inner, (1, 1, -1)))
        )
    )
    line = deposit.line_lps_mm if len(deposit.line_lps_mm) > 1 else np.repeat(deposit.line_lps_mm, 2, axis=0)
    fields = [field(p, 0.0) for _, field in Tube(line, np.full(len(line), deposit.radius_mm)).segments()]
    fill = coverage(np.minimum.reduce(fields), grid.spacing_mm[1] / across)
    mean = fill.reshape(len(z), depth, len(y), across, len(x), across).mean(axis=(1, 3, 5))
    sigma_px = parameters.psf_sigma_mm / grid.spacing_mm[1]
    blurred = ndimage.gaussian_filter(mean, (0, sigma_px, sigma_px), mode="constant", truncate=3.5)
    return np.asarray(blurred * np.float32(deposit.excess_hu), np.float32)


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


def _add_noise(hu: Field, parameters: PhantomParameters) -> None:
    """Adds correlated noise of the asked standard deviation, the same for the same seed."""
    from scipy import fft  # slow to import

    if parameters.noise_sd_hu <= 0:
        return
    random = parameters.random(STREAM_NOISE)
    rows, columns = hu.shape[1:]
    spectrum = _noise_spectrum(rows, columns, parameters)
    shared = max(1, round(parameters.thickness_mm / parameters.increment_mm))  # overlapping slices share raw data
    window: deque[Field] = deque(maxlen=shared)
    while len(window) < shared - 1:
        window.append(random.standard_normal((rows, columns), np.float32))
    for plane in hu:
        window.append(random.standard_normal((rows, columns), np.float32))
        white = sum(window) / np.float32(np.sqrt(shared))
        plane += fft.irfft2(fft.rfft2(white) * spectrum, (rows, columns))


def _noise_spectrum(rows: int, columns: int, parameters: PhantomParameters) -> Field:
    """Amplitudes (rows, columns // 2 + 1): the ramp of filtered back-projection under the blur of the kernel."""
    sigma = max(parameters.psf_sigma_mm, 0.3)

    def amplitude(fx: NDArray[np.float64]) -> NDArray[np.float64]:
        f = np.hypot(np.fft.fftfreq(rows, parameters.spacing_mm)[:, None], fx[None, :])
        return np.asarray(np.sqrt(f + 0.03) * np.exp(-2 * np.pi**2 * (0.8 * sigma) ** 2 * f * f))

    power = float((amplitude(np.fft.fftfreq(columns, parameters.spacing_mm)) ** 2).mean())
    half = amplitude(np.fft.rfftfreq(columns, parameters.spacing_mm))
    return np.asarray(half * parameters.noise_sd_hu / np.sqrt(power), np.float32)


def _circle(grid: Grid) -> NDArray[np.bool_]:
    rows, columns = grid.shape_zyx[1:]
    y, x = np.ogrid[:rows, :columns]
    inside = np.hypot(y - (rows - 1) / 2, x - (columns - 1) / 2) <= min(rows, columns) / 2
    return np.asarray(inside)
