"""Text of a header: from its bytes and SpecificCharacterSet to str, never an exception.

A declared set that is known and fits is used. Otherwise: UTF-8 if the bytes are valid, else Windows-1256 when
most of the high bytes are Arabic letters there (common on clinic PCs), else Latin-1, and the caller is told.
"""

from __future__ import annotations

import re
import warnings

CODECS: dict[str, str] = {
    "": "ascii",
    "ISO_IR 6": "ascii",
    "ISO_IR 100": "latin_1",
    "ISO_IR 101": "iso8859_2",
    "ISO_IR 109": "iso8859_3",
    "ISO_IR 110": "iso8859_4",
    "ISO_IR 126": "iso8859_7",
    "ISO_IR 127": "iso8859_6",
    "ISO_IR 138": "iso8859_8",
    "ISO_IR 144": "iso8859_5",
    "ISO_IR 148": "iso8859_9",
    "ISO_IR 166": "tis_620",
    "ISO_IR 192": "utf_8",
    "ISO_IR 203": "iso8859_15",
    "ISO_IR 13": "shift_jis",
    "GB18030": "gb18030",
    "GBK": "gbk",
}
"""Defined terms without code extensions; terms with "2022" are switched by escape sequences."""

ESCAPE = b"\x1b"


def decoded(raw: bytes, character_sets: tuple[str, ...]) -> tuple[str, bool]:
    """Decodes a value.

    Args:
        raw: Bytes of the element, padding included.
        character_sets: Values of SpecificCharacterSet, () where it is absent.

    Returns:
        The text without padding, and whether it had to be guessed.
    """
    raw = raw.rstrip(b" \0")
    if raw.isascii() and ESCAPE not in raw:
        return raw.decode("ascii").strip(" \0"), False
    text = _declared(raw, character_sets)
    return (text.strip(" \0"), False) if text is not None else (_guessed(raw).strip(" \0"), True)


def _declared(raw: bytes, character_sets: tuple[str, ...]) -> str | None:
    terms = tuple(re.sub(r"^ISO.?IR.?(\d)", r"ISO_IR \1", t.strip().upper()) for t in character_sets)
    if any("2022" in t for t in terms):
        return _escaped(raw, terms)
    codec = CODECS.get(terms[0] if terms else "")
    if codec is None or (codec == "latin_1" and _is_utf8(raw)):
        return None
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    # control characters are no letters of anybody's name: the set is another one
    return None if any("\x80" <= c <= "\x9f" for c in text) else text


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes beyond ASCII form UTF-8; letters of Latin-1 next to one another hardly ever do."""
    try:
        raw.decode("utf_8")
    except UnicodeDecodeError:
        return False
    return True


def _escaped(raw: bytes, terms: tuple[str, ...]) -> str | None:
    """Code extensions (ISO 2022): pydicom has the tables; only such headers pay for its import."""
    from pydicom import charset

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            encodings = charset.convert_encodings(list(terms))
            return str(charset.decode_bytes(raw, encodings, {0x5C, 0x5E, 0x3D}))
        except (LookupError, UnicodeError, ValueError):
            return None


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf_8")
    except UnicodeDecodeError:
        pass
    arabic = raw.decode("cp1256", "replace")
    high = [c for c in arabic if ord(c) > 127]
    if 2 * sum("\u0600" <= c <= "\u06ff" for c in high) > len(high):
        return arabic
    return raw.decode("latin_1")
