"""The process that runs decoders: frames in on stdin, pixels out on stdout, until it is killed or dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, BinaryIO

import numpy as np

from cacviewer.reading.decode import ANSWER, CODECS, REQUEST

MEMORY_BYTES = 4 << 30
PROCESSOR_SECONDS = 10
PLUGINS = {"jpegls": "pyjpegls", "jpeg2000": "pylibjpeg"}


def main() -> int:
    """Answers requests until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints from C must not stand among the pixels
    _limit_memory()
    requests = sys.stdin.buffer
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        codec, syntax, rows, columns, allocated, stored, signed, length = REQUEST.unpack(head)
        packed = requests.read(length)
        _limit_time()
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


def _limit_time() -> None:
    """From now on this process may compute for PROCESSOR_SECONDS; then the system ends it, in native code too."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is all there is
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS + 1
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _decoded(
    packed: bytes, codec: str, syntax: str, rows: int, columns: int, allocated: int, stored: int, signed: int
) -> bytes:
    if codec == "jpeg":
        width = 8 if stored <= 8 else allocated  # GDCM's own pixels are no wider than the stream's
        body = _by_gdcm(packed, syntax, rows, columns, width, stored, signed)
        kind = "i" if signed else "u"
        return np.frombuffer(body, f"<{kind}{width // 8}").astype(f"<{kind}{allocated // 8}").tobytes()
    from pydicom.encaps import encapsulate
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    options: dict[str, Any] = {
        "rows": rows,
        "columns": columns,
        "samples_per_pixel": 1,
        "number_of_frames": 1,
        "photometric_interpretation": "MONOCHROME2",
        "bits_allocated": allocated,
        "bits_stored": stored,
        "pixel_representation": signed,
        "pixel_keyword": "PixelData",
    }
    decoder = get_decoder(UID(syntax))
    array, _ = decoder.as_array(encapsulate([packed]), raw=True, decoding_plugin=PLUGINS[codec], **options)
    wanted = f"<{'i' if signed else 'u'}{allocated // 8}"
    return array.astype(wanted, copy=False).tobytes()


def _by_gdcm(
    packed: bytes, syntax: str, rows: int, columns: int, allocated: int, stored: int, signed: int
) -> bytes:
    """JPEG without pydicom between: pydicom refuses 12 bits of JPEG extended, which GDCM decodes."""
    import gdcm

    fragment = gdcm.Fragment()
    fragment.SetByteStringValue(packed)
    fragments = gdcm.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    element = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((columns, rows, 1))
    image.SetDataElement(element)
    image.SetPhotometricInterpretation(
        gdcm.PhotometricInterpretation(gdcm.PhotometricInterpretation.MONOCHROME2)
    )
    image.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(syntax)))
    image.SetPixelFormat(gdcm.PixelFormat(1, allocated, stored, stored - 1, signed))
    return bytes(image.GetBuffer().encode("utf-8", "surrogateescape"))


if __name__ == "__main__":
    raise SystemExit(main())
