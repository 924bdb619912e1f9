"""The main window: places panels, menus and bars, and asks the questions. It computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QMenu, QToolBar, QWidget

from cacviewer import settings as known
from cacviewer.core.errors import CacError
from cacviewer.core.session import Session
from cacviewer.settings import Settings
from cacviewer.storage.session_file import SUFFIX
from cacviewer.ui import docks, export
from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.actions import LESION_MENU, MENUS, RECENT, SEPARATOR, SURFACE_MENU, TOOL_BAR, Desk
from cacviewer.ui.dialogs.choices import Choices, Dialogs
from cacviewer.ui.dialogs.problem import ProblemDialog
from cacviewer.ui.dialogs.sheets import show_sheet
from cacviewer.ui.drop import DropTarget
from cacviewer.ui.icons import icon
from cacviewer.ui.lesion_rows import selected
from cacviewer.ui.linked_views import LinkedViews
from cacviewer.ui.panels.findings import FindingsPanel
from cacviewer.ui.panels.series import SeriesPanel, patient_text
from cacviewer.ui.places import restore_places, save_places
from cacviewer.ui.progress import ProgressArea
from cacviewer.ui.recent import RecentMenu
from cacviewer.ui.session_keeper import SessionKeeper
from cacviewer.ui.sitting import Sitting
from cacviewer.ui.store import SessionStore
from cacviewer.ui.tools import ToolBox
from cacviewer.ui.translations import said, worded, words_of
from cacviewer.ui.views.tools import attach_tools
from cacviewer.ui.workflow import Workflow

MESSAGE_MS = 15_000


class MainWindow(QMainWindow):
    """The furniture of one desk."""

    appeared = Signal()
    """The window is on the screen for the first time."""

    def __init__(
        self,
        store: SessionStore,
        workflow: Workflow,
        settings: Settings,
        *,
        choices: Choices | None = None,
        keeper: SessionKeeper | None = None,
        with_surface: bool = True,
    ) -> None:
        super().__init__()
        self.store, self.workflow, self._settings = store, workflow, settings
        self._choices = choices or Dialogs()
        self._has_appeared = False
        store.reviewer = store.reviewer or settings.get(known.REVIEWER) or known.login_name()
        self.tools = ToolBox(self)
        self.keeper = keeper or SessionKeeper(store, parent=self)
        self.sitting = Sitting(self, store, workflow, self.keeper, settings, self._choices)
        self.actions_by_id = ActionSet(Desk(store, workflow, self, self.tools, self.sitting), self)
        self.views = LinkedViews(store, with_surface=with_surface, parent=self)
        attach_tools(self.views.views(), store, self.tools, self.views.hand)
        self.progress = ProgressArea(self)
        self.message = QLabel(self)
        self._forget_message = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self.setWindowIcon(icon("cacviewer"))
        self.setCentralWidget(self.views)
        self._place_panels()
        self._place_bars()
        self.views.set_layout(settings.get(known.LAYOUT))
        restore_places(self, settings)
        self._connect()
        self._write_title(store.session)

    # --- placing -----------------------------------------------------------------------------------------

    def _place_panels(self) -> None:
        self.docks = docks.placed(self, self.store, self.actions_by_id, self._choices)
        self.series: SeriesPanel = self.docks["series"].widget()
        self.findings: FindingsPanel = self.docks["findings"].widget()

    def _place_bars(self) -> None:
        for title, ids in MENUS:
            self.menuBar().addMenu(self._menu(title, ids))
        self.addActions(self.actions_by_id.actions())  # keys act also where no menu names the command
        bar = QToolBar(self)
        worded(bar, windowTitle="Tools")
        bar.setObjectName("tools")
        for id in TOOL_BAR:
            bar.addSeparator() if id == SEPARATOR else bar.addAction(self.actions_by_id.action(id))
        self.addToolBar(bar)
        self.statusBar().addWidget(self.message, 1)
        self.statusBar().addPermanentWidget(self.progress)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        worded(self.message, accessibleName="Message")

    def _menu(self, title: str, ids: Sequence[str]) -> QMenu:
        menu = QMenu(self)
        worded(menu, title=title)
        for id in ids:
            if id == RECENT:
                menu.addMenu(RecentMenu(self._settings, self.open_paths, menu))
            elif id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self.actions_by_id.action(id))
        return menu

    def _connect(self) -> None:
        self.installEventFilter(self.actions_by_id)
        self.series.chosen.connect(self._show_series)
        self.views.context_requested.connect(self._open_context)
        self.views.banner_clicked.connect(self._show_findings)
        self.progress.cancelled.connect(self.workflow.cancel)
        DropTarget(self).dropped.connect(self.open_paths)
        w = self.workflow
        w.orders.started.connect(self.progress.begin)
        w.orders.progressed.connect(self.progress.tell)
        w.orders.ended.connect(self.progress.end)
        w.said.connect(self.say)
        for source in (w, self.keeper):
            source.failed.connect(self.show_problem)
        self.keeper.said.connect(self.say)
        self.store.refused.connect(self.say)
        w.opened.connect(self._remember)
        w.surfaces_ready.connect(self.views.show_surfaces)
        self.views.refused.connect(self.say)
        self.views.surface_menu_requested.connect(partial(self._pop_up, SURFACE_MENU))
        self._forget_message.timeout.connect(self.message.clear)
        self.store.changed.connect(self._on_changed)

    # --- what the commands ask for (commands.Furniture) ----------------------------------------------------

    def open_folder(self) -> None:
        """Asks for a folder and opens it."""
        if path := self._choices.folder_to_open(self, self._last_folder()):
            self.open_paths([path])

    def open_file(self) -> None:
        """Asks for a file and opens it."""
        if path := self._choices.file_to_open(self, self._last_folder()):
            self.open_paths([path])

    def open_paths(self, paths: Sequence[str]) -> None:
        """Opens files, folders or a session, unless work would be lost and the reader wants to keep it."""
        if len(paths) == 1 and paths[0].lower().endswith(SUFFIX):
            self.sitting.open(paths[0])
        elif paths and self.sitting.may_leave():
            self.workflow.open(list(paths))

    def close_study(self) -> None:
        """Takes the study off the desk."""
        if self.sitting.may_leave():
            self.workflow.close_study()

    def export(self, formats: tuple[str, ...]) -> None:
        """Asks where to and exports."""
        shown = self.store.session.shown
        if shown is None:
            return
        start = Path(self._settings.get(known.EXPORT_FOLDER) or Path.home())
        targets = export.ask_targets(self._choices, self, start, formats, shown.info)
        if targets:
            self._settings.put(known.EXPORT_FOLDER, str(export.folder_of(targets)))
            self.workflow.export(targets)

    def set_layout(self, name: str) -> None:
        """Arranges the views."""
        self.views.set_layout(name)
        self._settings.put(known.LAYOUT, name)

    def file_to_write(self, suffix: str) -> str:
        """Asks for the name of a file; "" for none."""
        return self._choices.file_for_export(self, self._settings.get(known.EXPORT_FOLDER), suffix)

    def next_pane(self) -> None:
        """Moves the keyboard to the next of views and panels."""
        panes: list[QWidget] = [self.views, *(dock.widget() for dock in self.docks.values())]
        focus = QApplication.focusWidget()
        here = next((i for i, p in enumerate(panes) if focus is not None and p.isAncestorOf(focus)), -1)
        for pane in panes[here + 1 :] + panes[: here + 1]:
            if isinstance(dock := pane.parentWidget(), QDockWidget):
                dock.raise_()  # a tab behind another one is a pane, too
            places = [w for w in pane.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
            if first := next((w for w in places if w.isVisible() and w.isEnabled()), None):
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def open_surface_window(self) -> None:
        """The 3-D scene for a second screen."""
        self.views.open_surface_window()

    def toggle_full_screen(self) -> None:
        """Fills the screen, or not."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_sheet(self, name: str) -> None:
        """Shows keys, about, or the comparison of rule sets."""
        show_sheet(name, self.store, self._settings, self)

    # --- what happens --------------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Writes a sentence into the status bar for a while."""
        sentence = said(sentence)
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
        self._forget_message.start()

    def show_problem(self, error: CacError) -> None:
        """Tells an error; the desk stays as it is."""
        self.say(words_of(error)[0])
        ProblemDialog.of_error(error, self).open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            QTimer.singleShot(0, self, self.appeared.emit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "docks"):
            docks.follow_direction(self, self.docks)
            self._write_title(self.store.session)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.sitting.may_leave():
            event.ignore()
            return
        self.workflow.orders.stop()
        save_places(self, self.store.session.view, self._settings)
        self.keeper.end()
        super().closeEvent(event)

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.volume is not new.volume:
            self._write_title(new)

    def _write_title(self, session: Session) -> None:
        volume = session.volume
        study = [patient_text(volume.info.patient), volume.info.study_date] if volume else []
        self.setWindowTitle(" – ".join([part for part in study if part] + ["cacviewer"]))

    def _show_series(self, index: int) -> None:
        if self.sitting.may_leave():
            self.workflow.show_series(index)

    def _open_context(self, lesion_id: str | None, at: QPoint) -> None:
        session = self.store.session
        if lesion_id is not None and lesion_id not in {s.id for s in selected(session)}:
            self.store.select((lesion_id,))
        self._pop_up(LESION_MENU, at)

    def _pop_up(self, ids: tuple[str, ...], at: QPoint) -> None:
        menu = self.actions_by_id.menu(ids, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _show_findings(self) -> None:
        self.docks["findings"].raise_()
        self.findings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self, path: str) -> None:
        self._settings.remember(str(Path(path).absolute()))
        self._settings.save()

    def _last_folder(self) -> str:
        recent = self._settings.get(known.RECENT)
        return str(Path(recent[0]).parent) if recent else str(Path.home())
