"""Arrays that both sides of the pipe see: files in a scratch folder, mapped read-only.

A file survives a killed child, needs no tracker, and writing or mapping 200 MB costs less than 0.1 s.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import time
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from cacviewer import files, paths
from cacviewer.storage.codec import CodecError, Plain

OWNER_FILE = "owner"
PREFIX = "cacviewer-"
_PARTS = "parts-{}.txt"
YOUNG_S = 60.0
"""A folder without an owner is left alone this long: it may have been made just now."""


class ArrayFolder:
    """A folder of .npy files that arrays are put into and mapped from (`storage.codec.Arrays`).

    With `owns`, a file goes away with the last map of it in this process; the session has one such folder, its
    children have others on the same path.
    """

    def __init__(self, path: Path, *, owns: bool = False) -> None:
        self.path = path
        self._owns = owns
        self._numbers = itertools.count()
        self._maps: Counter[Path] = Counter()
        self._written: list[Path] = []

    def put(self, array: NDArray[Any]) -> dict[str, Plain]:
        """Writes the array, unless it is the map of a file already, and returns the reference.

        Raises:
            CannotWrite: The disk of the scratch folder is full or refuses.
        """
        file = mapped_file(array)
        if file is None:
            file = self.path / f"{os.getpid()}-{next(self._numbers)}.npy"
            try:
                np.save(file, array, allow_pickle=False)
            except OSError as error:
                _unlink(file)
                raise files.refusal(error, self.path) from error
            self._written.append(file)
        return {"npy": str(file), "shape": list(array.shape), "dtype": array.dtype.str}

    def get(self, reference: Mapping[str, Plain]) -> NDArray[Any]:
        """Maps the file of a reference read-only.

        Raises:
            CodecError: The file is gone or holds another array.
        """
        file = Path(str(reference.get("npy")))
        try:
            mapped = np.load(file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise CodecError(f"the array {file} cannot be read ({error})") from None
        if list(mapped.shape) != reference.get("shape") or mapped.dtype.str != reference.get("dtype"):
            raise CodecError(f"the array {file} is {mapped.dtype} {mapped.shape}, not what was announced")
        if self._owns and file.parent == self.path:
            self._maps[file] += 1
            # the map itself and not the array: every view of the array holds it
            weakref.finalize(mapped._mmap, self._dropped, file).atexit = False
        array: NDArray[Any] = mapped.view(np.ndarray)  # a memmap is slower to slice
        return array

    def take_written(self) -> list[Path]:
        """The files that `put` has written since the last call."""
        written, self._written = self._written, []
        return written

    def drop_unmapped(self, written: Iterable[Path]) -> None:
        """Removes those files that nobody in this process has mapped."""
        for file in written:
            if file not in self._maps:
                _unlink(file)

    def written_by(self, pid: int) -> list[Path]:
        """The files of a process."""
        return list(self.path.glob(f"{pid}-*.npy"))

    def _dropped(self, file: Path) -> None:
        self._maps[file] -= 1
        if not self._maps[file]:
            del self._maps[file]
            _unlink(file)


def _unlink(file: Path) -> None:
    with suppress(OSError):  # Windows keeps a file that a child has mapped; it goes with the folder
        file.unlink(missing_ok=True)


def mapped_file(array: NDArray[Any]) -> Path | None:
    """The .npy file that an array is the map of, whole and unchanged; None for any other array."""
    base: Any = array
    while base is not None and not isinstance(base, np.memmap):
        base = getattr(base, "base", None)
    while isinstance(base, np.memmap) and isinstance(base.base, np.memmap):
        base = base.base
    if base is None or base.filename is None or base.mode == "c":  # "c": changes are private to this process
        return None
    file = Path(os.fspath(base.filename))
    # numpy copies the attributes of a map to its views, so the place in memory tells whether it is all of it
    same = array.__array_interface__["data"][0] == base.__array_interface__["data"][0] and (
        array.shape,
        array.strides,
        array.dtype,
    ) == (base.shape, base.strides, base.dtype)
    return file if same and file.suffix == ".npy" and file.exists() else None


def parts_record(scratch: Path, pid: int) -> Path:
    """File in which a child notes what it is writing elsewhere, so that its parent can clear up after a kill."""
    return scratch / _PARTS.format(pid)


class Scratch:
    """A private folder of this session: made at once, removed by `close` or at the end of the process."""

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or _usual_parent()
        sweep(parent)
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))  # mode 0700
        owner = open(self.path / OWNER_FILE, "wb")  # noqa: SIM115  # held as long as the session lives
        _lock(owner)
        self._remove = weakref.finalize(self, _remove, self.path, owner)

    def close(self) -> None:
        """Removes the folder and all in it; maps of its files stay good where the system allows it."""
        self._remove()


def sweep(parent: Path) -> list[Path]:
    """Removes the folders of sessions that are gone, and what they left half-written elsewhere."""
    stale = [folder for folder in parent.glob(f"{PREFIX}*") if folder.is_dir() and _is_stale(folder)]
    for folder in stale:
        for record in folder.glob(_PARTS.format("*")):
            files.clear_parts(record)
        shutil.rmtree(folder, ignore_errors=True)
    return stale


def _usual_parent() -> Path:
    """The cache folder, or the system's temporary one where there is no home to write to."""
    try:
        parent = paths.cache_folder() / "scratch"
        parent.mkdir(exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.gettempdir())
    return parent if os.access(parent, os.W_OK) else Path(tempfile.gettempdir())


def _remove(path: Path, owner: IO[bytes]) -> None:
    owner.close()
    shutil.rmtree(path, ignore_errors=True)


def _is_stale(folder: Path) -> bool:
    """Whether nobody holds the folder. A lock tells it better than a process number, which is used again."""
    try:
        with open(folder / OWNER_FILE, "r+b") as owner:
            # the age first: a lock of ours on a young folder could keep its owner from taking it
            return time.time() - os.fstat(owner.fileno()).st_mtime > YOUNG_S and _lock(owner)
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > YOUNG_S
    except OSError:
        return False


def _lock(file: IO[bytes]) -> bool:
    """Takes the lock of a file for as long as it is open; False if somebody else has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
