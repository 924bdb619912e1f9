"""Values inside a text that runs from right to left keep their own direction: -600 does not become 600-.

Source:
    Unicode Standard Annex 9, explicit directional isolates.
"""

from __future__ import annotations

import re

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_WITH_UNIT = re.compile(r"((?:\{\w+\}|\d[\d.,]*(?:-\d[\d.,]*)?)\s?(?:HU|mm³|mm²|mm|mg|kVp|kV|ml|%))(?![A-Za-z])")


def isolated(text: str) -> str:
    """A value between isolates: left to right, or as its first letter runs where it holds Arabic ones."""
    if not text:
        return text
    return f"{FSI if _ARABIC.search(text) else LRI}{text}{PDI}"


def with_units(text: str) -> str:
    """A text whose numbers and places stay before their units."""
    return _WITH_UNIT.sub(rf"{LRI}\1{PDI}", text)
