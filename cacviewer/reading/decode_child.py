"""The process that runs decoders: frames in on stdin, pixels out on stdout, until it is killed or dies."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from cacviewer.reading.decode import ANSWER, CODECS, REQUEST

MEMORY_BYTES = 4 << 30
PLUGINS = {"jpeg": "gdcm", "jpegls": "pyjpegls", "jpeg2000": "pylibjpeg"}


def main() -> int:
    """Answers requests until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints from C must not stand among the pixels
    _limit_memory()
    requests = sys.stdin.buffer
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        codec, syntax, rows, columns, allocated, stored, signed, length = REQUEST.unpack(head)
        packed = requests.read(length)
        try:
            body = _decoded(
                packed, CODECS[codec], syntax.rstrip(b"\0").decode(), rows, columns, allocated, stored, signed
            )
            _answer(answers, 0, body)
        except Exception as error:  # noqa: BLE001, whatever a decoder raises is an answer
            _answer(answers, 1, f"{type(error).__name__}: {error}"[:500].encode())
    return 0


def _answer(answers: BinaryIO, status: int, body: bytes) -> None:
    answers.write(ANSWER.pack(status, len(body)) + body)
    answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit is all there is
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        pass


def _decoded(
    packed: bytes, codec: str, syntax: str, rows: int, columns: int, allocated: int, stored: int, signed: int
) -> bytes:
    from pydicom.encaps import encapsulate
    from pydicom.pixels import get_decoder
    from pydicom.uid import UID

    decoder = get_decoder(UID(syntax))
    array, _ = decoder.as_array(
        encapsulate([packed]),
        raw=True,
        decoding_plugin=PLUGINS[codec],
        rows=rows,
        columns=columns,
        samples_per_pixel=1,
        number_of_frames=1,
        photometric_interpretation="MONOCHROME2",
        bits_allocated=allocated,
        bits_stored=stored,
        pixel_representation=signed,
        pixel_keyword="PixelData",
    )
    wanted = f"<{'i' if signed else 'u'}{allocated // 8}"
    return array.astype(wanted, copy=False).tobytes()


if __name__ == "__main__":
    raise SystemExit(main())
