"""The tables that an interpretation needs, as values; `storage.tables` reads them. core opens no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MesaCell:
    """One cell (group, sex, age) of MESA's percentiles.

    Attributes:
        any_percent: Percent of the cell with any calcium.
        quantiles: Score at the 25th, 50th, 75th and 90th percentile.
        thresholds: 99 scores; the n-th is the smallest that has percentile n or more.
    """

    any_percent: int
    quantiles: tuple[int, ...]
    thresholds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MesaTable:
    """MESA's percentiles; cells by (group, sex, age in completed years)."""

    source: str
    groups: tuple[str, ...]
    ages: tuple[int, int]
    cells: Mapping[tuple[str, str, int], MesaCell]


@dataclass(frozen=True, slots=True)
class BandRow:
    """Scores at the percentiles of a BandTable for one sex and the ages low..high, both included."""

    sex: str
    low: int
    high: int
    limits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BandTable:
    """A table that says between which percentiles a score lies.

    Attributes:
        source: Citation.
        percents: Ascending percentiles of the columns.
        rows: At most one fits a patient.
    """

    source: str
    percents: tuple[int, ...]
    rows: tuple[BandRow, ...]

    @property
    def ages(self) -> tuple[int, int]:
        """Youngest and oldest age of any row."""
        return min(row.low for row in self.rows), max(row.high for row in self.rows)


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """Percentiles of a whole population, all ages together: never a personal percentile.

    Attributes:
        key: Stable name.
        source: Citation.
        percents: Of the columns.
        limits: Scores by sex.
        old_from: Age from which `old_limits` (both sexes together) are given, or None.
        old_limits: The same for the old.
    """

    key: str
    source: str
    percents: tuple[int, ...]
    limits: Mapping[str, tuple[float, ...]]
    old_from: int | None = None
    old_limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A Cox model: risk = 1 - s0 ^ exp(sum of b x); b by name of the input."""

    s0: float
    b: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of an interpretation.

    Attributes:
        mesa: Percentiles.
        hoff: Percentile bands.
        arab: Reference lines.
        risk_source: Citation of both risk models.
        risk_ages: Youngest and oldest age of the models.
        with_cac: The model that knows the score.
        without_cac: The model that does not.
        age_source: Citation of the arterial age.
        age_ages: Youngest and oldest age it holds for.
        age_a: Arterial age without calcium, years.
        age_b: Years for each unit of ln(R + 1).
        own: A table that the user has brought, or None.
    """

    mesa: MesaTable
    hoff: BandTable
    arab: tuple[ReferenceLine, ...]
    risk_source: str
    risk_ages: tuple[int, int]
    with_cac: RiskModel
    without_cac: RiskModel
    age_source: str
    age_ages: tuple[int, int]
    age_a: float
    age_b: float
    own: BandTable | None = None
