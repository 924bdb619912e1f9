"""Why do two programs disagree? The lesions on the screen under every rule set, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.case import RuleTotal
from cacviewer.core.comparison import compared
from cacviewer.core.quantities import AGATSTON, DASH, MASS, VOLUME
from cacviewer.core.rulesets import NAMES, TITLES
from cacviewer.core.session import Session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated

DIFFERENCES: dict[str, str] = {
    "literature": "Limit by tube voltage, from 1 mm², scaled to slices of 3 mm",
    "siemens": "No minimum area, not scaled to slices of 3 mm",
    "philips": "From 0.5 mm², not scaled; volume and mass from 113 HU within the lesions: a lower bound",
    "canon": "From 3 pixels, not scaled to slices of 3 mm",
    "ge": "From 1 mm², not scaled to slices of 3 mm",
    "horos": "The third brightest pixel gives the weight; up to 1500 HU; slice thickness; its mass is not in mg",
    "deepcac": "Corners join pixels, more than 3 pixels, every object is rounded; no mass",
    "ai-cac": "Objects in 3-D with one weight, each a whole number; slice thickness; no mass",
    "slicer-seed": "Voxels from 160 HU, a third of their volume; no Agatston score, no mass",
}
"""What makes the numbers differ, in a line (clinical-rules.md section 5)."""
HEADS = ("Rule set", "Agatston", "Volume mm³", "Mass mg", "What is different")
NUMBERS = (1, 2, 3)


class ComparisonDialog(QDialog):
    """Table of totals; follows every edit and the rule set in force, whose row is bold."""

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("Why do two programs disagree?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1100, 480)
        self._store = store
        words = QLabel(
            translated(
                "The same lesions, counted by the rules of other programs as they were published. Category and "
                "interpretation belong to the literature rules alone."
            ),
            self,
        )
        words.setWordWrap(True)
        self.table = _table(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self._write(store.session)
        store.changed.connect(self._on_changed)

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.shown is not new.shown:
            self._write(new)

    def _write(self, session: Session) -> None:
        case, volume = session.shown, session.volume
        rows = case.comparison or compared(case, volume.hu) if case and volume else ()
        totals = {row.rules: row for row in rows}
        for line, name in enumerate(NAMES):
            in_force = case is not None and case.rules.name == name
            for column, text in enumerate(_texts(name, totals.get(name))):
                item = self.table.item(line, column)
                item.setText(text)
                font = item.font()
                font.setBold(in_force)
                item.setFont(font)


def _texts(name: str, total: RuleTotal | None) -> tuple[str, ...]:
    numbers = [DASH] * 3
    if total is not None:
        mass = total.mass if total.mass_is_mg else None
        for i, (value, quantity) in enumerate(
            ((total.agatston, AGATSTON), (total.volume_mm3, VOLUME), (mass, MASS))
        ):
            numbers[i] = DASH if value is None else f"{value:.{quantity.digits}f}"
        if total.mass is not None and not total.mass_is_mg:
            numbers[2] = translated("{number} (not mg)").format(number=f"{total.mass:.{MASS.digits}f}")
    return (translated(TITLES[name]), *numbers, translated(DIFFERENCES[name]))


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(len(NAMES), len(HEADS), parent)
    table.setAccessibleName(translated("Totals under every rule set"))
    table.setHorizontalHeaderLabels([translated(head) for head in HEADS])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for line in range(len(NAMES)):
        for column in range(len(HEADS)):
            item = QTableWidgetItem()
            if column in NUMBERS:
                item.setTextAlignment(right)
            table.setItem(line, column, item)
    header = table.horizontalHeader()
    for column, width in enumerate((340, 90, 100, 130)):
        header.resizeSection(column, width)
    header.setSectionResizeMode(len(HEADS) - 1, QHeaderView.ResizeMode.Stretch)
    return table
