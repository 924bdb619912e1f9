"""The door of a child process: `python -m cacviewer --worker` ends up here.

Nothing is imported before standard output is put aside, because a library that prints from C while it is
imported would write between our frames. The loop itself is in `serving`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cacviewer.workers.jobs import JobTable

THREADS = "CACVIEWER_THREADS"
_THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS",
)


def main(
    argv: Sequence[str] | None = None,
    *,
    jobs: JobTable | None = None,
    warm: Callable[[str], object] | None = None,
) -> int:
    """Serves jobs from standard input until it ends.

    Args:
        argv: Words after `--worker`; None for those of the process.
        jobs: Table of jobs; None for the program's.
        warm: Called with the role before the first job, returns the names of the role's networks and their
            SHA-256; None for the one of the program's table.

    Returns:
        0 when the parent closed the pipe.
    """
    out, inp = _private_pipes()
    if threads := os.environ.get(THREADS):
        for variable in _THREAD_VARIABLES:
            os.environ.setdefault(variable, threads)
    from cacviewer.workers.serving import serve

    words = list(sys.argv[1:] if argv is None else argv)
    return serve(inp, out, words, jobs=jobs, warm=warm)


def _private_pipes() -> tuple[int, int]:
    """Keeps the two ends of the pipe for us; prints go to standard error, and nobody else reads our jobs."""
    out = os.dup(1)
    os.dup2(2, 1)
    inp = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (out, inp):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return out, inp
