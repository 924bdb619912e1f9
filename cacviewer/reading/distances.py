"""Findings about the distances and angles of slices (reading rules 12.4.4, 12.4.7, 12.4.8)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, finding
from cacviewer.dicom import tags
from cacviewer.reading.frames import Frame

AXIAL_DEGREES, OBLIQUE_DEGREES = 1.0, 20.0
SAME = 0.01


def missing_slices(slots: list[int]) -> Finding:
    """The finding for slots without a slice; people count slices from 1."""
    where = ", ".join(str(i + 1) for i in slots[:8]) + (" ..." if len(slots) > 8 else "")
    word = "slice" if len(slots) == 1 else "slices"
    return finding("missing_slices", count=len(slots), where=f"{word} {where}", slices=slots)


def obliquity(normal: NDArray[np.float64]) -> list[Finding]:
    """How far the slices' normal (3,) is off the body's axis."""
    degrees = math.degrees(math.acos(min(1.0, abs(float(normal[2])))))
    if degrees <= AXIAL_DEGREES:
        return []
    code = "oblique_acquisition" if degrees <= OBLIQUE_DEGREES else "not_axial"
    return [finding(code, degrees=round(degrees, 1))]


def thickness_findings(frames: list[Frame], increment: float) -> list[Finding]:
    """Tags that speak of distances, compared with the positions (12.4.8)."""
    found: list[Finding] = []
    header = frames[0].header
    thickness = header.number(tags.SLICE_THICKNESS) or 0.0
    facts: dict[str, Any] = {"increment_mm": round(increment, 4), "thickness_mm": thickness}
    if thickness <= 0:
        found.append(finding("thickness_missing"))
    elif increment < (1 - SAME) * thickness:
        found.append(finding("overlapping_slices", **facts))
    elif increment > (1 + SAME) * thickness:
        found.append(finding("slice_gap", **facts))
    stated = abs(header.number(tags.SPACING_BETWEEN_SLICES) or 0.0)
    if stated and abs(stated - increment) > SAME * increment:
        found.append(finding("spacing_tag_disagrees", tag_mm=stated, increment_mm=round(increment, 4)))
    return found
