"""Bland-Altman plot and confusion of classes as a picture (needs matplotlib, the `train` extra)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cacviewer.core.errors import UsageError
from cacviewer.evaluation.agreement import bland_altman, confusion


def draw_agreement(
    measured: Sequence[float], true: Sequence[float], classes: Sequence[tuple[int, int]], labels: Sequence[str],
    target: Path,
) -> None:  # fmt: skip
    """Draws differences over means with the 95 % limits, and who was put into which class, to a PNG.

    Args:
        measured: Agatston score of the program for each case.
        true: The reader's or the truth.
        classes: (true, measured) class of each case, by number.
        labels: Names of the classes.
        target: Picture.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "Figures need matplotlib.", remedy="Install cacviewer with its extra: cacviewer[train]."
        ) from error
    figure = Figure(figsize=(11, 5), layout="constrained")
    left, right = figure.subplots(1, 2)
    limits = bland_altman(measured, true)
    left.plot((np.array(measured) + np.array(true)) / 2, np.subtract(measured, true), "o", alpha=0.7)
    for value, style in ((limits.bias, "-"), (limits.low, "--"), (limits.high, "--")):
        if np.isfinite(value):
            left.axhline(value, color="k", linestyle=style, linewidth=1)
    left.set_xlabel("mean of program and reference, Agatston")
    left.set_ylabel("program minus reference, Agatston")
    left.set_title(f"bias {limits.bias:.1f}, 95 % limits {limits.low:.1f} to {limits.high:.1f}")
    table = confusion([t for t, _ in classes], [m for _, m in classes], len(labels))
    right.imshow(table, cmap="Blues")
    for row, column in np.ndindex(table.shape):
        dark = table[row, column] > table.max() / 2
        right.text(column, row, str(table[row, column]), ha="center", va="center", color="w" if dark else "k")
    right.set_xticks(range(len(labels)), labels)
    right.set_yticks(range(len(labels)), labels)
    right.set_xlabel("class of the program")
    right.set_ylabel("class of the reference")
    figure.savefig(target, dpi=120)
