"""The place of the views: layouts as a table of cells, and one view large and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from cacviewer.ui.translations import worded

Cells = dict[str, tuple[int, int, int, int]]
LAYOUTS: dict[str, Cells] = {
    "grid": {
        "axial": (0, 0, 3, 3),
        "sagittal": (0, 3, 3, 3),
        "coronal": (3, 0, 3, 3),
        "surface": (3, 3, 3, 3),
    },
    "big": {
        "axial": (0, 0, 6, 4),
        "sagittal": (0, 4, 2, 2),
        "coronal": (2, 4, 2, 2),
        "surface": (4, 4, 2, 2),
    },
    "axial": {"axial": (0, 0, 6, 6)},
    "surface": {"surface": (0, 0, 6, 6)},
}
"""Row, column, rows, columns of each view in a grid of six by six; a view that is not named is hidden."""


class ViewArea(QWidget):
    """Arranges the views that it is given; knows nothing of what they show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        # pictures, and which of them stands where, are the same in every language
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._views: dict[str, QWidget] = {}
        self._layout_name, self._large = "grid", ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        for i in range(6):
            self._grid.setRowStretch(i, 1)
            self._grid.setColumnStretch(i, 1)
        self.set_view("surface", _waiting(self))

    @property
    def large(self) -> str:
        """Name of the view that fills the place, or ""."""
        return self._large

    def view(self, name: str) -> QWidget:
        """The view of a name."""
        return self._views[name]

    def views(self) -> list[QWidget]:
        """All views."""
        return list(self._views.values())

    def set_view(self, name: str, view: QWidget) -> None:
        """Puts a view in; one that had the name goes."""
        old = self._views.get(name)
        self._views[name] = view
        if old is not None:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._place()

    def set_layout(self, name: str) -> None:
        """Changes the layout; zoom, slice and selection are the views' own and stay."""
        self._layout_name, self._large = name, ""
        self._place()

    def maximise(self, name: str) -> None:
        """Makes a view large, or brings the layout back if it is."""
        self._large = "" if self._large == name else name
        self._place()

    def _place(self) -> None:
        had_focus = self._has_focus()
        cells = {self._large: (0, 0, 6, 6)} if self._large else LAYOUTS[self._layout_name]
        for name, view in self._views.items():
            self._grid.removeWidget(view)
            if name in cells:
                self._grid.addWidget(view, *cells[name])
            view.setVisible(name in cells)
        if had_focus and not self._has_focus():
            self._views[next(iter(cells))].setFocus()  # else the keyboard would jump out into a panel

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)


def _waiting(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    worded(label, text="Heart and calcium in 3-D appear here.")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setMinimumSize(80, 80)
    label.setStyleSheet("background: black; color: #a7b1bb")  # views are black in every theme
    return label
