"""What a driver has to do, as values: the answers of `dispatch`."""

from __future__ import annotations

from dataclasses import dataclass

from cacviewer.core.errors import CacError
from cacviewer.workers import protocol
from cacviewer.workers.states import State


@dataclass(frozen=True, slots=True)
class Start:
    """Start a child of this role."""

    role: str


@dataclass(frozen=True, slots=True)
class Send:
    """Write the job to the child."""

    role: str
    job: protocol.Job


@dataclass(frozen=True, slots=True)
class Kill:
    """End the child at once; `Dispatch.died` is awaited."""

    role: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell who asked for the ticket: a Progress, or the end of it as Result or error."""

    ticket: int
    what: protocol.Progress | protocol.Result | CacError


@dataclass(frozen=True, slots=True)
class Show:
    """The state of a role has changed."""

    role: str
    state: State


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person at the screen.

    Attributes:
        text: The sentence.
        again: A child died in its work, which begins again from nothing.
    """

    text: str
    again: bool = False


Command = Start | Send | Kill | Tell | Show | Notice
