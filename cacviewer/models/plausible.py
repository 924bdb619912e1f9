"""Whether what the network marked can be a heart, and whether the scan shows all of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import AIR_HU, Floats, Window

Mask = NDArray[np.bool_]
LEAST_ML, MOST_ML = 150.0, 2500.0
LEAST_CONFIDENCE = 0.85
CUT_SIDE_CM2 = 4.0
CUT_TOP_SHARE = 0.6
"""The mask ends flat at the pulmonary bifurcation, where it is a third of its widest section (0.04 to 0.53
in 24 drawn hearts); a scan that begins lower shows more (0.77 and 0.82)."""
CUT_BOTTOM_SHARE = 0.35
"""The lowest slice of a whole heart has 0.01 to 0.36 of the widest section in slices of 1.5 to 8 mm."""
MIRRORED, UPSIDE_DOWN = 0.06, -0.08
"""Correlations of the mask's voxels: a heart lies with its apex to the left and below, so that left goes with
down (-0.01 to -0.49 in 24 hearts) and back goes with up (0.09 to 0.46)."""
RIGHT_OF_MIDDLE_MM = 20.0
"""Hearts in scans of the whole chest lie 38 mm left to 18 mm right of the body's middle (the latter over a
raised diaphragm), mirrored ones up to 36 mm right of it."""
WHOLE_CHEST_MM = 280.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether there is a heart, how sure the network is, and why not."""

    found: bool
    confidence: float
    millilitres: float
    reason: str = ""
    cut: tuple[str, ...] = ()


def judge(
    probability: Floats,
    hu: Floats,
    window: Window,
    size_mm: tuple[float, float, float],
    threshold: float,
    middle_x_mm: float | None = None,
) -> Judgement:
    """Judges a cleaned heart in its box.

    Args:
        probability: (z, y, x) of the heart, one piece.
        hu: What the network saw, HU before scaling.
        window: Where the box lies.
        size_mm: Extent of the scan, z, y, x.
        threshold: Of the mask.
        middle_x_mm: Middle of the body, left-right, where that is known.
    """
    mask = probability >= threshold
    ml = float(mask.sum()) * window.spacing_mm**3 / 1000
    if not mask.any():
        return Judgement(False, 0.0, 0.0, "nothing in the image looks like a heart")
    confidence = float(probability[mask].mean())
    cut = cuts(mask, hu, window, size_mm)
    reason = ""
    if ml < LEAST_ML:
        reason = f"what looks like a heart has only {ml:.0f} ml"
    elif ml > MOST_ML:
        reason = f"what looks like a heart has {ml:.0f} ml"
    elif confidence < LEAST_CONFIDENCE:
        reason = f"the network is not sure enough ({100 * confidence:.0f} %)"
    elif turned := _turned(mask, cut):
        reason = turned
    elif middle_x_mm is not None and size_mm[2] >= WHOLE_CHEST_MM:
        left_mm = float(window.positions_mm(2)[mask.any(axis=(0, 1))].mean()) - middle_x_mm
        reason = _MIRRORED_REASON if left_mm < -RIGHT_OF_MIDDLE_MM else ""
    return Judgement(not reason, confidence, ml, reason, cut)


_MIRRORED_REASON = "the heart lies to the right; the image is mirrored or the heart is"


def _turned(mask: Mask, cut: tuple[str, ...]) -> str:
    if cut:  # a part of a heart has another shape
        return ""
    zyx = np.argwhere(mask[::2, ::2, ::2])
    correlation = np.asarray(np.corrcoef(zyx.T))
    if correlation[0, 1] < UPSIDE_DOWN:
        return "the heart lies upside down; the orientation of the image is wrong"
    if correlation[0, 2] > MIRRORED:
        return _MIRRORED_REASON
    return ""


def cuts(mask: Mask, hu: Floats, window: Window, size_mm: tuple[float, float, float]) -> tuple[str, ...]:
    """Where the scan or its padding cuts the heart: "top", "bottom", "sides"."""
    area_cm2 = window.spacing_mm**2 / 100
    inside = [
        (window.positions_mm(axis) >= 0) & (window.positions_mm(axis) <= size_mm[axis]) for axis in range(3)
    ]
    sections = mask.sum(axis=(1, 2)) * area_cm2
    rows = np.flatnonzero(inside[0])
    first, last = int(rows[0]), int(rows[-1])
    found = []
    if sections[max(first, last - 1) :].max() > CUT_TOP_SHARE * sections.max():
        found.append("top")
    if sections[first : first + 2].max() > CUT_BOTTOM_SHARE * sections.max():
        found.append("bottom")
    # beside the heart lies lung (about -850 HU), never air as empty as padding
    empty = hu <= AIR_HU + 40
    empty |= ~(inside[1][None, :, None] & inside[2][None, None, :])
    touching = 0
    within = slice(first + 1, last)  # above and below the scan everything is empty
    for axis in (1, 2):
        for shift in (1, -1):
            touching += int((mask[within] & np.roll(empty[within], shift, axis)).sum())
    if touching * area_cm2 > CUT_SIDE_CM2:
        found.append("sides")
    return tuple(found)
