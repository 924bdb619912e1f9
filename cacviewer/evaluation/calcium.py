"""Scores of real scans beside a reader's: total, class, what was counted too much and what was missed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case
from cacviewer.core.geometry import slices_of
from cacviewer.core.volume import Volume
from cacviewer.evaluation.agreement import bland_altman, icc_absolute, rmse, weighted_kappa
from cacviewer.evaluation.orcascore import OrcaRow, orca_rows
from cacviewer.pipeline.find import find
from cacviewer.pipeline.read import load, scan
from cacviewer.pipeline.segment import segment


@dataclass(frozen=True, slots=True)
class CalciumRow:
    """One scan; Agatston in units, volumes in mm3.

    `too_much` is the Agatston of counted lesions in which the reader marked nothing; `missed` is the number of
    voxels that the reader marked in no counted lesion.
    """

    case: str
    heart_ml: float
    agatston: float | None
    reader_agatston: float
    volume_mm3: float | None
    reader_volume_mm3: float
    label: str
    reader_label: str
    too_much: float
    missed: int
    findings: str


CLASSES = ("0", "1-10", "11-100", "101-400", ">400")


def evaluate_calcium(data: Path, method: str = "threshold") -> Iterator[tuple[CalciumRow, list[OrcaRow]]]:
    """Every folder below `data` that holds dicom/, reader.json and reader.nii.gz (or reading.nii.gz)."""
    for said in sorted(data.rglob("reader.json")):
        yield _row(said.parent, method)


def reader_of(folder: Path) -> tuple[dict[str, Any], Volume, NDArray[np.int16]]:
    """What the reader said of a case folder, its series, and the reader's labels on the series' grid."""
    reader: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    reader = reader.get(
        "read_on_this_scan", reader
    )  # where the given score is of another scan of the patient
    inspection = scan([str(folder / "dicom")])
    volume = load(inspection, inspection.chosen or 0)
    return reader, volume, _labels(folder)


def _row(folder: Path, method: str) -> tuple[CalciumRow, list[OrcaRow]]:
    reader, volume, labels = reader_of(folder)
    case = find(volume, segment(volume), method)
    too_much, missed = _compared(case, labels)
    total = case.scores.total if case.scores else None
    row = CalciumRow(
        case=folder.name,
        heart_ml=case.heart.volume_ml,
        agatston=total.agatston if total else None,
        reader_agatston=reader["total"]["agatston"],
        volume_mm3=total.volume_mm3 if total else None,
        reader_volume_mm3=reader["total"]["volume_mm3"],
        label=case.category.label if case.category else "none",
        reader_label=reader["total"]["category"],
        too_much=too_much,
        missed=missed,
        findings=" ".join(f.code for f in case.findings if f.severity != "info"),
    )
    return row, orca_rows(folder.name, case, volume.hu, labels)


def _labels(folder: Path) -> NDArray[np.int16]:
    name = next(n for n in ("reader.nii.gz", "reading.nii.gz") if (folder / n).is_file())
    inspection = scan([str(folder / name)])
    return load(inspection, inspection.chosen or 0).hu


def _compared(case: Case, labels: np.ndarray) -> tuple[float, int]:
    left, too_much = labels > 0, 0.0
    for lesion in case.scored:
        where = slices_of(lesion.box)
        if not (left[where] & lesion.voxels).any() and case.scores:
            too_much += case.scores.by_lesion[lesion.id].agatston
        left[where] &= ~lesion.voxels
    return too_much, int(left.sum())


HEADER = (
    "| scan | heart ml | Agatston (reader) | volume mm3 (reader) | class (reader) | counted, not the reader's "
    "| reader's voxels missed | findings |\n|---|---|---|---|---|---|---|---|"
)


def summary(rows: Sequence[CalciumRow]) -> str:
    """ICC of Agatston and volume, RMSE of volume, kappa and number of right classes, bias with its limits."""
    scored = [
        (r, r.agatston, r.volume_mm3) for r in rows if r.agatston is not None and r.volume_mm3 is not None
    ]
    if not scored:
        return "No scan was scored."
    agatston, volume = [a for _, a, _ in scored], [v for _, _, v in scored]
    true, true_mm3 = [r.reader_agatston for r, _, _ in scored], [r.reader_volume_mm3 for r, _, _ in scored]
    pairs = class_pairs(rows)
    kappa = weighted_kappa([t for t, _ in pairs], [m for _, m in pairs], len(CLASSES))
    limits = bland_altman(agatston, true)
    return (
        f"{len(scored)} of {len(rows)} scored. ICC of Agatston {icc_absolute(agatston, true):.4f}, of volume "
        f"{icc_absolute(volume, true_mm3):.4f}; volume RMSE {rmse(volume, true_mm3):.1f} mm3; "
        f"weighted kappa {kappa:.3f}, class right in {sum(r.label == r.reader_label for r in rows)} of {len(rows)}; "
        f"Agatston bias {limits.bias:.1f} (95 % limits {limits.low:.1f} to {limits.high:.1f})."
    )


def class_pairs(rows: Sequence[CalciumRow]) -> list[tuple[int, int]]:
    """(reader's, program's) class of each scan that has both, by their places in CLASSES."""
    labels = [(r.reader_label, r.label) for r in rows]
    return [(CLASSES.index(t), CLASSES.index(m)) for t, m in labels if t in CLASSES and m in CLASSES]


def line(r: CalciumRow) -> str:
    """The row as a line of a Markdown table."""
    agatston = "not scored" if r.agatston is None else f"{r.agatston:.1f}"
    volume = "not scored" if r.volume_mm3 is None else f"{r.volume_mm3:.1f}"
    return (
        f"| {r.case} | {r.heart_ml:.0f} | {agatston} ({r.reader_agatston:.1f}) | {volume} ({r.reader_volume_mm3:.1f}) "
        f"| {r.label} ({r.reader_label}) | {r.too_much:.1f} | {r.missed} | {r.findings} |"
    )
