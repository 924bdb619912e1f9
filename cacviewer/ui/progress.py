"""The one progress bar: step, how far, seconds left after the first second, and Cancel."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from cacviewer.ui.translations import said, translated, worded

QUIET_S = 1.0
"""No guess at the time left before: it would be a wild one."""


class ProgressArea(QWidget):
    """Hidden while nothing runs."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._since = monotonic()
        self._step = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedSize(180, self._bar.fontMetrics().height() + 2)
        worded(self._bar, accessibleName="Progress")
        self._left = QLabel(self)
        self._left.setProperty("faint", True)
        self._left.setMinimumWidth(self._left.fontMetrics().horizontalAdvance("000 s left"))
        self._cancel = QPushButton(self)
        worded(self._cancel, text="Cancel")
        self._cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._step, self._bar, self._left, self._cancel):
            layout.addWidget(widget)
        # a job that takes a blink shows no bar: one that comes and goes at once only startles
        self._late = QTimer(self, singleShot=True, interval=150)
        self._late.timeout.connect(self.show)
        self.hide()

    def begin(self, step: str) -> None:
        """A job begins; how far it is, is not known yet."""
        self._since = monotonic()
        self._step.setText(step)
        self._left.clear()
        self._bar.setRange(0, 0)
        if not self.isVisible():
            self._late.start()

    def tell(self, step: str, fraction: float, seconds_left: float | None) -> None:
        """A job says how far it is."""
        if step:
            self._step.setText(said(step))
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * min(max(fraction, 0.0), 1.0)))
        quiet = monotonic() - self._since < QUIET_S
        self._left.setText("" if quiet or seconds_left is None else time_left(seconds_left))

    def end(self) -> None:
        """Nothing runs any more."""
        self._late.stop()
        self.hide()


def time_left(seconds: float) -> str:
    """The time left in words: seconds up to two minutes, then minutes."""
    if seconds < 120:
        return translated("{n} s left").format(n=max(1, round(seconds)))
    return translated("{n} min left").format(n=round(seconds / 60))
