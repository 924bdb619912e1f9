"""A phantom from parameters: anatomy, calcium, scan and truth, in this order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid, locked
from cacviewer.phantom.chest import build_chest, cavity_size
from cacviewer.phantom.deposits import Deposit, plan_decoys, plan_plaques
from cacviewer.phantom.heart import Heart
from cacviewer.phantom.heart_building import build_heart
from cacviewer.phantom.parameters import STREAM_ANATOMY, STREAM_NOISE, PhantomParameters
from cacviewer.phantom.scanner import scan
from cacviewer.phantom.truth import truth_of

SCHEMA = "cacviewer-phantom-truth/1"


@dataclass(frozen=True, slots=True, eq=False)
class Phantom:
    """A digital chest and what is true of it.

    Attributes:
        parameters: What it was made from.
        hu: (z, y, x) int16, read-only.
        grid: Axes of the patient; slices from feet to head.
        heart: (z, y, x) bool, pericardial sac.
        aorta: (z, y, x) bool.
        calcium: (z, y, x) uint8, 1 LM, 2 LAD, 3 LCx, 4 RCA, 6 other.
        truth: Contents of truth.json.
    """

    parameters: PhantomParameters
    hu: NDArray[np.int16]
    grid: Grid
    heart: NDArray[np.bool_]
    aorta: NDArray[np.bool_]
    calcium: NDArray[np.uint8]
    truth: dict[str, Any]


def generate(parameters: PhantomParameters) -> Phantom:
    """Makes a phantom; the same parameters give the same voxels."""
    random = parameters.random(STREAM_ANATOMY)
    half_axes_mm = cavity_size(random)
    heart = build_heart(random, *half_axes_mm)
    chest = build_chest(random, heart, half_axes_mm, parameters.contrast)
    plaques = plan_plaques(parameters, heart)
    deposits = (*plaques, *plan_decoys(parameters, heart, plaques))
    grid = grid_of(parameters, heart)
    taken = scan(parameters, chest, heart, deposits, grid)
    truth: dict[str, Any] = {
        "schema": SCHEMA,
        "seed": parameters.seed,
        "parameters": asdict(parameters),
        **truth_of(taken.hu, taken.calcium, grid, parameters.kvp),
        "decoys": [_plain(deposit) for deposit in deposits[len(plaques) :]],
    }
    for array in (taken.hu, taken.heart, taken.aorta, taken.calcium):
        locked(array)
    return Phantom(parameters, taken.hu, grid, taken.heart, taken.aorta, taken.calcium, truth)


def grid_of(parameters: PhantomParameters, heart: Heart) -> Grid:
    """Where the scan lies: on the heart with a margin, or over the whole chest."""
    random = np.random.default_rng([parameters.seed, STREAM_NOISE, 1])
    above, below = random.uniform(20, 32), random.uniform(18, 28)
    if parameters.wide:
        above, below = random.uniform(70, 85), random.uniform(45, 70)
    low = heart.diaphragm.level_mm - below
    increment = parameters.increment_mm
    slices = max(2, round((heart.top_mm + above - low) / increment))
    size, spacing = parameters.matrix, parameters.spacing_mm
    centre = (0.0, 8.0) if parameters.wide else (float(heart.centre[0]) - 2, float(heart.centre[1]) + 6)
    half = (size - 1) / 2 * spacing
    origin = (round(centre[0] - half, 4), round(centre[1] - half, 4), round(float(low), 4))
    return Grid((slices, size, size), (increment, spacing, spacing), origin)


def _plain(deposit: Deposit) -> dict[str, Any]:
    centre = deposit.line_lps_mm.mean(axis=0)
    return {
        "class": deposit.kind.value,
        "centroid_lps_mm": [round(float(v), 3) for v in centre],
        "radius_mm": round(deposit.radius_mm, 3),
        "peak_hu": round(deposit.excess_hu),
    }
