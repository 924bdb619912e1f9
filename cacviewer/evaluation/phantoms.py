"""Scores of digital chests against their truth: volume error, category, what decoys and noise do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cacviewer.core.study import Acquisition, Gating, SeriesInfo, Verdict
from cacviewer.core.volume import Volume
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
    findings: str

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
    seeds: Iterable[int], overrides: dict[str, Any], on_row: Callable[[PhantomRow], None]
) -> list[PhantomRow]:
    """Makes, segments and scores a phantom for every seed."""
    rows = []
    for seed in seeds:
        row = _row(generate(parameters_for(seed, **varied(seed, **overrides))))
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


def _row(phantom: Phantom) -> PhantomRow:
    volume = volume_of(phantom)
    anatomy = segment(volume)
    case = find(volume, anatomy)
    total = case.scores.total if case.scores else None
    p, truth = phantom.parameters, phantom.truth
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
        lesions=case.scores.lesions if case.scores else 0,
        true_lesions=truth["totals"]["lesions"],
        findings=" ".join(f.code for f in case.findings if f.severity != "info"),
    )


HEADER = (
    "| seed | pixel, slice mm | noise HU | heart Dice | Agatston (true) | mm3 (true) | class (true) | findings |\n"
    "|---|---|---|---|---|---|---|---|"
)


def line(r: PhantomRow) -> str:
    """The row as a line of a Markdown table."""
    return (
        f"| {r.seed} | {r.spacing_mm:g}, {r.thickness_mm:g} | {r.noise_sd_hu:g} | {r.heart_dice:.3f} "
        f"| {r.agatston:.1f} ({r.true_agatston:.1f}) | {r.volume_mm3:.1f} ({r.true_volume_mm3:.1f}) "
        f"| {r.label} ({r.true_label}) | {r.findings} |"
    )


def summary(rows: Sequence[PhantomRow]) -> str:
    """RMSE of the volume, categories that are right, scans without a score."""
    scored = [r for r in rows if not math.isnan(r.volume_mm3)]
    rmse = math.sqrt(sum(r.error_mm3**2 for r in scored) / len(scored)) if scored else math.nan
    right = sum(r.label == r.true_label for r in rows)
    return (
        f"Volume RMSE {rmse:.1f} mm3 over {len(scored)} scored of {len(rows)}; "
        f"category right in {right} of {len(rows)}."
    )
