"""The category gauge: a bar of five parts, 0, 1-10, 11-100, 101-400, >400, with the score's place and the interval."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cacviewer.core.case import Case
from cacviewer.core.categories import CLASSIC5, classic5, reported, reported_text
from cacviewer.ui import theme
from cacviewer.ui.translations import translated

LABELS = (*(label for _, label, _ in CLASSIC5), f">{CLASSIC5[-1][0]}")
END = 1500.0
"""Score at the far end of the last part; a higher one stands there, too. A choice for the eye."""
BAR_PX, MARK_PX, GAP_PX = 8, 6, 2


def place_of(agatston: float) -> float:
    """Where a score stands on the gauge, 0..1: the parts are equally wide, even within each by the logarithm.

    The part is that of the printed score, so that the mark never stands in another part than the category.
    """
    r = reported(agatston)
    parts = len(LABELS)
    part = LABELS.index(classic5(r))
    if part == 0:
        return 0.5 / parts
    low = CLASSIC5[part - 1][0] + 1
    high = CLASSIC5[part][0] if part < len(CLASSIC5) else END
    within = math.log(min(max(agatston, low), high) / low) / math.log(high / low)
    margin = 0.05  # a mark on a border would belong to both
    return (part + margin + (1 - 2 * margin) * within) / parts


class CategoryGauge(QWidget):
    """Shows where a score stands. Hidden where there is no category."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: Case | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """Shows a case; without a category there is nothing to show."""
        has_one = case is not None and case.scores is not None and case.category is not None
        self._case = case if has_one else None
        self.setVisible(has_one)
        self._name()
        self.update()

    @property
    def marks(self) -> tuple[float, float, float] | None:
        """Places of the score and of both ends of the interval, 0..1."""
        if self._case is None or self._case.scores is None:
            return None
        total = place_of(self._case.scores.total.agatston)
        stability = self._case.stability
        if stability is None:
            return total, total, total
        return total, place_of(stability.low), place_of(stability.high)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, MARK_PX + BAR_PX + 2 * GAP_PX + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        marks = self.marks
        if marks is None or self._case is None or self._case.category is None:
            return
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # numbers grow to the right in every language
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        wide = self.width() / len(LABELS)
        names = QRectF(0, MARK_PX + BAR_PX + 2 * GAP_PX, wide, self.fontMetrics().height())
        for part, label in enumerate(LABELS):
            is_it = label == self._case.category.label
            bar = QRectF(part * wide + 1, MARK_PX + GAP_PX, wide - 2, BAR_PX)
            painter.fillRect(bar, QColor(colours.chosen if is_it else colours.raised))
            painter.setPen(QColor(colours.text if is_it else colours.faint))
            painter.drawText(names.translated(part * wide, 0), Qt.AlignmentFlag.AlignHCenter, label)
        total, low, high = (place * self.width() for place in marks)
        middle = MARK_PX + GAP_PX + BAR_PX / 2
        painter.setPen(QPen(QColor(colours.text), 2))
        if high > low:
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.text))
        tip = QPointF(total, MARK_PX + GAP_PX + 1)
        painter.drawPolygon(QPolygonF([tip, QPointF(total - 5, 0), QPointF(total + 5, 0)]))
        painter.end()

    def _name(self) -> None:
        case = self._case
        if case is None or case.scores is None:
            self.setAccessibleName(translated("Category"))
            self.setToolTip("")
            return
        score = reported_text(case.scores.total.agatston)
        text = translated("Agatston {score} among the categories {all}")
        text = text.format(score=score, all=", ".join(LABELS))
        self.setAccessibleName(text)
        self.setToolTip(text)
