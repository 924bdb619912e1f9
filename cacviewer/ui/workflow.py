"""The way of a study through the pool: open, scan, load, segment, find, surfaces; and export.

Knows jobs by name and the store; no widget. Every job has an answer, an error or a cancel, and each of them
leaves the session in a state that was whole: the one before, or the one after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from cacviewer import logs
from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.errors import CacError, Cancelled, UnreadableInput
from cacviewer.core.findings import Severity
from cacviewer.core.session import Session
from cacviewer.core.study import Inspection, Verdict
from cacviewer.core.volume import Volume
from cacviewer.ui.presets import SOFT_TISSUE, stored_window
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated

FIRST_WORDS = {
    "scan": "Looking for series",
    "load": "Reading slices",
    "segment": "Finding heart and aorta",
    "find": "Finding calcium",
    "surfaces": "Making surfaces",
    "export": "Writing the report",
}
"""What the bar says until a job speaks for itself."""
OF_A_STUDY = frozenset(FIRST_WORDS) - {"export"}
"""Jobs that mean nothing once another study is opened."""


class Pool(Protocol):
    """What of `workers.pool.WorkerPool` is used here."""

    progress: Any
    notice: Any

    def submit(self, name: str, *args: Any, on_result: Any = None, on_error: Any = None, **kwargs: Any) -> int: ...
    def cancel(self, ticket: int) -> None: ...


@dataclass(slots=True)
class Job:
    """A job that runs: name, what to do with its answer, the session to return to if it is cancelled."""

    name: str
    then: Callable[[Any], None]
    before: Session | None = None
    refused: Callable[[CacError], None] | None = None
    ticket: int | None = None


class Workflow(QObject):
    """Sends jobs, puts answers into the store, and tells how far they are."""

    started = Signal(str)
    """A job begins: what it does."""
    progressed = Signal(str, float, object)
    """Step, fraction 0..1, seconds left or None; of the job that the reader waits for."""
    ended = Signal()
    """Nothing runs any more."""
    failed = Signal(object)
    """A CacError that the reader must hear of."""
    said = Signal(str)
    """A sentence for the status bar."""
    opened = Signal(str)
    """A path could be opened."""
    surfaces_ready = Signal(object)
    """Surfaces of the study on the screen; None when there are none any more."""

    def __init__(
        self,
        store: SessionStore,
        pool: Pool,
        *,
        method: str = "threshold",
        rules: str = "literature",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._pool = store, pool
        self._method, self._rules = method, rules
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._written: tuple[Edit, ...] = ()
        self._surfaces: tuple[Volume | None, Any] = (None, None)
        pool.progress.connect(self._on_progress)
        pool.notice.connect(self.said)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return bool(self._jobs)

    @property
    def has_unwritten_edits(self) -> bool:
        """Whether there are edits that stand in no report yet."""
        session = self._store.session
        return bool(session.cursor) and session.edits[: session.cursor] != self._written

    # --- what the reader asks for ------------------------------------------------------------------------

    def open(self, paths: Sequence[str]) -> None:
        """Scans files and folders and shows the series that is best to score."""
        self._drop_study_jobs()
        self._submit(Job("scan", partial(self._scanned, list(paths))), list(paths))

    def show_series(self, index: int) -> None:
        """Reads another series of the input and shows it."""
        inspection = self._store.session.inspection
        if inspection is None or not 0 <= index < len(inspection.series):
            return
        self._drop_study_jobs()
        self._load(inspection, index, before=self._store.session)

    def score_again(self) -> None:
        """Finds heart and calcium of the volume again."""
        volume = self._store.session.volume
        if volume is None:
            return
        self._drop_study_jobs()
        if not self._explains_no_score(volume):
            self._segment(volume)

    def export(self, targets: dict[str, str]) -> None:
        """Writes the shown case to the target of each format."""
        s = self._store.session
        if s.shown is None or s.volume is None or s.anatomy is None:
            return
        edits = s.edits[: s.cursor]
        job = Job("export", partial(self._exported, edits))
        self._submit(
            job, s.shown, s.volume, s.anatomy, targets=dict(targets), automatic=s.automatic, edits=edits
        )

    def close_study(self) -> None:
        """Forgets the study; jobs for it end."""
        self._drop_study_jobs()
        self._written = ()
        self._store.replace_session(Session(view=self._store.session.view))
        self._offer_surfaces()

    def cancel(self) -> None:
        """Stops what the reader waits for and goes back to the state before it."""
        number = self._front()
        if number is None:
            return
        job = self._jobs.pop(number)
        if job.ticket is not None:
            self._pool.cancel(job.ticket)
        self._go_back(job)
        self.said.emit(translated("Stopped: {step}.").format(step=translated(FIRST_WORDS[job.name])))
        self._tell_state()

    def stop(self) -> None:
        """Stops everything; for the end of the program."""
        for number in list(self._jobs):
            job = self._jobs.pop(number)
            if job.ticket is not None:
                self._pool.cancel(job.ticket)
        self._tell_state()

    # --- answers -----------------------------------------------------------------------------------------

    def _scanned(self, paths: list[str], inspection: Inspection) -> None:
        if inspection.chosen is None:
            if self._store.session.volume is None:  # nothing is lost by showing why each series is no use
                self._store.show_inspection(inspection)
            self.failed.emit(_nothing_to_show(inspection))
            return
        logs.hide(*paths, *_names_of(inspection))
        self.opened.emit(paths[0])
        before = self._store.session
        self._store.show_inspection(inspection)
        self._offer_surfaces()
        self._load(inspection, inspection.chosen, before)

    def _load(self, inspection: Inspection, index: int, before: Session) -> None:
        job = Job("load", self._loaded, before, partial(self._load_refused, inspection, before))
        self._submit(job, inspection, index)

    def _loaded(self, volume: Volume) -> None:
        self._written = ()
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
        self._submit(Job("segment", partial(self._segmented, volume)), volume)

    def _segmented(self, volume: Volume, anatomy: Anatomy) -> None:
        self._store.show_anatomy(anatomy)
        self._submit(Job("find", partial(self._found, volume, anatomy)), volume, anatomy, self._method, self._rules)

    def _found(self, volume: Volume, anatomy: Anatomy, case: Case) -> None:
        self._written = ()
        self._store.show_case(case)
        if case.scores is None:
            self.said.emit(translated("Not scored: see the findings."))
        job = Job("surfaces", partial(self._surfaces_made, volume), refused=self._no_surfaces)
        self._submit(job, volume, anatomy, case)

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

    def _exported(self, edits: tuple[Edit, ...], written: list[str]) -> None:
        self._written = edits
        self.said.emit(translated("Written: {files}").format(files=", ".join(map(str, written))))

    def _explains_no_score(self, volume: Volume) -> bool:
        if volume.verdict is not Verdict.VIEWING_ONLY:
            return False
        self.said.emit(translated("This series can be viewed; it is not scored. See the findings."))
        return True

    # --- jobs --------------------------------------------------------------------------------------------

    def _submit(self, job: Job, *args: Any, **kwargs: Any) -> None:
        number = next(self._numbers)
        self._jobs[number] = job
        self.started.emit(translated(FIRST_WORDS[job.name]))
        job.ticket = self._pool.submit(
            job.name,
            *args,
            on_result=partial(self._answered, number),
            on_error=partial(self._refused, number),
            **kwargs,
        )

    def _answered(self, number: int, value: Any) -> None:
        job = self._jobs.pop(number, None)
        if job is not None:  # else: cancelled meanwhile, nobody waits for it
            job.then(value)
            self._tell_state()

    def _refused(self, number: int, error: CacError) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        if isinstance(error, Cancelled):
            self._go_back(job)
        elif job.refused is not None:
            job.refused(error)
        else:
            self.failed.emit(error)
        self._tell_state()

    def _go_back(self, job: Job) -> None:
        if job.before is not None:
            self._return_to(job.before)

    def _return_to(self, before: Session) -> None:
        self._store.replace_session(replace(before, view=self._store.session.view))
        self._offer_surfaces()

    def _drop_study_jobs(self) -> None:
        for number in [n for n, job in self._jobs.items() if job.name in OF_A_STUDY]:
            job = self._jobs.pop(number)
            if job.ticket is not None:
                self._pool.cancel(job.ticket)
            self._go_back(job)

    def _front(self) -> int | None:
        """The job that the reader waits for: the last one sent."""
        return max(self._jobs, default=None)

    def _tell_state(self) -> None:
        number = self._front()
        if number is None:
            self.ended.emit()
        else:
            self.started.emit(translated(FIRST_WORDS[self._jobs[number].name]))

    def _on_progress(self, ticket: int, step: str, fraction: float, seconds_left: float | None) -> None:
        number = self._front()
        if number is not None and self._jobs[number].ticket == ticket:
            self.progressed.emit(translated(step), fraction, seconds_left)


def _names_of(inspection: Inspection) -> set[str]:
    """What says who was scanned: it must not stand in the log."""
    patients = {series.info.patient for series in inspection.series}
    return {text for p in patients for text in (p.name, p.name.replace("^", " "), p.id, p.birth_date)}


def _nothing_to_show(inspection: Inspection) -> UnreadableInput:
    """The sentence for an input of which no series can be shown."""
    findings = [*inspection.findings, *(f for s in inspection.series for f in s.findings)]
    worst = next((f for f in findings if f.severity is Severity.REFUSAL), None)
    if worst is None:
        text = translated("There is no readable CT image in {path}.").format(path=inspection.path)
        remedy = translated("Choose the folder that holds the DICOM files.")
        return UnreadableInput(text, path=inspection.path, remedy=remedy)
    return UnreadableInput(worst.message, code=worst.code, path=inspection.path, remedy=worst.remedy)
