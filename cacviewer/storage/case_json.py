"""case.json: a Case as plain data, in the layout of docs/schema/case-1.schema.json.

Numbers keep their full double precision; indices are z, y, x, positions LPS mm. A case that is refused has
nulls where scores would be, so that no reader takes a missing score for a zero.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cacviewer.core import quantities
from cacviewer.core.case import Case, Category, Scores
from cacviewer.core.categories import reported_or_none
from cacviewer.core.edits import Edit
from cacviewer.core.findings import Finding
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.patient import PatientInputs
from cacviewer.core.rulesets import TITLES
from cacviewer.core.scoring import Score
from cacviewer.files import writing
from cacviewer.storage.edit_json import edit_document
from cacviewer.storage.interpretation_json import inputs_document, interpretation_document

SCHEMA = "cacviewer.case/1"

_NUMBERS = re.compile(r'\[\n\s+([^\[\]{}"]+?)\n\s+\]')
"""A list of numbers over several lines; line ends never stand inside a JSON string."""


def write_case(
    case: Case,
    path: Path,
    *,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    inputs: PatientInputs | None = None,
    interpretation: Interpretation | None = None,
) -> None:
    """Writes case.json whole or not at all.

    Args:
        case: What is shown, edits applied.
        path: Target file.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        inputs: What the reader entered of the patient.
        interpretation: Of the shown score.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    text = case_text(case, automatic, edits, inputs, interpretation)
    with writing(path, "wb") as file:
        file.write(text.encode("utf-8"))


def case_text(
    case: Case,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    inputs: PatientInputs | None = None,
    interpretation: Interpretation | None = None,
) -> str:
    """The text of case.json: fixed order of keys, newline at the end, always valid UTF-8.

    Raises:
        ValueError: A number is not finite; JSON has no word for that.
    """
    document = case_document(case, automatic, edits, inputs, interpretation)
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    text = _NUMBERS.sub(lambda m: f"[{' '.join(m[1].split())}]", text)
    # names of files on Linux may hold bytes that are no text; Python carries them as lone surrogates
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def case_document(
    case: Case,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    inputs: PatientInputs | None = None,
    interpretation: Interpretation | None = None,
) -> dict[str, Any]:
    """A case as the plain data of case.json.

    Args:
        case: What is shown, edits applied.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        inputs: What the reader entered of the patient.
        interpretation: Of the shown score.
    """
    name, _, version = case.software.rpartition(" ")
    heart = case.heart
    return {
        "schema": SCHEMA,
        "software": {"name": name or case.software, "version": version if name else ""},
        "model": {"name": case.model.name, "sha256": case.model.sha256} if case.model else None,
        "patient": _patient(case),
        "input": _input(case),
        "rules": {
            "name": case.rules.name,
            "limit_hu": int(case.rules.limit_hu),
            "edges_hu": [int(edge) for edge in case.rules.edges_hu],
            "min_area_mm2": float(case.rules.min_area_mm2),
            "scale_to_increment": bool(case.rules.scale_to_increment),
        },
        "mass": {
            "factor_mg_per_mm3_hu": float(case.mass.factor),
            "source": case.mass.source,
            "calibrated": bool(case.mass.calibrated),
        },
        "method": case.method,
        "heart": {
            "found": bool(heart.found),
            "volume_ml": float(heart.volume_ml),
            "bbox_index_zyx": [int(end) for end in heart.box] if heart.box else None,
            "confidence": float(heart.confidence),
        },
        "totals": _totals(case.scores),
        "arteries": {artery.value: _artery(case.scores, artery) for artery in Artery},
        "category": _category(case.category),
        "stability": _stability(case),
        "comparison": _comparison(case),
        "lesions": [_scored(lesion, case.scores) for lesion in case.scored],
        "other": [_other(lesion, case.grid.voxel_mm3) for lesion in case.other],
        "findings": [_finding(found) for found in case.findings],
        "timing_s": {step: float(getattr(case.timing, step)) for step in case.timing.__dataclass_fields__},
        "reviewed": _reviewed(case, automatic, edits),
        "patient_inputs": inputs_document(inputs) if inputs is not None else None,
        "interpretation": interpretation_document(interpretation),
    }


def _patient(case: Case) -> dict[str, Any]:
    patient = case.info.patient
    return {
        "name": patient.name,
        "id": patient.id,
        "sex": patient.sex,
        "birth_date": patient.birth_date,
        "age_years": patient.age_years,
    }


def _input(case: Case) -> dict[str, Any]:
    info, how, grid = case.info, case.acquisition, case.grid
    return {
        "path": case.source,
        "series_uid": info.series_uid,
        "study_uid": info.study_uid,
        "frame_of_reference_uid": info.frame_of_reference_uid,
        "series_number": info.series_number,
        "part": info.part,
        "description": info.description,
        "study_description": info.study_description,
        "modality": info.modality,
        "study_date": info.study_date,
        "accession_number": info.accession_number,
        "verdict": case.verdict.value,
        "shape_zyx": [int(n) for n in grid.shape_zyx],
        "spacing_mm": [float(step) for step in grid.spacing_mm],
        "origin_lps_mm": [float(value) for value in grid.origin_lps_mm],
        "direction_lps": [float(value) for row in grid.direction_lps for value in row],
        "increment_mm": float(grid.increment_mm),
        "thickness_mm": _number(how.thickness_mm),
        "kvp": _number(how.kvp),
        "kernel": how.kernel,
        "gating": how.gating.value,
        "contrast": how.contrast,
        "manufacturer": how.manufacturer,
        "model_name": how.model_name,
        "field_of_view_mm": _number(how.field_of_view_mm),
        "ctdi_vol_mgy": _number(how.ctdi_vol_mgy),
        "institution": info.institution,
        "referring_physician": info.referring_physician,
        "header_sha256": info.header_sha256,
    }


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _measures(score: Score | None) -> dict[str, float | None]:
    return {q.key: None if score is None else q.value(score) for q in quantities.ALL}


def _totals(scores: Scores | None) -> dict[str, Any]:
    return {
        **_measures(scores.total if scores else None),
        "lesions": int(scores.lesions) if scores else None,
        "volume_isotropic_mm3": _number(scores.volume_isotropic_mm3) if scores else None,
        "reported": reported_or_none(scores.total.agatston) if scores else None,
    }


def _artery(scores: Scores | None, artery: Artery) -> dict[str, Any]:
    if scores is None:
        return {**_measures(None), "lesions": None}
    return {**_measures(scores.by_artery[artery]), "lesions": int(scores.lesions_by_artery[artery])}


def _category(category: Category | None) -> dict[str, str] | None:
    if category is None:
        return None
    return {
        "scheme": category.scheme,
        "label": category.label,
        "word": category.word,
        "cac_drs": category.cac_drs,
    }


def _stability(case: Case) -> dict[str, Any] | None:
    if case.scores is None or case.stability is None:
        return None
    members = {name: float(agatston) for name, agatston in case.stability.members.items()}
    return {"low": float(case.stability.low), "high": float(case.stability.high), "members": members}


def _comparison(case: Case) -> list[dict[str, Any]] | None:
    """The same lesions under every rule set; null where they were not compared."""
    rows = [
        {
            "rules": row.rules,
            "title": TITLES[row.rules],
            "agatston": row.agatston,
            "agatston_raw": row.agatston_raw,
            "volume_mm3": row.volume_mm3,
            "volume_isotropic_mm3": row.volume_isotropic_mm3,
            "mass": row.mass,
            "mass_unit": None if row.mass is None else "mg" if row.mass_is_mg else row.rules,
        }
        for row in case.comparison
    ]
    return rows or None


def _place(lesion: Lesion) -> dict[str, Any]:
    return {
        "centroid_lps_mm": [float(value) for value in lesion.centroid_lps_mm],
        "bbox_index_zyx": [int(end) for end in lesion.box],
    }


def _judgement(lesion: Lesion) -> dict[str, Any]:
    return {
        "max_hu": int(lesion.max_hu),
        "mean_hu": float(lesion.mean_hu),
        "confidence": float(lesion.confidence),
        "reason": lesion.reason,
        "voxels": int(lesion.voxel_count),
        **({} if lesion.limit_hu is None else {"limit_hu": int(lesion.limit_hu)}),
    }


def _scored(lesion: Lesion, scores: Scores | None) -> dict[str, Any]:
    measures = _measures(scores.by_lesion[lesion.id] if scores else None)
    return {
        "id": lesion.id,
        "artery": lesion.artery.value,
        "artery_confidence": float(lesion.artery_confidence),
        **_place(lesion),
        **measures,
        **_judgement(lesion),
    }


def _other(lesion: Lesion, voxel_mm3: float) -> dict[str, Any]:
    """Calcium that is not counted: no score, and the volume of all its voxels."""
    measures = _measures(None) | {"volume_mm3": lesion.voxel_count * float(voxel_mm3)}
    return {
        "id": lesion.id,
        "artery": None,
        "class": lesion.kind.value,
        **_place(lesion),
        **measures,
        **_judgement(lesion),
    }


def _finding(found: Finding) -> dict[str, Any]:
    document: dict[str, Any] = {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "remedy": found.remedy,
        "facts": dict(found.facts),
    }
    if found.files:
        document["files"] = list(found.files)
    if found.slices:
        document["slices"] = [int(z) for z in found.slices]
    return document


def _reviewed(case: Case, automatic: Case | None, edits: Sequence[Edit]) -> dict[str, Any]:
    """Whether a reader was there: the edits in force, what the program had said before them, who signed and when."""
    before = None
    if edits and automatic is not None:
        before = {"totals": _totals(automatic.scores), "category": _category(automatic.category)}
    signed = case.review
    return {
        "edits": len(edits),
        "list": [edit_document(edit) for edit in edits],
        "automatic": before,
        "reviewer": signed.reviewer if signed else None,
        "reviewed_at": signed.at if signed else None,
    }
