"""Keeps a sitting safe: journal and autosave while the reader works, session files, and what a dead program left."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cacviewer import paths
from cacviewer.core.audit import Entry
from cacviewer.core.errors import CacError, CannotWrite
from cacviewer.core.session import Session
from cacviewer.storage import journal as journals
from cacviewer.storage.journal import Journal, Look, Notes, Unfinished, notes_of
from cacviewer.storage.session_file import SavedSession, Source, saved_of, source_of, write_session
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated, words_of

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
    _base_refused = Signal(object)
    """From the thread of the autosave: its error."""

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
        self._notes = Notes()
        self._stale: list[Callable[[], None]] = []
        self._left: Path | None = None
        self._warned = self._told = self._notes_wait = False
        self.path = ""
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._write_look)
        store.journal = self._append
        store.changed.connect(self._on_changed)
        self._base_refused.connect(self._tell_no_base)

    @property
    def folder(self) -> Path:
        """Where journals lie."""
        return self._folder or paths.state_folder() / "sessions"

    @property
    def has_unsaved(self) -> bool:
        """Whether something was done or entered that stands in no session file and could."""
        session = self._store.session
        return session.automatic is not None and (self._deeds > 0 or self._has_notes)

    @property
    def _has_notes(self) -> bool:
        """Whether patient inputs, prior or measurements are not those of the file."""
        return notes_of(self._store.session) != self._notes

    @property
    def _deeds(self) -> int:
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
        self.path, self._in_file, self._notes = path, saved.audit, notes_of(saved)
        if self._journal is not None:
            self._look.stop()
            self._write_look()  # the journal then knows which notes the file has
            self._guarded(lambda: self._journal and self._journal.saved(Path(path)))
        self.said.emit(translated("Saved: {path}").format(path=path))
        return True

    def opens(self, path: str) -> None:
        """A scan is being opened from this path: sessions name it."""
        self._opened = path

    def resumes(self, in_file: SavedSession | None, path: str = "", left: Path | None = None) -> None:
        """The next result comes from a session; `in_file` is what of it stands in a file of the reader's.

        `left` is the journal it was recovered from: it goes when the new one can stand alone.
        """
        self._in_file = in_file.audit if in_file else ()
        self._notes = notes_of(in_file) if in_file else Notes()
        self.path, self._left = path, left

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
        for remove in self._stale:
            remove()
        self._journal, self._in_file, self._notes, self._stale, self.path = None, (), Notes(), [], ""

    # --- journal -------------------------------------------------------------------------------------------

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.volume is not new.volume and new.automatic is None:
            self.end()  # a way back to the study before begins a new journal, with all that was done
        if new.automatic is not None and old.automatic is not new.automatic:
            self._begin(new)
        elif self._journal is not None and any(getattr(old, p) is not getattr(new, p) for p in LOOKED):
            if not (self._look.isActive() and self._notes_wait):  # a cine must not put entries off
                self._look.start()
            self._notes_wait |= notes_of(old) != notes_of(new)

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
        if old is not None:
            self._stale.append(old.remove)
        if self._left is not None:
            self._stale.append(partial(journals.remove, self._left))
        self._journal = self._left = None
        try:
            self._journal = Journal(self.folder, title, self._deeds, self._notes)
            if self._has_notes:
                self._journal.look(self._look_now())
        except CannotWrite as error:
            self._warn(error)
            if self._journal is None:
                return
        self._writer = threading.Thread(
            target=self._write_base, args=(saved, self._journal.base), name="autosave"
        )
        self._writer.start()

    def _write_base(self, saved: SavedSession, base: Path) -> None:
        """In a thread: values do not change. The journals before go only when this one can stand alone."""
        try:
            write_session(saved, base)
        except (OSError, CacError) as error:
            log.warning("autosave: %s", error)
            self._base_refused.emit(error)
            return
        for remove in self._stale:
            remove()
        self._stale = []

    def _tell_no_base(self, error: Exception) -> None:
        """Once: without its base a journal cannot be recovered."""
        if not self._told:
            self._told = True
            why = words_of(error)[0] if isinstance(error, CacError) else str(error)
            self.said.emit(
                translated("There is no autosave: only Save keeps your work. {why}").format(why=why)
            )

    def _append(self, entry: Entry) -> None:
        self._join()  # the base is there long before a hand has moved
        if self._journal is not None:
            self._guarded(lambda: self._journal and self._journal.append(entry))

    def _write_look(self) -> None:
        self._notes_wait = False
        if self._journal is not None:
            self._guarded(lambda: self._journal and self._journal.look(self._look_now()))

    def _look_now(self) -> Look:
        s = self._store.session
        return Look(s.crosshair_lps_mm, s.selection, s.view, s.patient, s.prior, s.measurements)

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
