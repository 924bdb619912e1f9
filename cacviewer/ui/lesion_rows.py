"""The lesions of a case as rows: number, score, slice. A value; the table, keys and menus take it from here."""

from __future__ import annotations

from dataclasses import dataclass

from cacviewer.core.case import Case
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


def rows_of(case: Case | None) -> tuple[LesionRow, ...]:
    """Counted lesions first, then other calcium, each in the order of the case."""
    if case is None:
        return ()
    rows = []
    scores = case.scores.by_lesion if case.scores else {}
    for number, lesion in enumerate(case.lesions, start=1):
        z = float(case.grid.index_zyx(lesion.centroid_lps_mm)[0])
        rows.append(LesionRow(number, lesion, scores.get(lesion.id), round(z) + 1))
    return tuple(sorted(rows, key=lambda row: not row.lesion.is_scored))


def numbers_of(case: Case | None) -> dict[str, int]:
    """Lesion id to number."""
    return {lesion.id: n for n, lesion in enumerate(case.lesions, start=1)} if case else {}


def with_numbers(text: str, case: Case | None) -> str:
    """A text of an edit with the numbers of the table instead of ids."""
    for lesion_id, number in numbers_of(case).items():
        text = text.replace(lesion_id, str(number))
    return text


def selected(session: Session) -> list[Lesion]:
    """The selected lesions as they are shown."""
    if session.shown is None:
        return []
    chosen = set(session.selection)
    return [lesion for lesion in session.shown.lesions if lesion.id in chosen]
