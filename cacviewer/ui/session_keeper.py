"""Keeps a sitting safe: journal and autosave while the reader works, session files, and what a dead program left."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cacviewer import paths
from cacviewer.core.audit import Entry
from cacviewer.core.errors import CacError, CannotWrite
from cacviewer.core.session import Session
from cacviewer.storage import journal as journals
from cacviewer.storage.journal import Journal, Look, Unfinished
from cacviewer.storage.session_file import SavedSession, Source, saved_of, source_of, write_session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated

log = logging.getLogger(__name__)
LOOKED = ("crosshair_lps_mm", "selection", "view", "patient", "prior", "measurements")
LOOK_MS = 2000
"""Where the views look is written so long after they came to rest."""


class SessionKeeper(QObject):
    """Journals what the store does, and saves sessions.

    Args:
        store: Its journal is this.
        folder: Where journals lie; None: in the user's state folder.
    """

    said = Signal(str)
    """A sentence for the status bar."""
    failed = Signal(object)
    """A CacError that the reader must hear of."""

    def __init__(
        self, store: SessionStore, folder: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._folder = folder
        self._journal: Journal | None = None
        self._writer: threading.Thread | None = None
        self._source: Source | None = None
        self._opened = ""
        self._in_file: tuple[Entry, ...] = ()
        self._left: Path | None = None
        self._warned = False
        self.path = ""
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._write_look)
        store.journal = self._append
        store.changed.connect(self._on_changed)

    @property
    def folder(self) -> Path:
        """Where journals lie."""
        return self._folder or paths.state_folder() / "sessions"

    @property
    def has_unsaved(self) -> bool:
        """Whether something was done that stands in no session file."""
        return self._unsaved > 0

    @property
    def _unsaved(self) -> int:
        audit = self._store.session.audit
        return 0 if audit == self._in_file else max(1, len(audit) - len(self._in_file))

    # --- the reader's file ---------------------------------------------------------------------------------

    def save(self, path: str) -> bool:
        """Writes the session; says so, or why not."""
        saved = self._saved()
        if saved is None:
            return False
        try:
            write_session(saved, Path(path))
        except CannotWrite as error:
            self.failed.emit(error)
            return False
        self.path, self._in_file = path, saved.audit
        if self._journal is not None:
            self._guarded(lambda: self._journal and self._journal.saved(Path(path)))
        self.said.emit(translated("Saved: {path}").format(path=path))
        return True

    def opens(self, path: str) -> None:
        """A scan is being opened from this path: sessions name it."""
        self._opened = path

    def resumes(self, in_file: tuple[Entry, ...], path: str = "", left: Path | None = None) -> None:
        """The next result comes from a session; that much of it stands in a file of the reader's.

        `left` is the journal it was recovered from: it goes when the new one can stand alone.
        """
        self._in_file, self.path, self._left = in_file, path, left

    # --- what a dead program left --------------------------------------------------------------------------

    def unfinished(self) -> list[Unfinished]:
        """What can be recovered."""
        try:
            return journals.unfinished(self.folder)
        except (OSError, ValueError) as error:
            log.warning("journals not read: %s", error)
            return []

    def end(self) -> None:
        """The study leaves the desk in order: its journal is not needed any more."""
        self._look.stop()
        self._join()
        if self._journal is not None:
            self._journal.remove()
        self._journal, self._in_file, self.path = None, (), ""

    # --- journal -------------------------------------------------------------------------------------------

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.volume is not new.volume and new.automatic is None:
            self.end()  # a way back to the study before begins a new journal, with all that was done
        if new.automatic is not None and old.automatic is not new.automatic:
            self._begin(new)
        elif self._journal is not None and any(getattr(old, p) is not getattr(new, p) for p in LOOKED):
            self._look.start()

    def _begin(self, session: Session) -> None:
        """Begins a journal with the session as it is; the base is written by a thread."""
        old = self._journal
        self._join()
        assert session.volume is not None
        self._source = source_of(session.volume, self._opened)
        saved = self._saved()
        if saved is None:
            return
        patient = session.volume.info.patient
        title = " ".join(
            part for part in (patient.name.replace("^", " "), session.volume.info.study_date) if part
        )
        try:
            self._journal = Journal(self.folder, title, self._unsaved)
        except CannotWrite as error:
            self._journal = None
            self._warn(error)
            return
        self._writer = threading.Thread(
            target=self._write_base, args=(saved, self._journal.base, old, self._left), name="autosave"
        )
        self._left = None
        self._writer.start()

    def _write_base(self, saved: SavedSession, base: Path, old: Journal | None, left: Path | None) -> None:
        """In a thread: values do not change. The journal before goes only when this one can stand alone."""
        try:
            write_session(saved, base)
        except (OSError, CacError) as error:
            log.warning("autosave: %s", error)
            return
        if old is not None:
            old.remove()
        if left is not None:
            journals.remove(left)

    def _append(self, entry: Entry) -> None:
        self._join()  # the base is there long before a hand has moved
        if self._journal is not None:
            self._guarded(lambda: self._journal and self._journal.append(entry))

    def _write_look(self) -> None:
        s = self._store.session
        look = Look(s.crosshair_lps_mm, s.selection, s.view, s.patient, s.prior, s.measurements)
        if self._journal is not None:
            self._guarded(lambda: self._journal and self._journal.look(look))

    def _guarded(self, write) -> None:  # noqa: ANN001
        try:
            write()
        except CannotWrite as error:
            self._warn(error)

    def _warn(self, error: CannotWrite) -> None:
        """Once: the reader goes on, and knows that only Save keeps the work."""
        log.warning("journal: %s", error)
        if not self._warned:
            self._warned = True
            self.failed.emit(error)

    def _join(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None

    def _saved(self) -> SavedSession | None:
        if self._source is None:
            return None
        return saved_of(self._store.session, self._source)


def recovered(unfinished: Unfinished) -> SavedSession:
    """The session of a journal.

    Raises:
        UnreadableInput: It is damaged.
    """
    return journals.recovered(unfinished.path)


def moved(saved: SavedSession, path: str) -> SavedSession:
    """The session with its scan at another path."""
    return replace(saved, source=replace(saved.source, path=path))
