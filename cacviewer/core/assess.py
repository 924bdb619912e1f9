"""From lesions to scores, category and the findings that follow from them: the one way to a number.

The automatic result and every edit go through `assessed`, so that window, report and command line agree to
the last digit. Lesions whose boxes are near are scored together, for components are formed over all of them;
others cannot share a component, also while they grow for the stability interval, and are scored group by group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case, Category, MassCalibration, Scores
from cacviewer.core.categories import cac_drs, classic5, classic5_word, reported
from cacviewer.core.findings import Finding, finding, refusals
from cacviewer.core.geometry import Grid
from cacviewer.core.isotropic import isotropic_volumes_mm3
from cacviewer.core.labelled import Group, Memo, beside, remembered, touching
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.pixels import pixels_of_lesions, with_own_limits
from cacviewer.core.rulesets import RuleSet
from cacviewer.core.scoring import UNDEFINED, Score, as_published, counted, scores_by_label
from cacviewer.core.stability import GROWTH_PX, REACH_PX, Stability, member_names, stability_of, varied
from cacviewer.core.study import Acquisition

FOLLOWING_CODES = frozenset({"artery_unassigned", "mass_uncalibrated", "category_edge"})
"""Findings that are made new by every assessment."""
NOT_DEFINED = Score(UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED)
"""Score of a lesion under a rule set that has totals only."""
NO_CATEGORY_CODES = frozenset({"fov_cut", "limit_changed"})
"""Warnings with which a score has no category (clinical-rules.md 6)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What is known of a group of lesions: scores by id, who counts, the group's total, volume and stability members.

    `rounded` is the sum of rounded objects where the rule set rounds them. `members` is empty where it has no interval.
    """

    by_lesion: dict[str, Score]
    counting: frozenset[str]
    total: Score
    rounded: float
    isotropic_mm3: float
    members: list[float]


def assessed(case: Case, hu: NDArray[np.int16], memo: Memo | None = None) -> Case:
    """The case with scores, category and following findings made new from its lesions.

    Args:
        case: Lesions, grid, rules and calibration are used; scores are ignored.
        hu: (z, y, x) int16 of the whole volume (may be memory-mapped; only the lesions' voxels are read).
        memo: What was computed of groups of lesions before; only groups that an edit changed are scored again.
    """
    base = tuple(f for f in case.findings if f.code not in FOLLOWING_CODES)
    if refusals(base):
        return replace(case, scores=None, category=None, stability=None, comparison=(), findings=base)
    scored, grid, rules = case.scored, case.grid, case.rules
    if rules.own_mass_factor is not None:  # not in mg: it stands in the comparison, under the rule set's name
        rules = replace(rules, has_mass=False)
    parts = _parts(scored, case.other, hu, grid, rules, case.mass.factor, memo)
    scores = _scores(scored, parts, rules)
    stability = _stability(parts, grid) if rules.interpreted else None
    category = _category(scores, base, rules)
    findings = base + _following(case, scores, rules) + _edge(category, stability)
    return replace(
        case, scores=scores, category=category, stability=stability, comparison=(), findings=findings
    )


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
    return _scores(lesions, _parts(lesions, (), hu, grid, rules, mass_factor, memo), rules)


def _parts(
    lesions: Sequence[Lesion],
    other: Sequence[Lesion],
    hu: NDArray[np.int16],
    grid: Grid,
    rules: RuleSet,
    mass_factor: float,
    memo: Memo | None,
) -> list[_Part]:
    groups = touching(lesions, REACH_PX) if rules.per_lesion else [list(lesions)]
    near = beside(groups, other, GROWTH_PX) if rules.interpreted else [[] for _ in groups]
    score = partial(_scored, hu=hu, grid=grid, rules=rules, mass_factor=mass_factor)
    return remembered(memo, ("scores", rules, mass_factor), list(zip(groups, near, strict=True)), score)


def _scored(
    groups: Sequence[Group], hu: NDArray[np.int16], grid: Grid, rules: RuleSet, mass_factor: float
) -> list[_Part]:
    """Scores groups of lesions, each with what lies near it, all in one go."""
    lesions = [lesion for group, _ in groups for lesion in group]
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group, _ in groups])
    measured = pixels_of_lesions(lesions, hu)
    found = counted(with_own_limits(measured, lesions, rules.limit_hu), grid, rules)
    if not rules.mass_by_mean:
        found = replace(found, mass_hu=measured.hu)  # the mass takes each voxel as it was measured
    by_label = scores_by_label(found, grid, rules, mass_factor)
    scores = [by_label.get(label, Score()) for label in range(1, len(lesions) + 1)]
    pixels, weighty = found.pixels, found.weight > 0
    counting = np.bincount(pixels.label[weighty], minlength=len(lesions) + 1)[1:] > 0
    members, isotropic_mm3 = np.zeros((0, len(groups))), np.zeros(len(groups))
    if rules.interpreted:
        group = group_of[pixels.label - 1]
        kept = replace(pixels, label=group.astype(np.int32)).where(weighty)
        isotropic_mm3 = isotropic_volumes_mm3(kept, hu, grid, rules.limit_hu, len(groups))
        blocked = pixels_of_lesions([lesion for _, near in groups for lesion in near], hu).at
        members = varied(found, group, len(groups), blocked, hu, grid, rules)
    ends = np.searchsorted(group_of, np.arange(len(groups) + 1)).tolist()
    parts = []
    for number, (first, last) in enumerate(pairwise(ends)):
        ids = [lesion.id for lesion in lesions[first:last]]
        parts.append(
            _Part(
                by_lesion=dict(zip(ids, scores[first:last], strict=True)),
                counting=frozenset(compress(ids, counting[first:last])),
                total=sum(scores[first:last], Score()),
                rounded=found.rounded or 0.0,
                isotropic_mm3=float(isotropic_mm3[number]),
                members=members[:, number].tolist(),
            )
        )
    return parts


def _scores(lesions: Sequence[Lesion], parts: Sequence[_Part], rules: RuleSet) -> Scores:
    by_lesion: dict[str, Score] = {}
    counting: set[str] = set()
    for part in parts:
        by_lesion |= part.by_lesion
        counting |= part.counting
    by_artery = dict.fromkeys(Artery, Score())
    counts = dict.fromkeys(Artery, 0)
    for lesion in lesions:
        by_artery[lesion.artery] += by_lesion[lesion.id]
        counts[lesion.artery] += lesion.id in counting
    if rules.per_lesion:
        total = sum(by_artery.values(), Score())
    else:
        total = sum((part.total for part in parts), Score())
        total = as_published(total, rules, sum(part.rounded for part in parts))
        by_lesion = dict.fromkeys(by_lesion, NOT_DEFINED)
        by_artery = dict.fromkeys(Artery, NOT_DEFINED)
    return Scores(
        total=total,
        by_artery=by_artery,
        by_lesion=by_lesion,
        lesions=sum(counts.values()),
        lesions_by_artery=counts,
        volume_isotropic_mm3=sum(part.isotropic_mm3 for part in parts) if rules.interpreted else None,
    )


def _stability(parts: Sequence[_Part], grid: Grid) -> Stability:
    names = member_names(grid)
    sums = [sum(values) for values in zip(*(part.members for part in parts), strict=True)] or [0.0] * len(
        names
    )
    return stability_of(dict(zip(names, sums, strict=True)))


def mass_calibration(acquisition: Acquisition, rules: RuleSet) -> MassCalibration:
    """The factor c: from the header, else the default (clinical-rules.md 4).

    DICOM's CalciumScoringMassFactorPatient (0018,9351), then the middle one of ...Device (0018,9352); a value
    outside 0.3-1.5 mg/(cm3 HU) is ignored. A rule set may have a factor of its own.
    """
    if rules.own_mass_factor is not None:
        return MassCalibration(rules.own_mass_factor, "factor of the rule set, not in mg", False)
    if not rules.has_mass:
        return MassCalibration(rules.default_mass_factor, "no mass under this rule set", False)
    patient, device = acquisition.mass_factor_patient, acquisition.mass_factor_device
    if patient is not None and 0.3 <= patient <= 1.5:
        return MassCalibration(patient / 1000, "scanner's factor for this patient", True)
    if len(device) == 3 and 0.3 <= device[1] <= 1.5:
        return MassCalibration(device[1] / 1000, "scanner's factor, medium patient assumed", True)
    return MassCalibration(rules.default_mass_factor, "mass not calibrated", False)


def _category(scores: Scores, findings: tuple[Finding, ...], rules: RuleSet) -> Category | None:
    if not rules.interpreted or any(f.code in NO_CATEGORY_CODES for f in findings):
        return None
    r = reported(scores.total.agatston)
    vessels = [s.agatston for a, s in scores.by_artery.items() if a is not Artery.UNASSIGNED]
    drs = cac_drs(r, vessels, scores.by_artery[Artery.UNASSIGNED].agatston)
    return Category("classic5", classic5(r), classic5_word(r), drs, r)


def _following(case: Case, scores: Scores, rules: RuleSet) -> tuple[Finding, ...]:
    found: list[Finding] = []
    unassigned = scores.lesions_by_artery[Artery.UNASSIGNED]
    if unassigned:
        found.append(finding("artery_unassigned", count=unassigned))
    if rules.has_mass and not case.mass.calibrated:
        found.append(finding("mass_uncalibrated"))
    return tuple(found)


def _edge(category: Category | None, stability: Stability | None) -> tuple[Finding, ...]:
    if category is None or stability is None:
        return ()
    classes = dict.fromkeys(classic5(reported(s)) for s in (stability.low, category.reported, stability.high))
    if len(classes) == 1:
        return ()
    others = [c for c in classes if c != category.label]
    return (finding("category_edge", a=category.label, b=" or ".join(others)),)
