"""Rows of the sheet that read the header and the method: patient, study, scan, other calcium, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cacviewer.core import quantities
from cacviewer.core.case import Case, Scores
from cacviewer.core.categories import reported_text
from cacviewer.core.edits import Edit
from cacviewer.core.findings import Severity, refusals
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.lesions import LesionClass
from cacviewer.core.rulesets import INTERPOLATED_KVP, RuleSet, nominal_kvp
from cacviewer.language import Language
from cacviewer.reports.sheet import Row

THICK_MM = 3.1
"""What a header calls 3 mm may be 3.1; thicker slices may hide small calcium."""


EARLIEST = "1850"
"""Dates before it are what anonymisers write."""


def identity(case: Case, say: Language) -> tuple[str, ...]:
    """Who and when, for the head of the following pages."""
    patient = case.info.patient
    who = tuple(filter(None, (patient.name, patient.id))) or (say("patient.anonymised"),)
    return (*who, *filter(None, (_date(case.info.study_date),)))


def _date(text: str) -> str:
    return text if text >= EARLIEST else ""


def patient_rows(case: Case, interpretation: Interpretation | None, say: Language) -> tuple[Row, ...]:
    """Who was scanned, age and sex as entered where they were; "anonymised" where the header says nothing at all."""
    patient = case.info.patient
    birth_date = _date(patient.birth_date)
    if not (patient.name or patient.id or birth_date):
        return (
            Row(say("patient.name"), say("patient.anonymised")),
            Row(say("patient.age_sex"), _age_sex(case, interpretation, say)),
        )
    return (
        Row(say("patient.name"), patient.name or say("none")),
        Row(say("patient.id"), patient.id or say("none")),
        Row(say("patient.birth_date"), birth_date or say("none")),
        Row(say("patient.age_sex"), _age_sex(case, interpretation, say)),
    )


def _age_sex(case: Case, interpretation: Interpretation | None, say: Language) -> str:
    patient = case.info.patient
    if interpretation is not None:
        entered = interpretation.patient
        code = {"male": "M", "female": "F"}.get(entered.sex or "", patient.sex)
        patient = replace(patient, age_years=entered.age_years, sex=code)
    age = say("patient.age", years=patient.age_years) if patient.age_years is not None else ""
    sex = say(f"sex.{patient.sex}") if patient.sex in ("M", "F", "O") else patient.sex
    return say("comma").join(filter(None, (age, sex))) or say("none")


def study_rows(case: Case, say: Language) -> tuple[Row, ...]:
    """Which examination it was."""
    info = case.info
    return (
        Row(say("study.date"), _date(info.study_date) or say("none")),
        Row(say("study.accession"), info.accession_number or say("none")),
        Row(say("study.referring"), info.referring_physician or say("none")),
        Row(say("study.description"), info.description or info.study_description or say("none")),
    )


def scan_rows(case: Case, say: Language) -> tuple[Row, ...]:
    """How the scan was made, as far as the header says, and how large the heart is."""
    how, grid = case.acquisition, case.grid
    none = say("none")
    scanner = " ".join(filter(None, (case.info.modality, how.manufacturer, how.model_name)))
    thickness = f"{how.thickness_mm:g} mm" if how.thickness_mm is not None else none
    return (
        Row(say("scan.scanner"), scanner or none),
        Row(say("scan.voltage"), f"{how.kvp:g} kV" if how.kvp else none),
        Row(say("scan.slices"), f"{thickness} / {grid.increment_mm:.4g} mm"),
        Row(say("scan.pixels"), f"{grid.spacing_mm[1]:.4g} × {grid.spacing_mm[2]:.4g} mm"),
        Row(say("scan.field"), f"{how.field_of_view_mm:g} mm" if how.field_of_view_mm else none),
        Row(say("scan.kernel"), how.kernel or none),
        Row(say("scan.gating"), say(f"gating.{how.gating.value}")),
        Row(say("scan.contrast"), say(f"contrast.{_contrast(case)}")),
        Row(say("scan.dose"), f"{how.ctdi_vol_mgy:.3g} mGy" if how.ctdi_vol_mgy else none),
        Row(say("scan.heart"), f"{case.heart.volume_ml:.0f} ml" if case.heart.found else none),
        Row(say("scan.quality"), _quality(case, say)),
    )


def _contrast(case: Case) -> str:
    if case.acquisition.contrast or any(
        f.code in ("contrast_seen", "contrast_tagged") for f in case.findings
    ):
        return "suspected"
    return "unknown" if case.acquisition.contrast is None else "no"


def _quality(case: Case, say: Language) -> str:
    if refusals(case.findings):
        return say("quality.refused")
    count = sum(found.severity is Severity.WARNING for found in case.findings)
    if count == 0:
        return say("quality.fine")
    return say("quality.warning") if count == 1 else say("quality.warnings", count=count)


_OTHER = (
    ("aorta", LesionClass.AORTA, "other.absent"),
    ("valve", LesionClass.VALVE, "other.absent"),
    # nothing looks for it: not having listed any is no news of its absence
    ("pericardium", None, "none"),
    ("metal", LesionClass.METAL, "other.absent"),
)


def other_rows(case: Case, say: Language) -> tuple[Row, ...]:
    """Calcium that is not counted: present, not seen, or not looked for."""
    rows = [
        Row(say(f"other.{key}"), _present(case, kind, say) or say(_absent(case, key, absent)))
        for key, kind, absent in _OTHER
    ]
    if rejected := _present(case, LesionClass.REJECTED, say):
        rows.append(Row(say("other.rejected"), rejected))
    return tuple(rows)


def _absent(case: Case, key: str, absent: str) -> str:
    suspected = key == "metal" and any(found.code == "metal_suspected" for found in case.findings)
    return "other.suspected" if suspected else absent


def _present(case: Case, kind: LesionClass | None, say: Language) -> str:
    found = [lesion for lesion in case.other if lesion.kind is kind]
    if not found:
        return ""
    volume = sum(lesion.voxel_count for lesion in found) * case.grid.voxel_mm3
    return say("other.present", count=len(found), volume=f"{volume:.0f}")


def method_rows(case: Case, automatic: Case | None, edits: Sequence[Edit], say: Language) -> tuple[Row, ...]:
    """By which rules, program and network, and whether a reader was there."""
    rules, model = case.rules, case.model
    rows = [
        Row(say("method.rules"), _rules(rules, say)),
        Row(say("method.finder"), say(f"method.{case.method}")),
        Row(say("method.software"), case.software or say("none")),
        Row(
            say("method.model"),
            say("method.model_value", name=model.name, sha256=model.sha256) if model else say("none"),
        ),
        Row(say("method.review"), review(case, edits, say)),
    ]
    if edits and automatic is not None and automatic.scores is not None:
        rows.append(Row(say("method.before"), _before(automatic.scores, say)))
    if case.stability is not None:
        rows.append(Row(say("method.stability"), say("method.stability_value")))
    rows.append(Row(say("method.series"), case.info.series_uid or say("none")))
    return tuple(rows)


def _rules(rules: RuleSet, say: Language) -> str:
    if not rules.interpreted:
        return say("method.rules_published", rules=say(f"rules.{rules.name}"), limit=rules.limit_hu)
    return say(
        "method.rules_value",
        rules=rules.name,
        limit=rules.limit_hu,
        edges=", ".join(str(edge) for edge in rules.edges_hu),
        area=f"{rules.min_area_mm2:g}",
        scaling=say("method.scaled" if rules.scale_to_increment else "method.not_scaled"),
    )


def review(case: Case, edits: Sequence[Edit], say: Language) -> str:
    """Automatic, edited by somebody who did not sign, or by whom it was reviewed, when and with how many edits."""
    count = say("method.edit") if len(edits) == 1 else say("method.edits", count=len(edits))
    signed = case.review
    if signed is None:
        return say("method.edited", count=count) if edits else say("method.automatic")
    at = signed.at.replace("T", " ")[:16]
    return say(
        "method.reviewed",
        reviewer=signed.reviewer or say("method.reader"),
        at=f", {at}" if at else "",
        count=count,
    )


def _before(scores: Scores, say: Language) -> str:
    agatston = f"{reported_text(scores.total.agatston)} ({quantities.AGATSTON.text(scores.total)})"
    return say("method.before_value", agatston=agatston, lesions=scores.lesions)


def limits(
    case: Case, scores: Scores, interpretation: Interpretation | None, say: Language
) -> tuple[str, ...]:
    """What the score cannot say, for this very scan (clinical-rules.md 8)."""
    codes = {found.code for found in case.findings}
    zero = scores.total.agatston == 0
    how = case.acquisition
    thick = how.thickness_mm is not None and how.thickness_mm > THICK_MM
    compared = interpretation is not None and interpretation.line("mesa_percentile").value is not None
    interpolated = "kvp_not_120" in codes and nominal_kvp(how.kvp or 120) in INTERPOLATED_KVP
    wanted = (
        ("plaque", True),
        ("zero", zero),
        ("zero_thick", zero and thick),
        ("not_gated", "not_gated" in codes),
        ("fov_cut", "fov_cut" in codes),
        ("interpolated", interpolated),
        ("tin", "tin_filter" in codes),
        ("mass", "mass_uncalibrated" in codes),
        ("stent", "stent_or_bypass" in codes),
        ("percentile", compared),
        ("scanners", True),
    )
    return tuple(say(f"limits.{key}") for key, holds in wanted if holds)
