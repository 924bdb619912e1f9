"""The job `inspect`: scan, judge and read an input without scoring it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import CATALOGUE, finding
from cacviewer.core.study import Inspection, Verdict
from cacviewer.core.volume import Volume
from cacviewer.reading import scan
from cacviewer.reading.load import load
from cacviewer.reading.report import inspection_document
from cacviewer.reading.select import select_series
from cacviewer.reading.volumefiles import write_volume

Progress = Callable[[str, float], None]


def inspect_input(
    paths: Sequence[str],
    series: str | None = None,
    volume_file: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Looks through an input and reads the series that would open.

    Args:
        paths: Folders and files.
        series: UID, UID:PART or number of another series to read.
        volume_file: Where to write the voxels (.mha, .nrrd, .nii.gz), or None.
        progress: Called with step and fraction.

    Returns:
        `document` (schema cacviewer.inspect/1) and `error`: None, or why nothing can be opened, as plain data.

    Raises:
        UnreadableInput: The path is not there.
        UsageError: There is no such series.
        CannotWrite: The volume file cannot be written.
    """
    scanned = scan.inspect(paths, progress)
    inspection: Inspection = scanned
    candidates = scanned.order
    if series is not None:
        candidates = (select_series(inspection, series),)
    volume: Volume | None = None
    error: UnreadableInput | None = None
    for index in candidates:  # the best one may turn out to be damaged, and the next one good
        try:
            volume = load(inspection, index, progress)
        except UnreadableInput as raised:
            error = error or raised
            inspection = _without(inspection, index, raised)
            continue
        inspection, error = replace(inspection, chosen=index), None
        break
    if not candidates:
        error = scan.refusal(inspection)
    if volume is not None and volume_file is not None:
        write_volume(volume, volume_file)
    return {
        "document": inspection_document(inspection, volume),
        "error": error.plain() if error is not None else None,
    }


def _without(inspection: Inspection, index: int, error: UnreadableInput) -> Inspection:
    """The inspection when the chosen series turned out to have no volume."""
    one = inspection.series[index]
    found = one.findings
    if error.code in CATALOGUE and error.code not in {f.code for f in found}:
        found = (finding(error.code, count=len(one.files)), *found)
    judged = replace(one, verdict=Verdict.UNREADABLE, findings=found)
    series = (*inspection.series[:index], judged, *inspection.series[index + 1 :])
    return replace(inspection, series=series, chosen=None)
