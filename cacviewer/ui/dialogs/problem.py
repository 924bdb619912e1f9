"""Problem dialog: what happened, what to do, and the details for those who can use them, with a copy button.

Used for errors that have a sentence and for those that nobody expected.
"""

from __future__ import annotations

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cacviewer import __version__
from cacviewer.core.errors import CacError
from cacviewer.ui import theme
from cacviewer.ui.icons import drawn
from cacviewer.ui.translations import translated, words_of
from cacviewer.workers.protocol import details_of


class ProblemDialog(QDialog):
    """One problem. Show it with `open()`: the window behind it goes on."""

    def __init__(
        self, sentence: str, remedy: str = "", details: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("cacviewer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self._text = "\n".join(part for part in (sentence, remedy, details) if part)
        layout = QVBoxLayout(self)
        layout.addLayout(self._made_words(sentence, remedy))
        self._details = self._made_details(details)
        layout.addWidget(self._details)
        layout.addWidget(self._made_buttons(bool(details)))

    @classmethod
    def of_error(cls, error: CacError, parent: QWidget | None = None) -> ProblemDialog:
        """The dialog for an error that has a sentence."""
        where = error.path if error.path and error.path not in error.message else ""
        lines = [f"{type(error).__name__} ({error.code})", where, details_of(error), _versions()]
        sentence, remedy = words_of(error)
        sentence = sentence or translated("Something went wrong.")
        return cls(sentence, remedy, "\n".join(line for line in lines if line), parent)

    @classmethod
    def of_exception(
        cls,
        kind: type[BaseException],
        value: BaseException,
        trace: TracebackType | None,
        parent: QWidget | None = None,
    ) -> ProblemDialog:
        """The dialog for an exception that nobody expected."""
        return cls(
            translated("Something unexpected happened. Your work is still there; you can go on."),
            translated(
                "If it happens again, copy the details and send them to whoever looks after cacviewer."
            ),
            "".join(traceback.format_exception(kind, value, trace)) + _versions(),
            parent,
        )

    @property
    def text(self) -> str:
        """Everything it says, as the copy button gives it."""
        return self._text

    def _made_words(self, sentence: str, remedy: str) -> QHBoxLayout:
        row = QHBoxLayout()
        sign = QLabel(self)
        sign.setPixmap(drawn("warning", theme.colours().warning, 32))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QLabel(sentence + (f"\n\n{remedy}" if remedy else ""), self)
        words.setTextFormat(Qt.TextFormat.PlainText)  # a file name is never markup
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(sentence)
        row.addWidget(words, 1)
        return row

    def _made_details(self, details: str) -> QPlainTextEdit:
        box = QPlainTextEdit(details, self)
        box.setAccessibleName(translated("Details"))
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setMinimumHeight(160)
        box.hide()
        return box

    def _made_buttons(self, has_details: bool) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        copy = QPushButton(translated("&Copy"), self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        if has_details:
            details = QPushButton(translated("&Details"), self)
            details.setCheckable(True)
            details.toggled.connect(self._show_details)
            buttons.addButton(details, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        return buttons

    def _show_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self.adjustSize()


def _versions() -> str:
    return f"\ncacviewer {__version__}, Python {platform.python_version()}, {platform.platform()}"
