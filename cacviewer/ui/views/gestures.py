"""Mouse, wheel and keys of a slice view, turned into what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.navigation import Home, Navigation

CLICK_PX = 4.0
"""A press that moves less than this is a click."""
NOTCH = 120
ZOOM_STEP = 1.1
MANY = 10
ENDS = 1_000_000
"""More steps than any series has slices."""


class Drag(Enum):
    """What a pressed button does."""

    CROSSHAIR = auto()
    ZOOM = auto()
    PAN = auto()
    WINDOW = auto()


@dataclass
class _Pressed:
    drag: Drag
    button: Qt.MouseButton
    start: QPointF
    last: QPointF
    window: tuple[float, float]
    add: bool
    moved: bool = False


class Gestures(QObject):
    """Watches the events of one view and turns them into calls.

    Args:
        widget: The view.
        store: For the window.
        navigation: Of the view.
    """

    context_requested = Signal(object, QPoint)
    """(lesion id or None, global position), at a right click without drag."""

    def __init__(self, widget: QWidget, store: SessionStore, navigation: Navigation) -> None:
        super().__init__(widget)
        self._widget, self._store, self._navigation = widget, store, navigation
        self._pressed: _Pressed | None = None
        self._wheel = 0
        self._handlers: dict[QEvent.Type, Callable[[Any], bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.Wheel: self._turn,
            QEvent.Type.KeyPress: self._key,
            QEvent.Type.Leave: self._leave,
        }
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, the name is Qt's
        """Events of the view that are gestures end here."""
        # while a view is torn down Qt still sends events, and Python may have emptied this object already
        handlers = self.__dict__.get("_handlers", {})
        handler = handlers.get(event.type())
        return handler(event) if handler and watched is self._widget else False

    def _press(self, event: QMouseEvent) -> bool:
        drag = _drag_of(event.button(), event.modifiers())
        if drag is None or self._pressed is not None:
            return drag is not None
        self._widget.setFocus(Qt.FocusReason.MouseFocusReason)
        at, view = event.position(), self._store.session.view
        window = (view.window_center, view.window_width)
        add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._pressed = _Pressed(drag, event.button(), at, at, window, add)
        if drag is Drag.CROSSHAIR:
            self._navigation.look_at(at.x(), at.y())
        return True

    def _move(self, event: QMouseEvent) -> bool:
        at, pressed = event.position(), self._pressed
        self._navigation.point((at.x(), at.y()))
        if pressed is None:
            if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self._navigation.look_at(at.x(), at.y())
            return True
        if not pressed.moved and _near(at, pressed.start):
            return True
        if not pressed.moved and pressed.drag is Drag.WINDOW:
            self._widget.setCursor(Qt.CursorShape.BlankCursor)
        pressed.moved = True
        self._drag(pressed, at)
        pressed.last = at
        return True

    def _release(self, event: QMouseEvent) -> bool:
        pressed = self._pressed
        if pressed is None or event.button() != pressed.button:
            return False
        self._pressed = None
        self._widget.unsetCursor()
        if pressed.moved:
            return True
        x, y = pressed.start.x(), pressed.start.y()
        if pressed.button == Qt.MouseButton.RightButton:
            lesion = self._navigation.lesion_at(x, y)
            self.context_requested.emit(lesion, event.globalPosition().toPoint())
        elif pressed.drag in (Drag.CROSSHAIR, Drag.ZOOM):
            self._navigation.select_at(x, y, pressed.add)
        return True

    def _leave(self, _event: QEvent) -> bool:
        self._navigation.point(None)
        return False

    def _turn(self, event: QWheelEvent) -> bool:
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = event.position()
            self._navigation.zoom_by(ZOOM_STEP ** (turn / NOTCH), at.x(), at.y())
            return True
        if turn * self._wheel < 0:
            self._wheel = 0  # the other way: what was left over is forgotten
        self._wheel += turn  # fine wheels and touchpads sum up to whole notches
        notches = int(self._wheel / NOTCH)
        self._wheel -= notches * NOTCH
        many = MANY if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if notches:
            self._navigation.step(-notches * many)
        return True

    def _key(self, event: QKeyEvent) -> bool:
        key, navigation = event.key(), self._navigation
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shifted = modifiers == Qt.KeyboardModifier.ShiftModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if modifiers == Qt.KeyboardModifier.AltModifier and key in _PANS:
            navigation.pan_by(*_PANS[key])
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_1:
            navigation.one_to_one(self._widget.devicePixelRatioF())
        elif key in _STEPS and (plain or shifted):
            navigation.step(_STEPS[key] * (MANY if shifted else 1))
        elif key in _ZOOMS and (plain or shifted):
            navigation.zoom_in_middle(_ZOOMS[key])
        elif key == Qt.Key.Key_F and plain:
            navigation.go_home(Home.SLICE)
        else:
            return False
        return True

    def _drag(self, pressed: _Pressed, at: QPointF) -> None:
        step, whole = at - pressed.last, at - pressed.start
        if pressed.drag is Drag.CROSSHAIR:
            self._navigation.look_at(at.x(), at.y())
        elif pressed.drag is Drag.PAN:
            self._navigation.pan_by(step.x(), step.y())
        elif pressed.drag is Drag.ZOOM:
            factor = 1.01 ** -step.y()
            self._navigation.zoom_by(factor, pressed.start.x(), pressed.start.y())
        else:
            center, width = pressed.window
            hu = max(width / 300, 1.0)  # wide and narrow windows feel alike
            self._store.set_view(
                window_center=float(round(center + whole.y() * hu)),  # up is brighter
                window_width=float(max(1, round(width + whole.x() * hu))),
            )


def _near(a: QPointF, b: QPointF) -> bool:
    return abs(a.x() - b.x()) < CLICK_PX and abs(a.y() - b.y()) < CLICK_PX


def _drag_of(button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> Drag | None:
    if button == Qt.MouseButton.LeftButton:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            return Drag.PAN
        return Drag.ZOOM if modifiers & Qt.KeyboardModifier.ControlModifier else Drag.CROSSHAIR
    return {Qt.MouseButton.RightButton: Drag.WINDOW, Qt.MouseButton.MiddleButton: Drag.PAN}.get(button)


_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -MANY,
    Qt.Key.Key_PageDown: MANY,
    Qt.Key.Key_Home: -ENDS,
    Qt.Key.Key_End: ENDS,
}
_ZOOMS = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 1 / 1.25}
_PANS = {
    Qt.Key.Key_Left: (-10, 0),
    Qt.Key.Key_Right: (10, 0),
    Qt.Key.Key_Up: (0, -10),
    Qt.Key.Key_Down: (0, 10),
}
