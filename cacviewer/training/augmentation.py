"""What scanners and protocols do to a box: field of view, slice thickness, kernel, noise, contrast.

All of it works on float32 HU in place of the sample and costs a few milliseconds a box; the geometry is
in `sampling`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import AIR_HU, HU_WINDOW
from cacviewer.training.sampling import Sample

Floats = NDArray[np.float32]


def augmented(sample: Sample, rng: np.random.Generator, wide: bool) -> Sample:
    """Changes a sample as another scanner would have made it; shares its arrays."""
    if rng.random() < 0.5:
        sample.hu = np.where(sample.body > 0.5, sample.hu, np.float32(AIR_HU))  # without table and clothes
    if not sample.contrast and rng.random() < 0.25:
        _enhance(sample, rng)
    if not wide and rng.random() < 0.3:
        _fat_pad(sample, rng)
    if rng.random() < 0.35:
        _thick_slices(sample, rng)
    _kernel_and_noise(sample, rng)
    _gray_scale(sample, rng)
    if rng.random() < (0.15 if wide else 0.4):
        _narrow_field(sample, rng)
    if rng.random() < (0.2 if wide else 0.4):
        _short_scan(sample, rng)
    return sample


def _enhance(sample: Sample, rng: np.random.Generator) -> None:
    """Contrast agent in the aorta and, in patches of low frequency, in the chambers."""
    from scipy import ndimage

    soft = np.clip((sample.hu + 20) / 40, 0, 1) * (sample.hu < 130)
    aorta = ndimage.gaussian_filter(sample.aorta, 1.0)
    gain = rng.uniform(0, 350)
    field = _cloud(sample.hu.shape, 35 / sample.spacing_mm, rng)
    chambers = 1 / (1 + np.exp(-6 * (field - rng.uniform(-0.5, 1.0))))
    core = np.clip(ndimage.uniform_filter(sample.heart, max(3, round(14 / sample.spacing_mm))) * 2 - 1, 0, 1)
    sample.hu = sample.hu + soft * (gain * np.clip(aorta * 2 - 0.8, 0, 1)).astype(np.float32)
    sample.hu += (soft * rng.uniform(0, 250) * core * chambers * (1 - sample.aorta)).astype(np.float32)


FAT_HU, PERICARDIUM_HU = -105.0, 20.0
PERICARDIUM_MM = 1.3
"""Pericardium is 1 to 2 mm thick on CT (Bull et al., Heart 1998;80:171)."""


def _fat_pad(sample: Sample, rng: np.random.Generator) -> None:
    """Fat instead of lung beside the heart, outside the pericardium, which stays a thin line or is not seen.

    Patients with much cardiophrenic fat are few in any small set, and a network that has not met them takes
    their fat for the heart's own.
    """
    from scipy import ndimage

    inside = sample.heart > 0.5
    if not inside.any():
        return
    away = ndimage.distance_transform_edt(~inside).astype(np.float32) * np.float32(sample.spacing_mm)
    reach = rng.uniform(6, 40) * (0.6 + 0.4 * _cloud(sample.hu.shape, 30 / sample.spacing_mm, rng))
    pad = (sample.hu < -300) & (sample.body > 0.5) & ~inside & (away < reach)
    if rng.random() < 0.7:  # on one side, as pads at the apex or the right angle are
        pad &= _cloud(sample.hu.shape, 60 / sample.spacing_mm, rng) > rng.uniform(-0.5, 0.5)
    fat = FAT_HU + rng.normal(0, 8) + rng.normal(0, rng.uniform(3, 15), sample.hu.shape)
    fat = np.where(rng.random(sample.hu.shape) < 0.004, fat + 60, fat)  # vessels and septa
    if rng.random() < 0.7:
        share = min(1.0, PERICARDIUM_MM / sample.spacing_mm) * rng.uniform(0.3, 1.0)
        line = away <= 1.2 * sample.spacing_mm
        fat = np.where(line, fat + share * (PERICARDIUM_HU - FAT_HU), fat)
    sample.hu = np.where(pad, fat, sample.hu).astype(np.float32)


def _cloud(shape: tuple[int, ...], grain: float, rng: np.random.Generator) -> Floats:
    """Smooth random field of sd about 1 with structures of `grain` voxels."""
    from scipy import ndimage

    knots = [max(3, round(n / grain) + 1) for n in shape]
    coarse = rng.normal(0, 1.3, knots).astype(np.float32)
    return np.asarray(ndimage.zoom(coarse, [n / k for n, k in zip(shape, knots, strict=True)], order=1))


def _thick_slices(sample: Sample, rng: np.random.Generator) -> None:
    """Averages along z over 3 to 9 mm and interpolates linearly, as a scan of thick slices arrives here."""
    n, every = sample.hu.shape[0], rng.uniform(3, 9) / sample.spacing_mm
    if every < 1.2:
        return
    start = rng.uniform(0, every)
    middles = np.arange(start - every, n + every, every)
    index = np.arange(n)
    mean = np.clip(every / 2 + 0.5 - np.abs(middles[:, None] - index[None, :]), 0, 1)
    kept = mean.sum(axis=1) > 0.5
    middles, mean = middles[kept], mean[kept]
    mean /= mean.sum(axis=1, keepdims=True)
    blend = np.maximum(0, 1 - np.abs(index[:, None] - middles[None, :]) / every)
    blend /= np.maximum(blend.sum(axis=1, keepdims=True), 1e-6)
    matrix = (blend @ mean).astype(np.float32)
    for name in ("hu", "heart", "aorta"):
        values = getattr(sample, name)
        setattr(sample, name, (matrix @ values.reshape(n, -1)).reshape(values.shape))


def _kernel_and_noise(sample: Sample, rng: np.random.Generator) -> None:
    """Softer or sharper, and noise with the grain of a reconstruction."""
    from scipy import ndimage

    choice = rng.random()
    if choice < 0.25:
        sample.hu = ndimage.gaussian_filter(sample.hu, rng.uniform(0.3, 0.9))
    elif choice < 0.4:
        sample.hu = sample.hu + rng.uniform(0.3, 1.2) * (sample.hu - ndimage.gaussian_filter(sample.hu, 1.0))
    if rng.random() < 0.6:
        noise = rng.standard_normal(sample.hu.shape, np.float32)
        if rng.random() < 0.6:
            noise = ndimage.uniform_filter(noise, (1, 2, 2)) * 2
        sample.hu = sample.hu + noise * np.float32(rng.uniform(0, 1) ** 2 * 60)


def _gray_scale(sample: Sample, rng: np.random.Generator) -> None:
    """Another tube voltage or calibration: gain, offset, gamma inside the window."""
    hu = sample.hu * np.float32(rng.uniform(0.9, 1.1)) + np.float32(rng.normal(0, 8))
    if rng.random() < 0.3:
        low, high = HU_WINDOW
        unit = np.clip((hu - low) / (high - low), 0, 1) ** np.float32(np.exp(rng.normal(0, 0.15)))
        hu = unit * (high - low) + low
    sample.hu = np.asarray(hu, np.float32)


def _narrow_field(sample: Sample, rng: np.random.Generator) -> None:
    """A reconstruction of 160 to 250 mm: round with padding outside, or square."""
    _, ny, nx = sample.hu.shape
    half = rng.uniform(80, 125) / sample.spacing_mm
    cy, cx = (n / 2 + rng.normal(0, 12) / sample.spacing_mm for n in (ny, nx))
    y, x = np.ogrid[:ny, :nx]
    if rng.random() < 0.5:
        outside = (y - cy) ** 2 + (x - cx) ** 2 > half**2
    else:
        outside = (np.abs(y - cy) > half) | (np.abs(x - cx) > half)
    _blank(sample, np.broadcast_to(outside, sample.hu.shape))


def _short_scan(sample: Sample, rng: np.random.Generator) -> None:
    """A scan that begins or ends inside the box, as one planned for the coronaries does."""
    n = sample.hu.shape[0]
    outside = np.zeros(sample.hu.shape, bool)
    present = np.flatnonzero((sample.heart > 0.5).any(axis=(1, 2)))
    low, high = (present[0], present[-1]) if len(present) else (n // 4, 3 * n // 4)
    margin = [int(rng.exponential(25) / sample.spacing_mm) for _ in range(2)]
    cut = [int(rng.uniform(0, 0.5) * (high - low)) if rng.random() < 0.2 else -m for m in margin]
    if rng.random() < 0.7:
        outside[max(0, min(n, high + 1 - cut[0])) :] = True
    if rng.random() < 0.5:
        outside[: max(0, min(n, low + cut[1]))] = True
    _blank(sample, outside)


def _blank(sample: Sample, outside: NDArray[np.bool_]) -> None:
    sample.hu = np.where(outside, np.float32(AIR_HU), sample.hu)
    sample.heart = np.where(outside, np.float32(0), sample.heart)
    sample.aorta = np.where(outside, np.float32(0), sample.aorta)
