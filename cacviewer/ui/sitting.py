"""A sitting at the desk: session files, recovery, the question before leaving, review and unlock."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cacviewer import settings as known
from cacviewer.core.errors import CacError, UnreadableInput
from cacviewer.settings import Settings
from cacviewer.storage import journal
from cacviewer.storage.journal import Unfinished
from cacviewer.storage.session_file import SUFFIX, SavedSession, read_session
from cacviewer.ui.dialogs.choices import Choices
from cacviewer.ui.dialogs.review import CHECKS
from cacviewer.ui.export import plain_name
from cacviewer.ui.session_keeper import SessionKeeper, moved, recovered
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated
from cacviewer.ui.workflow import Workflow


class Sitting(QObject):
    """What a reader begins, keeps and ends.

    Args:
        window: Parent of the questions.
        store: The session.
        workflow: Opens scans.
        keeper: Journal and files.
        settings: Name of the reader, folder of exports.
        choices: Asks.
    """

    def __init__(
        self,
        window: QWidget,
        store: SessionStore,
        workflow: Workflow,
        keeper: SessionKeeper,
        settings: Settings,
        choices: Choices,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._workflow, self._keeper = window, store, workflow, keeper
        self._settings, self._choices = settings, choices
        self._pending: tuple[SavedSession, str, Path | None] | None = None
        workflow.opened.connect(keeper.opens)
        workflow.resuming.connect(self._resuming)

    # --- files ---------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Saves where the session was saved before, else asks where."""
        return self._keeper.save(self._keeper.path) if self._keeper.path else self.save_as()

    def save_as(self) -> bool:
        """Asks where and saves."""
        shown = self._store.session.shown
        if shown is None:
            return False
        start = Path(self._settings.get(known.EXPORT_FOLDER) or Path.home()) / (
            plain_name(shown.info) + SUFFIX
        )
        path = self._choices.file_for_session(self._window, str(start))
        return bool(path) and self._keeper.save(path)

    def open(self, path: str = "") -> None:
        """Opens a session file; asks for it if no path is given."""
        if not path:
            start = self._settings.get(known.EXPORT_FOLDER) or str(Path.home())
            path = self._choices.session_to_open(self._window, start)
        if not path or not self.may_leave():
            return
        try:
            saved = read_session(Path(path))
        except CacError as error:
            self._workflow.failed.emit(error)
            return
        self._open(saved, path, None)

    def offer_recovery(self) -> None:
        """Offers what a dead program left, once at the start; tells what cannot be offered."""
        everything = self._keeper.unfinished()
        for left in everything:
            if not left.has_base:
                self._workflow.failed.emit(_no_base(left))
                journal.decline(left.path)  # told once, and kept
        found = [left for left in everything if left.has_base]
        if not found:
            return
        chosen = self._choices.what_to_recover(self._window, found)
        if chosen is None:
            return
        for left in found:
            if left not in chosen:
                journal.decline(left.path)
        for left in chosen[:1]:
            try:
                saved = recovered(left)
            except CacError as error:
                self._workflow.failed.emit(error)
                continue
            if left.damaged:
                self._workflow.failed.emit(_in_part(left))
            self._open(saved, "", left.path)

    def _open(self, saved: SavedSession, path: str, left: Path | None) -> None:
        source = saved.source.path
        if not Path(source).exists():
            text = translated(
                "The scan of this session is not at {path} any more. Choose the folder where it is now."
            )
            source = self._choices.folder_of_scan(self._window, str(Path.home()), text.format(path=source))
            if not source:
                return
            saved = moved(saved, source)
        self._pending = (saved, path, left)
        self._workflow.open_session(saved)

    def _resuming(self, saved: SavedSession) -> None:
        if self._pending is None or self._pending[0] is not saved:
            return
        _, path, left = self._pending
        self._pending = None
        self._keeper.end()
        self._keeper.resumes(saved if path else None, path, left)

    # --- leaving -------------------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Whether the study may leave the desk; asks where work would be lost or a file would keep old work."""
        if not self._keeper.has_unsaved:
            return True
        if not self._keeper.path and not self._workflow.has_unwritten_edits:
            return True
        answer = self._choices.leaving(self._window)
        return self.save() if answer == "save" else answer == "drop"

    # --- review --------------------------------------------------------------------------------------------

    def review(self) -> None:
        """Asks for name and checklist and signs the case."""
        session = self._store.session
        if session.shown is None or session.is_locked:
            return
        name = self._settings.get(known.REVIEWER) or known.login_name()
        name = self._choices.signature(self._window, session, name)
        if name:
            self._settings.put(known.REVIEWER, name)
            self._settings.save()
            self._store.review(name, tuple(CHECKS))

    def ask_limit(self, limit_hu: int, usual_hu: int) -> int | None:
        """Asks for an HU limit of lesions; None: not at all."""
        return self._choices.limit(self._window, limit_hu, usual_hu)


def _no_base(left: Unfinished) -> UnreadableInput:
    """The sentence for work of which the session itself was never written."""
    text = translated("The work on {title} cannot be recovered ({count} changes): its autosave is missing.")
    title = left.title or translated("Unnamed study")
    return UnreadableInput(
        text.format(title=title, count=left.unsaved),
        code="no_autosave",
        path=str(left.path),
        remedy=translated("Open the scan and make the changes again; the file lists them."),
    )


def _in_part(left: Unfinished) -> UnreadableInput:
    """The sentence for work of which a part is lost."""
    text = translated("A part of the record of this work cannot be read. Recovered: {count} changes.")
    return UnreadableInput(
        text.format(count=left.unsaved),
        code="journal_damaged",
        path=str(left.path),
        remedy=translated("Compare the history with what you remember, and save the session."),
    )
