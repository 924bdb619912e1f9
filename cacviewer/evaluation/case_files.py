"""The files of one case: the same whether it was scored alone, in a batch or on a cluster.

Half of them are written by a reader child while the network works on the next scan, so the work is in two steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.core.volume import Volume
from cacviewer.storage.case_json import case_text
from cacviewer.storage.tables import tables
from cacviewer.workers.runner import ProgressCallback, Runner

RESULTS = (
    "case.json", "scores.csv", "lesions.csv", "report.pdf", "heart.nii.gz", "aorta.nii.gz", "calcium.nii.gz"
)  # fmt: skip
"""What a run writes; those of an earlier run go away, for they may be of another patient."""

OVERVIEW = "overview.jpg"
"""The heart seen from above with its lesions; batches only."""


@dataclass(frozen=True, slots=True)
class CaseOptions:
    """How a case is scored and written.

    Attributes:
        method: Calcium method.
        rules: Rule set.
        model: Card or name of another heart network, or "".
        report: `reports.formats.ReportOptions`, or None for the usual ones.
        percentiles: Path of a user's percentile CSV, or "".
        overview: Whether a small picture is written for a page of many cases.
    """

    method: str = "threshold"
    rules: str = "literature"
    model: str = ""
    report: Any = None
    percentiles: str = ""
    overview: bool = False


def submit(
    runner: Runner,
    case: Case,
    volume: Volume,
    anatomy: Anatomy,
    folder: Path,
    options: CaseOptions,
    progress: ProgressCallback | None = None,
) -> int | None:
    """Has a reader child write masks, tables, report and picture into a folder.

    Returns:
        Ticket of the job; None where there is nothing to write.
    """
    targets: dict[str, str] = {}
    if anatomy.heart_found:
        targets["masks"] = str(folder)
        if options.overview:
            targets["overview"] = str(folder / OVERVIEW)
    if case.scores is not None:
        targets |= {"csv": str(folder / "scores.csv"), "pdf": str(folder / "report.pdf")}
    if not targets:
        return None
    return runner.submit("export", case, volume, anatomy, targets, options=options.report, progress=progress)


def finish(case: Case, folder: Path, report_s: float, total_s: float, options: CaseOptions) -> Case:
    """Writes case.json beside what the child wrote; returns the case with all its times.

    Args:
        case: With the times of reading, heart and calcium.
        folder: Where the others are.
        report_s: Seconds that they took.
        total_s: Seconds of the whole scan.
        options: As in `submit`.
    """
    case = replace(case, timing=replace(case.timing, report=report_s, total=total_s))
    (folder / "case.json").write_text(text_of(case, options), encoding="utf-8")
    return case


def text_of(case: Case, options: CaseOptions) -> str:
    """case.json with what can be said of the score from the header alone: nobody has entered anything."""
    own = tables(options.percentiles or None)
    return case_text(case, interpretation=interpreted(case, PatientInputs(), own))
