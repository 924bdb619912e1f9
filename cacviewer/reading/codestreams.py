"""What a compressed stream says about itself, read before any decoder sees it (reading rules 12.11)."""

from __future__ import annotations

import struct
from dataclasses import dataclass


class DecodeFailed(Exception):
    """Pixels that do not decode, or not to what the header says."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Size, components and bits of a stream by its own header."""

    rows: int
    columns: int
    components: int
    bits: int
    signed: bool = False


# start-of-frame markers: C0-CF without DHT (C4), JPG (C8) and DAC (CC); F7 is JPEG-LS
_FRAME_MARKERS = frozenset((*range(0xC0, 0xD0), 0xF7)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD9)))


def stream_of(data: bytes, codec: str) -> Stream:
    """Reads the stream's header.

    Raises:
        DecodeFailed: There is none.
    """
    try:
        return _jpeg2000(data) if codec == "jpeg2000" else _jpeg(data)
    except (struct.error, IndexError) as error:
        raise DecodeFailed("the stream ends in its header") from error


def _jpeg(data: bytes) -> Stream:
    if data[:2] != b"\xff\xd8":
        raise DecodeFailed("no JPEG stream")
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise DecodeFailed("a JPEG marker is missing")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _BARE_MARKERS:
            at += 2
        elif marker in _FRAME_MARKERS:
            bits, rows, columns, components = struct.unpack_from(">BHHB", data, at + 4)
            return Stream(rows, columns, components, bits)
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise DecodeFailed("no JPEG frame")


def _jpeg2000(data: bytes) -> Stream:
    at = data.find(b"\xff\x4f\xff\x51", 0, 4096)  # some writers put the boxes of a JP2 file before the stream
    if at < 0:
        raise DecodeFailed("no JPEG 2000 stream")
    width, height, left, top = struct.unpack_from(">IIII", data, at + 8)
    components, depth = struct.unpack_from(">HB", data, at + 40)
    return Stream(height - top, width - left, components, (depth & 0x7F) + 1, bool(depth & 0x80))
