from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cacviewer.core.categories import maron_stage
from cacviewer.core.errors import UsageError
from cacviewer.core.findings import finding
from cacviewer.core.interpretation import interpreted
from cacviewer.core.interpretation_percentiles import band, band_row, mesa_cell, mesa_percentile
from cacviewer.core.interpretation_risk import arterial_age_years, mesa_risk_percent
from cacviewer.core.patient import PatientInputs, checked, inputs_of_words
from cacviewer.core.progression import Measured, change_of, compared
from cacviewer.core.study import Patient
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import case_of, painted, refused_case, scored_case, zero_case

T = tables()
MALE_60 = PatientInputs(age_years=60, sex="male", group="white")
FULL = replace(
    MALE_60, age_years=65, total_chol_mgdl=240, hdl_mgdl=40, sbp_mmhg=150, diabetes=True, smoker=True,
    lipid_drug=True, bp_drug=True, family_history=True,
)  # fmt: skip

# clinical-rules.md 7.1
MESA = """
white male 55 0 0|white male 55 1 43|white male 55 28 63|white male 55 100 79|white male 60 155 74
white male 72 540 71|white male 84 4000 90|white female 45 1 93|white female 60 16 75|white female 65 119 83
black female 49 6 90|black male 70 191 74|chinese male 60 67 74|chinese female 78 300 87|hispanic male 62 400 91
hispanic female 70 51 74|hispanic female 84 917 91|white male 44 50 -|white male 85 50 -|other male 60 50 -
"""


@pytest.mark.parametrize("check", MESA.replace("\n", "|").strip("|").split("|"))
def test_mesa_percentiles_of_the_rules(check):
    group, sex, age, r, wanted = check.split()
    cell = mesa_cell(T.mesa, group, sex, int(age))
    assert (None if cell is None else mesa_percentile(cell, int(r))) == (
        None if wanted == "-" else int(wanted)
    )


HOFF = """
male 55 250 75th-90th|male 52 15 50th-75th|female 47 2 75th-90th|female 62 0 no calcium|female 72 2 below 25th
male 74 1774 90th or above|male 75 1774 75th-90th|female 42 4 90th or above|male 29 10 -|male 91 10 -
"""


@pytest.mark.parametrize("check", HOFF.replace("\n", "|").strip("|").split("|"))
def test_hoff_bands_of_the_rules(check):
    sex, age, r, wanted = check.split(maxsplit=3)
    row = band_row(T.hoff, sex, int(age))
    assert (None if row is None else band(T.hoff, row, int(r))) == (None if wanted == "-" else wanted)


@pytest.mark.parametrize(
    ("r", "years"),
    [(0, "39.1"), (1, "44.1"), (10, "56.5"), (23, "62.1"), (50, "67.6"), (100, "72.6"), (250, "79.2"),
     (300, "80.5"), (400, "82.6"), (1000, "89.2"), (2386, "95.5")],
)  # fmt: skip
def test_arterial_age_of_the_rules(r, years):
    assert f"{arterial_age_years(r, T.age_a, T.age_b):.1f}" == years


RISK = [
    ("male 70 hispanic 190 50 130 b", 0, "3.06", "8.61"),
    ("male 55 black 213 50 140 b", 0, "2.95", "5.33"),
    ("male 55 black 213 50 140 b", 250, "12.76", "5.33"),
    ("female 45 white 160 65 105 -", 0, "0.68", "0.66"),
    ("female 60 chinese 200 55 135 b", 100, "4.44", "2.00"),
    ("male 52 white 205 48 128 f", 37, "7.22", "5.72"),
    ("male 65 white 240 40 150 dslbf", 500, "57.21", "56.62"),
    ("male 84 white 210 45 160 dslbf", 2500, "80.26", "82.03"),
]


def patient_of(words: str) -> PatientInputs:
    sex, age, group, total, hdl, sbp, flags = words.split()
    return PatientInputs(
        int(age), sex, group, False, float(total), float(hdl), float(sbp),
        diabetes="d" in flags, smoker="s" in flags, lipid_drug="l" in flags, bp_drug="b" in flags,
        family_history="f" in flags,
    )  # fmt: skip


@pytest.mark.parametrize(("words", "r", "with_cac", "without"), RISK)
def test_mesa_risk_of_the_rules(words, r, with_cac, without):
    patient = patient_of(words)
    assert f"{mesa_risk_percent(T.with_cac, patient, r):.2f}" == with_cac
    assert f"{mesa_risk_percent(T.without_cac, patient):.2f}" == without


PROGRESSION = [
    ((100, 169, 110, 190, 2.0), ("3.00", "1.50", True, "51.71", True, "34.45", True, "31.43")),
    ((0, 9, 0, 11, 3.0), ("3.00", "1.00", True, "11.60", False, "9.50", False, None)),
    ((0, 20, 0, 25, 4.0), ("4.47", "1.12", True, "11.60", True, "9.50", True, None)),
    ((400, 440, 420, 470, 1.5), ("0.98", "0.65", False, "101.03", False, "68.90", False, "7.79")),
    ((36, 64, 30, 70, 5.0), ("2.00", "0.40", False, "27.00", True, "20.67", True, "18.47")),
    ((1000, 900, 1200, 1100, 2.0), ("-1.62", "-0.81", False, "170.78", False, "108.94", False, "-4.26")),
]
NAMES = (
    "sqrt_difference", "sqrt_difference_per_year", "sqrt_progression", "limit_agatston", "exceeds_agatston",
    "limit_volume", "exceeds_volume", "annual_percent",
)  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), PROGRESSION)
def test_progression_of_the_rules(given, wanted):
    change = change_of(*given)
    got = [getattr(change, name) for name in NAMES]
    assert tuple(f"{value:.2f}" if isinstance(value, float) else value for value in got) == wanted


def test_exactly_the_limit_is_progression():
    assert change_of(100, 12.5**2, 1, 1, None).sqrt_progression


def test_every_check_of_the_reference_file(shared):
    document = json.loads((shared / "reference/mesa_cac_reference.json").read_text("utf-8"))
    for key, cell in document["table"].items():
        group, sex, age = key.split(":")
        ours = T.mesa.cells[group, sex, int(age)]
        assert (ours.any_percent, list(ours.quantiles), list(ours.thresholds)) == (
            cell["p"],
            cell["r"],
            cell["t"],
        )
    checks = document["checks"]
    for row in checks["percentile"]:
        cell = mesa_cell(T.mesa, row["group"], row["sex"], row["age"])
        assert (mesa_percentile(cell, row["reported"]) if cell else None) == row["percentile"]
    for row in checks["maron"]:
        cell = mesa_cell(T.mesa, row["group"], row["sex"], row["age"])
        assert maron_stage(row["reported"], cell.quantiles[2] if cell else None) == row["stage"]
    for row in checks["hoff"]:
        line = band_row(T.hoff, row["sex"], row["age"])
        assert (band(T.hoff, line, row["reported"]) if line else None) == row["band"]
    for row in checks["risk"]:
        given = row["patient"]
        names = (
            "total_chol_mgdl",
            "hdl_mgdl",
            "sbp_mmhg",
            "lipid_drug",
            "bp_drug",
            "family_history",
            "diabetes",
            "smoker",
        )
        patient = PatientInputs(given["age"], given["sex"], given["group"], **{n: given[n] for n in names})
        assert f"{mesa_risk_percent(T.with_cac, patient, row['cac']):.2f}" == row["with_cac_percent"]
        assert f"{mesa_risk_percent(T.without_cac, patient):.2f}" == row["without_cac_percent"]
    for row in checks["arterial_age"]:
        assert f"{arterial_age_years(row['reported'], T.age_a, T.age_b):.1f}" == row["years"]
    for row in checks["progression"]:
        change = change_of(row["v1"], row["v2"], row["s1"], row["s2"], row["years"])
        for name in NAMES:
            value = getattr(change, name)
            assert (f"{value:.2f}" if isinstance(value, float) else value) == row[name]


def test_lines_of_a_patient_with_all_inputs():
    case, _ = scored_case()  # R = 118
    got = interpreted(case, FULL, T)
    assert got.maron == "2"
    assert got.line("mesa_percentile").value == mesa_percentile(T.mesa.cells["white", "male", 65], 118)
    assert got.line("hoff_band").value == "25th-50th"
    assert got.line("risk_with_cac").text == "risk_high"
    assert got.line("risk_with_cac").value > 30
    assert got.line("arterial_age").reason == "diabetes"
    assert interpreted(case, replace(FULL, diabetes=False), T).line("arterial_age").facts == (("years", 74),)
    assert dict(got.line("arab_kuwait").facts)["male"] == "0 / 25 / 191 / 470"
    assert dict(got.line("arab_riyadh").facts)["male"] == "95.0"
    old = interpreted(case, replace(FULL, age_years=75), T).line("arab_riyadh")
    assert (old.text, dict(old.facts)["old"]) == ("reference_old", "823.95")
    assert got.chart.percentile == got.line("mesa_percentile").value
    assert got.chart.curves[2][got.chart.ages.index(65)] == T.mesa.cells["white", "male", 65].quantiles[2]


def test_what_is_missing_is_said_and_nothing_is_guessed():
    case, _ = scored_case()
    no_header = replace(case, info=replace(case.info, patient=Patient()))
    got = interpreted(no_header, PatientInputs(), T)
    reasons = {line.key: line.reason for line in got.lines}
    assert reasons == {
        "mesa_percentile": "age_missing", "hoff_band": "age_missing", "arab_kuwait": "", "arab_riyadh": "",
        "arterial_age": "age_missing", "risk_with_cac": "age_missing", "risk_without_cac": "age_missing",
    }  # fmt: skip
    assert got.maron == "2"  # 118 needs no percentile
    header_only = interpreted(case, PatientInputs(), T)  # the header says 60, M
    assert header_only.line("mesa_percentile").reason == "group_missing"
    assert header_only.line("hoff_band").value == "50th-75th"
    assert (
        interpreted(case, replace(MALE_60, group="other"), T).line("mesa_percentile").reason == "group_other"
    )
    assert interpreted(case, replace(MALE_60, age_years=44), T).line("mesa_percentile").reason == "age_range"
    lacking = interpreted(case, replace(FULL, smoker=None, hdl_mgdl=None), T).line("risk_with_cac")
    assert (lacking.reason, lacking.reason_facts) == ("inputs_missing", (("what", "hdl_mgdl,smoker"),))


def test_known_disease_stents_and_scores_without_a_category_close_every_line():
    hu, lesions = painted()
    for code, reason in (
        ("stent_or_bypass", "stent"),
        ("fov_cut", "no_category"),
        ("limit_changed", "limit_changed"),
    ):
        got = interpreted(case_of(hu, lesions, findings=(finding(code, where="x"),)), FULL, T)
        personal = [line for line in got.lines if not line.key.startswith("arab")]
        assert {line.reason for line in personal} == {reason}
        assert got.chart is None
    got = interpreted(scored_case()[0], replace(FULL, known_disease=True), T)
    assert got.line("risk_without_cac").reason == "disease"
    assert interpreted(refused_case(), FULL, T) is None


def test_zero_has_a_percentile_of_its_own():
    line = interpreted(zero_case(), MALE_60, T).line("mesa_percentile")
    assert (line.value, line.text, line.facts) == (
        0,
        "percentile_zero",
        (("any", T.mesa.cells["white", "male", 60].any_percent),),
    )


BEFORE = Measured(110, 100, "2024-03-04", "7", "literature", 130, 120.0, 3.0)
NOW = replace(BEFORE, agatston=190, volume_mm3=169, study_date="2026-03-04")


def test_only_scans_that_are_alike_are_compared():
    change = compared(BEFORE, NOW, bmi=25).change
    assert change.years == pytest.approx(730 / 365.25)
    assert f"{change.mesa_limit:.2f}" == f"{0.17 * 110 + 4.89 * 110**0.5 + 0.44 * 25 - 10.84:.2f}"
    for changes, reason in (
        ({"kvp": 100.0}, "kvp"), ({"limit_hu": 147}, "limit"), ({"rules": "horos"}, "rules"),
        ({"increment_mm": 2.5}, "increment"), ({"patient_id": "8"}, "patient"), ({"study_date": "2023-01-01"}, "order"),
    ):  # fmt: skip
        change = compared(BEFORE, replace(NOW, **changes)).change
        assert (change.reason, change.sqrt_difference) == (reason, None)
    assert compared(BEFORE, replace(NOW, increment_mm=2.7)).change.reason == ""
    soon = compared(BEFORE, replace(NOW, study_date="2024-06-01")).change
    assert (soon.sqrt_progression, soon.annual_percent, soon.sqrt_difference_per_year) == (True, None, None)
    assert compared(BEFORE, replace(NOW, study_date="")).change.years is None


def test_inputs_outside_their_range_are_asked_again():
    with pytest.raises(UsageError, match="80 and 400"):
        checked(replace(FULL, total_chol_mgdl=500))
    with pytest.raises(UsageError, match="no patient input 'race'"):
        inputs_of_words({"race": "white"})
    with pytest.raises(UsageError, match="yes or no"):
        inputs_of_words({"smoker": "perhaps"})
    with pytest.raises(UsageError, match="is a number"):
        inputs_of_words({"sbp_mmhg": "high"})
    words = {"age_years": "60", "sex": "Male", "group": "white", "smoker": "no", "hdl_mgdl": "51.5"}
    assert inputs_of_words(words) == replace(MALE_60, smoker=False, hdl_mgdl=51.5)
