"""Columns of scores.csv with their types, for tables that have types. The same words: docs/schema/scores-csv.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `kind` is str, int, float or bool, `unit` is empty where there is none."""

    name: str
    kind: type
    unit: str
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column("schema", str, "", "cacviewer.scores/1"),
    Column("path", str, "", "what was opened"),
    Column("patient_id", str, "", "as in the header"),
    Column("patient_name", str, "", "as in the header"),
    Column("sex", str, "", "as in the header"),
    Column("age_years", int, "a", "completed years at the study date"),
    Column("study_date", str, "", "YYYY-MM-DD"),
    Column("study_uid", str, "", ""),
    Column("series_uid", str, "", ""),
    Column("series_part", int, "", "0, or the number of the part of a split series"),
    Column("status", str, "", "scored or refused"),
    Column("reported", int, "", "R: the printed integer, 0 only for a true zero"),
    Column("agatston", float, "", "S, scaled to 3 mm slices by the rule set"),
    Column("agatston_raw", float, "", "not scaled"),
    Column("volume_mm3", float, "mm3", "counted voxels x pixel area x increment"),
    Column("mass_mg", float, "mg", "see mass_calibrated"),
    Column("volume_isotropic_mm3", float, "mm3", "Callister's volume"),
    Column("lesions", int, "", "lesions whose Agatston is above 0"),
    Column("lm_agatston", float, "", "left main: agatston"),
    Column("lm_agatston_raw", float, "", "left main: agatston_raw"),
    Column("lm_volume_mm3", float, "mm3", "left main: volume_mm3"),
    Column("lm_mass_mg", float, "mg", "left main: mass_mg"),
    Column("lm_lesions", int, "", "left main: lesions"),
    Column("lad_agatston", float, "", "left anterior descending: agatston"),
    Column("lad_agatston_raw", float, "", "left anterior descending: agatston_raw"),
    Column("lad_volume_mm3", float, "mm3", "left anterior descending: volume_mm3"),
    Column("lad_mass_mg", float, "mg", "left anterior descending: mass_mg"),
    Column("lad_lesions", int, "", "left anterior descending: lesions"),
    Column("lcx_agatston", float, "", "left circumflex: agatston"),
    Column("lcx_agatston_raw", float, "", "left circumflex: agatston_raw"),
    Column("lcx_volume_mm3", float, "mm3", "left circumflex: volume_mm3"),
    Column("lcx_mass_mg", float, "mg", "left circumflex: mass_mg"),
    Column("lcx_lesions", int, "", "left circumflex: lesions"),
    Column("rca_agatston", float, "", "right coronary: agatston"),
    Column("rca_agatston_raw", float, "", "right coronary: agatston_raw"),
    Column("rca_volume_mm3", float, "mm3", "right coronary: volume_mm3"),
    Column("rca_mass_mg", float, "mg", "right coronary: mass_mg"),
    Column("rca_lesions", int, "", "right coronary: lesions"),
    Column("unassigned_agatston", float, "", "coronary, artery not assigned: agatston"),
    Column("unassigned_agatston_raw", float, "", "coronary, artery not assigned: agatston_raw"),
    Column("unassigned_volume_mm3", float, "mm3", "coronary, artery not assigned: volume_mm3"),
    Column("unassigned_mass_mg", float, "mg", "coronary, artery not assigned: mass_mg"),
    Column("unassigned_lesions", int, "", "coronary, artery not assigned: lesions"),
    Column(
        "stability_low",
        float,
        "",
        "smallest Agatston score with HU, slices and minimum area a little different",
    ),
    Column("stability_high", float, "", "largest of the same"),
    Column("category_scheme", str, "", "classic5"),
    Column("category_label", str, "", "0, 1-10, 11-100, 101-400, >400"),
    Column("category_word", str, "", "none, minimal, mild, moderate, extensive"),
    Column("cac_drs", str, "", "for example A2/N3"),
    Column("heart_found", bool, "", "true or false"),
    Column("heart_ml", float, "ml", "volume of the heart mask"),
    Column("kvp", float, "kV", "tube voltage"),
    Column("thickness_mm", float, "mm", "slice thickness"),
    Column("increment_mm", float, "mm", "distance between slices"),
    Column("pixel_row_mm", float, "mm", "distance between rows"),
    Column("pixel_column_mm", float, "mm", "distance between columns"),
    Column("gating", str, "", "gated, not_gated, unknown"),
    Column("kernel", str, "", "reconstruction kernel"),
    Column("manufacturer", str, "", ""),
    Column("method", str, "", "threshold or network"),
    Column("rules", str, "", "rule set"),
    Column("limit_hu", int, "HU", "this value and above counts"),
    Column("mass_calibrated", bool, "", "whether the mass factor is the scanner's"),
    Column("findings", str, "", "codes, separated by ;"),
    Column("software", str, "", "name and version"),
    Column("model_name", str, "", "network that found the heart"),
    Column("model_sha256", str, "", "of its weights"),
    Column("start_s", float, "s", "start of interpreter and network"),
    Column("read_s", float, "s", "reading"),
    Column("heart_s", float, "s", "segmentation"),
    Column("calcium_s", float, "s", "lesions and scores"),
    Column("report_s", float, "s", "empty: not known while the table is written; see case.json"),
    Column("total_s", float, "s", "empty, likewise"),
    Column("edits", int, "", "a reader's edits in force; 0 is automatic"),
    Column("maron_stage", str, "", "0, 1, 1-2 (percentile not known), 2, 3, 4; empty without a category"),
    Column("mesa_percentile", float, "", "0 to 99; empty: not available"),
    Column("hoff_band", str, "", "for example 75th-90th"),
    Column("arterial_age", float, "a", "MESA, unrounded"),
    Column("risk_with_cac", float, "%", "MESA 10-year risk, unrounded"),
    Column("risk_without_cac", float, "%", "the same without the score"),
)
