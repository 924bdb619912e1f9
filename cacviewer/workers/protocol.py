"""What parent and child say to each other: frames of plain data on binary streams.

A frame is the length of its body (4 bytes, most significant first) and the body, JSON in UTF-8: one message,
an object whose "message" names its class.

    child                                parent
      Hello    who I am            ->
      Ready    warm, or why not    ->
                                   <-    Job
      Progress, Log                ->
      Result or Failure            ->
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from cacviewer.core import errors
from cacviewer.storage import codec

PROTOCOL_VERSION = 1
MAX_BODY_BYTES = 64 * 2**20
"""Arrays travel as files, so a longer frame is noise on the pipe and not a message."""

_LENGTH = struct.Struct(">I")

Role = Literal["reader", "network"]
ROLES: tuple[Role, ...] = ("reader", "network")


class ProtocolError(Exception):
    """Bytes that are no frame, or a frame that is no message."""


@dataclass(frozen=True, slots=True)
class Hello:
    """First message of a child: what it is.

    Attributes:
        protocol: PROTOCOL_VERSION of the child.
        program: Version of the program.
        role: What it was started for.
        pid: Its process.
        device: What it computes on.
    """

    protocol: int
    program: str
    role: str
    pid: int
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is warm: libraries imported, weights loaded, first trace made.

    Attributes:
        seconds: From its first instruction to now.
        peak_mib: Its largest resident memory so far, 0 if the system does not tell.
        models: Names of its networks and their SHA-256.
        problem: Sentence if the warm-up failed; jobs may be tried all the same.
    """

    seconds: float
    peak_mib: float = 0.0
    models: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table of jobs with its arguments, packed by `storage.codec.pack`."""

    ticket: int
    name: str
    args: list[Any] = field(default_factory=list)
    kwargs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job is: step in words, fraction 0..1 of the whole job, and seconds left if somebody knows."""

    ticket: int
    step: str
    fraction: float
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a job returned, packed; how long it took and how much memory the child has had at most."""

    ticket: int
    value: Any
    seconds: float = 0.0
    peak_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A job raised: `errors.CacError.plain()` and, if nobody expected it, the traceback."""

    ticket: int
    error: dict[str, Any]
    details: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """A line for the log of the parent; level as in `logging`."""

    level: int
    text: str


Message = Hello | Ready | Job | Progress | Result | Failure | Log
_CLASSES: dict[str, type[Any]] = {c.__name__: c for c in (Hello, Ready, Job, Progress, Result, Failure, Log)}


def to_frame(message: Message) -> bytes:
    """The bytes of a message.

    Raises:
        ProtocolError: The message is larger than a frame may be.
    """
    plain = {"message": type(message).__name__, **codec.encode(message)}
    body = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    if len(body) > MAX_BODY_BYTES:
        raise ProtocolError(f"a {type(message).__name__} of {len(body)} bytes is too large for the pipe")
    return _LENGTH.pack(len(body)) + body


def from_body(body: bytes) -> Message:
    """The message of a frame's body.

    Raises:
        ProtocolError: It is none.
    """
    try:
        plain = json.loads(body.decode("utf-8", "surrogatepass"))
        kind = _CLASSES[plain.pop("message")]
        message: Message = codec.decode(kind, plain)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProtocolError(f"not a message: {error!r}") from None
    return message


class FrameDecoder:
    """Cuts a stream into messages, however its bytes arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Takes bytes and yields the messages that are complete; consume it whole.

        Raises:
            ProtocolError: The stream is no longer one of frames; it cannot be mended.
        """
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_BODY_BYTES:
                raise ProtocolError(f"a frame of {length} bytes: something else writes on the pipe")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            yield from_body(body)

    @property
    def pending_bytes(self) -> int:
        """Bytes of a frame that is not complete yet."""
        return len(self._buffer)


def read_messages(stream: BinaryIO) -> Iterator[Message]:
    """Messages of a blocking stream until its end.

    Raises:
        ProtocolError: As `FrameDecoder.feed`; also when the stream ends inside a frame.
    """
    decoder = FrameDecoder()
    while data := stream.read1(65536):  # type: ignore[attr-defined]  # buffered readers have it
        yield from decoder.feed(data)
    if decoder.pending_bytes:
        raise ProtocolError(f"the stream ends inside a frame ({decoder.pending_bytes} bytes)")


def error_of(failure: Failure) -> errors.CacError:
    """The error of a failure; its details become a note (PEP 678), see `details_of`."""
    error = errors.from_plain(failure.error)
    if failure.details:
        error.add_note(failure.details)
    return error


def details_of(error: BaseException) -> str:
    """What stands behind "Details" of a dialog: the traceback from the child, or ""."""
    return "\n".join(getattr(error, "__notes__", ()))
