"""Measuring with the mouse: what is in the hand, the drag that draws it, and the drawing of what was measured."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from cacviewer.core.measurements import POINTS, Kind, Measurement, Point, measured
from cacviewer.core.session import Session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.navigation import Navigation
from cacviewer.ui.views.texts import DARK, TextImages

COLOUR = QColor(255, 220, 90)
END_PX, BESIDE_PX = 3.0, 8.0
LEAST_PX = 3.0
"""A drag that moves less draws nothing."""


class Hand(QObject):
    """What is measured next: None for nothing. It is put down after one measurement."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind | None = None

    @property
    def kind(self) -> Kind | None:
        """What the next drag measures."""
        return self._kind

    def take(self, kind: Kind | None) -> None:
        """Takes it into the hand; None, or the same again, puts it down."""
        self._kind = None if kind is self._kind else kind
        self.changed.emit()


class Measuring(QObject):
    """Watches one slice view while something to measure is in the hand; make it after the view's own gestures.

    A drag gives the first two points, a click each further one.
    """

    def __init__(self, view: QWidget, store: SessionStore, navigation: Navigation, hand: Hand) -> None:
        super().__init__(view)
        self._view, self._store, self._navigation, self._hand = view, store, navigation, hand
        self._points: list[QPointF] = []
        hand.changed.connect(self._drop)
        view.installEventFilter(self)

    @property
    def pending(self) -> Measurement | None:
        """What is being drawn."""
        kind, session = self._hand.kind, self._store.session
        if kind is None or len(self._points) < 2:
            return None
        return self._made(kind, session)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, the name is Qt's
        """Takes the left button and Esc; everything else goes on to the gestures."""
        if self.__dict__.get("_hand") is None or self._hand.kind is None or watched is not self._view:
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self._hand.take(None)
            return True
        if not isinstance(event, QMouseEvent):
            return False
        left = event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and left and not event.modifiers():
            self._press(event.position())
        elif kind == QEvent.Type.MouseMove and self._points:
            self._points[-1] = event.position()
            self._view.update()
        elif kind == QEvent.Type.MouseButtonRelease and left and self._points:
            self._release(event.position())
        else:
            return False
        return True

    def _press(self, at: QPointF) -> None:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._points:
            self._points = [at, at]  # the second one goes with the mouse

    def _release(self, at: QPointF) -> None:
        kind = self._hand.kind
        assert kind is not None
        if (at - self._points[-2]).manhattanLength() < LEAST_PX:
            if len(self._points) == 2:
                self._drop()
            return
        self._points[-1] = at
        if len(self._points) < POINTS[kind]:
            self._points.append(at)
            return
        session = self._store.session
        if session.volume is not None:
            self._store.measure(self._made(kind, session))
        self._hand.take(None)

    def _made(self, kind: Kind, session: Session) -> Measurement:
        geometry = self._navigation.geometry()
        assert geometry is not None
        assert session.volume is not None
        points = tuple(self._lps(at) for at in self._points)
        if len(points) < POINTS[kind]:
            kind = Kind.LENGTH  # the first leg of an angle
        return measured(kind, points, geometry.axes[0], geometry.grid, session.volume.hu)

    def _lps(self, at: QPointF) -> Point:
        geometry = self._navigation.geometry()
        assert geometry is not None
        row, column = self._navigation.pixel(at.x(), at.y())
        return geometry.lps_mm(row, column, geometry.depth_of(self._store.session.crosshair_lps_mm))

    def _drop(self) -> None:
        self._points = []
        if self._hand.kind is None:
            self._view.unsetCursor()
        else:
            self._view.setCursor(Qt.CursorShape.CrossCursor)
        self._view.update()


def paint_measurements(
    painter: QPainter,
    navigation: Navigation,
    measurements: Iterable[Measurement],
    texts: TextImages,
    font: QFont,
) -> None:
    """Draws what was measured on the slice that the view shows."""
    geometry = navigation.geometry()
    if geometry is None:
        return
    depth = geometry.depth_of(navigation.follow().crosshair_lps_mm)
    for one in measurements:
        if one.grid == geometry.grid and all(round(geometry.place(p)[2]) == depth for p in one.points_lps_mm):
            _paint(painter, [QPointF(*navigation.place(p)) for p in one.points_lps_mm], one)
            x, y = navigation.place(one.points_lps_mm[-1])
            width, height = navigation.camera.size
            right = width - QFontMetricsF(font).horizontalAdvance(one.text) - BESIDE_PX
            at = QPointF(max(BESIDE_PX, min(x + BESIDE_PX, right)), min(max(y - BESIDE_PX, 20.0), height))
            texts.draw(painter, at, one.text, font, painter.device().devicePixelRatioF())


def _paint(painter: QPainter, points: list[QPointF], one: Measurement) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((DARK, 3.0), (COLOUR, 1.5)):
        painter.setPen(QPen(colour, width))
        if one.kind is Kind.ELLIPSE:
            painter.drawEllipse(QRectF(points[0], points[1]).normalized())
            continue
        painter.drawPolyline(QPolygonF(points))
        for point in points:
            painter.drawEllipse(point, END_PX, END_PX)
    painter.restore()
