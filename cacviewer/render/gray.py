"""HU to screen: a window as a table of all 16-bit values, and grey with overlays as a table of colours.

Two look-ups make a slice: HU -> grey, then label x grey -> RGB32. A new window or opacity is a new table and
touches no voxel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.render.colours import Rgb

Layer = tuple[Rgb, float]
"""Colour and opacity 0..1."""

OPAQUE = 0xFF000000


def window_lut(center: float, width: float) -> NDArray[np.uint8]:
    """Grey of every int16 value seen as uint16.

    Args:
        center: Level in HU.
        width: Width in HU; below 1 it is taken as 1.

    Returns:
        (65536,) uint8.

    Source:
        DICOM PS3.3 C.11.2.1.2.1 (linear VOI LUT).
    """
    hu = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.float32)
    slope = 255 / max(width - 1, 0.01)
    grey = (hu - (center - 0.5)) * slope + 127.5
    lut: NDArray[np.uint8] = np.clip(grey + 0.5, 0, 255).astype(np.uint8)
    return lut


def label_table(layers_of_label: list[list[Layer]]) -> NDArray[np.uint32]:
    """RGB32 of every label and grey value.

    Args:
        layers_of_label: For each label what is laid over the grey, lowest first.

    Returns:
        (labels * 256,) uint32 as 0xffRRGGBB; index = label << 8 | grey.
    """
    grey = np.arange(256, dtype=np.float32)
    rows: list[NDArray[np.uint32]] = []
    for layers in layers_of_label:
        channels = []
        for channel in range(3):
            value = grey
            for colour, opacity in layers:
                value = value * (1 - opacity) + colour[channel] * opacity
            channels.append(np.rint(value).astype(np.uint32))
        red, green, blue = channels
        rows.append((OPAQUE + (red << 16) + (green << 8) + blue).astype(np.uint32))
    return np.concatenate(rows)


class Canvas:
    """Memory for the pixels of slices of one shape, used again for every slice.

    Fresh arrays of this size come from the system page by page, which takes several times as long as the
    look-ups themselves.

    Args:
        shape: Rows and columns.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self._index = np.empty(shape, np.intp)
        self._grey = np.empty(shape, np.uint8)
        self._rgb = np.empty(shape, np.uint32)

    def paint(
        self,
        hu: NDArray[np.int16],
        labels: NDArray[np.uint8] | None,
        lut: NDArray[np.uint8],
        table: NDArray[np.uint32],
    ) -> NDArray[np.uint32]:
        """The pixels of a slice, see `slice_rgb32`; they are overwritten by the next call."""
        index = self._index
        np.copyto(index, hu)
        index &= 0xFFFF  # int16 seen as uint16
        np.take(lut, index, out=self._grey, mode="clip")  # the other modes copy the output once more
        if labels is None:
            np.copyto(index, self._grey)
        else:
            np.copyto(index, labels)
            index <<= 8
            index |= self._grey
        np.take(table, index, out=self._rgb, mode="clip")
        return self._rgb

    def repaint(
        self,
        part: tuple[int, int, int, int],
        hu: NDArray[np.int16],
        labels: NDArray[np.uint8] | None,
        lut: NDArray[np.uint8],
        table: NDArray[np.uint32],
    ) -> None:
        """Paints a rectangle (top, left, bottom, right) of the slice that was painted last again."""
        top, left, bottom, right = part
        where = slice(top, bottom), slice(left, right)
        self._rgb[where] = slice_rgb32(hu[where], None if labels is None else labels[where], lut, table)


def slice_rgb32(
    hu: NDArray[np.int16],
    labels: NDArray[np.uint8] | None,
    lut: NDArray[np.uint8],
    table: NDArray[np.uint32],
) -> NDArray[np.uint32]:
    """A slice as pixels for the screen.

    Args:
        hu: (rows, columns) int16, any strides.
        labels: (rows, columns) uint8, or None for label 0 everywhere.
        lut: Of `window_lut`.
        table: Of `label_table`, as long as the highest label asks.

    Returns:
        (rows, columns) uint32 0xffRRGGBB, contiguous.
    """
    rows, columns = hu.shape
    return Canvas((rows, columns)).paint(hu, labels, lut, table)
