"""ZIP archives read in memory, safe against what a hostile one can do (reading rules 12.2.5).

Nothing is written to disk. Sizes in the directory are not believed; a member is inflated as far as the limits
allow. The directory is read here, because a library would take all of it into memory before any limit.
"""

from __future__ import annotations

import re
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cacviewer.reading.sources import IGNORED_NAMES, OpenBytes, OpenSource, Source

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 8 << 30
MAX_RATIO, RATIO_FROM_BYTES = 200, 64 << 20
STORED, DEFLATE = 0, 8
CHUNK = 1 << 20
LOCAL, ENTRY, END, END64, LOCATOR64 = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
)
SYMBOLIC_LINK = 0o120000


class ArchiveBomb(Exception):
    """Unpacking would go beyond the limits, or members overlap."""


class ArchiveDamaged(Exception):
    """The directory or a member is broken."""


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of the directory.

    Attributes:
        name: Decoded, for people; never a path to be written.
        offset: Of its local header.
        packed: Compressed bytes.
        method: 0 stored, 8 deflated.
        crc: Of its contents.
        encrypted: Needs a password.
        unsafe: Its name points outside, or it is a link.
    """

    name: str
    offset: int
    packed: int
    method: int
    crc: int
    encrypted: bool
    unsafe: bool


class Archive:
    """A ZIP archive over a source; several threads may read members."""

    def __init__(self, source: Source) -> None:
        """Looks at nothing yet."""
        self.source = source
        self.damaged = False
        self._lock = threading.Lock()
        self._last: tuple[Member | None, bytes] = (None, b"")

    def members(self) -> list[Member]:
        """Entries that are files, in the order of the directory.

        Raises:
            ArchiveBomb: Too many, or two share their bytes.
        """
        with self.source.open() as opened:
            try:
                found = list(_directory(opened))
            except (ArchiveDamaged, struct.error):
                self.damaged = True
                found = list(_local_headers(opened))
        ends = 0
        for member in sorted(found, key=lambda m: m.offset):
            if member.offset < ends:
                raise ArchiveBomb
            ends = member.offset + 30 + member.packed
        return [m for m in found if not m.name.endswith(("/", "\\")) and not _ignored(m.name)]

    def contents(self, member: Member, left: int = MAX_TOTAL_BYTES) -> bytes:
        """Unpacks a member; the last one is kept for the frames of one object.

        Raises:
            ArchiveBomb: Beyond `left` bytes, or more than 64 MiB at more than 200:1.
            ArchiveDamaged: Broken, or of an unknown method.
        """
        with self._lock:
            if self._last[0] == member:
                return self._last[1]
        with self.source.open() as opened:
            data = _unpacked(opened, member, left)
        if zlib.crc32(data) != member.crc:
            raise ArchiveDamaged
        with self._lock:
            self._last = (member, data)
        return data


@dataclass(frozen=True, slots=True)
class MemberSource:
    """A member of an archive as a source."""

    archive: Archive
    member: Member

    @property
    def name(self) -> str:
        """The archive's path and the member's name."""
        return f"{self.archive.source.name}/{self.member.name}"

    def open(self) -> OpenSource:
        """Unpacks it into memory; raises OSError where that fails."""
        try:
            return OpenBytes(self.archive.contents(self.member))
        except (ArchiveBomb, ArchiveDamaged) as error:
            raise OSError("the archive is damaged") from error


def is_archive(head: bytes) -> bool:
    """Whether a file starts like a ZIP archive."""
    return head.startswith((LOCAL, END))


def _directory(opened: OpenSource) -> Iterator[Member]:
    tail_at = max(0, opened.size - 65557)
    tail = opened.read(tail_at, 65557)
    at = tail.rfind(END)
    if at < 0 or at + 22 > len(tail):
        raise ArchiveDamaged
    count, size, start = struct.unpack_from("<HII", tail, at + 10)
    end = tail_at + at
    if 0xFFFFFFFF in (size, start) or count == 0xFFFF:
        locator = opened.read(end - 20, 20) if end >= 20 else b""
        if locator.startswith(LOCATOR64):
            record = opened.read(struct.unpack_from("<Q", locator, 8)[0], 56)
            if record.startswith(END64):
                count, size, start = struct.unpack_from("<QQQ", record, 32)
                end = struct.unpack_from("<Q", locator, 8)[0]
    if count > MAX_MEMBERS:
        raise ArchiveBomb
    shift = end - size - start  # bytes before the archive, as self-extracting ones have
    if shift < 0 or size > opened.size:
        raise ArchiveDamaged
    data = opened.read(start + shift, size)
    at = 0
    for _ in range(count):
        if data[at : at + 4] != ENTRY:
            raise ArchiveDamaged
        flags, method, crc, packed, real = struct.unpack_from("<HH4xIII", data, at + 8)
        names, extras, comments = struct.unpack_from("<HHH", data, at + 28)
        attributes, offset = struct.unpack_from("<II", data, at + 38)
        raw = data[at + 46 : at + 46 + names]
        extra = data[at + 46 + names : at + 46 + names + extras]
        if 0xFFFFFFFF in (packed, real, offset):
            packed, offset = _wide(extra, packed, real, offset)
        link = attributes >> 16 & 0o170000 == SYMBOLIC_LINK
        yield _member(raw, flags, method, crc, packed, offset + shift, link)
        at += 46 + names + extras + comments


def _wide(extra: bytes, packed: int, real: int, offset: int) -> tuple[int, int]:
    """Sizes and offset of ZIP64, where the short fields are full."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            _ = next(wide, 0) if real == 0xFFFFFFFF else real
            packed = next(wide, 0) if packed == 0xFFFFFFFF else packed
            offset = next(wide, 0) if offset == 0xFFFFFFFF else offset
        at += 4 + length
    return packed, offset


def _local_headers(opened: OpenSource) -> Iterator[Member]:
    """Members found by walking local headers, for an archive without a usable directory."""
    at, count = 0, 0
    while (head := opened.read(at, 30)).startswith(LOCAL) and len(head) == 30:
        flags, method, crc, packed = struct.unpack_from("<HH4xII", head, 6)
        names, extras = struct.unpack_from("<HH", head, 26)
        if flags & 8 or packed == 0xFFFFFFFF:
            return  # sizes stand behind the data; without the directory they are not believed
        count += 1
        if count > MAX_MEMBERS:
            raise ArchiveBomb
        yield _member(opened.read(at + 30, names), flags, method, crc, packed, at, False)
        at += 30 + names + extras + packed


def _member(raw: bytes, flags: int, method: int, crc: int, packed: int, offset: int, link: bool) -> Member:
    name = _name(raw, bool(flags & 0x800))
    return Member(name, offset, packed, method, crc, bool(flags & 1), link or _points_outside(name))


def _name(raw: bytes, utf8: bool) -> str:
    for codec in ("utf_8",) if utf8 else ("utf_8", "cp1256"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _points_outside(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return ".." in parts or name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name)) or "\0" in name


def _ignored(name: str) -> bool:
    return any(part.lower() in IGNORED_NAMES for part in re.split(r"[/\\]", name))


def _unpacked(opened: OpenSource, member: Member, left: int) -> bytes:
    head = opened.read(member.offset, 30)
    if len(head) < 30 or not head.startswith(LOCAL):
        raise ArchiveDamaged
    names, extras = struct.unpack_from("<HH", head, 26)
    at = member.offset + 30 + names + extras
    if member.method == STORED:
        if member.packed > left:
            raise ArchiveBomb
        data = opened.read(at, member.packed)
        if len(data) < member.packed:
            raise ArchiveDamaged
        return data
    if member.method != DEFLATE:
        raise ArchiveDamaged
    inflate, out, used = zlib.decompressobj(-15), bytearray(), 0
    while not inflate.eof:
        tail = inflate.unconsumed_tail
        block = tail or opened.read(at + used, min(65536, member.packed - used))
        if not block:
            raise ArchiveDamaged
        if not tail:
            used += len(block)
        try:
            out += inflate.decompress(block, CHUNK)
        except zlib.error as error:
            raise ArchiveDamaged from error
        consumed = max(1, used - len(inflate.unconsumed_tail))
        if len(out) > left or (len(out) > RATIO_FROM_BYTES and len(out) > MAX_RATIO * consumed):
            raise ArchiveBomb
    return bytes(out)
