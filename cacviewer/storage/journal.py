"""The journal of a sitting: a line for everything that a reader does, on the disk before it is in memory.

`NAME.journal` lies in the user's state folder beside `NAME.cacv`, the session as it was when the journal began.
After a kill or a power cut both are there, and replaying the lines gives the session back. The journal's lock tells
whether the program that writes it still lives.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.session import ViewState
from cacviewer.files import refusal
from cacviewer.storage.codec import CodecError, decode, encode
from cacviewer.storage.session_file import SUFFIX, SavedSession, read_session

SCHEMA = "cacviewer.journal/1"
JOURNAL = ".journal"
KEPT_DAYS = 30
"""What was declined is kept so long (habits.md 7)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where and how the views looked, and what stood in the patient panel."""

    crosshair_lps_mm: tuple[float, float, float]
    selection: tuple[str, ...]
    view: ViewState
    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    measurements: tuple[Measurement, ...] = ()


class Journal:
    """An open journal. Lines are appended and synced; the base is written once beside it.

    Args:
        folder: Of the journals; made if it is not there.
        title: Of the study, for people.
        unsaved: How many deeds in the base stand in no file of the reader's.

    Raises:
        CannotWrite: The state folder refuses.
    """

    def __init__(self, folder: Path, title: str, unsaved: int = 0) -> None:
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
        self._line({"schema": SCHEMA, "title": title, "at": now, "unsaved": unsaved})

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
        """Notes that everything up to here is in a file of the reader's."""
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
        unsaved: How many deeds stand in no file of the reader's.
        edits: How many edits are in force.
    """

    path: Path
    title: str
    at: str
    unsaved: int
    edits: int


def unfinished(folder: Path) -> list[Unfinished]:
    """Journals of programs that are gone, with something to recover, the latest first; what is old goes away."""
    found = []
    for path in sorted(folder.glob(f"*{JOURNAL}"), reverse=True):
        if not _is_left_behind(path):
            continue
        story = _Story.read(path)
        old = time.time() - path.stat().st_mtime > KEPT_DAYS * 86400
        if old or not story.unsaved or not path.with_suffix(SUFFIX).exists():
            remove(path)
        elif not story.declined:
            found.append(Unfinished(path, story.title, story.at, story.unsaved, story.edits))
    return found


def recovered(path: Path) -> SavedSession:
    """The session of a journal: its base and all that was done after it.

    Raises:
        UnreadableInput: The base is damaged.
    """
    story, base = _Story.read(path), read_session(path.with_suffix(SUFFIX))
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
    unsaved: int = 0
    declined: bool = False

    @property
    def edits(self) -> int:
        """Edits in force at the end."""
        count = 0
        for entry in self.entries:
            count += {Deed.EDIT: 1, Deed.REDO: 1, Deed.UNDO: -1}.get(entry.deed, 0)
        return max(0, count)

    @staticmethod
    def read(path: Path) -> _Story:
        """Reads as far as lines are whole: a power cut may have broken the last one."""
        story, entries = _Story(), []
        for record in _records(path):
            if "entry" in record:
                entries.append(decode(Entry, record["entry"]))
                story.unsaved += 1
                story.at = entries[-1].at or story.at
            elif "look" in record:
                story.look = decode(Look, record["look"])
            elif "saved" in record:
                story.unsaved = 0
            elif "declined" in record:
                story.declined = True
            elif record.get("schema") == SCHEMA:
                story.title, story.at = str(record.get("title", "")), str(record.get("at", ""))
                story.unsaved = int(record.get("unsaved", 0))
        story.entries = tuple(entries)
        return story


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return
    broken = False
    for line in lines:
        try:
            record = json.loads(line) if line else None
            if isinstance(record, dict) and "entry" in record:
                decode(Entry, record["entry"])
        except (ValueError, TypeError, CodecError):
            broken = True  # nothing that was done after it can be trusted; only a declining still counts
            continue
        if isinstance(record, dict) and (not broken or "declined" in record):
            yield record
