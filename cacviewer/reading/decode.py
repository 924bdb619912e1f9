"""Compressed pixels, decoded in a child process that may die (reading rules 12.11).

Decoders written in C can end the interpreter or hang on damaged streams, and no `except` helps. So each frame
goes to a child with a limit of time and memory; a frame that kills it is a missing slice, and the next frame
gets a new child.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

import cacviewer
from cacviewer.reading.codestreams import DecodeFailed, stream_of
from cacviewer.reading.frames import PixelFormat

__all__ = ["DecodeFailed", "Decoder", "decoder_command"]

SECONDS_TO_START = 60.0
SECONDS_PER_FRAME = 30.0
"""By the clock, for a decoder that waits for ever. One that computes for ever is ended by its own limit of processor
time (`decode_child`), so that a machine with other work loses no slice."""
MAX_DEATHS = 6
HERE = str(Path(cacviewer.__file__).parent.parent)
"""Where the child finds this package, whatever the folder it is started in."""

CODECS = ("jpeg", "jpegls", "jpeg2000")
REQUEST = struct.Struct("<B64sIIBBBxQ")
"""Codec, transfer syntax, rows, columns, bits allocated, bits stored, signed; then length of the stream."""
ANSWER = struct.Struct("<BQ")
"""0 decoded or 1 failed, then length of what follows: pixels, or a sentence."""


def decoder_command() -> list[str]:
    """How the child is started: the program itself where it is frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--decode"]
    return [sys.executable, "-m", "cacviewer.reading.decode_child"]


class Decoder:
    """One child at a time; start and end belong to one thread of the loader."""

    def __init__(
        self, command: list[str] | None = None, seconds_per_frame: float = SECONDS_PER_FRAME
    ) -> None:
        """Starts nothing yet: most series need no decoder."""
        self._command = command or decoder_command()
        self._seconds = seconds_per_frame
        self._child: subprocess.Popen[bytes] | None = None
        self._fresh = True
        self.deaths = 0

    def decoded(
        self, packed: bytes, format: PixelFormat, codec: str
    ) -> tuple[NDArray[np.generic], PixelFormat]:
        """Stored values (rows, columns) of one frame, and the format with the bits of the stream.

        Bits of the stream win over those of the header, the header's sign wins (reading rules 12.5.6).

        Raises:
            DecodeFailed: The stream is damaged, does not fit the header, or ended its decoder.
        """
        stream = stream_of(packed, codec)
        if (stream.rows, stream.columns, stream.components) != (format.rows, format.columns, format.samples):
            raise DecodeFailed("the stream's size is not the header's")
        if self.deaths >= MAX_DEATHS:
            raise DecodeFailed("decoders died too often on this series")
        if stream.bits > format.allocated:
            raise DecodeFailed("the stream has more bits than the header allocates")
        if stream.bits != format.stored:
            format = replace(format, stored=stream.bits, high_bit=stream.bits - 1)
        request = REQUEST.pack(
            CODECS.index(codec), format.syntax_uid.encode("ascii", "replace")[:64], format.rows, format.columns,
            format.allocated, format.stored, format.signed, len(packed),
        )  # fmt: skip
        answer = self._ask(request + packed)
        kind = np.dtype(f"<u{format.allocated // 8}")
        if len(answer) != format.rows * format.columns * kind.itemsize:
            raise DecodeFailed("the decoded size is not the header's")
        return np.frombuffer(answer, kind).reshape(format.rows, format.columns), format

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what it never read cannot be flushed any more
                        pipe.close()
            self._child = None

    def _ask(self, message: bytes) -> bytes:
        child = self._started()
        seconds = self._seconds + (SECONDS_TO_START if self._fresh else 0.0)
        watchdog = threading.Timer(seconds, child.kill)
        watchdog.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(message)
            child.stdin.flush()
            status, length = ANSWER.unpack(_exactly(child.stdout, ANSWER.size))
            body = _exactly(child.stdout, length)
        except (OSError, EOFError) as error:
            self.deaths += 1
            self.close()
            raise DecodeFailed("the decoder ended or took too long") from error
        finally:
            watchdog.cancel()
        self._fresh = False
        if status:
            raise DecodeFailed(body.decode("utf_8", "replace"))
        return body

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._fresh = True
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, (HERE, os.environ.get("PYTHONPATH")))),
                },
            )
        return self._child


def _exactly(pipe: BinaryIO | object, count: int) -> bytes:
    data = pipe.read(count)  # type: ignore[union-attr]
    if len(data) < count:
        raise EOFError
    return bytes(data)
