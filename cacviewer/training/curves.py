"""The log of a run as a picture."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_curves(log: Path, target: Path) -> None:
    """Draws loss and Dice over the hours of a run (running means over 25 steps) to a PNG."""
    from matplotlib.figure import Figure

    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return
    hours = np.array([float(row["seconds"]) for row in rows]) / 3600
    figure = Figure(figsize=(8, 6), layout="constrained")
    loss, dice = figure.subplots(2, 1, sharex=True)
    for size in sorted({row["size"] for row in rows}):
        chosen = np.array([row["size"] == size for row in rows])
        for axis, name in ((loss, "loss"), (dice, "heart_dice"), (dice, "aorta_dice")):
            values = np.array([float(row[name]) for row in rows])[chosen]
            axis.plot(hours[chosen], _running(values), label=f"{name.replace('_', ' ')}, {size}³")
    checked = [
        (float(r["seconds"]) / 3600, float(r["validation_loss"])) for r in rows if r["validation_loss"]
    ]
    if checked:
        loss.plot(*zip(*checked, strict=True), "k.", label="validation")
    loss.set_ylabel("loss")
    dice.set_ylabel("soft Dice")
    dice.set_xlabel("hours")
    save_curves(figure, target)


def save_curves(figure: Figure, target: Path) -> None:
    """Gives every axis of a figure its legend and grid and writes it as PNG."""
    for axis in figure.axes:
        axis.legend(fontsize="small")
        axis.grid(alpha=0.3)
    figure.savefig(target, dpi=120)


def _running(values: np.ndarray, width: int = 25) -> np.ndarray:
    sums = np.cumsum(np.insert(values, 0, 0.0))
    index = np.arange(1, len(values) + 1)
    start = np.maximum(0, index - width)
    return np.asarray((sums[index] - sums[start]) / (index - start))
