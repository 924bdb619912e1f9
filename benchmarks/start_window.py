"""How long from the start of the process until the window is on the screen, and what memory it takes.

    python -m benchmarks.start_window [--rounds 5]

Watched from outside, as a person sees it: the window is looked for on the display. The bar is 2 s (median).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR_S = 2.0


def visible_after() -> tuple[float, float, dict[str, int]]:
    """Seconds until a new window is mapped, its processor seconds, and VmRSS and RssAnon in MB a moment later."""
    with tempfile.TemporaryDirectory() as home:
        folders = {name: home for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "cacviewer"], env=os.environ | folders)
        try:
            while not _is_visible():
                if process.poll() is not None or time.perf_counter() - began > 60:
                    raise SystemExit("the window did not come")
                time.sleep(0.05)  # each look is a process too
            seconds = time.perf_counter() - began
            processor = _processor_s(process.pid)
            time.sleep(0.5)
            return seconds, processor, _memory(process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _is_visible() -> bool:
    search = ["xdotool", "search", "--onlyvisible", "--name", "cacviewer"]
    return subprocess.run(search, capture_output=True, check=False).returncode == 0


def _processor_s(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> dict[str, int]:
    status = Path(f"/proc/{pid}/status").read_text()
    return {name: int(kb) // 1024 for name, kb in re.findall(r"(VmRSS|RssAnon):\s+(\d+) kB", status)}


def main() -> int:
    """Prints the times; 1 if the median misses the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if shutil.which("xdotool") is None or not os.environ.get("DISPLAY"):
        print("needs a display and xdotool")
        return 0
    rounds = [visible_after() for _ in range(options.rounds)]
    times = [seconds for seconds, _, _ in rounds]
    processor = statistics.median(processor for _, processor, _ in rounds)
    median = statistics.median(times)
    memory = ", ".join(f"{name} {mb} MB" for name, mb in rounds[-1][2].items())
    print(f"{len(times)} starts: best {min(times):.2f} s, median {median:.2f} s, worst {max(times):.2f} s; "
          f"processor {processor:.2f} s; {memory}")  # fmt: skip
    print(f"bar {BAR_S:.1f} s: {'met' if median <= BAR_S else 'MISSED'}")
    return 0 if median <= BAR_S else 1


if __name__ == "__main__":
    sys.exit(main())
