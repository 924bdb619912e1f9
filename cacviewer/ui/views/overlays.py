"""Outlines of organs and lesions, drawn as vectors over the picture at the resolution of the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from cacviewer.core.session import Session
from cacviewer.render.colours import AORTA, HEART, Rgb, colour_of
from cacviewer.render.outlines import outlines
from cacviewer.ui.views.picture import SlicePicture

LINE, SELECTED_LINE = 1.0, 2.5
SELECTED_HALO = QColor(0, 0, 0)
KEPT = 64
"""Slices whose organ outlines are remembered, some 20 kB each."""
_Paths = list[tuple[Rgb, QPainterPath]]


class Overlays:
    """Paths of the slice on the screen, in pixels of the picture."""

    def __init__(self) -> None:
        self._organs: _Paths = []
        self._lesions: list[tuple[str, Rgb, bool, QPainterPath]] = []
        self._made_of: tuple[object, ...] = ()
        self._kept: dict[tuple[int, bool], _Paths] = {}
        self._kept_of: tuple[object, ...] = ()
        self._kept_lesions: dict[tuple[int, int, bool], tuple[object, QPainterPath]] = {}

    def follow(self, picture: SlicePicture, smooth: bool) -> None:
        """Makes the paths new if the slice, its masks or the interpolation are others."""
        made_of = (picture.heart, picture.aorta, picture.patches, smooth)
        if _same(made_of, self._made_of):
            return
        self._made_of = made_of
        self._organs = self._organ_paths(picture, smooth)
        self._lesions = []
        kept, self._kept_lesions = self._kept_lesions, {}
        for patch in picture.patches:
            lesion = patch.lesion
            key = id(lesion.voxels), picture.depth, smooth
            # an edit of class or artery keeps the array, and with it the outline
            voxels, path = kept.get(key) or (lesion.voxels, _path(patch.mask, smooth))
            self._kept_lesions[key] = voxels, path
            placed = path.translated(patch.left, patch.top)
            self._lesions.append((lesion.id, colour_of(lesion), lesion.is_scored, placed))

    def paint(self, painter: QPainter, to_screen: QTransform, session: Session) -> None:
        """Draws what the session shows; `to_screen` maps pixels of the picture to the widget."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shown = (session.view.show_heart, session.view.show_aorta)
        colours = [colour for colour, on in zip((HEART, AORTA), shown, strict=True) if on]
        for colour, path in self._organs:
            if colour in colours:
                _stroke(painter, to_screen.map(path), QColor(*colour), LINE)
        if session.view.show_calcium:
            self._paint_lesions(painter, to_screen, session)
        painter.restore()

    def _organ_paths(self, picture: SlicePicture, smooth: bool) -> _Paths:
        """Those of the slice, kept for a while: a reader scrolls to and fro, and an edit moves no organ."""
        kept_of = (picture.anatomy, picture.geometry)
        if not _same(kept_of, self._kept_of):
            self._kept, self._kept_of = {}, kept_of
        key = picture.depth, smooth
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]  # the oldest
            masks = ((HEART, picture.heart), (AORTA, picture.aorta))
            self._kept[key] = [(colour, _path(mask, smooth)) for colour, mask in masks if mask is not None]
        return self._kept[key]

    def _paint_lesions(self, painter: QPainter, to_screen: QTransform, session: Session) -> None:
        for lesion_id, rgb, scored, path in self._lesions:
            colour, on_screen = QColor(*rgb), to_screen.map(path)
            if not scored:
                painter.fillPath(on_screen, QBrush(colour, Qt.BrushStyle.BDiagPattern))
            if lesion_id in session.selection:
                _stroke(painter, on_screen, SELECTED_HALO, SELECTED_LINE + 2)
                _stroke(painter, on_screen, colour, SELECTED_LINE)
            else:
                _stroke(painter, on_screen, colour, LINE)


def _same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width))
    painter.drawPath(path)  # with a pen of width 1 ten times as fast as strokePath


def _path(mask: NDArray[np.bool_], smooth: bool) -> QPainterPath:
    path = QPainterPath()
    for line in outlines(mask, smooth=smooth):
        path.addPolygon(_polygon(line))
        path.closeSubpath()
    return path


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    """The points as Qt serialises them: fifteen times as fast as a list of QPointF."""
    stream = QDataStream(QByteArray(len(points).to_bytes(4, "big") + points.astype(">f8").tobytes()))
    polygon = QPolygonF()
    stream >> polygon
    return polygon
