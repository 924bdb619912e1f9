"""Texts over a picture, on a shade and with a dark outline, kept as small images.

Most of the texts of a view stay from slice to slice; drawing them anew took as long as the slice.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

TEXT = QColor(232, 232, 232)
DARK = QColor(0, 0, 0)
PLATE = QColor(0, 0, 0, 90)
AROUND = ((-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0))
MARGIN = 3
KEPT = 200
"""Texts, some 10 kB each; slice numbers and the probe bring new ones all the time."""


class TextImages:
    """Texts that were drawn before, of one font."""

    def __init__(self) -> None:
        self._images: dict[str, QImage] = {}
        self._made_of: tuple[str, float] = ("", 0.0)

    def draw(self, painter: QPainter, place: QPointF, text: str, font: QFont, ratio: float) -> None:
        """Draws a text.

        Args:
            painter: Of the view.
            place: Left end of its base line.
            text: One line.
            font: For all calls the same, or everything is drawn anew.
            ratio: Device pixels per pixel.
        """
        if self._made_of != (made_of := (font.key(), ratio)):
            self._images, self._made_of = {}, made_of
        image = self._images.get(text)
        if image is None:
            if len(self._images) >= KEPT:
                del self._images[next(iter(self._images))]  # the oldest
            image = self._images[text] = _drawn(text, font, ratio)
        ascent = QFontMetricsF(font).ascent()
        x, y = place.x() - MARGIN, place.y() - ascent - MARGIN
        # at whole device pixels, or the letters are blurred
        painter.drawImage(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), image)


def _drawn(text: str, font: QFont, ratio: float) -> QImage:
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    size = (round((width + 2 * MARGIN + 1) * ratio), round((height + 2 * MARGIN + 1) * ratio))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.fillRect(QRectF(1, MARGIN, width + 4, height), PLATE)
        painter.setFont(font)
        place = QPointF(MARGIN, MARGIN + metrics.ascent())
        # glyphs shifted to all sides: those are cached, stroking their outlines takes 100 times as long
        for colour, shifts in ((DARK, AROUND), (TEXT, ((0.0, 0.0),))):
            painter.setPen(colour)
            for x, y in shifts:
                painter.drawText(place + QPointF(x, y), text)
    finally:
        painter.end()
    return image
