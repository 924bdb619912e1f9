"""The lesion table as Qt asks for it: columns as rows of data over the rows of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.quantities import AGATSTON, VOLUME
from cacviewer.render.colours import colour_of
from cacviewer.ui import theme
from cacviewer.ui.icons import swatch
from cacviewer.ui.lesion_rows import CLASS_NAMES, LesionRow
from cacviewer.ui.translations import said, translated

Index = QModelIndex | QPersistentModelIndex
DASH = "–"
SORT_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
FILTER_ROLE = Qt.ItemDataRole.UserRole + 2
"""Text that filters match: "counted ARTERY" or "other CLASS"."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, text of a row, value to sort by, whether it is a number."""

    title: str
    text: Callable[[LesionRow], str]
    value: Callable[[LesionRow], Any]
    is_number: bool = True


def _score_text(quantity: Any) -> Callable[[LesionRow], str]:
    return lambda row: quantity.text(row.score) if row.score else DASH


def _score_value(quantity: Any) -> Callable[[LesionRow], float]:
    return lambda row: quantity.value(row.score) if row.score else -1.0


COLUMNS: tuple[Column, ...] = (
    Column("No.", lambda r: str(r.number), lambda r: r.number),
    Column("Artery", lambda r: translated(r.place), lambda r: r.place, False),
    Column(AGATSTON.title, _score_text(AGATSTON), _score_value(AGATSTON)),
    Column(f"{VOLUME.title} {VOLUME.unit}", _score_text(VOLUME), _score_value(VOLUME)),
    Column("Max HU", lambda r: str(r.lesion.max_hu), lambda r: r.lesion.max_hu),
    Column("Slice", lambda r: str(r.slice_number), lambda r: r.slice_number),
    Column("Mean HU", lambda r: f"{r.lesion.mean_hu:.0f}", lambda r: r.lesion.mean_hu),
    Column("Class", lambda r: translated(CLASS_NAMES[r.lesion.kind]), lambda r: r.lesion.kind.value, False),
    Column("Reason", lambda r: said(r.lesion.reason), lambda r: r.lesion.reason, False),
)
_ARTERY = 1


class LesionModel(QAbstractTableModel):
    """Rows of a case; exchanged as a whole, for they are values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LesionRow, ...] = ()

    def set_rows(self, rows: tuple[LesionRow, ...]) -> None:
        """Exchanges the rows; the same lesions in the same order keep selection and scroll place."""
        same = [r.lesion.id for r in rows] == [r.lesion.id for r in self._rows]
        if same:
            pairs = enumerate(zip(self._rows, rows, strict=True))
            changed = [i for i, (old, new) in pairs if old != new and _look(old) != _look(new)]
            self._rows = rows
            for i in changed:  # a table that draws all its rows costs more than the three views
                self.dataChanged.emit(self.index(i, 0), self.index(i, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def retitle(self) -> None:
        """The words are in another language; the rows are the same."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    def row_of(self, lesion_id: str) -> int:
        """Row of a lesion, -1 if it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.lesion.id == lesion_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translated(COLUMNS[section].title)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = _ANSWERS.get(role)  # most of a dozen questions for each cell have none: no time for them
        return answer(self._rows[index.row()], index.column()) if answer else None


def _look(row: LesionRow) -> tuple[object, ...]:
    """What is seen of a row: a replay of edits makes lesions new that look the same."""
    return (*(column.text(row) for column in COLUMNS), row.lesion.is_scored, row.lesion.artery)


def _colour(row: LesionRow, column: int) -> Any:
    return swatch(QColor(*colour_of(row.lesion)).name()) if column == _ARTERY else None


def _tip(row: LesionRow, column: int) -> str:
    """The reason; on the artery also how sure it is."""
    lesion = row.lesion
    reason = said(lesion.reason)
    if column != _ARTERY or not lesion.is_scored or lesion.artery is Artery.UNASSIGNED:
        return reason
    text = translated("{artery}: confidence {percent} %. {reason}")
    percent = f"{100 * lesion.artery_confidence:.0f}"
    return text.format(artery=translated(lesion.artery.label), percent=percent, reason=reason)


def _ink(row: LesionRow, _column: int) -> Any:
    return None if row.lesion.is_scored else QColor(theme.colours().faint)


def _side(_row: LesionRow, column: int) -> Any:
    return _RIGHT if COLUMNS[column].is_number else None


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ANSWERS: dict[int, Callable[[LesionRow, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row, column: COLUMNS[column].text(row),
    Qt.ItemDataRole.ToolTipRole: lambda row, column: _tip(row, column),
    Qt.ItemDataRole.DecorationRole: _colour,
    Qt.ItemDataRole.ForegroundRole: _ink,
    Qt.ItemDataRole.TextAlignmentRole: _side,
    Qt.ItemDataRole.AccessibleTextRole: lambda row, _column: spoken(row),
    SORT_ROLE: lambda row, column: COLUMNS[column].value(row),
    ID_ROLE: lambda row, _column: row.lesion.id,
    FILTER_ROLE: lambda row, _column: _kind_of(row.lesion),
}
"""What a table asks of a cell, by role."""


def _kind_of(lesion: Lesion) -> str:
    return f"counted {lesion.artery.value}" if lesion.is_scored else f"other {lesion.kind.value}"


def spoken(row: LesionRow) -> str:
    """A row as a screen reader says it."""
    if row.score is None:
        return translated("Lesion {n}, {place}, not counted").format(
            n=row.number, place=translated(row.place)
        )
    return translated("Lesion {n}, {place}, Agatston {agatston}, volume {volume} cubic millimetres").format(
        n=row.number,
        place=translated(row.place),
        agatston=AGATSTON.text(row.score),
        volume=VOLUME.text(row.score),
    )
