"""The audit list: everything that a reader did to a case, who, when, and the score before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cacviewer.core.edits import Edit


class Deed(StrEnum):
    """What was done."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    REVIEW = "review"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list.

    Attributes:
        deed: What was done.
        by: Who.
        at: When, ISO 8601 with the offset of the place.
        edit: What was edited, undone or redone; None for review and unlock.
        before: Agatston score of the case before; None where there is none.
        after: And after.
        checked: What was confirmed at a review, as keys of the checklist.
    """

    deed: Deed
    by: str = ""
    at: str = ""
    edit: Edit | None = None
    before: float | None = None
    after: float | None = None
    checked: tuple[str, ...] = ()
