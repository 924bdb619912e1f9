"""The scores as a DICOM structured report: TID 1500, one group of measurements an artery and one for the total.

Values are those of the Case in full double precision (Floating Point Value beside the decimal string), codes
those of clinical-rules.md section 9.
"""

from __future__ import annotations

from pathlib import Path

import highdicom as hd
from highdicom import sr
from pydicom.sr.codedict import codes as standard
from pydicom.sr.coding import Code

from cacviewer.core import quantities
from cacviewer.core.case import Case, Scores
from cacviewer.core.categories import reported_text
from cacviewer.core.errors import CannotExport
from cacviewer.core.findings import Severity
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.lesions import Artery
from cacviewer.core.qualifier import qualifier
from cacviewer.core.scoring import Score
from cacviewer.dicom import codes
from cacviewer.dicom.uids import uid_from
from cacviewer.reports.dicom_instance import (
    Making,
    quietly,
    reference,
    save,
    series_arguments,
    stand_in,
)

KIND = "sr"
TOTAL = "Coronary calcium, total"
VESSELS = (Artery.LM, Artery.LAD, Artery.LCX, Artery.RCA)
LIMITS = (
    "Research use only, not a medical device. Must be read by a physician.",
    "The score counts calcified plaque only. It does not show narrowing of the arteries.",
)


def write_sr(making: Making, path: Path) -> None:
    """Writes sr.dcm whole or not at all.

    Raises:
        CannotExport: The case has no scores (`no_scores`).
        CannotWrite: The folder or disk refuses.
    """
    if making.case.scores is None:
        raise CannotExport(
            "The scan was not scored, so that there are no numbers for a structured report.",
            code="no_scores",
            path=making.case.source,
            remedy="See the findings for the reason.",
        )
    with quietly():
        save(sr_of(making, making.case.scores), path, making.moment)


def sr_of(making: Making, scores: Scores) -> sr.Comprehensive3DSR:
    """The report; it names the images of the source as its evidence."""
    arteries = (*VESSELS, Artery.UNASSIGNED) if making.case.rules.per_lesion else ()  # else totals only
    groups = [_artery(making, artery, scores) for artery in arteries]
    groups.append(_total(making, scores))
    report = sr.MeasurementReport(
        observation_context=_observers(making),
        procedure_reported=codes.PROCEDURE,
        imaging_measurements=groups,
        title=codes.TITLE,
    )
    contents = repr([groups, making.edits]).encode("utf-8", "surrogatepass")
    evidence = {image.sop_instance_uid: image for image in making.source.images}
    instance = sr.Comprehensive3DSR(
        evidence=[stand_in(making.source, image) for image in evidence.values()],
        content=report[0],
        sop_instance_uid=making.uid(KIND, "instance", contents),
        instance_number=1,
        is_complete=True,
        is_verified=False,
        performed_procedure_codes=[codes.ANALYSIS],
        **series_arguments(making, KIND, contents),
    )
    _name_images(instance, making)
    return instance


def _name_images(instance: hd.SOPClass, making: Making) -> None:
    """The images as what they are: an enhanced object is one reference with its own class."""
    once = {image.sop_instance_uid: image for image in making.source.images}
    for series in instance.CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence:
        for said in series.ReferencedSOPSequence:
            said.ReferencedSOPClassUID = reference(once[said.ReferencedSOPInstanceUID]).ReferencedSOPClassUID


def _observers(making: Making) -> sr.ObservationContext:
    name, version = making.program
    device = sr.ObserverContext(
        observer_type=standard.DCM.Device,
        observer_identifying_attributes=sr.DeviceObserverIdentifyingAttributes(
            uid=uid_from(f"program {making.case.software}"), name=name, manufacturer_name=name,
            model_name=f"{name} {version}",
        ),
    )  # fmt: skip
    if not making.reviewer:
        return sr.ObservationContext(observer_device_context=device)
    person = sr.ObserverContext(
        observer_type=standard.DCM.Person,
        observer_identifying_attributes=sr.PersonObserverIdentifyingAttributes(name=making.reviewer[:64]),
    )
    return sr.ObservationContext(observer_person_context=person, observer_device_context=device)


def _artery(making: Making, artery: Artery, scores: Scores) -> sr.MeasurementsAndQualitativeEvaluations:
    name = artery.label if artery is not Artery.UNASSIGNED else "Coronary calcium, not assigned"
    return _group(making, name, codes.ARTERY[artery], _measures(scores.by_artery[artery]))


def _total(making: Making, scores: Scores) -> sr.MeasurementsAndQualitativeEvaluations:
    case = making.case
    limit = float(case.rules.limit_hu)
    measures = _measures(scores.total)
    measures.append(sr.Measurement(codes.AGATSTON_LIMIT, limit, codes.HU))
    measures.append(sr.Measurement(codes.MASS_LIMIT, limit, codes.HU))
    vessels = sum(scores.by_artery[artery].agatston > 0 for artery in VESSELS)
    known = vessels > 0 or scores.total.agatston == 0  # "N?": calcium, and none of it with an artery
    if case.category is not None and known:
        measures.append(sr.Measurement(codes.VESSELS, vessels, codes.NO_UNITS))
    if (risk := _risk_percent(making.interpretation)) is not None:
        measures.append(sr.Measurement(codes.RISK, risk, codes.PERCENT))
    group = _group(making, TOTAL, codes.CORONARY, measures)
    contained = sr.RelationshipTypeValues.CONTAINS
    group[0].ContentSequence.append(
        sr.TextContentItem(codes.CALIBRATION, calibration(case), relationship_type=contained)
    )
    for sentence in remarks(case, scores):
        group[0].ContentSequence.append(
            sr.TextContentItem(codes.COMMENT, sentence, relationship_type=contained)
        )
    return group


def _risk_percent(interpretation: Interpretation | None) -> float | None:
    """MESA's ten-year risk with calcium, percent; None where an input is missing or out of its table."""
    line = interpretation.line("risk_with_cac") if interpretation else None
    return float(line.value) if line is not None and isinstance(line.value, int | float) else None


def _group(
    making: Making, name: str, site: Code, measures: list[sr.Measurement]
) -> sr.MeasurementsAndQualitativeEvaluations:
    tracking = sr.TrackingIdentifier(uid=making.tracking_uid(f"score of {name}"), identifier=name)
    return sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=tracking,
        finding_type=codes.CALCIFICATION,
        finding_sites=[sr.FindingSite(site)],
        measurements=measures,
    )


def _measures(score: Score) -> list[sr.Measurement]:
    """The numbers that the rule set defines."""
    rows = (
        (codes.AGATSTON, quantities.AGATSTON, codes.NO_UNITS, codes.AGATSTON_METHOD),
        (codes.VOLUME, quantities.VOLUME, codes.MM3, None),
        (codes.MASS, quantities.MASS, codes.MG, None),
    )
    return [
        sr.Measurement(name, value, unit, method=method)
        for name, quantity, unit, method in rows
        if (value := quantity.value(score)) is not None
    ]


def calibration(case: Case) -> str:
    """The mass factor in words, with the mark that it is not calibrated where it is not."""
    mass = case.mass
    mark = "" if mass.calibrated else " Mass not calibrated."
    return f"{mass.factor:.6g} mg/(mm3 HU), {mass.source}.{mark}"


def remarks(case: Case, scores: Scores) -> list[str]:
    """What must stand beside the numbers: printed score, class, vessels, method, reader, warnings, limits."""
    beside = qualifier(case.findings)
    total = f"Agatston score as printed: {reported_text(scores.total.agatston)}"
    said = [f"{total} ({beside})." if beside else f"{total}."]
    if case.category is None:
        said.append("No category can be given; see the warnings.")
    else:
        said.append(f"Class {case.category.label} ({case.category.word}); CAC-DRS {case.category.cac_drs}.")
    said.append(f"Rule set {case.rules.name}, calcium method {case.method}, {case.software}.")
    said += [f"Warning: {found.message}" for found in case.findings if found.severity is Severity.WARNING]
    return [*said, *LIMITS]
