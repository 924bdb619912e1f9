"""A reader's work after SIGKILL: offered at the next start, replayed, exported; nothing is lost."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cacviewer import settings
from cacviewer.storage.session_file import read_session
from cacviewer.ui.dialogs.choices import Dialogs
from cacviewer.workers.pool import WorkerPool

from .sitting_that_dies import state

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


class Person(Dialogs):
    """Takes up what is offered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.offered = []

    def what_to_recover(self, parent, found):
        self.offered = found
        return found

    def folder_for_export(self, parent, start):
        return str(self.folder)

    def leaving(self, parent):
        return "drop"


def test_nothing_is_lost_by_a_kill(qtbot, tmp_path, monkeypatch):
    from cacviewer.app import made_window

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    words = ["phantom", "--out", str(tmp_path), "--dicom", "--decoys", "none", "--noise", "12"]
    subprocess.run([sys.executable, "-m", "cacviewer", *words], check=True, capture_output=True)
    file = tmp_path / "roe.cacv"
    script = Path(__file__).with_name("sitting_that_dies.py")
    words = [sys.executable, str(script), str(tmp_path / "dicom"), str(file)]
    died = subprocess.run(words, capture_output=True, text=True, timeout=240, check=False)
    assert died.returncode == -9, died.stderr[-2000:]
    before = json.loads(died.stdout.splitlines()[-1])
    assert (before["edits"], before["cursor"]) == (3, 3)  # three and one after the undo
    assert [row[0] for row in before["audit"]] == ["edit", "edit", "edit", "undo", "edit"]
    assert len(read_session(file).audit) == 4

    pool, person = WorkerPool(), Person(tmp_path / "out")
    window = made_window(pool, settings.Settings(), person)
    window.views._wants_surface = False
    window.appeared.connect(pool.start)
    window.appeared.connect(window.sitting.offer_recovery)
    qtbot.addWidget(window)
    problems = []
    window.workflow.failed.connect(problems.append)
    window.show()
    store = window.store
    qtbot.waitUntil(lambda: store.session.shown is not None and not window.workflow.busy, timeout=120_000)
    assert [left.unsaved for left in person.offered] == [1]
    assert state(store.session) == before
    window.actions_by_id.run("edit.undo")
    window.actions_by_id.run("edit.redo")
    assert state(store.session)["agatston"] == before["agatston"]
    window.actions_by_id.run("file.export")
    qtbot.waitUntil(lambda: not window.workflow.busy, timeout=90_000)
    with open(tmp_path / "out" / "scores.csv", newline="") as stream:
        row = next(csv.DictReader(stream))
    agatston = next(value for key, value in row.items() if key in ("agatston", "total_agatston"))
    assert float(agatston) == pytest.approx(before["agatston"], abs=0.05)
    window.close()
    pool.close()
    assert problems == []
    assert list((tmp_path / "state" / "cacviewer" / "sessions").iterdir()) == []  # left in order
