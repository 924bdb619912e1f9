"""What a stroke or a click means for the lesions of a case: the edit, and what was left out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case
from cacviewer.core.edits import AddLesion, Edit, Erase, Paint, scan_of
from cacviewer.core.geometry import Box, overlap, slices_of
from cacviewer.core.growing import grown_from
from cacviewer.core.lesions import Artery
from cacviewer.core.reshaping import occupied, place_id
from cacviewer.core.runs import runs_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that a tool proposes.

    Attributes:
        edit: None if there is nothing to do.
        below_limit: Painted voxels that were left out because they do not reach the limit.
        limit_hu: That limit.
    """

    edit: Edit | None
    below_limit: int
    limit_hu: int


def painted(
    case: Case,
    hu: NDArray[np.int16],
    box: Box,
    mask: Mask,
    lesion_id: str = "",
    artery: Artery = Artery.UNASSIGNED,
) -> Proposal:
    """Paint for a lesion, or a new lesion where none is named.

    Pixels below the limit are never counted (clinical-rules.md 3, line 13), so they are no part of the edit.

    Args:
        case: The shown case.
        hu: (z, y, x) int16 of the volume.
        box: Of the mask.
        mask: (z, y, x) bool, what the brush has touched.
        lesion_id: The lesion that grows; "": a new one.
        artery: Of a new one.
    """
    scan = scan_of(case, hu)
    lesion = next((s for s in case.lesions if s.id == lesion_id), None)
    limit = scan.limit_hu if lesion is None else scan.limit_of(lesion)
    bright = mask & (np.asarray(hu[slices_of(box)]) >= limit)
    left_out = int(mask.sum()) - int(bright.sum())
    new = bright if lesion is None else bright & ~occupied([lesion], box)
    runs = runs_of(new, box[:3])
    if runs is None:
        return Proposal(None, left_out, limit)
    if lesion is not None:
        return Proposal(Paint((lesion.id,), runs), left_out, limit)
    new_id = place_id(runs.box, runs.mask(), hu, {s.id for s in case.lesions})
    return Proposal(AddLesion((new_id,), runs, artery), left_out, limit)


def erased(case: Case, box: Box, mask: Mask, only: tuple[str, ...] = ()) -> Erase | None:
    """Takes what the brush has touched from the lesions there; with `only`, from those alone."""
    near = [s for s in case.lesions if overlap(s.box, box) and (not only or s.id in only)]
    touched = [s for s in near if (occupied([s], box) & mask).any()]
    runs = runs_of(mask & occupied(touched, box), box[:3])
    return Erase(tuple(s.id for s in touched), runs) if runs else None


def grown_lesion(
    case: Case,
    hu: NDArray[np.int16],
    seed_zyx: tuple[int, int, int],
    forbidden: Mask | None = None,
    heart: Mask | None = None,
    artery: Artery = Artery.UNASSIGNED,
) -> AddLesion | None:
    """A new lesion from a click; None if nothing bright is free there. Arguments as in `growing.grown_from`."""
    found = grown_from(scan_of(case, hu), seed_zyx, case.lesions, forbidden, heart)
    runs = None if found is None else runs_of(found[1], found[0][:3])
    if runs is None:
        return None
    new_id = place_id(runs.box, runs.mask(), hu, {s.id for s in case.lesions})
    return AddLesion((new_id,), runs, artery, grown=True)
