"""The SR: every number that of case.json, every code that of the rules."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import highdicom as hd
import pydicom
import pytest
from pydicom.sr._concepts_dict import concepts
from pydicom.sr.coding import Code

from cacviewer.core.categories import cac_drs
from cacviewer.core.edits import Reject
from cacviewer.core.errors import CannotExport
from cacviewer.core.findings import finding
from cacviewer.core.interpretation import interpreted
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.patient import PatientInputs
from cacviewer.core.study import Verdict
from cacviewer.dicom import codes
from cacviewer.reports.dicom_sr import TOTAL, write_sr
from cacviewer.storage.case_json import case_text
from cacviewer.storage.tables import tables
from tests.builders.dicom import HEAD_FIRST, enhanced
from tests.unit.reports.dicom_case import MOMENT, complaints, on_disk, opened
from tests.unit.reports.scored_case import case_of, painted

MEASURES = {"agatston": codes.AGATSTON, "volume_mm3": codes.VOLUME, "mass_mg": codes.MASS}


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    return on_disk(tmp_path_factory.mktemp("sr") / "scan")


@pytest.fixture(scope="module")
def written(there, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "sr.dcm"
    write_sr(there.making(), path)
    return path


def groups(path):
    found = hd.sr.srread(path).content.get_image_measurement_groups()
    return {group.tracking_identifier: group for group in found}


def value(group, code):
    (measure,) = group.get_measurements(name=code)
    return measure.value


def texts(path, name):
    found = []

    def walk(items):
        for item in items:
            if item.ValueType == "TEXT" and item.ConceptNameCodeSequence[0].CodeValue == name.value:
                found.append(item.TextValue)
            walk(item.get("ContentSequence", ()))

    walk(pydicom.dcmread(path).ContentSequence)
    return found


def test_the_validator_has_no_complaint(written):
    assert complaints(written) == []


def test_every_number_is_that_of_case_json(there, written):
    case = json.loads(case_text(there.case))
    found = groups(written)
    for key, code in MEASURES.items():
        assert value(found[TOTAL], code) == case["totals"][key]
        for artery in Artery:
            name = "Coronary calcium, not assigned" if artery is Artery.UNASSIGNED else artery.label
            assert value(found[name], code) == case["arteries"][artery.value][key], (artery, key)
    assert value(found[TOTAL], codes.AGATSTON_LIMIT) == case["rules"]["limit_hu"]
    assert value(found[TOTAL], codes.MASS_LIMIT) == case["rules"]["limit_hu"]
    assert value(found[TOTAL], codes.VESSELS) == 4
    assert case["category"]["cac_drs"].startswith("A2/N4")


def test_numbers_that_need_all_their_digits_survive(tmp_path):
    there = on_disk(tmp_path / "scan", replace(HEAD_FIRST, pixel=(0.437, 0.391)))
    write_sr(there.making(), tmp_path / "sr.dcm")
    total = value(groups(tmp_path / "sr.dcm")[TOTAL], codes.MASS)
    assert total == there.case.scores.total.mass_mg
    assert total != float(f"{total:.14g}")  # more digits than a decimal string has


def test_arteries_add_up_to_the_total(written):
    found = groups(written)
    total = found.pop(TOTAL)
    for code in MEASURES.values():
        assert math.isclose(
            sum(value(group, code) for group in found.values()), value(total, code), rel_tol=1e-12
        )


def test_codes_are_those_of_the_rules(written):
    report = hd.sr.srread(written)
    assert report.content[0].name == codes.TITLE
    assert pydicom.dcmread(written).ContentTemplateSequence[0].TemplateIdentifier == "1500"
    for artery, name in ((Artery.LM, "LM"), (Artery.LAD, "LAD"), (Artery.LCX, "LCx"), (Artery.RCA, "RCA")):
        group = groups(written)[name]
        assert group.finding_type == codes.CALCIFICATION
        assert group.finding_sites[0].value == codes.ARTERY[artery]
        (agatston,) = group.get_measurements(name=codes.AGATSTON)
        assert agatston.method == codes.AGATSTON_METHOD
        assert agatston.unit == codes.NO_UNITS


def every_code():
    for value in vars(codes).values():
        yield from [value] if isinstance(value, Code) else []
        if isinstance(value, dict):
            yield from (code for code in value.values() if isinstance(code, Code))


def test_every_code_stands_in_the_standard():
    found = list(every_code())
    assert len(found) > 25
    for code in found:
        if code == codes.MG:
            continue  # valid UCUM, in no context group
        meanings = [
            entry[code.value][0] for entry in concepts[code.scheme_designator].values() if code.value in entry
        ]
        assert code.meaning in meanings, code


def test_what_stands_beside_the_total(there, written):
    comments = " ".join(texts(written, codes.COMMENT))
    assert "CAC-DRS A2/N4" in comments
    assert "Research use only" in comments
    assert "printed: 118." in comments
    (calibration,) = texts(written, codes.CALIBRATION)
    assert "not calibrated" in calibration


def test_a_cut_heart_gives_at_least_and_no_vessels(there, tmp_path):
    hu, lesions = painted(grid=there.volume.grid)
    cut = case_of(
        hu, lesions, there.volume.grid, (finding("fov_cut", sides="left"),), info=there.case.info,
        source=there.case.source, verdict=Verdict.WARNINGS,
    )  # fmt: skip
    write_sr(there.making(cut), tmp_path / "sr.dcm")
    assert groups(tmp_path / "sr.dcm")[TOTAL].get_measurements(name=codes.VESSELS) == []
    comments = texts(tmp_path / "sr.dcm", codes.COMMENT)
    assert "at least" in comments[0]
    assert any(line.startswith("Warning:") for line in comments)


def test_nothing_assigned_counts_no_vessels(there, tmp_path):
    hu, lesions = painted(grid=there.volume.grid)
    loose = tuple(replace(lesion, artery=Artery.UNASSIGNED) for lesion in lesions)
    case = case_of(hu, loose, there.volume.grid, info=there.case.info, source=there.case.source)
    assert "N?" in cac_drs(118, [0, 0, 0, 0], 1.0)
    write_sr(there.making(case), tmp_path / "sr.dcm")
    assert groups(tmp_path / "sr.dcm")[TOTAL].get_measurements(name=codes.VESSELS) == []


def test_a_true_zero_is_a_zero(there, tmp_path):
    hu, lesions = painted(grid=there.volume.grid)
    none = tuple(lesion for lesion in lesions if lesion.kind is LesionClass.AORTA)
    case = case_of(hu, none, there.volume.grid, info=there.case.info, source=there.case.source)
    write_sr(there.making(case), tmp_path / "sr.dcm")
    total = groups(tmp_path / "sr.dcm")[TOTAL]
    assert value(total, codes.AGATSTON) == 0
    assert value(total, codes.VESSELS) == 0


def test_the_images_are_its_evidence(there, written):
    report = pydicom.dcmread(written)
    (study,) = report.CurrentRequestedProcedureEvidenceSequence
    (series,) = study.ReferencedSeriesSequence
    named = {said.ReferencedSOPInstanceUID for said in series.ReferencedSOPSequence}
    assert named == {pydicom.dcmread(path).SOPInstanceUID for path in there.folder.iterdir()}


def test_an_enhanced_object_is_one_reference_with_its_own_class(tmp_path):
    enhanced(tmp_path / "scan" / "e.dcm", HEAD_FIRST)
    there = opened(tmp_path / "scan")
    write_sr(there.making(), tmp_path / "sr.dcm")
    (study,) = pydicom.dcmread(tmp_path / "sr.dcm").CurrentRequestedProcedureEvidenceSequence
    (said,) = study.ReferencedSeriesSequence[0].ReferencedSOPSequence
    assert said.ReferencedSOPClassUID == pydicom.uid.EnhancedCTImageStorage


def test_the_reader_is_an_observer(there, tmp_path):
    write_sr(there.making(edits=(Reject(("L1",), reviewer="قارئ^محمد"),)), tmp_path / "sr.dcm")
    text = str(pydicom.dcmread(tmp_path / "sr.dcm"))
    assert "قارئ^محمد" in text
    assert complaints(tmp_path / "sr.dcm") == []


def test_the_risk_stands_there_if_all_its_inputs_were_entered(there, tmp_path):
    entered = PatientInputs(
        age_years=55, sex="male", group="white", total_chol_mgdl=205, hdl_mgdl=48, sbp_mmhg=128, diabetes=False,
        smoker=False, lipid_drug=False, bp_drug=False, family_history=True,
    )  # fmt: skip
    for patient in (PatientInputs(), entered):
        interpretation = interpreted(there.case, patient, tables())
        write_sr(there.making(interpretation=interpretation), tmp_path / "sr.dcm")
        found = groups(tmp_path / "sr.dcm")[TOTAL].get_measurements(name=codes.RISK)
        risk = interpretation.line("risk_with_cac").value
        assert [measure.value for measure in found] == ([] if risk is None else [risk])
        assert complaints(tmp_path / "sr.dcm") == []
    assert risk > 1


def test_no_scores_no_report(there, tmp_path):
    with pytest.raises(CannotExport, match="not scored"):
        write_sr(there.making(replace(there.case, scores=None)), tmp_path / "sr.dcm")
    assert list(tmp_path.iterdir()) == []


def test_the_same_case_and_moment_are_the_same_bytes(there, tmp_path):
    for name in ("a.dcm", "b.dcm"):
        write_sr(there.making(moment=MOMENT), tmp_path / name)
    assert (tmp_path / "a.dcm").read_bytes() == (tmp_path / "b.dcm").read_bytes()
