"""The journal of a sitting: a line for everything that a reader does, on the disk before it is in memory.

`NAME.journal` lies in the user's state folder beside `NAME.cacv`, the session as it was when the journal began.
After a kill or a power cut both are there, and replaying the lines gives the session back. The journal's lock tells
whether the program that writes it still lives.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.errors import UnreadableInput
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.session import Session, ViewState
from cacviewer.files import refusal
from cacviewer.storage.codec import decode, encode
from cacviewer.storage.session_file import SUFFIX, SavedSession, read_session

log = logging.getLogger(__name__)
SCHEMA = "cacviewer.journal/1"
JOURNAL = ".journal"
KEPT_DAYS = 30
"""What was declined is kept so long (habits.md 7)."""
LOOK_LINE = b'{"look"'
"""How a line begins that no later line builds on."""
BAD_LINE = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)
"""What json and the codec raise over damaged bytes."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What a reader enters besides deeds: it is work as well, and is lost where nobody asks for it."""

    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    measurements: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Where and how the views looked, and what stood in the patient panel."""

    crosshair_lps_mm: tuple[float, float, float]
    selection: tuple[str, ...]
    view: ViewState
    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    measurements: tuple[Measurement, ...] = ()


def notes_of(holder: Session | SavedSession | Look) -> Notes:
    """The notes of a session, a session file or a line of the journal."""
    return Notes(holder.patient, holder.prior, holder.measurements)


class Journal:
    """An open journal. Lines are appended and synced; the base is written once beside it.

    Args:
        folder: Of the journals; made if it is not there.
        title: Of the study, for people.
        unsaved: How many deeds in the base stand in no file of the reader's.
        notes: The notes that stand in a file of the reader's.

    Raises:
        CannotWrite: The state folder refuses.
    """

    def __init__(self, folder: Path, title: str, unsaved: int = 0, notes: Notes = Notes()) -> None:
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self.path = folder / f"{stamp}{JOURNAL}"
        self.base = self.path.with_suffix(SUFFIX)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise refusal(error, self.path) from error
        lock(self._fd)
        now = datetime.now().astimezone().isoformat("T", "seconds")
        head = {"schema": SCHEMA, "title": title, "at": now, "unsaved": unsaved}
        self._line({**head, "notes": encode(notes)})

    def append(self, entry: Entry) -> None:
        """Writes what is about to be done.

        Raises:
            CannotWrite: The disk refuses.
        """
        self._line({"entry": encode(entry)})

    def look(self, look: Look) -> None:
        """Writes where the views look.

        Raises:
            CannotWrite: The disk refuses.
        """
        self._line({"look": encode(look)})

    def saved(self, path: Path) -> None:
        """Notes that everything up to here is in a file of the reader's.

        Raises:
            CannotWrite: The disk refuses.
        """
        self._line({"saved": str(path)})

    def close(self) -> None:
        """Lets the journal go; its files stay."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def remove(self) -> None:
        """Ends the journal: nothing of it is needed any more."""
        self.close()
        remove(self.path)

    def _line(self, record: dict[str, Any]) -> None:
        data = (json.dumps(record) + "\n").encode("utf-8")
        try:
            while data:
                data = data[os.write(self._fd, data) :]
            os.fsync(self._fd)
        except OSError as error:
            raise refusal(error, self.path) from error


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A journal that its program left behind.

    Attributes:
        path: The journal.
        title: Of the study.
        at: Time of its last line, or of its beginning.
        unsaved: How many deeds stand in no file of the reader's; notes count as one.
        edits: How many edits are in force.
        damaged: Whether lines of it cannot be read; what lies before them can.
        has_base: Whether the session lies beside it; nothing can be recovered without.
    """

    path: Path
    title: str
    at: str
    unsaved: int
    edits: int
    damaged: bool = False
    has_base: bool = True


def unfinished(folder: Path) -> list[Unfinished]:
    """Journals of programs that are gone, with something to recover, the latest first; what is old goes away.

    One that cannot be read is left where it is and hides no other.
    """
    found = []
    for path in sorted(folder.glob(f"*{JOURNAL}"), reverse=True):
        try:
            left = _left_behind(path)
        except OSError as error:
            log.warning("journal not read: %s", error)
            continue
        if left is not None:
            found.append(left)
    return found


def _left_behind(path: Path) -> Unfinished | None:
    """What a journal offers; None where its program lives, it was declined, or nothing of it is needed."""
    if not _is_left_behind(path):
        return None
    story, changed = _Story.read(path), path.stat().st_mtime
    if time.time() - changed > KEPT_DAYS * 86400 or not (story.unsaved or story.damaged):
        remove(path)
        return None
    if story.declined:
        return None
    at = story.at or datetime.fromtimestamp(changed).astimezone().isoformat("T", "seconds")
    has_base = path.with_suffix(SUFFIX).exists()
    return Unfinished(path, story.title, at, story.unsaved, story.edits, story.damaged, has_base)


def recovered(path: Path) -> SavedSession:
    """The session of a journal: its base and all that was done after it.

    Raises:
        UnreadableInput: The base is damaged, or the journal cannot be opened.
    """
    try:
        story = _Story.read(path)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error}.", path=str(path)) from error
    base = read_session(path.with_suffix(SUFFIX))
    saved = replace(base, audit=(*base.audit, *story.entries))
    if story.look is not None:
        look = story.look
        saved = replace(
            saved,
            crosshair_lps_mm=look.crosshair_lps_mm,
            selection=look.selection,
            view=look.view,
            patient=look.patient,
            prior=look.prior,
            measurements=look.measurements,
        )
    return saved


def decline(path: Path) -> None:
    """Notes that a journal is not to be offered again; it is kept for KEPT_DAYS."""
    with suppress(OSError), open(path, "ab") as stream:
        stream.write(b"\n" + json.dumps({"declined": True}).encode() + b"\n")


def remove(path: Path) -> None:
    """Removes a journal and its base."""
    for file in (path, path.with_suffix(SUFFIX)):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def lock(fd: int) -> bool:
    """Takes the lock of an open file; False if a living program has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_left_behind(path: Path) -> bool:
    try:
        with open(path, "rb+") as stream:
            return lock(stream.fileno())
    except OSError:
        return False


@dataclass(slots=True)
class _Story:
    """What the lines of a journal tell."""

    title: str = ""
    at: str = ""
    entries: tuple[Entry, ...] = ()
    look: Look | None = None
    deeds: int = 0
    in_file: Notes = Notes()
    declined: bool = False
    damaged: bool = False

    @property
    def unsaved(self) -> int:
        """Deeds that stand in no file of the reader's, and one for notes that do not."""
        return self.deeds + (self.look is not None and notes_of(self.look) != self.in_file)

    @property
    def edits(self) -> int:
        """Edits in force at the end."""
        count = 0
        for entry in self.entries:
            count += {Deed.EDIT: 1, Deed.REDO: 1, Deed.UNDO: -1}.get(entry.deed, 0)
        return max(0, count)

    @staticmethod
    def read(path: Path) -> _Story:
        """Reads what can be trusted: a bad look costs itself, after a bad deed no later one is known to fit.

        A power cut may have broken the last line; it was promised to nobody, so that is no damage.

        Raises:
            OSError: The file cannot be read.
        """
        story, broken = _Story(), False
        lines = path.read_bytes().split(b"\n")
        for number, line in enumerate(lines):
            if not line:
                continue
            try:
                record = json.loads(line)
                if not broken or "declined" in record:
                    story._take(record)
            except BAD_LINE:
                story.damaged |= number < len(lines) - 1
                broken |= number > 0 and not line.startswith(LOOK_LINE)
        return story

    def _take(self, record: dict[str, Any]) -> None:
        """Takes a line up; changes nothing if it raises."""
        if "entry" in record:
            entry = decode(Entry, record["entry"])
            self.entries, self.deeds = (*self.entries, entry), self.deeds + 1
            self.at = entry.at or self.at
        elif "look" in record:
            self.look = decode(Look, record["look"])
        elif "saved" in record:
            self.deeds = 0
            self.in_file = self.in_file if self.look is None else notes_of(self.look)
        elif "declined" in record:
            self.declined = True
        elif record["schema"] == SCHEMA:
            notes, deeds = decode(Notes, record.get("notes", encode(Notes()))), int(record.get("unsaved", 0))
            self.in_file, self.deeds = notes, deeds
            self.title, self.at = str(record.get("title", "")), str(record.get("at", ""))
