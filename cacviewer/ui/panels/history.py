"""History panel: the audit list. What was done, by whom, when, and the score before and after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.session import Session
from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.edit_texts import entry_text
from cacviewer.ui.lesion_rows import numbers_of
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated, worded

COLUMNS: tuple[tuple[str, Callable[[Entry, dict[str, int]], str]], ...] = (
    ("Time", lambda e, _: e.at[11:16]),
    ("What", entry_text),
    ("Score", lambda e, _: _scores(e)),
    ("Who", lambda e, _: e.by),
)


class HistoryPanel(QWidget):
    """List of deeds, the newest below; a click selects the lesion that was edited."""

    def __init__(self, store: SessionStore, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._actions = store, actions
        self._list = QTreeWidget(self)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        worded(self._list, accessibleName="History")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.itemClicked.connect(self._go)
        self._state = QLabel(self)
        self._state.setObjectName("review")
        self._state.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._state)
        layout.addWidget(self._list, 1)
        self._write(store.session)
        store.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write(self._store.session)
        super().changeEvent(event)

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.audit is not new.audit:
            if new.audit[: len(old.audit)] == old.audit and old.volume is new.volume:
                self._add(new, new.audit[len(old.audit) :])
                self._say(new)
            else:
                self._write(new)
        elif (old.shown and old.shown.review) != (new.shown and new.shown.review):
            self._say(new)

    def _write(self, session: Session) -> None:
        self._list.setHeaderLabels([translated(title) for title, _ in COLUMNS])
        self._list.clear()
        self._add(session, session.audit)
        self._say(session)

    def _add(self, session: Session, entries: tuple[Entry, ...]) -> None:
        numbers = numbers_of(session) if entries else {}
        for entry in entries:
            item = QTreeWidgetItem([text(entry, numbers) for _, text in COLUMNS])
            item.setData(0, Qt.ItemDataRole.UserRole, entry.edit.lesion_ids if entry.edit else ())
            item.setToolTip(0, entry.at.replace("T", " "))
            item.setToolTip(1, item.text(1))
            if entry.deed is Deed.UNDO:
                item.setForeground(1, self.palette().placeholderText())
            self._list.addTopLevelItem(item)
        for column in range(len(COLUMNS)):
            self._list.resizeColumnToContents(column)
        if entries:
            self._list.scrollToBottom()

    def _say(self, session: Session) -> None:
        review = session.shown.review if session.shown else None
        if review is not None:
            text = translated("Reviewed by {name}, {at}. Locked.")
            self._state.setText(text.format(name=review.reviewer, at=review.at[:16].replace("T", " ")))
        else:
            self._state.setText(translated("Not reviewed yet.") if session.shown else "")

    def _go(self, item: QTreeWidgetItem) -> None:
        ids = item.data(0, Qt.ItemDataRole.UserRole) or ()
        shown = self._store.session.shown
        there = {lesion.id for lesion in shown.lesions} if shown else set()
        if found := next((lesion_id for lesion_id in ids if lesion_id in there), None):
            self._actions.run("lesion.go", found)


def _scores(entry: Entry) -> str:
    if entry.before is None or entry.after is None or entry.deed in (Deed.REVIEW, Deed.UNLOCK):
        return "" if entry.after is None else f"{entry.after:.1f}"
    return f"{entry.before:.1f} → {entry.after:.1f}"
