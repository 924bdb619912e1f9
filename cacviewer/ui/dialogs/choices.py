"""The questions that the window asks: which folder, which file, where to, and whether edits may go."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cacviewer.ui.translations import translated


class Choices(Protocol):
    """Asks a person; tests answer instead. An empty answer means: not at all."""

    def folder_to_open(self, parent: QWidget, start: str) -> str: ...
    def file_to_open(self, parent: QWidget, start: str) -> str: ...
    def folder_for_export(self, parent: QWidget, start: str) -> str: ...
    def file_for_export(self, parent: QWidget, start: str, suffix: str) -> str: ...
    def may_overwrite(self, parent: QWidget, names: list[str]) -> bool: ...
    def may_drop_edits(self, parent: QWidget) -> bool: ...


class Dialogs:
    """The real questions."""

    def folder_to_open(self, parent: QWidget, start: str) -> str:
        """A folder of DICOM slices."""
        return QFileDialog.getExistingDirectory(parent, translated("Open DICOM folder"), start)

    def file_to_open(self, parent: QWidget, start: str) -> str:
        """A DICOM file, an archive, or a volume of another format."""
        return QFileDialog.getOpenFileName(parent, translated("Open file"), start)[0]

    def folder_for_export(self, parent: QWidget, start: str) -> str:
        """The folder that several files go to."""
        return QFileDialog.getExistingDirectory(parent, translated("Export to"), start)

    def file_for_export(self, parent: QWidget, start: str, suffix: str) -> str:
        """The name of one file; the dialog itself asks before it takes the place of another."""
        name, _ = QFileDialog.getSaveFileName(parent, translated("Export"), start, f"*{suffix}")
        return name if not name or Path(name).suffix.lower() == suffix else name + suffix

    def may_overwrite(self, parent: QWidget, names: list[str]) -> bool:
        """Whether files that are there may be replaced."""
        text = translated("There are already: {names}. Replace them?").format(names=", ".join(names))
        return _yes(parent, text, translated("Replace"))

    def may_drop_edits(self, parent: QWidget) -> bool:
        """Whether edits that stand in no report may be forgotten."""
        text = translated("You changed lesions and have not exported the result. Drop these changes?")
        return _yes(parent, text, translated("Drop changes"))


def _yes(parent: QWidget, text: str, yes: str) -> bool:
    cancel = QMessageBox.StandardButton.Cancel
    box = QMessageBox(QMessageBox.Icon.Question, translated("cacviewer"), text, cancel, parent)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(cancel)
    box.exec()
    answer = box.clickedButton() is button
    box.deleteLater()
    return answer
