"""Lesions of which nothing reaches the limit that a reader gave them.

They are not counted and stay listed with the voxels they had, for nothing vanishes; and their limit still makes the
score one without a category (clinical-rules.md 2f and 6).
"""

from __future__ import annotations

import re
from dataclasses import replace

from cacviewer.core.lesions import Lesion, LesionClass

_REASON = "nothing reaches the reader's limit of {limit} HU ({reason})"
_PATTERN = re.compile(r"nothing reaches the reader's limit of -?\d+ HU \((.*)\)", re.DOTALL)


def unreached(lesion: Lesion, own_hu: int | None, limit_hu: int) -> Lesion:
    """The lesion out of the score because of its limit; other calcium stays what it is.

    Args:
        lesion: Keeps its voxels.
        own_hu: Its own limit; None: that of the rule set.
        limit_hu: The limit in force for it.
    """
    if not lesion.is_scored and not is_unreached(lesion):
        return replace(lesion, limit_hu=own_hu)
    reason = _REASON.format(limit=limit_hu, reason=counted_again(lesion).reason)
    return replace(lesion, kind=LesionClass.REJECTED, reason=reason, limit_hu=own_hu)


def is_unreached(lesion: Lesion) -> bool:
    """Whether a lesion is out of the score because of its limit, and not by a reader's word."""
    return lesion.kind is LesionClass.REJECTED and _PATTERN.fullmatch(lesion.reason) is not None


def counted_again(lesion: Lesion) -> Lesion:
    """An unreached lesion as it was counted before; others are the same."""
    found = _PATTERN.fullmatch(lesion.reason)
    if not is_unreached(lesion) or found is None:
        return lesion
    return replace(lesion, kind=LesionClass.CORONARY, reason=found[1])


def changes_the_score(lesion: Lesion) -> bool:
    """Whether a reader's limit is in force for calcium that counts, or would count without it."""
    return lesion.limit_hu is not None and (lesion.is_scored or is_unreached(lesion))
