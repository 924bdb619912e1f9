"""One case under all rule sets: why two programs disagree about the same calcium.

Every rule set is given the same voxels, those of the scored lesions; what differs is what it makes of them
(clinical-rules.md section 5).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.assess import assessed, mass_calibration
from cacviewer.core.case import Case, RuleTotal
from cacviewer.core.findings import refusals
from cacviewer.core.isotropic import isotropic_volume_mm3
from cacviewer.core.labelled import Memo
from cacviewer.core.pixels import Pixels, pixels_of_lesions, with_own_limits
from cacviewer.core.rulesets import LIMIT_CODES, NAMES, limit_for
from cacviewer.core.scoring import counted, total_of


def under_rules(case: Case, name: str, hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """The case scored by another rule set: limits, calibration, findings of the limit, scores, category.

    Args:
        case: Lesions stay as they are.
        name: Key of the rule set. A tube voltage that it does not know gives a case without scores.
        hu: (z, y, x) int16 of the whole volume.
        memo: As in `assess.assessed`.
    """
    rules, said = limit_for(case.acquisition, name)
    new = {f.code: f for f in said}
    kept = (new.pop(f.code, None) if f.code in LIMIT_CODES else f for f in case.findings)
    findings = (*(f for f in kept if f is not None), *new.values())
    mass = mass_calibration(case.acquisition, rules)
    return assessed(replace(case, rules=rules, mass=mass, findings=findings), hu, memo)


def compared(case: Case, hu: NDArray[np.int16]) -> tuple[RuleTotal, ...]:
    """The totals of a case under every rule set, in the order of `rulesets.NAMES`; () for a refused scan.

    Limits that a reader gave to lesions are in force in every row, as in the score.

    Args:
        case: Its scored lesions are counted.
        hu: (z, y, x) int16 of the whole volume.
    """
    if refusals(f for f in case.findings if f.code not in LIMIT_CODES):
        return ()
    pixels = pixels_of_lesions(case.scored, hu)
    return tuple(_total(case, name, pixels, hu) for name in NAMES)


def with_comparison(case: Case, hu: NDArray[np.int16]) -> Case:
    """The case with its totals under every rule set, made new only where they are missing."""
    return case if case.comparison else replace(case, comparison=compared(case, hu))


def _total(case: Case, name: str, pixels: Pixels, hu: NDArray[np.int16]) -> RuleTotal:
    rules, said = limit_for(case.acquisition, name)
    if refusals(said):
        return RuleTotal(name, None, None, None, None, None)
    found = counted(with_own_limits(pixels, case.scored, rules.limit_hu), case.grid, rules)
    if not rules.mass_by_mean:
        found = replace(
            found, mass_hu=pixels.hu
        )  # as in `assess`: the mass takes voxels as they were measured
    total = total_of(found, case.grid, rules, mass_calibration(case.acquisition, rules).factor)
    isotropic = None
    if rules.interpreted:
        isotropic = isotropic_volume_mm3(pixels.where(found.weight > 0), hu, case.grid, rules.limit_hu)
    return RuleTotal(
        name,
        agatston=_defined(total.agatston),
        agatston_raw=_defined(total.agatston_raw),
        volume_mm3=_defined(total.volume_mm3),
        volume_isotropic_mm3=isotropic,
        mass=_defined(total.mass_mg),
        mass_is_mg=rules.own_mass_factor is None or not rules.has_mass,
    )


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else value
