"""What every test of the window has: no warning of Qt, nothing left behind, and a desk to work at."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from stand_ins import StandInChoices, StandInPool, anatomy_of, case_of, chest, inspection_of

from cacviewer.core.volume import Volume
from cacviewer.settings import Settings
from cacviewer.ui import theme
from cacviewer.ui.main_window import MainWindow
from cacviewer.ui.session_keeper import SessionKeeper
from cacviewer.ui.store import SessionStore
from cacviewer.ui.workflow import Workflow

HERE = Path(__file__).parent
# A line of Qt that fails no test needs its reason here.
IGNORED_LINES = [
    # no desktop under Xvfb: not a fault of ours
    "propagateSizeHints",
    # a test server has no window manager that could give the focus
    "This plugin does not support",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED_LINES))


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp):
    """Fails a test that leaves a window, a thread or a running timer."""
    before = {id(w) for w in QApplication.topLevelWidgets()}
    threads = set(threading.enumerate())
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.parent() is None]
    # pytest-qt closes what it was given and deletes it later; what is still open nobody closed
    left = [w for w in windows if w.isVisible()]
    assert not left, f"windows left open: {left}"
    running = [t for t in QCoreApplication.instance().findChildren(QThread) if t.isRunning()]
    assert not running, f"threads of Qt left running: {running}"
    ours = [t for t in set(threading.enumerate()) - threads if t.name != "warm"]
    for thread in ours:
        thread.join(2)
    assert not any(t.is_alive() for t in ours), f"threads left running: {ours}"
    timers = [t for t in QCoreApplication.instance().findChildren(QTimer) if t.isActive()]
    assert not timers, f"timers left running: {timers}"


@pytest.fixture(scope="session", autouse=True)
def _dark(qapp):
    theme.apply(qapp, "dark")


@pytest.fixture(scope="session")
def volume() -> Volume:
    return chest()


@pytest.fixture(scope="session")
def anatomy(volume):
    return anatomy_of(volume)


@pytest.fixture(scope="session")
def case(volume, anatomy):
    return case_of(volume, anatomy)


@pytest.fixture
def store(volume, anatomy, case) -> SessionStore:
    """A scored scan is on the screen."""
    store = SessionStore()
    store.show_volume(volume)
    store.show_anatomy(anatomy)
    store.show_case(case)
    return store


@dataclass
class Desk:
    """Everything of a window over a stand-in pool."""

    store: SessionStore
    pool: StandInPool
    workflow: Workflow
    settings: Settings
    choices: StandInChoices
    window: MainWindow

    def show(self, volume, anatomy=None, case=None, chosen=0) -> None:
        self.store.show_inspection(inspection_of(volume, chosen))
        self.store.show_volume(volume)
        if anatomy is not None:
            self.store.show_anatomy(anatomy)
        if case is not None:
            self.store.show_case(case)


@pytest.fixture
def desk(qtbot, tmp_path):
    """An empty desk; its window is not shown yet."""
    store, pool, settings, choices = SessionStore(), StandInPool(), Settings(), StandInChoices()
    workflow = Workflow(store, pool)
    keeper = SessionKeeper(store, tmp_path / "journals")
    window = MainWindow(store, workflow, settings, choices=choices, keeper=keeper, with_surface=False)
    qtbot.addWidget(window)
    yield Desk(store, pool, workflow, settings, choices, window)
    choices.drop = True
    window.close()


@pytest.fixture
def full_desk(desk, volume, anatomy, case):
    """A desk with a scored scan on it."""
    desk.show(volume, anatomy, case)
    return desk


@pytest.fixture
def actions(full_desk):
    return full_desk.window.actions_by_id


@pytest.fixture
def parentless(qapp) -> QObject:
    return QObject()


def descendants(widget: QWidget) -> list[QWidget]:
    return [w for w in widget.findChildren(QWidget) if w.isVisibleTo(widget)]
