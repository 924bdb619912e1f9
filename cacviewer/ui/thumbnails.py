"""Pictures for the list of series, made by the reader's child once the series that opens is on the screen."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cacviewer.core.errors import CacError
from cacviewer.core.session import Session
from cacviewer.core.study import Inspection, Verdict
from cacviewer.ui.orders import Pool
from cacviewer.ui.store import SessionStore

MOST = 60
"""Series of an input that get a picture; a disc with more is looked through by its texts."""


class Thumbnails(QObject):
    """Orders one picture after the other, so that a job of the reader never waits for more than one of them."""

    made = Signal(object, int, object)
    """Inspection, index of the series, (rows, columns) uint8 grays."""

    def __init__(self, store: SessionStore, pool: Pool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._pool = store, pool
        self._of: Inspection | None = None
        self._waiting: list[int] = []
        store.changed.connect(self._on_changed)

    def _on_changed(self, _old: Session, new: Session) -> None:
        inspection = new.inspection
        if new.volume is None or inspection is None or inspection is self._of:
            return
        self._of = inspection
        readable = [i for i, one in enumerate(inspection.series) if one.verdict is not Verdict.UNREADABLE]
        self._waiting = sorted(readable, key=lambda i: i != inspection.chosen)[:MOST]
        self._order_next(inspection)

    def _order_next(self, inspection: Inspection) -> None:
        if self._waiting and inspection is self._of is self._store.session.inspection:
            index = self._waiting.pop(0)
            self._pool.submit(
                "thumbnail", inspection, index,
                on_result=partial(self._answered, inspection, index), on_error=partial(self._refused, inspection),
            )  # fmt: skip

    def _answered(self, inspection: Inspection, index: int, grays: Any) -> None:
        if grays is not None:
            self.made.emit(inspection, index, grays)
        self._order_next(inspection)

    def _refused(self, inspection: Inspection, error: CacError) -> None:
        self._order_next(inspection)  # a series without a picture is no trouble
