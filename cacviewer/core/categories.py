"""The printed score and its classes. Source: clinical-rules.md section 6."""

from __future__ import annotations

import math
from collections.abc import Iterable

CLASSIC5: tuple[tuple[int, str, str], ...] = (
    (0, "0", "none"),
    (10, "1-10", "minimal"),
    (100, "11-100", "mild"),
    (400, "101-400", "moderate"),
)
"""Upper end (included), label, word (Rumberger et al., Mayo Clin Proc 1999). Above: ">400", extensive."""


def reported(agatston: float) -> int:
    """The printed integer R: 0 only for a true zero, else at least 1, half a unit rounds up.

    Raises:
        ValueError: A negative score.
    """
    s = round(float(agatston), 6)
    if s < 0:
        raise ValueError("a score is not negative")
    return 0 if s == 0 else max(1, math.floor(s + 0.5))


def reported_or_none(agatston: float) -> int | None:
    """R; None where the rule set knows no Agatston score (not a number)."""
    return None if math.isnan(agatston) else reported(agatston)


def reported_text(agatston: float) -> str:
    """R, with S beside it where R alone would mislead: "1 (0.4)"; a dash where the rule set knows no score."""
    if math.isnan(agatston):
        return "–"
    r = reported(agatston)
    return f"{r} ({agatston:.1f})" if 0 < agatston < 1 else str(r)


def classic5(r: int) -> str:
    """Label of the classic five classes for a printed score R."""
    return next((label for top, label, _ in CLASSIC5 if r <= top), ">400")


def classic5_word(r: int) -> str:
    """Word of the classic five classes: none, minimal, mild, moderate, extensive."""
    return next((word for top, _, word in CLASSIC5 if r <= top), "extensive")


def cac_drs(r: int, vessel_scores: Iterable[float], unassigned: float = 0.0) -> str:
    """CAC-DRS string, for example "A2/N3" or "A1/N1+".

    Args:
        r: Printed total.
        vessel_scores: Agatston of LM, LAD, LCx, RCA.
        unassigned: Agatston of coronary calcium without an artery; makes N a lower bound.

    Source:
        Hecht et al., J Cardiovasc Comput Tomogr 2018;12:185; limits of the 2023 multi-society table.
    """
    a = "A0" if r == 0 else "A1" if r < 100 else "A2" if r < 300 else "A3"
    if r == 0:
        return a + "/N0"
    n = sum(1 for s in vessel_scores if s > 0)
    if n == 0:
        return a + "/N?"
    return f"{a}/N{n}" + ("+" if unassigned > 0 and n < 4 else "")


def maron_stage(r: int, r75: float | None = None) -> str:
    """Stage of the Maron-Budoff proposal; "1-2" while the 75th percentile of the patient is not known.

    Source:
        Maron, Budoff et al., JACC Advances 2024;3:101287.
    """
    for low, stage in ((1000, "4"), (300, "3"), (100, "2")):
        if r >= low:
            return stage
    if r == 0:
        return "0"
    if r75 is None:
        return "1-2"
    return "2" if r >= r75 else "1"


def distance_to_next(r: int) -> tuple[int, str] | None:
    """How many units the printed score is below the next classic class, and that class; None in the last."""
    for top, _, _ in CLASSIC5:
        if r <= top:
            return top + 1 - r, classic5(top + 1)
    return None
