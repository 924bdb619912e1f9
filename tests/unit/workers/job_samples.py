"""A small table of jobs for tests of real children: what jobs do well, badly and brutally."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cacviewer import files
from cacviewer.core.errors import NotScorable

Progress = Callable[[str, float], None]
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Row:
    target: str
    role: str = "reader"


NAMES = [
    "echo",
    "whole",
    "nap",
    "steps",
    "die",
    "die_once",
    "noisy",
    "stray",
    "refuse",
    "fault",
    "hungry",
    "half_written",
    "big",
    "odd",
    "environment",
    "short",
]
JOBS = {name: Row(f"job_samples:{name}") for name in NAMES}
JOBS |= {f"n_{name}": Row(row.target, "network") for name, row in JOBS.items()}
JOBS["unfinished"] = Row("job_samples:no_such_function")

_CODE = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from cacviewer.workers.child import main
import job_samples
sys.exit(main(sys.argv[1:], jobs=job_samples.JOBS, warm={warm}))
"""


def command(warm: str = "lambda role: {role: 'abc'}") -> list[str]:
    """The command of a child with the jobs of this module; `warm` is Python source."""
    code = _CODE.format(root=str(ROOT), here=str(Path(__file__).parent), warm=warm)
    return [sys.executable, "-c", code]


def echo(*args: object, progress: Progress, **kwargs: object) -> object:
    return (*args, kwargs) if kwargs else args[0] if len(args) == 1 else args


def whole(shape: tuple[int, ...], *, progress: Progress, value: int = 0) -> np.ndarray:
    return np.full(shape, value, np.int16)


def big(array: np.ndarray, *, progress: Progress) -> tuple[np.ndarray, int, bool]:
    return array, int(array.sum()), array.flags.writeable


def nap(seconds: float, *, progress: Progress) -> float:
    time.sleep(seconds)
    return seconds


def steps(count: int, *, progress: Progress) -> int:
    for i in range(count):
        progress(f"step {i}", i / count)
        time.sleep(0.01)
    return os.getpid()


def die(*, progress: Progress) -> None:
    progress("dying", 0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(flag: str, *, progress: Progress) -> str:
    if not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second time"


def noisy(*, progress: Progress) -> str:
    print("from Python")
    print("I tensorflow/core/util/port.cc:153] oneDNN custom operations are on.", file=sys.stderr)
    logging.getLogger("sample").warning("a warning of a job")
    logging.getLogger("sample").warning("oneDNN custom operations are on")
    sys.stdout.flush()
    os.write(1, b"from write")
    ctypes.CDLL(None).puts(b"from C")
    ctypes.CDLL(None).fflush(None)
    subprocess.run([sys.executable, "-c", "print('from a process'); input()"], stderr=subprocess.DEVNULL)
    return "quiet"


def stray(*, progress: Progress) -> None:
    """Writes on the pipe itself, whatever its number is."""
    for descriptor in range(3, 30):
        try:
            os.write(descriptor, b"\xff\xff\xff\xffnonsense")
        except OSError:
            continue
    time.sleep(60)


def refuse(*, progress: Progress) -> None:
    raise NotScorable("Nothing to score.", code="no_heart", path="/p", remedy="Look.")


def fault(*, progress: Progress) -> float:
    return 1 / 0


def hungry(*, progress: Progress) -> None:
    raise MemoryError


def half_written(target: str, *, progress: Progress) -> None:
    with files.writing(target, "w") as stream:
        stream.write("half")
        stream.flush()
        progress("writing", 0.5)
        time.sleep(60)


def odd(*, progress: Progress) -> object:
    return object()


def environment(name: str, *, progress: Progress) -> str | None:
    return os.environ.get(name)


def short(number: int) -> int:
    return number + 1
