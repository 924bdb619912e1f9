"""The window never works long without a turn of the event loop. Figures are benchmarks.blocking's; this test finds
what has become ten times too long, by the processor time of the window's own thread."""

from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication

from benchmarks.blocking import Watchdog
from cacviewer.core.lesions import Artery
from cacviewer.ui.warm import remember_scores

MOST_MS = 500.0


@pytest.fixture
def dog(qapp):
    dog = Watchdog()
    yield dog
    dog.deleteLater()
    QCoreApplication.processEvents()


def test_editing_and_looking_leave_the_loop_alone(full_desk, actions, qtbot, dog):
    full_desk.window.show()
    qtbot.waitExposed(full_desk.window)
    session = full_desk.store.session
    remember_scores(session.automatic, session.volume.hu, session.memo)  # a thread of the real window does it
    qtbot.wait(300)
    dog.take_longest_ms()
    for artery in (Artery.LM, Artery.RCA, Artery.LAD):
        actions.run("lesion.next")
        qtbot.wait(20)
        actions.run(f"lesion.give.{artery.value}")
        qtbot.wait(20)
    assert 0 < dog.take_longest_ms()[1] < MOST_MS
    for _, step in zip(range(20), cycle((1, 1, -1)), strict=False):
        full_desk.window.views.view("axial").step(step)
        qtbot.wait(5)
    assert dog.take_longest_ms()[1] < MOST_MS


def test_the_watchdog_sees_a_blocking(qtbot, dog):
    def work():
        sum(i for i in range(3_000_000))

    qtbot.wait(50)
    dog.take_longest_ms()
    work()
    clock, thread = dog.take_longest_ms()
    assert clock > 20
    assert thread > 20
