"""Drop of files and folders anywhere on the window, with a frame while the drag is over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cacviewer.ui import theme


class DropTarget(QWidget):
    """A frame over its parent, shown while something that can be opened is dragged over it."""

    dropped = Signal(list)
    """Paths."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent) and paths_of(event):
                event.acceptProposedAction()
                self.setGeometry(self.parentWidget().rect())
                self.raise_()
                self.show()
                return True
            case QEvent.Type.DragLeave:
                self.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self.hide()
                if paths := paths_of(event):
                    event.acceptProposedAction()
                    self.dropped.emit(paths)
                    return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(theme.colours().accent)
        painter.setPen(QPen(colour, 4))
        painter.drawRect(self.rect().adjusted(2, 2, -3, -3))
        colour.setAlpha(28)
        painter.fillRect(self.rect(), colour)


def paths_of(event: QDropEvent) -> list[str]:
    """The local files and folders of a drag."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
