"""A header's values read leniently: numbers, codes, text and dates from the bytes of `parse` (reading rules 12.6)."""

from __future__ import annotations

import math
import re
import struct

from cacviewer.dicom import charsets, tags
from cacviewer.dicom.walk import Elements, Value

_BINARY: dict[str, str] = {
    "US": "H", "SS": "h", "UL": "I", "SL": "i", "FL": "f", "FD": "d", "UV": "Q", "SV": "q", "OV": "Q",
}  # fmt: skip
_BY_LENGTH: dict[str, dict[int, str]] = {"US": {1: "B", 2: "H", 4: "I", 8: "Q"}, "FL": {4: "f", 8: "d"}}
_WIDE_AS_INTEGER = frozenset(("US", "SS", "UL", "SL", "UV", "SV"))
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?")
MAX_NUMBER_CHARACTERS = 16


class Header:
    """Wanted elements of one image, by tag, with lenient access.

    Attributes:
        elements: Tag to representation and bytes.
        big_endian: Byte order of binary values.
        repaired: Names of elements that were not as the standard says.
        guessed_text: A text was decoded without a character set that fits.
    """

    __slots__ = ("_sets", "big_endian", "elements", "guessed_text", "repaired")

    def __init__(self, elements: Elements, big_endian: bool = False) -> None:
        self.elements = elements
        self.big_endian = big_endian
        self.repaired: set[str] = set()
        self.guessed_text = False
        self._sets: tuple[str, ...] | None = None

    def of_frame(self, own: Elements, shared: Elements) -> Header:
        """The header of one frame: what stands for it alone, before what all share, before the top level."""
        merged = dict(self.elements)
        for elements in (shared, own):
            merged.update((tag, value) for tag, value in elements.items() if tag in tags.PER_FRAME)
        return Header(merged, self.big_endian)

    def __contains__(self, tag: int) -> bool:
        return tag in self.elements

    def codes(self, tag: int) -> tuple[str, ...]:
        """Values of a text without a character set (UIDs, codes), stripped; () where it is absent or empty."""
        value = self.elements.get(tag)
        if value is None:
            return ()
        text = value[1].decode("latin_1").strip(" \0")
        return tuple(part.strip(" \0") for part in text.split("\\")) if text else ()

    def code(self, tag: int) -> str:
        """First value of `codes`, or ""."""
        values = self.codes(tag)
        return values[0] if values else ""

    def text(self, tag: int) -> str:
        """A text in the header's character set, "" where it is absent."""
        value = self.elements.get(tag)
        if value is None:
            return ""
        if self._sets is None:
            self._sets = self.codes(tags.SPECIFIC_CHARACTER_SET)
        text, guessed = charsets.decoded(value[1], self._sets)
        self.guessed_text |= guessed
        return "".join(c for c in text if c.isprintable())

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Finite numbers of an element, whatever its stated form; () where one of them cannot be read."""
        value = self.elements.get(tag)
        if value is None:
            return ()
        kind = tags.VRS[tag]
        found = self._binary(tag, kind, value) if kind in _BINARY else self._decimal(tag, kind, value)
        return found if all(map(math.isfinite, found)) else ()

    def number(self, tag: int) -> float | None:
        """First value of `numbers`, None where there is none."""
        values = self.numbers(tag)
        return values[0] if values else None

    def integer(self, tag: int) -> int | None:
        """First value as a whole number, None where there is none."""
        value = self.number(tag)
        return None if value is None else int(value)

    def date(self, tag: int) -> str:
        """A date as YYYY-MM-DD, "" where it is absent or not a date."""
        match = re.match(r"(\d{4})[.-]?(\d\d)[.-]?(\d\d)", self.code(tag))
        return "-".join(match.groups()) if match else ""

    def _decimal(self, tag: int, kind: str, value: Value) -> tuple[float, ...]:
        if value[0] in _BINARY and value[0] != kind:
            self.repaired.add(tags.KEYWORDS[tag])
            return self._binary(tag, value[0], value)
        found: list[float] = []
        for part in value[1].decode("latin_1").strip(" \0").split("\\"):
            text = part.strip(" \0")
            if "," in text or len(text) > MAX_NUMBER_CHARACTERS or (kind == "IS" and "." in text):
                self.repaired.add(tags.KEYWORDS[tag])
                text = text.replace(",", ".")
            if not _NUMBER.fullmatch(text):
                return ()
            found.append(float(text.replace("d", "e").replace("D", "e")))
        return tuple(found)

    def _binary(self, tag: int, kind: str, value: Value) -> tuple[float, ...]:
        stated, raw = value
        letter = _BINARY[kind]
        if stated and stated != kind:
            if stated in _BINARY:
                letter = _BINARY[stated]
            elif raw.strip(b" \0").isdigit() and stated not in ("UN", "OB", "OW"):
                self.repaired.add(tags.KEYWORDS[tag])
                return (float(raw.strip(b" \0")),)
            if {stated, kind} != {"US", "SS"}:  # the standard allows both for values of pixels
                self.repaired.add(tags.KEYWORDS[tag])
        size = struct.calcsize(letter)
        if len(raw) < size or len(raw) % size:
            family = "US" if kind in _WIDE_AS_INTEGER else "FL"
            letter = _BY_LENGTH[family].get(len(raw), "")
            if not letter:
                return ()
            self.repaired.add(tags.KEYWORDS[tag])
            size = len(raw)
        order = ">" if self.big_endian else "<"
        return tuple(map(float, struct.unpack(f"{order}{len(raw) // size}{letter}", raw)))
