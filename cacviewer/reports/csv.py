"""scores.csv, one row a case, and lesions.csv, one row an object. Columns: docs/schema/scores-csv.md.

Numbers keep their full precision, so that the arteries of a row add up to its total and equal case.json.
Text is safe to open in a spreadsheet: a cell that would be taken for a formula starts with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from cacviewer.core import quantities
from cacviewer.core.case import Case, Scores
from cacviewer.core.categories import reported_or_none
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.scoring import Score
from cacviewer.files import writing

SCORES_SCHEMA = "cacviewer.scores/1"
LESIONS_SCHEMA = "cacviewer.lesions/1"

Cell = str | int | float | bool | None
Column = tuple[str, Callable[[Case], Cell]]

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the start of a formula, full-width forms included."""


def write_scores(
    case: Case,
    path: Path,
    *,
    bom: bool = False,
    edits: int = 0,
    interpretation: Interpretation | None = None,
) -> None:
    """Writes scores.csv: header and one row.

    Args:
        case: What is shown, edits applied.
        path: Target file.
        bom: Whether a byte order mark leads, for spreadsheets that do not guess UTF-8.
        edits: How many edits of a reader are in force.
        interpretation: Of the shown score; its columns are empty without one.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    columns = [*_CASE, *_score_columns(), *_OUTCOME]
    names: list[Cell] = [*(name for name, _ in columns), "edits", *(name for name, _ in _INTERPRETATION)]
    row = [*(value(case) for _, value in columns), edits]
    row += [value(interpretation) if interpretation else None for _, value in _INTERPRETATION]
    _write([names, row], path, bom)


def write_lesions(case: Case, path: Path, *, bom: bool = False) -> None:
    """Writes lesions.csv: header and one row for each object, scored ones first.

    Args:
        case: What is shown, edits applied.
        path: Target file.
        bom: Whether a byte order mark leads, for spreadsheets that do not guess UTF-8.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    rows = [_lesion_row(lesion, case) for lesion in (*case.scored, *case.other)]
    _write([list(_LESION), *rows], path, bom)


def safe_cell(value: Cell) -> str:
    """A value as the text of a cell: nothing for None, numbers in full, text that is no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    # some spreadsheets drop leading blanks before they look for a formula
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _write(rows: list[list[Cell]], path: Path, bom: bool) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    with writing(path, "wb") as file:
        file.write(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


_CASE: tuple[Column, ...] = (
    ("schema", lambda case: SCORES_SCHEMA),
    ("path", lambda case: case.source),
    ("patient_id", lambda case: case.info.patient.id),
    ("patient_name", lambda case: case.info.patient.name),
    ("sex", lambda case: case.info.patient.sex),
    ("age_years", lambda case: case.info.patient.age_years),
    ("study_date", lambda case: case.info.study_date),
    ("study_uid", lambda case: case.info.study_uid),
    ("series_uid", lambda case: case.info.series_uid),
    ("series_part", lambda case: case.info.part),
    ("status", lambda case: "scored" if case.scores else "refused"),
)


def _score_columns() -> Iterator[Column]:
    """Total first, then each artery, then nothing: `agatston`, `lm_agatston`, ... as in case.json."""
    yield "reported", lambda case: reported_or_none(case.scores.total.agatston) if case.scores else None
    yield from _measures("", lambda scores: scores.total)
    yield (
        "volume_isotropic_mm3",
        lambda case: _float(case.scores.volume_isotropic_mm3) if case.scores else None,
    )
    yield "lesions", lambda case: int(case.scores.lesions) if case.scores else None
    for artery in Artery:
        yield from _artery_columns(artery)


def _artery_columns(artery: Artery) -> Iterator[Column]:
    prefix = f"{artery.value.lower()}_"
    yield from _measures(prefix, lambda scores: scores.by_artery[artery])
    yield f"{prefix}lesions", lambda case: int(case.scores.lesions_by_artery[artery]) if case.scores else None


def _measures(prefix: str, score: Callable[[Scores], Score]) -> Iterator[Column]:
    for quantity in quantities.ALL:
        yield (
            prefix + quantity.key,
            lambda case, q=quantity: q.value(score(case.scores)) if case.scores else None,  # type: ignore[misc]
        )


_OUTCOME: tuple[Column, ...] = (
    ("stability_low", lambda case: float(case.stability.low) if case.stability else None),
    ("stability_high", lambda case: float(case.stability.high) if case.stability else None),
    ("category_scheme", lambda case: case.category.scheme if case.category else None),
    ("category_label", lambda case: case.category.label if case.category else None),
    ("category_word", lambda case: case.category.word if case.category else None),
    ("cac_drs", lambda case: case.category.cac_drs if case.category else None),
    ("heart_found", lambda case: bool(case.heart.found)),
    ("heart_ml", lambda case: float(case.heart.volume_ml)),
    ("kvp", lambda case: _float(case.acquisition.kvp)),
    ("thickness_mm", lambda case: _float(case.acquisition.thickness_mm)),
    ("increment_mm", lambda case: float(case.grid.increment_mm)),
    ("pixel_row_mm", lambda case: float(case.grid.spacing_mm[1])),
    ("pixel_column_mm", lambda case: float(case.grid.spacing_mm[2])),
    ("gating", lambda case: case.acquisition.gating.value),
    ("kernel", lambda case: case.acquisition.kernel),
    ("manufacturer", lambda case: case.acquisition.manufacturer),
    ("method", lambda case: case.method),
    ("rules", lambda case: case.rules.name),
    ("limit_hu", lambda case: int(case.rules.limit_hu)),
    ("mass_calibrated", lambda case: bool(case.mass.calibrated)),
    ("findings", lambda case: ";".join(found.code for found in case.findings)),
    ("software", lambda case: case.software),
    ("model_name", lambda case: case.model.name if case.model else None),
    ("model_sha256", lambda case: case.model.sha256 if case.model else None),
    ("start_s", lambda case: float(case.timing.start)),
    ("read_s", lambda case: float(case.timing.read)),
    ("heart_s", lambda case: float(case.timing.heart)),
    ("calcium_s", lambda case: float(case.timing.calcium)),
    ("report_s", lambda case: None),  # this table is a part of the report: its time is not over yet
    ("total_s", lambda case: None),
)


def _line(key: str) -> Callable[[Interpretation], Cell]:
    return lambda interpretation: interpretation.line(key).value


_LINES = ("mesa_percentile", "hoff_band", "arterial_age", "risk_with_cac", "risk_without_cac")
_INTERPRETATION: tuple[tuple[str, Callable[[Interpretation], Cell]], ...] = (
    ("maron_stage", lambda interpretation: interpretation.maron),
    *((key, _line(key)) for key in _LINES),
)

_LESION = (
    "schema", "path", "patient_id", "series_uid", "lesion_id", "scored", "class", "artery",
    "centroid_x_lps_mm", "centroid_y_lps_mm", "centroid_z_lps_mm",
    "first_slice", "last_slice", "voxels",
    *(q.key for q in quantities.ALL),
    "max_hu", "mean_hu", "confidence", "reason", "artery_confidence",
)  # fmt: skip


def _lesion_row(lesion: Lesion, case: Case) -> list[Cell]:
    scored = lesion.is_scored
    score = case.scores.by_lesion[lesion.id] if case.scores and scored else None
    measures: list[Cell] = [q.value(score) if score else None for q in quantities.ALL]
    if not scored:  # not counted: the volume of all its voxels
        measures[quantities.ALL.index(quantities.VOLUME)] = lesion.voxel_count * float(case.grid.voxel_mm3)
    x, y, z = (float(value) for value in lesion.centroid_lps_mm)
    return [
        LESIONS_SCHEMA, case.source, case.info.patient.id, case.info.series_uid, lesion.id, scored,
        lesion.kind.value, lesion.artery.value if scored else None,
        x, y, z, int(lesion.box[0]), int(lesion.box[3]) - 1, int(lesion.voxel_count),
        *measures,
        int(lesion.max_hu), float(lesion.mean_hu), float(lesion.confidence), lesion.reason,
        float(lesion.artery_confidence) if scored else None,
    ]  # fmt: skip
