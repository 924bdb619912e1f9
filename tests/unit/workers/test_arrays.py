"""Arrays in files, and the folder of a session."""

from __future__ import annotations

import fcntl
import gc
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from cacviewer import files, paths
from cacviewer.storage.codec import CodecError
from cacviewer.workers import arrays
from cacviewer.workers.arrays import ArrayFolder, Scratch, mapped_file, sweep

ROOT = Path(__file__).parents[3]


def files_of(folder):
    return sorted(p.name for p in folder.glob("*.npy"))


def test_an_array_is_written_and_mapped_read_only(tmp_path):
    folder = ArrayFolder(tmp_path)
    array = np.arange(24, dtype=np.int16).reshape(2, 3, 4)
    back = folder.get(folder.put(array))
    assert type(back) is np.ndarray
    assert np.array_equal(back, array)
    assert not back.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        back[0, 0, 0] = 1


@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (1,)])
def test_odd_shapes(tmp_path, shape):
    folder = ArrayFolder(tmp_path)
    assert folder.get(folder.put(np.zeros(shape))).shape == shape


def test_a_map_is_named_and_not_copied(tmp_path):
    folder = ArrayFolder(tmp_path)
    reference = folder.put(np.arange(1000))
    mapped = folder.get(reference)
    assert folder.put(mapped) == reference
    assert folder.put(np.load(reference["npy"], mmap_mode="r")) == reference
    assert folder.put(np.asarray(np.load(reference["npy"], mmap_mode="r+"))[:]) == reference
    assert len(files_of(tmp_path)) == 1


@pytest.mark.parametrize(
    "part",
    [lambda a: a[1:], lambda a: a[:-1], lambda a: a[::-1], lambda a: a[::2], lambda a: a.view(np.uint64),
     lambda a: a.reshape(10, 100), lambda a: a.copy()],
)  # fmt: skip
def test_a_part_of_a_map_is_an_array_of_its_own(tmp_path, part):
    folder = ArrayFolder(tmp_path)
    mapped = folder.get(folder.put(np.arange(1000)))
    assert mapped_file(part(mapped)) is None
    assert np.array_equal(folder.get(folder.put(part(mapped))), part(mapped))
    assert len(files_of(tmp_path)) == 2


def test_other_maps_are_copied(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(10))
    private = np.load(tmp_path / "a.npy", mmap_mode="c")
    private[0] = 99
    assert mapped_file(private) is None
    raw = np.memmap(tmp_path / "raw", np.int16, "w+", shape=(5,))
    assert mapped_file(raw) is None
    gone = np.load(tmp_path / "a.npy", mmap_mode="r")
    (tmp_path / "a.npy").unlink()
    assert mapped_file(gone) is None
    assert mapped_file(np.arange(3)) is None
    assert mapped_file(np.frombuffer(b"ab", np.uint8)) is None
    assert mapped_file(np.memmap(tmp_path / "b.npy", np.int16, "w+", shape=(5,))[1:3]) is None


def test_a_file_that_is_gone_or_another_is_refused(tmp_path):
    folder = ArrayFolder(tmp_path)
    reference = folder.put(np.arange(10))
    with pytest.raises(CodecError, match="not what was announced"):
        folder.get({**reference, "shape": [9]})
    with pytest.raises(CodecError, match="not what was announced"):
        folder.get({**reference, "dtype": "<f4"})
    Path(reference["npy"]).write_bytes(b"nonsense")
    with pytest.raises(CodecError, match="cannot be read"):
        folder.get(reference)
    Path(reference["npy"]).unlink()
    with pytest.raises(CodecError, match="cannot be read"):
        folder.get(reference)


def test_a_file_goes_away_with_its_last_map(tmp_path):
    owner, child = ArrayFolder(tmp_path, owns=True), ArrayFolder(tmp_path)
    reference = child.put(np.arange(1000))
    first, second = owner.get(reference), owner.get(reference)
    view = first[10:20]
    del first
    gc.collect()
    assert files_of(tmp_path)
    del second
    gc.collect()
    assert files_of(tmp_path)  # a view is a user too
    assert view[0] == 10
    del view
    gc.collect()
    assert not files_of(tmp_path)


def test_files_elsewhere_are_not_ours_to_remove(tmp_path):
    (tmp_path / "mine").mkdir()
    np.save(tmp_path / "a.npy", np.arange(10))
    owner = ArrayFolder(tmp_path / "mine", owns=True)
    array = owner.get({"npy": str(tmp_path / "a.npy"), "shape": [10], "dtype": "<i8"})
    assert array[3] == 3
    del array
    gc.collect()
    assert files_of(tmp_path) == ["a.npy"]


def test_unread_files_are_dropped_and_mapped_ones_stay(tmp_path):
    owner, child = ArrayFolder(tmp_path, owns=True), ArrayFolder(tmp_path)
    kept = owner.get(child.put(np.arange(10)))
    child.put(np.arange(20))
    assert len(owner.written_by(os.getpid())) == 2
    owner.drop_unmapped(owner.written_by(os.getpid()))
    assert len(files_of(tmp_path)) == 1
    assert kept[9] == 9
    assert len(child.take_written()) == 2
    assert child.take_written() == []


def test_scratch_is_private_and_goes_away(tmp_path):
    scratch = Scratch(tmp_path)
    assert stat.S_IMODE(scratch.path.stat().st_mode) == 0o700
    (scratch.path / "x.npy").write_bytes(b"x")
    scratch.close()
    scratch.close()
    assert list(tmp_path.iterdir()) == []


def old(folder: Path) -> Path:
    then = time.time() - 2 * arrays.YOUNG_S
    for path in (folder / arrays.OWNER_FILE, folder):
        if path.exists():
            os.utime(path, (then, then))
    return folder


def test_stale_folders_are_swept_and_others_left_alone(tmp_path):
    living = Scratch(tmp_path)
    old(living.path)
    dead = tmp_path / "cacviewer-1-dead"
    dead.mkdir()
    (dead / arrays.OWNER_FILE).touch()
    part = tmp_path / f"{files.PART_PREFIX}1234{files.PART_SUFFIX}"
    part.touch()
    arrays.parts_record(dead, 77).write_text(f"{part}\n")
    bare, young, foreign = (tmp_path / n for n in ("cacviewer-2-bare", "cacviewer-3-young", "somebody-else"))
    for folder in (bare, young, foreign):
        folder.mkdir()
    (young / arrays.OWNER_FILE).touch()
    old(dead), old(bare), old(foreign)
    assert sorted(sweep(tmp_path)) == [dead, bare]
    assert sorted(tmp_path.iterdir()) == sorted([living.path, young, foreign])
    living.close()


def test_a_folder_of_a_killed_process_is_swept_at_the_next_start(tmp_path):
    code = "import sys, os, signal; from pathlib import Path; from cacviewer.workers.arrays import Scratch\n"
    code += "s = Scratch(Path(sys.argv[1])); print(s.path); sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    left = Path(done.stdout.strip())
    assert left.is_dir()
    old(left)
    Scratch(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_the_disk_does_not_offer_counts_as_held(tmp_path, monkeypatch):
    dead = tmp_path / "cacviewer-1-dead"
    dead.mkdir()
    (dead / arrays.OWNER_FILE).touch()
    old(dead)

    def no_locks(*args):
        raise OSError("no locks")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert sweep(tmp_path) == []
    (dead / arrays.OWNER_FILE).unlink()
    (dead / arrays.OWNER_FILE).mkdir()
    assert sweep(tmp_path) == []


def test_the_usual_place_and_its_substitute(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path)
    scratch = Scratch()
    assert scratch.path.parent == tmp_path / "scratch"
    scratch.close()

    def no_home():
        raise PermissionError

    monkeypatch.setattr(paths, "cache_folder", no_home)
    monkeypatch.setattr(arrays.tempfile, "tempdir", str(tmp_path))
    scratch = Scratch()
    assert scratch.path.parent == tmp_path
    scratch.close()
