"""Writing that is all or nothing: a temporary name beside the target, renamed into place at the end.

What stands at the target is the old file or the whole new one, also after a full disk or a killed process.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from cacviewer.core.errors import CannotWrite

PART_PREFIX, PART_SUFFIX = ".cacviewer-", ".part"
"""A name that is short whatever the target's is, hidden, and ours to anybody who finds it."""

BACKUP = f"{PART_PREFIX}old"
"""Folder inside a part where old entries wait until the new ones are in place."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room or choose another folder."),
    errno.EDQUOT: ("your quota on this disk is used up", "Make room or choose another folder."),
    errno.EACCES: ("there is no permission to write there", "Choose another folder."),
    errno.EPERM: ("there is no permission to write there", "Choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENOTEMPTY: ("there is a folder of that name", "Choose another name."),
    errno.EEXIST: ("a file of that name is in the way", "Choose another name."),
    errno.EFBIG: ("the file is too large for this disk", "Choose another disk."),
    errno.EIO: ("the disk reports an error", "Choose another disk."),
    errno.ENOENT: ("the folder does not exist", "Choose another folder."),
    errno.EINVAL: ("the name is not allowed there", "Choose another name."),
    errno.EBUSY: ("another program has it open", "Close it there and try again."),
    errno.ETXTBSY: ("another program has it open", "Close it there and try again."),
}
_OPEN_ELSEWHERE = {32, 33}
"""Windows' own codes for a file that another program holds (sharing and lock violation)."""
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}

_record: list[Path] = []
"""Where names of unfinished files are noted, if anywhere; see `record_parts`."""


@contextmanager
def writing(
    path: Path | str, mode: str = "wb", *, encoding: str | None = None, newline: str | None = None
) -> Iterator[IO[Any]]:
    """Opens a new file that takes the place of `path` when the block ends well.

    Folders that lack are made. Text modes are UTF-8 unless told otherwise.

    Raises:
        CannotWrite: The disk or the folder refuses; the target is as it was.
    """
    text = {} if "b" in mode else {"encoding": encoding or "utf-8", "newline": newline}
    with writing_path(path) as part, open(part, mode, **text) as stream:  # type: ignore[call-overload]
        yield stream
        stream.flush()
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            os.fsync(stream.fileno())


@contextmanager
def writing_path(path: Path | str) -> Iterator[Path]:
    """Gives a temporary path with the suffixes of the target, for libraries that want a name.

    Raises:
        CannotWrite: As `writing`.
    """
    target = Path(os.path.realpath(path))  # through a link: the file changes, the link stays
    with _refusals_of(Path(path), target):
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            yield target  # a device or a pipe is written to, never replaced
            return
        with _parents_of(target) as made, _part(target.parent, "".join(target.suffixes[-2:])) as part:
            yield part
            os.replace(part, target)
            made.clear()


@contextmanager
def writing_folder(path: Path | str, owned: Collection[str] = ()) -> Iterator[Path]:
    """Gives an empty folder whose entries appear in the folder `path` together when the block ends well.

    What is in `path` already stays, but for entries of the same names and those owned.

    Args:
        path: The folder; made if it is not there.
        owned: Names of files that go away if this block does not write them: results of one case must not
            stand beside those of another.

    Raises:
        CannotWrite: The disk or the folder refuses; the folder is as it was.
    """
    given, target = Path(path), Path(os.path.realpath(path))
    # the part lies inside the target: the same disk for certain, and its parent may be closed to us
    with _refusals_of(given, target), _parents_of(target / "entry") as made, _part(target) as part:
        part.mkdir()
        with _named_for(part, given):
            yield part
        entries = sorted(part.iterdir())
        _refuse_folders([entry.name for entry in entries], given)
        _move_entries(entries, part, target, owned)
        made.clear()


def check_folder(path: Path | str, names: Iterable[str] = ()) -> None:
    """Looks whether `writing_folder` could write those names into the folder; leaves nothing there.

    Raises:
        CannotWrite: It could not.
    """
    given, target = Path(path), Path(os.path.realpath(path))
    with _refusals_of(given, target), _parents_of(target / "entry"), _part(target) as part:
        part.mkdir()
        _refuse_folders(names, given)


def clear_parts(record: Path) -> None:
    """Removes the unfinished files that a killed process noted in `record`, and the record."""
    try:
        names = record.read_text("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return
    for name in names:
        part = Path(name)
        if part.name.startswith(PART_PREFIX):
            _restore(part)
            _discard(part)
    record.unlink(missing_ok=True)


def record_parts(record: Path | None) -> None:
    """From now on, notes in `record` the name of every unfinished file, so that others can clear up after a kill."""
    _record[:] = [] if record is None else [record]


def refusal(error: OSError, path: Path | str) -> CannotWrite:
    """The named error for what the system said about writing to `path`."""
    held = getattr(error, "winerror", None) in _OPEN_ELSEWHERE
    code = errno.EBUSY if held else error.errno or 0
    reason, remedy = _REASONS.get(code, (error.strerror or "the system refuses", ""))
    return CannotWrite(f"{path} cannot be written: {reason}.", path=str(path), remedy=remedy)


@contextmanager
def _refusals_of(given: Path, target: Path) -> Iterator[None]:
    """Turns what the system says about the target into a sentence about the path as it was given.

    Errors about other files pass.
    """
    ours = {given, target, *target.parents}
    try:
        yield
    except OSError as error:
        names = [str(n) for n in (error.filename, error.filename2) if n is not None]
        about_us = any(PART_SUFFIX in n or Path(n) in ours for n in names)
        if about_us or (error.errno in _OF_THE_DISK and not names):
            raise refusal(error, given) from error
        raise


@contextmanager
def _named_for(part: Path, given: Path) -> Iterator[None]:
    """Refusals about files in the part speak of the folder that the user knows."""
    try:
        yield
    except CannotWrite as error:
        if not error.path.startswith(str(part)):
            raise
        message, path = (text.replace(str(part), str(given)) for text in (error.message, error.path))
        raise CannotWrite(message, code=error.code, path=path, remedy=error.remedy) from error


@contextmanager
def _parents_of(target: Path) -> Iterator[list[Path]]:
    """Makes the folders that lack above the target; those still in the list at the end are removed again."""
    made = [p for p in target.parents if not p.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield made
    finally:
        for folder in made:
            try:
                folder.rmdir()
            except OSError:  # somebody else has put something into it
                break


@contextmanager
def _part(folder: Path, suffix: str = "") -> Iterator[Path]:
    """A new name in the folder; what is there under this name at the end is removed."""
    part = folder / f"{PART_PREFIX}{secrets.token_hex(6)}{PART_SUFFIX}{suffix}"
    for record in _record:
        with open(record, "a", encoding="utf-8", errors="surrogateescape") as lines:
            lines.write(f"{part}\n")
    try:
        yield part
    finally:
        _discard(part)


def _refuse_folders(names: Iterable[str], given: Path) -> None:
    """Raises where a folder stands in the way of a new entry."""
    for name in names:
        place = given / name
        if place.is_dir() and not place.is_symlink():
            raise refusal(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)), place)


def _move_entries(entries: list[Path], part: Path, target: Path, owned: Collection[str]) -> None:
    """Takes old entries away and puts the new ones there; if the system refuses, everything goes back."""
    names = sorted({entry.name for entry in entries} | set(owned))
    old = [place for name in names if (place := target / name).is_symlink() or place.is_file()]
    backup = part / BACKUP
    backup.mkdir()
    moves = [(place, backup / place.name) for place in old]
    moves += [(entry, target / entry.name) for entry in entries]
    done: list[tuple[Path, Path]] = []
    try:
        for source, place in moves:
            os.replace(source, place)
            done.append((source, place))
        os.replace(backup, part / f"{BACKUP}-not-needed")  # from here on nothing is to be restored
    except OSError:
        for source, place in reversed(done):
            with suppress(OSError):
                os.replace(place, source)
        raise


def _restore(part: Path) -> None:
    """Puts back what a killed process had taken out of the folder of the part."""
    with suppress(OSError):
        for old in (part / BACKUP).iterdir():
            os.replace(old, part.parent / old.name)


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
