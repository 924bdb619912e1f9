"""Bytes to values: scan an input, load one of its series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import Finding, Severity, refusals
from cacviewer.core.study import Inspection, Verdict
from cacviewer.core.volume import Volume
from cacviewer.reading.load import load as load_series
from cacviewer.reading.scan import scan as scan_paths
from cacviewer.reading.select import select_series
from cacviewer.reading.thumbnails import thumbnail as small_picture

Progress = Callable[[str, float], None]


def scan(paths: list[str], *, progress: Progress | None = None) -> Inspection:
    """Reads the headers of an input and judges its series.

    Raises:
        UnreadableInput: Nothing in it can be read.
    """
    return scan_paths(paths, progress)


def load(inspection: Inspection, index: int, *, progress: Progress | None = None) -> Volume:
    """Reads the voxels of one series.

    Raises:
        UnreadableInput: The series has no volume; the message is that of its finding.
    """
    series = inspection.series[index]
    if series.verdict is Verdict.UNREADABLE:
        reasons = refusals(series.findings) or series.findings
        first = reasons[0] if reasons else None
        raise UnreadableInput(
            first.message if first else "The series cannot be read.",
            code=first.code if first else "no_dicom",
            path=inspection.path,
            remedy=first.remedy if first else "",
        )
    volume = load_series(inspection, index, progress)
    return replace(volume, findings=volume.findings + _of_the_input(inspection, volume))


def _of_the_input(inspection: Inspection, volume: Volume) -> tuple[Finding, ...]:
    """Warnings about other files of the input: a broken file may be a slice of this very series.

    A refusal of the input (an archive that cannot be opened, say) is no refusal of this series.
    """
    said = {f.code for f in volume.findings}
    return tuple(
        replace(f, severity=Severity.WARNING)
        for f in inspection.findings
        if f.severity is not Severity.INFO and f.code not in said
    )


def thumbnail(inspection: Inspection, index: int) -> NDArray[np.uint8] | None:
    """(rows, columns) grays of a series' middle slice for the list of series, None where there is no picture."""
    return small_picture(inspection, index)


def select(inspection: Inspection, text: str) -> int:
    """The index of the series that a person named: UID, UID:PART or series number.

    Raises:
        UsageError: There is no such series; the message lists those that exist.
    """
    return select_series(inspection, text)
