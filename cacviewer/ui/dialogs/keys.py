"""The sheet of keys: every command with a key, from the table of actions, and the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cacviewer.ui.actions import COMMANDS
from cacviewer.ui.translations import translated

GROUPS = {
    "file": "File",
    "edit": "Edit",
    "run": "Edit",
    "view": "View",
    "tool": "Tools",
    "lesion": "Lesion",
    "review": "Review",
    "rules": "Rules",
    "help": "Help",
}
IN_VIEWS: tuple[tuple[str, str], ...] = (
    ("Wheel, Up, Down", "Slice by slice"),
    ("Shift + wheel, Page Up, Page Down", "Ten slices"),
    ("Home, End", "First, last slice"),
    ("Ctrl + wheel, + , -", "Zoom"),
    ("F", "Fit the picture to the view"),
    ("Left click", "Select a lesion, or put the crosshair there"),
    ("Left drag", "Move the crosshair"),
    ("Right drag", "Window: right is wider, up is brighter"),
    ("Right click", "Menu of the lesion"),
    ("Middle drag, Shift + left drag", "Move the picture"),
    ("Double click", "One view large, and back"),
)
"""What the views do by themselves."""


def key_rows() -> list[tuple[str, str, str]]:
    """Group, keys, words of everything that has a key."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = []
    for command in COMMANDS:
        if command.keys:
            keys = ", ".join(QKeySequence(key).toString(native) for key in command.keys)
            words = translated(command.text).replace("&", "")
            if command.tip:
                words += f" ({translated(command.tip)})"
            rows.append((translated(GROUPS[command.id.split(".")[0]]), keys, words))
    return rows + [(translated("In a view"), translated(keys), translated(words)) for keys, words in IN_VIEWS]


class KeysDialog(QDialog):
    """Table of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("Keys and mouse"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 680)
        rows = key_rows()
        table = QTableWidget(len(rows), 3, self)
        table.setAccessibleName(translated("Keys and mouse"))
        table.setHorizontalHeaderLabels([translated("Where"), translated("Key"), translated("What it does")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                table.setItem(r, c, item)
        table.resizeColumnsToContents()
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        layout.addWidget(buttons)
