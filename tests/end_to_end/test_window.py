"""The real window over real children: a phantom series opened, corrected and exported."""

import csv
from pathlib import Path

import pytest

from cacviewer import settings
from cacviewer.core.findings import Severity
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.ui.dialogs.choices import Dialogs
from cacviewer.ui.main_window import MainWindow
from cacviewer.workers.pool import WorkerPool

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


class Person(Dialogs):
    """Answers what the window asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def folder_for_export(self, parent, start):
        return str(self.folder)

    def leaving(self, parent):
        return "drop"


@pytest.fixture(scope="module")
def phantom(tmp_path_factory) -> Path:
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("phantom")
    words = ["phantom", "--out", str(folder), "--dicom", "--decoys", "none", "--noise", "12"]
    subprocess.run([sys.executable, "-m", "cacviewer", *words], check=True, capture_output=True)
    return folder / "dicom"


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    from cacviewer.app import made_window

    pool = WorkerPool()
    made = made_window(pool, settings.Settings(), Person(tmp_path / "out"))
    made.views._wants_surface = False  # the 3-D view has tests of its own
    made.appeared.connect(pool.start)
    qtbot.addWidget(made)
    problems = []
    made.workflow.failed.connect(problems.append)
    made.show()
    yield made
    made.close()
    pool.close()
    assert problems == []


def scored(qtbot, window: MainWindow, folder: Path) -> None:
    window.open_paths([str(folder)])
    qtbot.waitUntil(
        lambda: window.store.session.shown is not None and not window.workflow.busy, timeout=120_000
    )


def test_open_correct_export(window, qtbot, phantom, tmp_path):
    scored(qtbot, window, phantom)
    session = window.store.session
    automatic = session.shown
    assert automatic.scores is not None, [
        f.message for f in automatic.findings if f.severity is Severity.REFUSAL
    ]
    assert automatic.scores.total.agatston > 0
    assert f"{automatic.scores.total.agatston:.1f}" in _texts(window)

    run = window.actions_by_id.run
    run("lesion.next")
    lesion = automatic.lesions[0]
    assert window.store.session.crosshair_lps_mm == lesion.centroid_lps_mm
    run("lesion.reject")
    corrected = window.store.session.shown
    assert corrected.lesion(lesion.id).kind is LesionClass.REJECTED
    assert corrected.scores.total.agatston < automatic.scores.total.agatston
    run("lesion.next")
    run("lesion.give.LAD")
    run("edit.undo")
    run("lesion.give.RCA")
    corrected = window.store.session.shown
    assert corrected.scores.by_artery[Artery.RCA].agatston > 0
    assert f"{corrected.scores.total.agatston:.1f}" in _texts(window)

    run("file.export")
    qtbot.waitUntil(lambda: not window.workflow.busy, timeout=60_000)
    out = tmp_path / "out"
    assert sorted(p.name for p in out.iterdir()) == ["lesions.csv", "report.pdf", "scores.csv"]
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    with open(out / "scores.csv", newline="") as stream:
        row = next(csv.DictReader(stream))
    agatston = next(value for key, value in row.items() if key in ("agatston", "total_agatston"))
    assert float(agatston) == pytest.approx(corrected.scores.total.agatston, abs=0.05)
    assert not window.workflow.has_unwritten_edits


def test_what_cannot_be_opened_leaves_what_is_there(window, qtbot, phantom, tmp_path):
    scored(qtbot, window, phantom)
    before = window.store.session
    (tmp_path / "empty").mkdir()
    failed = []
    window.workflow.failed.disconnect()
    window.workflow.failed.connect(failed.append)
    window.open_paths([str(tmp_path / "empty")])
    qtbot.waitUntil(lambda: bool(failed), timeout=30_000)
    assert window.store.session is before
    assert failed[0].message
    assert "Traceback" not in str(failed[0])


def _texts(window: MainWindow) -> str:
    from PySide6.QtWidgets import QTableWidget

    table = window.docks["results"].widget().findChild(QTableWidget)
    cells = (table.item(r, c) for r in range(table.rowCount()) for c in range(table.columnCount()))
    return " ".join(cell.text() for cell in cells if cell is not None)
