"""How long the slice views take: a slice step, a crosshair drag over three views, a window drag over three.

    python -m benchmarks.slice_step [--rounds 120] [--lesions 40] [--size 900]

A scan of 512 x 512 x 57 with heart and calcium drawn over it, views of 900 x 900 pixels, no GPU. From the wish
to the painted widget; the bars are 10 ms for a step and 25 ms for the three views (medians).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QApplication

from benchmarks.edit_redraw import made_case, made_volume
from cacviewer.render.planes import Plane
from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.slice_view import SliceView

STEP_BAR_MS, DRAG_BAR_MS = 10.0, 25.0


def main() -> int:
    """Prints the times; 1 if a median misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--lesions", type=int, default=40)
    parser.add_argument("--size", type=int, default=900)
    options = parser.parse_args()
    qt = QApplication([])
    store = SessionStore()
    views = [SliceView(store, plane) for plane in Plane]
    for view in views:
        view.resize(options.size, options.size)
        view.show()
    volume, anatomy = made_volume(options.lesions)
    store.show_volume(volume)
    store.show_anatomy(anatomy)
    store.show_case(made_case(volume, anatomy))
    qt.processEvents()

    start = np.array(store.session.crosshair_lps_mm)
    missed = False
    for view in views:
        for other in views:
            other.setVisible(other is view)
        qt.processEvents()
        median = _timed(f"{view.plane} step", lambda i, v=view: _step(v, i), options.rounds)
        missed |= view.plane is Plane.AXIAL and median > STEP_BAR_MS
    for view in views:
        view.show()
    qt.processEvents()
    median = _timed("crosshair drag, three views", lambda i: _drag(store, views, start, i), options.rounds)
    missed |= median > DRAG_BAR_MS
    _timed("window drag, three views", lambda i: _window(store, views, i), options.rounds)
    print(
        f"bars {STEP_BAR_MS:.0f} ms (axial step) and {DRAG_BAR_MS:.0f} ms (drag): {'MISSED' if missed else 'met'}"
    )
    return int(missed)


def _step(view: SliceView, i: int) -> None:
    view.navigation.step(1 if i // 20 % 2 else -1)
    view.repaint()


def _drag(store: SessionStore, views: list[SliceView], start: np.ndarray, i: int) -> None:
    x, y, z = start + np.array((0.5, 0.4, 0.3)) * (i % 40)
    store.move_crosshair((float(x), float(y), float(z)))
    for view in views:
        view.repaint()


def _window(store: SessionStore, views: list[SliceView], i: int) -> None:
    store.set_view(window_width=300.0 + i)
    for view in views:
        view.repaint()


def _timed(name: str, wish: Callable[[int], None], rounds: int) -> float:
    """Runs a wish many times and prints its times; the median in ms."""
    walls, cpus = [], []
    for i in range(rounds):
        wall, cpu = time.perf_counter(), time.thread_time()
        wish(i)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.thread_time() - cpu) * 1000)
        QApplication.processEvents()
    best, median, late = np.quantile(walls, (0.0, 0.5, 0.95))
    print(
        f"{name}, ms: best {best:.1f}, median {median:.1f}, 95 % {late:.1f}; processor {np.median(cpus):.1f}"
    )
    return float(median)


if __name__ == "__main__":
    sys.exit(main())
