"""Composition root of the window: settings, log, pool, store, workflow, main window.

Loads nothing that is slow: networks and readers live in the children, VTK comes after the first picture.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from functools import partial
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from cacviewer import __version__, logs, paths, settings
from cacviewer.core.errors import UnreadableInput
from cacviewer.core.interpretation_tables import Tables
from cacviewer.core.session import Session, ViewState
from cacviewer.storage.tables import tables
from cacviewer.ui import theme
from cacviewer.ui.dialogs.choices import Choices
from cacviewer.ui.dialogs.problem import ProblemDialog
from cacviewer.ui.main_window import MainWindow
from cacviewer.ui.store import SessionStore
from cacviewer.ui.thumbnails import Thumbnails
from cacviewer.ui.translations import use_language
from cacviewer.ui.warm import ScorerWarmth
from cacviewer.ui.workflow import Workflow
from cacviewer.workers.pool import WorkerPool

log = logging.getLogger(__name__)
FONT, FONT_POINTS = "Noto Sans", 9.5


def main(argv: list[str]) -> int:
    """Opens the window, with the paths given, and returns the exit code when it is closed."""
    logs.set_up(to_stderr=False)
    log.info("cacviewer %s starts", __version__)
    app = QApplication([sys.argv[0], *(word for word in argv if word.startswith("-"))])
    app.setApplicationName("cacviewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cacviewer")
    values = settings.load()
    load_fonts(app)
    theme.apply(app, values.get(settings.THEME))
    use_language(app, values.get(settings.LANGUAGE))
    pool = WorkerPool()
    window = made_window(pool, values)
    hook = UnexpectedErrors(window)
    sys.excepthook = hook
    interrupts = _quit_on_signals(app)
    window.appeared.connect(pool.start)  # the children must not slow the first picture of the window
    window.show()
    window.appeared.connect(window.sitting.offer_recovery)
    if inputs := [word for word in argv if not word.startswith("-")]:
        window.open_paths(inputs)
    try:
        return app.exec()
    finally:
        pool.close()
        sys.excepthook = sys.__excepthook__
        interrupts.setEnabled(False)
        log.info("cacviewer ends")


def made_window(pool: WorkerPool, values: settings.Settings, choices: Choices | None = None) -> MainWindow:
    """A main window with its store and workflow over a pool."""
    view = ViewState(
        heart_opacity=values.get(settings.HEART_OPACITY),
        calcium_opacity=values.get(settings.CALCIUM_OPACITY),
        smooth=values.get(settings.SMOOTH),
    )
    store = SessionStore(tables=partial(_tables, values))
    store.replace_session(Session(view=view))
    workflow = Workflow(
        store,
        pool,
        method=values.get(settings.METHOD),
        rules=values.get(settings.RULES),
        options=values.report_options,
    )
    window = MainWindow(store, workflow, values, choices=choices)
    Thumbnails(store, pool, window).made.connect(window.series.show_picture)
    for part in (store, workflow, ScorerWarmth(store)):
        part.setParent(window)
    return window


def _tables(values: settings.Settings) -> Tables:
    """Tables of the interpretation, with the user's own percentiles if they can be used."""
    try:
        return tables(values.get(settings.PERCENTILES) or None)
    except UnreadableInput as error:  # a report with these settings says it to the user
        log.warning("%s", error)
        return tables()


def load_fonts(app: QApplication) -> None:
    """Our own fonts, so that the window looks the same everywhere and has Arabic letters."""
    try:
        files = sorted(paths.resource("fonts").glob("*.ttf"))
    except FileNotFoundError:
        return
    for file in files:
        QFontDatabase.addApplicationFont(str(file))
    if FONT in QFontDatabase.families():
        font = QFont(FONT)
        font.setPointSizeF(FONT_POINTS)
        app.setFont(font)


class UnexpectedErrors(QObject):
    """Takes exceptions that nobody caught: logs them, shows one at a time, and the window goes on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown: ProblemDialog | None = None

    def __call__(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        """Takes an exception, as `sys.excepthook` does."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.error("unexpected", exc_info=(kind, value, trace))
        if self._shown is not None:  # an error while painting comes again and again
            return
        self._shown = ProblemDialog.of_exception(kind, value, trace, self._window)
        self._shown.setWindowModality(Qt.WindowModality.NonModal)
        self._shown.destroyed.connect(self._forget)
        self._shown.show()

    def _forget(self) -> None:
        self._shown = None


def _quit_on_signals(app: QApplication) -> QSocketNotifier:
    """Ends the program in order on Ctrl+C and on a polite kill; Python sees signals only when Qt lets it run.

    Without the question after edits: who sends a signal does not sit before the window.
    """
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: reading.recv(64))
    signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.exit(0))
    notifier.setProperty("ends", [reading, writing])  # they live as long as the notifier
    return notifier
