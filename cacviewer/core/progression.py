"""A score against an earlier one of the same patient. Source: clinical-rules.md 7.6.

The methods can disagree: each is given by name.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from cacviewer.core.case import Case
from cacviewer.core.categories import reported
from cacviewer.core.findings import refusals

DAYS_A_YEAR = 365.25
SHORTEST_YEARS = 0.5
"""Below it no rate is given."""
INCREMENT_TOLERANCE = 0.10
SQRT_LIMIT = 2.5
"""Square root method: this difference of the roots of the volumes, or more, is progression."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What of a scored case a comparison needs.

    Attributes:
        agatston: S.
        volume_mm3: Counted voxels.
        study_date: ISO, or "".
        patient_id: As in the header, or "".
        rules: Name of the rule set.
        limit_hu: HU limit in force.
        kvp: Tube voltage, None: not stated.
        increment_mm: Distance of slices.
        limit_changed: A reader changed the limit of the case or of a lesion.
    """

    agatston: float
    volume_mm3: float
    study_date: str
    patient_id: str
    rules: str
    limit_hu: int
    kvp: float | None
    increment_mm: float
    limit_changed: bool = False

    @property
    def reported(self) -> int:
        """R."""
        return reported(self.agatston)


@dataclass(frozen=True, slots=True)
class Change:
    """How a score changed; rates are None where the interval is unknown or too short.

    Attributes:
        sqrt_difference: d = sqrt(V2) - sqrt(V1), mm^1.5.
        sqrt_difference_per_year: d a year.
        sqrt_progression: Whether d reaches SQRT_LIMIT.
        limit_agatston: Smallest significant change of the Agatston score (Sevrukov).
        exceeds_agatston: Whether the change is larger.
        limit_volume: The same for the volume, mm3.
        exceeds_volume: Whether the change is larger.
        annual_percent: Percent a year, only if S1 >= 1.
        mesa_limit: MESA's upper 95 % limit of a repeated scan; None without a body mass index.
        years: Between the scans, None: not known.
        reason: Why there are no numbers at all ("kvp", ...), or "".
    """

    sqrt_difference: float | None = None
    sqrt_difference_per_year: float | None = None
    sqrt_progression: bool | None = None
    limit_agatston: float | None = None
    exceeds_agatston: bool | None = None
    limit_volume: float | None = None
    exceeds_volume: bool | None = None
    annual_percent: float | None = None
    mesa_limit: float | None = None
    years: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progression:
    """Both scores, and the change where they may be compared."""

    before: Measured
    now: Measured
    change: Change


def measured(case: Case) -> Measured | None:
    """What a comparison needs of a case; None without scores, refused, or without an Agatston score."""
    if case.scores is None or refusals(case.findings) or math.isnan(case.scores.total.agatston):
        return None
    return Measured(
        agatston=float(case.scores.total.agatston),
        volume_mm3=float(case.scores.total.volume_mm3),
        study_date=case.info.study_date,
        patient_id=case.info.patient.id,
        rules=case.rules.name,
        limit_hu=int(case.rules.limit_hu),
        kvp=case.acquisition.kvp,
        increment_mm=float(case.grid.increment_mm),
        limit_changed=any(f.code == "limit_changed" for f in case.findings),
    )


def compared(before: Measured, now: Measured, bmi: float | None = None) -> Progression:
    """The change from one scan to a later one, or why they are not comparable."""
    reason = _not_comparable(before, now)
    if reason:
        return Progression(before, now, Change(reason=reason))
    years = years_between(before.study_date, now.study_date)
    change = change_of(before.volume_mm3, now.volume_mm3, before.agatston, now.agatston, years, bmi)
    return Progression(before, now, change)


def change_of(
    v1: float, v2: float, s1: float, s2: float, years: float | None, bmi: float | None = None
) -> Change:
    """The methods of section 7.6.

    Args:
        v1: Earlier volume, mm3.
        v2: Later volume, mm3.
        s1: Earlier Agatston score.
        s2: Later Agatston score.
        years: Between them; None or less than SHORTEST_YEARS gives no rate.
        bmi: kg/m2, for MESA's limit.

    Source:
        Hokanson et al., AJR 2004;182:1327 (square roots); Sevrukov et al., AJR 2005;185:1546 (smallest
        significant change); Chung et al., AJR 2008;190:W87 (MESA's limit).
    """
    d = math.sqrt(v2) - math.sqrt(v1)
    limit_s = 4.930 * math.sqrt(s1) if s1 > 0 else 11.6
    limit_v = 3.445 * math.sqrt(v1) if v1 > 0 else 9.5
    rate = years if years is not None and years >= SHORTEST_YEARS else None
    return Change(
        sqrt_difference=d,
        sqrt_difference_per_year=d / rate if rate else None,
        sqrt_progression=d >= SQRT_LIMIT - 1e-9,  # exactly 2.5 counts
        limit_agatston=limit_s,
        exceeds_agatston=abs(s2 - s1) > limit_s,
        limit_volume=limit_v,
        exceeds_volume=abs(v2 - v1) > limit_v,
        annual_percent=100.0 * ((s2 / s1) ** (1.0 / rate) - 1.0) if rate and s1 >= 1 else None,
        mesa_limit=None if bmi is None else 0.17 * s1 + 4.89 * math.sqrt(s1) + 0.44 * bmi - 10.84,
        years=years,
    )


def years_between(first: str, second: str) -> float | None:
    """Years from one ISO date to another, days / 365.25; None where one is no date."""
    try:
        days = (dt.date.fromisoformat(second) - dt.date.fromisoformat(first)).days
    except ValueError:
        return None
    return days / DAYS_A_YEAR


def completed_years(first: str, second: str) -> int | None:
    """Whole years from one ISO date to another; None where one is no date or they are the wrong way round."""
    try:
        born, then = dt.date.fromisoformat(first), dt.date.fromisoformat(second)
    except ValueError:
        return None
    years = then.year - born.year - ((then.month, then.day) < (born.month, born.day))
    return years if 0 <= years <= 130 else None


def _not_comparable(before: Measured, now: Measured) -> str:
    years = years_between(before.study_date, now.study_date)
    wide = max(before.increment_mm, now.increment_mm)
    checks = (
        ("patient", bool(before.patient_id and now.patient_id) and before.patient_id != now.patient_id),
        ("order", years is not None and years < 0),
        ("rules", before.rules != now.rules),
        ("limit", before.limit_hu != now.limit_hu),
        ("limit_changed", before.limit_changed or now.limit_changed),
        ("kvp", before.kvp != now.kvp),
        ("increment", abs(before.increment_mm - now.increment_mm) > INCREMENT_TOLERANCE * wide + 1e-9),
    )
    return next((reason for reason, holds in checks if holds), "")
