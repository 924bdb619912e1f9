"""Lesions panel: the table of all calcium, and the buttons that say whose it is.

A click jumps to the lesion; keys and the context menu are the same actions as the buttons.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.lesions import Artery
from cacviewer.core.session import Session
from cacviewer.render import colours as drawing
from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.actions import LESION_MENU
from cacviewer.ui.icons import swatch
from cacviewer.ui.lesion_rows import rows_of
from cacviewer.ui.panels.lesion_model import FILTER_ROLE, ID_ROLE, SORT_ROLE, LesionModel
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated, worded

FILTERS = (
    ("All calcium", ""),
    ("Counted", "^counted"),
    ("Counted, without an artery", "^counted unassigned$"),
    ("Not counted", "^other"),
    ("Excluded by the reader", "^other rejected$"),
)
"""What the table can be narrowed to: words, and the pattern of `lesion_model.FILTER_ROLE`."""
WIDEST_COLUMN, CELL_PADDING, SWATCH_WIDTH = 140, 9, 20


class LesionsPanel(QWidget):
    """Table of lesions with the decisions under it."""

    def __init__(self, store: SessionStore, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._actions = store, actions
        self._following = False
        self._buttons: dict[str, tuple[QToolButton, str]] = {}
        self._model = LesionModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self._table = self._made_table()
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setProperty("faint", True)
        self._filter = QComboBox(self)
        worded(self._filter, accessibleName="Which lesions are listed")
        for text, pattern in FILTERS:
            self._filter.addItem(translated(text), pattern)
        self._filter.currentIndexChanged.connect(self._choose)
        self._sorted.setFilterRole(FILTER_ROLE)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addLayout(self._made_buttons())
        layout.addWidget(self._summary)
        self._show(store.session)
        store.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write_buttons()
            self._model.retitle()
            for i, (text, _) in enumerate(FILTERS):
                self._filter.setItemText(i, translated(text))
            self._show(self._store.session)
            self._fit_columns()
        super().changeEvent(event)

    def _choose(self) -> None:
        self._sorted.setFilterRegularExpression(self._filter.currentData())

    def _made_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self._sorted)
        worded(table, accessibleName="Lesions")
        table.setProperty("decides", True)  # Enter accepts a lesion here
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setMinimumSectionSize(28)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # the order of the case until somebody clicks
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        table.selectionModel().selectionChanged.connect(self._on_selected)
        table.clicked.connect(self._go)
        table.activated.connect(self._go)
        return table

    def _made_buttons(self) -> QGridLayout:
        """Four arteries in a row, the other decisions under them: narrow, for pictures need the room."""
        grid = QGridLayout()
        grid.setSpacing(4)
        for i, artery in enumerate(Artery):
            words = artery.label if artery is not Artery.UNASSIGNED else "Unknown"
            button = self._button(f"lesion.give.{artery.value}", words)
            button.setIcon(swatch(QColor(*drawing.ARTERY[artery]).name()))
            grid.addWidget(button, i // 4, i % 4)
        grid.addWidget(self._button("lesion.reject", "Exclude"), 1, 1, 1, 2)
        grid.addWidget(self._button("lesion.restore", "Count"), 1, 3)
        self._write_buttons()
        return grid

    def _button(self, id: str, words: str) -> QToolButton:
        """A button of an action; `words` are English."""
        action = self._actions.action(id)
        button = QToolButton(self)
        self._buttons[id] = (button, words)
        button.setProperty("artery", True)
        button.setIcon(action.icon())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        button.clicked.connect(action.trigger)
        return button

    def _write_buttons(self) -> None:
        """Words with the key printed beside them."""
        for id, (button, words) in self._buttons.items():
            action = self._actions.action(id)
            button.setText(f"{translated(words)}  {action.shortcut().toString()}".strip())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.toolTip())

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.shown is not new.shown:
            self._show(new)
        elif old.selection != new.selection:
            self._follow_selection(new)

    def _show(self, session: Session) -> None:
        rows = rows_of(session)
        first = not self._model.rowCount() and rows
        self._following = True
        self._model.set_rows(rows)
        self._following = False
        if first:
            self._fit_columns()
        counted = sum(row.lesion.is_scored for row in rows)
        text = translated("{counted} counted, {others} other calcium that is not counted.")
        self._summary.setText(
            text.format(counted=counted, others=len(rows) - counted) if session.shown else ""
        )
        self._follow_selection(session)

    def _fit_columns(self) -> None:
        """As wide as texts and titles; Qt's own fit leaves room for a sort arrow in every title."""
        metrics = self._table.fontMetrics()
        for column in range(self._model.columnCount() - 1):
            texts = [self._model.index(row, column).data() for row in range(self._model.rowCount())]
            texts.append(self._model.headerData(column, Qt.Orientation.Horizontal))
            width = max(map(metrics.horizontalAdvance, texts)) + CELL_PADDING
            if self._model.index(0, column).data(Qt.ItemDataRole.DecorationRole) is not None:
                width += SWATCH_WIDTH
            self._table.setColumnWidth(column, min(width, WIDEST_COLUMN))

    def _follow_selection(self, session: Session) -> None:
        """Selects the rows of the session's selection; what the table itself selected is left alone."""
        if set(session.selection) == set(self._selected_ids()):
            return
        wanted = QItemSelection()
        first = None
        for lesion_id in session.selection:
            if (row := self._model.row_of(lesion_id)) >= 0:
                index = self._sorted.mapFromSource(self._model.index(row, 0))
                if not index.isValid():  # the filter leaves it out
                    continue
                wanted.select(index, index)
                first = first or index
        self._following = True
        flags = QItemSelectionModel.SelectionFlag
        self._table.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)
        if first is not None:
            self._table.selectionModel().setCurrentIndex(first, flags.NoUpdate)
            self._table.scrollTo(first)
        self._following = False

    def _selected_ids(self) -> tuple[str, ...]:
        return tuple(index.data(ID_ROLE) for index in self._table.selectionModel().selectedRows())

    def _on_selected(self) -> None:
        if self._following:
            return
        ids = self._selected_ids()
        if len(ids) == 1:
            self._actions.run("lesion.go", ids[0])  # arrow keys walk through lesions and pictures together
        else:
            self._store.select(ids)

    def _go(self) -> None:
        """A click on the row that is selected already jumps there again."""
        ids = self._selected_ids()
        if len(ids) == 1:
            self._actions.run("lesion.go", ids[0])

    def _open_menu(self, at: QPoint) -> None:
        menu = self._actions.menu(LESION_MENU, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.viewport().mapToGlobal(at))
