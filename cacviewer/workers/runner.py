"""Children for the command line: `subprocess` and threads drive the same Dispatch as the window's pool.

    with Runner() as runner:                      # both children start; TensorFlow loads meanwhile
        volume = runner.run("load", path)
        anatomy = runner.run("segment", volume, progress=show)

Threads only carry bytes into a queue; everything is decided in the thread that waits.
"""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from cacviewer.core.errors import CacError
from cacviewer.workers import orders, protocol
from cacviewer.workers.commands import Command, Kill, Notice, Send, Start, Tell
from cacviewer.workers.jobs import JobTable

TICK_S = 1.0
KILL_LIMIT_S = 5.0

ProgressCallback = Callable[[str, float, float | None], None]
"""Gets step, fraction 0..1 and seconds left (None while nobody knows)."""


@dataclass(slots=True)
class _Process:
    role: str
    popen: subprocess.Popen[bytes]
    decoder: protocol.FrameDecoder = field(default_factory=protocol.FrameDecoder)
    threads: list[threading.Thread] = field(default_factory=list)


class Runner:
    """Runs jobs in children and waits for them.

    Args:
        roles: Roles whose children start at once; others start with their first job.
        command: Program and first words of a child; None for this program.
        jobs: Table of jobs; None for the program's.
        notice: Gets sentences for the user ("The worker ended ...; trying again."); None for the log only.
        scratch_parent: Where the scratch folder is made; None for the usual place.
    """

    def __init__(
        self,
        roles: Iterable[str] = protocol.ROLES,
        *,
        command: Sequence[str] | None = None,
        jobs: JobTable | None = None,
        notice: Callable[[str], None] | None = None,
        scratch_parent: Path | None = None,
    ) -> None:
        self._orders = orders.Orders(protocol.ROLES, command, jobs, scratch_parent)
        self._dispatch = self._orders.dispatch
        self._notice = notice
        self._processes: dict[str, _Process] = {}
        # (process, time of arrival, bytes): None instead of bytes is the end of its output
        self._arrived: queue.SimpleQueue[tuple[_Process, float, bytes | None]] = queue.SimpleQueue()
        self._outcomes: dict[int, Any] = {}
        self._callbacks: dict[int, ProgressCallback] = {}
        for role in roles:
            self._carry_out(self._dispatch.warm(role, time.monotonic()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    # jobs

    def run(self, name: str, *args: Any, progress: ProgressCallback | None = None, **kwargs: Any) -> Any:
        """Runs a job and returns its result.

        Raises:
            CacError: As the job raised it, or WorkerDied.
        """
        return self.wait(self.submit(name, *args, progress=progress, **kwargs))

    def submit(self, name: str, *args: Any, progress: ProgressCallback | None = None, **kwargs: Any) -> int:
        """Puts a job into its queue and returns its ticket; it runs while the caller does something else.

        Raises:
            UsageError: There is no job of that name.
        """
        ticket, commands = self._orders.submit(name, args, kwargs, time.monotonic())
        if progress:
            self._callbacks[ticket] = progress
        self._carry_out(commands)
        return ticket

    def wait(self, ticket: int) -> Any:
        """Waits for a job of `submit` and returns its result; a ticket can be waited for once.

        Raises:
            CacError: As the job raised it, WorkerDied or Cancelled.
        """
        while ticket not in self._outcomes:
            self._pump(TICK_S)
        outcome = self._outcomes.pop(ticket)
        if isinstance(outcome, CacError):
            raise outcome
        return outcome

    def cancel(self, ticket: int) -> None:
        """Takes a job back; waiting for it raises Cancelled."""
        self._carry_out(self._dispatch.cancel(ticket, time.monotonic()))

    # what `--json` and `doctor` want to know

    def start_seconds(self, role: str = "network") -> float | None:
        """From the start of a role's child to its being ready; None if it is not ready yet."""
        self._drain()
        return self._dispatch.start_seconds(role)

    def peak_mib(self, role: str = "network") -> float:
        """Largest resident memory of a role's child so far, MiB."""
        self._drain()
        return self._dispatch.peak_mib(role)

    def hello(self, role: str = "network") -> protocol.Hello | None:
        """What the role's child said it is: versions, process, device."""
        self._drain()
        return self._dispatch.hello(role)

    def models(self, role: str = "network") -> dict[str, str]:
        """Networks that the role's child has ready and their SHA-256."""
        self._drain()
        return self._dispatch.models(role)

    def close(self) -> None:
        """Kills the children, waits for their end and removes the scratch folder."""
        self._notice = None
        try:
            self._carry_out(self._dispatch.stop(time.monotonic()))
            while not self._dispatch.is_at_rest:
                self._pump(KILL_LIMIT_S)
        finally:
            for process in list(self._processes.values()):  # an exception or a second Ctrl-C came between
                process.popen.kill()
                self._bury(process)
            self._orders.close()

    # the pump

    def _drain(self) -> None:
        while not self._arrived.empty():
            self._pump(0.0)

    def _pump(self, timeout_s: float) -> None:
        """Handles one arrival, or the passing of time."""
        try:
            process, now, data = self._arrived.get(timeout=timeout_s)
        except queue.Empty:
            self._carry_out(self._dispatch.tick(time.monotonic()))
            return
        if data is None:
            code = self._bury(process)
            self._carry_out(self._dispatch.died(process.role, orders.reason_of(code), now))
            return
        try:
            for message in process.decoder.feed(data):
                if isinstance(message, protocol.Log):
                    orders.log_message(process.role, message)
                else:
                    self._carry_out(self._dispatch.message(process.role, message, now))
        except protocol.ProtocolError as error:
            orders.log_lines(process.role, str(error).encode())
            process.popen.kill()  # its end arrives by itself

    def _carry_out(self, commands: Iterable[Command]) -> None:
        for command in commands:
            match command:
                case Start(role):
                    self._start(role)
                case Send(role, job):
                    self._write(role, protocol.to_frame(job))
                case Kill(role):
                    self._processes[role].popen.kill()
                case Tell(ticket, protocol.Progress() as progress):
                    if callback := self._callbacks.get(ticket):
                        callback(progress.step, progress.fraction, progress.seconds_left)
                case Tell(ticket, (protocol.Result() | CacError()) as what):
                    self._callbacks.pop(ticket, None)
                    self._outcomes[ticket] = self._orders.outcome(ticket, what)
                case Notice(text):
                    orders.log_lines("notice", text.encode())
                    if self._notice:
                        self._notice(text)

    def _start(self, role: str) -> None:
        popen = subprocess.Popen(
            self._orders.command_line(role),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=self._orders.scratch.path,  # its own: a file of any name may lie where the user is
            env={**os.environ, **orders.CHILD_ENVIRONMENT},
        )
        process = self._processes[role] = _Process(role, popen)
        assert popen.stdout is not None
        assert popen.stderr is not None
        for target, stream in ((self._read_frames, popen.stdout), (self._read_errors, popen.stderr)):
            thread = threading.Thread(target=target, args=(process, stream), name=f"{role} pipe", daemon=True)
            process.threads.append(thread)
            thread.start()

    def _write(self, role: str, frame: bytes) -> None:
        stdin = self._processes[role].popen.stdin
        assert stdin
        try:
            rest = memoryview(frame)
            while rest:
                rest = rest[stdin.write(rest) or 0 :]
        except OSError:
            pass  # it has died; that arrives by itself

    def _bury(self, process: _Process) -> int:
        """Waits for the end of a process, so that no zombie stays, and clears up after it."""
        try:
            code = process.popen.wait(KILL_LIMIT_S)
        except subprocess.TimeoutExpired:  # it closed its output and goes on
            process.popen.kill()
            code = process.popen.wait()
        for thread in process.threads:
            thread.join(KILL_LIMIT_S)
        for stream in (process.popen.stdin, process.popen.stdout, process.popen.stderr):
            if stream:
                stream.close()
        if self._processes.get(process.role) is process:
            del self._processes[process.role]
        self._orders.clear_after(process.popen.pid)
        return code

    # in threads of their own

    def _read_frames(self, process: _Process, stream: IO[bytes]) -> None:
        while data := stream.read(65536):
            self._arrived.put((process, time.monotonic(), data))
        self._arrived.put((process, time.monotonic(), None))

    def _read_errors(self, process: _Process, stream: IO[bytes]) -> None:
        rest = b""
        while data := stream.read(65536):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                orders.log_lines(process.role, line)
        orders.log_lines(process.role, rest)
