"""Named errors. Each has a code, a sentence, the file it is about and what to do; they cross the pipe as data.

CacError
├── UsageError            wrong words on the command line or in a request
├── UnreadableInput       nothing can be read from the input (exit 2)
├── NotScorable           a series that may be looked at but not scored (exit 2)
├── ModelError            weights that do not belong to their card, or are missing
├── CannotExport          a format cannot be made of this case (exit 2)
├── CannotWrite           the target folder or disk refuses (exit 2 at once, 1 in the middle)
├── WorkerDied            a child process ended without an answer
└── Cancelled             the user said stop
"""

from __future__ import annotations

from typing import Any


class CacError(Exception):
    """An error that a person can act on.

    Attributes:
        code: Stable name (findings' codes where there is one).
        message: What happened, one sentence.
        path: The file or folder it is about, or "".
        remedy: What to do, one sentence, or "".
    """

    code = "failure"
    exit_code = 1

    def __init__(self, message: str, *, code: str = "", path: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.message = message
        self.path = path
        self.remedy = remedy

    def __str__(self) -> str:
        where = f" [{self.path}]" if self.path and self.path not in self.message else ""
        return f"{self.message}{where}" + (f" {self.remedy}" if self.remedy else "")

    def plain(self) -> dict[str, Any]:
        """The error as plain data for the pipe."""
        return {
            "type": type(self).__name__,
            "code": self.code,
            "message": self.message,
            "path": self.path,
            "remedy": self.remedy,
        }


class UsageError(CacError):
    """Wrong words on the command line or in a request."""

    code, exit_code = "usage", 2


class UnreadableInput(CacError):
    """Nothing can be read from the input."""

    code, exit_code = "no_dicom", 2


class NotScorable(CacError):
    """The series can be looked at but gives no score."""

    code, exit_code = "viewing_only", 2


class ModelError(CacError):
    """Weights are missing or do not belong to their card."""

    code = "model"


class CannotExport(CacError):
    """A format cannot be made of this case; other formats can."""

    code, exit_code = "cannot_export", 2


class CannotWrite(CacError):
    """The target folder or disk refuses."""

    code, exit_code = "cannot_write", 2


class WorkerDied(CacError):
    """A child process ended without an answer."""

    code = "worker_died"


class Cancelled(CacError):
    """The user said stop."""

    code = "cancelled"


_TYPES: dict[str, type[CacError]] = {
    t.__name__: t
    for t in (
        CacError,
        UsageError,
        UnreadableInput,
        NotScorable,
        ModelError,
        CannotExport,
        CannotWrite,
        WorkerDied,
        Cancelled,
    )
}


def from_plain(data: dict[str, Any]) -> CacError:
    """Rebuilds an error that crossed the pipe; an unknown type becomes a CacError."""
    kind = _TYPES.get(str(data.get("type")), CacError)
    return kind(
        str(data.get("message", "")),
        code=str(data.get("code", "")),
        path=str(data.get("path", "")),
        remedy=str(data.get("remedy", "")),
    )
