from __future__ import annotations

import datetime as dt
import string
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cacviewer.core.assess import assessed, mass_calibration
from cacviewer.core.case import Review
from cacviewer.core.edits import GiveArtery, Reject, applied
from cacviewer.core.findings import finding
from cacviewer.core.geometry import Grid
from cacviewer.core.interpretation import interpreted
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.patient import PatientInputs
from cacviewer.core.rulesets import rule_set
from cacviewer.core.study import Acquisition, Gating, Patient
from cacviewer.language import ENGLISH, LANGUAGES
from cacviewer.render.pictures import Picture
from cacviewer.reports.pages import sheet_of
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import PLAQUES, case_of, painted, refused_case, scored_case, zero_case

DATE = dt.datetime(2026, 3, 5, 10, 30)


def sheet(case, **more):
    return sheet_of(case, date=DATE, **more)


def value(rows, label: str) -> str:
    return next(row.value for row in rows if row.label == label)


def with_findings(*findings, **changes):
    hu, lesions = painted()
    return case_of(hu, lesions, findings=findings, **changes)


def scores_of_size(pixels: int, weight_hu: int = 450):
    """A case with one LAD plaque of some pixels of 0.25 mm2, weight 4: its score is `pixels`."""
    hu, lesions = painted((((3, 0, 0), (1, pixels), weight_hu, LesionClass.CORONARY, Artery.LAD),))
    return case_of(hu, lesions)


def test_the_printed_total_is_r_with_s_beside_it():
    page = sheet(scored_case()[0])
    assert page.headline.score == "118"
    assert "118.2" in page.headline.exact
    assert page.category == "moderate (101–400)"
    assert page.bar.caption == "283 below the next class (> 400)"
    assert value(page.classes, "CAC-DRS") == "A2/N4"
    assert value(page.classes, "Left main calcium") == "yes (9.0)"
    assert value(page.classes, "Maron stage (a proposal)") == "2"


def test_the_table_adds_up_or_says_why_it_seems_not_to():
    case, _ = scored_case()
    page = sheet(case)
    assert [row[0].split("(")[-1].rstrip(")") for row in page.table.rows[:4]] == ["LM", "LAD", "LCx", "RCA"]
    assert [row[2] for row in page.table.rows] == ["9.0", "48.0", "10.0", "49.0", "2.2"]
    assert page.table.total[1:3] == ("5", "118.2")
    assert any("rounded" in note for note in page.table.notes)  # volume 36.8 + 6.8, really 36.75 + 6.75
    assert not any("rounded" in note for note in sheet(zero_case()).table.notes)


def test_the_raw_score_stands_there_where_it_differs():
    grid = Grid((10, 60, 70), (1.5, 0.5, 0.5))
    hu, lesions = painted(PLAQUES, grid)
    page = sheet(case_of(hu, lesions, grid))
    assert page.table.columns[3] == "Agatston, not scaled to 3 mm"
    assert float(page.table.total[3]) == pytest.approx(2 * float(page.table.total[2]), abs=0.2)
    assert len(sheet(scored_case()[0]).table.columns) == 5


def test_a_refused_case_says_why_and_prints_no_number():
    page = sheet(refused_case(), pictures=[Picture("mip", np.zeros((4, 4, 3), np.uint8))])
    assert (page.headline, page.table, page.bar, page.category) == (None, None, None, "")
    assert page.classes == page.other == page.interpretation == page.captions == page.limits == ()
    assert "Contrast medium is seen" in page.refusal[0].text
    assert "without contrast" in page.refusal[0].text
    assert value(page.scan, "Quality") == "not sufficient for a score"


def test_zero_is_printed_with_what_it_does_not_mean():
    page = sheet(zero_case())
    assert page.headline.score == "0"
    assert page.category == "none (0)"
    assert value(page.classes, "CAC-DRS") == "A0/N0"
    assert value(page.classes, "Left main calcium") == "no"
    assert any("CONFIRM" in text for text in page.limits)
    assert not any("thicker" in text for text in page.limits)


def test_thick_slices_are_named_beside_a_zero():
    hu, lesions = painted(PLAQUES[-1:])
    page = sheet(case_of(hu, lesions, acquisition=Acquisition(kvp=120, thickness_mm=5.0)))
    assert any("thicker" in text for text in page.limits)


def test_less_than_one_is_one():
    grid = Grid((10, 60, 70), (0.5, 0.5, 0.5))
    hu, lesions = painted((((3, 0, 0), (2, 2), 150, LesionClass.CORONARY, Artery.LAD),), grid)
    page = sheet(case_of(hu, lesions, grid))
    assert page.headline.score == "1"
    assert page.headline.exact == "unrounded 0.2"


@pytest.mark.parametrize(
    ("pixels", "label", "low", "high"),
    [(5, "1–10", 1, 2), (50, "11–100", 2, 3)],
)
def test_the_mark_stands_in_its_class(pixels, label, low, high):
    bar = sheet(scores_of_size(pixels)).bar
    assert bar.labels[bar.current] == label
    assert low / 5 < bar.position <= high / 5


def test_the_ends_of_the_bar():
    assert sheet(zero_case()).bar.position == pytest.approx(0.1)  # the middle of "none"
    hu, lesions = painted(
        tuple(((z, 0, 0), (20, 60), 500, LesionClass.CORONARY, Artery.LAD) for z in range(8))
    )
    page = sheet(case_of(hu, lesions))
    assert page.bar.current == 4
    assert 0.8 < page.bar.position < 1
    assert page.bar.caption == "highest class"
    assert page.headline.remark == "The score is above 1000."


def test_unassigned_calcium_may_be_in_the_left_main():
    hu, lesions = painted(PLAQUES[4:5])
    page = sheet(case_of(hu, lesions))
    assert value(page.classes, "Left main calcium") == "not assigned"
    assert value(page.classes, "CAC-DRS") == "A1/N?"


def test_a_cut_heart_is_a_lower_bound_without_a_category():
    page = sheet(with_findings(finding("fov_cut", where="left")))
    assert page.headline.qualifier == "at least"
    assert page.bar is None
    assert page.category == value(page.classes, "CAC-DRS") + ", see Findings" == "not available, see Findings"
    assert any("cut" in text for text in page.limits)


def test_findings_stand_by_weight_and_tell_what_to_do():
    page = sheet(
        with_findings(finding("gating_unknown"), finding("contrast_tagged", agent="X"), finding("not_gated"))
    )
    assert [r.severity for r in page.findings] == ["warning", "warning", "info", "info", "info"]
    assert page.findings[0].text.endswith("Check that this is the native scan.")
    assert value(page.scan, "Contrast medium") == "suspected"
    assert value(page.scan, "Quality") == "2 warnings, see Findings"
    assert any("ECG-gated" in text for text in page.limits)


def test_interpolated_limits_are_an_estimate():
    acquisition = Acquisition(kvp=110, thickness_mm=3.0, gating=Gating.UNKNOWN)
    found = finding("kvp_not_120", kvp=110, limit_hu=138, source="limit interpolated")
    assert any("interpolated" in text for text in sheet(with_findings(found, acquisition=acquisition)).limits)
    published = finding("kvp_not_120", kvp=100, limit_hu=147, source="published limit")
    page = sheet(with_findings(published, acquisition=replace(acquisition, kvp=100)))
    assert not any("interpolated" in text for text in page.limits)


def test_what_the_header_lacks_is_not_available():
    page = sheet(with_findings(acquisition=Acquisition()))
    lacking = {row.label for row in page.scan if row.value == "not available"}
    assert lacking >= {"Tube voltage", "Kernel", "Field of view", "Dose (CTDIvol)"}
    assert value(page.scan, "ECG gating") == "unknown"
    assert value(page.scan, "Contrast medium") == "not stated in the header"
    assert {row.value for row in page.interpretation} == {"not available"}


def test_a_header_without_a_person_is_anonymised():
    case, _ = scored_case()
    page = sheet(replace(case, info=replace(case.info, patient=Patient(sex="F"))))
    assert [row.value for row in page.patient] == ["anonymised", "female"]
    assert page.identity == ("anonymised", "2026-03-04")


def test_the_dates_of_anonymisers_are_no_dates():
    case, _ = scored_case()
    info = replace(case.info, study_date="0001-01-01", patient=Patient(name="A", birth_date="0001-01-01"))
    page = sheet(replace(case, info=info))
    assert page.identity == ("A",)
    assert value(page.patient, "Birth date") == value(page.study, "Study date") == "not available"


def test_the_interval_stands_beside_the_total():
    case, _ = scored_case()
    page = sheet(case)
    low, high = (int(part) for part in value(page.classes, "Stability interval").split("–"))
    assert low <= 118 <= high
    assert any("HU shifted" in row.value for row in page.method)
    assert value(sheet(replace(case, stability=None)).classes, "Stability interval") == "not available"


def test_other_calcium_is_present_or_not_or_not_looked_for():
    other = sheet(scored_case()[0]).other
    assert value(other, "Aortic wall") == "present (1; 61 mm³)"
    assert value(other, "Heart valves") == "not seen"
    assert value(other, "Pericardium") == "not available"
    assert value(other, "Metal") == "not seen"
    suspected = sheet(with_findings(finding("metal_suspected", max_hu=2000))).other
    assert value(suspected, "Metal") == "suspected, see Findings"


def test_a_review_is_named_with_the_automatic_result():
    automatic, hu = scored_case()
    edits = (
        Reject(("L006-050-050",), reviewer="Dr A", at="2026-03-05T10:00:00"),
        GiveArtery(("L002-050-010",), Artery.RCA, reviewer="Dr B", at="2026-03-05T10:05:00"),
    )
    page = sheet(applied(automatic, edits, hu), automatic=automatic, edits=edits)
    assert not page.reviewed
    assert page.review == "2 edits, not reviewed"  # nobody signed
    assert value(page.method, "Automatic result") == "Agatston 118 (118.2), 5 lesions"
    assert value(page.other, "Excluded by the reader").startswith("present (1")
    one = sheet(applied(automatic, edits[:1], hu), automatic=automatic, edits=edits[:1])
    assert one.review == "1 edit, not reviewed"
    signed = replace(applied(automatic, edits, hu), review=Review("Dr C", "2026-03-05T10:06:00", 2))
    page = sheet(signed, automatic=automatic, edits=edits)
    assert page.reviewed
    assert page.review == "reviewed by Dr C, 2026-03-05 10:06, 2 edits"
    plain = sheet(automatic)
    assert plain.review == "automatic, not reviewed"
    assert "Automatic result" not in [row.label for row in plain.method]


def test_captions_name_artery_slice_and_score():
    case, _ = scored_case()
    dot = np.zeros((4, 4, 3), np.uint8)
    pictures = [Picture("front", dot), Picture("mip", dot), Picture("axial", dot, "L003-010-010", 3)]
    page = sheet(case, pictures=pictures)
    assert page.captions[2] == "LAD, slice 4/10: Agatston 48.0, peak 450 HU"
    assert [row.label for row in page.legend] == ["LM", "LAD", "LCx", "RCA", "Not assigned"]


def test_the_mass_says_what_it_is_worth():
    case, hu = scored_case()
    assert any(note.startswith("Mass not calibrated") for note in sheet(case).table.notes)
    mass = replace(case.mass, calibrated=True, source="scanner's factor for this patient")
    notes = sheet(assessed(replace(case, mass=mass), hu)).table.notes
    assert "Mass: scanner's factor for this patient." in notes


def test_a_plain_date_is_printed_without_a_time():
    case, _ = scored_case()
    assert sheet_of(case, date=dt.date(2026, 3, 5)).made == "Report of 2026-03-05"
    assert sheet(case).made == "Report of 2026-03-05 10:30"


def test_texts_have_the_places_that_the_page_fills():
    for key, text in ENGLISH.items():
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names), key


def test_a_language_that_lacks_a_text_speaks_english():
    half = replace(LANGUAGES["en"], code="xx", right_to_left=True, table={"report.title": "XYZ"})
    page = sheet(scored_case()[0], language=half)
    assert (page.title, page.language, page.right_to_left) == ("XYZ", "xx", True)
    assert page.words["findings"] == ENGLISH["findings"]


def test_the_template_asks_for_no_word_that_the_sheet_lacks():
    page = sheet(scored_case()[0])
    template = Path(__file__).parents[3].joinpath("resources/report/report.typ").read_text("utf-8")
    wanted = {part.split('"')[0] for part in template.split('word("')[1:]}
    assert wanted <= set(page.words)


def test_age_and_sex_are_those_that_the_score_is_interpreted_for():
    case = replace(scored_case()[0], info=replace(scored_case()[0].info, patient=Patient(name="A")))
    made = interpreted(case, PatientInputs(61, "female"), tables())
    assert value(sheet(case, interpretation=made).patient, "Age, sex") == "61 years, female"
    assert value(sheet(case).patient, "Age, sex") == "not available"


def test_where_the_mass_is_from_is_said_in_the_language():
    acquisition = replace(scored_case()[0].acquisition, mass_factor_device=(0.7, 0.76, 0.8))
    hu, lesions = painted()
    case = case_of(
        hu, lesions, acquisition=acquisition, mass=mass_calibration(acquisition, rule_set("literature"))
    )
    for code, word in (("en", "medium patient assumed"), ("ar", "بافتراض مريض متوسط الحجم")):
        notes = " ".join(sheet(case, language=LANGUAGES[code]).table.notes)
        assert word in notes
