"""How long the slice views take: a slice step, a crosshair drag over three views, a window drag over three.

    python -m benchmarks.slice_step [--rounds 120] [--lesions 40] [--size 900] [--slices 400]

A scan of 512 x 512 x 400 with heart and calcium drawn over it, views of 900 x 900 pixels, no GPU. From the wish
to the painted widget. Bars: a step 10 ms (median) and 20 ms (99 %), three views after a crosshair drag 25 ms, a
window drag over three views 60 pictures a second (medians), a slab of 10 mm (maximum) 40 ms.
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

STEP_BAR_MS, STEP_LATE_BAR_MS, DRAG_BAR_MS, WINDOW_BAR_MS, SLAB_BAR_MS = 10.0, 20.0, 25.0, 1000 / 60, 40.0


def main() -> int:
    """Prints the times; 1 if a median misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--lesions", type=int, default=40)
    parser.add_argument("--size", type=int, default=900)
    parser.add_argument("--slices", type=int, default=400)
    options = parser.parse_args()
    qt = QApplication([])
    store = SessionStore()
    views = [SliceView(store, plane) for plane in Plane]
    for view in views:
        view.resize(options.size, options.size)
        view.show()
    volume, anatomy = made_volume(options.lesions, options.slices)
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
        times = _timed(f"{view.plane} step", lambda i, v=view: _step(v, i), options.rounds)
        missed |= bool(np.median(times) > STEP_BAR_MS or np.quantile(times, 0.99) > STEP_LATE_BAR_MS)
        store.set_view(slab_mm=10.0)
        times = _timed(
            f"{view.plane} step, slab of 10 mm", lambda i, v=view: _step(v, i), options.rounds // 3
        )
        missed |= bool(np.median(times) > SLAB_BAR_MS)
        store.set_view(slab_mm=0.0)
    for view in views:
        view.show()
    qt.processEvents()
    for name, wish, bar in (
        ("crosshair drag, three views", lambda i: _drag(store, views, start, i), DRAG_BAR_MS),
        ("window drag, three views", lambda i: _window(store, views, i), WINDOW_BAR_MS),
    ):
        missed |= bool(np.median(_timed(name, wish, options.rounds)) > bar)
    print(f"bars: {'MISSED' if missed else 'met'}")
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


def _timed(name: str, wish: Callable[[int], None], rounds: int) -> list[float]:
    """Runs a wish many times and prints its times, ms."""
    walls, cpus = [], []
    for i in range(rounds):
        wall, cpu = time.perf_counter(), time.thread_time()
        wish(i)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.thread_time() - cpu) * 1000)
        QApplication.processEvents()
    best, median, late = np.quantile(walls, (0.0, 0.5, 0.99))
    cpu, late_cpu = np.quantile(cpus, (0.5, 0.99))
    print(f"{name}, ms: best {best:.1f}, median {median:.1f}, 99 % {late:.1f}; "
          f"processor {cpu:.1f}, 99 % {late_cpu:.1f}", flush=True)  # fmt: skip
    return walls


if __name__ == "__main__":
    sys.exit(main())
