"""Cine: the slices of one view run by themselves, round and round, until somebody clicks or presses Esc."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

from cacviewer.ui.views.gestures import ENDS

RATES = (1, 2, 5, 10, 15, 20, 30, 45, 60)
"""Frames a second."""
FIRST_RATE = 10


class Stepped(Protocol):
    """What of a slice view is used here."""

    def step(self, steps: int) -> bool: ...
    def say(self, note: str) -> None: ...


class Cine(QObject):
    """Runs one view at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rate = FIRST_RATE
        self._view: Stepped | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)

    @property
    def runs(self) -> bool:
        """Whether slices run."""
        return self._view is not None

    @property
    def rate(self) -> int:
        """Frames a second."""
        return self._rate

    def toggle(self, view: Stepped) -> None:
        """Starts in a view, or stops."""
        if self._view is not None:
            self.stop()
            return
        self._view = view
        self._pace()
        if (program := QCoreApplication.instance()) is not None:
            program.installEventFilter(self)

    def stop(self) -> None:
        """Stays at the slice on the screen."""
        if self._view is None:
            return
        self._timer.stop()
        self._view.say("")
        self._view = None
        if (program := QCoreApplication.instance()) is not None:
            program.removeEventFilter(self)

    def change_rate(self, steps: int) -> None:
        """Faster (1) or slower (-1)."""
        at = min(max(RATES.index(self._rate) + steps, 0), len(RATES) - 1)
        self._rate = RATES[at]
        if self._view is not None:
            self._pace()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, the name is Qt's
        """Any click and Esc stop; the click does what it does besides."""
        kind = event.type()
        is_escape = kind == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape
        if kind == QEvent.Type.MouseButtonPress or is_escape:
            self.stop()
            return is_escape
        return False

    def _pace(self) -> None:
        assert self._view is not None
        self._timer.start(round(1000 / self._rate))
        self._view.say(f"cine {self._rate}/s")

    def _go_on(self) -> None:
        if self._view is not None and not self._view.step(1) and not self._view.step(-ENDS):
            self.stop()  # one slice, or no study any more
