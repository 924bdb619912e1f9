"""What the two drivers share: tickets, packed arguments, the scratch folder, how a child is started.

`pool` (QProcess) and `runner` (subprocess) differ in how they start, read, write and kill; the rest is here
and in `dispatch`.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cacviewer import files, logs, paths
from cacviewer.core.errors import CacError
from cacviewer.storage.codec import CodecError
from cacviewer.workers import jobs as table_of_jobs
from cacviewer.workers import packing, protocol
from cacviewer.workers.arrays import ArrayFolder, Scratch, parts_record
from cacviewer.workers.commands import Command
from cacviewer.workers.dispatch import Dispatch

CHILD_ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}

_log = logging.getLogger("cacviewer.worker")


@dataclass(frozen=True, slots=True)
class _Arguments:
    args: Sequence[Any]
    kwargs: dict[str, Any]
    written: list[Path]


class Orders:
    """Jobs that were ordered, in plain data towards the children and in values towards who ordered them.

    Args:
        roles: Roles that there are.
        command: Program and first words of a child; None for this program.
        jobs: Table of jobs; None for the program's.
        scratch_parent: Where the scratch folder is made; None for the usual place.
    """

    def __init__(
        self,
        roles: Iterable[str] = protocol.ROLES,
        command: Sequence[str] | None = None,
        jobs: table_of_jobs.JobTable | None = None,
        scratch_parent: Path | None = None,
    ) -> None:
        self.dispatch = Dispatch(roles)
        self.scratch = Scratch(scratch_parent)
        self._arrays = ArrayFolder(self.scratch.path, owns=True)
        self._command = list(command or paths.worker_command())
        self._jobs = jobs
        self._tickets = itertools.count(1)
        self._arguments: dict[int, _Arguments] = {}

    def submit(
        self, name: str, args: Sequence[Any], kwargs: dict[str, Any], now: float
    ) -> tuple[int, list[Command]]:
        """Gives a job a ticket and hands it to the dispatch.

        Raises:
            UsageError: There is no job of that name.
            CodecError: An argument has no plain form.
        """
        if self._jobs is None:
            self._jobs = table_of_jobs.job_table()
        role = table_of_jobs.role_of(name, self._jobs)
        ticket = next(self._tickets)
        self._arrays.take_written()
        packed = [packing.pack(arg, self._arrays) for arg in args]
        named = {key: packing.pack(arg, self._arrays) for key, arg in kwargs.items()}
        # held until the job has ended: the files of its arrays go away with their last map
        self._arguments[ticket] = _Arguments(args, kwargs, self._arrays.take_written())
        return ticket, self.dispatch.submit(role, protocol.Job(ticket, name, packed, named), now)

    def outcome(self, ticket: int, what: protocol.Result | CacError) -> Any:
        """The value of a result, or the error; it is the end of the ticket."""
        try:
            return packing.unpack(what.value, self._arrays) if isinstance(what, protocol.Result) else what
        except CodecError as error:
            return CacError(f"The answer of a worker cannot be read: {error}.")
        finally:
            if arguments := self._arguments.pop(ticket, None):
                self._arrays.drop_unmapped(arguments.written)

    def command_line(self, role: str) -> list[str]:
        """Program and words that start a child."""
        return [*self._command, "--role", role, "--scratch", str(self.scratch.path)]

    def clear_after(self, pid: int) -> None:
        """Removes what a child that has ended left half-written or unread."""
        files.clear_parts(parts_record(self.scratch.path, pid))
        self._arrays.drop_unmapped(self._arrays.written_by(pid))

    def close(self) -> None:
        """Removes the scratch folder."""
        self._arguments.clear()
        self.scratch.close()


def log_lines(role: str, data: bytes) -> None:
    """Writes what a child printed to the log, without the noise of libraries."""
    for line in data.decode("utf-8", "replace").splitlines():
        if line.strip() and not logs.is_noise(line):
            _log.info("%s: %s", role, line)


def log_message(role: str, message: protocol.Log) -> None:
    """Writes a child's log record to our log."""
    if not logs.is_noise(message.text):
        _log.log(message.level, "%s: %s", role, message.text)


def reason_of(exit_code: int) -> str:
    """Why a process ended, as a clause; negative codes are signals, as `subprocess` gives them."""
    if exit_code >= 0:
        return f"exit code {exit_code}"
    hint = ", perhaps for lack of memory" if exit_code == -9 else ""
    return f"signal {-exit_code}{hint}"
