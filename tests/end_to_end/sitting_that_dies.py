"""A sitting at the real window that ends with SIGKILL; run as a program by test_recovery.

Words: folder of the scan, session file. Prints what the reader had on the screen at the moment of the kill.
"""

import json
import os
import signal
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cacviewer import settings
from cacviewer.app import made_window
from cacviewer.ui.dialogs.choices import Dialogs
from cacviewer.workers.pool import WorkerPool


class Person(Dialogs):
    """Saves where the test wants it."""

    def file_for_session(self, parent, start):
        return sys.argv[2]


def wait_for(condition, seconds=150):
    """Lets the window work until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() > end:
            sys.exit("waited in vain")


def state(session):
    """What must not be lost."""
    return {
        "agatston": session.shown.scores.total.agatston,
        "arteries": {s.id: s.artery.value if s.is_scored else s.kind.value for s in session.shown.lesions},
        "edits": len(session.edits),
        "cursor": session.cursor,
        "audit": [[e.deed.value, e.by, e.at, e.before, e.after] for e in session.audit],
    }


def main():
    """The sitting."""
    app = QApplication(sys.argv[:1])
    pool = WorkerPool()
    window = made_window(pool, settings.Settings(values={"reviewer": "Dr Roe"}), Person())
    window.views._wants_surface = False
    window.appeared.connect(pool.start)
    window.show()
    window.activateWindow()
    wait_for(lambda: app.activeWindow() is window)
    window.open_paths([sys.argv[1]])
    wait_for(lambda: window.store.session.shown is not None and not window.workflow.busy)
    window.views.view("axial").setFocus()

    def press(key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(app.focusWidget(), key, modifier)
        app.processEvents()

    key, ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
    for decision in (key.Key_Delete, key.Key_M, key.Key_X):
        press(key.Key_N)
        press(decision)
    press(key.Key_Z, ctrl)
    press(key.Key_S, ctrl)
    press(key.Key_N)
    press(key.Key_R)  # after the save: only the journal has it
    print(json.dumps(state(window.store.session)), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
