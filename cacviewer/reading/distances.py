"""Findings about the distances and angles of slices (reading rules 12.4.4, 12.4.7, 12.4.8)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.dicom import tags
from cacviewer.reading.frames import Frame

AXIAL_DEGREES, OBLIQUE_DEGREES = 1.0, 20.0
SAME = 0.01
LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
"""Body directions of x, y, z in LPS: positive, negative (as the views label them)."""
MOST_TOLD = 8


def missing_slices(
    slots: list[int], grid: Grid, files: list[str] | None = None, depths_mm: NDArray[np.float64] | None = None
) -> Finding:
    """The finding for slots without a slice: where they would stand, and their numbers, counted from 1.

    Args:
        slots: Indices along z.
        grid: Of the slots; positions are those of a slice's middle along the body axis nearest to the normal.
        files: Images that may have stood there but do not say so.
        depths_mm: Of the slots from the grid's first plane, where they are not regular.
    """
    axis = int(np.argmax(np.abs(np.array(grid.direction_lps)[:, 2])))
    row, column = ((n - 1) / 2 for n in grid.shape_zyx[1:])
    index = [z if depths_mm is None else float(depths_mm[z]) / grid.increment_mm for z in slots[:MOST_TOLD]]
    indices = [(z, row, column) for z in index]
    places = [float(point[axis]) for point in grid.lps_mm(indices)]
    more = ", ..." if len(slots) > MOST_TOLD else ""
    where = ", ".join(f"{LETTERS[axis][mm < 0]} {abs(mm):.1f}" for mm in places) + more
    numbers = ", ".join(str(z + 1) for z in slots[:MOST_TOLD]) + more
    return finding(
        "missing_slices", count=len(slots), where=where, numbers=numbers, of=grid.shape_zyx[0], slices=slots,
        files=files or (),
    )  # fmt: skip


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
