"""The journal of a batch: which inputs were looked through, which scans came of them, what became of each.

One SQLite file. Every step is one transaction, so that a batch that is killed at any moment goes on where it was:
a scan that was not committed is done again, one that was is not.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cacviewer.core.errors import CannotWrite, UsageError

SCHEMA = "cacviewer.batch/1"
WAITING, SCORED, REFUSED = "waiting", "scored", "refused"

RESERVED = frozenset(
    ("con", "prn", "aux", "nul", "index.html", "batch.sqlite", "scores.csv", "scores.parquet", "failures.csv")
)
"""Names that no case's folder has: Windows' own, and what stands beside the folders."""

_TABLES = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inputs (path TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS scans (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, folder TEXT NOT NULL UNIQUE, paths TEXT NOT NULL,
    series_uid TEXT NOT NULL, part INTEGER NOT NULL, images INTEGER NOT NULL, state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', row TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS by_state ON scans (state, number);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What an input holds of one study: the series that is scored, or why none can be.

    Attributes:
        key: The same for the same study wherever it lies; of an input without studies the input itself.
        paths: Files and folders that are opened to read it.
        series_uid: Series that is scored; "" where the file has none.
        part: Its part, if it had to be split.
        images: Number of its images.
        code: "" or why there is nothing to score.
        reason: The same as a sentence.
    """

    key: str
    paths: tuple[str, ...]
    series_uid: str = ""
    part: int = 0
    images: int = 0
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A scan in the journal; `row` holds the cells of scores.csv by column, or is empty."""

    number: int
    key: str
    folder: str
    paths: tuple[str, ...]
    series_uid: str
    part: int
    images: int
    state: str
    code: str
    reason: str
    row: Mapping[str, str]


class BatchList:
    """The journal. It may be used from several threads, and by one process at a time.

    Args:
        file: The SQLite file, made if it is not there; None for one in memory (a dry run).

    Raises:
        UsageError: Another batch works with it, or the file is no such journal.
        CannotWrite: The folder or disk refuses.
    """

    def __init__(self, file: Path | None) -> None:
        self._lock = threading.RLock()
        self._file = file
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(str(file or ":memory:"), timeout=1.0, check_same_thread=False)
            # held until the end: a second batch in the same folder must not score the same scans
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA synchronous=FULL")
            with self._base:
                self._base.executescript(_TABLES)
                self._base.execute("INSERT OR IGNORE INTO about VALUES ('schema', ?)", (SCHEMA,))
                self._base.execute("REPLACE INTO about VALUES ('opened', datetime('now'))")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(
                    "Another batch is writing there.",
                    path=str(file),
                    remedy="Wait for it, or take another --out.",
                ) from error
            raise CannotWrite(f"{file} cannot be written: {error}.", path=str(file)) from error
        except OSError as error:
            raise CannotWrite(f"{file} cannot be written: {error.strerror}.", path=str(file)) from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{file} is no journal of a batch.", remedy="Take another --out.") from error

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._base.close()

    def claim(self, choices: Mapping[str, str]) -> None:
        """Notes with which choices the scans are scored; a batch that goes on must have the same.

        Raises:
            UsageError: The journal was begun with others: a table must not hold rows of two kinds.
        """
        with self._lock, self._base:
            known = dict(self._base.execute("SELECT key, value FROM about"))
            for key, value in choices.items():
                if known.setdefault(key, value) != value:
                    raise UsageError(
                        f"The batch in this folder was begun with {key} {known[key]}, not {value}.",
                        remedy="Take another --out, or the same choices.",
                    )
            self._base.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", choices.items())

    # inputs

    def stamp(self, path: str) -> str | None:
        """What an input looked like when it was looked through; None if it was not."""
        with (
            self._lock,
            closing(self._base.execute("SELECT stamp FROM inputs WHERE path = ?", (path,))) as rows,
        ):
            row = rows.fetchone()
        return row[0] if row else None

    def enter(
        self,
        path: str,
        stamp: str,
        new: Iterable[Found],
        changed: Mapping[int, Found],
        paths: tuple[str, ...] = (),
    ) -> list[str]:
        """Notes what an input holds, all or nothing.

        Args:
            path: The input.
            stamp: What it looks like.
            new: Scans that were not known.
            changed: Another choice for known scans, by their number; they are scored again.
            paths: What is opened to read the input, if it is not the input itself.

        Returns:
            Folders of scans that were in it before and are not any more.
        """
        with self._lock, self._base:
            self._base.execute("REPLACE INTO inputs VALUES (?, ?)", (path, stamp))
            before = self._entries("WHERE paths = ?", (json.dumps(paths or (path,)),))
            gone = [one for one in before if one.number not in changed]
            self._base.executemany("DELETE FROM scans WHERE number = ?", [(one.number,) for one in gone])
            for one in new:
                self._insert(path, one)
            for number, one in changed.items():
                self._update(number, one)
        return [one.folder for one in gone]

    # scans

    def find(self, key: str) -> Entry | None:
        """The scan of a key."""
        found = self._entries("WHERE key = ?", (key,))
        return found[0] if found else None

    def waiting(self) -> list[Entry]:
        """Scans that are still to be scored, in their order."""
        return self._entries("WHERE state = ? ORDER BY number", (WAITING,))

    def scored(self) -> list[Entry]:
        """Scans with scores, in their order."""
        return self._entries("WHERE state = ? ORDER BY number", (SCORED,))

    def refused(self) -> list[Entry]:
        """Scans and inputs without scores, in their order."""
        return self._entries("WHERE state = ? ORDER BY number", (REFUSED,))

    def counts(self) -> dict[str, int]:
        """How many scans wait, are scored and are refused."""
        with self._lock:
            found = dict(self._base.execute("SELECT state, count(*) FROM scans GROUP BY state"))
        return {state: found.get(state, 0) for state in (WAITING, SCORED, REFUSED)}

    def done(self, number: int, row: Mapping[str, str]) -> None:
        """A scan has its scores; its folder is written."""
        self._end(number, SCORED, "", "", json.dumps(dict(row)))

    def refuse(self, number: int, code: str, reason: str) -> None:
        """A scan gives no scores."""
        self._end(number, REFUSED, code, reason, "")

    def retry(self) -> int:
        """Refused scans wait again; inputs with nothing to score are looked through again. Returns how many."""
        with self._lock, self._base:
            count = self._base.execute("SELECT count(*) FROM scans WHERE state = ?", (REFUSED,)).fetchone()[0]
            self._base.execute(
                "UPDATE scans SET state = ?, code = '', reason = '' WHERE state = ? AND series_uid != ''",
                (WAITING, REFUSED),
            )
            left = self._entries("WHERE state = ?", (REFUSED,))
            for one in left:
                self._base.executemany("DELETE FROM inputs WHERE path = ?", [(path,) for path in one.paths])
            self._base.execute("DELETE FROM scans WHERE state = ?", (REFUSED,))
        return int(count)

    def _end(self, number: int, state: str, code: str, reason: str, row: str) -> None:
        with self._lock, self._base:
            self._base.execute(
                "UPDATE scans SET state = ?, code = ?, reason = ?, row = ? WHERE number = ?",
                (state, code, reason, row, number),
            )

    def _insert(self, path: str, found: Found) -> None:
        cells = {"key": found.key, "folder": self._free_name(path), **_cells(found)}
        names, places = ", ".join(cells), ", ".join("?" * len(cells))
        self._base.execute(f"INSERT INTO scans ({names}) VALUES ({places})", tuple(cells.values()))

    def _update(self, number: int, found: Found) -> None:
        cells = {**_cells(found), "row": ""}
        places = ", ".join(f"{name} = ?" for name in cells)
        self._base.execute(f"UPDATE scans SET {places} WHERE number = ?", (*cells.values(), number))

    def _free_name(self, path: str) -> str:
        """A name for a scan's folder, after its input; numbered where it is taken."""
        plain = folder_name(path)
        with closing(self._base.execute("SELECT count(*) FROM scans WHERE folder = ?", (plain,))) as rows:
            if not rows.fetchone()[0]:
                return plain
        number = 2
        while self._entries("WHERE folder = ?", (f"{plain}-{number}",)):
            number += 1
        return f"{plain}-{number}"

    def _entries(self, where: str, values: Sequence[object]) -> list[Entry]:
        columns = "number, key, folder, paths, series_uid, part, images, state, code, reason, row"
        with self._lock:
            rows = self._base.execute(f"SELECT {columns} FROM scans {where}", tuple(values)).fetchall()
        return [
            Entry(
                n,
                key,
                folder,
                tuple(json.loads(paths)),
                uid,
                part,
                images,
                state,
                code,
                why,
                json.loads(row or "{}"),
            )
            for n, key, folder, paths, uid, part, images, state, code, why, row in rows
        ]


def folder_name(path: str) -> str:
    """A plain name made of the last part of a path, safe on every system: letters, digits, dash, dot, underline."""
    name = re.sub(r"[^\w.-]+", "_", Path(path).name.encode("utf-8", "replace").decode("utf-8")).strip("._")
    for ending in (".zip", ".nii.gz", ".nii", ".nrrd", ".nhdr", ".mha", ".mhd", ".dcm"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    name = name[:60].strip("._")
    return f"case_{name}" if not name or name.lower() in RESERVED else name


def _cells(found: Found) -> dict[str, str | int]:
    """What was found, by the columns of the table of scans."""
    return {
        "paths": json.dumps(found.paths),
        "series_uid": found.series_uid,
        "part": found.part,
        "images": found.images,
        "state": REFUSED if found.code else WAITING,
        "code": found.code,
        "reason": found.reason,
    }
