"""The 3-D view: shows the pictures of a `surface_studio` and sends it what a hand does.

A plain widget among others. VTK is loaded when the view is first shown, and not at all where there is no OpenGL
3.2: then a sentence stands in its place and everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cacviewer.core.session import Session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated, worded
from cacviewer.ui.views.opengl import why_no_opengl
from cacviewer.ui.views.surface_studio import Studio, Wish

if TYPE_CHECKING:  # loads VTK
    from cacviewer.ui.views.surface_scene import Picked, Scene, SurfaceSet

CLICK_PX = 4.0
NOTCH = 120
ZOOM_STEP = 1.1
TURN_DEGREES = 15.0
FOLLOW_MS = 120
"""Slices and tables first: without a GPU a render takes the processor from them."""
SHOWN = ("shown", "selection", "crosshair_lps_mm", "view")
FRAME, ACTIVE_FRAME = QColor(90, 90, 90), QColor(200, 200, 200)
_NOBODY = Qt.MouseButton.NoButton


class SurfaceView(QWidget):
    """The 3-D panel: drag turns, middle or Shift pans, right or the wheel zooms, Ctrl spins, a click picks.

    Args:
        store: The session to follow.
        parent: Owner.
    """

    maximise_requested = Signal()
    """A double click."""
    context_requested = Signal(object, QPoint)
    """(lesion id or None, global position): a right click without drag."""

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._surfaces: SurfaceSet | None = None
        self._studio: Studio | None = None
        self._image: QImage | None = None
        self._button, self._start, self._last = _NOBODY, QPointF(), QPointF()
        self._drag: Callable[[QPointF], None] = self._turn_by
        self._moved = False
        self._sentence = QLabel(self)
        worded(self._sentence, text="Heart and calcium in 3-D appear here.")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setStyleSheet("background: black; color: #a7b1bb")  # views are black in every theme
        self._sentence.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)
        self._follow_soon = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow_soon.timeout.connect(self._follow)
        self.setObjectName("surface_view")
        worded(self, accessibleName="3-D view")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumSize(80, 80)
        store.changed.connect(self._on_changed)

    @property
    def scene(self) -> Scene | None:
        """What is rendered, None before the first showing and without OpenGL."""
        return self._studio.scene if self._studio else None

    @property
    def image(self) -> QImage | None:
        """The picture on the screen."""
        return self._image

    def set_surfaces(self, surfaces: SurfaceSet | None) -> None:
        """Shows the meshes of a case; None: there are none."""
        self._surfaces = surfaces
        self._ask(lambda scene: scene.show_surfaces(surfaces), repaint=False)
        self._follow()

    def look_from(self, name: str) -> None:
        """Standard views: "front", "back", "left", "right", "top", "bottom"."""
        self._ask(lambda scene: scene.look_from(name))

    def screenshot(self) -> NDArray[np.uint8] | None:
        """The view as (rows, columns, 3) uint8, None without OpenGL."""
        return self._studio.picture() if self._studio else None

    def shut(self) -> None:
        """Ends the rendering; the next showing makes another scene."""
        if self._studio is not None:
            studio, self._studio = self._studio, None
            studio.close()
            studio.deleteLater()

    # --- events --------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, the name is Qt's
        """The first time: loads VTK, after the window has been painted."""
        super().showEvent(event)
        if self._studio is None:
            QTimer.singleShot(0, self, self._open)
        else:
            self._follow()  # nothing is rendered while hidden

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """The thread ends before the widget."""
        self.shut()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """With the window the rendering ends; a layout without 3-D and an icon let it be."""
        super().hideEvent(event)
        if not event.spontaneous() and self.window().isHidden():
            self.shut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another size of the picture."""
        super().resizeEvent(event)
        self._send_size()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The last picture; while the next one is made, stretched to the widget."""
        painter = QPainter(self)
        try:
            if self._image is None:
                painter.fillRect(self.rect(), Qt.GlobalColor.black)
            else:
                painter.drawImage(QRectF(self.rect()), self._image)
            pen = 3.0 if self.hasFocus() else 1.0
            painter.setPen(QPen(ACTIVE_FRAME if self.hasFocus() else FRAME, pen))
            painter.drawRect(QRectF(pen / 2, pen / 2, self.width() - pen, self.height() - pen))
        finally:
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame gets thick."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame gets thin."""
        self.update()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins a drag or a click."""
        drag = self._drag_of(event.button(), event.modifiers())
        if drag is None or self._button != _NOBODY:
            return
        self._drag, self._button, self._moved = drag, event.button(), False
        self._start = self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Goes on with the drag."""
        if self._button == _NOBODY:
            return
        at = event.position()
        self._moved |= (at - self._start).manhattanLength() >= CLICK_PX
        if self._moved:
            self._drag(at)
            self._last = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ends a drag, or was a click."""
        if event.button() != self._button:
            return
        button, self._button = self._button, _NOBODY
        if self._moved:
            return
        at = self._start
        where = at.x() / self.width(), at.y() / self.height()
        if button == Qt.MouseButton.LeftButton:
            self._ask(lambda scene: scene.pick(*where), partial(go_to_picked, self._store), repaint=False)
        elif button == Qt.MouseButton.RightButton:
            then = partial(self._ask_for_menu, self.mapToGlobal(at).toPoint())
            self._ask(lambda scene: scene.pick(*where), then, repaint=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Asks for the whole room, or to give it back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.maximise_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Goes nearer or farther."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        self._ask(lambda scene: scene.zoom(ZOOM_STEP ** (turn / NOTCH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows turn, plus and minus zoom; other keys are the window's."""
        wish = _KEYS.get(event.key())
        modifiers = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if wish is None or modifiers:
            event.ignore()
        else:
            self._ask(wish)

    # --- inside --------------------------------------------------------------------------------------------

    def _drag_of(
        self, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier
    ) -> Callable[[QPointF], None] | None:
        if button == Qt.MouseButton.LeftButton:
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                return self._pan_by
            return self._spin_by if modifiers & Qt.KeyboardModifier.ControlModifier else self._turn_by
        return {Qt.MouseButton.MiddleButton: self._pan_by, Qt.MouseButton.RightButton: self._zoom_by}.get(
            button
        )

    def _turn_by(self, at: QPointF) -> None:
        right, down = self._step(at)
        self._ask(lambda scene: scene.drag(right, down))

    def _pan_by(self, at: QPointF) -> None:
        right, down = self._step(at)
        self._ask(lambda scene: scene.pan(right, down))

    def _zoom_by(self, at: QPointF) -> None:
        factor = 1.01 ** (self._last.y() - at.y())
        self._ask(lambda scene: scene.zoom(factor))

    def _spin_by(self, at: QPointF) -> None:
        middle = QRectF(self.rect()).center()
        before, now = self._last - middle, at - middle
        angle = np.degrees(np.arctan2(before.y(), before.x()) - np.arctan2(now.y(), now.x()))
        degrees = float((angle + 180) % 360 - 180)
        self._ask(lambda scene: scene.spin(degrees))

    def _step(self, at: QPointF) -> tuple[float, float]:
        return (at.x() - self._last.x()) / self.width(), (at.y() - self._last.y()) / self.height()

    def _ask(self, wish: Wish, then: Callable[[Any], None] | None = None, *, repaint: bool = True) -> None:
        if self._studio is not None:
            self._studio.ask(wish, then, repaint=repaint)

    def _open(self) -> None:
        if self._studio is not None or not self.isVisible():
            return
        reason = why_no_opengl()
        if reason:
            self._say_no(
                translated("The 3-D view needs OpenGL 3.2, which is not there. Everything else works."),
                reason,
            )
            return
        self._studio = Studio(parent=self)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.shut, Qt.ConnectionType.UniqueConnection)
        self._studio.painted.connect(self._show)
        self._studio.failed.connect(self._give_up)
        self._send_size()
        self.set_surfaces(self._surfaces)

    def _give_up(self, reason: str) -> None:
        self.shut()
        self._image = None
        self._say_no(translated("The 3-D view does not work on this machine; everything else does."), reason)

    def _say_no(self, sentence: str, reason: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setToolTip(reason)
        self._sentence.show()

    def _show(self, image: QImage) -> None:
        self._image = image
        self._sentence.hide()
        self.update()

    def _send_size(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        self._ask(lambda scene: scene.resize(width, height), repaint=self.isVisible())

    def _on_changed(self, old: Session, new: Session) -> None:
        if self._studio is None:
            return
        if old.volume is not new.volume and self._surfaces is not None:
            self.set_surfaces(None)
        if any(getattr(old, name) is not getattr(new, name) for name in SHOWN):
            self._follow_soon.start()

    def _follow(self) -> None:
        session = self._store.session
        if self.isVisible():
            self._ask(lambda scene: scene.follow(session))

    def _ask_for_menu(self, at: QPoint, picked: Picked) -> None:
        self.context_requested.emit(picked.lesion_id, at)


def go_to_picked(store: SessionStore, picked: Picked) -> None:
    """A lesion is selected; any surface takes the crosshair."""
    shown = store.session.shown
    if picked.lesion_id is not None and shown is not None:
        store.go_to(shown.lesion(picked.lesion_id))
    elif picked.lps_mm is not None:
        store.move_crosshair(picked.lps_mm)


def _turn(azimuth: float, elevation: float) -> Wish:
    return lambda scene: scene.turn(azimuth, elevation)


def _zoom(factor: float) -> Wish:
    return lambda scene: scene.zoom(factor)


_KEYS: dict[int, Wish] = {
    Qt.Key.Key_Left: _turn(TURN_DEGREES, 0.0),
    Qt.Key.Key_Right: _turn(-TURN_DEGREES, 0.0),
    Qt.Key.Key_Up: _turn(0.0, TURN_DEGREES),
    Qt.Key.Key_Down: _turn(0.0, -TURN_DEGREES),
    Qt.Key.Key_Plus: _zoom(1.25),
    Qt.Key.Key_Equal: _zoom(1.25),
    Qt.Key.Key_Minus: _zoom(1 / 1.25),
}
