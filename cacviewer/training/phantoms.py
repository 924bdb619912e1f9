"""Digital chests as training cases, so that the network knows the program's own demo as well as patients."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cacviewer.models.preprocess import AIR_HU, axes_of, canonical
from cacviewer.phantom.digital_chest import generate
from cacviewer.phantom.parameters import parameters_for
from cacviewer.training.cases import AORTA, BODY, HEART, TrainingCase, body_mask, case_of

FIRST_SEED = 5_000_000
"""Far from the seeds that tests and users take."""


def phantom_cases(count: int, seed: int, cache: Path) -> list[TrainingCase]:
    """Generates digital chests, or takes them from the cache.

    Pixels of about 1 mm are enough for a network that sees 2 mm, and are generated ten times faster than
    those of a scanner.
    """
    return [_phantom_case(FIRST_SEED + 1000 * seed + i, cache) for i in range(count)]


def _phantom_case(seed: int, cache: Path) -> TrainingCase:
    stored = cache / f"phantom-{seed}.npz"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(seed)
        drawn = parameters_for(seed)
        parameters = parameters_for(
            seed,
            spacing_mm=float(random.uniform(0.9, 1.2)),
            fov_mm=drawn.fov_mm,
            thickness_mm=float(random.choice([1.5, 2.0, 2.5, 3.0, 5.0])),
            contrast=bool(random.random() < 0.15),
        )
        phantom = generate(parameters)
        axes = axes_of(phantom.grid)
        hu = np.ascontiguousarray(np.clip(canonical(phantom.hu, axes), AIR_HU, 3071)).astype(np.int16)
        labels = np.zeros(hu.shape, np.uint8)
        labels[canonical(phantom.heart, axes)] |= HEART
        labels[canonical(phantom.aorta, axes)] |= AORTA
        labels[body_mask(hu, axes.spacing_mm)] |= BODY
        np.savez_compressed(stored, hu=hu, labels=labels, spacing=np.asarray(axes.spacing_mm))
    with np.load(stored) as data:
        z, y, x = (float(v) for v in data["spacing"])
        return case_of(stored.stem, data["hu"], data["labels"], (z, y, x))
