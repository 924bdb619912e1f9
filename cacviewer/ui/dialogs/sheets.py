"""The sheets that a command of the window shows, by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cacviewer.settings import Settings
from cacviewer.ui.dialogs.about import AboutDialog
from cacviewer.ui.dialogs.comparison import ComparisonDialog
from cacviewer.ui.dialogs.keys import KeysDialog
from cacviewer.ui.dialogs.preferences import PreferencesDialog
from cacviewer.ui.store import SessionStore

SHEETS: dict[str, Callable[[SessionStore, Settings, QWidget], QDialog]] = {
    "keys": lambda _store, _settings, window: KeysDialog(window),
    "about": lambda _store, _settings, window: AboutDialog(window),
    "comparison": lambda store, _settings, window: ComparisonDialog(store, window),
    "preferences": lambda _store, settings, window: PreferencesDialog(settings, window),
}


def show_sheet(name: str, store: SessionStore, settings: Settings, window: QWidget) -> None:
    """Shows a sheet over a window; work goes on beside it."""
    sheet = SHEETS[name](store, settings, window)
    sheet.setModal(False)
    sheet.show()
