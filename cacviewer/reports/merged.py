"""Two languages on one sheet: where both say the same (numbers, names), it stands once; else both stand there."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from cacviewer.language.isolates import FSI, LRI, PDI
from cacviewer.reports.sheet import Sheet

BOTH = "both"
SEPARATOR = "\u241e"
"""Stands between the English and the Arabic of a text; the template sets them beside or below each other."""
_ISOLATES = dict.fromkeys(map(ord, FSI + LRI + PDI))

T = TypeVar("T")


def merged(english: Sheet, arabic: Sheet) -> Sheet:
    """One sheet of both, left to right.

    Args:
        english: The sheet of a case.
        arabic: The sheet of the same case.
    """
    both = _merged(english, arabic)
    return replace(both, language="en", right_to_left=False, both=True)


def _merged(one: T, other: T) -> T:
    if is_dataclass(one) and not isinstance(one, type):
        changes = {f.name: _merged(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)}
        return replace(one, **changes)
    joined: Any = one
    if isinstance(one, str) and isinstance(other, str):
        same = other.translate(_ISOLATES) == one
        joined = one if same else f"{one}{SEPARATOR}{other}"
    elif isinstance(one, tuple) and isinstance(other, tuple):
        joined = tuple(_merged(a, b) for a, b in zip(one, other, strict=True))
    elif isinstance(one, dict) and isinstance(other, dict):
        joined = {key: _merged(value, other[key]) for key, value in one.items()}
    merged_value: T = joined
    return merged_value
