"""The questions that the window asks: which folder, which file, where to, and whether edits may go."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from cacviewer.core.session import Session
from cacviewer.storage.journal import Unfinished
from cacviewer.storage.session_file import SUFFIX
from cacviewer.ui.dialogs.recover import RecoverDialog
from cacviewer.ui.dialogs.review import ReviewDialog
from cacviewer.ui.translations import translated

LOWEST_HU, HIGHEST_HU = 50, 3000
"""A limit outside of these finds no calcium."""


class Choices(Protocol):
    """Asks a person; tests answer instead. An empty answer means: not at all."""

    def folder_to_open(self, parent: QWidget, start: str) -> str: ...
    def file_to_open(self, parent: QWidget, start: str) -> str: ...
    def folder_for_export(self, parent: QWidget, start: str) -> str: ...
    def file_for_export(self, parent: QWidget, start: str, suffix: str) -> str: ...
    def may_overwrite(self, parent: QWidget, names: list[str]) -> bool: ...
    def leaving(self, parent: QWidget) -> str: ...
    def session_to_open(self, parent: QWidget, start: str) -> str: ...
    def file_for_session(self, parent: QWidget, start: str) -> str: ...
    def folder_of_scan(self, parent: QWidget, start: str, sentence: str) -> str: ...
    def signature(self, parent: QWidget, session: Session, name: str) -> str: ...
    def what_to_recover(self, parent: QWidget, found: list[Unfinished]) -> list[Unfinished] | None: ...
    def limit(self, parent: QWidget, limit_hu: int, usual_hu: int) -> int | None: ...


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

    def leaving(self, parent: QWidget) -> str:
        """What becomes of work that is not saved: "save", "drop", or "" for staying."""
        button = QMessageBox.StandardButton
        text = translated("Your changes to this study are not saved.")
        box = QMessageBox(
            QMessageBox.Icon.Question,
            translated("cacviewer"),
            text,
            button.Save | button.Discard | button.Cancel,
            parent,
        )
        box.setDefaultButton(button.Save)
        answer = box.exec()
        box.deleteLater()
        return {button.Save: "save", button.Discard: "drop"}.get(button(answer), "")

    def session_to_open(self, parent: QWidget, start: str) -> str:
        """A session file."""
        kind = translated("Sessions (*{suffix})").format(suffix=SUFFIX)
        return QFileDialog.getOpenFileName(parent, translated("Open session"), start, kind)[0]

    def file_for_session(self, parent: QWidget, start: str) -> str:
        """Where a session is saved."""
        name, _ = QFileDialog.getSaveFileName(parent, translated("Save session"), start, f"*{SUFFIX}")
        return name if not name or Path(name).suffix.lower() == SUFFIX else name + SUFFIX

    def folder_of_scan(self, parent: QWidget, start: str, sentence: str) -> str:
        """Where the scan of a session is now."""
        box = QMessageBox(QMessageBox.Icon.Information, translated("cacviewer"), sentence, parent=parent)
        box.exec()
        box.deleteLater()
        return QFileDialog.getExistingDirectory(parent, translated("Folder of the scan"), start)

    def signature(self, parent: QWidget, session: Session, name: str) -> str:
        """The name that signs a case, when everything of the checklist is confirmed."""
        dialog = ReviewDialog(session, name, parent)
        answer = dialog.exec()
        dialog.deleteLater()
        return dialog.name.text().strip() if answer else ""

    def what_to_recover(self, parent: QWidget, found: list[Unfinished]) -> list[Unfinished] | None:
        """What is taken up again; an empty list: nothing, and it is not offered again."""
        dialog = RecoverDialog(found, parent)
        answer = dialog.exec()
        dialog.deleteLater()
        return [found[dialog.list.currentRow()]] if answer else []

    def limit(self, parent: QWidget, limit_hu: int, usual_hu: int) -> int | None:
        """An HU limit for lesions."""
        text = translated(
            "HU limit of the selected lesions (usual: {usual}). With another one the case has no category."
        )
        value, given = QInputDialog.getInt(
            parent, translated("Limit"), text.format(usual=usual_hu), limit_hu, LOWEST_HU, HIGHEST_HU
        )
        return value if given else None


def _yes(parent: QWidget, text: str, yes: str) -> bool:
    cancel = QMessageBox.StandardButton.Cancel
    box = QMessageBox(QMessageBox.Icon.Question, translated("cacviewer"), text, cancel, parent)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(cancel)
    box.exec()
    answer = box.clickedButton() is button
    box.deleteLater()
    return answer
