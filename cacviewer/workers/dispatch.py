"""Who gets which job: the states of a child, as values in and commands out. No process, no clock, no Qt.

`pool` and `runner` tell what happened (with the time as a number) and carry out the commands that come back. All
that can happen to a child stands in TABLE; nothing about its state may be decided anywhere else.
docs/workers.md shows the table as `draw_table` draws it.

    absent --want--> starting --hello--> warming --ready--> idle --job--> busy --result, failure--> idle
       ^                                                                   | cancel, stop
       +---------------- died ----------------- ending <------- kill ------+
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from cacviewer.core.errors import CacError, Cancelled, WorkerDied
from cacviewer.workers import protocol
from cacviewer.workers.estimate import seconds_left

MAX_ATTEMPTS = 2
"""A job whose child dies is tried once more."""

MAX_FALSE_STARTS = 2
"""Children that end before they are ready, in a row, before the jobs that wait are given up."""

START_LIMIT_S = 180.0
"""TensorFlow needs 3 s on an idle machine, 16 s were seen on a loaded one, a cold disk may add a minute."""


class State(StrEnum):
    """Of the child of a role."""

    ABSENT = "absent"
    STARTING = "starting"
    WARMING = "warming"
    IDLE = "idle"
    BUSY = "busy"
    ENDING = "ending"


class Event(StrEnum):
    """What can happen to a child."""

    WANT = "want"
    HELLO = "hello"
    MISFIT = "misfit"
    READY = "ready"
    JOB = "job"
    PROGRESS = "progress"
    RESULT = "result"
    FAILURE = "failure"
    CANCEL = "cancel"
    LATE = "late"
    DIED = "died"
    STOP = "stop"


# --- commands: what the driver has to do -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Start a child of this role."""

    role: str


@dataclass(frozen=True, slots=True)
class Send:
    """Write the job to the child."""

    role: str
    job: protocol.Job


@dataclass(frozen=True, slots=True)
class Kill:
    """End the child at once; `Dispatch.died` is awaited."""

    role: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell who asked for the ticket: a Progress, or the end of it as Result or error."""

    ticket: int
    what: protocol.Progress | protocol.Result | CacError


@dataclass(frozen=True, slots=True)
class Show:
    """The state of a role has changed."""

    role: str
    state: State


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person at the screen."""

    text: str


Command = Start | Send | Kill | Tell | Show | Notice


# --- state ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """A job on its way; `attempts` counts the children it was sent to."""

    job: protocol.Job
    attempts: int = 0
    sent_at: float = 0.0


@dataclass(slots=True)
class _Child:
    role: str
    keep_warm: bool = False
    state: State = State.ABSENT
    queue: deque[_Task] = field(default_factory=deque)
    task: _Task | None = None
    started_at: float = 0.0
    start_seconds: float | None = None
    false_starts: int = 0
    peak_mib: float = 0.0
    hello: protocol.Hello | None = None


class Dispatch:
    """The children of all roles and their jobs. Every method returns commands in the order to be carried out."""

    def __init__(self, roles: Iterable[str] = protocol.ROLES) -> None:
        self._children = {role: _Child(role) for role in roles}
        self._role_of_ticket: dict[int, str] = {}
        self._typical_s: dict[str, float] = {}
        self._now = 0.0
        self._out: list[Command] = []

    # what the driver tells

    def warm(self, role: str, now: float) -> list[Command]:
        """Starts a child ahead of its first job, and again whenever it is lost."""
        self._children[role].keep_warm = True
        return self._handled(self._children[role], Event.WANT, None, now)

    def submit(self, role: str, job: protocol.Job, now: float) -> list[Command]:
        """Puts a job at the end of the role's queue."""
        child = self._children[role]
        child.queue.append(_Task(job))
        self._role_of_ticket[job.ticket] = role
        return self._handled(child, Event.WANT if child.state is State.ABSENT else Event.JOB, None, now)

    def cancel(self, ticket: int, now: float) -> list[Command]:
        """Takes a job back: out of the queue, or by killing the child that works on it."""
        if ticket not in self._role_of_ticket:
            return []  # it has ended meanwhile
        child = self._children[self._role_of_ticket[ticket]]
        if child.task and child.task.job.ticket == ticket:
            return self._handled(child, Event.CANCEL, None, now)
        child.queue = deque(task for task in child.queue if task.job.ticket != ticket)
        return self._told(ticket, Cancelled("Cancelled."))

    def message(self, role: str, message: protocol.Message, now: float) -> list[Command]:
        """A child said something."""
        child, event = self._children[role], _EVENT_OF.get(type(message))
        if event is None:
            return []
        if isinstance(message, protocol.Hello) and message.protocol != protocol.PROTOCOL_VERSION:
            event = Event.MISFIT
        stale = isinstance(message, protocol.Progress | protocol.Result | protocol.Failure) and (
            child.task is None or child.task.job.ticket != message.ticket
        )
        return [] if stale else self._handled(child, event, message, now)

    def died(self, role: str, reason: str, now: float) -> list[Command]:
        """A child has ended, by itself or by our Kill; `reason` is a clause such as "signal 9"."""
        return self._handled(self._children[role], Event.DIED, reason, now)

    def tick(self, now: float) -> list[Command]:
        """Time has passed: gives up children that never get ready."""
        out: list[Command] = []
        for child in self._children.values():
            if child.state in (State.STARTING, State.WARMING) and now - child.started_at > START_LIMIT_S:
                out += self._handled(child, Event.LATE, None, now)
        return out

    def stop(self, now: float) -> list[Command]:
        """Ends everything: all jobs are cancelled, all children killed."""
        out: list[Command] = []
        for child in self._children.values():
            child.keep_warm = False
            for task in child.queue:
                out += self._told(task.job.ticket, Cancelled("The program is closing."))
            child.queue.clear()
            out += self._handled(child, Event.STOP, None, now)
        return out

    # what the driver may ask

    def state(self, role: str) -> State:
        """State of the role's child."""
        return self._children[role].state

    def hello(self, role: str) -> protocol.Hello | None:
        """What the present child of the role said it is."""
        return self._children[role].hello

    def start_seconds(self, role: str) -> float | None:
        """From the start of the role's latest child to its being ready; None if none has been."""
        return self._children[role].start_seconds

    def peak_mib(self, role: str) -> float:
        """Largest resident memory that a child of the role has reported, MiB."""
        return self._children[role].peak_mib

    def is_open(self, ticket: int) -> bool:
        """Whether the job waits or runs."""
        return ticket in self._role_of_ticket

    @property
    def is_at_rest(self) -> bool:
        """Whether no child is there."""
        return all(child.state is State.ABSENT for child in self._children.values())

    # the machine

    def _handled(self, child: _Child, event: Event, what: Any, now: float) -> list[Command]:
        row = TABLE.get((child.state, event))
        if row is None:
            return []
        self._now, before = now, child.state
        child.state, act = row
        if child.state is not before:
            self._out.append(Show(child.role, child.state))
        act(self, child, what)
        out, self._out = self._out, []
        if child.state is State.IDLE and child.queue:
            out += self._handled(child, Event.JOB, None, now)
        if child.state is State.ABSENT and (child.queue or child.keep_warm):
            out += self._handled(child, Event.WANT, None, now)
        return out

    def _told(self, ticket: int, what: protocol.Result | CacError) -> list[Command]:
        del self._role_of_ticket[ticket]
        return [Tell(ticket, what)]

    def _end_task(self, child: _Child, what: protocol.Result | CacError) -> None:
        assert child.task is not None  # the table calls this for a busy child only
        self._out += self._told(child.task.job.ticket, what)
        child.task = None

    # actions of the table

    def _nothing(self, child: _Child, what: Any) -> None:
        """Leaves everything as it is."""

    def _start(self, child: _Child, what: Any) -> None:
        """Starts a child."""
        child.started_at, child.hello = self._now, None
        self._out.append(Start(child.role))

    def _greet(self, child: _Child, hello: protocol.Hello) -> None:
        """Remembers what the child is."""
        child.hello = hello

    def _get_ready(self, child: _Child, ready: protocol.Ready) -> None:
        """Notes start time and memory; passes on a failed warm-up."""
        child.start_seconds, child.false_starts = self._now - child.started_at, 0
        child.peak_mib = max(child.peak_mib, ready.peak_mib)
        if ready.problem:
            self._out.append(Notice(ready.problem))

    def _send(self, child: _Child, what: Any) -> None:
        """Sends the first job of the queue."""
        task = child.queue.popleft()
        child.task = replace(task, attempts=task.attempts + 1, sent_at=self._now)
        self._out.append(Send(child.role, task.job))

    def _progress(self, child: _Child, progress: protocol.Progress) -> None:
        """Tells the progress with an estimate of the time left."""
        assert child.task is not None
        left = progress.seconds_left
        if left is None:
            typical = self._typical_s.get(child.task.job.name)
            left = seconds_left(self._now - child.task.sent_at, progress.fraction, typical)
        self._out.append(Tell(progress.ticket, replace(progress, seconds_left=left)))

    def _result(self, child: _Child, result: protocol.Result) -> None:
        """Tells the result; learns how long such a job takes."""
        assert child.task is not None
        self._typical_s[child.task.job.name] = self._now - child.task.sent_at
        child.peak_mib = max(child.peak_mib, result.peak_mib)
        self._end_task(child, result)

    def _failure(self, child: _Child, failure: protocol.Failure) -> None:
        """Tells the error; the child goes on."""
        self._end_task(child, protocol.error_of(failure))

    def _cancel(self, child: _Child, what: Any) -> None:
        """Tells at once and kills: a network in the middle of a pass does not listen."""
        self._end_task(child, Cancelled("Cancelled."))
        self._out.append(Kill(child.role))

    def _kill(self, child: _Child, what: Any) -> None:
        """Kills the child; a job in it is cancelled."""
        if child.task:
            self._end_task(child, Cancelled("The program is closing."))
        self._out.append(Kill(child.role))

    def _kill_late(self, child: _Child, what: Any) -> None:
        """Kills a child that did not get ready; counts it."""
        self._out.append(Kill(child.role))
        self._count_false_start(child, f"it was not ready after {START_LIMIT_S:.0f} seconds")

    def _refuse(self, child: _Child, hello: protocol.Hello) -> None:
        """Kills a child of another version; another start would give the same one."""
        child.false_starts = MAX_FALSE_STARTS
        self._out.append(Kill(child.role))
        self._count_false_start(child, f"it is of another version ({hello.program})")

    def _lost_at_start(self, child: _Child, reason: str) -> None:
        """Counts the false start; after too many, gives up what waits."""
        self._count_false_start(child, reason)

    def _count_false_start(self, child: _Child, reason: str) -> None:
        child.false_starts += 1
        if child.false_starts < MAX_FALSE_STARTS:
            return
        child.false_starts, child.keep_warm = 0, False
        text = f"The {child.role} worker cannot be started: {reason}."
        for task in child.queue:
            self._out += self._told(task.job.ticket, WorkerDied(text, remedy="Restart the program; see the log."))
        child.queue.clear()
        self._out.append(Notice(text))

    def _lost_idle(self, child: _Child, reason: str) -> None:
        """Nothing was lost with it; another one is started if the role is kept warm."""

    def _lost_busy(self, child: _Child, reason: str) -> None:
        """Tries the job once more; then gives it up with a sentence."""
        task = child.task
        assert task is not None
        if task.attempts < MAX_ATTEMPTS:
            child.task = None
            child.queue.appendleft(task)
            self._out.append(Notice(f"The worker ended in the middle of its work ({reason}); trying again."))
            return
        self._end_task(
            child,
            WorkerDied(
                f"The worker ended twice in the middle of '{task.job.name}' ({reason}).",
                remedy="Close other programs if memory is short, and try again.",
            ),
        )


_EVENT_OF: dict[type[Any], Event] = {
    protocol.Hello: Event.HELLO,
    protocol.Ready: Event.READY,
    protocol.Progress: Event.PROGRESS,
    protocol.Result: Event.RESULT,
    protocol.Failure: Event.FAILURE,
}

Action = Callable[[Dispatch, _Child, Any], None]

TABLE: dict[tuple[State, Event], tuple[State, Action]] = {
    (State.ABSENT, Event.WANT): (State.STARTING, Dispatch._start),
    (State.STARTING, Event.HELLO): (State.WARMING, Dispatch._greet),
    (State.STARTING, Event.MISFIT): (State.ENDING, Dispatch._refuse),
    (State.STARTING, Event.LATE): (State.ENDING, Dispatch._kill_late),
    (State.STARTING, Event.DIED): (State.ABSENT, Dispatch._lost_at_start),
    (State.STARTING, Event.STOP): (State.ENDING, Dispatch._kill),
    (State.WARMING, Event.READY): (State.IDLE, Dispatch._get_ready),
    (State.WARMING, Event.LATE): (State.ENDING, Dispatch._kill_late),
    (State.WARMING, Event.DIED): (State.ABSENT, Dispatch._lost_at_start),
    (State.WARMING, Event.STOP): (State.ENDING, Dispatch._kill),
    (State.IDLE, Event.JOB): (State.BUSY, Dispatch._send),
    (State.IDLE, Event.DIED): (State.ABSENT, Dispatch._lost_idle),
    (State.IDLE, Event.STOP): (State.ENDING, Dispatch._kill),
    (State.BUSY, Event.PROGRESS): (State.BUSY, Dispatch._progress),
    (State.BUSY, Event.RESULT): (State.IDLE, Dispatch._result),
    (State.BUSY, Event.FAILURE): (State.IDLE, Dispatch._failure),
    (State.BUSY, Event.CANCEL): (State.ENDING, Dispatch._cancel),
    (State.BUSY, Event.DIED): (State.ABSENT, Dispatch._lost_busy),
    (State.BUSY, Event.STOP): (State.ENDING, Dispatch._kill),
    (State.ENDING, Event.DIED): (State.ABSENT, Dispatch._nothing),
}
"""(state, event) to (next state, action). A pair that is not here changes nothing."""


def draw_table() -> str:
    """The table as Markdown, for docs/workers.md."""
    lines = ["| state | event | next state | what is done |", "|---|---|---|---|"]
    for (state, event), (after, act) in TABLE.items():
        done = (act.__doc__ or "").splitlines()[0]
        lines.append(f"| {state} | {event} | {after} | {done} |")
    return "\n".join(lines) + "\n"
