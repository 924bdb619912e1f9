"""A walk over the elements of a data set that keeps the wanted ones and stops at the pixels.

Written for files that lie (reading rules 12.6): a length never makes us allocate, a wrong group length or
representation is passed over, private elements are skipped unread, and nesting ends at 32 levels. The walk reads
through a window that moves, so that a file of half a megabyte costs its first few kilobytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Protocol

from cacviewer.dicom import tags
from cacviewer.dicom.syntaxes import UNKNOWN, Syntax

WINDOW_BYTES = 16384
MAX_VALUE_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_STEPS = 1_000_000
UNDEFINED = 0xFFFFFFFF
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
LONG_VRS = frozenset(
    (b"OB", b"OW", b"OF", b"OD", b"OL", b"OV", b"SQ", b"UN", b"UC", b"UR", b"UT", b"SV", b"UV")
)
SHORT_VRS = frozenset(
    (b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL")
    + (b"SS", b"ST", b"TM", b"UI", b"UL", b"US")
)
KNOWN_VRS = LONG_VRS | SHORT_VRS
WANTED = frozenset(tags.VRS)
ALL_SEQUENCES = tags.SEQUENCES | tags.FUNCTIONAL_GROUPS

Value = tuple[str, bytes]
"""Representation as the file states it ("" in implicit data sets) and the value's bytes."""
Elements = dict[int, Value]


class Reader(Protocol):
    """Bytes at any place of a source."""

    size: int

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`; fewer only at the end."""
        ...


class NotDicom(Exception):
    """The bytes are something else."""


class Malformed(Exception):
    """The bytes say DICOM and cannot be walked."""


class EndsEarly(Exception):
    """An element reaches beyond the end of the file."""


@dataclass(slots=True)
class Parsed:
    """What a walk over a header found.

    Attributes:
        syntax_uid: Transfer syntax, "" where none is stated.
        syntax: Its row of the table.
        values: Wanted elements of the top level.
        items: Wanted sequences: per item the wanted elements inside it, flattened.
        pixel_offset: Where the value of PixelData starts (in the inflated bytes of a deflated file), or 0.
        pixel_length: Its length, None for fragments, 0 without PixelData.
        pixel_vr: Representation of the pixels as the file states it ("OB", "OW", "" in implicit data sets).
        floating: They are FloatPixelData or DoubleFloatPixelData.
        preamble: The file has the Part 10 header.
        truncated: It ends inside an element of the header.
        repaired: Names of what was bent.
        data_offset: Where the data set starts (deflated: its compressed bytes).
        chain: Fragments of the pixels once they were looked for.
    """

    syntax_uid: str = ""
    syntax: Syntax = UNKNOWN
    values: Elements = field(default_factory=dict)
    items: dict[int, list[Elements]] = field(default_factory=dict)
    pixel_offset: int = 0
    pixel_length: int | None = 0
    pixel_vr: str = ""
    floating: bool = False
    preamble: bool = True
    truncated: bool = False
    repaired: set[str] = field(default_factory=set)
    data_offset: int = 0
    chain: tuple[tuple[int, ...], list[tuple[int, int]], bool] | None = None


class Walk:
    """One pass over the elements of a data set."""

    def __init__(self, reader: Reader, head: bytes, found: Parsed) -> None:
        self.reader, self.found = reader, found
        self.base, self.data = 0, head
        self.steps = 0
        order = ">" if found.syntax.big_endian else "<"
        self._tag = struct.Struct(order + "HH").unpack_from
        self._u16 = struct.Struct(order + "H").unpack_from
        self._u32 = struct.Struct(order + "I").unpack_from

    def data_set(self, offset: int) -> None:
        """Walks the top level from `offset` to the pixels; fills what the walk was made with."""
        self._elements(offset, self.reader.size, 0, self.found.values, self.found.syntax.explicit, False)

    def _reach(self, offset: int, count: int) -> int:
        """Makes the window hold `count` bytes from `offset`; returns their index in it."""
        index = offset - self.base
        if index >= 0 and index + count <= len(self.data):
            return index
        self.base, self.data = offset, self.reader.read(offset, max(WINDOW_BYTES, count))
        if len(self.data) < count:
            raise EndsEarly
        return 0

    def _head(self, offset: int, explicit: bool) -> tuple[int, bytes, int, int]:
        """Tag, representation, start and length of the element at `offset`."""
        i = offset - self.base
        if i < 0 or i + 12 > len(self.data):
            i = self._reach(offset, 8)
        data = self.data
        group, element = self._tag(data, i)
        if not explicit or group == 0xFFFE:
            return group << 16 | element, b"", offset + 8, self._u32(data, i + 4)[0]
        vr = data[i + 4 : i + 6]
        if vr in SHORT_VRS:
            return group << 16 | element, vr, offset + 8, self._u16(data, i + 6)[0]
        if vr in LONG_VRS:
            i = self._reach(offset, 12)
            return group << 16 | element, vr, offset + 12, self._u32(self.data, i + 8)[0]
        # not a representation: an implicit element among explicit ones, as some converters leave behind
        self.found.repaired.add(f"representation of ({group:04X},{element:04X})")
        return group << 16 | element, b"", offset + 8, self._u32(data, i + 4)[0]

    def _elements(
        self, offset: int, end: int, depth: int, sink: Elements | None, explicit: bool, until_delimiter: bool
    ) -> int:
        """Walks elements up to `end` or a delimiter; returns the place behind them."""
        if depth > MAX_DEPTH:
            raise Malformed
        while offset < end:
            if not until_delimiter and depth == 0 and end - offset < 8:
                break  # padding behind the last element
            i, data = offset - self.base, self.data
            vr = data[i + 4 : i + 6] if i >= 0 else b""
            if explicit and vr in SHORT_VRS and i + 8 <= len(data):  # nearly all elements, so without a call
                group, element = self._tag(data, i)
                tag, start, length = group << 16 | element, offset + 8, self._u16(data, i + 6)[0]
            else:
                tag, vr, start, length = self._head(offset, explicit)
            self.steps += 1
            if self.steps > MAX_STEPS or tag < 0x10000:  # zeros, or a file that never comes to its pixels
                raise Malformed
            if tag in (ITEM_END, SEQUENCE_END) and until_delimiter:
                return start
            if depth == 0 and tag >= tags.FLOAT_PIXEL_DATA:
                if tag <= tags.PIXEL_DATA:
                    self.found.pixel_offset = start
                    self.found.pixel_length = None if length == UNDEFINED else length
                    self.found.pixel_vr = vr.decode("latin_1")
                    self.found.floating = tag < tags.PIXEL_DATA
                return start
            if length == UNDEFINED or (
                sink is not None and tag in (ALL_SEQUENCES if depth else tags.SEQUENCES)
            ):
                offset = self._sequence(tag, vr, start, length, end, depth, sink, explicit)
                continue
            if length > end - start:
                if depth == 0 or self.reader.size < start + length:
                    raise EndsEarly
                return end  # an element that is longer than its item: the item ends it
            if sink is not None and tag in WANTED and length <= MAX_VALUE_BYTES:
                i = self._reach(start, length)
                sink.setdefault(tag, (vr.decode("latin_1"), self.data[i : i + length]))
            offset = start + length
        return offset

    def _sequence(
        self,
        tag: int,
        vr: bytes,
        start: int,
        length: int,
        end: int,
        depth: int,
        sink: Elements | None,
        explicit: bool,
    ) -> int:
        """Walks the items of a sequence; keeps those of the wanted ones."""
        if vr == b"UN":
            explicit = False  # PS3.5 6.2.2: its items are implicit little endian
        open_ended = length == UNDEFINED
        stop = end if open_ended else min(end, start + length)
        if not open_ended and start + length > self.reader.size:
            raise EndsEarly
        keep = tag in tags.SEQUENCES and depth == 0
        offset = start
        while offset < stop:
            item, _, inside, size = self._head(offset, explicit)
            if item == SEQUENCE_END:
                return inside
            if item != ITEM or depth >= MAX_DEPTH:
                raise Malformed
            below = sink
            if keep:
                below = {}
                self.found.items.setdefault(tag, []).append(below)
            elif depth == 0:
                below = None  # elements of other sequences say nothing about this image
            offset = self._item(inside, size, stop, depth, below, explicit, bool(vr == b"OB" or vr == b"OW"))
        return offset if open_ended else start + length

    def _item(
        self,
        inside: int,
        size: int,
        stop: int,
        depth: int,
        sink: Elements | None,
        explicit: bool,
        opaque: bool,
    ) -> int:
        if size == UNDEFINED:
            return self._elements(inside, stop, depth + 1, sink, explicit, True)
        if size > stop - inside:
            raise EndsEarly
        if sink is not None and not opaque:
            self._elements(inside, inside + size, depth + 1, sink, explicit, False)
        return inside + size
