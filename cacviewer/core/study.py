"""What the headers of an input say: Series and the Inspection of a whole input. No voxels."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cacviewer.core.findings import Finding, Severity, worst
from cacviewer.core.geometry import Grid


class Verdict(StrEnum):
    """Whether a series can be scored (habits.md 12.1)."""

    READY = "ready"
    WARNINGS = "warnings"
    VIEWING_ONLY = "viewing_only"
    UNREADABLE = "unreadable"


class Gating(StrEnum):
    """Evidence of ECG gating in the header."""

    GATED = "gated"
    NOT_GATED = "not_gated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Acquisition:
    """How a series was made, as far as its headers say; None is "not stated".

    Units: kvp kV, lengths mm, mass factors mg/(cm3 HU) as DICOM gives them, dose mGy.
    """

    kvp: float | None = None
    thickness_mm: float | None = None
    increment_mm: float | None = None
    kernel: str = ""
    gating: Gating = Gating.UNKNOWN
    contrast: bool | None = None
    manufacturer: str = ""
    model_name: str = ""
    kv_independent_kernel: bool = False
    tin_filter: bool = False
    field_of_view_mm: float | None = None
    mass_factor_patient: float | None = None
    mass_factor_device: tuple[float, ...] = ()
    ctdi_vol_mgy: float | None = None
    window_center: float | None = None
    window_width: float | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was scanned, as the header says; empty strings are "not stated", dates are ISO (YYYY-MM-DD)."""

    name: str = ""
    id: str = ""
    sex: str = ""
    birth_date: str = ""
    age_years: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """Identity of a series: the lines a person recognises it by, and a hash of its headers."""

    patient: Patient = Patient()
    study_uid: str = ""
    series_uid: str = ""
    series_number: int | None = None
    part: int = 0
    description: str = ""
    study_description: str = ""
    modality: str = ""
    study_date: str = ""
    accession_number: str = ""
    referring_physician: str = ""
    institution: str = ""
    frame_of_reference_uid: str = ""
    header_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One series, or one part of a series that had to be split, as the scan of headers judged it."""

    info: SeriesInfo
    images: int
    grid: Grid | None
    acquisition: Acquisition
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that a scan of an input found; `chosen` is the index of the series that opens, or None."""

    path: str
    files: int
    dicom_files: int
    skipped: int
    series: tuple[Series, ...]
    chosen: int | None
    findings: tuple[Finding, ...] = ()
    scan_s: float = field(default=0.0, compare=False)


def names_in(inspection: Inspection) -> set[str]:
    """What says who was scanned: it must not stand in a log."""
    patients = {series.info.patient for series in inspection.series}
    return {text for p in patients for text in (p.name, p.name.replace("^", " "), p.id, p.birth_date)}


def verdict_of(findings: tuple[Finding, ...], *, readable: bool = True) -> Verdict:
    """Judges a series by its own findings (habits.md 12.1)."""
    if not readable:
        return Verdict.UNREADABLE
    severity = worst(findings)
    if severity is Severity.REFUSAL:
        return Verdict.VIEWING_ONLY
    return Verdict.WARNINGS if severity is Severity.WARNING else Verdict.READY
