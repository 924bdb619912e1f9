"""Writes the card beside trained weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cacviewer.models.architectures import LIGHT_FILTERS, OUTPUTS
from cacviewer.models.cards import CONTRACT_AXES
from cacviewer.models.preprocess import HU_WINDOW

FINE, COARSE = {"spacing_mm": 2.0, "size": 112}, {"spacing_mm": 6.0, "size": 64}


def write_card(
    weights: Path,
    name: str,
    cases: Sequence[str],
    training: dict[str, Any],
    figures: dict[str, Any] | None = None,
    licence_limits: Sequence[str] = (),
    filters: Sequence[int] = LIGHT_FILTERS,
    architecture: str = "heart_unet",
) -> Path:
    """Writes `<weights without .weights.h5>.json` beside the weights and returns its path."""
    card = {
        "schema": "cacviewer-model-card/1",
        "name": name,
        "weights": weights.name,
        "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "architecture": {"name": architecture, "filters": list(filters), "normalisation": "folded"},
        "input": {
            "axes": CONTRACT_AXES,
            "hu_window": list(HU_WINDOW),
            "scaled_to": [-1, 1],
            "outside_hu": -1024,
            "fine": FINE,
            "coarse": COARSE,
        },
        "outputs": {"channels": list(OUTPUTS), "activation": "sigmoid", "threshold": 0.5},
        "meaning": {
            "heart": "pericardial sac with epicardial fat, cut flat at the pulmonary bifurcation",
            "aorta": "lumen and wall from the annulus to the lower end; overlaps the heart at the root",
        },
        "training": {**training, "cases": list(cases)},
        "licence_limits": list(licence_limits),
        "figures": figures or {},
    }
    target = weights.with_name(weights.name.removesuffix(".weights.h5") + ".json")
    target.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target
