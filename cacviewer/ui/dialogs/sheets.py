"""The sheets that a command of the window shows, by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cacviewer.ui.dialogs.about import AboutDialog
from cacviewer.ui.dialogs.comparison import ComparisonDialog
from cacviewer.ui.dialogs.keys import KeysDialog
from cacviewer.ui.store import SessionStore

SHEETS: dict[str, Callable[[SessionStore, QWidget], QDialog]] = {
    "keys": lambda _store, window: KeysDialog(window),
    "about": lambda _store, window: AboutDialog(window),
    "comparison": ComparisonDialog,
}


def show_sheet(name: str, store: SessionStore, window: QWidget) -> None:
    """Shows a sheet over a window; work goes on beside it."""
    sheet = SHEETS[name](store, window)
    sheet.setModal(False)
    sheet.show()
