"""Where an export goes: formats to target paths, as the export job takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cacviewer.core.study import SeriesInfo

NAMES = {"pdf": "report.pdf", "csv": "scores.csv"}
"""File name of a format in a folder; the table of lesions lies beside the scores."""
BESIDE = {"csv": ("lesions.csv",)}
"""What a format writes besides, in the same folder."""


def targets_in(folder: Path, formats: Sequence[str]) -> dict[str, str]:
    """Target of each format in a folder."""
    return {name: str(folder / NAMES[name]) for name in formats}


def already_there(targets: dict[str, str]) -> list[str]:
    """Names of files that an export would replace."""
    paths = [Path(target) for target in targets.values()]
    paths += [Path(targets[name]).parent / other for name in targets for other in BESIDE.get(name, ())]
    return [path.name for path in paths if path.exists()]


def folder_name(info: SeriesInfo) -> str:
    """A folder name for a study that any disk accepts: patient's id and date, no patient's name."""
    words = "_".join(part for part in (info.patient.id, info.study_date) if part) or "cacviewer"
    return re.sub(r"[^\w.-]+", "_", words).strip("._")[:80] or "cacviewer"
