"""What `inspect` says about an input, as a document of plain data (schema cacviewer.inspect/1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cacviewer.core.findings import Finding
from cacviewer.core.study import Acquisition, Gating, Inspection, Series
from cacviewer.core.volume import Volume

SCHEMA = "cacviewer.inspect/1"


def inspection_document(
    inspection: Inspection, volume: Volume | None = None, index: int | None = None
) -> dict[str, Any]:
    """Builds the document.

    Args:
        inspection: Of the input.
        volume: The series that was read whole, if one was.
        index: Which series that is; the chosen one by default.
    """
    read = inspection.chosen if index is None else index
    series = [
        _series(_as_read(one, volume) if i == read else one, volume if i == read else None)
        for i, one in enumerate(inspection.series)
    ]
    return {
        "schema": SCHEMA,
        "input": {
            "path": inspection.path,
            "files": inspection.files,
            "dicom_files": inspection.dicom_files,
            "skipped": inspection.skipped,
        },
        "findings": [finding_document(f) for f in inspection.findings],
        "chosen": inspection.chosen,
        "series": series,
        "timing_s": {
            "scan": round(inspection.scan_s, 4),
            "read": round(volume.read_s, 4) if volume is not None else None,
        },
    }


def finding_document(f: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    document: dict[str, Any] = {
        "code": f.code,
        "severity": f.severity.value,
        "message": f.message,
        "remedy": f.remedy,
    }
    if f.files:
        document["files"] = list(f.files)
    if f.slices:
        document["slices"] = list(f.slices)
    return document


def _as_read(series: Series, volume: Volume | None) -> Series:
    """The series with what reading its voxels has shown."""
    if volume is None:
        return series
    return replace(series, grid=volume.grid, verdict=volume.verdict, findings=volume.findings)


def _series(series: Series, volume: Volume | None) -> dict[str, Any]:
    info, grid = series.info, series.grid
    hu = None if volume is None else volume.hu
    # the distance of slices is unknown where there is one and no thickness
    known = grid is not None and (grid.shape_zyx[0] > 1 or series.acquisition.thickness_mm is not None)
    return {
        "patient_name": info.patient.name,
        "patient_id": info.patient.id,
        "study_uid": info.study_uid,
        "series_uid": info.series_uid,
        "series_number": info.series_number,
        "part": info.part,
        "description": info.description,
        "modality": info.modality,
        "images": series.images,
        "verdict": series.verdict.value,
        "findings": [finding_document(f) for f in series.findings],
        "shape_zyx": list(grid.shape_zyx) if grid else None,
        "spacing_mm": [grid.spacing_mm[0] if known else None, *grid.spacing_mm[1:]] if grid else None,
        "origin_lps_mm": list(grid.origin_lps_mm) if grid else None,
        "direction_lps": [list(line) for line in grid.direction_lps] if grid else None,
        "min_hu": int(hu.min()) if hu is not None else None,
        "max_hu": int(hu.max()) if hu is not None else None,
        "mean_hu": round(float(hu.mean(dtype="float64")), 4) if hu is not None else None,
        "filled_slices": list(volume.filled_slices) if volume is not None else [],
        "acquisition": _acquisition(series.acquisition),
    }


def _acquisition(acquisition: Acquisition) -> dict[str, Any]:
    gated = {Gating.GATED: True, Gating.NOT_GATED: False, Gating.UNKNOWN: None}[acquisition.gating]
    return {
        "kvp": acquisition.kvp,
        "thickness_mm": acquisition.thickness_mm,
        "increment_mm": acquisition.increment_mm,
        "kernel": acquisition.kernel,
        "gated": gated,
        "contrast": acquisition.contrast,
        "manufacturer": acquisition.manufacturer,
    }
