"""The four views of a study in their place: three slice views and, after the first picture, the 3-D view."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from cacviewer import files
from cacviewer.core.errors import CannotWrite
from cacviewer.core.session import Session
from cacviewer.render.planes import Plane
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated
from cacviewer.ui.view_area import ViewArea
from cacviewer.ui.views.cine import Cine
from cacviewer.ui.views.measuring import Hand
from cacviewer.ui.views.opengl import why_no_opengl
from cacviewer.ui.views.slice_view import SliceView

log = logging.getLogger(__name__)
SURFACE_DELAY_MS = 400
"""So long after the first picture the 3-D view is made: its libraries take a second to load."""


class LinkedViews(ViewArea):
    """Makes the views and passes on what a person does in them."""

    context_requested = Signal(object, QPoint)
    """Lesion id or None, global position."""
    banner_clicked = Signal()
    surface_menu_requested = Signal(QPoint)
    """Global position: a right click in 3-D beside the lesions."""
    refused = Signal(str)
    """A sentence: something cannot be shown."""

    def __init__(
        self, store: SessionStore, *, with_surface: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._surfaces: Any = None
        self._surface_view: Any = None
        self._surface_window: Any = None
        self._cine = Cine(self)
        self.hand = Hand(self)
        for plane in Plane:
            self.set_view(plane.value, self._made_slice_view(plane))
        self._late = QTimer(self, singleShot=True, interval=SURFACE_DELAY_MS)
        self._late.timeout.connect(self._make_surface_view)
        self._wants_surface = with_surface
        store.changed.connect(self._on_changed)

    def show_surfaces(self, surfaces: Any) -> None:
        """Gives the 3-D view its surfaces, now or when it is made; None: nothing to show."""
        self._surfaces = surfaces
        if self._surface_view is not None:
            self._surface_view.set_surfaces(surfaces)
        if self._surface_window is not None:
            self._surface_window.set_surfaces(surfaces)

    @property
    def cine(self) -> Cine:
        """Slices that run by themselves."""
        return self._cine

    def toggle_cine(self) -> None:
        """Runs the slices of the active view, or stops them."""
        active = next((v for v in map(self.view, map(str, Plane)) if v.hasFocus()), self.view(Plane.AXIAL))
        self._cine.toggle(active)  # type: ignore[arg-type]

    def look_from(self, name: str) -> None:
        """Turns the 3-D view: "front", "back", "left", "right", "top", "bottom"."""
        if self._surface_view is not None:
            self._surface_view.look_from(name)

    @property
    def has_surface_picture(self) -> bool:
        """Whether there is a 3-D picture to save."""
        return self._surface_view is not None and self._surface_view.image is not None

    def save_surface_picture(self, path: str) -> None:
        """Writes the 3-D picture as it is on the screen; a refusal is said.

        Args:
            path: A .png file.
        """
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._surface_view.image.save(buffer, "PNG")
        try:
            with files.writing(Path(path), "wb") as stream:
                stream.write(data.data())
        except CannotWrite as error:
            self.refused.emit(str(error.message))

    def open_surface_window(self) -> None:
        """Shows the 3-D scene in a window of its own; the one that is open already comes to the front."""
        reason = why_no_opengl()
        if reason:
            self.refused.emit(
                translated("The 3-D view needs OpenGL 3.2, which is not there. Everything else works.")
            )
            return
        if self._surface_window is None:
            from cacviewer.ui.views.surface_window import SurfaceWindow  # loads VTK

            self._surface_window = SurfaceWindow(self._store, self._surfaces, self.window())
            self._surface_window.closed.connect(self._forget_surface_window)
        self._surface_window.show()
        self._surface_window.raise_()

    def _forget_surface_window(self) -> None:
        self._surface_window = None

    def _made_slice_view(self, plane: Plane) -> SliceView:
        view = SliceView(self._store, plane, self)
        view.context_requested.connect(self.context_requested)
        view.maximise_requested.connect(partial(self.maximise, plane.value))
        view.banner_clicked.connect(self.banner_clicked)
        view.measure_with(self.hand, self._store)
        return view

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.volume is not new.volume:
            self._cine.stop()
        if self._wants_surface and new.volume is not None and old.volume is not new.volume:
            self._wants_surface = False
            self._late.start()

    def _make_surface_view(self) -> None:
        try:
            # loads VTK, which the window starts without
            from cacviewer.ui.views.surface_view import SurfaceView

            view = SurfaceView(self._store, self)
        except Exception as error:  # whatever graphics drivers raise: everything but 3-D goes on
            log.exception("no 3-D view")
            self.set_view("surface", _without_surface(self, str(error)))
            return
        view.maximise_requested.connect(partial(self.maximise, "surface"))
        view.context_requested.connect(self._on_surface_context)
        self._surface_view = view
        self.set_view("surface", view)
        if self._surfaces is not None:
            view.set_surfaces(self._surfaces)

    def _on_surface_context(self, lesion_id: str | None, at: QPoint) -> None:
        if lesion_id is None:
            self.surface_menu_requested.emit(at)
        else:
            self.context_requested.emit(lesion_id, at)


def _without_surface(parent: QWidget, reason: str) -> QLabel:
    label = QLabel(translated("The 3-D view does not work on this machine; everything else does."), parent)
    label.setToolTip(reason)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setStyleSheet("background: black; color: #a7b1bb")
    return label
