"""Writing that is all or nothing."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from cacviewer import files
from cacviewer.core.errors import CannotWrite
from cacviewer.files import check_folder, clear_parts, record_parts, writing, writing_folder, writing_path


def full_disk(*args, **kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_whole_file_appears_at_the_end(tmp_path):
    target = tmp_path / "new" / "deep" / "case.json"
    with writing(target, "w") as stream:
        stream.write("ق")
        assert not target.exists()
    assert target.read_bytes() == "ق".encode()
    assert list(target.parent.iterdir()) == [target]


def test_the_old_file_stays_when_the_block_fails(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), writing(target, "w") as stream:
        stream.write("new" * (1 // 0))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_folders_made_for_a_file_that_failed_go_away(tmp_path):
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "a" / "b" / "c.txt") as stream:
        stream.write(b"x" * (1 / 0))
    assert list(tmp_path.iterdir()) == []


def test_the_mode_of_the_file_is_the_usual_one(tmp_path):
    (tmp_path / "usual").touch()
    with writing(tmp_path / "ours"):
        pass
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "usual").stat().st_mode
    )


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with writing(tmp_path / "link", "w") as stream:
        stream.write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_full_device_is_a_sentence_and_not_replaced():
    with (
        pytest.raises(CannotWrite, match=r"^/dev/full cannot be written: the disk is full\."),
        writing("/dev/full") as s,
    ):
        s.write(b"x" * 100_000)
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_a_device_is_written_to():
    with writing(os.devnull) as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_path_for_libraries_has_the_suffixes(tmp_path):
    with writing_path(tmp_path / "heart.nii.gz") as part:
        assert part.name.endswith(".nii.gz")
        assert part.parent == tmp_path
        part.write_bytes(b"x")
    assert (tmp_path / "heart.nii.gz").read_bytes() == b"x"


def test_names_of_any_legal_length(tmp_path):
    with writing(tmp_path / ("x" * 251 + ".txt")):
        pass
    with pytest.raises(CannotWrite, match="the name is too long"), writing(tmp_path / ("x" * 256)):
        pass
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "reports"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(tmp_path, monkeypatch, number, words):
    def refuses(*args):
        raise OSError(number, os.strerror(number), str(args[0]))

    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(CannotWrite, match=words) as caught, writing(tmp_path / "out" / "a.txt"):
        pass
    assert caught.value.path == str(tmp_path / "out" / "a.txt")
    assert caught.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_in_the_middle_of_a_write(tmp_path):
    with pytest.raises(CannotWrite, match="the disk is full"), writing(tmp_path / "a"):
        full_disk()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_the_name_is_in_the_way(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(CannotWrite, match="there is a folder of that name"), writing(tmp_path / "a"):
        pass


def test_a_file_is_in_the_way_of_a_folder(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(CannotWrite, match="cannot be written"), writing(tmp_path / "a" / "b"):
        pass
    with pytest.raises(CannotWrite, match="cannot be written"), writing_folder(tmp_path / "a"):
        pass


def test_errors_of_other_files_pass_unchanged(tmp_path):
    with pytest.raises(FileNotFoundError), writing(tmp_path / "a"):
        open("/no/such/input")  # noqa: SIM115
    with pytest.raises(OSError, match="gone") as caught, writing(tmp_path / "a"):
        raise OSError(errno.ESTALE, "gone")
    assert not isinstance(caught.value, CannotWrite)


def test_an_unknown_number_has_the_words_of_the_system():
    assert "Stale" in str(files.refusal(OSError(errno.ESTALE, "Stale file handle"), "/x"))
    assert "refuses" in str(files.refusal(OSError(), "/x"))


def test_files_of_a_folder_appear_together(tmp_path):
    target = tmp_path / "out"
    with writing_folder(target) as part:
        (part / "a.csv").write_text("a")
        (part / "masks").mkdir()
        (part / "masks" / "m").write_text("m")
        assert [p.name for p in target.iterdir()] == [part.name]
    assert sorted(p.name for p in target.iterdir()) == ["a.csv", "masks"]


def test_a_folder_keeps_what_was_there(tmp_path):
    (tmp_path / "notes").write_text("mine")
    (tmp_path / "a.csv").write_text("old")
    with writing_folder(tmp_path) as part:
        (part / "a.csv").write_text("new")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"notes": "mine", "a.csv": "new"}


def test_a_folder_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(CannotWrite, match="the disk is full"), writing_folder(tmp_path / "out") as part:
        (part / "a.csv").write_text("a")
        full_disk()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_fails_while_it_is_moved_leaves_nothing_new(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "inside").touch()
    with pytest.raises(CannotWrite), writing_folder(tmp_path) as part:
        (part / "a").write_text("a")
        (part / "b").write_text("a file where a folder is")
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_a_folder_in_the_way_is_seen_before_anything_moves(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()
    with (
        pytest.raises(CannotWrite, match=r"b cannot be written: there is a folder of that name") as caught,
        writing_folder(tmp_path) as part,
    ):
        (part / "a").write_text("new")
        (part / "b").write_text("new")
    assert caught.value.path == str(tmp_path / "b")
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def contents(folder):
    return {p.name: p.read_text() for p in folder.iterdir()}


def refuse_moves_to(monkeypatch, place):
    real = os.replace

    def replace(source, target):
        if target == place and source.parent.name.endswith(".part"):
            raise PermissionError(errno.EACCES, "no", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_old_entries_come_back_when_a_move_fails(tmp_path, monkeypatch):
    before = {"a": "old a", "c": "old c", "table": "old table", "notes": "mine"}
    for name, text in before.items():
        (tmp_path / name).write_text(text)
    refuse_moves_to(monkeypatch, tmp_path / "c")
    with pytest.raises(CannotWrite, match="no permission"), writing_folder(tmp_path, ("table",)) as part:
        for name in "abc":
            (part / name).write_text("new")
    assert contents(tmp_path) == before


def test_owned_files_of_another_run_go_away(tmp_path):
    for name in ("case.json", "scores.csv", "notes"):
        (tmp_path / name).write_text("old")
    (tmp_path / "report.pdf").mkdir()  # a folder is not ours
    with writing_folder(tmp_path, ("case.json", "scores.csv", "lesions.csv", "report.pdf")) as part:
        (part / "case.json").write_text("new")
    (tmp_path / "report.pdf").rmdir()
    assert contents(tmp_path) == {"case.json": "new", "notes": "old"}


def test_old_entries_come_back_after_a_kill(tmp_path):
    part = tmp_path / ".cacviewer-1.part"
    (part / files.BACKUP).mkdir(parents=True)
    (part / files.BACKUP / "a").write_text("old")
    (tmp_path / "a").write_text("new")
    (tmp_path / "record").write_text(f"{part}\n")
    clear_parts(tmp_path / "record")
    assert contents(tmp_path) == {"a": "old"}


def test_a_refusal_names_the_folder_and_not_its_part(tmp_path):
    with pytest.raises(CannotWrite) as caught, writing_folder(tmp_path / "out") as part:
        raise files.refusal(OSError(errno.ENOSPC, ""), part / "scores.csv")
    assert caught.value.path == str(tmp_path / "out" / "scores.csv")
    assert str(caught.value).startswith(
        f"{tmp_path / 'out' / 'scores.csv'} cannot be written: the disk is full."
    )
    with pytest.raises(CannotWrite) as caught, writing_folder(tmp_path / "out"):
        raise CannotWrite("No.", path="/elsewhere")
    assert caught.value.path == "/elsewhere"


def test_a_folder_can_be_checked_beforehand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    check_folder("new/deep")
    check_folder(".", ["case.json"])
    with pytest.raises(CannotWrite, match=r"^file cannot be written: a file of that name is in the way"):
        check_folder("file")
    with pytest.raises(CannotWrite, match=r"^file/x cannot be written: a part of the path is a file"):
        check_folder("file/x")
    (tmp_path / "case.json").mkdir()
    with pytest.raises(CannotWrite, match=r"^case.json cannot be written: there is a folder"):
        check_folder(".", ["case.json"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case.json", "file"]


@pytest.mark.parametrize("target", ["file", "file/x"])
def test_a_file_in_the_way_of_a_relative_path(tmp_path, monkeypatch, target):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match=f"^{target} cannot be written"), writing_folder(target):
        pass
    with pytest.raises(CannotWrite, match="^file/x cannot be written"), writing("file/x"):
        pass


def test_somebody_else_uses_the_folder_meanwhile(tmp_path):
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "a" / "b"):
        (tmp_path / "a" / "other").touch()
        _ = 1 / 0
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["other"]


def test_parts_of_a_killed_process_are_cleared(tmp_path):
    record, out = tmp_path / "record", tmp_path / "out"
    out.mkdir()
    record_parts(record)
    try:
        block = writing(out / "a.txt")
        block.__enter__().write(b"half")
        folder = writing_folder(out)
        (folder.__enter__() / "b").touch()
        left = list(out.iterdir())
        assert len(left) == 2
    finally:
        record_parts(None)
    with record.open("a") as lines:
        lines.write(f"{out / 'innocent'}\n")
    (out / "innocent").touch()
    clear_parts(record)
    assert [p.name for p in out.iterdir()] == ["innocent"]
    assert not record.exists()
    clear_parts(record)  # twice does no harm
    with pytest.raises(GeneratorExit):
        block.gen.throw(GeneratorExit)
    with pytest.raises(GeneratorExit):
        folder.gen.throw(GeneratorExit)


def test_relative_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with writing("a.txt", "w") as stream:
        stream.write("x")
    assert Path("a.txt").read_text() == "x"
