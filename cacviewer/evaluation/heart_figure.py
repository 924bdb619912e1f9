"""Overlays of found and drawn masks as one picture: the worst cases can be seen, not only counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
COLOURS = {"heart": ("#ff5050", "#50ff50"), "aorta": ("#ffa040", "#40c0ff")}
"""Found, drawn."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Three axial slices and a coronal and a sagittal one of a case, with the outlines found and drawn."""

    title: str
    planes: tuple[tuple[NDArray[np.int16], dict[str, tuple[Mask, Mask]], float], ...]


def overlay_of(
    title: str,
    hu: NDArray[np.int16],
    spacing_mm: tuple[float, float, float],
    found: dict[str, Mask],
    drawn: dict[str, Mask],
) -> Overlay:
    """Cuts the planes out, copies only: whole scans need not stay in memory.

    Args:
        title: Above the row.
        hu: (z, y, x) HU, z upwards.
        spacing_mm: z, y, x.
        found: (z, y, x) bool masks by organ.
        drawn: The same, by hand.
    """
    inside = drawn["heart"]
    ends = [np.flatnonzero(inside.any(axis=tuple({0, 1, 2} - {axis}))) for axis in range(3)]
    low, high = (int(ends[0][0]), int(ends[0][-1])) if len(ends[0]) else (0, hu.shape[0] - 1)
    cuts: list[tuple[Any, float]] = [
        ((round(low + part * (high - low)), slice(None), slice(None)), spacing_mm[1] / spacing_mm[2])
        for part in (0.15, 0.5, 0.85)
    ]
    for axis, across in ((1, 2), (2, 1)):
        middle = int(ends[axis].mean()) if len(ends[axis]) else hu.shape[axis] // 2
        index: list[Any] = [slice(None, None, -1), slice(None), slice(None)]
        index[axis] = middle
        cuts.append((tuple(index), spacing_mm[0] / spacing_mm[across]))
    planes = tuple(
        (
            hu[at].copy(),
            {organ: (found[organ][at].copy(), drawn[organ][at].copy()) for organ in drawn},
            aspect,
        )
        for at, aspect in cuts
    )
    return Overlay(title, planes)


def draw_overlays(overlays: Sequence[Overlay], target: Path) -> None:
    """Draws one row per case to a PNG: found in warm, drawn in cold colours."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(15, 3.2 * len(overlays)), layout="constrained")
    axes = figure.subplots(len(overlays), 5, squeeze=False)
    for row, overlay in zip(axes, overlays, strict=True):
        for axis, (plane, masks, aspect) in zip(row, overlay.planes, strict=True):
            axis.imshow(plane, cmap="gray", vmin=-150, vmax=250, aspect=aspect)
            axis.set_axis_off()
            for organ, pair in masks.items():
                for mask, colour in zip(pair, COLOURS[organ], strict=True):
                    if mask.any() and not mask.all():
                        axis.contour(mask, [0.5], colors=[colour], linewidths=0.8)
        row[0].set_title(overlay.title, fontsize=9, loc="left")
    figure.savefig(target, dpi=90)
