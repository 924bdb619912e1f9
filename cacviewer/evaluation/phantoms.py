"""Scores of digital chests against their truth: volume error, category, what decoys and noise do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cacviewer.core.case import Case
from cacviewer.core.geometry import slices_of
from cacviewer.core.rulesets import rule_set
from cacviewer.core.scoring import score_labels
from cacviewer.core.study import Acquisition, Gating, SeriesInfo, Verdict
from cacviewer.core.volume import Volume
from cacviewer.evaluation.agreement import Detection, icc_absolute
from cacviewer.evaluation.overlap import dice
from cacviewer.phantom import Phantom, generate, parameters_for
from cacviewer.pipeline.find import find
from cacviewer.pipeline.segment import segment

SPACING_MM = (0.35, 0.9)
THICKNESS_MM = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)


@dataclass(frozen=True, slots=True)
class PhantomRow:
    """One phantom; Agatston in units, volumes in mm3, spacing and thickness in mm, noise in HU."""

    seed: int
    spacing_mm: float
    thickness_mm: float
    noise_sd_hu: float
    heart_dice: float
    agatston: float
    true_agatston: float
    volume_mm3: float
    true_volume_mm3: float
    label: str
    true_label: str
    lesions: int
    true_lesions: int
    found_lesions: int
    right_lesions: int
    findings: str

    @property
    def detection(self) -> Detection:
        """Lesions: true ones with a score above 0 that a counted lesion meets, and counted ones that meet one."""
        return Detection(self.true_lesions, self.found_lesions, self.lesions, self.right_lesions)

    @property
    def error_mm3(self) -> float:
        """Measured volume minus true volume."""
        return self.volume_mm3 - self.true_volume_mm3


def varied(seed: int, **overrides: Any) -> dict[str, Any]:
    """Pixel size and slice thickness of a seed over the whole range of scanners, and the overrides."""
    random = np.random.default_rng([seed, 77])
    spacing, thickness = round(float(random.uniform(*SPACING_MM)), 3), float(random.choice(THICKNESS_MM))
    return {"spacing_mm": spacing, "thickness_mm": thickness, **overrides}


def evaluate_phantoms(
    seeds: Iterable[int],
    overrides: dict[str, Any],
    on_row: Callable[[PhantomRow], None],
    method: str = "threshold",
) -> list[PhantomRow]:
    """Makes, segments and scores a phantom for every seed, by one calcium method."""
    rows = []
    for seed in seeds:
        row = _row(generate(parameters_for(seed, **varied(seed, **overrides))), method)
        on_row(row)
        rows.append(row)
    return rows


def volume_of(phantom: Phantom) -> Volume:
    """The phantom as reading would give it."""
    p = phantom.parameters
    acquisition = Acquisition(
        kvp=p.kvp, thickness_mm=p.thickness_mm, increment_mm=p.increment_mm, gating=Gating.GATED
    )
    return Volume(phantom.hu, phantom.grid, acquisition, SeriesInfo(), Verdict.READY)


def _row(phantom: Phantom, method: str) -> PhantomRow:
    volume = volume_of(phantom)
    anatomy = segment(volume)
    case = find(volume, anatomy, method)
    total = case.scores.total if case.scores else None
    p, truth = phantom.parameters, phantom.truth
    met = lesions_met(phantom, case)
    return PhantomRow(
        seed=p.seed,
        spacing_mm=p.spacing_mm,
        thickness_mm=p.thickness_mm,
        noise_sd_hu=p.noise_sd_hu,
        heart_dice=dice(anatomy.heart, phantom.heart),
        agatston=total.agatston if total else math.nan,
        true_agatston=truth["totals"]["agatston"],
        volume_mm3=total.volume_mm3 if total else math.nan,
        true_volume_mm3=truth["totals"]["volume_mm3"],
        label=case.category.label if case.category else "none",
        true_label=truth["category"]["label"],
        lesions=int(met.counted),
        true_lesions=int(met.true),
        found_lesions=int(met.found),
        right_lesions=int(met.right),
        findings=" ".join(f.code for f in case.findings if f.severity != "info"),
    )


def lesions_met(phantom: Phantom, case: Case) -> Detection:
    """True lesions against counted ones.

    A true lesion is a 26-connected object of scored voxels at or above the limit whose Agatston is above 0; it is found
    when a counted lesion (score above 0) shares a voxel with it. A counted lesion that shares none with a true one is
    false.
    """
    from scipy import ndimage

    limit_hu = rule_set("literature", phantom.parameters.kvp).limit_hu
    scored = (phantom.calcium >= 1) & (phantom.calcium <= 5) & (phantom.hu >= limit_hu)
    labels, n = ndimage.label(scored, np.ones((3, 3, 3), bool))
    rules = rule_set("literature", phantom.parameters.kvp)
    scores = score_labels(phantom.hu, labels, phantom.grid, rules)
    true = {number for number in range(1, n + 1) if scores[number].agatston > 0}
    by_lesion = case.scores.by_lesion if case.scores else {}
    counted = [lesion for lesion in case.scored if by_lesion and by_lesion[lesion.id].agatston > 0]
    touched = [true & set(np.unique(labels[slices_of(s.box)][s.voxels]).tolist()) for s in counted]
    return Detection(len(true), len(set().union(*touched)), len(counted), sum(bool(t) for t in touched))


HEADER = (
    "| seed | pixel, slice mm | noise HU | heart Dice | Agatston (true) | mm3 (true) | class (true) "
    "| lesions found | findings |\n|---|---|---|---|---|---|---|---|---|"
)


def line(r: PhantomRow) -> str:
    """The row as a line of a Markdown table."""
    return (
        f"| {r.seed} | {r.spacing_mm:g}, {r.thickness_mm:g} | {r.noise_sd_hu:g} | {r.heart_dice:.3f} "
        f"| {r.agatston:.1f} ({r.true_agatston:.1f}) | {r.volume_mm3:.1f} ({r.true_volume_mm3:.1f}) "
        f"| {r.label} ({r.true_label}) | {r.found_lesions} of {r.true_lesions}, {r.lesions - r.right_lesions} false "
        f"| {r.findings} |"
    )


def summary(rows: Sequence[PhantomRow]) -> str:
    """RMSE of the volume, categories that are right, scans without a score."""
    scored = [r for r in rows if not math.isnan(r.volume_mm3)]
    rmse = math.sqrt(sum(r.error_mm3**2 for r in scored) / len(scored)) if scored else math.nan
    right = sum(r.label == r.true_label for r in rows)
    lesions = sum((r.detection for r in rows), Detection())
    icc = icc_absolute([r.agatston for r in scored], [r.true_agatston for r in scored])
    return (
        f"Lesion F1 {lesions.f1:.3f} (sensitivity {lesions.sensitivity:.3f}, PPV {lesions.ppv:.3f}; {lesions.true:.0f} "
        f"true, {lesions.counted:.0f} counted); ICC of Agatston {icc:.4f}.\n"
        f"Volume RMSE {rmse:.1f} mm3 over {len(scored)} scored of {len(rows)}; "
        f"category right in {right} of {len(rows)}."
    )
