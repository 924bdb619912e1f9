"""The texts of pages, by key and language, without Qt.

A language is a table; one that lacks a key speaks English there. Another language is another row of LANGUAGES
with its table and its direction. Sentences of findings are written where their codes are (core.findings) and
pass through here, so that they have one door to be translated by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cacviewer.core.findings import Fact, Finding

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "report.title": "Coronary calcium score",
        "report.refused": "No score",
        "report.made": "Report of {date}",
        "report.page": "Page {n} of {m}",
        "report.research": "Research use only, not a medical device.",
        "report.physician": "Must be read by a physician.",
        "none": "not available",
        "yes": "yes",
        "no": "no",
        # patient and study
        "patient": "Patient",
        "patient.name": "Name",
        "patient.id": "ID",
        "patient.birth_date": "Birth date",
        "patient.age_sex": "Age, sex",
        "patient.age": "{years} years",
        "patient.anonymised": "anonymised",
        "sex.M": "male",
        "sex.F": "female",
        "sex.O": "other",
        "study": "Study",
        "study.date": "Study date",
        "study.accession": "Accession number",
        "study.referring": "Referring physician",
        "study.site": "Site",
        "study.description": "Description",
        # scan
        "scan": "Scan",
        "scan.scanner": "Scanner",
        "scan.voltage": "Tube voltage",
        "scan.slices": "Slice thickness / increment",
        "scan.pixels": "Pixel size",
        "scan.field": "Field of view",
        "scan.kernel": "Kernel",
        "scan.gating": "ECG gating",
        "scan.contrast": "Contrast medium",
        "scan.dose": "Dose (CTDIvol)",
        "scan.heart": "Heart volume",
        "scan.quality": "Quality",
        "gating.gated": "gated",
        "gating.not_gated": "not gated",
        "gating.unknown": "unknown",
        "contrast.no": "no",
        "contrast.suspected": "suspected",
        "contrast.unknown": "not stated in the header",
        "quality.refused": "not sufficient for a score",
        "quality.fine": "no warnings",
        "quality.warnings": "{count} warnings, see Findings",
        "quality.warning": "1 warning, see Findings",
        # scores
        "score.total": "Total Agatston score",
        "score.exact": "unrounded {agatston}",
        "score.at_least": "at least",
        "score.estimate": "estimate",
        "score.above_1000": "The score is above 1000.",
        "score.rounded": "Printed numbers are rounded; unrounded, the arteries add up to the total.",
        "table": "Scores by artery",
        "table.artery": "Artery",
        "table.lesions": "Lesions",
        "table.agatston": "Agatston",
        "table.agatston_raw": "Agatston, not scaled to 3 mm",
        "table.volume_mm3": "Volume mm³",
        "table.mass_mg": "Mass mg",
        "table.total": "Total",
        "artery.LM": "Left main (LM)",
        "artery.LAD": "Left anterior descending (LAD)",
        "artery.LCX": "Left circumflex (LCx)",
        "artery.RCA": "Right (RCA)",
        "artery.unassigned": "Coronary, artery not assigned",
        "mass.calibrated": "Mass: {source}.",
        "mass.uncalibrated": "Mass not calibrated for this scanner (factor {factor} mg per mm³ and HU).",
        "volume.isotropic": "Isotropic volume {volume} mm³.",
        # categories
        "category": "Category",
        "category.classic5": "Calcium category",
        "category.class": "{word} ({label})",
        "category.none.word": "none",
        "category.minimal.word": "minimal",
        "category.mild.word": "mild",
        "category.moderate.word": "moderate",
        "category.extensive.word": "extensive",
        "category.withheld": "not available, see Findings",
        "category.withheld_rules": "not available (classes belong to the literature rules)",
        "category.next": "{units} below the next class ({label})",
        "category.last": "highest class",
        "category.cac_drs": "CAC-DRS",
        "category.maron": "Maron stage (a proposal)",
        "category.maron_value": "{stage}",
        "category.maron_open": "1-2 (percentile not available)",
        "category.left_main": "Left main calcium",
        "category.left_main_open": "not assigned",
        "category.stability": "Stability interval",
        "category.interval": "{low}–{high}",
        # interpretation
        "interpretation": "Interpretation",
        "interpretation.percentile": "Percentile by age and sex",
        "interpretation.age": "Arterial age",
        "interpretation.risk": "10-year risk",
        "interpretation.prior": "Change since a prior scan",
        # other calcium
        "other": "Other calcium, not counted",
        "other.aorta": "Aortic wall",
        "other.valve": "Heart valves",
        "other.pericardium": "Pericardium",
        "other.metal": "Metal",
        "other.rejected": "Excluded by the reader",
        "other.present": "present ({count}; {volume} mm³)",
        "other.absent": "not seen",
        "other.suspected": "suspected, see Findings",
        # findings
        "findings": "Findings and their meaning",
        "findings.none": "Nothing that changes what the score is worth.",
        "findings.where": "Slices {slices}.",
        "refusal": "Why there is no score",
        "refusal.lead": "This scan was not scored, and no number is given:",
        "severity.info": "Note",
        "severity.warning": "Warning",
        "severity.refusal": "Refused",
        # pictures
        "pictures": "Key images",
        "pictures.none": "Key images are not available.",
        "pictures.axial": "{artery}, slice {slice}/{slices}: Agatston {agatston}, peak {peak} HU",
        "pictures.axial_plain": "{artery}, slice {slice}/{slices}: peak {peak} HU",
        "pictures.right": "R",
        "pictures.scale": "Axial lesion pictures are {side} mm wide; window {center}/{width} HU.",
        "pictures.mip": "Maximum intensity projection, axial",
        "pictures.front": "Heart and calcium, 3-D from the front",
        # method
        "method": "Method",
        "method.rules": "Rules",
        "method.rules_value": "{rules}: {limit} HU and above; weights from {edges} HU; area at least {area} mm²; "
        "{scaling}",
        "method.scaled": "scaled to 3 mm slices",
        "method.not_scaled": "not scaled",
        "method.finder": "Calcium found by",
        "method.threshold": "threshold in the heart",
        "method.network": "neural network",
        "method.software": "Software",
        "method.model": "Heart model",
        "method.model_value": "{name}, SHA-256 {sha256}",
        "method.review": "Review",
        "method.automatic": "automatic, not reviewed",
        "method.reviewed": "reviewed by {reviewer}{at}, {count}",
        "method.reader": "a reader",
        "method.edit": "1 edit",
        "method.edits": "{count} edits",
        "method.before": "Automatic result",
        "method.before_value": "Agatston {agatston}, {lesions} lesions",
        "method.stability": "Stability",
        "method.stability_value": "lowest and highest score with HU shifted by 5 and 10, other minimum areas, and "
        "other slices where they are thin",
        "method.series": "Series UID",
        # limits
        "limits": "Limits",
        "limits.plaque": "The score counts calcified plaque only. It does not show narrowing of the arteries.",
        "limits.zero": "A score of zero does not exclude coronary disease: non-calcified plaque is not seen. In "
        "symptomatic patients with a score of zero, stenosis of 50 % or more was found in 3.5 % (CONFIRM, "
        "Villines 2011).",
        "limits.zero_thick": "On slices thicker than 3 mm small calcium may be missed.",
        "limits.not_gated": "The scan was not ECG-gated: small calcifications may be missed and scores differ.",
        "limits.fov_cut": "The heart is cut: calcium outside the field of view is not counted.",
        "limits.mass": "The mass is not calibrated for this scanner.",
        "limits.interpolated": "The HU limit is interpolated for this tube voltage: the score is an estimate.",
        "limits.tin": "A tin filter was used: the tube voltage does not describe the beam, the score is an estimate.",
        "limits.stent": "With a stent or bypass graft the score of its artery is not reliable.",
        "limits.scanners": "Scanners, kernels and programs differ; compare scores of the same kind of scan only.",
        # for the reader
        "reader": "For the reader",
        "reader.incidental": "Findings outside the coronary arteries (not looked for by the program)",
        "reader.comment": "Comment",
        "reader.signature": "Read by, date, signature",
    }
)


@dataclass(frozen=True, slots=True)
class Language:
    """One language of pages.

    Attributes:
        code: BCP 47 ("en").
        right_to_left: Direction of its lines.
        table: Texts by key; what it lacks is English.
    """

    code: str
    right_to_left: bool
    table: Mapping[str, str]

    def __call__(self, key: str, **facts: Fact) -> str:
        """The text of a key, facts filled in.

        Raises:
            KeyError: No language has the key.
        """
        text = self.table.get(key) or ENGLISH[key]
        return text.format_map(facts) if facts else text

    def sentence(self, found: Finding) -> str:
        """What a finding says."""
        return found.message

    def remedy(self, found: Finding) -> str:
        """What a finding asks for, or ""."""
        return found.remedy


LANGUAGES: Mapping[str, Language] = MappingProxyType({"en": Language("en", False, ENGLISH)})
