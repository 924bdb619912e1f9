"""Which panels there are and where they stand: a new panel is a row of PANELS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.dialogs.choices import Choices
from cacviewer.ui.panels.display import DisplayPanel
from cacviewer.ui.panels.findings import FindingsPanel
from cacviewer.ui.panels.history import HistoryPanel
from cacviewer.ui.panels.lesions import LesionsPanel
from cacviewer.ui.panels.patient import PatientPanel
from cacviewer.ui.panels.results import ResultsPanel
from cacviewer.ui.panels.series import SeriesPanel
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import language, worded

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
WIDTHS = {LEFT: 260, RIGHT: 370}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a panel may be made from."""

    store: SessionStore
    actions: ActionSet
    choices: Choices


@dataclass(frozen=True, slots=True)
class Panel:
    """A row of the table.

    Attributes:
        name: Stable name, as the places are saved under.
        title: Of the dock, English.
        area: Side of the window.
        height: It asks for, pixels.
        made: Makes the widget.
        behind: Name of a panel that it shares a place with, as a tab behind it.
    """

    name: str
    title: str
    area: Qt.DockWidgetArea
    height: int
    made: Callable[[Desk], QWidget]
    behind: str = ""


PANELS: tuple[Panel, ...] = (
    Panel("series", "Series", LEFT, 330, lambda desk: SeriesPanel(desk.store)),
    Panel("findings", "Findings", LEFT, 330, lambda desk: FindingsPanel(desk.store)),
    Panel("display", "Display", LEFT, 200, lambda desk: DisplayPanel(desk.store, desk.actions)),
    Panel("patient", "Patient", LEFT, 200, lambda desk: PatientPanel(desk.store, desk.choices), "display"),
    Panel("results", "Results", RIGHT, 330, lambda desk: ResultsPanel(desk.store, desk.actions)),
    Panel("lesions", "Lesions", RIGHT, 470, lambda desk: LesionsPanel(desk.store, desk.actions)),
    Panel("history", "History", RIGHT, 470, lambda desk: HistoryPanel(desk.store, desk.actions), "lesions"),
)


def placed(
    window: QMainWindow, store: SessionStore, actions: ActionSet, choices: Choices
) -> dict[str, QDockWidget]:
    """Makes the panels and their docks in a window."""
    desk = Desk(store, actions, choices)
    docks = {row.name: _dock(window, row, row.made(desk)) for row in PANELS}
    _arrange(window, docks)
    return docks


def version() -> int:
    """Version of saved places: those of a mirrored window fit no other."""
    return int(language().right_to_left)


def follow_direction(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Puts the panels on the other side when the language runs the other way; Qt leaves them where they are."""
    if window.property("mirrored") != language().right_to_left:
        _arrange(window, docks)


def _arrange(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    mirrored = language().right_to_left
    window.setProperty("mirrored", mirrored)
    for row in PANELS:
        window.addDockWidget(_side(row.area, mirrored), docks[row.name])
    for row in PANELS:
        if row.behind:
            window.tabifyDockWidget(docks[row.behind], docks[row.name])
            docks[row.behind].raise_()
    for area, width in WIDTHS.items():
        rows = [row for row in PANELS if row.area == area and not row.behind]
        window.resizeDocks([docks[rows[0].name]], [width], Qt.Orientation.Horizontal)
        window.resizeDocks(
            [docks[row.name] for row in rows], [row.height for row in rows], Qt.Orientation.Vertical
        )


def _side(area: Qt.DockWidgetArea, mirrored: bool) -> Qt.DockWidgetArea:
    return {LEFT: RIGHT, RIGHT: LEFT}[area] if mirrored else area


def _dock(window: QMainWindow, row: Panel, panel: QWidget) -> QDockWidget:
    dock = QDockWidget(window)
    worded(dock, windowTitle=row.title)
    dock.setObjectName(row.name)
    dock.setWidget(panel)
    worded(panel, accessibleName=row.title)
    feature = QDockWidget.DockWidgetFeature
    # they move and float but do not close: nobody loses the running table by accident
    dock.setFeatures(feature.DockWidgetMovable | feature.DockWidgetFloatable)
    return dock
