"""Where the heart is: a coarse pass over windows of the whole scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.cleaning import largest_component
from cacviewer.models.preprocess import Floats, Window, scaled, to_window

Predict = Callable[[Floats], Floats]
"""From scaled input (z, y, x) to probabilities (z, y, x, channel)."""
UP_TO_ARCH_MM = 12.0
"""The fine box is laid this much higher than the heart's middle, so that it holds the arch."""
LEAST_ML = 40.0
"""A coarse answer below this is no heart; even half of a small one has more."""


@dataclass(frozen=True, slots=True)
class Coarse:
    """The answer of the coarse pass in its best window."""

    window: Window
    probability: Floats
    heart_ml: float
    heart_mm: tuple[float, float, float] | None


def body_centre_mm(volume: NDArray[np.int16], spacing_mm: tuple[float, float, float]) -> tuple[float, float]:
    """Middle of what is denser than fat, as y, x mm from the outer corner of a canonical volume."""
    step_z, step_y, step_x = (max(1, round(6 / d)) for d in spacing_mm)
    dense = np.argwhere(np.any(volume[::step_z, ::step_y, ::step_x] > -150, axis=0))
    if not len(dense):
        return volume.shape[1] * spacing_mm[1] / 2, volume.shape[2] * spacing_mm[2] / 2
    y, x = dense.mean(axis=0) + 0.5
    return float(y) * step_y * spacing_mm[1], float(x) * step_x * spacing_mm[2]


def coarse_windows(
    size_mm: tuple[float, float, float], centre_yx_mm: tuple[float, float], spacing_mm: float, size: int
) -> list[Window]:
    """Windows over the whole height, each overlapping the next by half."""
    extent = size * spacing_mm
    height = size_mm[0]
    if height <= extent:
        middles = [height / 2]
    else:
        count = int(np.ceil((height - extent) / (extent / 2))) + 1
        middles = list(np.linspace(extent / 2, height - extent / 2, count))
    return [Window((float(z), *centre_yx_mm), spacing_mm, (size, size, size)) for z in middles]


def locate(
    volume: NDArray[np.int16],
    spacing_mm: tuple[float, float, float],
    windows: list[Window],
    predict: Predict,
    threshold: float,
) -> Coarse:
    """Looks for the heart in each window; the one that shows the most of it wins."""
    best: Coarse | None = None
    for window in windows:
        probability = predict(scaled(to_window(volume, spacing_mm, window)))
        heart = largest_component(probability[..., 0] >= threshold)
        ml = float(heart.sum()) * window.spacing_mm**3 / 1000
        if best is None or ml > best.heart_ml:
            best = Coarse(window, probability, ml, _middle_mm(heart, window) if ml >= LEAST_ML else None)
    assert best is not None  # there is always a window
    return best


def _middle_mm(mask: NDArray[np.bool_], window: Window) -> tuple[float, float, float]:
    middle = []
    for axis in range(3):
        hit = np.flatnonzero(mask.any(axis=tuple({0, 1, 2} - {axis})))
        middle.append(
            float(np.interp((hit[0] + hit[-1]) / 2, range(mask.shape[axis]), window.positions_mm(axis)))
        )
    return middle[0], middle[1], middle[2]


def fine_window(heart_mm: tuple[float, float, float], spacing_mm: float, size: int) -> Window:
    """The box around a heart whose middle is known."""
    z, y, x = heart_mm
    return Window((z + UP_TO_ARCH_MM, y, x), spacing_mm, (size, size, size))
