"""The rows of `actions` as QActions: one for each, kept in step with the session.

Single keys act only while no text field has the focus, and Space presses a button that has it; letters work
with a keyboard layout that types others (Arabic, say), by the place of the key.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

from cacviewer.core.session import Session
from cacviewer.ui.actions import COMMANDS, SEPARATOR, Command, Desk
from cacviewer.ui.icons import icon
from cacviewer.ui.translations import translated

TEXT_FIELDS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
LETTER_OF_SCAN_CODE = {first + i: letter for first, row in _ROWS.items() for i, letter in enumerate(row)}
"""X11's code of a key (evdev's plus 8) to the Latin letter printed on it."""


class ActionSet(QObject):
    """QActions by id. Build it with the desk; add `actions()` to the window so that keys act."""

    ran = Signal(str)
    """The id of a command, after it was run."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = {row.id: row for row in COMMANDS}
        self._actions = {row.id: self._made(row) for row in COMMANDS}
        self._follow(desk.store.session)
        desk.store.changed.connect(self._on_changed)
        desk.tools.changed.connect(lambda: self._follow(desk.store.session))

    def action(self, id: str) -> QAction:
        """The QAction of a command."""
        return self._actions[id]

    def actions(self) -> list[QAction]:
        """All of them."""
        return list(self._actions.values())

    def run(self, id: str, *arguments: Any) -> None:
        """Runs a command if it is enabled."""
        if self._commands[id].enabled(self._desk.store.session):
            self._commands[id].run(self._desk, *arguments)
            self.ran.emit(id)

    def menu(self, ids: tuple[str, ...], parent: QWidget, title: str = "") -> QMenu:
        """A menu of commands with their keys printed."""
        menu = QMenu(title, parent)
        for id in ids:
            if id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[id])
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _belongs_to_focus(event):
                event.accept()  # the widget gets it as a key press and no shortcut fires
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._run_by_place(event):
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            for row in self._commands.values():
                self._write(self._actions[row.id], row)
            self._follow(self._desk.store.session)
        return super().event(event)

    def _made(self, row: Command) -> QAction:
        action = QAction(self)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutVisibleInContextMenu(True)
        action.setCheckable(row.checked is not None)
        if row.id == "file.quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        self._write(action, row)
        action.triggered.connect(lambda _checked=False, id=row.id: self.run(id))
        return action

    def _write(self, action: QAction, row: Command) -> None:
        action.setText(translated(row.text))
        words = translated(row.tip) if row.tip else _plain(translated(row.text))
        keys = (
            f" ({QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"
            if row.keys
            else ""
        )
        action.setToolTip(words + keys)
        action.setStatusTip("")
        if row.icon:
            action.setIcon(icon(row.icon))

    def _on_changed(self, old: Session, new: Session) -> None:
        parts = ("inspection", "volume", "shown", "selection", "view", "edits", "cursor", "measurements")
        if any(getattr(old, part) is not getattr(new, part) for part in parts):
            self._follow(new)

    def _follow(self, session: Session) -> None:
        for id, row in self._commands.items():
            action = self._actions[id]
            action.setEnabled(row.enabled(session))
            if row.checked is not None:
                action.setChecked(row.checked(self._desk))
            if row.label is not None:
                action.setText(row.label(session))

    def _run_by_place(self, event: QKeyEvent) -> bool:
        """Runs a single-letter command by the place of its key when the layout types other letters."""
        if event.modifiers() or not 0x7F < event.key() < 0x01000000 or _in_text_field():
            return False
        letter = LETTER_OF_SCAN_CODE.get(event.nativeScanCode())
        row = next((row for row in COMMANDS if letter is not None and letter in row.keys), None)
        if row is None:
            return False
        self.run(row.id)
        return True


def _belongs_to_focus(event: QKeyEvent) -> bool:
    """Whether the widget with the focus needs the key for itself."""
    if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    focus = QApplication.focusWidget()
    if isinstance(focus, TEXT_FIELDS):
        return event.key() not in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_F1,
            Qt.Key.Key_F5,
            Qt.Key.Key_F6,
            Qt.Key.Key_F11,
        )
    if event.key() in (
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    ):  # of lists and buttons, but for the table of lesions
        return isinstance(focus, QAbstractItemView | QAbstractButton | QComboBox) and not focus.property(
            "decides"
        )
    return event.key() == Qt.Key.Key_Space and isinstance(focus, QAbstractButton | QComboBox | QSlider)


def _in_text_field() -> bool:
    return isinstance(QApplication.focusWidget(), TEXT_FIELDS)


def _plain(text: str) -> str:
    return text.replace("&", "")
