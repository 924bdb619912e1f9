"""Where window and panels were, and how pictures looked, from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from cacviewer import settings as known
from cacviewer.core.session import ViewState
from cacviewer.settings import Settings
from cacviewer.ui import docks


def restore_places(window: QMainWindow, settings: Settings) -> None:
    """Puts window and panels where they were."""
    window.resize(window.screen().availableSize() * 0.94)
    window.restoreGeometry(_bytes_of(settings.get(known.WINDOW_PLACE)))
    window.restoreState(_bytes_of(settings.get(known.WINDOW_PANELS)), docks.version())


def save_places(window: QMainWindow, view: ViewState, settings: Settings) -> None:
    """Writes them down."""
    for setting, value in (
        (known.WINDOW_PLACE, _text_of(window.saveGeometry())),
        (known.WINDOW_PANELS, _text_of(window.saveState(docks.version()))),
        (known.HEART_OPACITY, view.heart_opacity),
        (known.CALCIUM_OPACITY, view.calcium_opacity),
        (known.SMOOTH, view.smooth),
    ):
        settings.put(setting, value)
    settings.save()


def _bytes_of(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))


def _text_of(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")
