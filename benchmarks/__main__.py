"""Runs the benchmarks by name, or all: each in a process of its own, so that peaks of memory are its own."""

from __future__ import annotations

import shutil
import subprocess
import sys

NAMES = {
    "seed_chain": False,
    "slice_step": True,
    "find": False,
    "edit_redraw": True,
    "start_window": True,
    "read_series": False,
    "fuzz": False,
    "blocking": True,
}
"""Module under benchmarks/, and whether it needs a screen."""


def main(names: list[str]) -> int:
    """Runs them one after the other; the exit code is that of the worst."""
    worst = 0
    for name in names or NAMES:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if NAMES[name] and shutil.which("xvfb-run"):
            command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24 -nolisten tcp", *command]
        print(f"== {name}", flush=True)
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
