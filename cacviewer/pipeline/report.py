"""Reports of a case.json: its numbers as they are, its masks from beside it, its pictures from the series.

The series is looked for where the case says that it was, and taken only if its headers have the same hash. What
cannot be had is said on the report; no number is computed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.case import Case
from cacviewer.core.errors import CacError, UnreadableInput
from cacviewer.core.geometry import bounding_box
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured, measured
from cacviewer.core.study import Verdict
from cacviewer.core.volume import Volume
from cacviewer.files import writing_folder
from cacviewer.pipeline.export import written_to
from cacviewer.reading.load import load
from cacviewer.reading.ownmasks import read_mask
from cacviewer.reading.scan import inspect
from cacviewer.reports.formats import Exported, Format, ReportOptions, rows_of
from cacviewer.reports.printing import Printing
from cacviewer.storage.case_reading import StoredCase, read_case, with_voxels
from cacviewer.storage.tables import tables

Progress = Callable[[str, float], None]
WITH_PICTURES = frozenset({"pdf", "epdf", "sc"})
"""Formats that show key images."""


@dataclass(frozen=True, slots=True, eq=False)
class _Pixels:
    """What was found of a case's masks and series, or the key of the text that says why not."""

    case: Case
    anatomy: Anatomy | None = None
    volume: Volume | None = None
    why: str = ""


def report(
    path: str,
    out: str,
    formats: Sequence[str],
    options: ReportOptions | None = None,
    inputs: PatientInputs | None = None,
    prior: str = "",
    *,
    moment: str = "",
    progress: Progress | None = None,
) -> Exported:
    """Writes the reports of a case.json into a folder, all or none.

    Args:
        path: The case.json.
        out: Folder of the reports; made if it is not there.
        formats: Keys of the table of formats.
        options: How reports are written.
        inputs: Of the patient, instead of those that the case holds; None: the case's.
        prior: Another case.json to compare with, or "".
        moment: Date and time (ISO) of the reports, local time; now if empty.
        progress: Told the step and the fraction.

    Returns:
        What was written, and why what was not could not be made of this case.

    Raises:
        UnreadableInput: The case, a table or a template cannot be used, or a format needs masks that are not there.
        CannotWrite: The folder or disk refuses; the folder is as it was.
    """
    say = progress or (lambda step, fraction: None)
    options = options or ReportOptions()
    kinds = list(dict.fromkeys(formats))
    rows = [row for kind in kinds for row in rows_of(kind)]
    stored = read_case(Path(path))
    entered = stored.inputs if inputs is None else inputs
    before = _prior(prior) if prior else stored.prior
    say("Looking for masks and series", 0.1)
    pixels = _pixels(stored, Path(path).parent, rows, say)
    _refuse_without(rows, pixels, path)
    printing = Printing(
        case=pixels.case,
        moment=dt.datetime.fromisoformat(moment) if moment else dt.datetime.now().replace(microsecond=0),
        automatic=stored.automatic,
        edits=stored.edits,
        inputs=entered,
        interpretation=interpreted(stored.case, entered, tables(options.percentiles or None), before),
        volume=pixels.volume,
        anatomy=pixels.anatomy,
        why_no_pictures=pixels.why,
        options=options,
    )
    names = [name for row in rows for name in (row.makes or (row.file_name,))]
    with writing_folder(out, [name for name in names if "*" not in name and "[" not in name]) as folder:
        targets = {kind: str(rows_of(kind)[0].target(folder)) for kind in kinds}
        done = written_to(targets, printing, lambda step, fraction: say(step, 0.5 + fraction / 2))
    return replace(
        done, written=tuple(str(Path(out) / Path(name).relative_to(folder)) for name in done.written)
    )


def _prior(path: str) -> Measured:
    before = measured(read_case(Path(path)).case)
    if before is None:
        raise UnreadableInput(
            f"The prior {path} has no score.", code="prior", path=path, remedy="Choose a scored case.json."
        )
    return before


def _refuse_without(rows: Sequence[Format], pixels: _Pixels, path: str) -> None:
    for row in rows:
        if row.needs_pixels and pixels.anatomy is None:
            raise UnreadableInput(
                f"{row.title} cannot be made: the masks of {path} are not at hand.",
                code="no_pixels",
                path=path,
                remedy="Put them back beside the case, or leave this format out.",
            )


def _pixels(stored: StoredCase, beside: Path, rows: Sequence[Format], say: Progress) -> _Pixels:
    """Masks and series, as far as a format can use them and they are those of the case."""
    case = stored.case
    shows = any(row.key in WITH_PICTURES for row in rows) and case.scores is not None
    if not shows and not any(row.needs_pixels for row in rows):
        return _Pixels(case)
    try:
        case, anatomy = _masks(case, beside)
    except (ValueError, OSError):
        return _Pixels(stored.case, why="pictures.no_masks")
    if not case.info.header_sha256:
        return _Pixels(case, anatomy, why="pictures.no_hash")
    try:
        inspection = inspect([case.source])
        index = next(
            (
                i
                for i, one in enumerate(inspection.series)
                if one.info.header_sha256 == case.info.header_sha256
            ),
            None,
        )
        if index is None:
            lost = all(one.verdict is Verdict.UNREADABLE for one in inspection.series)
            return _Pixels(case, anatomy, why="pictures.no_source" if lost else "pictures.other_source")
        volume = load(inspection, index, say)
    except CacError:
        return _Pixels(case, anatomy, why="pictures.no_source")
    if volume.grid.shape_zyx != case.grid.shape_zyx:
        return _Pixels(case, anatomy, why="pictures.other_source")
    return _Pixels(case, anatomy, volume)


def _masks(case: Case, beside: Path) -> tuple[Case, Anatomy]:
    """Lesions with their voxels, and heart and aorta; a case without an aorta file has an empty aorta.

    Raises:
        OSError: calcium.nii.gz or heart.nii.gz is not there.
        ValueError: A file is damaged or of another grid.
    """
    case = with_voxels(case, read_mask(beside / "calcium.nii.gz", case.grid))
    heart = read_mask(beside / "heart.nii.gz", case.grid) > 0
    aorta: NDArray[np.bool_] = np.zeros(case.grid.shape_zyx, bool)
    if (beside / "aorta.nii.gz").is_file():
        aorta = read_mask(beside / "aorta.nii.gz", case.grid) > 0
    for mask in (heart, aorta):
        mask.flags.writeable = False
    anatomy = Anatomy(
        heart,
        aorta,
        case.heart.found,
        case.heart.confidence,
        case.heart.volume_ml,
        bounding_box(heart),
        case.model or ModelIdentity("", ""),
    )
    return case, anatomy
