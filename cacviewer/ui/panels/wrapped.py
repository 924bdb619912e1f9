"""Rows of a tree as high as their lines need at the width that there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

MARGIN = 6


class WrappedLines(QStyledItemDelegate):
    """A delegate that measures wrapped text; Qt's own cuts each line of it instead."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._tree.scheduleDelayedItemsLayout()
        return super().eventFilter(watched, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.initStyleOption(option, index)
        depth, parent = 1, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        sign = 0 if option.icon.isNull() else option.decorationSize.width() + MARGIN
        width = self._tree.viewport().width() - depth * self._tree.indentation() - sign - MARGIN
        room = QRect(0, 0, max(width, 40), 10_000)
        text = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), option.text)
        return QSize(width, text.height() + MARGIN)
