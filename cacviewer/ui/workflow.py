"""The way of a study through the pool: open, scan, load, segment, find, surfaces; and export.

Knows jobs by name and the store; no widget. Every job has an answer, an error or a cancel, and each of them
leaves the session in a state that was whole: the one before, or the one after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cacviewer import logs
from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case, Review
from cacviewer.core.edits import Edit
from cacviewer.core.errors import CacError, CannotExport, UnreadableInput
from cacviewer.core.findings import Severity
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.session import Session
from cacviewer.core.study import Inspection, Verdict, names_in
from cacviewer.core.volume import Volume
from cacviewer.reports.formats import Exported, ReportOptions
from cacviewer.storage.session_file import SavedSession, fingerprint
from cacviewer.ui.orders import FIRST_WORDS, Job, Orders, Pool
from cacviewer.ui.presets import SOFT_TISSUE, stored_window
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated

OF_A_STUDY = frozenset(FIRST_WORDS) - {"export"}
"""Jobs that mean nothing once another study is opened."""
OF_AN_OPENING = frozenset({"scan", "load"})
OF_A_RESULT = frozenset({"segment", "find"})


Written = tuple[tuple[Edit, ...], Review | None, PatientInputs, Measured | None]
"""Edits in force, review, patient inputs and prior that a report was made of."""
NOTHING: Written = ((), None, PatientInputs(), None)


class Workflow(QObject):
    """Sends jobs, puts answers into the store, and tells how far they are."""

    failed = Signal(object)
    """A CacError that the reader must hear of."""
    said = Signal(str)
    """A sentence for the status bar."""
    opened = Signal(str)
    """A path could be opened."""
    resuming = Signal(object)
    """A SavedSession that is about to be shown."""
    surfaces_ready = Signal(object)
    """Surfaces of the study on the screen; None when there are none any more."""

    def __init__(
        self,
        store: SessionStore,
        pool: Pool,
        *,
        method: str = "threshold",
        rules: str = "literature",
        options: Callable[[], dict[str, Any]] = dict,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.orders = Orders(pool, self)
        self._store = store
        self._method, self._rules, self._options = method, rules, options
        self._written = NOTHING
        self._surfaces: tuple[Volume | None, Any] = (None, None)
        pool.notice.connect(self.said)
        self.orders.started.connect(self._tell_working)
        self.orders.ended.connect(self._tell_working)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self.orders.front is not None

    @property
    def has_unwritten_edits(self) -> bool:
        """Whether there are edits, a review or entries that stand in no report; measurements never do."""
        now = _state_of(self._store.session)
        return now not in (NOTHING, self._written) or bool(self._store.session.measurements)

    # --- what the reader asks for ------------------------------------------------------------------------

    def open(self, paths: Sequence[str]) -> None:
        """Scans files and folders and shows the series that is best to score."""
        # the study on the screen goes on being scored: the new input may turn out to be no scan
        self.orders.take_back(OF_AN_OPENING)
        logs.hide(*paths)
        self.orders.send(self._job("scan", partial(self._scanned, list(paths))), list(paths))

    def open_session(self, saved: SavedSession) -> None:
        """Opens the scan of a session and puts the session over it."""
        self.orders.take_back(OF_AN_OPENING)
        path = saved.source.path
        self.orders.send(self._job("scan", partial(self._scanned_for, saved)), [path])

    def show_series(self, index: int) -> None:
        """Reads another series of the input and shows it."""
        inspection = self._store.session.inspection
        if inspection is None or not 0 <= index < len(inspection.series):
            return
        self.orders.take_back(OF_A_STUDY)
        self._load(inspection, index, before=self._store.session)

    def score_again(self) -> None:
        """Finds heart and calcium of the volume again."""
        volume = self._store.session.volume
        if volume is None:
            return
        self.orders.take_back(OF_A_STUDY)
        if not self._explains_no_score(volume):
            self._segment(volume)

    def use_rules(self, name: str) -> None:
        """Scores this study, and those opened after it, by a rule set."""
        self._rules = name
        self._store.use_rules(name)

    def export(self, targets: dict[str, str]) -> None:
        """Writes the shown case to the target of each format."""
        s = self._store.session
        if s.shown is None or s.volume is None or s.anatomy is None:
            return
        edits = s.edits[: s.cursor]
        job = self._job("export", partial(self._exported, _state_of(s)))
        self.orders.send(
            job,
            s.shown,
            s.volume,
            s.anatomy,
            targets=dict(targets),
            automatic=s.automatic,
            edits=edits,
            inputs=s.patient,
            prior=s.prior,
            options=ReportOptions(**self._options()),
        )

    def close_study(self) -> None:
        """Forgets the study; jobs for it end."""
        self.orders.take_back(OF_A_STUDY)
        self._written = NOTHING
        self._store.replace_session(Session(view=self._store.session.view))
        self._offer_surfaces()

    def cancel(self) -> None:
        """Stops what the reader waits for and goes back to the state before it."""
        job = self.orders.take_back_front()
        if job is not None:
            self.said.emit(translated("Stopped: {step}.").format(step=job.words))

    def _tell_working(self, _step: str = "") -> None:
        self._store.set_working(self.orders.runs(OF_A_RESULT))

    def _job(self, name: str, then: Callable[[Any], None]) -> Job:
        """A job whose error the reader must hear of and that changes nothing before its answer."""
        return Job(name, then, self.failed.emit)

    # --- answers -----------------------------------------------------------------------------------------

    def _scanned(self, paths: list[str], inspection: Inspection) -> None:
        logs.hide(*names_in(inspection))
        if inspection.chosen is None:
            if self._store.session.volume is None:  # nothing is lost by showing why each series is no use
                self._store.show_inspection(inspection)
            self.failed.emit(_nothing_to_show(inspection))
            return
        self.orders.take_back(OF_A_STUDY)
        self.opened.emit(paths[0])
        before = self._store.session
        self._store.show_inspection(inspection)
        self._offer_surfaces()
        self._load(inspection, inspection.chosen, before)

    def _load(self, inspection: Inspection, index: int, before: Session) -> None:
        refused = partial(self._load_refused, inspection, before)
        job = Job("load", self._loaded, refused, partial(self._return_to, before))
        self.orders.send(job, inspection, index)

    def _scanned_for(self, saved: SavedSession, inspection: Inspection) -> None:
        wanted = (saved.source.series_uid, saved.source.part)
        index = next(
            (i for i, s in enumerate(inspection.series) if (s.info.series_uid, s.info.part) == wanted), None
        )
        if index is None:
            self.failed.emit(_other_scan(saved))
            return
        self.orders.take_back(OF_A_STUDY)
        logs.hide(saved.source.path, *names_in(inspection))
        self.opened.emit(saved.source.path)
        job = self._job("load", partial(self._loaded_for, saved, inspection))
        self.orders.send(job, inspection, index)

    def _loaded_for(self, saved: SavedSession, inspection: Inspection, volume: Volume) -> None:
        if fingerprint(volume) != saved.source.fingerprint:
            self.failed.emit(_other_scan(saved))
            return
        self._written = NOTHING
        self.resuming.emit(saved)
        self._store.resume(saved, inspection, volume)
        self._offer_surfaces()
        job = Job("surfaces", partial(self._surfaces_made, volume), self._no_surfaces)
        self.orders.send(job, volume, saved.anatomy, saved.automatic)

    def _loaded(self, volume: Volume) -> None:
        self._written = NOTHING
        center, width = stored_window(volume.acquisition) or SOFT_TISSUE
        self._store.set_view(window_center=center, window_width=width)
        self._store.show_volume(volume)
        self._offer_surfaces()
        if not self._explains_no_score(volume):
            self._segment(volume)

    def _load_refused(self, inspection: Inspection, before: Session, error: CacError) -> None:
        readable = sum(s.verdict is not Verdict.UNREADABLE for s in inspection.series)
        others_to_choose = self._store.session.inspection is not before.inspection and readable > 1
        if not others_to_choose:
            self._return_to(before)
        self.failed.emit(error)

    def _segment(self, volume: Volume) -> None:
        self.orders.send(self._job("segment", partial(self._segmented, volume)), volume)

    def _segmented(self, volume: Volume, anatomy: Anatomy) -> None:
        self._store.show_anatomy(anatomy)
        job = self._job("find", partial(self._found, volume, anatomy))
        self.orders.send(job, volume, anatomy, self._method, self._rules)

    def _found(self, volume: Volume, anatomy: Anatomy, case: Case) -> None:
        self._written = NOTHING
        self._store.show_case(case)
        if case.scores is None:
            self.said.emit(translated("Not scored: see the findings."))
        job = Job("surfaces", partial(self._surfaces_made, volume), self._no_surfaces)
        self.orders.send(job, volume, anatomy, case)

    def _surfaces_made(self, volume: Volume, surfaces: Any) -> None:
        self._surfaces = (volume, surfaces)
        self._offer_surfaces()

    def _offer_surfaces(self) -> None:
        """Shows the surfaces of the volume on the screen, or none; kept for a way back after a cancel."""
        of_volume, surfaces = self._surfaces
        fits = of_volume is not None and of_volume is self._store.session.volume
        self.surfaces_ready.emit(surfaces if fits else None)

    def _no_surfaces(self, error: CacError) -> None:
        self.said.emit(translated("No 3-D surfaces: {why}").format(why=error.message))

    def _exported(self, state: Written, exported: Exported) -> None:
        if exported.written:
            self._written = state
            files = ", ".join(dict.fromkeys(exported.written))  # masks of two formats: one folder
            self.said.emit(translated("Written: {files}").format(files=files))
        if exported.refused:
            what = "\n".join(exported.refused)
            self.failed.emit(CannotExport(translated("Not written:\n{what}").format(what=what)))

    def _explains_no_score(self, volume: Volume) -> bool:
        if volume.verdict is not Verdict.VIEWING_ONLY:
            return False
        self.said.emit(translated("This series can be viewed; it is not scored. See the findings."))
        return True

    def _return_to(self, before: Session) -> None:
        self._store.replace_session(replace(before, view=self._store.session.view))
        self._offer_surfaces()


def _state_of(session: Session) -> Written:
    review = session.shown.review if session.shown else None
    return session.edits[: session.cursor], review, session.patient, session.prior


def _other_scan(saved: SavedSession) -> UnreadableInput:
    """The sentence for a folder that does not hold the scan of a session."""
    text = translated("{path} does not hold the scan that this session was made of.")
    return UnreadableInput(
        text.format(path=saved.source.path),
        code="other_scan",
        path=saved.source.path,
        remedy=translated("Open the session again and choose the folder of series {uid}.").format(
            uid=saved.source.series_uid
        ),
    )


def _nothing_to_show(inspection: Inspection) -> UnreadableInput:
    """The sentence for an input of which no series can be shown."""
    findings = [*inspection.findings, *(f for s in inspection.series for f in s.findings)]
    worst = next((f for f in findings if f.severity is Severity.REFUSAL), None)
    if worst is None:
        text = translated("There is no readable CT image in {path}.").format(path=inspection.path)
        remedy = translated("Choose the folder that holds the DICOM files.")
        return UnreadableInput(text, path=inspection.path, remedy=remedy)
    return UnreadableInput(worst.message, code=worst.code, path=inspection.path, remedy=worst.remedy)
