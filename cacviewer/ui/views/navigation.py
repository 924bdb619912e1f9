"""Where one slice view looks, and what a reader's hand does to it: the camera here, all else in the store."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtGui import QTransform

from cacviewer.core.session import Session
from cacviewer.render.planes import SliceGeometry
from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.camera import Camera, fitted
from cacviewer.ui.views.furniture import SLAB_NAMES, Probe
from cacviewer.ui.views.picture import SlicePicture

HEART_MARGIN = 0.15


class Home(Enum):
    """What the camera keeps in sight while nobody has moved it."""

    SLICE = auto()
    HEART = auto()


class Navigation:
    """Keeps picture and camera of a view in step with the store; places are widget pixels.

    Args:
        store: Where the session is.
        picture: Of the view.
        repaint: Called when the camera alone has changed.
    """

    def __init__(self, store: SessionStore, picture: SlicePicture, repaint: Callable[[], None]) -> None:
        self._store, self._picture, self._repaint = store, picture, repaint
        self._seen: Session | None = None
        self._home: Home | None = Home.SLICE
        self._pointer: tuple[float, float] | None = None
        self._pulling = False
        self.camera = Camera()

    def follow(self) -> Session:
        """Brings picture and camera up to date; cheap when nothing has changed."""
        old, new = self._seen, self._store.session
        if old is new:
            return new
        self._seen = new
        self._picture.follow(old, new)
        if old is None or old.volume is not new.volume:
            self._go_home(Home.SLICE)
        if self._home and new.anatomy is not None and (old is None or old.anatomy is not new.anatomy):
            self._go_home(Home.HEART)
        elif old is not None and old.crosshair_lps_mm != new.crosshair_lps_mm and not self._pulling:
            self._keep_in_sight(new.crosshair_lps_mm)
        return new

    def resize(self, width: float, height: float) -> None:
        """The widget has another size."""
        self.follow()
        self.camera = self.camera.resized(width, height)
        if self._home:
            self._go_home(self._home)

    def geometry(self) -> SliceGeometry | None:
        """How the plane shows the volume, None without one."""
        self.follow()
        return self._picture.geometry

    def to_screen(self) -> QTransform:
        """Maps pixels of the picture (corners at whole numbers) to the widget."""
        geometry = self.geometry()
        height_mm, width_mm = geometry.pixel_mm if geometry else (1.0, 1.0)
        x, y = self.camera.to_screen(0.0, 0.0)
        zoom = self.camera.zoom
        return QTransform(width_mm * zoom, 0, 0, height_mm * zoom, x, y)

    def place(self, lps_mm: tuple[float, float, float]) -> tuple[float, float]:
        """Where a position is in the widget."""
        geometry = self.geometry()
        if geometry is None:
            return 0.0, 0.0
        row, column, _ = geometry.place(lps_mm)
        return self.camera.to_screen(
            (column + 0.5) * geometry.pixel_mm[1], (row + 0.5) * geometry.pixel_mm[0]
        )

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Row and column, fractional, of a place in the widget."""
        geometry = self.geometry()
        height_mm, width_mm = geometry.pixel_mm if geometry else (1.0, 1.0)
        x_mm, y_mm = self.camera.to_plane(x, y)
        return y_mm / height_mm - 0.5, x_mm / width_mm - 0.5

    def probe(self) -> Probe | None:
        """What is under the pointer."""
        geometry = self.geometry()
        if self._pointer is None or geometry is None:
            return None
        row, column = self.pixel(*self._pointer)
        hu = self._picture.hu_at(round(row), round(column))
        if hu is None:
            return None
        what = SLAB_NAMES[self._store.session.view.slab_mode] if self._picture.slab_mm else "HU"
        return Probe(hu, geometry.lps_mm(round(row), round(column), self._picture.depth), what)

    def lesion_at(self, x: float, y: float) -> str | None:
        """The lesion under a place, if lesions are shown."""
        if not self.follow().view.show_calcium:
            return None
        row, column = self.pixel(x, y)
        return self._picture.lesion_at(round(row), round(column))

    def point(self, at: tuple[float, float] | None) -> None:
        """The pointer is here; None: it has left."""
        self._pointer = at
        self._repaint()

    def step(self, steps: int) -> bool:
        """Goes through the slices: onward is towards the feet, the back, the left. False at the end of them."""
        geometry = self.geometry()
        if geometry is None:
            return False
        row, column, _ = geometry.place(self._store.session.crosshair_lps_mm)
        depth = geometry.onward(self._picture.depth, steps)
        if depth == self._picture.depth:
            return False
        self._store.move_crosshair(geometry.lps_mm(row, column, depth))
        return True

    def look_at(self, x: float, y: float) -> None:
        """Puts the crosshair of all views here, inside the picture."""
        geometry = self.geometry()
        if geometry is None:
            return
        row, column = self.pixel(x, y)
        rows, columns = geometry.shape
        row, column = min(max(row, 0.0), rows - 1.0), min(max(column, 0.0), columns - 1.0)
        self._pulling = True  # the picture must not run away under the pointer
        self._store.move_crosshair(geometry.lps_mm(row, column, self._picture.depth))
        self.follow()
        self._pulling = False

    def select_at(self, x: float, y: float, add: bool) -> None:
        """Selects the lesion here; with `add` it joins or leaves the selection."""
        lesion, selected = self.lesion_at(x, y), self._store.session.selection
        if lesion is None:
            return
        if not add:
            self._store.select((lesion,))
        elif lesion in selected:
            self._store.select(tuple(other for other in selected if other != lesion))
        else:
            self._store.select((*selected, lesion))

    def zoom_by(self, factor: float, x: float, y: float) -> None:
        """Zooms about a place."""
        self._move(self.camera.zoomed(factor, x, y))

    def zoom_in_middle(self, factor: float) -> None:
        """Zooms about the middle of the view."""
        self.zoom_by(factor, self.camera.size[0] / 2, self.camera.size[1] / 2)

    def pan_by(self, dx: float, dy: float) -> None:
        """Moves the picture."""
        self._move(self.camera.panned(dx, dy))

    def one_to_one(self, device_pixels: float) -> None:
        """One pixel of the picture is as wide as one of the screen."""
        geometry = self.geometry()
        if geometry is not None:
            self.zoom_in_middle(1 / (geometry.pixel_mm[1] * device_pixels) / self.camera.zoom)

    def go_home(self, home: Home) -> None:
        """Shows the whole slice or the heart."""
        self.follow()
        self._go_home(home)
        self._repaint()

    def _move(self, camera: Camera) -> None:
        self._home = None
        self.camera = camera
        self._repaint()

    def _keep_in_sight(self, lps_mm: tuple[float, float, float]) -> None:
        geometry = self._picture.geometry
        if geometry is not None:
            row, column, _ = geometry.place(lps_mm)
            height, width = geometry.pixel_mm
            self.camera = self.camera.showing((column + 0.5) * width, (row + 0.5) * height)

    def _go_home(self, home: Home) -> None:
        geometry, session = self._picture.geometry, self._store.session
        self._home = home
        if geometry is None:
            return
        left, top, bottom, right = 0.0, 0.0, geometry.size_mm[0], geometry.size_mm[1]
        anatomy = session.anatomy
        if home is Home.HEART and anatomy is not None and anatomy.heart_box is not None:
            box = anatomy.heart_box
            corners = [geometry.place(geometry.grid.lps_mm(end)) for end in (box[:3], box[3:])]
            height, width = geometry.pixel_mm
            rows, columns = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
            margin = HEART_MARGIN * max((rows[1] - rows[0]) * height, (columns[1] - columns[0]) * width)
            left, right = columns[0] * width - margin, columns[1] * width + margin
            top, bottom = rows[0] * height - margin, rows[1] * height + margin
        self.camera = fitted(left, top, right, bottom, self.camera.size)
