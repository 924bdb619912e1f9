"""The crosshair: thin lines in the colours of the planes that they stand for, open at the centre."""

from __future__ import annotations

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from cacviewer.render.colours import PLANE
from cacviewer.render.planes import Plane

GAP = 12.0
"""Pixels at either side of the centre that stay free, so that a lesion there is visible."""

LINES: dict[Plane, tuple[Plane, Plane]] = {
    Plane.AXIAL: (Plane.CORONAL, Plane.SAGITTAL),
    Plane.CORONAL: (Plane.AXIAL, Plane.SAGITTAL),
    Plane.SAGITTAL: (Plane.AXIAL, Plane.CORONAL),
}
"""Which planes the horizontal and the vertical line of a view stand for."""


def paint_crosshair(painter: QPainter, plane: Plane, x: float, y: float, width: float, height: float) -> None:
    """Draws the crosshair at a place of the widget (width x height)."""
    horizontal, vertical = LINES[plane]
    painter.setPen(QPen(QColor(*PLANE[horizontal]), 1))
    painter.drawLines([QLineF(0, y, x - GAP, y), QLineF(x + GAP, y, width, y)])
    painter.setPen(QPen(QColor(*PLANE[vertical]), 1))
    painter.drawLines([QLineF(x, 0, x, y - GAP), QLineF(x, y + GAP, x, height)])
