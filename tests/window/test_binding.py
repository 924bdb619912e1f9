"""The Qt binding must not lose references of True and None (PySide6 6.12.0 on Python 3.11 did, and died of it)."""

import sys

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal


class Sender(QObject):
    fired = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True and None are immortal from 3.12 on")
def test_signals_and_loops_keep_references(qapp):
    sender = Sender()
    sender.fired.connect(lambda n: None)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for n in range(10_000):
        sender.fired.emit(n)
    for _ in range(1_000):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert after[0] >= before[0] - 50
    assert after[1] >= before[1] - 50
