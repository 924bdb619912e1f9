"""SessionStore: the one mutable thing. Holds the Session and says when it was exchanged for another.

Panels and views read `store.session`, listen to `changed(old, new)` and compare by identity the parts that
they show. Nobody else keeps state of the study.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.audit import Deed, Entry
from cacviewer.core.case import Case, Review
from cacviewer.core.comparison import under_rules
from cacviewer.core.edits import Edit
from cacviewer.core.interpretation import interpreted
from cacviewer.core.interpretation_tables import Tables
from cacviewer.core.lesions import Lesion
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.session import Session, edited, lost, redone, replayed, reviewed, undone, with_result
from cacviewer.core.study import Inspection
from cacviewer.core.volume import Volume
from cacviewer.storage.session_file import SavedSession
from cacviewer.storage.tables import tables
from cacviewer.ui.translations import translated

LOCKED = "The case is reviewed and locked. Unlock it (Review menu) to change it."
"""Said when somebody edits a signed case."""


LOST = "Corrections of lesions that this result no longer has: {count}. They change nothing."
LOST_ONE = "The lesion of this correction is no longer there: nothing changes."
"""Said when a new result does not know the lesions of an edit, and when such an edit is undone or redone."""


class SessionStore(QObject):
    """Holds the session; every change goes through a method here."""

    changed = Signal(object, object)
    """(old Session, new Session), after every exchange."""

    working_changed = Signal(bool)
    """Whether a result is being worked out, after every turn of it."""

    refused = Signal(str)
    """A sentence why an edit was not made."""

    def __init__(
        self, parent: QObject | None = None, *, reviewer: str = "", tables: Callable[[], Tables] = tables
    ) -> None:
        super().__init__(parent)
        self._tables = tables
        self.reviewer = reviewer
        self.journal: Callable[[Entry], None] | None = None
        self._session = Session()
        self._working = False

    @property
    def working(self) -> bool:
        """Whether a result for the study on the screen is being worked out."""
        return self._working

    def set_working(self, working: bool) -> None:
        """Says whether a result is being worked out."""
        if working != self._working:
            self._working = working
            self.working_changed.emit(working)

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._session

    def replace_session(self, new: Session) -> None:
        """Exchanges the session and tells everybody."""
        new = self._interpreted(new)
        old, self._session = self._session, new
        if old is not new:
            self.changed.emit(old, new)

    def show_inspection(self, inspection: Inspection) -> None:
        """A new input was scanned: starts an empty session with it."""
        self.replace_session(Session(inspection=inspection, view=self._session.view))

    def show_volume(self, volume: Volume) -> None:
        """A series was read: crosshair to its centre, everything that was known of another one forgotten."""
        centre = volume.grid.lps_mm((np.asarray(volume.grid.shape_zyx) - 1) / 2)
        before = self._session.volume
        same = before is not None and before.info.patient == volume.info.patient and volume.info.patient.id
        inputs = self._session.patient if same else PatientInputs()
        fresh = Session(
            inspection=self._session.inspection, volume=volume, view=self._session.view, patient=inputs
        )
        self.replace_session(
            replace(fresh, crosshair_lps_mm=(float(centre[0]), float(centre[1]), float(centre[2])))
        )

    def show_anatomy(self, anatomy: Anatomy) -> None:
        """The network answered."""
        self.replace_session(replace(self._session, anatomy=anatomy))

    def show_case(self, case: Case) -> None:
        """The automatic result is there; edits of this series stay in force, for ids of lesions are stable."""
        self.replace_session(with_result(self._session, case))
        self._tell_lost()

    def resume(self, saved: SavedSession, inspection: Inspection, volume: Volume) -> None:
        """Puts a saved session over its scan: all that was done is done again, at once."""
        fresh = Session(
            inspection=inspection,
            volume=volume,
            anatomy=saved.anatomy,
            view=saved.view,
            crosshair_lps_mm=saved.crosshair_lps_mm,
            patient=saved.patient,
            prior=saved.prior,
            measurements=saved.measurements,
        )
        session = replayed(replace(fresh, automatic=saved.automatic), saved.audit)
        ids = {lesion.id for lesion in session.shown.lesions} if session.shown else set()
        self.replace_session(replace(session, selection=tuple(i for i in saved.selection if i in ids)))
        self._tell_lost()

    def use_rules(self, name: str) -> None:
        """Scores the study again by another rule set; lesions and edits stay."""
        session = self._session
        if session.automatic is None or session.volume is None or session.automatic.rules.name == name:
            return
        if session.is_locked:
            self.refused.emit(translated(LOCKED))
            return
        automatic = under_rules(session.automatic, name, session.volume.hu, session.memo)
        self.replace_session(with_result(session, automatic))
        self._tell_lost()

    def _tell_lost(self) -> None:
        if gone := lost(self._session):
            self.refused.emit(translated(LOST).format(count=len(gone)))

    def set_patient(self, inputs: PatientInputs) -> None:
        """What the reader has entered of the patient."""
        if inputs != self._session.patient:
            self.replace_session(replace(self._session, patient=inputs))

    def set_prior(self, prior: Measured | None) -> None:
        """The earlier scan to compare with."""
        if prior != self._session.prior:
            self.replace_session(replace(self._session, prior=prior))

    def _interpreted(self, new: Session) -> Session:
        """The session with an interpretation that fits it."""
        old = self._session
        parts = ("shown", "patient", "prior", "interpretation")
        if all(getattr(old, part) is getattr(new, part) for part in parts):
            return new
        made = interpreted(new.shown, new.patient, self._tables(), new.prior) if new.shown else None
        return replace(new, interpretation=made)

    # --- what a reader does: into the journal first, then into memory ---------------------------------------

    def edit(self, edit: Edit) -> None:
        """Lays an edit over the result and scores it again; it gets the reader's name and the time."""
        edit = replace(edit, reviewer=edit.reviewer or self.reviewer, at=edit.at or self._now())
        self._do(Deed.EDIT, edited(self._session, edit), edit)

    def undo(self) -> None:
        """Takes the last edit back."""
        session = self._session
        last = session.edits[session.cursor - 1] if session.cursor else None
        self._do(Deed.UNDO, undone(session), last)
        if self._session is not session and any(edit is last for edit, _ in lost(session)):
            self.refused.emit(translated(LOST_ONE))

    def redo(self) -> None:
        """Puts the last undone edit in force again."""
        session = self._session
        again = session.edits[session.cursor] if session.cursor < len(session.edits) else None
        self._do(Deed.REDO, redone(session), again)
        if self._session is not session and any(edit is again for edit, _ in lost(self._session)):
            self.refused.emit(translated(LOST_ONE))

    def review(self, reviewer: str, checked: tuple[str, ...] = ()) -> None:
        """Signs the case: it is locked until `unlock`."""
        session = self._session
        if session.shown is None or session.is_locked:
            return
        self.reviewer, at = reviewer, self._now()
        signed = reviewed(session, Review(reviewer, at, session.cursor))
        self._do(Deed.REVIEW, signed, at=at, checked=checked)

    def unlock(self) -> None:
        """Takes the signature back, so that the case can be edited."""
        if self._session.is_locked:
            self._do(Deed.UNLOCK, reviewed(self._session, None))

    def _do(
        self, deed: Deed, new: Session, edit: Edit | None = None, at: str = "", checked: tuple[str, ...] = ()
    ) -> None:
        old = self._session
        if new is old:
            if old.is_locked:
                self.refused.emit(translated(LOCKED))
            return
        at = at or (edit.at if deed is Deed.EDIT and edit else self._now())
        entry = Entry(deed, self.reviewer, at, edit, agatston_of(old.shown), agatston_of(new.shown), checked)
        if self.journal is not None:
            self.journal(entry)
        self.replace_session(replace(new, audit=(*old.audit, entry)))

    @staticmethod
    def _now() -> str:
        return datetime.now().astimezone().isoformat(timespec="seconds")

    def measure(self, measurement: Measurement) -> None:
        """Keeps a measurement."""
        session = self._session
        self.replace_session(replace(session, measurements=(*session.measurements, measurement)))

    def forget_measurements(self, *, last: bool = False) -> None:
        """Takes all measurements away, or the last one."""
        left = self._session.measurements[:-1] if last else ()
        if self._session.measurements:
            self.replace_session(replace(self._session, measurements=left))

    def select(self, ids: tuple[str, ...]) -> None:
        """Selects lesions."""
        if ids != self._session.selection:
            self.replace_session(replace(self._session, selection=ids))

    def go_to(self, lesion: Lesion) -> None:
        """Selects a lesion and moves the crosshair into it, in one exchange: every view draws once."""
        self.replace_session(
            replace(self._session, selection=(lesion.id,), crosshair_lps_mm=lesion.centroid_lps_mm)
        )

    def move_crosshair(self, lps_mm: tuple[float, float, float]) -> None:
        """Moves the crosshair of all views, LPS mm."""
        if lps_mm != self._session.crosshair_lps_mm:
            self.replace_session(replace(self._session, crosshair_lps_mm=lps_mm))

    def set_view(self, **changes: Any) -> None:
        """Changes fields of the ViewState, for example window_width=350."""
        view = replace(self._session.view, **changes)
        if view != self._session.view:
            self.replace_session(replace(self._session, view=view))


def agatston_of(case: Case | None) -> float | None:
    """Agatston score of a case; None where there is none."""
    return None if case is None or case.scores is None else case.scores.total.agatston
