"""The 3-D scene in a window of its own, for a second screen: VTK draws straight onto the glass.

Inside the main window a native child would make Qt flush the whole window at every redraw (docs/adr/0006); as a
window of its own it disturbs nobody, and the graphics card, where there is one, is used in full.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pyvistaqt import QtInteractor

from cacviewer.core.session import Session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import worded
from cacviewer.ui.views.surface_scene import Scene, SurfaceSet
from cacviewer.ui.views.surface_view import CLICK_PX, FOLLOW_MS, SHOWN, go_to_picked


class SurfaceWindow(QWidget):
    """Heart, aorta and lesions; a drag turns them, a click selects a lesion and moves the crosshair.

    Args:
        store: The session to follow.
        surfaces: Meshes of its case, or None.
        parent: Owner; the window stands beside it.
    """

    closed = Signal()

    def __init__(
        self, store: SessionStore, surfaces: SurfaceSet | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._store = store
        self._pressed: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        worded(self, windowTitle="3-D view", accessibleName="3-D view")
        self.resize(900, 900)
        self._interactor: Any = QtInteractor(self, auto_update=False)
        self._scene = Scene(self._interactor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._interactor)
        self._interactor.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._later.timeout.connect(self._follow)
        store.changed.connect(self._on_changed)
        self.set_surfaces(surfaces)

    @property
    def scene(self) -> Scene:
        """What is rendered."""
        return self._scene

    def set_surfaces(self, surfaces: SurfaceSet | None) -> None:
        """Shows the meshes of a case; None: there are none."""
        self._scene.show_surfaces(surfaces)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, the name is Qt's
        """A left click without a drag picks; everything else is VTK's own trackball."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                moved = (event.position() - self._pressed).manhattanLength()
                self._pressed = None
                if moved < CLICK_PX:
                    self._pick(event.position())
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Gives the graphics memory back."""
        self._later.stop()
        self._store.changed.disconnect(self._on_changed)
        self._interactor.removeEventFilter(self)
        self._interactor.close()
        super().closeEvent(event)
        self.closed.emit()

    def _pick(self, at: QPointF) -> None:
        x, y = at.x() / self._interactor.width(), at.y() / self._interactor.height()
        go_to_picked(self._store, self._scene.pick(x, y))

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.volume is not new.volume:
            self._scene.show_surfaces(None)
        if any(getattr(old, name) is not getattr(new, name) for name in (*SHOWN, "volume")):
            self._later.start()

    def _follow(self) -> None:
        self._scene.follow(self._store.session)
        self._interactor.render()
