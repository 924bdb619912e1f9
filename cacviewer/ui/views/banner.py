"""The line across the top of a view for the worst finding; a click on it opens the findings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cacviewer.core.findings import RANK, Severity
from cacviewer.core.session import Session
from cacviewer.ui.translations import sentence as said_by

_COLOURS = {Severity.REFUSAL: "#961c1c", Severity.WARNING: "#7a5200"}


def worst_finding(session: Session) -> tuple[Severity, str]:
    """Severity and sentence of the worst finding, ("info", "") when there is nothing to warn of."""
    findings = session.shown.findings if session.shown else session.volume.findings if session.volume else ()
    worst = max(findings, key=lambda finding: RANK[finding.severity], default=None)
    if worst is None or worst.severity is Severity.INFO:
        return Severity.INFO, ""
    return worst.severity, said_by(worst)


class Banner(QPushButton):
    """One line, shortened to the width of the view; hidden when there is nothing to warn of."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = ""
        self.setFlat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_worst(self, session: Session) -> bool:
        """Says the worst finding of a session; True if it is another one than before."""
        severity, sentence = worst_finding(session)
        if sentence == self.sentence:
            return False
        self.sentence = sentence
        self.setVisible(bool(sentence))
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        if sentence:
            self.setStyleSheet(
                f"QPushButton {{ background: {_COLOURS[severity]}; color: white; border: none;"
                " padding: 2px 8px; text-align: left; }"
            )
        self._shorten()
        return True

    def forget(self) -> None:
        """The next sentence counts as another one, for it may be in another language."""
        self.sentence = ""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, the name is Qt's
        """Shortens the sentence to the new width."""
        self._shorten()
        super().resizeEvent(event)

    def _shorten(self) -> None:
        room = max(self.width() - 20, 0)
        self.setText(self.fontMetrics().elidedText(self.sentence, Qt.TextElideMode.ElideRight, room))
