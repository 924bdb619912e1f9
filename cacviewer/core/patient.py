"""What a reader enters of a patient for the interpretation of a score. Nothing of it is ever guessed.

Source: clinical-rules.md section 7. None is "not stated"; group and risk factors come from the patient panel or
the command line alone, age and sex from there or, as stated, from the header (EthnicGroup is not used).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cacviewer.core.errors import UsageError
from cacviewer.core.progression import completed_years
from cacviewer.core.study import SeriesInfo

SEXES: tuple[str, ...] = ("female", "male")
GROUPS: tuple[str, ...] = ("white", "black", "hispanic", "chinese", "other")
"""MESA's four groups, as persons name themselves; "other" has no table."""
MG_PER_MMOL = 38.67
"""mg/dL of cholesterol in one mmol/L."""


@dataclass(frozen=True, slots=True)
class PatientInputs:
    """Entries of the patient panel.

    Attributes:
        age_years: Completed years at the study date.
        sex: "female" or "male".
        group: One of GROUPS.
        known_disease: Known coronary disease, a stent or a bypass.
        total_chol_mgdl: Total cholesterol, mg/dL.
        hdl_mgdl: HDL cholesterol, mg/dL.
        sbp_mmhg: Systolic blood pressure, mmHg.
        diabetes: Treated or known.
        smoker: Smokes now.
        lipid_drug: Takes a lipid-lowering drug.
        bp_drug: Takes a drug against high blood pressure.
        family_history: Heart attack of a parent, sibling or child.
        bmi: Body mass index, kg/m2.
    """

    age_years: int | None = None
    sex: str | None = None
    group: str | None = None
    known_disease: bool | None = None
    total_chol_mgdl: float | None = None
    hdl_mgdl: float | None = None
    sbp_mmhg: float | None = None
    diabetes: bool | None = None
    smoker: bool | None = None
    lipid_drug: bool | None = None
    bp_drug: bool | None = None
    family_history: bool | None = None
    bmi: float | None = None


CHOICES: Mapping[str, tuple[str, ...]] = {"sex": SEXES, "group": GROUPS}
NUMBERS: Mapping[str, tuple[float, float]] = {
    "age_years": (0, 130),
    "total_chol_mgdl": (80, 400),
    "hdl_mgdl": (15, 120),
    "sbp_mmhg": (70, 250),
    "bmi": (10, 80),
}
"""Smallest and largest value that is taken; others are asked again and not clamped (clinical-rules.md 7.5)."""
YES_OR_NO: tuple[str, ...] = (
    "known_disease", "diabetes", "smoker", "lipid_drug", "bp_drug", "family_history"
)  # fmt: skip
FIELDS: tuple[str, ...] = tuple(field.name for field in fields(PatientInputs))


def checked(inputs: PatientInputs) -> PatientInputs:
    """The same inputs, looked at.

    Raises:
        UsageError: A number outside its range, or a choice that there is not.
    """
    for name, allowed in CHOICES.items():
        value = getattr(inputs, name)
        if value is not None and value not in allowed:
            raise UsageError(f"{name} may be {', '.join(allowed)}, not {value!r}.")
    for name, (low, high) in NUMBERS.items():
        value = getattr(inputs, name)
        if value is not None and not low <= value <= high:
            raise UsageError(f"{name} lies between {low:g} and {high:g}, not {value:g}.")
    return inputs


def with_header(inputs: PatientInputs, info: SeriesInfo) -> PatientInputs:
    """Inputs with age and sex as the header states them, where the reader has not said otherwise.

    The age is PatientAge in years, else completed years from birth date to study date.
    """
    patient = info.patient
    stated = {"M": "male", "F": "female"}.get(patient.sex)
    age = inputs.age_years
    if age is None:
        age = patient.age_years
    if age is None:
        age = completed_years(patient.birth_date, info.study_date)
    return replace(inputs, age_years=age, sex=inputs.sex or stated)


def inputs_of_words(words: Mapping[str, str]) -> PatientInputs:
    """Inputs from words of a person: `{"age_years": "60", "sex": "male", "smoker": "no"}`.

    Raises:
        UsageError: An unknown name, or a value that its field cannot have.
    """
    values: dict[str, Any] = {}
    for name, word in words.items():
        if name not in FIELDS:
            raise UsageError(f"There is no patient input {name!r}.", remedy=f"Known: {', '.join(FIELDS)}.")
        values[name] = _value(name, word.strip().lower())
    return checked(PatientInputs(**values))


def inputs_of_plain(data: Mapping[str, Any]) -> PatientInputs:
    """Inputs from the `patient_inputs` of case.json; unknown members are left out.

    Raises:
        UsageError: A value that its field cannot have.
    """
    return checked(PatientInputs(**{name: data[name] for name in FIELDS if name in data}))


def _value(name: str, word: str) -> Any:
    if name in CHOICES:
        return word
    if name in YES_OR_NO:
        if word not in ("yes", "no"):
            raise UsageError(f"{name} is yes or no, not {word!r}.")
        return word == "yes"
    try:
        return int(word) if name == "age_years" else float(word)
    except ValueError:
        raise UsageError(f"{name} is a number, not {word!r}.") from None
