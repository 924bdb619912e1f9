"""How long the window's event loop is blocked, and what memory the window takes, in a whole sitting.

    python -m benchmarks.blocking [--input FOLDER] [--edits 20]

The real window with its real children opens a scan (without --input the phantom, written as DICOM), segments,
scores, shows 3-D, is edited, scrolled and exported. A watchdog asks for a turn of the event loop every 5 ms; what
comes late was blocked. The bar is 50 ms in each phase, the first showing of 3-D excepted (3 s); RssAnon of the
window's process at most 350 MB plus the volume and its masks.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.edit_redraw import ARTERIES, DropsEdits
from cacviewer import app, settings
from cacviewer.ui import theme
from cacviewer.workers.pool import WorkerPool

BAR_MS, FIRST_3D_BAR_MS, MEMORY_BAR_MB = 50.0, 3000.0, 350
TICK_MS = 5


class Watchdog(QObject):
    """Longest time between two turns of the event loop, since the last question.

    On the clock, and of it what the window's own thread worked: on a machine that does other work besides, a turn
    comes late that nothing of ours blocked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter(), time.thread_time()
        self._longest = [0.0, 0.0]
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._turn)
        timer.start(TICK_MS)

    def take_longest_ms(self) -> tuple[float, float]:
        """The longest blocking on the clock and of the thread, ms; begins again."""
        self._turn()
        (clock, thread), self._longest = self._longest, [0.0, 0.0]
        return max(0.0, 1000 * clock - TICK_MS), 1000 * thread

    def _turn(self) -> None:
        now = time.perf_counter(), time.thread_time()
        for i in range(2):
            self._longest[i] = max(self._longest[i], now[i] - self._last[i])
        self._last = now


def rss_anon_mb() -> int:
    """Anonymous memory of this process."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"RssAnon:\s+(\d+) kB", status)[0]) // 1024


def main() -> int:
    """Prints the blocking of each phase and the memory; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", type=Path)
    parser.add_argument("--edits", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = options.input or _phantom(Path(folder) / "phantom")
        return _sitting(source, Path(folder), options.edits)


def _phantom(folder: Path) -> Path:
    command = [sys.executable, "-m", "cacviewer", "phantom", "--out", str(folder), "--seed", "1", "--dicom"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # its memory is not the window's
    return folder


def _sitting(source: Path, folder: Path, edits: int) -> int:
    qt = QApplication([])
    app.load_fonts(qt)
    theme.apply(qt, "dark")
    pool = WorkerPool()
    window = app.made_window(pool, settings.Settings(), DropsEdits())
    window.resize(1600, 1000)
    window.show()
    pool.start()
    store, orders = window.store, window.workflow.orders
    dog, missed = Watchdog(), False

    def phase(name: str, act: Callable[[], object], done: Callable[[], bool], bar: float = BAR_MS) -> None:
        nonlocal missed
        _until(qt, lambda: False, 0.3)
        dog.take_longest_ms()
        act()
        _until(qt, done, 300)
        clock, thread = dog.take_longest_ms()
        missed |= clock > bar
        print(
            f"{name}: blocked {clock:.0f} ms at most, its thread worked {thread:.0f} ms (bar {bar:.0f})",
            flush=True,
        )

    phase("open and read", lambda: window.open_paths([str(source)]), lambda: store.session.volume is not None)
    view = lambda: window.views._surface_view  # noqa: E731
    phase("first showing of 3-D", lambda: None, lambda: view() is not None and view().image is not None,
          FIRST_3D_BAR_MS)  # fmt: skip
    phase("segment and score", lambda: None, lambda: store.session.shown is not None and orders.front is None)
    lesions = [lesion for lesion in store.session.shown.lesions if lesion.is_scored]

    def edit_all() -> None:
        for i in range(edits):
            lesion = lesions[i % len(lesions)]
            window.actions_by_id.run("lesion.go", lesion.id)
            _until(qt, lambda: False, 0.2)
            now = store.session.shown.lesion(lesion.id)
            window.actions_by_id.run(f"lesion.give.{next(a for a in ARTERIES if a != now.artery)}")
            _until(qt, lambda: False, 0.2)

    if lesions:
        phase("edit", edit_all, lambda: True)
    axial = window.views.view("axial")

    def scroll() -> None:
        for i in range(60):
            axial.navigation.step(1 if i // 15 % 2 else -1)
            _until(qt, lambda: False, 0.02)

    phase("scroll", scroll, lambda: True)
    target = folder / "report.pdf"
    phase("export", lambda: window.workflow.export({"pdf": str(target)}), target.exists)
    own = sum(a.nbytes for a in _arrays(store.session)) // 2**20
    memory = rss_anon_mb()
    missed |= memory > MEMORY_BAR_MB + own
    print(f"RssAnon {memory} MB; bar {MEMORY_BAR_MB} MB plus {own} MB of volume and masks")
    print(f"bars: {'MISSED' if missed else 'met'}")
    window.close()
    _until(qt, lambda: False, 0.2)
    pool.close()
    return int(missed)


def _arrays(session) -> list[np.ndarray]:  # noqa: ANN001
    organs = [session.anatomy.heart, session.anatomy.aorta] if session.anatomy else []
    return [session.volume.hu, *(mask for mask in organs if mask is not None)]


def _until(qt: QApplication, done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not done():
        qt.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    sys.exit(main())
