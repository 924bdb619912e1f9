"""Scores of real scans beside a reader's: total, class, what was counted too much and what was missed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cacviewer.core.case import Case
from cacviewer.core.geometry import slices_of
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


def evaluate_calcium(data: Path) -> Iterator[CalciumRow]:
    """Every folder below `data` that holds dicom/, reader.json and reader.nii.gz (or reading.nii.gz)."""
    for said in sorted(data.rglob("reader.json")):
        yield _row(said.parent)


def _row(folder: Path) -> CalciumRow:
    reader: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    reader = reader.get(
        "read_on_this_scan", reader
    )  # where the given score is of another scan of the patient
    inspection = scan([str(folder / "dicom")])
    volume = load(inspection, inspection.chosen or 0)
    case = find(volume, segment(volume))
    labels = _labels(folder)
    too_much, missed = _compared(case, labels)
    total = case.scores.total if case.scores else None
    return CalciumRow(
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


def _labels(folder: Path) -> np.ndarray:
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


def line(r: CalciumRow) -> str:
    """The row as a line of a Markdown table."""
    agatston = "not scored" if r.agatston is None else f"{r.agatston:.1f}"
    volume = "not scored" if r.volume_mm3 is None else f"{r.volume_mm3:.1f}"
    return (
        f"| {r.case} | {r.heart_ml:.0f} | {agatston} ({r.reader_agatston:.1f}) | {volume} ({r.reader_volume_mm3:.1f}) "
        f"| {r.label} ({r.reader_label}) | {r.too_much:.1f} | {r.missed} | {r.findings} |"
    )
