"""Every reported number once: key, title, unit, digits. Window, PDF and CSV take them from here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cacviewer.core.scoring import Score

DASH = "–"
"""Stands for a number that the rule set does not define."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a Score and how it is written."""

    key: str
    title: str
    unit: str
    digits: int

    def value(self, score: Score) -> float | None:
        """The number itself; None where the rule set does not define it."""
        value = float(getattr(score, self.key))
        return None if math.isnan(value) else value

    def text(self, score: Score) -> str:
        """The number as printed."""
        value = self.value(score)
        return DASH if value is None else f"{value:.{self.digits}f}"


AGATSTON = Quantity("agatston", "Agatston", "", 1)
AGATSTON_RAW = Quantity("agatston_raw", "Agatston (raw)", "", 1)
VOLUME = Quantity("volume_mm3", "Volume", "mm³", 1)
MASS = Quantity("mass_mg", "Mass", "mg", 2)
PER_ARTERY = (AGATSTON, VOLUME, MASS)
ALL = (AGATSTON, AGATSTON_RAW, VOLUME, MASS)
