"""From lesions to scores, category and the findings that follow from them: the one way to a number.

The automatic result and every edit go through `assessed`, so that window, report and command line agree to
the last digit. Lesions whose boxes touch are scored together, for components are formed over all of them;
others cannot share a component and are scored box by box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case, Category, MassCalibration, Scores
from cacviewer.core.categories import cac_drs, classic5, classic5_word, reported
from cacviewer.core.findings import Finding, finding, refusals
from cacviewer.core.geometry import Grid
from cacviewer.core.labelled import Labelled, Memo, labelled, remembered, touching
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.rulesets import RuleSet
from cacviewer.core.scoring import Score, isotropic_volume_mm3, pixel_weights, score_weighted
from cacviewer.core.stability import Stability, stability_of
from cacviewer.core.study import Acquisition

FOLLOWING_CODES = frozenset({"artery_unassigned", "mass_uncalibrated", "category_edge"})
"""Findings that are made new by every assessment."""
ISOTROPIC_MARGIN = (1, 0, 0)
"""The interpolated volume needs one slice more on either side of a lesion."""
NO_CATEGORY_CODES = frozenset({"fov_cut", "limit_changed"})
"""Warnings with which a score has no category (clinical-rules.md 6)."""


def assessed(case: Case, hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """The case with scores, category and following findings made new from its lesions.

    Args:
        case: Lesions, grid, rules and calibration are used; scores are ignored.
        hu: (z, y, x) int16 of the whole volume (may be memory-mapped; only the lesions' boxes are read).
        memo: What was computed of groups of lesions before; only groups that an edit changed are scored again.
    """
    base = tuple(f for f in case.findings if f.code not in FOLLOWING_CODES)
    if refusals(base):
        return replace(case, scores=None, category=None, stability=None, findings=base)
    scores = scores_of(case.scored, hu, case.grid, case.rules, case.mass.factor, memo)
    stability = stability_of(case.scored, case.other, hu, case.grid, case.rules, memo)
    category = _category(scores, base, case.rules)
    findings = base + _following(case, scores) + _edge(category, stability)
    return replace(case, scores=scores, category=category, stability=stability, findings=findings)


def scores_of(
    lesions: Sequence[Lesion],
    hu: NDArray[np.int16],
    grid: Grid,
    rules: RuleSet,
    mass_factor: float,
    memo: Memo | None = None,
) -> Scores:
    """Scores of coronary lesions, their arteries and the total.

    Args:
        lesions: Scored lesions only; where two share a voxel the later one owns it.
        hu: (z, y, x) int16 of the whole volume.
        grid: Grid of the volume.
        rules: Rule set in force.
        mass_factor: c in mg/(mm3 HU).
        memo: As in `assessed`.
    """

    def scored(group: list[Lesion]) -> tuple[dict[str, Score], float]:
        return _score_group(labelled(group, hu, ISOTROPIC_MARGIN), grid, hu.shape[0], rules, mass_factor)

    by_lesion = {lesion.id: Score() for lesion in lesions}
    isotropic = 0.0
    for group in touching(lesions):
        part, volume = remembered(memo, ("scores", rules, mass_factor), group, partial(scored, group))
        by_lesion.update(part)
        isotropic += volume
    by_artery = dict.fromkeys(Artery, Score())
    counts = dict.fromkeys(Artery, 0)
    for lesion in lesions:
        score = by_lesion[lesion.id]
        by_artery[lesion.artery] += score
        counts[lesion.artery] += score.agatston > 0
    return Scores(
        total=sum(by_artery.values(), Score()),
        by_artery=by_artery,
        by_lesion=by_lesion,
        lesions=sum(counts.values()),
        lesions_by_artery=counts,
        volume_isotropic_mm3=isotropic,
    )


def _score_group(
    group: Labelled, grid: Grid, slices: int, rules: RuleSet, mass_factor: float
) -> tuple[dict[str, Score], float]:
    weight = pixel_weights(group.hu, group.labels > 0, grid, rules)
    scored = score_weighted(group.hu, group.labels, weight, grid, rules, mass_factor)
    kept = weight > 0
    if slices == 1:
        volume = int(kept.sum()) * grid.voxel_mm3
    else:
        volume = isotropic_volume_mm3(group.hu, kept, grid, rules.limit_hu, group.box[0])
    return {group.ids[number - 1]: score for number, score in scored.items()}, volume


def mass_calibration(acquisition: Acquisition, rules: RuleSet) -> MassCalibration:
    """The factor c: from the header, else the default (clinical-rules.md 4).

    DICOM's CalciumScoringMassFactorPatient (0018,9351), then the middle one of ...Device (0018,9352); a value
    outside 0.3-1.5 mg/(cm3 HU) is ignored.
    """
    patient, device = acquisition.mass_factor_patient, acquisition.mass_factor_device
    if patient is not None and 0.3 <= patient <= 1.5:
        return MassCalibration(patient / 1000, "scanner's factor for this patient", True)
    if len(device) == 3 and 0.3 <= device[1] <= 1.5:
        return MassCalibration(device[1] / 1000, "scanner's factor, medium patient assumed", True)
    return MassCalibration(rules.default_mass_factor, "mass not calibrated", False)


def _category(scores: Scores, findings: tuple[Finding, ...], rules: RuleSet) -> Category | None:
    if rules.name != "literature" or any(f.code in NO_CATEGORY_CODES for f in findings):
        return None
    r = reported(scores.total.agatston)
    vessels = [s.agatston for a, s in scores.by_artery.items() if a is not Artery.UNASSIGNED]
    drs = cac_drs(r, vessels, scores.by_artery[Artery.UNASSIGNED].agatston)
    return Category("classic5", classic5(r), classic5_word(r), drs, r)


def _following(case: Case, scores: Scores) -> tuple[Finding, ...]:
    found: list[Finding] = []
    unassigned = scores.lesions_by_artery[Artery.UNASSIGNED]
    if unassigned:
        found.append(finding("artery_unassigned", count=unassigned))
    if not case.mass.calibrated:
        found.append(finding("mass_uncalibrated"))
    return tuple(found)


def _edge(category: Category | None, stability: Stability) -> tuple[Finding, ...]:
    if category is None:
        return ()
    classes = dict.fromkeys(classic5(reported(s)) for s in (stability.low, category.reported, stability.high))
    if len(classes) == 1:
        return ()
    others = [c for c in classes if c != category.label]
    return (finding("category_edge", a=category.label, b=" or ".join(others)),)
