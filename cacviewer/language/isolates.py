"""Values inside a text that runs from right to left keep their own direction: -600 does not become 600-.

Source:
    Unicode Standard Annex 9, explicit directional isolates.
"""

from __future__ import annotations

import re

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MARKS = re.compile("[\u064b-\u0652\u0670]")
_WITH_UNIT = re.compile(
    r"((?:\{\w+\}|\d[\d.,]*(?:-\d[\d.,]*)?)\s?(?:HU|mm³|mm²|mm|mg|kVp|kV|ml|%))(?![A-Za-z])"
)


def isolated(text: str) -> str:
    """A value between isolates: left to right, or as its first letter runs where it holds Arabic ones."""
    if not text:
        return text
    return f"{FSI if _ARABIC.search(text) else LRI}{text}{PDI}"


def set_right_to_left(text: str) -> str:
    """A text of a table as it is printed: numbers and places stay before their units, and vowel marks are left out.

    Readers of PDF give letters with marks in another order or twice, and nobody types marks into a search.
    """
    return _WITH_UNIT.sub(rf"{LRI}\1{PDI}", _MARKS.sub("", text))
