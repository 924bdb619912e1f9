"""Percentiles of a printed score R. Source: clinical-rules.md 7.1-7.3; the tables come as arguments."""

from __future__ import annotations

from bisect import bisect_right

from cacviewer.core.interpretation_tables import BandRow, BandTable, MesaCell, MesaTable

MESA_TOP = 99
"""This percentile is printed as ">= 99"."""
MESA_QUANTILES = (25, 50, 75, 90)
"""Percentiles of a cell's quantiles."""
MESA_P75 = 2
"""Index of the 75th among them."""


def mesa_cell(table: MesaTable, group: str | None, sex: str | None, age: int | None) -> MesaCell | None:
    """The cell of a patient; None outside the table's ages, sexes and groups."""
    if group is None or sex is None or age is None:
        return None
    return table.cells.get((group, sex, age))


def mesa_percentile(cell: MesaCell, r: int) -> int:
    """Percentile 0..99 as the public MESA calculator answers: its own step function."""
    return 0 if r == 0 else bisect_right(cell.thresholds, r)


def band_row(table: BandTable, sex: str | None, age: int | None) -> BandRow | None:
    """The row of a patient; None where the table has none."""
    if sex is None or age is None:
        return None
    return next((row for row in table.rows if row.sex == sex and row.low <= age <= row.high), None)


def band(table: BandTable, row: BandRow, r: int) -> str:
    """Between which percentiles R lies: "no calcium", "below 25th", "25th-50th", "90th or above".

    R equal to a limit belongs to the band that begins there, and of equal limits the highest holds.
    """
    if r == 0:
        return "no calcium"
    reached = sum(r >= limit for limit in row.limits)
    names = [ordinal(percent) for percent in table.percents]
    if reached == 0:
        return f"below {names[0]}"
    if reached == len(names):
        return f"{names[-1]} or above"
    return f"{names[reached - 1]}-{names[reached]}"


def ordinal(number: int) -> str:
    """25 as "25th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
