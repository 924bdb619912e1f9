"""What stands around a picture: patient, slice, window, orientation letters, scale bar, frame.

The texts are made without a painter, so that a test can read them. They are data of the scan in Latin
digits and keep their places in every language.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from cacviewer.core.qualifier import AT_LEAST, ESTIMATE, qualifier
from cacviewer.core.quantities import AGATSTON
from cacviewer.core.session import Session, SlabMode, ViewState
from cacviewer.render.colours import PLANE
from cacviewer.render.planes import Letters, Plane, SliceGeometry
from cacviewer.ui.views.texts import DARK, TEXT, TextImages

SMALL, MEDIUM = 200.0, 340.0
"""Below these widths of a view only the most important texts, then the usual ones without series stay."""
PAD = 8.0
SLAB_NAMES = {SlabMode.MIP: "MIP", SlabMode.MEAN: "Mean", SlabMode.MINIP: "MinIP"}


@dataclass(frozen=True, slots=True)
class Corners:
    """Lines of text in the corners of a view, the most important nearest to the corner."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """What is under the pointer: HU of the slice, or of a slab (then `what` says which)."""

    hu: int
    lps_mm: tuple[float, float, float]
    what: str = "HU"

    @property
    def text(self) -> str:
        """As it is written in the corner."""
        x, y, z = self.lps_mm
        return f"{self.what} {self.hu}   {x:.1f}  {y:.1f}  {z:.1f} mm"


def corner_texts(
    session: Session,
    geometry: SliceGeometry,
    depth: int,
    zoom: float,
    probe: Probe | None,
    slab_mm: float = 0.0,
    note: str = "",
) -> Corners:
    """The texts of a view with room for all of them.

    Args:
        session: With a volume.
        geometry: How the plane shows it.
        depth: Array index of the slice.
        zoom: Screen pixels per picture pixel.
        probe: What is under the pointer.
        slab_mm: Thickness of the slab that is shown, 0 for the slice alone.
        note: What else must be said, for example that slices run by themselves.
    """
    volume = session.volume
    if volume is None:
        return Corners()
    info, acquisition, patient = volume.info, volume.acquisition, volume.info.patient
    age = f"{patient.age_years} y" if patient.age_years is not None else ""
    letter, mm = geometry.position(depth)
    thickness = acquisition.thickness_mm
    slice_line = f"{geometry.number(depth)}/{geometry.slices}   {letter} {mm:.1f} mm"
    spacing = f"{'?' if thickness is None else f'{thickness:.1f}'} / {geometry.grid.increment_mm:.1f} mm"
    kvp = f"{acquisition.kvp:.0f} kVp" if acquisition.kvp is not None else ""
    number = "" if info.series_number is None else str(info.series_number)
    view = session.view
    return Corners(
        top_left=_lines(
            _name(patient.name), _joined(patient.id, patient.sex, age), _score_line(session, geometry)
        ),
        top_right=_lines(
            info.institution,
            info.study_date,  # a line of its own: a long description would push it out
            info.study_description,
            _joined(number, info.description),
        ),
        bottom_left=_lines(slice_line, slab_text(view, slab_mm), note, spacing, f"zoom {zoom:.1f}"),
        bottom_right=_lines(
            f"W {view.window_width:.0f} L {view.window_center:.0f}",
            _joined(kvp, acquisition.kernel),
            probe.text if probe else "",
        ),
    )


def slab_text(view: ViewState, slab_mm: float) -> str:
    """Name and thickness of a slab, "" for a slice alone."""
    return f"{SLAB_NAMES[view.slab_mode]} {slab_mm:.1f} mm" if slab_mm else ""


def scale_bar_mm(zoom: float, width: float) -> float:
    """Length of the scale bar: 1, 2 or 5 times a power of ten, at most a quarter of the view.

    Args:
        zoom: Widget pixels per mm.
        width: Of the view in pixels.
    """
    most = max(width / 4 / zoom, 1e-3)
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most * (1 + 1e-9))


def sized(font: QFont, width: float) -> QFont:
    """The font of the texts in a view of a width."""
    font = QFont(font)
    font.setPointSizeF(min(max(width / 60, 9.0), 14.0) * (0.85 if width < MEDIUM else 1.0))
    return font


def first_lines(width: float, font: QFont, top: float) -> QRect:
    """Where the lines in the top left corner stand: patient and total."""
    height = PAD + 3.5 * QFontMetricsF(sized(font, width)).lineSpacing()
    return QRectF(0, top, width / 2, height).toAlignedRect()


class Furniture:
    """Draws it all; knows the size of the view and nothing of the study."""

    def __init__(
        self,
        painter: QPainter,
        width: float,
        height: float,
        font: QFont,
        top: float,
        images: TextImages | None = None,
    ) -> None:
        self._painter, self._width, self._height = painter, width, height
        self._font = sized(font, width)
        self._metrics = QFontMetricsF(self._font)
        self._images = images or TextImages()
        self._texts: list[tuple[QPointF, str]] = []
        self._top = top  # below a banner

    def corners(self, texts: Corners) -> None:
        """The texts that the size of the view allows."""
        if self._width < SMALL:
            texts = Corners(bottom_left=texts.bottom_left[:1])
        elif self._width < MEDIUM:
            texts = Corners(texts.top_left[:2], (), texts.bottom_left[:2], texts.bottom_right)
        line = self._metrics.lineSpacing()
        down = self._top + PAD + self._metrics.ascent()
        up = self._height - PAD - self._metrics.descent()
        half = self._width / 2 - 3 * PAD
        for lines, right, first, step in (
            (texts.top_left, False, down, line),
            (texts.top_right, True, down, line),
            (texts.bottom_left, False, up, -line),
            (texts.bottom_right, True, up, -line),
        ):
            for n, text in enumerate(lines):
                shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, half)
                x = self._width - PAD - self._metrics.horizontalAdvance(shown) if right else PAD
                self._add(x, first + n * step, shown)

    def letters(self, letters: Letters) -> None:
        """Orientation letters in the middle of the edges; they are never left out."""
        left, top, right, bottom = letters
        middle_y = self._height / 2 + self._metrics.ascent() / 2
        middle_x = self._width / 2
        advance = self._metrics.horizontalAdvance
        self._add(PAD, middle_y, left)
        self._add(self._width - PAD - advance(right), middle_y, right)
        self._add(middle_x - advance(top) / 2, self._top + PAD + self._metrics.ascent(), top)
        self._add(middle_x - advance(bottom) / 2, self._height - PAD - self._metrics.descent(), bottom)

    def scale_bar(self, zoom: float) -> None:
        """The bar above the letter of the lower edge, with its length."""
        mm = scale_bar_mm(zoom, self._width)
        length, x = mm * zoom, self._width / 2 - mm * zoom / 2
        y = self._height - 2 * PAD - self._metrics.height()
        bar = QPainterPath(QPointF(x, y - 4))
        for px, py in ((x, y), (x + length, y), (x + length, y - 4)):
            bar.lineTo(px, py)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thickness in ((DARK, 3), (TEXT, 1)):
            self._painter.setPen(QPen(colour, thickness))
            self._painter.drawPath(bar)
        text = f"{mm / 10:g} cm" if mm >= 10 else f"{mm:g} mm"
        self._add(x + length + PAD / 2, y, text)

    def frame(self, plane: Plane, active: bool) -> None:
        """In the colour of the plane, thicker when the view is active."""
        pen = 3 if active else 1
        colour, w, h = QColor(*PLANE[plane]), int(self._width), int(self._height)
        for box in ((0, 0, w, pen), (0, h - pen, w, pen), (0, pen, pen, h), (w - pen, pen, pen, h)):
            self._painter.fillRect(*box, colour)

    def finish(self) -> None:
        """Draws the texts, readable on lung and on bone."""
        ratio = self._painter.device().devicePixelRatioF()
        for place, text in self._texts:
            self._images.draw(self._painter, place, text, self._font, ratio)

    def _add(self, x: float, baseline: float, text: str) -> None:
        self._texts.append((QPointF(x, baseline), text))


def _score_line(session: Session, geometry: SliceGeometry) -> str:
    if geometry.plane is not Plane.AXIAL or session.shown is None or session.shown.scores is None:
        return ""
    total, said = AGATSTON.text(session.shown.scores.total), qualifier(session.shown.findings)
    words = {AT_LEAST: f"at least {total}", ESTIMATE: f"{total} (estimate)"}
    return f"{AGATSTON.title} {words.get(said, total)}"


def _name(name: str) -> str:
    """DICOM's Last^First as Last, First."""
    return ", ".join(part.strip() for part in name.split("=")[0].split("^")[:2] if part.strip())


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
