"""What a program that ended without order has left, to be taken up again."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from cacviewer.storage.journal import Unfinished
from cacviewer.ui.translations import translated


class RecoverDialog(QDialog):
    """A list of sittings; the latest is chosen."""

    def __init__(self, found: list[Unfinished], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("Recover work"))
        words = QLabel(translated("cacviewer ended without saving. This work can be taken up again:"), self)
        words.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(translated("Work that can be recovered"))
        self.list.addItems([line(left) for left in found])
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(self.accept)
        self.list.setMinimumWidth(460)
        self.list.setMaximumHeight(30 + 24 * min(len(found), 8))
        buttons = QDialogButtonBox(self)
        recover = buttons.addButton(translated("Recover"), QDialogButtonBox.ButtonRole.AcceptRole)
        recover.setDefault(True)
        buttons.addButton(translated("Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, self.list, buttons):
            layout.addWidget(widget)


def line(left: Unfinished) -> str:
    """A sitting in words."""
    if left.damaged:
        text = translated("{title}: {date} {time}, {count} changes, damaged in part")
    else:
        text = translated("{title}: {date} {time}, {count} changes")
    date, time = left.at[:10], left.at[11:16]
    return text.format(
        title=left.title or translated("Unnamed study"), date=date, time=time, count=left.unsaved
    )
