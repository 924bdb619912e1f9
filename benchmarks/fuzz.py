"""Damaged and hostile inputs through the reader: only findings and named errors may come out, in bounded time.

    python -m benchmarks.fuzz [--cases 2000] [--first 0] [--compressed 0.1]

Each chunk of inputs runs in a process of its own with a limit of memory, so that a death is seen and counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

CHUNK = 100
MEMORY_BYTES = 3 << 30
SECONDS_A_CASE = 30.0
"""Decoders in children have 10 s a frame; this is for the whole input."""


def main() -> int:
    """Prints what came out; 1 if a process died, an exception escaped, or an input took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument(
        "--compressed", type=float, default=0.1, help="share of inputs that need a decoder's child"
    )
    parser.add_argument("--chunk", nargs=2, type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.chunk:
        return _chunk(*args.chunk, args.compressed)
    total: Counter[str] = Counter()
    slowest, cpu, peak = 0.0, 0.0, 0
    for first in range(args.first, args.first + args.cases, CHUNK):
        count = min(CHUNK, args.first + args.cases - first)
        words = [sys.executable, "-m", "benchmarks.fuzz", "--chunk", str(first), str(count)]
        done = subprocess.run(
            [*words, "--compressed", str(args.compressed)], capture_output=True, text=True, check=False
        )
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        for line in lines:
            total[line["outcome"].split(":")[0]] += 1
            slowest, peak = max(slowest, line["seconds"]), max(peak, line["peak_mib"])
            cpu = max(cpu, line["cpu_s"])
            if line["outcome"].startswith("escaped") or line["seconds"] > SECONDS_A_CASE:
                print(line, flush=True)
        if len(lines) < count:
            total["died"] += 1
            print(
                f"died in input {first + len(lines)}: exit {done.returncode} {done.stderr[-600:]}", flush=True
            )
        print(
            f"{first + count}: {dict(total)}, slowest {slowest:.1f} s (processor {cpu:.1f} s), peak {peak} MiB",
            flush=True,
        )
    return int(bool(total["died"] or total["escaped"] or slowest > SECONDS_A_CASE))


def _chunk(first: int, count: int, compressed: float) -> int:
    from tests.builders import mutations

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with tempfile.TemporaryDirectory() as place:
        kinds = mutations.originals(Path(place) / "good")
        every = round(1 / compressed) if compressed else 0
        for number in range(first, first + count):
            names = mutations.COMPRESSED if every and number % every == 0 else mutations.PLAIN
            kind, files = mutations.mutated(number, kinds, names)
            folder = mutations.written(files, Path(place) / str(number))
            start, start_cpu = time.perf_counter(), time.process_time()
            outcome = _outcome(folder)
            print(
                json.dumps(
                    {
                        "number": number, "kind": kind, "outcome": outcome,
                        "seconds": round(time.perf_counter() - start, 2),
                        "cpu_s": round(time.process_time() - start_cpu, 2),
                        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                    }
                ),
                flush=True,
            )  # fmt: skip
    return 0


def _outcome(folder: Path) -> str:
    from cacviewer.core.errors import CacError
    from cacviewer.reading.load import load
    from cacviewer.reading.report import inspection_document
    from cacviewer.reading.scan import inspect

    try:
        inspection = inspect([folder])
        inspection_document(inspection)
        read = 0
        for index in range(len(inspection.series)):
            try:
                load(inspection, index)
                read += 1
            except CacError:
                pass
    except Exception:  # noqa: BLE001, whatever escapes is what is looked for
        return "escaped: " + traceback.format_exc()[-900:]
    return "volume" if read else "refused"


if __name__ == "__main__":
    sys.exit(main())
