"""The interpretation of a score as the plain data of case.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cacviewer.core.interpretation import Interpretation, Line
from cacviewer.core.patient import FIELDS, PatientInputs
from cacviewer.core.progression import Measured, Progression


def inputs_document(inputs: PatientInputs) -> dict[str, Any]:
    """What a reader has entered; null is not stated."""
    return {name: getattr(inputs, name) for name in FIELDS}


def interpretation_document(interpretation: Interpretation | None) -> dict[str, Any] | None:
    """Every line with its value and source, or why there is none."""
    if interpretation is None:
        return None
    return {
        "patient": inputs_document(interpretation.patient),
        "maron_stage": interpretation.maron,
        "lines": {line.key: _line(line) for line in interpretation.lines},
        "progression": _progression(interpretation.progression),
    }


def measured_of_plain(data: dict[str, Any]) -> Measured:
    """A prior from the `before` of a progression.

    Raises:
        KeyError: A member is missing.
    """
    return Measured(
        agatston=float(data["agatston"]),
        volume_mm3=float(data["volume_mm3"]),
        study_date=str(data["study_date"]),
        patient_id=str(data["patient_id"]),
        rules=str(data["rules"]),
        limit_hu=int(data["limit_hu"]),
        kvp=None if data["kvp"] is None else float(data["kvp"]),
        increment_mm=float(data["increment_mm"]),
        limit_changed=bool(data.get("limit_changed", False)),  # files of earlier versions have none
    )


def _line(line: Line) -> dict[str, Any]:
    return {"value": line.value, "reason": line.reason or None, "source": line.source}


def _progression(progression: Progression | None) -> dict[str, Any] | None:
    if progression is None:
        return None
    change = asdict(progression.change)
    return {
        "before": asdict(progression.before),
        "now": asdict(progression.now),
        **change,
        "reason": change["reason"] or None,
    }
