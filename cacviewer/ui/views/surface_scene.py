"""The 3-D scene: heart, aorta and lesions as surfaces, a camera and a marker, rendered into pixels.

With `render.mesh` and `reports.surfaces` the only place that knows VTK, and without Qt: no window of VTK's
stands in ours. A scene lives in one thread, for its OpenGL context does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyvista
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkCellPicker

from cacviewer.core.lesions import Lesion
from cacviewer.core.session import Session
from cacviewer.render.colours import AORTA, HEART, OTHER, Rgb, colour_of
from cacviewer.render.mesh import Mesh

Point = tuple[float, float, float]
MARKER_MM = 12.0
ORGAN_OPACITY = {"heart": 0.45, "aorta": 0.5}
ORGAN_AMBIENT = 0.3
CLOSER = 1.35
"""The fit of VTK is to the sphere around everything."""
DEGREES_ACROSS = 200.0
"""A drag across the whole picture turns it by so much, as VTK's own trackball does."""
VIEWS: dict[str, tuple[Point, Point]] = {
    "front": ((0, -1, 0), (0, 0, 1)),
    "back": ((0, 1, 0), (0, 0, 1)),
    "left": ((1, 0, 0), (0, 0, 1)),
    "right": ((-1, 0, 0), (0, 0, 1)),
    "top": ((0, 0, 1), (0, -1, 0)),
    "bottom": ((0, 0, -1), (0, -1, 0)),
}
"""Where the eye stands (LPS, from the centre) and what is up."""


class SurfaceSet(Protocol):
    """Meshes of a case: organs or None, lesions by id."""

    @property
    def heart(self) -> Mesh | None: ...  # noqa: D102
    @property
    def aorta(self) -> Mesh | None: ...  # noqa: D102
    @property
    def lesions(self) -> dict[str, Mesh]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Picked:
    """What is under a place of the picture.

    Attributes:
        lesion_id: The lesion there, organs looked through; None if there is none.
        lps_mm: Where the surface is that was hit; None beside everything.
    """

    lesion_id: str | None = None
    lps_mm: Point | None = None


class Scene:
    """The actors and their camera. Places are fractions 0..1 of the picture from its top left corner.

    Args:
        plotter: A plotter of pyvista that draws onto a window; None renders off the screen.
    """

    def __init__(self, plotter: Any = None) -> None:
        self._plotter: Any = plotter or pyvista.Plotter(off_screen=True, window_size=(64, 64))
        self._plotter.set_background("black")
        self._plotter.add_axes(xlabel="L", ylabel="P", zlabel="H", color="white", interactive=False)
        self._window, self._renderer = self._plotter.render_window, self._plotter.renderer
        self._window.SetMultiSamples(0)
        self._pixels = vtkUnsignedCharArray()
        self._organs: dict[str, Any] = {}
        self._lesions: dict[str, Any] = {}
        self._marker = self._added_marker()

    # --- what is shown -------------------------------------------------------------------------------------

    def show_surfaces(self, surfaces: SurfaceSet | None) -> None:
        """Exchanges all surfaces; the first ones are looked at from the front, later ones as before."""
        was_empty = not self._organs and not self._lesions
        for actor in (*self._organs.values(), *self._lesions.values()):
            self._plotter.remove_actor(actor, render=False)
        self._organs, self._lesions = {}, {}
        self._marker.SetVisibility(surfaces is not None)
        if surfaces is None:
            return
        for name, mesh, colour in (("heart", surfaces.heart, HEART), ("aorta", surfaces.aorta, AORTA)):
            if mesh is not None:
                self._organs[name] = self._added(mesh, colour, ORGAN_OPACITY[name])
        self._lesions = {key: self._added(mesh, OTHER, 1.0) for key, mesh in surfaces.lesions.items()}
        if was_empty:
            self.look_from("front")

    def follow(self, session: Session) -> None:
        """Colours, visibility, selection and marker as the session has them."""
        view = session.view
        for name, on in (("heart", view.show_heart), ("aorta", view.show_aorta)):
            if name in self._organs:
                self._organs[name].SetVisibility(on)
        lesions = {lesion.id: lesion for lesion in session.shown.lesions} if session.shown else {}
        chosen = set(session.selection)
        for lesion_id, actor in self._lesions.items():
            lesion = lesions.get(lesion_id)
            actor.SetVisibility(view.show_calcium and lesion is not None)
            if lesion is not None:
                _dress(actor, lesion, lesion_id in chosen)
        self._marker.SetPosition(*session.crosshair_lps_mm)

    def resize(self, width: int, height: int) -> None:
        """Gives the picture another size, device pixels."""
        self._plotter.window_size = (max(width, 1), max(height, 1))

    def frame(self) -> NDArray[np.uint8]:
        """Renders; (rows, columns, 4) uint8 as R, G, B, A, top row first, a copy."""
        self._window.Render()
        width, height = self._window.GetSize()
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, self._pixels)
        pixels = vtk_to_numpy(self._pixels).reshape(height, width, 4)  # type: ignore[no-untyped-call]
        return np.ascontiguousarray(pixels[::-1])

    # --- camera --------------------------------------------------------------------------------------------

    def look_from(self, name: str) -> None:
        """One of VIEWS, everything in sight."""
        eye, up = VIEWS[name]
        bounds = np.reshape(self._renderer.ComputeVisiblePropBounds(), (3, 2))
        centre = bounds.mean(axis=1)
        camera = self._plotter.camera
        camera.SetFocalPoint(*centre)
        camera.SetPosition(*(centre + np.asarray(eye) * 500))
        camera.SetViewUp(*up)
        self._renderer.ResetCamera()
        camera.Zoom(CLOSER)

    def turn(self, azimuth: float, elevation: float) -> None:
        """Goes round the centre by degrees."""
        camera = self._plotter.camera
        camera.Azimuth(azimuth)
        camera.Elevation(elevation)
        camera.OrthogonalizeViewUp()
        self._renderer.ResetCameraClippingRange()

    def drag(self, right: float, down: float) -> None:
        """Turns as a hand on a ball does, by fractions of the picture."""
        self.turn(-DEGREES_ACROSS * right, DEGREES_ACROSS * down)

    def spin(self, degrees: float) -> None:
        """Turns the picture about its middle, anticlockwise."""
        self._plotter.camera.Roll(degrees)

    def pan(self, right: float, down: float) -> None:
        """Moves the picture by fractions of its width and height."""
        camera = self._plotter.camera
        width, height = self._window.GetSize()
        tall = 2 * camera.GetDistance() * np.tan(np.radians(camera.GetViewAngle() / 2))
        up = np.asarray(camera.GetViewUp())
        across = np.cross(camera.GetDirectionOfProjection(), up)
        shift = (-right * width / height * across + down * up) * tall
        camera.SetFocalPoint(*(np.asarray(camera.GetFocalPoint()) + shift))
        camera.SetPosition(*(np.asarray(camera.GetPosition()) + shift))
        self._renderer.ResetCameraClippingRange()

    def zoom(self, factor: float) -> None:
        """Goes nearer (above 1) or farther."""
        self._plotter.camera.Dolly(factor)
        self._renderer.ResetCameraClippingRange()

    # --- asking --------------------------------------------------------------------------------------------

    def pick(self, x: float, y: float) -> Picked:
        """What is at a place: lesions through the organs, else the nearest surface."""
        for lesions, actors in ((True, self._lesions), (False, self._organs)):
            picker = vtkCellPicker()
            picker.SetTolerance(0.005)
            picker.PickFromListOn()
            for actor in actors.values():
                picker.AddPickList(actor)
            width, height = self._window.GetSize()
            if picker.Pick(x * width, (1 - y) * height - 1, 0, self._renderer):
                actor = picker.GetActor()
                name = next((key for key, one in actors.items() if one is actor), None)
                a, b, c = picker.GetPickPosition()
                return Picked(name if lesions else None, (a, b, c))
        return Picked()

    def place(self, lps_mm: Point) -> tuple[float, float]:
        """Where a position is in the picture."""
        self._renderer.SetWorldPoint(*lps_mm, 1)
        self._renderer.WorldToDisplay()
        x, y, _ = self._renderer.GetDisplayPoint()
        width, height = self._window.GetSize()
        return x / width, 1 - (y + 1) / height

    def close(self) -> None:
        """Gives the graphics memory back."""
        self._plotter.close()

    def _added(self, mesh: Mesh, colour: Rgb, opacity: float) -> Any:
        return self._plotter.add_mesh(
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
        ends = np.array([sign * MARKER_MM * np.eye(3)[i] for i in range(3) for sign in (-1, 1)])
        lines = pyvista.PolyData(ends, lines=[2, 0, 1, 2, 2, 3, 2, 4, 5])
        actor = self._plotter.add_mesh(
            lines, color="white", line_width=2, lighting=False, reset_camera=False, render=False
        )
        actor.SetVisibility(False)
        actor.UseBoundsOff()  # it does not move the camera
        return actor


def _dress(actor: Any, lesion: Lesion, selected: bool) -> None:
    """Colour of the artery; a selected lesion glows."""
    properties = actor.GetProperty()
    properties.SetColor(*(channel / 255 for channel in colour_of(lesion)))
    properties.SetOpacity(1.0 if lesion.is_scored else 0.6)
    properties.SetAmbient(0.7 if selected else 0.1)
