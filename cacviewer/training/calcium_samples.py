"""From a known scan to samples: noise, organs as a network would outline them, candidates, and what each is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.blood import blood_of
from cacviewer.core.candidates import Candidate, find_candidates
from cacviewer.core.geometry import bounding_box, slices_of
from cacviewer.core.rulesets import rule_set
from cacviewer.models.back import paint
from cacviewer.models.calcium_classes import OUTPUTS
from cacviewer.models.calcium_features import Features, features_of, surroundings
from cacviewer.models.preprocess import Window, to_window
from cacviewer.phantom.noise import add_noise
from cacviewer.phantom.parameters import parameters_for
from cacviewer.training.calcium_scans import IGNORED, KnownScan, Mask

MASK_MM = 4.0
MOVED_MM = 3.0
"""The most by which a mask's border is moved: what the heart network gets wrong without being wrong."""
BONE_HU = 70
"""What is that bright before noise is added is bone or cartilage, not blood and not noise."""
SPECKS = 60
"""At most so many specks of noise are learnt of a scan; there may be hundreds."""
RULES = rule_set("literature", 120)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Features of n candidates and their channels (n,) int64."""

    features: Features
    channels: NDArray[np.int64]


def samples_of(scan: KnownScan, random: np.random.Generator, noise_sd_hu: float) -> Samples:
    """Shows a known scan once: with so much noise added, organs moved by up to 3 mm."""
    hu = noisy(scan, random, noise_sd_hu)
    heart, aorta = (moved(mask, scan, random) for mask in (scan.heart, scan.aorta))
    found = find_candidates(hu, scan.grid, RULES.limit_hu, RULES.min_area_mm2, heart, aorta)
    named = [(candidate, channel_of(candidate, scan)) for candidate in found]
    kept = [(c, channel) for c, channel in named if channel is not None]
    specks = [i for i, (_, channel) in enumerate(kept) if channel == OUTPUTS.index("noise")]
    dropped = set(random.permutation(specks)[SPECKS:].tolist())
    kept = [pair for i, pair in enumerate(kept) if i not in dropped]
    blood = blood_of(hu, scan.grid, _anatomy(heart, aorta))
    sd_hu = blood.sd_hu if blood else float(np.hypot(noise_sd_hu, scan.noise_sd_hu))
    around = surroundings(hu, scan.grid, heart, aorta, RULES.limit_hu, sd_hu)
    features = features_of([candidate for candidate, _ in kept], around, scan.grid)
    return Samples(features, np.array([channel for _, channel in kept], np.int64))


def noisy(scan: KnownScan, random: np.random.Generator, noise_sd_hu: float) -> NDArray[np.int16]:
    """The image with noise of a scanner added, and HU that are a little off."""
    hu = scan.hu.astype(np.float32)
    z, y, x = scan.grid.spacing_mm
    parameters = replace(
        parameters_for(int(random.integers(1 << 30))),
        spacing_mm=y,
        thickness_mm=z,
        increment_mm=z,
        noise_sd_hu=noise_sd_hu,
        psf_sigma_mm=scan.psf_sigma_mm * float(random.uniform(0.8, 1.3)),
    )
    add_noise(hu, parameters)
    hu += np.float32(random.normal(0, 3))
    return np.asarray(np.clip(np.rint(hu), -1024, 3071)).astype(np.int16)


def moved(mask: Mask, scan: KnownScan, random: np.random.Generator) -> Mask:
    """The mask with its border moved by a smooth random distance of at most 3 mm."""
    from scipy import ndimage

    spacing = scan.grid.spacing_mm
    size = np.multiply(mask.shape, spacing)
    z, y, x = (int(np.ceil(v / MASK_MM)) for v in size)
    window = Window((size[0] / 2, size[1] / 2, size[2] / 2), MASK_MM, (z, y, x))
    share = np.clip(to_window(mask, spacing, window), 0, 1)
    inside = share >= 0.5
    if not inside.any():
        return mask
    # half a voxel less on either side, so that the border lies where the share is one half
    depth = ndimage.distance_transform_edt(inside) - ndimage.distance_transform_edt(~inside)
    depth = np.where(depth > 0, depth - 0.5, depth + 0.5) * MASK_MM
    border = np.abs(depth) < MASK_MM
    depth[border] = (share[border] - 0.5) * MASK_MM
    wave = ndimage.gaussian_filter(random.standard_normal(depth.shape), 3.5)
    wave *= random.uniform(0.3, 1.6) / max(float(wave.std()), 1e-6)
    shift = np.clip(wave + random.normal(0, 1.0), -MOVED_MM, MOVED_MM)
    probability = np.clip((depth + shift) / (4 * MASK_MM) + 0.5, 0, 1).astype(np.float32)
    target = np.zeros(mask.shape, bool)
    paint(target, spacing, window, probability, 0.5)
    return target


def channel_of(candidate: Candidate, scan: KnownScan) -> int | None:
    """What a candidate is: what most of its laid-in voxels are, else bone or noise; None where nobody knows."""
    where = slices_of(candidate.box)
    kinds = scan.kinds[where][candidate.voxels]
    laid_in = kinds[(kinds > 0) & (kinds != IGNORED)]
    before = scan.hu[where][candidate.voxels].mean()
    if len(laid_in):
        channel = int(np.bincount(laid_in).argmax()) - 1
        if len(laid_in) < 0.2 * len(kinds) and before >= BONE_HU:
            return OUTPUTS.index("bone")  # a deposit that touches a rib or the spine
        return channel
    if (kinds == IGNORED).any():
        return None
    return OUTPUTS.index("bone" if before >= BONE_HU else "noise")


def _anatomy(heart: Mask, aorta: Mask) -> Anatomy:
    return Anatomy(heart, aorta, True, 1.0, 0.0, bounding_box(heart), ModelIdentity("known", ""))


VIEWS = ("near", "own", "organs", "far", "numbers")


def write_samples(path: Path, samples: Samples) -> None:
    """Keeps samples in a file."""
    beside = path.with_suffix(".part.npz")
    views = {name: getattr(samples.features, name) for name in VIEWS}
    np.savez_compressed(beside, channels=samples.channels, **views)
    beside.replace(path)


def read_samples(path: Path) -> Samples:
    """Samples of a file."""
    with np.load(path) as data:
        return Samples(Features(*(data[name] for name in VIEWS)), data["channels"])
