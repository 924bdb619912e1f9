"""What was done to a case, in words: for the undo menu, the history and messages."""

from __future__ import annotations

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.edits import (
    AddLesion,
    ChangeLimit,
    Edit,
    Erase,
    GiveArtery,
    Merge,
    Paint,
    Reject,
    Restore,
    Split,
)
from cacviewer.core.lesions import Artery
from cacviewer.ui.translations import translated

_ONE = {
    Reject: "Exclude lesion {n}",
    Restore: "Count lesion {n}",
    Paint: "Paint lesion {n}",
    Erase: "Erase from lesion {n}",
    Split: "Split lesion {n}",
    Merge: "Merge into lesion {n}",
}
_SEVERAL = {
    Reject: "Exclude {count} lesions",
    Restore: "Count {count} lesions",
    Paint: "Paint {count} lesions",
    Erase: "Erase from {count} lesions",
    Split: "Split {count} lesions",
    Merge: "Merge {count} lesions",
}
_DEEDS = {
    Deed.UNDO: "Undone: {edit}",
    Deed.REDO: "Redone: {edit}",
    Deed.REVIEW: "Reviewed",
    Deed.UNLOCK: "Unlocked",
}


def edit_text(edit: Edit, numbers: dict[str, int]) -> str:
    """An edit in words.

    Args:
        edit: The edit.
        numbers: Number of each lesion, as in the table.
    """
    ids = edit.lesion_ids
    several = len(ids) != 1
    places = {"n": str(numbers.get(ids[0], ids[0])) if ids else "", "count": str(len(ids))}
    match edit:
        case GiveArtery(artery=Artery.UNASSIGNED):
            text = (
                "Count {count} lesions without an artery" if several else "Count lesion {n} without an artery"
            )
        case GiveArtery(artery=artery):
            places["artery"] = artery.label
            text = "Give {count} lesions to {artery}" if several else "Give lesion {n} to {artery}"
        case AddLesion(grown=grown):
            text = "Grow lesion {n}" if grown else "Paint new lesion {n}"
        case ChangeLimit(limit_hu=None):
            text = "Usual limit for {count} lesions" if several else "Usual limit for lesion {n}"
        case ChangeLimit(limit_hu=limit):
            places["limit"] = str(limit)
            text = "Limit {limit} HU for {count} lesions" if several else "Limit {limit} HU for lesion {n}"
        case _:
            text = (_SEVERAL if several or isinstance(edit, Merge) else _ONE)[type(edit)]
    return translated(text).format(**places)


def entry_text(entry: Entry, numbers: dict[str, int]) -> str:
    """A line of the audit list in words."""
    words = edit_text(entry.edit, numbers) if entry.edit is not None else ""
    if entry.deed is Deed.EDIT:
        return words
    return translated(_DEEDS[entry.deed]).format(edit=words)
