"""Children for the window: QProcess drives the same Dispatch as the command line's runner.

    pool = WorkerPool(parent)
    pool.start()                                      # both children get warm while the user still browses
    ticket = pool.submit("load", path, on_result=show_volume, on_error=show_error)
    pool.cancel(ticket)
    pool.close()

Everything happens in the window's thread and nothing here waits, but for `close`. Values that came from a child
are sent on as the names of their files; an array made in the window is written to disk first, so keep it small.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from cacviewer.core.errors import CacError
from cacviewer.workers import orders, protocol
from cacviewer.workers.commands import Command, Kill, Notice, Send, Show, Start, Tell
from cacviewer.workers.dispatch import Dispatch
from cacviewer.workers.jobs import JobTable
from cacviewer.workers.states import State

TICK_MS = 1000
KILL_LIMIT_MS = 2000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Callbacks:
    result: Callable[[Any], object] | None
    error: Callable[[CacError], object] | None
    progress: Callable[[str, float, float | None], object] | None


class WorkerPool(QObject):
    """Runs jobs in children; answers arrive as calls of `on_result` or `on_error`, exactly one of them a ticket.

    Args:
        parent: Qt's owner.
        command: Program and first words of a child; None for this program.
        jobs: Table of jobs; None for the program's.
        scratch_parent: Where the scratch folder is made; None for the usual place.
    """

    progress = Signal(int, str, float, object)
    """Ticket, step, fraction 0..1, seconds left (float, or None while nobody knows)."""
    ended = Signal(int)
    """Ticket: result, error and cancel alike; before the callback."""
    state_changed = Signal(str, str)
    """Role and a value of `states.State`."""
    notice = Signal(str)
    restarted = Signal()
    """A child died in its work, which begins again from nothing."""
    """A sentence for the status bar or the findings."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        command: Sequence[str] | None = None,
        jobs: JobTable | None = None,
        scratch_parent: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._orders = orders.Orders(protocol.ROLES, command, jobs, scratch_parent)
        self._processes: dict[str, _Process] = {}
        self._callbacks: dict[int, _Callbacks] = {}
        self._commands: deque[Command] = deque()
        self._is_carrying_out = False
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def _dispatch(self) -> Dispatch:
        return self._orders.dispatch

    # what the window does

    def start(self, roles: Iterable[str] = protocol.ROLES) -> None:
        """Starts the children of the roles in the background and keeps them warm."""
        for role in roles:
            self._carry_out(self._dispatch.warm(role, time.monotonic()))

    def submit(
        self,
        name: str,
        *args: Any,
        on_result: Callable[[Any], object] | None = None,
        on_error: Callable[[CacError], object] | None = None,
        on_progress: Callable[[str, float, float | None], object] | None = None,
        **kwargs: Any,
    ) -> int:
        """Orders a job and returns its ticket at once; the answer never comes before this returns.

        Args:
            name: Row of the table of jobs.
            *args: Arguments of the job.
            on_result: Gets what the job returns.
            on_error: Gets the error; `errors.Cancelled` after `cancel`.
            on_progress: Gets step, fraction 0..1 and seconds left.
            **kwargs: Arguments of the job.

        Raises:
            UsageError: There is no such job.
        """
        if self._is_closed:
            raise RuntimeError("the pool is closed")
        ticket, commands = self._orders.submit(name, args, kwargs, time.monotonic())
        self._callbacks[ticket] = _Callbacks(on_result, on_error, on_progress)
        self._carry_out(commands)
        return ticket

    def cancel(self, ticket: int) -> None:
        """Takes a job back; its `on_error` gets `errors.Cancelled` before this returns."""
        self._carry_out(self._dispatch.cancel(ticket, time.monotonic()))

    def close(self) -> None:
        """Cancels all jobs, kills the children, waits for their end and removes the scratch folder."""
        if self._is_closed:
            return
        self._is_closed = True
        self._timer.stop()
        self._carry_out(self._dispatch.stop(time.monotonic()))
        for process in list(self._processes.values()):
            process.wait_for_end(KILL_LIMIT_MS)
        self._orders.close()

    # what the window may ask

    def state(self, role: str) -> State:
        """State of the role's child."""
        return self._dispatch.state(role)

    def hello(self, role: str) -> protocol.Hello | None:
        """What the role's child said it is: versions, process, device."""
        return self._dispatch.hello(role)

    def models(self, role: str) -> dict[str, str]:
        """Networks that the role's child has ready and their SHA-256."""
        return self._dispatch.models(role)

    def start_seconds(self, role: str) -> float | None:
        """From the start of the role's child to its being ready; None if it is not ready yet."""
        return self._dispatch.start_seconds(role)

    def peak_mib(self, role: str) -> float:
        """Largest resident memory that a child of the role has reported, MiB."""
        return self._dispatch.peak_mib(role)

    # commands

    def _carry_out(self, commands: Iterable[Command]) -> None:
        """Carries out in order, also when a callback submits or cancels in between."""
        self._commands.extend(commands)
        if self._is_carrying_out:
            return
        self._is_carrying_out = True
        try:
            while self._commands:
                self._do(self._commands.popleft())
        finally:
            self._is_carrying_out = False

    def _do(self, command: Command) -> None:
        match command:
            case Start(role):
                self._start(role)
            case Send(role, job):
                self._processes[role].write(protocol.to_frame(job))
            case Kill(role):
                self._processes[role].kill()
            case Tell(ticket, protocol.Progress() as progress):
                self._tell_progress(ticket, progress)
            case Tell(ticket, (protocol.Result() | CacError()) as what):
                self._tell_end(ticket, what)
            case Show(role, state):
                self.state_changed.emit(role, state.value)
            case Notice(text, again):
                _log.warning(text)
                self.notice.emit(text)
                if again:
                    self.restarted.emit()

    def _tell_progress(self, ticket: int, progress: protocol.Progress) -> None:
        self.progress.emit(ticket, progress.step, progress.fraction, progress.seconds_left)
        _call(self._callbacks[ticket].progress, progress.step, progress.fraction, progress.seconds_left)

    def _tell_end(self, ticket: int, what: protocol.Result | CacError) -> None:
        callbacks = self._callbacks.pop(ticket)
        outcome = self._orders.outcome(ticket, what)
        self.ended.emit(ticket)
        if isinstance(outcome, CacError):
            _call(callbacks.error, outcome)
        else:
            _call(callbacks.result, outcome)

    def _start(self, role: str) -> None:
        process = self._processes[role] = _Process(role, self)
        process.arrived.connect(self._on_message)
        process.ended.connect(self._on_end)
        process.start(self._orders.command_line(role), str(self._orders.scratch.path))
        self._timer.start()

    # events

    def _on_message(self, role: str, message: protocol.Message) -> None:
        self._carry_out(self._dispatch.message(role, message, time.monotonic()))

    def _on_end(self, role: str, pid: int, reason: str) -> None:
        self._processes.pop(role).deleteLater()
        self._orders.clear_after(pid)
        self._carry_out(self._dispatch.died(role, reason, time.monotonic()))

    def _tick(self) -> None:
        self._carry_out(self._dispatch.tick(time.monotonic()))
        waiting = (State.STARTING, State.WARMING)
        if not any(self._dispatch.state(role) in waiting for role in protocol.ROLES):
            self._timer.stop()


class _Process(QObject):
    """A child as a source of messages and of one end."""

    arrived = Signal(str, object)
    ended = Signal(str, int, str)

    def __init__(self, role: str, parent: QObject) -> None:
        super().__init__(parent)
        self._role = role
        self._pid = 0
        self._decoder = protocol.FrameDecoder()
        self._error_rest = b""
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self, command_line: list[str], folder: str) -> None:
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in orders.CHILD_ENVIRONMENT.items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setWorkingDirectory(folder)  # its own: a file of any name may lie where the user is
        self._process.start(command_line[0], command_line[1:])
        self._pid = self._process.processId()

    def write(self, frame: bytes) -> None:
        self._process.write(frame)

    def kill(self) -> None:
        self._process.kill()

    def wait_for_end(self, limit_ms: int) -> None:
        if (
            not self._process.waitForFinished(limit_ms)
            and self._process.state() != QProcess.ProcessState.NotRunning
        ):
            _log.error("the %s worker %d does not end", self._role, self._pid)

    def _read(self) -> None:
        try:
            for message in self._decoder.feed(self._process.readAllStandardOutput().data()):
                if isinstance(message, protocol.Log):
                    orders.log_message(self._role, message)
                else:
                    self.arrived.emit(self._role, message)
        except protocol.ProtocolError as error:
            _log.error("%s: %s", self._role, error)
            self._process.kill()  # its end arrives by itself

    def _read_errors(self) -> None:
        *lines, self._error_rest = (self._error_rest + self._process.readAllStandardError().data()).split(
            b"\n"
        )
        for line in lines:
            orders.log_lines(self._role, line)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()  # an answer may have come just before the end
        self._read_errors()
        orders.log_lines(self._role, self._error_rest)
        is_signal = status == QProcess.ExitStatus.CrashExit and sys.platform != "win32"
        self.ended.emit(self._role, self._pid, orders.reason_of(-code if is_signal else code))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the only one that `finished` does not follow
            QTimer.singleShot(0, self, self._report_failed_start)

    def _report_failed_start(self) -> None:
        self.ended.emit(self._role, self._pid, f"it does not start ({self._process.errorString()})")


def _call(callback: Callable[..., object] | None, *args: object) -> None:
    """Calls back; an error there is the window's, reported as any other, and not the end of our work."""
    if callback is None:
        return
    try:
        callback(*args)
    except Exception:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
