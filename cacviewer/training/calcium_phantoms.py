"""Digital chests whose every deposit is known, without noise: the same chest is shown under many noises."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UsageError
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import OTHER_LABEL
from cacviewer.models.calcium_classes import index_of
from cacviewer.phantom.chest import build_chest, cavity_size
from cacviewer.phantom.deposits import Deposit, plan_decoys, plan_plaques
from cacviewer.phantom.digital_chest import grid_of
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.heart_building import build_heart
from cacviewer.phantom.parameters import STREAM_ANATOMY, PhantomParameters, parameters_for
from cacviewer.phantom.scanner import scan
from cacviewer.training.calcium_scans import AROUND_MM, KnownScan, keep

FIRST_SEED = 6_000_000
"""Far from the seeds that tests and users take, and from those of the heart network."""


def phantom_scans(count: int, seed: int, cache: Path) -> list[Path]:
    """Cache files of `count` digital chests; those that are missing are made."""
    paths = []
    for number in range(count):
        own = FIRST_SEED + 1000 * seed + number
        path = cache / f"chest-{own}.npz"
        keep(path, partial(known_phantom, training_parameters(own)))
        paths.append(path)
    return paths


def training_parameters(seed: int) -> PhantomParameters:
    """A seed over the whole range of scanners, with calcium and without noise."""
    random = np.random.default_rng([seed, 78])
    fov_mm = parameters_for(seed).fov_mm
    thickness_mm = float(random.choice([1.0, 1.5, 2.0, 2.5, 2.5, 3.0, 3.0, 3.0, 4.0, 5.0]))
    return parameters_for(
        seed,
        fov_mm=fov_mm,
        spacing_mm=round(max(float(random.uniform(0.55, 0.9)), fov_mm / 512), 4),
        thickness_mm=thickness_mm,
        increment_mm=thickness_mm / 2 if thickness_mm > 2 and random.random() < 0.12 else thickness_mm,
        noise_sd_hu=0.0,
        circular=False,
        load=float(np.exp(random.uniform(np.log(4), np.log(1800)))),
        lesions=int(random.integers(4, 15)),
    )


def known_phantom(parameters: PhantomParameters) -> KnownScan:
    """The chest of the parameters, cut to heart and aorta, with the kind of every deposit's voxels."""
    random = parameters.random(STREAM_ANATOMY)
    half_axes_mm = cavity_size(random)
    heart = build_heart(random, *half_axes_mm)
    chest = build_chest(random, heart, half_axes_mm, parameters.contrast)
    plaques = _plaques(parameters, heart)
    decoys = plan_decoys(parameters, heart, plaques)
    grid = _around(grid_of(parameters, heart), heart)
    taken = scan(parameters, chest, heart, (*plaques, *decoys), grid)
    kinds = taken.calcium.copy()
    kinds[taken.calcium == OTHER_LABEL] = _kinds_of(taken.calcium == OTHER_LABEL, grid, decoys)
    return KnownScan(
        f"chest {parameters.seed}",
        taken.hu,
        grid,
        taken.heart,
        taken.aorta,
        kinds,
        parameters.noise_sd_hu,
        parameters.psf_sigma_mm,
    )


def _around(grid: Grid, heart: Heart) -> Grid:
    """The part of a scan's grid around heart and aorta: what lies farther off need not be painted."""
    box = np.array(heart.box()).reshape(2, 3)
    low = np.minimum(box[0], heart.aorta.points.min(axis=0)) - AROUND_MM
    high = np.maximum(box[1], heart.aorta.points.max(axis=0)) + AROUND_MM
    shape = np.array(grid.shape_zyx)
    first = np.clip(np.floor(grid.index_zyx(low)).astype(int), 0, shape - 1)
    last = np.clip(np.ceil(grid.index_zyx(high)).astype(int) + 1, first + 1, shape)
    z0, y0, x0, z1, y1, x1 = (int(v) for v in (*first, *last))
    return grid.crop((z0, y0, x0, z1, y1, x1))


def _plaques(parameters: PhantomParameters, heart: Heart) -> tuple[Deposit, ...]:
    try:
        return plan_plaques(parameters, heart)
    except UsageError:  # the first plaque is too large for the room beside the aorta
        return plan_plaques(replace(parameters, near_aorta=False), heart)


def _kinds_of(others: NDArray[np.bool_], grid: Grid, decoys: tuple[Deposit, ...]) -> NDArray[np.uint8]:
    """1 + channel of the decoy whose surface is nearest, for each of the voxels (in raster order)."""
    index = np.argwhere(others)
    if not len(index):
        return np.zeros(0, np.uint8)
    points = grid.lps_mm(index)
    gaps = [
        np.linalg.norm(points[:, None] - decoy.line_lps_mm[None], axis=-1).min(axis=1) - decoy.radius_mm
        for decoy in decoys
    ]
    channels = np.array([1 + index_of(decoy.kind) for decoy in decoys], np.uint8)
    return np.asarray(channels[np.argmin(gaps, axis=0)])
