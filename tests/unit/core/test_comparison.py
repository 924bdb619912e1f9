"""The same lesions under all rule sets."""

import json
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cacviewer.core.categories import reported
from cacviewer.core.comparison import compared, under_rules, with_comparison
from cacviewer.core.edits import Reject, applied
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.core.rulesets import NAMES, TITLES
from cacviewer.core.scoring import Score
from cacviewer.core.study import Acquisition
from cacviewer.language import LANGUAGES
from cacviewer.reports.pages import sheet_of
from cacviewer.storage.case_json import case_text
from cacviewer.storage.case_reading import case_of_document
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import refused_case, scored_case, zero_case
from tests.unit.storage.test_case_json import valid


@pytest.fixture(scope="module")
def scan():
    return scored_case()


def test_nine_rows_and_each_is_what_the_case_says_under_that_rule_set(scan):
    case, hu = scan
    rows = compared(case, hu)
    assert [row.rules for row in rows] == list(NAMES)
    for row in rows:
        total = under_rules(case, row.rules, hu).scores.total
        assert row.agatston == (None if math.isnan(total.agatston) else pytest.approx(total.agatston)), (
            row.rules
        )
        assert row.volume_mm3 == pytest.approx(total.volume_mm3), row.rules
        if row.mass_is_mg and row.mass is not None:
            assert row.mass == pytest.approx(total.mass_mg), row.rules


def test_by_hand(scan):
    """LAD 48 px of 450, LM 12 of 350, LCx 20 of 210, RCA 49 of 500, none 9 of 180, LAD 2 of 300; 0.25 mm2, 3 mm."""
    rows = {row.rules: row for row in compared(*scan)}
    weighted = (48 + 49) * 4 + 12 * 3 + 20 * 2 + 9
    assert rows["literature"].agatston == rows["ge"].agatston == weighted / 4 == 118.25
    assert (
        rows["siemens"].agatston == rows["philips"].agatston == (weighted + 2 * 3) / 4
    )  # 0.5 mm2: the pair of pixels
    assert rows["canon"].agatston == 118.25  # at least three pixels
    assert rows["horos"].agatston == (weighted + 2 * 1) / 4  # two pixels above 200 are not more than two
    assert rows["horos"].volume_mm3 == 140 * 0.75
    assert not rows["horos"].mass_is_mg
    assert rows["deepcac"].agatston == rows["literature"].agatston
    assert rows["ai-cac"].agatston == 48 + 49 + 9 + 10 + 2 + 2  # each object's score as a whole number
    assert rows["slicer-seed"].volume_mm3 == 140 * 0.25
    assert rows["slicer-seed"].agatston is rows["deepcac"].mass is rows["ai-cac"].mass is None


@pytest.mark.parametrize("name", NAMES)
def test_a_case_under_every_rule_set_is_written(scan, name):
    case, hu = scan
    other = with_comparison(under_rules(case, name, hu), hu)
    document = valid(json.loads(case_text(other)))
    assert document["rules"]["name"] == name
    assert len(document["comparison"]) == len(NAMES)
    assert {row["title"] for row in document["comparison"]} == set(TITLES.values())
    assert (document["category"] is None) == (name != "literature")
    assert (document["stability"] is None) == (name != "literature")
    if name != "literature":
        assert "category_edge" not in {f["code"] for f in document["findings"]}
    if not other.rules.per_lesion:
        assert {s["agatston"] for s in document["lesions"]} == {None}
        assert {a["volume_mm3"] for a in document["arteries"].values()} == {None}
    read = case_of_document(document)
    assert read.case.comparison == other.comparison
    assert case_text(read.case) == case_text(other)
    assert (interpreted(other, PatientInputs(), tables()) is None) == (not other.rules.has_agatston)
    for language in LANGUAGES.values():
        sheet = sheet_of(other, date=date(2026, 3, 5), language=language)
        assert "nan" not in repr(sheet)
        assert sheet.headline.score == (
            "–" if name == "slicer-seed" else str(reported(other.scores.total.agatston))
        )
    assert document["totals"]["lesions"] == (
        6 if name in ("siemens", "philips", "horos", "slicer-seed", "ai-cac") else 5
    )


def test_changing_rules_and_back_is_the_same_case(scan):
    case, hu = scan
    back = under_rules(under_rules(case, "deepcac", hu), "literature", hu)
    assert back.scores == case.scores
    assert back.category == case.category
    assert back.findings == case.findings


def test_a_voltage_that_a_rule_set_does_not_know(scan):
    case, hu = scan
    low = under_rules(replace(case, acquisition=Acquisition(kvp=80, thickness_mm=3.0)), "literature", hu)
    assert low.scores is not None
    rows = {row.rules: row for row in compared(low, hu)}
    assert rows["siemens"].agatston is None
    assert rows["siemens"].volume_mm3 is None
    assert rows["horos"].agatston is not None
    refused = under_rules(low, "siemens", hu)
    assert refused.scores is None
    assert under_rules(refused, "literature", hu).scores == low.scores


def test_refused_and_empty_scans():
    assert compared(refused_case(), np.zeros((1, 1, 1), np.int16)) == ()
    zero = zero_case()
    hu = np.full(zero.grid.shape_zyx, 40, np.int16)
    for row in compared(zero, hu):
        assert {row.agatston, row.volume_mm3, row.mass} <= {0.0, None}


def test_an_edit_makes_the_comparison_old(scan):
    case, hu = scan
    full = with_comparison(case, hu)
    edited = applied(full, (Reject((full.scored[0].id,)),), hu)
    assert full.comparison
    assert edited.comparison == ()
    assert with_comparison(edited, hu).comparison[0].agatston == pytest.approx(edited.scores.total.agatston)


def test_undefined_numbers_stay_undefined():
    assert math.isnan((Score(math.nan, 1, 1, 1) + Score(1, 1, 1, 1)).agatston)
