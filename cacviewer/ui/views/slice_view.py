"""A slice view: the picture of one plane at the crosshair, with overlays, crosshair and furniture.

The view keeps only its camera; where it looks, what it shows and how are fields of the session. It follows
the store by identity, does its work when it is painted, and sends every wish to the store.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cacviewer.core.session import Session
from cacviewer.render.planes import Plane
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import worded
from cacviewer.ui.views.banner import Banner
from cacviewer.ui.views.crosshair import paint_crosshair
from cacviewer.ui.views.furniture import Furniture, corner_texts, first_lines, sized
from cacviewer.ui.views.gestures import Gestures
from cacviewer.ui.views.measuring import Hand, Measuring, paint_measurements
from cacviewer.ui.views.navigation import Navigation
from cacviewer.ui.views.overlays import Overlays
from cacviewer.ui.views.picture import ALL, SlicePicture
from cacviewer.ui.views.texts import TextImages

BLACK = QColor(0, 0, 0)
FILLED = QColor(240, 160, 0, 150)
NAMES = {Plane.AXIAL: "Axial view", Plane.CORONAL: "Coronal view", Plane.SAGITTAL: "Sagittal view"}
SHOWN = ("volume", "anatomy", "crosshair_lps_mm", "view", "measurements")
"""Fields of a session that change the whole view; what the reader decides on a lesion changes a part of it."""
AROUND_LESION = 8.0
"""Pixels beside a lesion that its outline may reach."""


class SliceView(QWidget):
    """One of the three linked views.

    Args:
        store: The session to show.
        plane: Which way it looks.
        parent: Owner.
    """

    context_requested = Signal(object, QPoint)
    """(lesion id or None, global position): a right click without drag."""
    maximise_requested = Signal()
    """A double click."""
    activated = Signal()
    """The view got the keyboard."""
    banner_clicked = Signal()
    """A click on the line of the worst finding."""

    def __init__(self, store: SessionStore, plane: Plane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plane, self._store = plane, store
        self.picture = SlicePicture(plane)
        self.navigation = Navigation(store, self.picture, self.update)
        self._overlays = Overlays()
        self._texts = TextImages()
        self._note = ""
        self._measuring: Measuring | None = None
        self._banner = Banner(self)
        self._banner.clicked.connect(self.banner_clicked)
        gestures = Gestures(self, store, self.navigation)
        gestures.context_requested.connect(self.context_requested)
        worded(self, accessibleName=NAMES[plane])
        self.setObjectName(f"{plane.value}_view")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a patient is not mirrored
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 80)
        store.changed.connect(self._on_changed)
        self._warn(store.session)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._banner.forget()
            self._warn(self._store.session)
        super().changeEvent(event)

    @property
    def banner(self) -> str:
        """The sentence across the top of the axial view, "" when there is nothing to warn of."""
        return self._banner.sentence

    def measure_with(self, hand: Hand, store: SessionStore) -> None:
        """Lets the view measure what is in a hand."""
        self._measuring = Measuring(self, store, self.navigation, hand)

    def step(self, steps: int) -> bool:
        """Goes through the slices; False at the end of them."""
        return self.navigation.step(steps)

    def say(self, note: str) -> None:
        """Writes a note beside the slice number; "" takes it away."""
        self._note = note
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, the name is Qt's
        """Room for a slice at its own size."""
        return QSize(512, 512)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draws picture, overlays, crosshair and furniture."""
        painter = QPainter(self)
        try:  # an open painter of a dead paintEvent ends the program
            session = self.navigation.follow()
            self.picture.take_changed()  # it is on the screen now
            self._paint(painter, session)
        finally:
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keeps the fit, or the zoom and the centre."""
        self.navigation.resize(self.width(), self.height())
        self._banner.setGeometry(0, 0, self.width(), self._banner.sizeHint().height())
        super().resizeEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Asks for the whole room, or to give it back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.maximise_requested.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame gets thick."""
        self.activated.emit()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame gets thin."""
        self.update()
        super().focusOutEvent(event)

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.shown is not new.shown or old.volume is not new.volume:
            self._warn(new)
        if any(getattr(old, name) is not getattr(new, name) for name in SHOWN):
            self.update()
        elif self.isVisible() and (old.shown is not new.shown or old.selection != new.selection):
            self._update_lesions()

    def _update_lesions(self) -> None:
        """Asks for a redraw of the lesions that look different, and of the total."""
        self.navigation.follow()
        part = self.picture.take_changed()
        if part is ALL:
            self.update()
            return
        if part is not None:
            top, left, bottom, right = part
            # a smooth picture mixes in the pixels beside
            box = QRectF(left - 1, top - 1, right - left + 2, bottom - top + 2)
            around = (-AROUND_LESION, -AROUND_LESION, AROUND_LESION, AROUND_LESION)
            self.update(self.navigation.to_screen().mapRect(box).adjusted(*around).toAlignedRect())
        if self.plane is Plane.AXIAL:
            self.update(first_lines(self.width(), self.font(), self._banner_height()))

    def _banner_height(self) -> int:
        return 0 if self._banner.isHidden() else self._banner.height()

    def _warn(self, session: Session) -> None:
        if self.plane is Plane.AXIAL and self._banner.show_worst(session):  # one view is enough
            self.update()

    def _paint(self, painter: QPainter, session: Session) -> None:
        painter.fillRect(self.rect(), BLACK)
        if self.picture.image is not None:
            to_screen = self.navigation.to_screen()
            self._paint_picture(painter, session, to_screen)
            self._overlays.follow(self.picture, session.view.smooth)
            self._overlays.paint(painter, to_screen, session)
            if session.view.show_crosshair:
                x, y = self.navigation.place(session.crosshair_lps_mm)
                paint_crosshair(painter, self.plane, x, y, self.width(), self.height())
            if session.measurements or self._measuring:
                self._paint_measurements(painter, session)
        self._paint_furniture(painter, session)

    def _paint_measurements(self, painter: QPainter, session: Session) -> None:
        pending = self._measuring.pending if self._measuring else None
        shown = session.measurements + ((pending,) if pending else ())
        paint_measurements(painter, self.navigation, shown, self._texts, sized(self.font(), self.width()))

    def _paint_picture(self, painter: QPainter, session: Session, to_screen: QTransform) -> None:
        image, geometry = self.picture.image, self.picture.geometry
        if image is None or geometry is None or session.volume is None:
            return
        rows, columns = geometry.shape
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, session.view.smooth)
        painter.drawImage(to_screen.mapRect(QRectF(0, 0, columns, rows)), image)
        for z in session.volume.filled_slices:  # made for the eye only: never to be taken for a measurement
            band = geometry.band(z, self.picture.depth)
            if band is not None:
                top, left, height, width = band
                painter.fillRect(
                    to_screen.mapRect(QRectF(left, top, width, height)),
                    QBrush(FILLED, Qt.BrushStyle.FDiagPattern),
                )

    def _paint_furniture(self, painter: QPainter, session: Session) -> None:
        furniture = Furniture(
            painter, self.width(), self.height(), self.font(), self._banner_height(), self._texts
        )
        geometry = self.picture.geometry
        if geometry is not None:
            furniture.letters(geometry.letters)
            furniture.scale_bar(self.navigation.camera.zoom)
            if session.view.show_text:
                zoom = self.navigation.camera.zoom * geometry.pixel_mm[1] * self.devicePixelRatioF()
                probe = self.navigation.probe()
                texts = corner_texts(
                    session, geometry, self.picture.depth, zoom, probe, self.picture.slab_mm, self._note
                )
                furniture.corners(texts)
            furniture.finish()
        furniture.frame(self.plane, self.hasFocus())
