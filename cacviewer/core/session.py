"""A Session: what a window holds of one study. A value; the store exchanges it for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.audit import Deed, Entry
from cacviewer.core.case import Case, Review
from cacviewer.core.edits import AddLesion, Edit, changed, lesions_after, scan_of, with_lesions
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.labelled import Memo
from cacviewer.core.lesions import Lesion
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.study import Inspection
from cacviewer.core.volume import Volume


class SlabMode(StrEnum):
    """How a slab of slices becomes one picture."""

    MIP = "mip"
    MEAN = "mean"
    MINIP = "minip"


@dataclass(frozen=True, slots=True)
class ViewState:
    """How the slice views show the volume; shared by all of them.

    Attributes:
        window_center: Level in HU.
        window_width: Width in HU.
        heart_opacity: 0..1, of the fill of heart and aorta.
        calcium_opacity: 0..1, of the fill of lesions.
        show_heart: Heart overlay on.
        show_aorta: Aorta overlay on.
        show_calcium: Lesion overlay on.
        smooth: Linear interpolation; False shows voxels.
        show_crosshair: Crosshair lines on.
        show_text: Furniture on.
        slab_mm: Thickness of the slab about the slice, 0 for the slice alone.
        slab_mode: What is shown of a slab.
    """

    window_center: float = 50.0
    window_width: float = 350.0
    heart_opacity: float = 0.2
    calcium_opacity: float = 0.5
    show_heart: bool = True
    show_aorta: bool = True
    show_calcium: bool = True
    smooth: bool = True
    show_crosshair: bool = True
    show_text: bool = True
    slab_mm: float = 0.0
    slab_mode: SlabMode = SlabMode.MIP


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One study on the screen.

    Attributes:
        inspection: What the scan of the input found, or None.
        volume: The series on the screen, or None.
        anatomy: Its organs, or None while the network works.
        automatic: The program's result, or None.
        shown: The automatic result with edits[:cursor] applied, and the review.
        edits: All edits of this sitting, undone ones after the cursor.
        cursor: How many edits are in force.
        audit: Everything that was done, undone edits too, in the order of time.
        past: Lesions before each edit in force, and after each undone one: past[k] are those with k edits.
        selection: Ids of selected lesions.
        crosshair_lps_mm: Where all views look, x, y, z in LPS mm.
        view: How the slice views show it.
        patient: What the reader has entered of the patient.
        prior: The earlier scan that the score is compared with, or None.
        interpretation: Of the shown score for these inputs; made by the store, None without a score.
        measurements: Lengths, angles and ellipses, in the order they were made.
        memo: Scores of groups of lesions that were computed before; a cache of this volume, not a part of the value.
    """

    inspection: Inspection | None = None
    volume: Volume | None = None
    anatomy: Anatomy | None = None
    automatic: Case | None = None
    shown: Case | None = None
    edits: tuple[Edit, ...] = ()
    cursor: int = 0
    audit: tuple[Entry, ...] = ()
    past: tuple[tuple[Lesion, ...], ...] = ()
    selection: tuple[str, ...] = ()
    crosshair_lps_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    view: ViewState = ViewState()
    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    interpretation: Interpretation | None = None
    measurements: tuple[Measurement, ...] = ()
    memo: Memo = field(default_factory=dict, repr=False)

    @property
    def is_locked(self) -> bool:
        """Whether the case is reviewed: edits are refused until it is unlocked."""
        return self.shown is not None and self.shown.review is not None

    @property
    def can_undo(self) -> bool:
        """Whether an edit is in force and may be taken back."""
        return self.cursor > 0 and not self.is_locked

    @property
    def can_redo(self) -> bool:
        """Whether an edit was undone and may be put in force."""
        return self.cursor < len(self.edits) and not self.is_locked


def edited(session: Session, edit: Edit) -> Session:
    """The session after a new edit; what was undone before is forgotten. The same one if it is locked."""
    if session.shown is None or session.volume is None or session.is_locked:
        return session
    hu, cursor = session.volume.hu, session.cursor
    shown = changed(session.shown, edit, hu, session.memo)
    return replace(
        session,
        edits=(*session.edits[:cursor], edit),
        cursor=cursor + 1,
        past=(*session.past[:cursor], session.shown.lesions, shown.lesions),
        shown=shown,
        selection=_there(session.selection, shown),
    )


def undone(session: Session) -> Session:
    """The session with the last edit taken back."""
    return _at(session, session.cursor - 1) if session.can_undo else session


def redone(session: Session) -> Session:
    """The session with the last undone edit in force again."""
    return _at(session, session.cursor + 1) if session.can_redo else session


def reviewed(session: Session, review: Review | None) -> Session:
    """The session signed, or with None unlocked."""
    return session if session.shown is None else replace(session, shown=replace(session.shown, review=review))


def with_result(session: Session, automatic: Case) -> Session:
    """The session with the program's result; edits in force stay, for ids of lesions are stable."""
    if session.volume is None:
        return replace(session, automatic=automatic, shown=automatic)
    past = [automatic.lesions]
    for edit in session.edits:
        past.append(lesions_after(past[-1], edit, scan_of(automatic, session.volume.hu)))
    shown = automatic
    if session.cursor:
        shown = with_lesions(automatic, past[session.cursor], session.volume.hu, session.memo)
    review = session.shown.review if session.shown is not None else None
    shown = shown if review is None else replace(shown, review=review)
    return replace(session, automatic=automatic, shown=shown, past=tuple(past))


def lost(session: Session) -> tuple[tuple[Edit, tuple[str, ...]], ...]:
    """Edits in force that name lesions which are not there, each with their ids: they change nothing of those.

    A new automatic result may know a lesion no more that an edit of the last one was about.
    """
    found = []
    for edit, lesions in zip(session.edits[: session.cursor], session.past, strict=False):
        if isinstance(edit, AddLesion):  # the ids that it names are those it makes
            continue
        there = {lesion.id for lesion in lesions}
        if gone := tuple(lesion_id for lesion_id in edit.lesion_ids if lesion_id not in there):
            found.append((edit, gone))
    return tuple(found)


def replayed(session: Session, entries: Sequence[Entry]) -> Session:
    """A session with an automatic result, after all that an audit list says was done to it."""
    edits: list[Edit] = []
    cursor, review = 0, None
    for entry in entries:
        match entry.deed:
            case Deed.EDIT if entry.edit is not None:
                edits[cursor:] = [entry.edit]
                cursor += 1
            case Deed.UNDO:
                cursor = max(0, cursor - 1)
            case Deed.REDO:
                cursor = min(len(edits), cursor + 1)
            case Deed.REVIEW:
                review = Review(entry.by, entry.at, cursor)
            case Deed.UNLOCK:
                review = None
    session = replace(session, edits=tuple(edits), cursor=cursor, audit=tuple(entries))
    if session.automatic is None:
        return session
    return reviewed(with_result(session, session.automatic), review)


def _at(session: Session, cursor: int) -> Session:
    if session.automatic is None or session.volume is None or session.shown is None:
        return session
    lesions, hu = session.past[cursor], session.volume.hu
    shown = with_lesions(session.automatic, lesions, hu, session.memo) if cursor else session.automatic
    return replace(session, cursor=cursor, shown=shown, selection=_there(session.selection, shown))


def _there(selection: tuple[str, ...], case: Case) -> tuple[str, ...]:
    """Those selected lesions that are still there."""
    if not selection:
        return selection
    ids = {lesion.id for lesion in case.lesions}
    kept = tuple(lesion_id for lesion_id in selection if lesion_id in ids)
    return selection if kept == selection else kept
