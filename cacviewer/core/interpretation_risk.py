"""Arterial age and MESA's 10-year risk. Source: clinical-rules.md 7.4 and 7.5; coefficients come as arguments."""

from __future__ import annotations

import math
from collections.abc import Iterable

from cacviewer.core.interpretation_tables import RiskModel
from cacviewer.core.patient import NUMBERS, PatientInputs

NEEDED: tuple[str, ...] = (
    "age_years", "sex", "group", "total_chol_mgdl", "hdl_mgdl", "sbp_mmhg",
    "diabetes", "smoker", "lipid_drug", "bp_drug", "family_history",
)  # fmt: skip
"""Every input of the risk models."""


def arterial_age_years(r: int, a: float, b: float) -> float:
    """Age at which a person without risk factors has this score, a + b ln(R + 1) years.

    Source:
        McClelland et al., Am J Cardiol 2009;103:59: a = 39.1, b = 7.25.
    """
    return a + b * math.log(r + 1)


def missing(inputs: PatientInputs) -> tuple[str, ...]:
    """Inputs that the risk needs and that are not stated."""
    return tuple(name for name in NEEDED if getattr(inputs, name) is None)


def out_of_range(inputs: PatientInputs, names: Iterable[str] = NEEDED) -> str:
    """The first number that the models do not take, or ""."""
    for name in names:
        value = getattr(inputs, name)
        if name in NUMBERS and value is not None and not NUMBERS[name][0] <= value <= NUMBERS[name][1]:
            return name
    return ""


def mesa_risk_percent(model: RiskModel, inputs: PatientInputs, r: int | None = None) -> float:
    """10-year risk of a coronary event in percent, not rounded and not clamped.

    Args:
        model: With or without calcium.
        inputs: All of NEEDED are stated.
        r: Printed score for the model with calcium; None for the other.

    Source:
        McClelland et al., J Am Coll Cardiol 2015;66:1643, Table 2. White is the reference of the group terms.
    """
    x = {
        "age": inputs.age_years,
        "male": inputs.sex == "male",
        "chinese": inputs.group == "chinese",
        "black": inputs.group == "black",
        "hispanic": inputs.group == "hispanic",
        "diabetes": inputs.diabetes,
        "current_smoker": inputs.smoker,
        "total_chol_mgdl": inputs.total_chol_mgdl,
        "hdl_mgdl": inputs.hdl_mgdl,
        "lipid_drug": inputs.lipid_drug,
        "sbp_mmhg": inputs.sbp_mmhg,
        "bp_drug": inputs.bp_drug,
        "family_history_heart_attack": inputs.family_history,
        "ln_cac_plus_1": 0.0 if r is None else math.log(r + 1),
    }
    exponent = sum(b * float(x[name] or 0.0) for name, b in model.b.items())
    return float(100.0 * (1.0 - model.s0 ** math.exp(exponent)))
