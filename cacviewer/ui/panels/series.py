"""Series panel: Patient > Study > Series, each series with a badge that says in words what it is good for.

A double click or Enter opens a series; the one on the screen is bold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cacviewer.core.findings import RANK
from cacviewer.core.session import Session
from cacviewer.core.study import Inspection, Patient, Series, SeriesInfo, Verdict
from cacviewer.language.isolates import isolated
from cacviewer.ui import theme
from cacviewer.ui.icons import drawn
from cacviewer.ui.panels.wrapped import WrappedLines
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import language, remedy, sentence, translated, worded

BADGES: dict[Verdict, tuple[str, str]] = {
    Verdict.READY: ("ready", "Ready for scoring"),
    Verdict.WARNINGS: ("warning", "Scored with warnings"),
    Verdict.VIEWING_ONLY: ("view-only", "View only"),
    Verdict.UNREADABLE: ("unreadable", "Unreadable"),
}
"""Icon and words of a verdict; people ask what a mere sign means."""


PICTURE_PX, BADGE_PX = 56, 20


class SeriesPanel(QWidget):
    """Tree of what the scan of an input found."""

    chosen = Signal(int)
    """Index of the series in the inspection that the reader wants to see."""

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._items: list[QTreeWidgetItem] = []
        self._pictures: dict[int, NDArray[np.uint8]] = {}
        self._tree = QTreeWidget(self)
        self._tree.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        worded(self._tree, accessibleName="Series")
        self._tree.setHeaderHidden(True)
        self._tree.setIndentation(12)
        self._tree.setWordWrap(True)
        self._tree.setItemDelegate(WrappedLines(self._tree))
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._tree.setExpandsOnDoubleClick(False)
        self._tree.itemActivated.connect(self._choose)  # double click or Enter
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("faint", True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._hint)
        layout.addWidget(self._tree, 1)
        self._show(store.session)
        store.changed.connect(self._on_changed)

    def show_picture(self, inspection: Inspection, index: int, grays: NDArray[np.uint8]) -> None:
        """Puts a picture beside a series.

        Args:
            inspection: That the picture is of; one of another input is passed over.
            index: Of the series.
            grays: (rows, columns).
        """
        if inspection is self._store.session.inspection:
            self._pictures[index] = np.array(grays)
            self._items[index].setIcon(0, _icon(inspection.series[index].verdict, self._pictures[index]))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self._store.session)
        super().changeEvent(event)

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.inspection is not new.inspection:
            self._pictures = {}
            self._show(new)
        elif old.volume is not new.volume:
            self._mark_shown(new)

    def _show(self, session: Session) -> None:
        inspection = session.inspection
        self._tree.clear()
        self._items = []
        self._hint.setText(_hint(inspection))
        self._hint.setVisible(bool(self._hint.text()))
        if inspection is not None:
            self._fill(inspection)
            self._tree.expandAll()
        self._mark_shown(session)

    def _fill(self, inspection: Inspection) -> None:
        order = sorted(range(len(inspection.series)), key=lambda i: _place(inspection.series[i]))
        items: dict[int, QTreeWidgetItem] = {}
        patients: dict[Patient, QTreeWidgetItem] = {}
        studies: dict[tuple[Patient, str], QTreeWidgetItem] = {}
        for index in order:
            info = inspection.series[index].info
            patient = patients.get(info.patient)
            if patient is None:
                patient = patients[info.patient] = _branch(self._tree, patient_text(info.patient))
            study = studies.get((info.patient, info.study_uid))
            if study is None:
                study = studies[info.patient, info.study_uid] = _branch(patient, study_text(info))
            items[index] = _leaf(study, inspection.series[index], index)
            items[index].setIcon(0, _icon(inspection.series[index].verdict, self._pictures.get(index)))
        self._items = [items[index] for index in range(len(inspection.series))]

    def _mark_shown(self, session: Session) -> None:
        if session.inspection is None:
            return
        for series, item in zip(session.inspection.series, self._items, strict=True):
            shown = session.volume is not None and series.info == session.volume.info
            font = item.font(0)
            font.setBold(shown)
            item.setFont(0, font)
            if shown:
                self._tree.setCurrentItem(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        index = item.data(0, Qt.ItemDataRole.UserRole)
        if index is not None:
            self.chosen.emit(index)


def patient_text(patient: Patient) -> str:
    """The line of a patient: name as people say it, id, sex."""
    name = patient.name.replace("^", ", ", 1).replace("^", " ").strip(" ,") or translated("No name")
    return " · ".join(part for part in (name, patient.id, patient.sex) if part)


def study_text(info: SeriesInfo) -> str:
    """The line of a study: date and description."""
    return " · ".join(p for p in (info.study_date, info.study_description) if p) or translated("Study")


def series_text(series: Series) -> str:
    """The lines of a series: what it is, how it was made, what it is good for and why."""
    info, made = series.info, series.acquisition
    number = "" if info.series_number is None else str(info.series_number)
    part = translated("part {part}").format(part=info.part) if info.part else ""
    first = " · ".join(p for p in (number, info.description or info.modality, part) if p)
    count = translated("1 image") if series.images == 1 else translated("{count} images")
    facts = [count.format(count=series.images)]
    if made.increment_mm is not None:
        thickness = "?" if made.thickness_mm is None else f"{made.thickness_mm:.1f}"
        facts.append(f"{thickness} / {made.increment_mm:.1f} mm")
    if made.kernel:
        facts.append(made.kernel)
    if language().right_to_left:  # "3.0 / 2.5 mm" is read as it is written
        facts[1:] = map(isolated, facts[1:])
    verdict = translated(BADGES[series.verdict][1])
    worst = max(series.findings, key=lambda f: RANK[f.severity], default=None)
    if worst is not None and series.verdict is not Verdict.READY:
        verdict += ": " + sentence(worst)
    return "\n".join((first, " · ".join(facts), verdict))


def _leaf(study: QTreeWidgetItem, series: Series, index: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem(study, [series_text(series)])
    item.setData(0, Qt.ItemDataRole.UserRole, index)
    reasons = (f"{sentence(f)} {remedy(f)}".strip() for f in series.findings)
    item.setToolTip(0, "\n".join((series_text(series), *reasons)))
    if series.verdict is Verdict.UNREADABLE:
        item.setFlags(Qt.ItemFlag.ItemIsSelectable)
    return item


def _icon(verdict: Verdict, grays: NDArray[np.uint8] | None) -> QIcon:
    """The middle slice with the badge in its corner; the badge alone where there is no picture."""
    c = theme.colours()
    colour = dict(zip(BADGES, (c.ready, c.warning, c.faint, c.refusal), strict=True))[verdict]
    badge = drawn(BADGES[verdict][0], colour, BADGE_PX)
    picture = QPixmap(PICTURE_PX, PICTURE_PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    corner = QPoint(PICTURE_PX - BADGE_PX, PICTURE_PX - BADGE_PX)
    if grays is None:
        corner /= 2
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _draw_picture(painter, grays)
        painter.fillRect(corner.x(), corner.y(), BADGE_PX, BADGE_PX, QColor(c.panel))
    painter.drawPixmap(corner, badge)
    painter.end()
    return QIcon(picture)


def _draw_picture(painter: QPainter, grays: NDArray[np.uint8]) -> None:
    rows, columns = grays.shape
    data = np.ascontiguousarray(grays).tobytes()
    image = QImage(data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    size = image.size().scaled(PICTURE_PX, PICTURE_PX, Qt.AspectRatioMode.KeepAspectRatio)
    at = QPoint((PICTURE_PX - size.width()) // 2, (PICTURE_PX - size.height()) // 2)
    painter.drawImage(at, image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))


def _branch(parent: QTreeWidget | QTreeWidgetItem, text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [text])
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setToolTip(0, text)
    return item


def _place(series: Series) -> tuple[str, str, str, int, int]:
    """Order in the list: patient, newest study first, number, part."""
    newest_first = "".join(chr(0x7F - ord(c)) if c < "\x7f" else c for c in series.info.study_date)
    info = series.info
    number = 1 << 30 if info.series_number is None else info.series_number  # without one: at the end
    return info.patient.name, newest_first, info.study_uid, number, info.part


def _hint(inspection: Inspection | None) -> str:
    if inspection is None:
        return translated("Drop a folder of DICOM slices on the window, or press Ctrl+O.")
    if not inspection.series:
        return translated("No series in {path}.").format(path=inspection.path)
    return ""
