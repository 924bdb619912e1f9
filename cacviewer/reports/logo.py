"""The logo of a site as an SVG in memory: typst takes files in memory only as text."""

from __future__ import annotations

import base64
from pathlib import Path

from cacviewer.core.errors import UnreadableInput

MOST_BYTES = 300_000
"""A larger logo would make the report larger than it may be."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def logo_svg(path: str) -> bytes:
    """The logo file (PNG, JPEG or SVG) as SVG; b"" for no path.

    Raises:
        UnreadableInput: It is not there, too large or no picture of these kinds.
    """
    if not path:
        return b""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _refusal(path, f"it cannot be read ({error.strerror})") from error
    if len(data) > MOST_BYTES:
        raise _refusal(path, f"it has more than {MOST_BYTES // 1000} kB")
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        return _wrapped(data, "image/png", width, height)
    if data.startswith(_JPEG):
        return _wrapped(data, "image/jpeg", *_jpeg_size(data, path))
    if b"<svg" in data[:4000]:
        return data
    raise _refusal(path, "it is no PNG, JPEG or SVG")


def _wrapped(data: bytes, kind: str, width: int, height: int) -> bytes:
    packed = base64.b64encode(data).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}"><image width="{width}" height="{height}" '
        f'xlink:href="data:{kind};base64,{packed}"/></svg>'
    ).encode("ascii")


def _jpeg_size(data: bytes, path: str) -> tuple[int, int]:
    """Width and height from the start-of-frame segment (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + max(length, 2)
    raise _refusal(path, "its JPEG header is damaged")


def _refusal(path: str, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"The logo {path} cannot be used: {why}.", code="logo", path=path, remedy="Choose another file."
    )
