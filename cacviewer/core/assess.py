"""From lesions to scores, category and the findings that follow from them: the one way to a number.

The automatic result and every edit go through `assessed`, so that window, report and command line agree to
the last digit. Lesions whose boxes touch are scored together, for components are formed over all of them;
others cannot share a component and are scored box by box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case, Category, MassCalibration, Scores
from cacviewer.core.categories import cac_drs, classic5, classic5_word, reported
from cacviewer.core.findings import Finding, finding, refusals
from cacviewer.core.geometry import Box, Grid, grown, joined, overlap, slices_of
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.rulesets import RuleSet
from cacviewer.core.scoring import Score, isotropic_volume_mm3, pixel_weights, score_labels
from cacviewer.core.study import Acquisition

FOLLOWING_CODES = frozenset({"artery_unassigned", "mass_uncalibrated"})
"""Findings that are made new by every assessment."""
NO_CATEGORY_CODES = frozenset({"fov_cut", "limit_changed"})
"""Warnings with which a score has no category (clinical-rules.md 6)."""


def assessed(case: Case, hu: NDArray[np.int16]) -> Case:
    """The case with scores, category and following findings made new from its lesions.

    Args:
        case: Lesions, grid, rules and calibration are used; scores are ignored.
        hu: (z, y, x) int16 of the whole volume (may be memory-mapped; only the lesions' boxes are read).
    """
    base = tuple(f for f in case.findings if f.code not in FOLLOWING_CODES)
    if refusals(base):
        return replace(case, scores=None, category=None, findings=base)
    scores = scores_of(case.scored, hu, case.grid, case.rules, case.mass.factor)
    findings = base + _following(case, scores)
    return replace(case, scores=scores, category=_category(scores, base, case.rules), findings=findings)


def scores_of(
    lesions: Sequence[Lesion], hu: NDArray[np.int16], grid: Grid, rules: RuleSet, mass_factor: float
) -> Scores:
    """Scores of coronary lesions, their arteries and the total.

    Args:
        lesions: Scored lesions only; where two share a voxel the later one owns it.
        hu: (z, y, x) int16 of the whole volume.
        grid: Grid of the volume.
        rules: Rule set in force.
        mass_factor: c in mg/(mm3 HU).
    """
    by_lesion = {lesion.id: Score() for lesion in lesions}
    isotropic = 0.0
    for group in touching(lesions):
        part, volume = _score_group(group, hu, grid, rules, mass_factor)
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


def touching(lesions: Iterable[Lesion]) -> list[list[Lesion]]:
    """Groups lesions whose boxes touch or overlap, directly or through others."""
    groups: list[tuple[Box, list[Lesion]]] = []
    for lesion in lesions:
        z0, y0, x0, z1, y1, x1 = lesion.box
        reach: Box = (z0 - 1, y0 - 1, x0 - 1, z1 + 1, y1 + 1, x1 + 1)
        box, members, apart = lesion.box, [lesion], []
        for other_box, others in groups:
            if overlap(reach, other_box):
                box, members = joined(box, other_box), others + members
            else:
                apart.append((other_box, others))
        groups = [*apart, (box, members)]
    # joining may have made boxes that overlap each other: repeat until nothing moves
    changed = True
    while changed:
        changed = False
        for i, (box_a, a) in enumerate(groups):
            for j in range(i + 1, len(groups)):
                box_b, b = groups[j]
                if overlap(box_a, box_b):
                    groups[i] = (joined(box_a, box_b), a + b)
                    del groups[j]
                    changed = True
                    break
            if changed:
                break
    return [members for _, members in groups]


def _score_group(
    group: list[Lesion], hu: NDArray[np.int16], grid: Grid, rules: RuleSet, mass_factor: float
) -> tuple[dict[str, Score], float]:
    box = group[0].box
    for lesion in group[1:]:
        box = joined(box, lesion.box)
    shape = (hu.shape[0], hu.shape[1], hu.shape[2])
    box = grown(box, (1, 0, 0), shape)  # one slice more for the interpolated volume
    labels = np.zeros([s.stop - s.start for s in slices_of(box)], np.int32)
    for number, lesion in enumerate(group, start=1):
        inner = tuple(slice(lesion.box[i] - box[i], lesion.box[i + 3] - box[i]) for i in range(3))
        labels[inner][lesion.voxels] = number
    part = np.asarray(hu[slices_of(box)])
    scored = score_labels(part, labels, grid, rules, mass_factor)
    kept = pixel_weights(part, labels > 0, grid, rules) > 0
    if hu.shape[0] == 1:
        volume = int(kept.sum()) * grid.voxel_mm3
    else:
        volume = isotropic_volume_mm3(part, kept, grid, rules.limit_hu, box[0])
    ids = {number: lesion.id for number, lesion in enumerate(group, start=1)}
    return {ids[number]: score for number, score in scored.items()}, volume


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
