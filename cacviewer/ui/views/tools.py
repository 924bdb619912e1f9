"""Brush, eraser, seed click and cut in a slice view: the left hand button becomes an edit at its release.

A watcher of its own beside `gestures`: while the select tool is in the hand, or a key is held, it lets everything
pass. What is being drawn lies on a clear sheet over the picture, so that the picture itself is not drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from cacviewer.core.brush import swept
from cacviewer.core.edits import Edit, Point, split_of
from cacviewer.core.painting import erased, grown_lesion, painted
from cacviewer.core.session import Session
from cacviewer.ui.lesion_rows import selected
from cacviewer.ui.store import SessionStore
from cacviewer.ui.tools import Tool, ToolBox
from cacviewer.ui.translations import translated
from cacviewer.ui.views.measuring import Hand
from cacviewer.ui.views.navigation import Navigation
from cacviewer.ui.views.slice_view import SliceView

COLOURS = {
    Tool.BRUSH: QColor(120, 230, 140),
    Tool.ERASE: QColor(255, 120, 110),
    Tool.CUT: QColor(255, 220, 90),
}
STROKE_ALPHA = 90
_PRESS, _MOVE, _RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease


def attach_tools(views: Iterable[QWidget], store: SessionStore, tools: ToolBox, hand: Hand) -> None:
    """Gives the slice views among some views the tools; what measures is put down for a tool, and the other way."""
    hand.changed.connect(lambda: tools.take(Tool.SELECT) if hand.kind is not None else None)
    tools.changed.connect(
        lambda: hand.take(None) if tools.tool is not Tool.SELECT and hand.kind is not None else None
    )
    for view in views:
        if isinstance(view, SliceView):
            ViewTools(view, store, view.navigation, tools)


class ViewTools(QObject):
    """Watches one slice view; make it after the view's own gestures.

    Args:
        view: The widget.
        store: Gets the edits.
        navigation: Of the view.
        tools: What is in the hand.
    """

    def __init__(self, view: QWidget, store: SessionStore, navigation: Navigation, tools: ToolBox) -> None:
        super().__init__(view)
        self._view, self._store, self._navigation, self._tools = view, store, navigation, tools
        self._sheet = _Sheet(view, navigation, tools)
        self._way: list[QPointF] = []
        self._depth = 0
        tools.changed.connect(self._change_tool)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, the name is Qt's
        """Takes the left button for the tool; everything else goes on to the gestures."""
        kind = event.type()
        if watched is not self.__dict__.get("_view"):
            return False
        if kind == QEvent.Type.Resize:
            self._sheet.resize(self._view.size())
        elif kind == QEvent.Type.Leave:
            self._sheet.show_at(None)
        elif kind in (_PRESS, _MOVE, _RELEASE) and isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        return False

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        at = event.position()
        if kind == _MOVE:
            self._sheet.show_at(at)
        if self._tools.tool is Tool.SELECT:
            return False
        if kind == _PRESS and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            self._way = [at]
        elif kind == _MOVE and self._way:
            self._navigation.point((at.x(), at.y()))
            if self._tools.tool is Tool.CUT:
                self._way = [self._way[0], at]
            else:
                self._way.append(at)
        elif kind == _RELEASE and self._way and event.button() == Qt.MouseButton.LeftButton:
            way, self._way = self._way, []
            self._sheet.draw([])
            self._finish(way)
            return True
        else:
            return False
        self._sheet.draw(self._way)
        return True

    def _change_tool(self) -> None:
        self._way = []
        self._sheet.draw([])
        if self._tools.tool is Tool.SELECT:
            self._view.unsetCursor()
        else:
            self._view.setCursor(Qt.CursorShape.CrossCursor)

    def _finish(self, way: list[QPointF]) -> None:
        session = self._store.session
        if session.shown is None or session.volume is None:
            self._say("There is no result to edit yet.")
        elif self._tools.tool is Tool.CUT:
            self._cut(session, way)
        elif self._tools.tool is Tool.GROW:
            self._grow(session, way[0])
        else:
            self._stroke(session, way)

    def _stroke(self, session: Session, way: list[QPointF]) -> None:
        geometry = self._navigation.geometry()
        assert session.shown is not None
        assert session.volume is not None
        assert geometry is not None
        touched = swept(
            session.volume.grid, [self._lps(at) for at in way], self._tools.brush, geometry.axes[0]
        )
        if touched is None:
            return
        chosen = [s for s in selected(session) if s.is_scored]
        if self._tools.tool is Tool.ERASE:
            edit = erased(session.shown, *touched, only=tuple(s.id for s in selected(session)))
            if edit is None:
                self._say("There is nothing to erase there.")
            else:
                self._store.edit(edit)
            return
        lesion_id = chosen[0].id if len(chosen) == 1 else ""
        found = painted(session.shown, session.volume.hu, *touched, lesion_id=lesion_id)
        if found.edit is not None:
            self._do(found.edit)
        if found.below_limit:
            text = translated("{count} voxels below {limit} HU were left out: they are never counted.")
            self._store.refused.emit(text.format(count=found.below_limit, limit=found.limit_hu))
        elif found.edit is None:
            self._say("All of it belongs to the lesion already.")

    def _grow(self, session: Session, at: QPointF) -> None:
        assert session.shown is not None
        assert session.volume is not None
        if lesion_id := self._navigation.lesion_at(at.x(), at.y()):
            self._store.select((lesion_id,))
            self._say("A lesion is there already: it is selected.")
            return
        anatomy = session.anatomy
        aorta = anatomy.aorta if anatomy is not None else None
        heart = anatomy.heart if anatomy is not None and anatomy.heart_found else None
        index = np.round(session.volume.grid.index_zyx(self._lps(at))).astype(int)
        seed = (int(index[0]), int(index[1]), int(index[2]))
        if min(seed) < 0 or any(i >= n for i, n in zip(seed, session.volume.grid.shape_zyx, strict=True)):
            return
        edit = grown_lesion(session.shown, session.volume.hu, seed, aorta, heart)
        if edit is None:
            text = translated(
                "Nothing of {limit} HU or more is free there, in the heart and outside the aorta."
            )
            self._store.refused.emit(text.format(limit=session.shown.rules.limit_hu))
            return
        self._do(edit)

    def _cut(self, session: Session, way: list[QPointF]) -> None:
        assert session.shown is not None
        assert session.volume is not None
        chosen = selected(session)
        plane = self._plane(way)
        if plane is None:
            self._say("Draw a line across the lesion.")
            return
        if not chosen:
            middle = (way[0] + way[-1]) / 2
            lesion_id = self._navigation.lesion_at(middle.x(), middle.y())
            chosen = [s for s in session.shown.lesions if s.id == lesion_id]
        for lesion in chosen:
            if edit := split_of(session.shown, lesion.id, session.volume.hu, plane):
                self._store.edit(edit)
                self._store.select((lesion.id, *edit.new_ids)[:1])
                return
        self._say("The line does not cross the selected lesion.")

    def _plane(self, way: list[QPointF]) -> tuple[Point, Point] | None:
        """The plane through a line on the screen and the way that the view looks."""
        a, b = np.asarray(self._lps(way[0])), np.asarray(self._lps(way[-1]))
        geometry = self._navigation.geometry()
        if geometry is None or np.linalg.norm(b - a) < 0.5:
            return None
        look = np.asarray(geometry.grid.direction_lps)[:, 2 - geometry.axes[0]]
        normal = np.cross(b - a, look)
        normal /= np.linalg.norm(normal)
        return (float(a[0]), float(a[1]), float(a[2])), (float(normal[0]), float(normal[1]), float(normal[2]))

    def _do(self, edit: Edit) -> None:
        self._store.edit(edit)
        shown = self._store.session.shown
        if shown is not None and any(s.id == edit.lesion_ids[0] for s in shown.lesions):
            self._store.select(edit.lesion_ids[:1])  # so that an artery key acts on it

    def _lps(self, at: QPointF) -> Point:
        geometry = self._navigation.geometry()
        assert geometry is not None
        row, column = self._navigation.pixel(at.x(), at.y())
        depth = geometry.depth_of(self._store.session.crosshair_lps_mm)
        return geometry.lps_mm(row, column, depth)

    def _say(self, text: str) -> None:
        self._store.refused.emit(translated(text))


class _Sheet(QWidget):
    """Clear sheet over a view: the ring of the brush and what is being drawn."""

    def __init__(self, view: QWidget, navigation: Navigation, tools: ToolBox) -> None:
        super().__init__(view)
        self._navigation, self._tools = navigation, tools
        self._pointer: QPointF | None = None
        self._way: list[QPointF] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(view.size())
        self.hide()
        tools.changed.connect(self._follow_tool)

    def show_at(self, pointer: QPointF | None) -> None:
        """The pointer is here, or has left."""
        self._pointer = pointer
        if self.isVisible():
            self.update()

    def draw(self, way: list[QPointF]) -> None:
        """Shows a way that is being drawn."""
        self._way = list(way)
        if self.isVisible():
            self.update()

    def _follow_tool(self) -> None:
        self.setVisible(self._tools.tool in COLOURS)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, the name is Qt's
        """Draws ring and way."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        tool = self._tools.tool
        colour = COLOURS.get(tool)
        if colour is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._tools.brush.radius_mm * self._navigation.camera.zoom
        if len(self._way) > 1 or (self._way and tool is not Tool.CUT):
            clear = QColor(colour)
            clear.setAlpha(STROKE_ALPHA)
            width = 2.0 if tool is Tool.CUT else 2 * radius
            pen = QPen(colour if tool is Tool.CUT else clear, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([*self._way, self._way[-1] + QPointF(0.01, 0)]))
        if self._pointer is not None and tool is not Tool.CUT:
            for width, ring in ((3.0, QColor(0, 0, 0, 160)), (1.5, colour)):
                painter.setPen(QPen(ring, width))
                painter.drawEllipse(self._pointer, radius, radius)
