"""Where bytes come from: files of folders, walked to any depth, with names left as the system gives them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol

IGNORED_NAMES = frozenset(("thumbs.db", "__macosx", ".ds_store", "desktop.ini", ".git"))
"""Left by operating systems; neither read nor counted (reading rules 12.2.2)."""


class OpenSource(Protocol):
    """Bytes of a source at any place, until it is closed."""

    size: int

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`."""
        ...

    def read_into(self, offset: int, target: memoryview) -> int:
        """Fills `target` from `offset`; returns how many bytes were there."""
        ...

    def __enter__(self) -> OpenSource: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Source(Protocol):
    """Something with a name that can be opened."""

    @property
    def name(self) -> str:
        """Path for people; a member of an archive has the archive's path before it."""
        ...

    def open(self) -> OpenSource:
        """Opens it for reading."""
        ...


class OpenFile:
    """A file without buffers: the parser and the voxels do their own."""

    def __init__(self, path: str) -> None:
        """Opens the file; raises OSError."""
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe or device would keep us waiting
            raise IsADirectoryError(errno.EISDIR, "not a file", path)
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115, closed by __exit__
        self.size = os.fstat(self._file.fileno()).st_size

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`."""
        self._file.seek(offset)
        return self._file.read(max(0, min(count, self.size - offset)))

    def read_into(self, offset: int, target: memoryview) -> int:
        """Fills `target` from `offset`; returns how many bytes were there."""
        self._file.seek(offset)
        done = 0
        while done < len(target) and (count := self._file.readinto(target[done:])):
            done += count
        return done

    def __enter__(self) -> OpenFile:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the file."""
        self._file.close()


class OpenBytes:
    """Bytes in memory (members of archives, inflated data sets)."""

    def __init__(self, data: bytes | memoryview) -> None:
        """Keeps a view of the bytes."""
        self._data = memoryview(data)
        self.size = len(self._data)

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`."""
        return bytes(self._data[offset : offset + count])

    def read_into(self, offset: int, target: memoryview) -> int:
        """Fills `target` from `offset`; returns how many bytes were there."""
        part = self._data[offset : offset + len(target)]
        target[: len(part)] = part
        return len(part)

    def __enter__(self) -> OpenBytes:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file of the system."""

    name: str

    def open(self) -> OpenSource:
        """Opens it; raises OSError."""
        return OpenFile(self.name)


@dataclass(slots=True)
class Walk:
    """Files of a folder tree and what could not be entered."""

    folder: str = ""
    files: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)


def walk(folder: str) -> Walk:
    """Lists the files below a folder, in the order of their names.

    Symbolic links are followed, each folder is entered once, so that loops end.
    """
    found, entered = Walk(folder), set[tuple[int, int]]()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status = os.stat(here)
            if (status.st_dev, status.st_ino) in entered and status.st_ino:
                continue
            entered.add((status.st_dev, status.st_ino))
            below = list(_entries(here, found))
        except FileNotFoundError:
            found.gone.append(here)
            continue
        except OSError:
            found.denied.append(here)
            continue
        waiting.extend(reversed(below))
    return found


def _entries(folder: str, found: Walk) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.lower() in IGNORED_NAMES:
                continue
            try:
                if entry.is_dir():
                    yield entry.path
                elif entry.is_file() and not (entry.is_symlink() and _seen(entry.path, found)):
                    found.files.append(entry.path)
            except OSError:
                found.denied.append(entry.path)


def _seen(link: str, found: Walk) -> bool:
    """Whether a link leads to a file of the tree that is walked, or to one that another link led to."""
    target = os.path.realpath(link)
    if target in found.targets or target.startswith(os.path.join(os.path.realpath(found.folder), "")):
        return True
    found.targets.add(target)
    return False


def shown(path: str | Path) -> str:
    """A path that can be printed and written as JSON, whatever bytes it has."""
    return os.fspath(path).encode("utf_8", "surrogateescape").decode("utf_8", "replace")
