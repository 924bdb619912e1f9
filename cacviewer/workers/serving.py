"""The loop of a child: say who I am, get warm, take jobs one after the other, answer each.

A thread reads the pipe, so that the end of the parent is seen in the middle of a job too.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cacviewer
from cacviewer import files
from cacviewer.core.errors import CacError
from cacviewer.workers import arguments, packing, protocol
from cacviewer.workers import jobs as table_of_jobs
from cacviewer.workers.arrays import ArrayFolder, parts_record

PROGRESS_EVERY_S = 0.05
"""A job may report as often as it likes; the pipe gets no more than this."""

_STARTED = time.monotonic()


def serve(
    inp: int,
    out: int,
    words: Sequence[str],
    *,
    jobs: table_of_jobs.JobTable | None = None,
    warm: Callable[[str], object] | None = None,
) -> int:
    """Serves jobs that come from the descriptor `inp` and answers on `out`; see `child.main`."""
    options = _options(words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which kills its children
    channel = _Channel(out)
    logging.getLogger().addHandler(_PipeHandler(channel))
    logging.getLogger().setLevel(logging.INFO)
    scratch = Path(options.scratch) if options.scratch else None
    arrays = ArrayFolder(scratch) if scratch else None
    if scratch:
        files.record_parts(parts_record(scratch, os.getpid()))
    inbox = _start_reading(inp)

    channel.send(
        protocol.Hello(
            protocol=protocol.PROTOCOL_VERSION,
            program=cacviewer.__version__,
            role=options.role,
            pid=os.getpid(),
        )
    )
    channel.send(_warm_up(options.role, warm or table_of_jobs.program_warm))
    while (job := inbox.get()) is not None:
        inbox.busy = True
        channel.send(_answer(job, jobs or table_of_jobs.job_table(), arrays, channel))
        inbox.busy = False
    return 0


def peak_mib() -> float:
    """Largest resident memory of this process in MiB, 0 if the system does not tell."""
    # getrusage counts the parent too (the kernel keeps the maximum across exec), /proc does not
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    unit = 2**20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cacviewer --worker", allow_abbrev=False)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--role", choices=protocol.ROLES, default="reader")
    parser.add_argument("--scratch", default="", help="folder for arrays")
    return parser.parse_args(words)


def _warm_up(role: str, warm: Callable[[str], object]) -> protocol.Ready:
    models: dict[str, str] = {}
    problem = ""
    try:
        found = warm(role)
        models = dict(found) if isinstance(found, Mapping) else {}
    except CacError as error:
        problem = str(error)
    except Exception:  # whatever a library does at its start, the first job will say it again
        logging.getLogger(__name__).exception("warm-up of %s failed", role)
        problem = f"The {role} worker could not prepare itself; the log has the details."
    return protocol.Ready(time.monotonic() - _STARTED, peak_mib(), models, problem)


def _answer(
    job: protocol.Job, table: table_of_jobs.JobTable, arrays: ArrayFolder | None, channel: _Channel
) -> protocol.Result | protocol.Failure:
    begin = time.monotonic()
    try:
        function = table_of_jobs.function_of(job.name, table)
        args = [packing.unpack(item, arrays) for item in job.args]
        kwargs = {name: packing.unpack(item, arrays) for name, item in job.kwargs.items()}
        if arguments.takes_progress(function):
            kwargs["progress"] = _Reporter(job.ticket, channel)
        arguments.check(job.name, function, args, kwargs)
        value = function(*args, **kwargs)
        packed = packing.pack(value, arrays)
    except CacError as error:
        return protocol.Failure(job.ticket, error.plain())
    except MemoryError:
        message = f"There is not enough memory for the step '{job.name}'."
        return protocol.Failure(job.ticket, CacError(message).plain(), traceback.format_exc())
    except Exception as error:  # one job's fault is not the next one's
        message = f"The step '{job.name}' failed: {type(error).__name__}."
        return protocol.Failure(job.ticket, CacError(message).plain(), traceback.format_exc())
    return protocol.Result(job.ticket, packed, time.monotonic() - begin, peak_mib())


class _Channel:
    """Our end of the pipe to the parent; threads may share it."""

    def __init__(self, descriptor: int) -> None:
        self._stream = os.fdopen(descriptor, "wb", buffering=0)
        self._lock = threading.Lock()

    def send(self, message: protocol.Message) -> None:
        """Writes a message at once; a parent that is gone ends this process."""
        rest = memoryview(protocol.to_frame(message))
        try:
            with self._lock:
                while rest:
                    rest = rest[self._stream.write(rest) :]
        except OSError:
            os._exit(0)


class _Reporter:
    """The `progress` that a job gets: step in words and fraction of the job."""

    def __init__(self, ticket: int, channel: _Channel) -> None:
        self._ticket, self._channel = ticket, channel
        self._step, self._sent_at = "", -1.0

    def __call__(self, step: str, fraction: float) -> None:
        now = time.monotonic()
        if step != self._step or now - self._sent_at >= PROGRESS_EVERY_S:
            self._step, self._sent_at = step, now
            self._channel.send(protocol.Progress(self._ticket, step, min(max(float(fraction), 0.0), 1.0)))


class _PipeHandler(logging.Handler):
    """Log records become messages: only the parent writes the log file."""

    def __init__(self, channel: _Channel) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        self._channel = channel

    def emit(self, record: logging.LogRecord) -> None:
        self._channel.send(protocol.Log(record.levelno, self.format(record)))


class _Inbox:
    """Jobs that have arrived; None is the end of the pipe."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[protocol.Job | None] = queue.SimpleQueue()
        self.get = self._jobs.get
        self.put = self._jobs.put
        self.busy = False


def _start_reading(descriptor: int) -> _Inbox:
    inbox = _Inbox()
    stream = os.fdopen(descriptor, "rb")

    def read() -> None:
        try:
            for message in protocol.read_messages(stream):
                if isinstance(message, protocol.Job):
                    inbox.put(message)
        except (OSError, protocol.ProtocolError) as error:
            print(f"worker: {error}", file=sys.stderr)
        if inbox.busy:
            os._exit(0)  # nobody waits for the answer
        inbox.put(None)

    threading.Thread(target=read, name="pipe", daemon=True).start()
    return inbox
