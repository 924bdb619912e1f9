"""The aorta beyond the box around the heart: followed downwards (and upwards) in boxes of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.cleaning import largest_component
from cacviewer.models.preprocess import Floats, Window, scaled, to_window

Predict = Callable[[Floats], Floats]
OVERLAP_MM = 16.0
"""Neighbouring boxes share so much, and where the aorta leaves the first the second begins."""
LEAST_CM2 = 1.0
"""A section below this is no aorta (a narrow one of 15 mm has 1.8 cm2)."""
MOST_BOXES = 6
EDGE_ROWS = 4
"""The outermost rows of a box know least of what surrounds them; the next box begins at this one."""


def followed(
    volume: NDArray[np.int16],
    spacing_mm: tuple[float, float, float],
    window: Window,
    aorta: Floats,
    size: int,
    predict: Predict,
    threshold: float,
) -> Iterator[tuple[Window, Floats]]:
    """Follows the aorta from the lower and the upper end of a box to the ends of the scan.

    Args:
        volume: (z, y, x) HU, canonical (z up, y back, x left).
        spacing_mm: z, y, x.
        window: The box around the heart.
        aorta: (z, y, x) probability in it, cleaned.
        size: Voxels of the boxes along each side, as the network knows them.
        predict: The network, from scaled input to probabilities (channel 1 is the aorta).
        threshold: Of the mask.

    Yields:
        Boxes and their probabilities, 0 where the box before has spoken.
    """
    height = volume.shape[0] * spacing_mm[0]
    for upwards in (False, True):
        here, probability = window, aorta
        for _ in range(MOST_BOXES):
            end = _end(here, probability >= threshold, height, upwards)
            if end is None:
                break
            z, y, x = end
            reach = size * window.spacing_mm / 2 - OVERLAP_MM
            there = Window((z + reach if upwards else z - reach, y, x), window.spacing_mm, (size, size, size))
            answer = predict(scaled(to_window(volume, spacing_mm, there)))[..., 1]
            probability = np.where(largest_component(answer >= threshold), answer, np.minimum(answer, 0.49))
            heights, old = there.positions_mm(0), here.positions_mm(0)
            new = heights > old[-1 - EDGE_ROWS] if upwards else heights < old[EDGE_ROWS]
            here = there
            yield there, np.asarray(np.where(new[:, None, None], probability, 0), np.float32)


def _end(
    window: Window, mask: NDArray[np.bool_], height_mm: float, upwards: bool
) -> tuple[float, float, float] | None:
    """Middle of the aorta where it leaves the box, z, y, x in mm; None where it does not or the scan ends."""
    at = window.positions_mm(0)
    row = len(at) - 1 - EDGE_ROWS if upwards else EDGE_ROWS
    if not window.spacing_mm < at[-1 if upwards else 0] < height_mm - window.spacing_mm:
        return None
    section = mask[row]
    if section.sum() * window.spacing_mm**2 / 100 < LEAST_CM2:
        return None
    y, x = (float(window.positions_mm(axis)[np.nonzero(section)[axis - 1]].mean()) for axis in (1, 2))
    return float(at[row]), y, x
