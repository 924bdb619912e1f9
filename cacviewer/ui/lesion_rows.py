"""The lesions of a case as rows: number, score, slice. A value; the table, keys and menus take it from here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cacviewer.core.edits import AddLesion, Edit, Split
from cacviewer.core.lesions import Lesion, LesionClass
from cacviewer.core.scoring import Score
from cacviewer.core.session import Session

CLASS_NAMES = {
    LesionClass.CORONARY: "Coronary",
    LesionClass.AORTA: "Aorta",
    LesionClass.VALVE: "Valve",
    LesionClass.BONE: "Bone",
    LesionClass.METAL: "Metal",
    LesionClass.PULMONARY: "Pulmonary",
    LesionClass.OUTSIDE_HEART: "Outside the heart",
    LesionClass.NOISE: "Noise",
    LesionClass.REJECTED: "Excluded",
}


@dataclass(frozen=True, slots=True)
class LesionRow:
    """A row of the lesion table.

    Attributes:
        number: Its name for people; it stays with the lesion whatever the reader decides.
        lesion: The object.
        score: What it adds to the total; None if it is not counted.
        slice_number: Slice of its middle, counted from 1 as in the views.
    """

    number: int
    lesion: Lesion
    score: Score | None
    slice_number: int

    @property
    def place(self) -> str:
        """Artery of what is counted, class of what is not."""
        if self.lesion.is_scored:
            return self.lesion.artery.label
        return CLASS_NAMES[self.lesion.kind]


def rows_of(session: Session) -> tuple[LesionRow, ...]:
    """Counted lesions first, then other calcium, each in the order of the case."""
    case = session.shown
    if case is None:
        return ()
    numbers = numbers_of(session)
    scores = case.scores.by_lesion if case.scores else {}
    # all at once: one by one 400 lesions take as long as the scores
    places = np.array([lesion.centroid_lps_mm for lesion in case.lesions]).reshape(-1, 3)
    slices = (np.rint(case.grid.index_zyx(places)[:, 0]).astype(int) + 1).tolist()
    rows = [
        LesionRow(numbers[lesion.id], lesion, scores.get(lesion.id), slice_number)
        for lesion, slice_number in zip(case.lesions, slices, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: not row.lesion.is_scored))


def numbers_of(session: Session) -> dict[str, int]:
    """Lesion id to number: the program's lesions in their order, then those that a reader made, as they were made.

    A number stays with its lesion, also when another one is merged away or comes back by undo.
    """
    made = (new for edit in session.edits for new in _made_by(edit))
    automatic = session.automatic.lesions if session.automatic else ()
    shown = session.shown.lesions if session.shown else ()
    ids = dict.fromkeys((*(s.id for s in automatic), *made, *(s.id for s in shown)))
    return {lesion_id: number for number, lesion_id in enumerate(ids, start=1)}


def _made_by(edit: Edit) -> tuple[str, ...]:
    if isinstance(edit, AddLesion):
        return edit.lesion_ids
    return edit.new_ids if isinstance(edit, Split) else ()


def selected(session: Session) -> list[Lesion]:
    """The selected lesions as they are shown."""
    if session.shown is None:
        return []
    chosen = set(session.selection)
    return [lesion for lesion in session.shown.lesions if lesion.id in chosen]
