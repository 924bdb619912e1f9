"""Jobs on their way: sent to the pool, answered, refused or taken back, each exactly once.

Knows nothing of what a job is for; `workflow` says what follows from an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from cacviewer.core.errors import CacError, Cancelled
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


class Pool(Protocol):
    """What of `workers.pool.WorkerPool` is used here."""

    progress: Any
    notice: Any
    restarted: Any

    def submit(
        self, name: str, *args: Any, on_result: Any = None, on_error: Any = None, **kwargs: Any
    ) -> int: ...
    def cancel(self, ticket: int) -> None: ...


def _nothing() -> None:
    """The way back of a job that has changed nothing."""


@dataclass(slots=True)
class Job:
    """A job that runs.

    Attributes:
        name: Row of the table of jobs.
        then: Gets its answer.
        refused: Gets its error.
        back: Brings back the state before it, if it is taken back.
        ticket: The pool's.
    """

    name: str
    then: Callable[[Any], None]
    refused: Callable[[CacError], None]
    back: Callable[[], None] = _nothing
    ticket: int | None = None

    @property
    def words(self) -> str:
        """What it does."""
        return translated(FIRST_WORDS[self.name])


class Orders(QObject):
    """The jobs that run, the last one sent in front: that is the one that the reader waits for."""

    started = Signal(str)
    """A job begins: what it does."""
    progressed = Signal(str, float, object)
    """Step, fraction 0..1, seconds left or None; of the job in front."""
    ended = Signal()
    """Nothing runs any more."""

    def __init__(self, pool: Pool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        pool.progress.connect(self._on_progress)
        pool.restarted.connect(self._on_restarted)

    @property
    def front(self) -> Job | None:
        """The job that the reader waits for."""
        return self._jobs[max(self._jobs)] if self._jobs else None

    def runs(self, names: Collection[str]) -> bool:
        """Whether a job of these names is on its way."""
        return any(job.name in names for job in self._jobs.values())

    def send(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """Sends a job to the pool."""
        number = next(self._numbers)
        self._jobs[number] = job
        self.started.emit(job.words)
        job.ticket = self._pool.submit(
            job.name,
            *args,
            on_result=partial(self._answered, number),
            on_error=partial(self._refused, number),
            **kwargs,
        )

    def take_back_front(self) -> Job | None:
        """Takes the job in front back, and what it changed."""
        job = self.front
        if job is not None:
            self._take_back(max(self._jobs))
            self._tell_state()
        return job

    def take_back(self, names: Collection[str]) -> None:
        """Takes back every job of these names, and what they changed."""
        numbers = [n for n, job in self._jobs.items() if job.name in names]
        for number in numbers:
            self._take_back(number)
        if numbers:
            self._tell_state()  # a caller that sends nothing after it must not leave the bar behind

    def stop(self) -> None:
        """Ends everything."""
        self.take_back(FIRST_WORDS)
        self._tell_state()

    def _take_back(self, number: int) -> None:
        job = self._jobs.pop(number)
        if job.ticket is not None:
            self._pool.cancel(job.ticket)
        job.back()

    def _answered(self, number: int, value: Any) -> None:
        job = self._jobs.pop(number, None)
        if job is not None:  # else: taken back meanwhile, nobody waits for it
            job.then(value)
            self._tell_state()

    def _refused(self, number: int, error: CacError) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        if isinstance(error, Cancelled):
            job.back()
        else:
            job.refused(error)
        self._tell_state()

    def _tell_state(self) -> None:
        if self.front is None:
            self.ended.emit()
        else:
            self.started.emit(self.front.words)

    def _on_restarted(self) -> None:
        """A child that died in its work begins again from nothing, so the bar does too."""
        if self.front is not None:
            self.started.emit(translated("{step}, starting again").format(step=self.front.words))

    def _on_progress(self, ticket: int, step: str, fraction: float, seconds_left: float | None) -> None:
        if self.front is not None and self.front.ticket == ticket:
            self.progressed.emit(step, fraction, seconds_left)
