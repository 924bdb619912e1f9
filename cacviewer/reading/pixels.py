"""The stored values of one frame, from wherever they stand in its file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.dicom.parse import Inflated
from cacviewer.dicom.syntaxes import SYNTAXES, UNKNOWN
from cacviewer.reading import rle
from cacviewer.reading.decode import DecodeFailed, Decoder
from cacviewer.reading.fragments import EndsEarly, frame_bytes
from cacviewer.reading.frames import Frame, PixelFormat
from cacviewer.reading.sources import OpenBytes, OpenSource

Stored = NDArray[np.generic]
WIDTHS, FLOAT_WIDTHS = (8, 16, 32), (32, 64)


def read_stored(frame: Frame, place: NDArray[np.int16], decoder: Decoder) -> tuple[Stored, PixelFormat]:
    """Reads one frame.

    Args:
        frame: Which.
        place: (rows, columns) int16 where HU are wanted: plain 16-bit pixels are read straight into it.
        decoder: For compressed pixels; runs in a process of its own.

    Returns:
        (rows, columns) stored values in native byte order, maybe a view of `place`, and how they are packed.

    Raises:
        EndsEarly: The file ends before the pixels do.
        DecodeFailed: They do not decode, or not to what the header says.
    """
    syntax = SYNTAXES.get(frame.format.syntax_uid, UNKNOWN)
    with frame.source.open() as opened:
        if syntax.deflated:
            end = frame.parsed.pixel_offset + (frame.index + 1) * frame.format.frame_bytes
            opened = OpenBytes(Inflated(opened, frame.parsed.data_offset).read(0, end))
        if not syntax.encapsulated:
            if frame.parsed.pixel_length is None:  # fragments where the syntax says plain pixels
                raise DecodeFailed("pixels are encapsulated in a syntax that is not")
            start = frame.parsed.pixel_offset + frame.index * frame.format.frame_bytes
            return _native(opened, start, frame, place, syntax.big_endian), frame.format
        if frame.parsed.pixel_length is not None:  # a compressed syntax with plain pixels behind it
            raise DecodeFailed("pixels are not encapsulated")
        try:
            packed = frame_bytes(opened, frame)
        except ValueError as error:
            raise DecodeFailed(str(error)) from error
    if syntax.codec == "native":
        return _native(OpenBytes(packed), 0, frame, place, False), frame.format
    if syntax.codec == "rle":
        try:
            return rle.decoded(packed, frame.format), frame.format
        except ValueError as error:
            raise DecodeFailed(str(error)) from error
    return decoder.decoded(packed, frame.format, syntax.codec)


def _native(opened: OpenSource, start: int, frame: Frame, place: NDArray[np.int16], big: bool) -> Stored:
    format = frame.format
    if format.samples != 1 or format.allocated not in (FLOAT_WIDTHS if format.floating else WIDTHS):
        raise DecodeFailed(f"{format.allocated} bits allocated")
    if format.allocated == 8 and big and frame.parsed.pixel_vr == "OW":
        return _swapped_bytes(opened, start, frame)
    if format.allocated == 16:
        target = place.view(np.uint8).data.cast("B")
        if opened.read_into(start, target) < len(target):
            raise EndsEarly
        if big:
            place.byteswap(inplace=True)
        return place
    data = opened.read(start, format.frame_bytes)
    if len(data) < format.frame_bytes:
        raise EndsEarly
    kind = np.dtype(f"{'>' if big else '<'}{'f' if format.floating else 'u'}{format.allocated // 8}")
    values: Stored = np.frombuffer(data, kind).reshape(format.rows, format.columns)
    return values.astype(kind.newbyteorder("="))


def _swapped_bytes(opened: OpenSource, start: int, frame: Frame) -> Stored:
    """Pixels of 8 bits in words of a big-endian data set: the first of two stands in the low byte (PS3.5 8.1.1)."""
    size = frame.format.frame_bytes
    skip = (start - frame.parsed.pixel_offset) % 2
    data = opened.read(start - skip, (skip + size + 1) // 2 * 2)
    if len(data) < skip + size:
        raise EndsEarly
    words = np.frombuffer(data[: len(data) // 2 * 2], ">u2").astype("<u2").view(np.uint8)
    return words[skip : skip + size].reshape(frame.format.rows, frame.format.columns)
