"""Loads the library that scores edits while the reader looks at the first picture."""

from __future__ import annotations

from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject

from cacviewer.core.session import Session
from cacviewer.ui.store import SessionStore


class ScorerWarmth(QObject):
    """Imports scipy.ndimage on a thread after the first volume: the first edit would wait half a second for it."""

    def __init__(self, store: SessionStore) -> None:
        super().__init__()
        self._store = store
        store.changed.connect(self._on_changed)

    def _on_changed(self, _old: Session, new: Session) -> None:
        if new.volume is not None:
            self._store.changed.disconnect(self._on_changed)
            Thread(target=import_module, args=("scipy.ndimage",), daemon=True, name="warm").start()
