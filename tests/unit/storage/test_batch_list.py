"""The journal of a batch: what survives a kill, who may write, what is done again."""

import subprocess
import sys

import pytest

from cacviewer.core.errors import UsageError
from cacviewer.storage.batch_list import BatchList, Found, folder_name

ONE = Found("study:1|p", ("/in/a",), "1.1", images=40)
TWO = Found("study:2|q", ("/in/b",), "2.1", images=40)
BAD = Found("input:/in/c", ("/in/c",), code="no_dicom", reason="Nothing.")


def filled(file=None):
    journal = BatchList(file)
    for path, found in (("/in/a", ONE), ("/in/b", TWO), ("/in/c", BAD)):
        journal.enter(path, "stamp", [found], {})
    return journal


def test_every_scan_stands_once_in_one_of_three_states():
    journal = filled()
    one, two = journal.waiting()
    assert [e.code for e in journal.refused()] == ["no_dicom"]
    journal.done(one.number, {"agatston": "12.5"})
    journal.refuse(two.number, "contrast", "Contrast was seen.")
    assert journal.counts() == {"waiting": 0, "scored": 1, "refused": 2}
    assert [dict(e.row) for e in journal.scored()] == [{"agatston": "12.5"}]


def test_a_killed_batch_goes_on_where_it_was(tmp_path):
    file = tmp_path / "out" / "batch.sqlite"
    program = """
import os, signal, sys
from pathlib import Path
from tests.unit.storage.test_batch_list import filled
journal = filled(Path(sys.argv[1]))
journal.done(journal.waiting()[0].number, {"agatston": "7.0"})
journal._base.execute("UPDATE scans SET state = 'scored'")  # in the middle of a transaction
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert done.returncode == -9
    journal = BatchList(file)
    assert [e.key for e in journal.waiting()] == [TWO.key]
    assert [e.row["agatston"] for e in journal.scored()] == ["7.0"]
    assert journal.stamp("/in/c") == "stamp"
    journal.close()


def test_two_batches_do_not_write_into_one_folder(tmp_path):
    journal = filled(tmp_path / "batch.sqlite")
    with pytest.raises(UsageError, match="Another batch"):
        BatchList(tmp_path / "batch.sqlite")
    journal.close()
    BatchList(tmp_path / "batch.sqlite").close()


def test_a_journal_holds_rows_of_one_kind(tmp_path):
    journal = BatchList(None)
    journal.claim({"rules": "literature"})
    journal.claim({"rules": "literature"})
    with pytest.raises(UsageError, match="begun with rules literature, not slicer-seed"):
        journal.claim({"rules": "slicer-seed"})
    (tmp_path / "other").write_bytes(b"not SQLite, whatever it is" * 40)
    with pytest.raises(UsageError, match="no journal"):
        BatchList(tmp_path / "other")


def test_a_changed_input_is_scored_again():
    journal = filled()
    one = journal.waiting()[0]
    journal.done(one.number, {"agatston": "1.0"})
    journal.enter("/in/a", "another stamp", [], {one.number: ONE})
    assert [e.number for e in journal.waiting()][0] == one.number
    assert journal.scored() == []


def test_retry_takes_refusals_again():
    journal = filled()
    journal.refuse(journal.waiting()[0].number, "worker_died", "It died.")
    assert journal.retry() == 2
    assert [e.key for e in journal.waiting()] == [ONE.key, TWO.key]
    assert journal.stamp("/in/c") is None, "looked through again"


def test_folders_are_called_after_their_inputs():
    assert folder_name("/in/Müller^Hans 1.nii.gz") == "Müller_Hans_1"
    assert folder_name("/in/../index.html") == "case_index.html"
    assert folder_name("/in/...") == "case_"
    journal = BatchList(None)
    for n in range(3):
        journal.enter(f"/{n}/scan", "s", [Found(f"k{n}", (f"/{n}/scan",), "1")], {})
    assert [e.folder for e in journal.waiting()] == ["scan", "scan-2", "scan-3"]
