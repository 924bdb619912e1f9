"""The 3-D view: heart, aorta and lesions as surfaces. With `render.mesh` the only place that knows VTK.

VTK is loaded when the view is first shown, and not at all where there is no OpenGL 3.2: then a sentence stands
in its place and everything else goes on. Nothing is rendered unless something changed: a software renderer
cannot afford more.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from cacviewer.core.lesions import Lesion
from cacviewer.core.session import Session
from cacviewer.render.colours import AORTA, HEART, OTHER, Rgb, colour_of
from cacviewer.render.mesh import Mesh
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated
from cacviewer.ui.views.opengl import why_no_opengl

CLICK_PX = 4.0
TURN_DEGREES = 15.0
MARKER_MM = 12.0
ORGAN_OPACITY = {"heart": 0.45, "aorta": 0.5}
ORGAN_AMBIENT = 0.3
CLOSER = 1.35
"""The fit of VTK is to the sphere around everything."""
VIEWS: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "front": ((0, -1, 0), (0, 0, 1)),
    "left": ((1, 0, 0), (0, 0, 1)),
    "top": ((0, 0, 1), (0, -1, 0)),
}
"""Where the eye stands (LPS, from the centre) and what is up."""
SHOWN = ("shown", "selection", "crosshair_lps_mm", "view")


class SurfaceSet(Protocol):
    """Meshes of a case: organs or None, lesions by id."""

    @property
    def heart(self) -> Mesh | None: ...  # noqa: D102
    @property
    def aorta(self) -> Mesh | None: ...  # noqa: D102
    @property
    def lesions(self) -> dict[str, Mesh]: ...  # noqa: D102


class Scene:
    """The actors of the view and its camera.

    Args:
        parent: Widget that gets the VTK window as a child.
    """

    def __init__(self, parent: QWidget) -> None:
        from pyvistaqt import QtInteractor  # a second and 200 MB: only when a 3-D view is shown

        self.widget: Any = QtInteractor(parent, auto_update=False, multi_samples=0)
        self.widget.setAcceptDrops(False)  # files are dropped on the window
        self.widget.set_background("black")
        self.widget.enable_trackball_style()
        self.widget.add_axes(xlabel="L", ylabel="P", zlabel="H", color="white", interactive=False)
        self._organs: dict[str, Any] = {}
        self._lesions: dict[str, Any] = {}
        self._marker = self._added_marker()

    def show_surfaces(self, surfaces: SurfaceSet | None) -> None:
        """Exchanges all surfaces and looks at them from the front."""
        for actor in (*self._organs.values(), *self._lesions.values()):
            self.widget.remove_actor(actor, render=False)
        self._organs, self._lesions = {}, {}
        self._marker.SetVisibility(surfaces is not None)
        if surfaces is None:
            return
        for name, mesh, colour in (("heart", surfaces.heart, HEART), ("aorta", surfaces.aorta, AORTA)):
            if mesh is not None:
                self._organs[name] = self._added(mesh, colour, ORGAN_OPACITY[name])
        self._lesions = {key: self._added(mesh, OTHER, 1.0) for key, mesh in surfaces.lesions.items()}
        self.look_from("front")

    def follow(self, session: Session) -> None:
        """Colours, visibility, selection and marker as the session has them."""
        view = session.view
        for name, on in (("heart", view.show_heart), ("aorta", view.show_aorta)):
            if name in self._organs:
                self._organs[name].SetVisibility(on)
        lesions = {lesion.id: lesion for lesion in session.shown.lesions} if session.shown else {}
        for lesion_id, actor in self._lesions.items():
            lesion = lesions.get(lesion_id)
            actor.SetVisibility(view.show_calcium and lesion is not None)
            if lesion is not None:
                _dress(actor, lesion, lesion_id in session.selection)
        self._marker.SetPosition(*session.crosshair_lps_mm)

    def lesion_at(self, x: float, y: float) -> str | None:
        """The lesion under a place of the widget, through the organs."""
        from vtkmodules.vtkRenderingCore import vtkCellPicker

        picker = vtkCellPicker()
        picker.SetTolerance(0.005)
        picker.PickFromListOn()
        for actor in self._lesions.values():
            picker.AddPickList(actor)
        ratio = self.widget.devicePixelRatioF()
        picker.Pick(x * ratio, (self.widget.height() - 1 - y) * ratio, 0, self.widget.renderer)
        picked = picker.GetActor()
        return next((key for key, actor in self._lesions.items() if actor is picked), None)

    def look_from(self, name: str) -> None:
        """One of VIEWS."""
        eye, up = VIEWS[name]
        bounds = np.reshape(self.widget.renderer.ComputeVisiblePropBounds(), (3, 2))
        centre = bounds.mean(axis=1)
        camera = self.widget.camera
        camera.SetFocalPoint(*centre)
        camera.SetPosition(*(centre + np.asarray(eye) * 500))
        camera.SetViewUp(*up)
        self.widget.renderer.ResetCamera()
        camera.Zoom(CLOSER)

    def turn(self, azimuth: float, elevation: float) -> None:
        """Goes round the centre by degrees."""
        camera = self.widget.camera
        camera.Azimuth(azimuth)
        camera.Elevation(elevation)
        camera.OrthogonalizeViewUp()
        self.widget.renderer.ResetCameraClippingRange()

    def _added(self, mesh: Mesh, colour: Rgb, opacity: float) -> Any:
        import pyvista

        return self.widget.add_mesh(
            pyvista.PolyData.from_regular_faces(mesh.points_lps_mm, mesh.triangles),
            color=colour,
            opacity=opacity,
            ambient=ORGAN_AMBIENT if opacity < 1 else 0.1,
            smooth_shading=True,
            culling="back" if opacity < 1 else None,  # one layer of glass, not two
            reset_camera=False,
            render=False,
        )

    def _added_marker(self) -> Any:
        import pyvista

        ends = np.array([sign * MARKER_MM * np.eye(3)[i] for i in range(3) for sign in (-1, 1)])
        lines = pyvista.PolyData(ends, lines=[2, 0, 1, 2, 2, 3, 2, 4, 5])
        actor = self.widget.add_mesh(
            lines, color="white", line_width=2, lighting=False, reset_camera=False, render=False
        )
        actor.SetVisibility(False)
        actor.UseBoundsOff()  # it does not move the camera
        return actor


class SurfaceView(QWidget):
    """The 3-D panel: drag turns, a click on a lesion selects it, the arrow keys turn by 15 degrees.

    Args:
        store: The session to follow.
        parent: Owner.
    """

    maximise_requested = Signal()
    """A double click."""

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._surfaces: SurfaceSet | None = None
        self._scene: Scene | None = None
        self._pressed: QPointF | None = None
        self._sentence = QLabel(translated("Heart and calcium in 3-D appear here."), self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setStyleSheet("background: black; color: #a7b1bb")  # views are black in every theme
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._sentence)
        # slices and tables first: without a GPU a render costs as much as all of them
        self._render_soon = QTimer(self, singleShot=True, interval=120)
        self._render_soon.timeout.connect(self._render)
        self.setObjectName("surface_view")
        self.setAccessibleName(translated("3-D view"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumSize(80, 80)
        store.changed.connect(self._on_changed)

    @property
    def scene(self) -> Scene | None:
        """The VTK side, None before the first showing and without OpenGL."""
        return self._scene

    def set_surfaces(self, surfaces: SurfaceSet | None) -> None:
        """Shows the meshes of a case; None: there are none."""
        self._surfaces = surfaces
        if self._scene is not None:
            self._scene.show_surfaces(surfaces)
            self._scene.follow(self._store.session)
            self._render_soon.start()

    def look_from(self, name: str) -> None:
        """Standard views: "front", "left", "top"."""
        if self._scene is not None:
            self._scene.look_from(name)
            self._render_soon.start()

    def screenshot(self) -> NDArray[np.uint8] | None:
        """The view as (rows, columns, 3) uint8, None without OpenGL."""
        if self._scene is None:
            return None
        self._render()
        return np.asarray(self._scene.widget.screenshot(return_img=True))

    def shut(self) -> None:
        """Gives the VTK window back; the next showing makes another."""
        if self._scene is not None:
            scene, self._scene = self._scene, None
            scene.widget.removeEventFilter(self)
            self._stack.removeWidget(scene.widget)
            scene.widget.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, the name is Qt's
        """The first time: loads VTK, after the window has been painted."""
        super().showEvent(event)
        if self._scene is None:
            QTimer.singleShot(0, self, self._open)
        self.window().installEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """The VTK window must go before the widget that it stands in."""
        self.shut()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Clicks and keys of the VTK widget; the end of the window."""
        kind = event.type()
        if self._scene is None or watched is not self._scene.widget:
            if kind == QEvent.Type.Close and watched is self.window():
                QTimer.singleShot(0, self, self._shut_if_closed)  # the window may refuse
            return False
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            start, self._pressed = self._pressed, None
            if (event.position() - start).manhattanLength() < CLICK_PX:
                self._select_at(start.x(), start.y())
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.maximise_requested.emit()
            return True
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._key(event, kind == QEvent.Type.KeyPress)
        return False

    def _open(self) -> None:
        if self._scene is not None or not self.isVisible():
            return
        reason = why_no_opengl()
        if reason:
            self._sentence.setText(
                translated("The 3-D view needs OpenGL 3.2, which is not there. Everything else works.")
            )
            self._sentence.setToolTip(reason)
            return
        self._scene = Scene(self)
        self._scene.widget.installEventFilter(self)
        self._stack.setCurrentIndex(self._stack.addWidget(self._scene.widget))
        self.set_surfaces(self._surfaces)

    def _shut_if_closed(self) -> None:
        if not self.window().isVisible():
            self.shut()

    def _on_changed(self, old: Session, new: Session) -> None:
        if self._scene is None:
            return
        if old.volume is not new.volume and self._surfaces is not None:
            self.set_surfaces(None)
        if any(getattr(old, name) is not getattr(new, name) for name in SHOWN):
            self._scene.follow(new)
            self._render_soon.start()

    def _render(self) -> None:
        if self._scene is not None and self.isVisible():
            self._scene.widget.render()

    def _select_at(self, x: float, y: float) -> None:
        assert self._scene is not None
        lesion_id, shown = self._scene.lesion_at(x, y), self._store.session.shown
        if lesion_id is not None and shown is not None:
            self._store.select((lesion_id,))
            self._store.move_crosshair(shown.lesion(lesion_id).centroid_lps_mm)

    def _key(self, event: Any, down: bool) -> bool:
        """Arrows turn; no other key reaches VTK, whose own would close or restyle the view."""
        turn = _TURNS.get(event.key())
        if turn is None:
            event.ignore()
        elif down and self._scene is not None:
            self._scene.turn(*turn)
            self._render_soon.start()
        return True


def _dress(actor: Any, lesion: Lesion, selected: bool) -> None:
    """Colour of the artery; a selected lesion glows."""
    properties = actor.GetProperty()
    properties.SetColor(*(channel / 255 for channel in colour_of(lesion)))
    properties.SetOpacity(1.0 if lesion.is_scored else 0.6)
    properties.SetAmbient(0.7 if selected else 0.1)


_TURNS = {
    Qt.Key.Key_Left: (TURN_DEGREES, 0.0),
    Qt.Key.Key_Right: (-TURN_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, TURN_DEGREES),
    Qt.Key.Key_Down: (0.0, -TURN_DEGREES),
}
