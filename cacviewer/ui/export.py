"""Where an export goes: asks for folder or file, and gives targets as the export job takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cacviewer.core.study import SeriesInfo
from cacviewer.reports.formats import format_of, rows_of
from cacviewer.ui.dialogs.choices import Choices

ALONE = frozenset({"pdf"})
"""Kinds that may have any name where they are asked for alone."""


def ask_targets(
    choices: Choices, parent: QWidget, start: Path, formats: Sequence[str], info: SeriesInfo
) -> dict[str, str]:
    """Target of each format as a person wants it; empty if not at all."""
    if len(formats) == 1 and formats[0] in ALONE:
        suffix = format_of(formats[0]).suffix
        name = choices.file_for_export(parent, str(start / (plain_name(info) + suffix)), suffix)
        return {formats[0]: name} if name else {}
    folder = choices.folder_for_export(parent, str(start))
    if not folder:
        return {}
    targets = {name: str(rows_of(name)[0].target(Path(folder))) for name in formats}
    there = already_there(Path(folder), formats)
    return targets if not there or choices.may_overwrite(parent, there) else {}


def already_there(folder: Path, formats: Sequence[str]) -> list[str]:
    """Names of files in a folder that an export would replace."""
    rows = [row for name in formats for row in rows_of(name)]
    return [path.name for row in rows for path in row.existing(row.target(folder))]


def folder_of(targets: dict[str, str]) -> Path:
    """The folder that was chosen."""
    kind, target = next(iter(targets.items()))
    path = Path(target)
    return path.parent if rows_of(kind)[0].file_name else path


def plain_name(info: SeriesInfo) -> str:
    """A file name for a study that any disk accepts: id and date, for a patient's name belongs on no file."""
    words = "_".join(part for part in ("calcium", info.patient.id, info.study_date) if part)
    return re.sub(r"[^\w.-]+", "_", words).strip("._")[:80]
