"""The menu of what was opened before, newest first; a path that is gone is grey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from cacviewer import settings as known
from cacviewer.settings import Settings
from cacviewer.ui.translations import translated, worded


class RecentMenu(QMenu):
    """Filled when it opens, for paths come and go."""

    def __init__(
        self, settings: Settings, open_paths: Callable[[list[str]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        worded(self, title="Open &recent")
        self._settings, self._open = settings, open_paths
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Writes the entries again."""
        self.clear()
        recent = self._settings.get(known.RECENT)
        for path in recent:
            action = self.addAction(path.replace("&", "&&"), lambda path=path: self._open([path]))
            action.setEnabled(Path(path).exists())
        if recent:
            self.addSeparator()
        self.addAction(translated("&Clear the list"), self._forget).setEnabled(bool(recent))

    def _forget(self) -> None:
        self._settings.put(known.RECENT, ())
        self._settings.save()
