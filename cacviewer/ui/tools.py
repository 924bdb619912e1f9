"""The tool in the reader's hand: which one, and how large the brush is. Views act by it, the tool bar shows it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from cacviewer.core.brush import Brush

SIZES_MM = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Radii that the brush steps through."""


class Tool(StrEnum):
    """What the left button does in a slice view."""

    SELECT = "select"
    BRUSH = "brush"
    ERASE = "erase"
    GROW = "grow"
    CUT = "cut"


class ToolBox(QObject):
    """Holds the tool; `changed` says when it is another one, or another size."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool, self._brush = Tool.SELECT, Brush()

    @property
    def tool(self) -> Tool:
        """The tool in the hand."""
        return self._tool

    @property
    def brush(self) -> Brush:
        """Size and shape of brush and eraser."""
        return self._brush

    def take(self, tool: Tool) -> None:
        """Takes a tool into the hand."""
        if tool is not self._tool:
            self._tool = tool
            self.changed.emit()

    def resize(self, steps: int) -> None:
        """Makes the brush larger (1) or smaller (-1), between the ends of SIZES_MM."""
        nearest = min(range(len(SIZES_MM)), key=lambda i: abs(SIZES_MM[i] - self._brush.radius_mm))
        at = min(max(nearest + steps, 0), len(SIZES_MM) - 1)
        self._put(replace(self._brush, radius_mm=SIZES_MM[at]))

    def set_solid(self, solid: bool) -> None:
        """A ball through the slices, or a disc in the slice."""
        self._put(replace(self._brush, solid=solid))

    def _put(self, brush: Brush) -> None:
        if brush != self._brush:
            self._brush = brush
            self.changed.emit()
