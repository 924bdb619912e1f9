"""What a printed score means for a patient, each line with its source, or why it is not available.

Source: clinical-rules.md section 7. A pure function of the case, the patient's inputs, the tables and a prior:
window, report and case.json show the same value. Nothing is averaged, extrapolated or guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from cacviewer.core.case import Case
from cacviewer.core.categories import maron_stage
from cacviewer.core.interpretation_percentiles import (
    MESA_P75,
    MESA_QUANTILES,
    MESA_TOP,
    band,
    band_row,
    mesa_cell,
    mesa_percentile,
    ordinal,
)
from cacviewer.core.interpretation_risk import arterial_age_years, mesa_risk_percent, missing, out_of_range
from cacviewer.core.interpretation_tables import BandTable, MesaCell, MesaTable, ReferenceLine, Tables
from cacviewer.core.patient import PatientInputs, with_header
from cacviewer.core.progression import Measured, Progression, compared, measured

Fact = str | int | float
LOWEST_PERCENT, HIGHEST_PERCENT = 1.0, 30.0
"""Risks beyond are printed as "< 1 %" and "> 30 %" (clinical-rules.md 7.5)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an interpretation.

    Attributes:
        key: Stable name; texts of label and population hang on it.
        value: Number or word for JSON; None: not available.
        text: Key of the text that prints the value, under `value.`.
        facts: Named facts of that text.
        reason: Why there is no value, under `reason.`; "" where there is one.
        reason_facts: Named facts of the reason.
        source: Citation.
    """

    key: str
    value: Fact | None
    text: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()
    reason: str = ""
    reason_facts: tuple[tuple[str, Fact], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What the percentile chart draws: MESA's scores over age for the patient's group and sex.

    Attributes:
        ages: Completed years, ascending.
        percents: One for each curve.
        curves: Score at each age, for each of the percents.
        r: The patient's printed score.
        percentile: The patient's.
        group: Of the cells.
        sex: Of the cells.
        age: The patient's.
    """

    ages: tuple[int, ...]
    percents: tuple[int, ...]
    curves: tuple[tuple[int, ...], ...]
    r: int
    percentile: int
    group: str
    sex: str
    age: int


@dataclass(frozen=True, slots=True)
class Interpretation:
    """All lines for one score.

    Attributes:
        patient: Inputs in force, the header's age and sex included.
        maron: Stage of the Maron proposal, "1-2" while the percentile is open; None without a category.
        lines: In the order of printing.
        progression: Against a prior, or None without one.
        chart: For the percentile chart, or None.
    """

    patient: PatientInputs
    maron: str | None
    lines: tuple[Line, ...]
    progression: Progression | None = None
    chart: Chart | None = None

    def line(self, key: str) -> Line:
        """The line of a key.

        Raises:
            KeyError: There is none.
        """
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class _Question:
    """One printed score of one patient; `closed` is why no line of a population is available, or ""."""

    r: int
    patient: PatientInputs
    closed: str


def interpreted(
    case: Case, inputs: PatientInputs, tables: Tables, prior: Measured | None = None
) -> Interpretation | None:
    """Interprets the shown score of a case.

    Args:
        case: Edits applied.
        inputs: What the reader has entered; age and sex that lack are the header's.
        tables: Percentiles, models, reference lines.
        prior: An earlier scan of the patient.

    Returns:
        None where there is no score to interpret.
    """
    now = measured(case)
    if now is None:
        return None
    patient = with_header(inputs, case.info)
    asked = _Question(now.reported, patient, _closed(case, patient))
    cell = None if asked.closed else mesa_cell(tables.mesa, patient.group, patient.sex, patient.age_years)
    maron = None
    if case.category is not None:
        maron = maron_stage(asked.r, cell.quantiles[MESA_P75] if cell else None)
    lines = (
        _mesa(asked, cell, tables),
        _bands("hoff_band", asked, tables.hoff),
        *((_bands("own_band", asked, tables.own),) if tables.own else ()),
        *(_reference(line, patient) for line in tables.arab),
        _arterial_age(asked, tables),
        _risk("risk_with_cac", asked, tables, with_cac=True),
        _risk("risk_without_cac", asked, tables, with_cac=False),
    )
    progression = compared(prior, now, patient.bmi) if prior else None
    return Interpretation(patient, maron, lines, progression, _chart(asked, cell, tables.mesa))


def _closed(case: Case, patient: PatientInputs) -> str:
    """Why no percentile, age or risk may be given for this very score, or ""."""
    codes = {found.code for found in case.findings}
    if case.rules.name != "literature":
        return "rules"
    if "limit_changed" in codes:
        return "limit_changed"
    if "stent_or_bypass" in codes:
        return "stent"
    if patient.known_disease:
        return "disease"
    return "no_category" if case.category is None else ""


def _mesa(asked: _Question, cell: MesaCell | None, tables: Tables) -> Line:
    key, source = "mesa_percentile", tables.mesa.source
    reason, facts = _no_cell(asked, tables.mesa.groups, tables.mesa.ages)
    if reason or cell is None:
        return Line(key, None, reason=reason or "no_table", reason_facts=facts, source=source)
    percentile = mesa_percentile(cell, asked.r)
    if percentile == 0 and asked.r == 0:
        return Line(key, 0, "percentile_zero", (("any", cell.any_percent),), source=source)
    text = "percentile_top" if percentile >= MESA_TOP else "percentile"
    return Line(key, percentile, text, (("percentile", percentile),), source=source)


def _no_cell(
    asked: _Question, groups: tuple[str, ...], ages: tuple[int, int]
) -> tuple[str, tuple[tuple[str, Fact], ...]]:
    """Why a table by group, sex and age has no cell for the patient: reason and its facts; ("", ()) if it has."""
    reason, facts = _no_row(asked, ages)
    if reason:
        return reason, facts
    if asked.patient.group is None:
        return "group_missing", ()
    return ("", ()) if asked.patient.group in groups else ("group_other", ())


def _no_row(asked: _Question, ages: tuple[int, int]) -> tuple[str, tuple[tuple[str, Fact], ...]]:
    if asked.closed:
        return asked.closed, ()
    if (age := asked.patient.age_years) is None:
        return "age_missing", ()
    if not ages[0] <= age <= ages[1]:
        return "age_range", (("high", ages[1]), ("low", ages[0]))
    return ("sex_missing", ()) if asked.patient.sex is None else ("", ())


def _bands(key: str, asked: _Question, table: BandTable) -> Line:
    reason, facts = _no_row(asked, table.ages)
    row = band_row(table, asked.patient.sex, asked.patient.age_years)
    if reason or row is None:
        return Line(key, None, reason=reason or "no_row", reason_facts=facts, source=table.source)
    name = band(table, row, asked.r)
    reached = sum(asked.r >= limit for limit in row.limits)
    if asked.r == 0:
        return Line(key, name, "band_none", source=table.source)
    ends: dict[str, Fact] = {}
    if reached < len(table.percents):
        ends |= {"high": table.percents[reached], "high_th": ordinal(table.percents[reached])}
    if reached > 0:
        ends |= {"low": table.percents[reached - 1], "low_th": ordinal(table.percents[reached - 1])}
    text = "band_below" if reached == 0 else "band_between" if "high" in ends else "band_above"
    return Line(key, name, text, tuple(sorted(ends.items())), source=table.source)


def _reference(line: ReferenceLine, patient: PatientInputs) -> Line:
    """A line of a population for the patient's sex, for both where it is not known; no personal percentile."""
    percents = " / ".join(str(percent) for percent in line.percents)
    facts: dict[str, Fact] = {"percents": percents}
    for sex, limits in line.limits.items():
        facts[sex] = _joined(limits)
    text = f"reference_{patient.sex or 'both'}"
    if line.old_from is not None and patient.age_years is not None and patient.age_years >= line.old_from:
        facts |= {"age": line.old_from, "old": _joined(line.old_limits)}
        text = "reference_old"
    scores = "; ".join(f"{sex} {_joined(limits)}" for sex, limits in sorted(line.limits.items()))
    value = f"{scores} at percentiles {percents}"
    return Line(f"arab_{line.key}", value, text, tuple(sorted(facts.items())), source=line.source)


def _joined(limits: tuple[float, ...]) -> str:
    return " / ".join(str(limit) for limit in limits)  # digits as published: 95.0, but 25


def _arterial_age(asked: _Question, tables: Tables) -> Line:
    key, source, ages = "arterial_age", tables.age_source, tables.age_ages
    age = asked.patient.age_years
    reason, facts = asked.closed, ()  # type: tuple[str, tuple[tuple[str, Fact], ...]]
    if not reason and age is None:
        reason = "age_missing"
    elif not reason and age is not None and not ages[0] <= age <= ages[1]:
        reason, facts = "age_range", (("high", ages[1]), ("low", ages[0]))
    elif not reason and asked.patient.diabetes:
        reason = "diabetes"
    if reason:
        return Line(key, None, reason=reason, reason_facts=facts, source=source)
    years = arterial_age_years(asked.r, tables.age_a, tables.age_b)
    return Line(key, years, "years", (("years", int(years + 0.5)),), source=source)


def _risk(key: str, asked: _Question, tables: Tables, *, with_cac: bool) -> Line:
    reason, facts = _no_cell(asked, tables.mesa.groups, tables.risk_ages)
    if not reason and (lacking := missing(asked.patient)):
        reason, facts = "inputs_missing", (("what", ",".join(lacking)),)
    if not reason and (name := out_of_range(asked.patient)):
        reason, facts = "input_range", (("what", name),)
    if reason:
        return Line(key, None, reason=reason, reason_facts=facts, source=tables.risk_source)
    model = tables.with_cac if with_cac else tables.without_cac
    percent = mesa_risk_percent(model, asked.patient, asked.r if with_cac else None)
    text = "risk"
    if percent < LOWEST_PERCENT:
        text = "risk_low"
    elif percent > HIGHEST_PERCENT:
        text = "risk_high"
    return Line(key, percent, text, (("percent", f"{percent:.1f}"),), source=tables.risk_source)


def _chart(asked: _Question, cell: MesaCell | None, table: MesaTable) -> Chart | None:
    who = asked.patient
    if cell is None or who.group is None or who.sex is None or who.age_years is None:
        return None
    ages = tuple(range(table.ages[0], table.ages[1] + 1))
    cells = [table.cells[who.group, who.sex, age] for age in ages]
    return Chart(
        ages=ages,
        percents=MESA_QUANTILES,
        curves=tuple(tuple(one.quantiles[i] for one in cells) for i in range(len(MESA_QUANTILES))),
        r=asked.r,
        percentile=mesa_percentile(cell, asked.r),
        group=who.group,
        sex=who.sex,
        age=who.age_years,
    )
