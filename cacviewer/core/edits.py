"""A reader's corrections as small values, and what they make of an automatic case.

The automatic case never changes; the shown case is `applied(automatic, edits, hu)`. Undo and redo move a
cursor over the list, the list itself is the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.assess import assessed
from cacviewer.core.case import Case
from cacviewer.core.labelled import Memo
from cacviewer.core.lesions import Artery, Lesion, LesionClass


@dataclass(frozen=True, slots=True)
class GiveArtery:
    """Counts lesions for an artery (UNASSIGNED: coronary, artery not known)."""

    lesion_ids: tuple[str, ...]
    artery: Artery
    reviewer: str = ""
    at: str = ""

    @property
    def text(self) -> str:
        """Name for the undo menu."""
        return f"Give {_named(self.lesion_ids)} to {self.artery.label}"

    def __call__(self, lesion: Lesion) -> Lesion:
        """The lesion after the edit."""
        reason = lesion.reason if lesion.is_scored else f"counted by the reader ({lesion.reason})"
        sure = 0.0 if self.artery is Artery.UNASSIGNED else 1.0
        return replace(
            lesion, kind=LesionClass.CORONARY, artery=self.artery, artery_confidence=sure, reason=reason
        )


@dataclass(frozen=True, slots=True)
class Reject:
    """Takes lesions out of the score; they stay listed as other calcium."""

    lesion_ids: tuple[str, ...]
    reviewer: str = ""
    at: str = ""

    @property
    def text(self) -> str:
        """Name for the undo menu."""
        return f"Exclude {_named(self.lesion_ids)}"

    def __call__(self, lesion: Lesion) -> Lesion:
        """The lesion after the edit."""
        if not lesion.is_scored:
            return lesion
        return replace(lesion, kind=LesionClass.REJECTED, reason=f"excluded by the reader ({lesion.reason})")


Edit = GiveArtery | Reject


def applied(automatic: Case, edits: Iterable[Edit], hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """The automatic case with edits laid over it, scored again.

    Args:
        automatic: The case as the program made it.
        edits: In the order they were made; ids that the case does not hold are ignored.
        hu: (z, y, x) int16 of the whole volume.
        memo: As in `assess.assessed`: makes the next edit of a sitting cheap.

    Returns:
        `automatic` itself if there are no edits.
    """
    edits = tuple(edits)
    if not edits:
        return automatic
    lesions = {lesion.id: lesion for lesion in automatic.lesions}
    for edit in edits:
        for lesion_id in edit.lesion_ids:
            if lesion_id in lesions:
                lesions[lesion_id] = edit(lesions[lesion_id])
    return assessed(replace(automatic, lesions=tuple(lesions.values())), hu, memo)


def _named(ids: tuple[str, ...]) -> str:
    return f"lesion {ids[0]}" if len(ids) == 1 else f"{len(ids)} lesions"
