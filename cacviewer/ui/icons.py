"""Icons: our own SVG drawings in the colour of the theme, and plain squares of a colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cacviewer import paths
from cacviewer.ui import theme

SIZES = (16, 24, 48)


def icon(name: str, colour: str = "") -> QIcon:
    """The icon of a name; drawn in `colour`, or in the theme's text colour with a paler one while disabled."""
    c = theme.colours()
    return _icon(name, colour or c.text, c.disabled)


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    result = QIcon()
    for size in SIZES:
        result.addPixmap(drawn(name, colour, size))
        result.addPixmap(drawn(name, disabled, size), QIcon.Mode.Disabled)
    return result


def drawn(name: str, colour: str, size: int) -> QPixmap:
    """The picture of an icon, size x size pixels; `currentColor` in the drawing becomes the colour."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode()))).render(painter)
    painter.end()
    return pixmap


@cache
def swatch(colour: str, size: int = 12) -> QIcon:
    """A square of a colour, as a key to the pictures, with a little room before the words beside it."""
    pixmap = QPixmap(size + 4, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(0, 0, size, size, QColor(colour))
    painter.end()
    return QIcon(pixmap)


@cache
def _drawing(name: str) -> bytes:
    return paths.resource(f"icons/{name}.svg").read_bytes()
