"""Where an export goes: asks for folder or file, and gives targets as the export job takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cacviewer.core.study import SeriesInfo
from cacviewer.reports.formats import format_of
from cacviewer.ui.dialogs.choices import Choices

NAMES = {"pdf": format_of("pdf").file_name, "csv": format_of("scores").file_name}
"""File name of a target in a folder."""
BESIDE = {"csv": (format_of("lesions").file_name,)}
"""What a format writes besides, in the same folder."""
ALONE = {"pdf": format_of("pdf").suffix}
"""Formats that make one file, which may have any name."""


def ask_targets(
    choices: Choices, parent: QWidget, start: Path, formats: Sequence[str], info: SeriesInfo
) -> dict[str, str]:
    """Target of each format as a person wants it; empty if not at all."""
    if len(formats) == 1 and formats[0] in ALONE:
        suffix = ALONE[formats[0]]
        name = choices.file_for_export(parent, str(start / (plain_name(info) + suffix)), suffix)
        return {formats[0]: name} if name else {}
    folder = choices.folder_for_export(parent, str(start))
    if not folder:
        return {}
    targets = {name: str(Path(folder) / NAMES[name]) for name in formats}
    there = already_there(targets)
    return targets if not there or choices.may_overwrite(parent, there) else {}


def already_there(targets: dict[str, str]) -> list[str]:
    """Names of files that an export would replace."""
    paths = [Path(target) for target in targets.values()]
    paths += [Path(targets[name]).parent / other for name in targets for other in BESIDE.get(name, ())]
    return [path.name for path in paths if path.exists()]


def plain_name(info: SeriesInfo) -> str:
    """A file name for a study that any disk accepts: id and date, for a patient's name belongs on no file."""
    words = "_".join(part for part in ("calcium", info.patient.id, info.study_date) if part)
    return re.sub(r"[^\w.-]+", "_", words).strip("._")[:80]
