"""A file's header from its bytes: is it DICOM, how is it written, and what do its wanted elements say."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

from cacviewer.dicom import tags
from cacviewer.dicom.syntaxes import EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, SYNTAXES, UNKNOWN
from cacviewer.dicom.walk import (
    KNOWN_VRS,
    LONG_VRS,
    SHORT_VRS,
    WINDOW_BYTES,
    EndsEarly,
    Malformed,
    NotDicom,
    Parsed,
    Reader,
    Walk,
)


class Inflated:
    """A deflated data set as a reader: inflated as far as was asked for, never further."""

    def __init__(self, reader: Reader, offset: int) -> None:
        self._reader, self._at = reader, offset
        self._inflate = zlib.decompressobj(-15)
        self._data = bytearray()
        self.size = 1 << 62  # not known before the end

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset` of the inflated data set."""
        while len(self._data) < offset + count and not self._inflate.eof:
            block = self._inflate.unconsumed_tail or self._reader.read(self._at, 65536)
            if not self._inflate.unconsumed_tail:
                self._at += len(block)
            if not block:
                break
            try:
                self._data += self._inflate.decompress(block, offset + count - len(self._data))
            except zlib.error:
                break
        return bytes(self._data[offset : offset + count])


def parse(reader: Reader) -> Parsed:
    """Reads the header of a file.

    Raises:
        NotDicom: The contents are something else, whatever the name.
        Malformed: They say DICOM and cannot be parsed.
    """
    head = reader.read(0, WINDOW_BYTES)
    found = Parsed()
    offset = 132 if head[128:132] == b"DICM" else 0
    found.preamble = offset > 0
    if not found.preamble and not _plausible(head):
        raise NotDicom
    try:
        offset = _file_meta(reader, head, offset, found)
        _choose_syntax(reader.read(offset, 8), found)
        found.data_offset = offset
        if found.syntax.deflated:
            Walk(Inflated(reader, offset), b"", found).data_set(0)
        else:
            Walk(reader, head, found).data_set(offset)
    except EndsEarly:
        if found.preamble and not found.values and not found.syntax_uid:
            raise Malformed from None  # four letters and then nothing of DICOM
        found.truncated = True
    except Malformed:
        if not _says_dicom(found):
            raise NotDicom from None
        raise
    if not _says_dicom(found):
        raise NotDicom
    return found


def _says_dicom(found: Parsed) -> bool:
    """Whether more than the first two bytes speak for DICOM."""
    return found.preamble or tags.SOP_CLASS_UID in found.values or tags.MODALITY in found.values


def _plausible(head: bytes) -> bool:
    """Whether bytes without a preamble start with an element of group 0002 or 0008."""
    if len(head) < 16 or head[:2] not in (b"\x02\0", b"\x08\0", b"\0\x08"):
        return False
    if head[4:6] in KNOWN_VRS:
        return True
    length = struct.unpack_from("<I", head, 4)[0]
    return head[:2] != b"\0\x08" and bool(length <= 256)


def _file_meta(reader: Reader, head: bytes, offset: int, found: Parsed) -> int:
    """Reads group 0002, always explicit little endian; its stated length is ignored."""
    while (element := _bytes_at(reader, head, offset, 12))[:2] == b"\x02\0":
        if len(element) < 12:
            raise EndsEarly
        vr = element[4:6]
        if vr in LONG_VRS:
            start, length = offset + 12, struct.unpack_from("<I", element, 8)[0]
        elif vr in SHORT_VRS:
            start, length = offset + 8, struct.unpack_from("<H", element, 6)[0]
        else:
            start, length = offset + 8, struct.unpack_from("<I", element, 4)[0]
        if struct.unpack_from("<H", element, 2)[0] == 0x0010:
            stated = _bytes_at(reader, head, start, min(length, 128))
            found.syntax_uid = stated.decode("latin_1").strip(" \0")
        offset = start + length
    if len(element) < 8:
        raise EndsEarly
    return offset


def _bytes_at(reader: Reader, head: bytes, offset: int, count: int) -> bytes:
    """Bytes of the first window, or of the file where private information makes group 0002 longer than that."""
    return head[offset : offset + count] if offset + count <= len(head) else reader.read(offset, count)


def _choose_syntax(head: bytes, found: Parsed) -> None:
    """Takes the stated syntax where the first element agrees with it, else what the bytes look like."""
    stated = SYNTAXES.get(found.syntax_uid, UNKNOWN)
    if stated.deflated:
        found.syntax = stated
        return
    explicit = head[4:6] in KNOWN_VRS
    big = head[0] == 0 and head[1] != 0
    looks = (EXPLICIT_BIG if big else EXPLICIT_LITTLE) if explicit else IMPLICIT_LITTLE
    if not found.syntax_uid:
        found.syntax_uid, found.syntax = looks, SYNTAXES[looks]
    elif stated.explicit == explicit and stated.big_endian == big:
        found.syntax = stated
    elif stated.encapsulated:  # the pixels are as stated, or nobody knows; the elements are as they look
        found.syntax = replace(stated, explicit=explicit, big_endian=big)
    else:
        found.repaired.add("TransferSyntaxUID")
        found.syntax_uid, found.syntax = looks, SYNTAXES[looks]
