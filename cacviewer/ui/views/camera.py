"""Where a view looks: zoom and centre, in millimetres of the plane. A value without Qt.

Plane millimetres are (x, y) from the top left corner of the picture, x to the right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FIT_MARGIN = 0.02
ZOOM_MOST = 100.0
ZOOM_LEAST = 0.02
"""Pixels of the screen per mm."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Maps plane mm to widget pixels.

    Attributes:
        zoom: Widget pixels per mm.
        centre_mm: What stands in the middle of the widget.
        size: Width and height of the widget in (logical) pixels.
    """

    zoom: float = 1.0
    centre_mm: tuple[float, float] = (0.0, 0.0)
    size: tuple[float, float] = (1.0, 1.0)

    def to_screen(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Widget pixels of a place in the plane."""
        return (
            (x_mm - self.centre_mm[0]) * self.zoom + self.size[0] / 2,
            (y_mm - self.centre_mm[1]) * self.zoom + self.size[1] / 2,
        )

    def to_plane(self, x: float, y: float) -> tuple[float, float]:
        """Place in the plane, mm, of a widget pixel."""
        return (
            (x - self.size[0] / 2) / self.zoom + self.centre_mm[0],
            (y - self.size[1] / 2) / self.zoom + self.centre_mm[1],
        )

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """Nearer or farther; what is under pixel (x, y) stays there."""
        zoom = min(max(self.zoom * factor, ZOOM_LEAST), ZOOM_MOST)
        held = self.to_plane(x, y)
        centre = (
            held[0] - (x - self.size[0] / 2) / zoom,
            held[1] - (y - self.size[1] / 2) / zoom,
        )
        return replace(self, zoom=zoom, centre_mm=centre)

    def panned(self, dx: float, dy: float) -> Camera:
        """The picture moved by pixels."""
        return replace(
            self, centre_mm=(self.centre_mm[0] - dx / self.zoom, self.centre_mm[1] - dy / self.zoom)
        )

    def showing(self, x_mm: float, y_mm: float, margin: float = 24.0) -> Camera:
        """The same view where a place is in sight, else moved until it is, with a margin."""
        x, y = self.to_screen(x_mm, y_mm)
        if 0 <= x <= self.size[0] and 0 <= y <= self.size[1]:
            return self
        moves = []
        for at, size in ((x, self.size[0]), (y, self.size[1])):
            low = min(margin, size / 2)
            moves.append(min(max(at, low), size - low) - at)
        return self.panned(moves[0], moves[1])

    def resized(self, width: float, height: float) -> Camera:
        """The same centre and zoom in a widget of another size."""
        return replace(self, size=(max(width, 1.0), max(height, 1.0)))


def fitted(
    left_mm: float,
    top_mm: float,
    right_mm: float,
    bottom_mm: float,
    size: tuple[float, float],
) -> Camera:
    """Shows a rectangle of the plane as large as the widget allows, with a margin of 2 %."""
    width, height = max(right_mm - left_mm, 1.0), max(bottom_mm - top_mm, 1.0)
    zoom = min(size[0] / width, size[1] / height) * (1 - 2 * FIT_MARGIN)
    zoom = min(max(zoom, ZOOM_LEAST), ZOOM_MOST)
    return Camera(zoom, ((left_mm + right_mm) / 2, (top_mm + bottom_mm) / 2), size)
