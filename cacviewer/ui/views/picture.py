"""The pixels of one slice view: tables and picture, made new only when what they are made of has changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.session import Session, ViewState
from cacviewer.render.gray import Canvas, window_lut
from cacviewer.render.labels import Patch, label_slice, organ_slice, overlay_table, patches
from cacviewer.render.planes import Plane, SliceGeometry, slice_geometry


class SlicePicture:
    """What a slice view shows of a session, slice by slice.

    Attributes:
        geometry: How the plane shows the volume; None without a volume.
        depth: Array index of the slice on the screen.
        image: RGB32 picture of the slice, or None.
        patches: Lesions that the slice cuts.
    """

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.geometry: SliceGeometry | None = None
        self.depth = 0
        self.image: QImage | None = None
        self.patches: list[Patch] = []
        self.anatomy: Anatomy | None = None
        self.heart: NDArray[np.bool_] | None = None
        self.aorta: NDArray[np.bool_] | None = None
        self._hu: NDArray[np.int16] | None = None
        self._labels: NDArray[np.uint8] | None = None
        self._canvas: Canvas | None = None
        self._lut = window_lut(50, 350)
        self._table = overlay_table(ViewState())

    def follow(self, old: Session | None, new: Session) -> bool:
        """Takes over what changed between two sessions; True if the picture is another one."""
        other_volume = old is None or old.volume is not new.volume
        if other_volume:
            self.geometry = slice_geometry(self.plane, new.volume.grid) if new.volume else None
            self._canvas = Canvas(self.geometry.shape) if self.geometry else None
        if self.geometry is None or new.volume is None:
            self.image = None
            return other_volume
        depth = self.geometry.depth_of(new.crosshair_lps_mm)
        other_slice = other_volume or depth != self.depth
        self.depth = depth
        if other_slice:
            self._hu = self.geometry.cut(new.volume.hu, depth)
        other_labels = other_slice or old is None or _differ(old, new)
        if other_labels:
            self._label(new)
        if old is None or old.view is not new.view:
            self._tabulate(None if old is None else old.view, new.view)
        elif not other_labels:
            return False
        self._paint()
        return True

    def hu_at(self, row: int, column: int) -> int | None:
        """HU of a pixel of the slice, None outside."""
        if self.geometry is None or self._hu is None:
            return None
        rows, columns = self.geometry.shape
        inside = 0 <= row < rows and 0 <= column < columns
        return int(self._hu[row, column]) if inside else None

    def lesion_at(self, row: int, column: int, reach: int = 1) -> str | None:
        """Id of the lesion at a pixel, or nearest within some pixels; counted ones before others."""
        best: tuple[int, int, str] | None = None
        for patch in self.patches:
            index = np.argwhere(patch.mask) + (patch.top - row, patch.left - column)
            distance = int(np.abs(index).max(axis=1).min())
            if distance <= reach:
                rank = (distance, 0 if patch.lesion.is_scored else 1, patch.lesion.id)
                best = rank if best is None else min(best, rank)
        return best[2] if best else None

    def _label(self, session: Session) -> None:
        assert self.geometry is not None
        lesions = session.shown.lesions if session.shown else ()
        self.anatomy = anatomy = session.anatomy
        self.patches = patches(self.geometry, self.depth, lesions)
        self.heart = organ_slice(self.geometry, self.depth, anatomy.heart if anatomy else None)
        self.aorta = organ_slice(self.geometry, self.depth, anatomy.aorta if anatomy else None)
        self._labels = label_slice(
            self.geometry.shape, self.heart, self.aorta, self.patches, session.selection
        )

    def _tabulate(self, old: ViewState | None, new: ViewState) -> None:
        if old is None or (old.window_center, old.window_width) != (new.window_center, new.window_width):
            self._lut = window_lut(new.window_center, new.window_width)
        if old is None or _overlay_of(old) != _overlay_of(new):
            self._table = overlay_table(new)

    def _paint(self) -> None:
        assert self._hu is not None
        assert self._canvas is not None
        pixels = self._canvas.paint(self._hu, self._labels, self._lut, self._table)
        height, width = pixels.shape
        # the image is a view of the canvas, which lives as long as the volume is shown
        self.image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def _differ(old: Session, new: Session) -> bool:
    return old.anatomy is not new.anatomy or old.shown is not new.shown or old.selection != new.selection


def _overlay_of(view: ViewState) -> tuple[float | bool, ...]:
    return (view.heart_opacity, view.calcium_opacity, view.show_heart, view.show_aorta, view.show_calcium)
