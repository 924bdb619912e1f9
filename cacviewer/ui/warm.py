"""What the first edit needs, made ready while the reader looks at the first pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import chain
from threading import Thread

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from cacviewer.core.assess import assessed
from cacviewer.core.case import Case
from cacviewer.core.labelled import Memo, touching
from cacviewer.core.session import Session
from cacviewer.core.stability import REACH_PX
from cacviewer.ui.store import SessionStore

PAUSE_S = 0.002
"""After each turn: the window comes first."""
GROUPS_AT_A_TIME = 20
NAME = "warm"


class ScorerWarmth(QObject):
    """On threads: loads scipy.ndimage after the first volume, and scores the groups of a new result.

    The library takes half a second to load. An edit scores only the groups of lesions that it touches, but the
    first one would find none remembered: with 400 lesions again half a second.
    """

    def __init__(self, store: SessionStore) -> None:
        super().__init__()
        self._store = store
        self._loaded = False
        store.changed.connect(self._on_changed)

    def _on_changed(self, old: Session, new: Session) -> None:
        if new.volume is not None and not self._loaded:
            self._loaded = True
            Thread(target=import_module, args=("scipy.ndimage",), daemon=True, name=NAME).start()
        case, volume = new.automatic, new.volume
        if case is None or volume is None or case is old.automatic or case.scores is None:
            return

        def is_wanted() -> bool:
            return self._store.session.memo is new.memo

        args = (case, volume.hu, new.memo, is_wanted)
        Thread(target=remember_scores, args=args, daemon=True, name=NAME).start()


def remember_scores(
    case: Case, hu: NDArray[np.int16], memo: Memo, is_wanted: Callable[[], bool] = lambda: True
) -> None:
    """Puts the scores of all groups of lesions into a memo, as an edit does, a few groups at a time.

    Args:
        case: With scores.
        hu: (z, y, x) int16 of the whole volume.
        memo: Of the session.
        is_wanted: Asked before each turn; False ends it.
    """
    groups = touching(case.scored, REACH_PX)
    for start in range(0, len(groups), GROUPS_AT_A_TIME):
        if not is_wanted():
            return
        some = chain.from_iterable(groups[start : start + GROUPS_AT_A_TIME])
        assessed(replace(case, lesions=(*some, *case.other)), hu, memo)
        time.sleep(PAUSE_S)
