"""Who gets which job: progress, cancel, crash and one retry, decided without a process, a clock or Qt.

`pool` and `runner` tell what happened (the time is an argument) and carry out the commands that come back,
in their order. The states of a child and all that can happen to it are the table of `states`; here are its
actions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from cacviewer.core.errors import CacError, Cancelled, WorkerDied
from cacviewer.workers import protocol
from cacviewer.workers.commands import Command, Kill, Notice, Send, Show, Start, Tell
from cacviewer.workers.estimate import seconds_left
from cacviewer.workers.states import TABLE, Action, Event, State

MAX_ATTEMPTS = 2
"""A job whose child dies is tried once more."""

MAX_FALSE_STARTS = 2
"""Children that end before they are ready, in a row, before the jobs that wait are given up."""

QUICK_DEATH_S = 10.0
"""A child that ends this soon after it was ready, without a job, counts as a false start."""

NOT_STARTED = "worker_not_started"
"""Code of the error of jobs that no child could be started for: no fault of theirs."""

START_LIMIT_S = 180.0
"""TensorFlow needs 3 s on an idle machine, 16 s were seen on a loaded one, a cold disk may add a minute."""


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
    ready_at: float = 0.0
    start_seconds: float | None = None
    false_starts: int = 0
    peak_mib: float = 0.0
    hello: protocol.Hello | None = None
    models: dict[str, str] = field(default_factory=dict)


class Dispatch:
    """The children of all roles and their jobs. Methods return commands in the order to be carried out."""

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

    def models(self, role: str) -> dict[str, str]:
        """Networks that the role's child has ready and their SHA-256."""
        return dict(self._children[role].models)

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
        child.state, action = row
        if child.state is not before:
            self._out.append(Show(child.role, child.state))
        _ACTIONS[action](self, child, what)
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

    # actions of the table; states.Action says what each is for

    def _nothing(self, child: _Child, what: Any) -> None:
        pass

    def _start(self, child: _Child, what: Any) -> None:
        child.started_at, child.hello = self._now, None
        self._out.append(Start(child.role))

    def _greet(self, child: _Child, hello: protocol.Hello) -> None:
        child.hello = hello

    def _get_ready(self, child: _Child, ready: protocol.Ready) -> None:
        child.start_seconds, child.ready_at = self._now - child.started_at, self._now
        child.peak_mib = max(child.peak_mib, ready.peak_mib)
        child.models = ready.models
        if ready.problem:
            self._out.append(Notice(ready.problem))

    def _send(self, child: _Child, what: Any) -> None:
        task = child.queue.popleft()
        child.task = replace(task, attempts=task.attempts + 1, sent_at=self._now)
        self._out.append(Send(child.role, task.job))

    def _progress(self, child: _Child, progress: protocol.Progress) -> None:
        assert child.task is not None
        left = progress.seconds_left
        if left is None:
            typical = self._typical_s.get(child.task.job.name)
            left = seconds_left(self._now - child.task.sent_at, progress.fraction, typical)
        self._out.append(Tell(progress.ticket, replace(progress, seconds_left=left)))

    def _result(self, child: _Child, result: protocol.Result) -> None:
        assert child.task is not None
        self._typical_s[child.task.job.name] = self._now - child.task.sent_at
        child.false_starts = 0
        child.peak_mib = max(child.peak_mib, result.peak_mib)
        self._end_task(child, result)

    def _failure(self, child: _Child, failure: protocol.Failure) -> None:
        self._end_task(child, protocol.error_of(failure))

    def _cancel(self, child: _Child, what: Any) -> None:
        self._end_task(child, Cancelled("Cancelled."))
        self._out.append(Kill(child.role))

    def _kill(self, child: _Child, what: Any) -> None:
        if child.task:
            self._end_task(child, Cancelled("The program is closing."))
        self._out.append(Kill(child.role))

    def _kill_late(self, child: _Child, what: Any) -> None:
        self._out.append(Kill(child.role))
        self._count_false_start(child, f"it was not ready after {START_LIMIT_S:.0f} seconds")

    def _refuse(self, child: _Child, hello: protocol.Hello) -> None:
        child.false_starts = MAX_FALSE_STARTS
        self._out.append(Kill(child.role))
        self._count_false_start(child, f"it is of another version ({hello.program})")

    def _count_false_start(self, child: _Child, reason: str) -> None:
        child.false_starts += 1
        if child.false_starts < MAX_FALSE_STARTS:
            return
        child.false_starts, child.keep_warm = 0, False
        text = f"The {child.role} worker cannot be started: {reason}."
        for task in child.queue:
            self._out += self._told(
                task.job.ticket,
                WorkerDied(text, code=NOT_STARTED, remedy="Restart the program; see the log."),
            )
        child.queue.clear()
        self._out.append(Notice(text))

    def _lost_idle(self, child: _Child, reason: str) -> None:
        if (
            self._now - child.ready_at < QUICK_DEATH_S
        ):  # or a child that dies of itself would be started for ever
            self._count_false_start(child, reason)

    def _lost_busy(self, child: _Child, reason: str) -> None:
        task = child.task
        assert task is not None
        if task.attempts < MAX_ATTEMPTS:
            child.task = None
            child.queue.appendleft(task)
            text = f"The worker ended in the middle of its work ({reason}); trying again."
            self._out.append(Notice(text, again=True))
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

_ACTIONS: dict[Action, Callable[[Dispatch, _Child, Any], None]] = {
    Action.START: Dispatch._start,
    Action.GREET: Dispatch._greet,
    Action.GET_READY: Dispatch._get_ready,
    Action.SEND: Dispatch._send,
    Action.PROGRESS: Dispatch._progress,
    Action.RESULT: Dispatch._result,
    Action.FAILURE: Dispatch._failure,
    Action.CANCEL: Dispatch._cancel,
    Action.KILL: Dispatch._kill,
    Action.KILL_LATE: Dispatch._kill_late,
    Action.REFUSE: Dispatch._refuse,
    Action.LOST_AT_START: Dispatch._count_false_start,
    Action.LOST_IDLE: Dispatch._lost_idle,
    Action.LOST_BUSY: Dispatch._lost_busy,
    Action.GONE: Dispatch._nothing,
}
