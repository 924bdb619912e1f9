"""The pixels of one slice view: tables and picture, made new only when what they are made of has changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.session import Session, ViewState
from cacviewer.core.volume import Volume
from cacviewer.render.gray import Canvas, window_lut
from cacviewer.render.labels import (
    Part,
    Patch,
    changed_part,
    organ_labels,
    organ_slice,
    overlay_table,
    patches,
    put_lesions,
)
from cacviewer.render.planes import Plane, SliceGeometry, slice_geometry
from cacviewer.render.slab import slab, slab_range

ALL: Part = (0, 0, 1 << 30, 1 << 30)


class SlicePicture:
    """What a slice view shows of a session, slice by slice.

    Attributes:
        geometry: How the plane shows the volume; None without a volume.
        depth: Array index of the slice on the screen.
        image: RGB32 picture of the slice, or None.
        patches: Lesions that the slice cuts.
        slab_mm: Thickness of the slab that is shown; 0 for one slice.
    """

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.geometry: SliceGeometry | None = None
        self.depth = 0
        self.image: QImage | None = None
        self.patches: list[Patch] = []
        self.slab_mm = 0.0
        self._changed: Part | None = ALL
        self.anatomy: Anatomy | None = None
        self.heart: NDArray[np.bool_] | None = None
        self.aorta: NDArray[np.bool_] | None = None
        self._hu: NDArray[np.int16] | None = None
        self._organs: NDArray[np.uint8] | None = None
        self._labels: NDArray[np.uint8] | None = None
        self._canvas: Canvas | None = None
        self._lut = window_lut(50, 350)
        self._table = overlay_table(ViewState())

    def follow(self, old: Session | None, new: Session) -> None:
        """Takes over what changed between two sessions."""
        other_volume = old is None or old.volume is not new.volume
        if other_volume:
            self.geometry = slice_geometry(self.plane, new.volume.grid) if new.volume else None
            self._canvas = Canvas(self.geometry.shape) if self.geometry else None
        if self.geometry is None or new.volume is None:
            self.image, self._changed = None, ALL
            return
        depth = self.geometry.depth_of(new.crosshair_lps_mm)
        other_slice = other_volume or depth != self.depth
        self.depth = depth
        other_pixels = old is None or other_slice or _slab_of(old.view) != _slab_of(new.view)
        if other_pixels:
            self._cut(new.volume, new.view)
        other_organs = old is None or other_slice or old.anatomy is not new.anatomy
        if other_organs:
            self._see_organs(new.anatomy)
        part = None
        if old is None or other_organs or old.shown is not new.shown or old.selection != new.selection:
            part = self._see_lesions(old.selection if old else (), new)
        if self._tabulate(old.view if old else None, new.view) or other_organs or other_pixels:
            part = ALL
        self._paint(part)

    def take_changed(self) -> Part | None:
        """The rectangle that is another one since the last call: None for nothing, ALL for everything."""
        changed, self._changed = self._changed, None
        return changed

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

    def _cut(self, volume: Volume, view: ViewState) -> None:
        """The slice, or the slab about it."""
        assert self.geometry is not None
        geometry, axis = self.geometry, self.geometry.axes[0]
        spacing = geometry.grid.spacing_mm[axis]
        first, last = slab_range(self.depth, geometry.slices, view.slab_mm, spacing)
        self.slab_mm = (last - first) * spacing if last - first > 1 else 0.0
        if self.slab_mm:
            shown = geometry.turned(slab(volume.hu, axis, first, last, view.slab_mode))
        else:
            shown = geometry.cut(volume.hu, self.depth)
        # a sagittal slice lies across the memory: read once here, not again for every window
        self._hu = np.ascontiguousarray(shown)

    def _see_organs(self, anatomy: Anatomy | None) -> None:
        assert self.geometry is not None
        self.anatomy = anatomy
        self.heart = organ_slice(self.geometry, self.depth, anatomy.heart if anatomy else None)
        self.aorta = organ_slice(self.geometry, self.depth, anatomy.aorta if anatomy else None)
        self._organs = organ_labels(self.geometry.shape, self.heart, self.aorta)

    def _see_lesions(self, selected_before: tuple[str, ...], new: Session) -> Part | None:
        """Labels lesions and says where they look different."""
        assert self.geometry is not None
        assert self._organs is not None
        before = self.patches
        self.patches = patches(self.geometry, self.depth, new.shown.lesions if new.shown else ())
        self._labels = self._organs.copy()
        put_lesions(self._labels, self.patches, new.selection)
        return changed_part(before, self.patches, selected_before, new.selection)

    def _tabulate(self, old: ViewState | None, new: ViewState) -> bool:
        """Makes the tables new that a change of the view asks for; True if there was one."""
        if old is new:
            return False
        other_window = old is None or _window_of(old) != _window_of(new)
        other_overlay = old is None or _overlay_of(old) != _overlay_of(new)
        if other_window:
            self._lut = window_lut(new.window_center, new.window_width)
        if other_overlay:
            self._table = overlay_table(new)
        return other_window or other_overlay

    def _paint(self, part: Part | None) -> None:
        assert self._hu is not None
        assert self._canvas is not None
        look = self._hu, self._labels, self._lut, self._table
        if part is ALL:
            pixels = self._canvas.paint(*look)
            height, width = pixels.shape
            # the image is a view of the canvas, which lives as long as the volume is shown
            self.image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        elif part is not None:
            self._canvas.repaint(part, *look)
        self._changed = _both(self._changed, part)


def _both(a: Part | None, b: Part | None) -> Part | None:
    if a is None or b is None or a is ALL or b is ALL:
        return ALL if a is ALL or b is ALL else a or b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _slab_of(view: ViewState) -> tuple[float, str]:
    return view.slab_mm, view.slab_mode if view.slab_mm else ""


def _window_of(view: ViewState) -> tuple[float, float]:
    return view.window_center, view.window_width


def _overlay_of(view: ViewState) -> tuple[float | bool, ...]:
    return (view.heart_opacity, view.calcium_opacity, view.show_heart, view.show_aorta, view.show_calcium)
