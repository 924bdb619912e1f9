"""RLE Lossless (PS3.5 annex G): byte planes, each packed by PackBits. Short enough to be its own decoder."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from cacviewer.reading.frames import PixelFormat


def decoded(data: bytes, format: PixelFormat) -> NDArray[np.generic]:
    """Stored values (rows, columns) of one frame, unsigned, little endian.

    Raises:
        ValueError: The planes do not fit the header.
    """
    if len(data) < 64:
        raise ValueError("no RLE header")
    count, *offsets = struct.unpack_from("<16I", data)
    width = format.allocated // 8
    if count != width or format.samples != 1:
        raise ValueError("wrong number of planes")
    size = format.rows * format.columns
    planes = np.empty((size, width), np.uint8)
    ends = [*offsets[1:count], len(data)]
    for plane, (start, end) in enumerate(zip(offsets[:count], ends, strict=True)):
        if not 64 <= start <= end <= len(data):
            raise ValueError("planes out of order")
        # the first plane has the highest bytes
        planes[:, width - 1 - plane] = np.frombuffer(_unpacked(data, start, end, size), np.uint8)
    return planes.view(f"<u{width}").reshape(format.rows, format.columns)


def _unpacked(data: bytes, at: int, end: int, size: int) -> bytes:
    """One plane of `size` bytes; what follows it is padding."""
    parts: list[bytes] = []
    left = size
    while left > 0 and at < end:
        n = data[at]
        at += 1
        if n < 128:
            part = data[at : min(at + n + 1, end)]
            at += n + 1
        elif n > 128:
            part = data[at : at + 1] * (257 - n)
            at += 1
        else:
            continue
        parts.append(part)
        left -= len(part)
    plane = b"".join(parts)
    if len(plane) < size:
        raise ValueError("a plane is too short")
    return plane[:size]
