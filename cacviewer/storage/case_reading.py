"""case.json read back into a Case: numbers, lesions and findings as written; nothing is scored again.

The voxels of lesions are not in case.json but in calcium.nii.gz beside it; `with_voxels` puts them in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import ModelIdentity
from cacviewer.core.case import (
    Case,
    Category,
    HeartSummary,
    MassCalibration,
    Review,
    RuleTotal,
    Scores,
    Timing,
)
from cacviewer.core.edits import Edit
from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import CATALOGUE, Finding, Severity
from cacviewer.core.geometry import Box, Grid, slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, OTHER_LABEL, Artery, Lesion, LesionClass
from cacviewer.core.patient import PatientInputs, inputs_of_plain
from cacviewer.core.progression import Measured
from cacviewer.core.rulesets import rule_set
from cacviewer.core.scoring import UNDEFINED, Score
from cacviewer.core.stability import Stability
from cacviewer.core.study import Acquisition, Gating, Patient, SeriesInfo, Verdict
from cacviewer.storage.case_json import SCHEMA
from cacviewer.storage.edit_json import edit_from
from cacviewer.storage.interpretation_json import measured_of_plain

T = TypeVar("T")
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class StoredCase:
    """All that a case.json holds.

    Attributes:
        case: What was shown; its lesions have no voxels.
        automatic: The program's own totals and category, where a reader changed them.
        edits: The reader's edits.
        inputs: What the reader entered of the patient.
        prior: The earlier scan that it was compared with, or None.
    """

    case: Case
    automatic: Case | None
    edits: tuple[Edit, ...]
    inputs: PatientInputs
    prior: Measured | None


def read_case(path: Path) -> StoredCase:
    """Reads a case.json.

    Raises:
        UnreadableInput: It is not there, not readable or no case of this schema.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no JSON"
        raise _refusal(path, f"{path} cannot be read: {why}.") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise _refusal(path, f"{path} is no case of the schema {SCHEMA}.")
    try:
        return case_of_document(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _refusal(path, f"{path} is no whole case ({type(error).__name__}: {error}).") from error


def _refusal(path: Path, message: str) -> UnreadableInput:
    return UnreadableInput(
        message, code="case_json", path=str(path), remedy="Give a case.json that cacviewer has written."
    )


def case_of_document(d: Plain) -> StoredCase:
    """The same from the plain data of case.json.

    Raises:
        KeyError, TypeError, ValueError: It is not such data.
    """
    case = _case(d)
    reviewed = d["reviewed"]
    before = reviewed["automatic"]
    automatic = None
    if before is not None:
        scores = _scores(before["totals"], d["arteries"], ())
        automatic = replace(case, scores=scores, category=_category(before["category"], before["totals"]))
    progression = (d.get("interpretation") or {}).get("progression")
    return StoredCase(
        case=case,
        automatic=automatic,
        edits=tuple(edit_from(edit) for edit in reviewed["list"]),
        inputs=inputs_of_plain(d.get("patient_inputs") or {}),
        prior=measured_of_plain(progression["before"]) if progression else None,
    )


def with_voxels(case: Case, labels: NDArray[np.uint8]) -> Case:
    """The case with the voxels of its lesions, from the labels (z, y, x) of calcium.nii.gz.

    In a lesion's box the connected piece of its label is taken that fills the box from side to side; where
    several lesions meet so closely that none does, all voxels of the label.

    Raises:
        ValueError: The labels are of another grid, or lack a lesion.
    """
    if labels.shape != case.grid.shape_zyx:
        raise ValueError("the labels have another shape than the case")
    return replace(case, lesions=tuple(_with_voxels(lesion, labels) for lesion in case.lesions))


def _with_voxels(lesion: Lesion, labels: NDArray[np.uint8]) -> Lesion:
    from scipy.ndimage import find_objects, label  # scipy is slow to load

    wanted = LABEL_OF_ARTERY[lesion.artery] if lesion.is_scored else OTHER_LABEL
    voxels: NDArray[np.bool_] = labels[slices_of(lesion.box)] == wanted
    pieces, _ = label(voxels, np.ones((3, 3, 3), bool))
    whole = [
        number
        for number, box in enumerate(find_objects(pieces), 1)
        if all(part.start == 0 and part.stop == n for part, n in zip(box, voxels.shape, strict=True))
    ]
    if whole:
        voxels = pieces == whole[0]
    if not voxels.any():
        raise ValueError(f"the labels lack lesion {lesion.id}")
    voxels.flags.writeable = False
    return replace(lesion, voxels=voxels, voxel_count=int(voxels.sum()))


def _case(d: Plain) -> Case:
    given, heart, model = d["input"], d["heart"], d["model"]
    software = d["software"]
    lesions = tuple(_lesion(one, LesionClass.CORONARY) for one in d["lesions"])
    others = tuple(_lesion(one, LesionClass(one["class"])) for one in d["other"])
    rules = replace(
        rule_set(d["rules"]["name"], thickness_mm=given["thickness_mm"]),
        edges_hu=tuple(int(edge) for edge in d["rules"]["edges_hu"]),
        min_area_mm2=float(d["rules"]["min_area_mm2"]),
    )
    stability = d["stability"]
    return Case(
        info=_info(d),
        acquisition=Acquisition(
            kvp=given["kvp"],
            thickness_mm=given["thickness_mm"],
            increment_mm=given["increment_mm"],
            kernel=given["kernel"],
            gating=Gating(given["gating"]),
            contrast=given["contrast"],
            manufacturer=given["manufacturer"],
            model_name=given["model_name"],
            field_of_view_mm=given["field_of_view_mm"],
            ctdi_vol_mgy=given["ctdi_vol_mgy"],
        ),
        grid=_grid(given),
        source=given["path"],
        verdict=Verdict(given["verdict"]),
        model=ModelIdentity(model["name"], model["sha256"]) if model else None,
        heart=HeartSummary(
            heart["found"], heart["volume_ml"], _maybe(_box, heart["bbox_index_zyx"]), heart["confidence"]
        ),
        rules=rules,
        mass=MassCalibration(d["mass"]["factor_mg_per_mm3_hu"], d["mass"]["source"], d["mass"]["calibrated"]),
        method=d["method"],
        lesions=lesions + others,
        scores=_scores(d["totals"], d["arteries"], d["lesions"]),
        category=_category(d["category"], d["totals"]),
        stability=Stability(stability["low"], stability["high"], dict(stability["members"]))
        if stability
        else None,
        comparison=_comparison(d.get("comparison")),  # files of earlier versions have none
        findings=tuple(_finding(found) for found in d["findings"]),
        timing=Timing(**{step: float(seconds) for step, seconds in d["timing_s"].items()}),
        software=" ".join(filter(None, (software["name"], software["version"]))),
        review=_review(d["reviewed"]),
    )


def _review(reviewed: Plain) -> Review | None:
    if reviewed.get("reviewed_at") is None:
        return None
    return Review(reviewed.get("reviewer") or "", reviewed["reviewed_at"], reviewed["edits"])


def _info(d: Plain) -> SeriesInfo:
    given, patient = d["input"], d["patient"]
    return SeriesInfo(
        patient=Patient(
            patient["name"], patient["id"], patient["sex"], patient["birth_date"], patient["age_years"]
        ),
        study_uid=given["study_uid"],
        series_uid=given["series_uid"],
        series_number=given["series_number"],
        part=given["part"],
        description=given["description"],
        study_description=given["study_description"],
        modality=given["modality"],
        study_date=given["study_date"],
        accession_number=given["accession_number"],
        referring_physician=given.get("referring_physician", ""),
        institution=given.get("institution", ""),
        frame_of_reference_uid=given["frame_of_reference_uid"],
        header_sha256=given.get("header_sha256", ""),
    )


def _grid(given: Plain) -> Grid:
    nz, ny, nx = (int(n) for n in given["shape_zyx"])
    dz, dy, dx = (float(step) for step in given["spacing_mm"])
    x, y, z = (float(value) for value in given["origin_lps_mm"])
    d = [float(value) for value in given["direction_lps"]]
    direction = ((d[0], d[1], d[2]), (d[3], d[4], d[5]), (d[6], d[7], d[8]))
    return Grid((nz, ny, nx), (dz, dy, dx), (x, y, z), direction)


def _score(data: Plain) -> Score:
    """A number that is null in a scored case is one that the rule set does not define."""
    keys = ("agatston", "agatston_raw", "volume_mm3", "mass_mg")
    return Score(*(UNDEFINED if data[key] is None else data[key] for key in keys))


def _comparison(rows: list[Plain] | None) -> tuple[RuleTotal, ...]:
    return tuple(
        RuleTotal(
            rules=row["rules"],
            agatston=row["agatston"],
            agatston_raw=row["agatston_raw"],
            volume_mm3=row["volume_mm3"],
            volume_isotropic_mm3=row["volume_isotropic_mm3"],
            mass=row["mass"],
            mass_is_mg=row["mass_unit"] in (None, "mg"),
        )
        for row in rows or ()
    )


def _scores(totals: Plain, arteries: Plain, lesions: Any) -> Scores | None:
    # refused; the Agatston score alone may be one that the rule set does not know
    if totals["volume_mm3"] is None:
        return None
    return Scores(
        total=_score(totals),
        by_artery={artery: _score(arteries[artery.value]) for artery in Artery},
        by_lesion={lesion["id"]: _score(lesion) for lesion in lesions},
        lesions=totals["lesions"],
        lesions_by_artery={artery: arteries[artery.value]["lesions"] for artery in Artery},
        volume_isotropic_mm3=totals["volume_isotropic_mm3"],
    )


def _category(category: Plain | None, totals: Plain) -> Category | None:
    if category is None:
        return None
    return Category(
        **{key: category[key] for key in ("scheme", "label", "word", "cac_drs")}, reported=totals["reported"]
    )


def _lesion(data: Plain, kind: LesionClass) -> Lesion:
    x, y, z = (float(value) for value in data["centroid_lps_mm"])
    box = _box(data["bbox_index_zyx"])
    voxels = np.zeros(tuple(high - low for low, high in zip(box[:3], box[3:], strict=True)), bool)
    voxels.flags.writeable = False
    return Lesion(
        id=data["id"],
        box=box,
        voxels=voxels,
        kind=kind,
        artery=Artery(data["artery"]) if data["artery"] else Artery.UNASSIGNED,
        reason=data["reason"],
        confidence=data["confidence"],
        centroid_lps_mm=(x, y, z),
        max_hu=data["max_hu"],
        mean_hu=data["mean_hu"],
        voxel_count=int(data.get("voxels", 0)),
        artery_confidence=float(data.get("artery_confidence", 0.0)),
        limit_hu=data.get("limit_hu"),
    )


def _finding(data: Plain) -> Finding:
    if data["code"] not in CATALOGUE:
        raise ValueError(f"unknown finding {data['code']}")
    return Finding(
        data["code"],
        Severity(data["severity"]),
        tuple(sorted(data["facts"].items())),
        tuple(data.get("files", ())),
        tuple(data.get("slices", ())),
    )


def _box(ends: list[int]) -> Box:
    z0, y0, x0, z1, y1, x1 = (int(end) for end in ends)
    return z0, y0, x0, z1, y1, x1


def _maybe(kind: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else kind(value)
