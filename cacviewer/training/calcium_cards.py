"""Card and curves of a calcium network."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from cacviewer.files import writing
from cacviewer.models.calcium_cards import ARCHITECTURE, contract
from cacviewer.models.calcium_classes import OUTPUTS
from cacviewer.models.calcium_net import DENSE, FILTERS
from cacviewer.training.curves import save_curves


def write_calcium_card(weights: Path, training: dict[str, Any], figures: dict[str, Any]) -> Path:
    """Writes `calcium.json` beside the weights and returns its path."""
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    card = {
        "schema": "cacviewer-model-card/1",
        "name": f"calcium {digest[:8]}",
        "weights": weights.name,
        "sha256": digest,
        "architecture": {"name": ARCHITECTURE, "filters": list(FILTERS), "dense": DENSE},
        "input": contract(),
        "outputs": {"channels": list(OUTPUTS), "activation": "softmax", "counted_from": 0.5},
        "meaning": "what a bright object near the heart is; the four arteries together are coronary calcium",
        "training": training,
        "figures": figures,
    }
    target = weights.with_name(weights.name.removesuffix(".weights.h5") + ".json")
    with writing(target, "w") as stream:
        stream.write(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    return target


def draw_calcium_curves(log: Path, target: Path) -> None:
    """Draws loss and shares over the epochs to a PNG."""
    from matplotlib.figure import Figure

    with log.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return
    epochs = [int(row["epoch"]) for row in rows]
    figure = Figure(figsize=(8, 6), layout="constrained")
    loss, share = figure.subplots(2, 1, sharex=True)
    for axis, name, words in (
        (loss, "loss", "learning (weighted, with dropout)"),
        (loss, "validation_loss", "validation"),
        (share, "validation_coronary", "counted or not: right"),
        (share, "validation_classes", "class: right"),
    ):
        axis.plot(epochs, [float(row[name]) for row in rows], label=words)
    loss.set_ylabel("cross-entropy")
    share.set_ylabel("share of validation candidates")
    share.set_xlabel("epoch")
    save_curves(figure, target)
