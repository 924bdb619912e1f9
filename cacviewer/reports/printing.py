"""All that a writer of a report may ask for, in one value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.patient import PatientInputs
from cacviewer.core.study import Patient
from cacviewer.core.volume import Volume
from cacviewer.reports.formats import ReportOptions


@dataclass(frozen=True, slots=True, eq=False)
class Printing:
    """A case that is printed.

    Attributes:
        case: What is shown, edits applied.
        moment: Of the report, local time.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        inputs: What the reader entered of the patient, None: no reader was there.
        interpretation: Of the shown score, or None.
        volume: The scored series, or None where it is not at hand.
        anatomy: Heart and aorta, or None where the masks are not at hand.
        why_no_pictures: Key of a text that says why volume or anatomy is missing ("pictures.no_source"), or "".
        options: How reports are written.
    """

    case: Case
    moment: dt.datetime
    automatic: Case | None = None
    edits: tuple[Edit, ...] = ()
    inputs: PatientInputs | None = None
    interpretation: Interpretation | None = None
    volume: Volume | None = None
    anatomy: Anatomy | None = None
    why_no_pictures: str = ""
    options: ReportOptions = ReportOptions()


def without_names(printing: Printing) -> Printing:
    """The printing as it may leave the house: no name, ID, birth date, accession number, physician, site or path.

    Age and sex stay, for the interpretation hangs on them; UIDs stay, for the numbers belong to that series.
    """
    case, interpretation = printing.case, printing.interpretation
    patient = case.info.patient
    info = replace(
        case.info,
        patient=Patient(sex=patient.sex, age_years=patient.age_years),
        accession_number="",
        referring_physician="",
        institution="",
    )
    findings = tuple(replace(found, files=()) for found in case.findings)
    if interpretation is not None and (change := interpretation.progression) is not None:
        before, now = replace(change.before, patient_id=""), replace(change.now, patient_id="")
        interpretation = replace(interpretation, progression=replace(change, before=before, now=now))
    return replace(
        printing, case=replace(case, info=info, source="", findings=findings), interpretation=interpretation
    )
