"""Encapsulated pixel data: from the chain of fragments to the bytes of one frame (PS3.5 A.4)."""

from __future__ import annotations

import struct

from cacviewer.dicom import tags
from cacviewer.reading.frames import Frame
from cacviewer.reading.sources import OpenSource

MAX_FRAGMENTS = 500_000
STARTS = (b"\xff\xd8", b"\xff\x4f\xff\x51")
"""First bytes of a JPEG or JPEG-LS stream and of a JPEG 2000 stream."""

Fragment = tuple[int, int]
"""Place of its value in the file, and length."""


class EndsEarly(Exception):
    """The file ends before the frame does."""


def frame_bytes(opened: OpenSource, frame: Frame) -> bytes:
    """The compressed bytes of a frame.

    Raises:
        EndsEarly: The file ends inside the fragments.
        ValueError: The chain is broken.
    """
    if frame.parsed.chain is None:  # one walk for all frames of a file
        frame.parsed.chain = _chain(opened, frame.parsed.pixel_offset)
    table, fragments, complete = frame.parsed.chain
    if frame.frames == 1:
        mine = fragments
        if not complete:
            raise EndsEarly
    else:
        mine = _of_frame(opened, frame, table, fragments)
    if not mine:
        raise EndsEarly if not complete else ValueError("no fragment for the frame")
    return b"".join(opened.read(start, length) for start, length in mine)


def _chain(opened: OpenSource, offset: int) -> tuple[tuple[int, ...], list[Fragment], bool]:
    """Basic offset table, fragments, and whether the chain ends as it should."""
    table: tuple[int, ...] = ()
    fragments: list[Fragment] = []
    first = True
    while len(fragments) < MAX_FRAGMENTS:
        head = opened.read(offset, 8)
        if len(head) < 8:
            return table, fragments, False
        group, element, length = struct.unpack("<HHI", head)
        if (group, element) == (0xFFFE, 0xE0DD):
            return table, fragments, True
        if (group, element) != (0xFFFE, 0xE000):
            raise ValueError("not a fragment")
        start = offset + 8
        if length > opened.size - start:
            return table, fragments, False
        if first:
            raw = opened.read(start, length)
            table = struct.unpack(f"<{length // 4}I", raw[: length // 4 * 4])
        else:
            fragments.append((start, length))
        first, offset = False, start + length
    raise ValueError("too many fragments")


def _of_frame(
    opened: OpenSource, frame: Frame, table: tuple[int, ...], fragments: list[Fragment]
) -> list[Fragment]:
    """Fragments of one of several frames: by an offset table, one each, or by the first bytes of streams."""
    extended = frame.header.numbers(tags.EXTENDED_OFFSETS)
    offsets = [int(x) for x in extended] if len(extended) == frame.frames else list(table)
    if len(offsets) == frame.frames and fragments:
        base = fragments[0][0] - 8
        low = offsets[frame.index]
        high = offsets[frame.index + 1] if frame.index + 1 < len(offsets) else 1 << 62
        return [f for f in fragments if low <= f[0] - 8 - base < high]
    if len(fragments) == frame.frames:
        return [fragments[frame.index]]
    starts = [i for i, f in enumerate(fragments) if opened.read(f[0], 4).startswith(STARTS)]
    if len(starts) != frame.frames:
        raise ValueError("frames cannot be told apart")
    end = starts[frame.index + 1] if frame.index + 1 < len(starts) else len(fragments)
    return fragments[starts[frame.index] : end]
