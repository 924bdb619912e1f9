from __future__ import annotations

import datetime as dt
import re

import pytest

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.language import LANGUAGES
from cacviewer.reports import text as text_report
from cacviewer.reports.formats import ReportOptions
from cacviewer.reports.pages import sheet_of
from cacviewer.reports.printing import Printing
from cacviewer.reports.text import places_of, text_of, write_text
from cacviewer.storage.tables import tables
from tests.unit.reports.scored_case import refused_case, scored_case, zero_case

MOMENT = dt.datetime(2026, 3, 5, 10, 30)


@pytest.fixture(autouse=True)
def no_templates_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setattr(text_report, "settings_folder", lambda: tmp_path / "settings")
    return tmp_path / "settings"


def printing(case, **options):
    made = interpreted(case, PatientInputs(60, "male", "white"), tables())
    return Printing(case, MOMENT, interpretation=made, options=ReportOptions(**options))


def test_the_text_says_what_the_sheet_says():
    text = text_of(printing(scored_case()[0]), LANGUAGES["en"])
    for line in (
        "Total Agatston score: 118 (unrounded 118.2)",
        "Calcium category: moderate (101–400); 283 below the next class (> 400)",
        "Total: Lesions 5, Agatston 118.2, Volume mm³ 103.5, Mass mg 32.38",
        "Left anterior descending (LAD): Lesions 1, Agatston 48.0",
        "CAC-DRS: A2/N4",
        "MESA percentile: 70.",
        "Research use only",
    ):
        assert line in text
    assert "{" not in text


def test_arabic_and_both(tmp_path):
    case, _ = scored_case()
    write_text(printing(case, language="both"), tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text("utf-8")
    assert text.index("CT CORONARY CALCIUM SCORE") < text.index("درجة تكلّس الشرايين التاجية")
    for number in ("118.2", "103.5", "32.38"):
        assert text.count(number) >= 2


def test_a_refused_case_has_a_text_without_a_number():
    text = text_of(printing(refused_case()), LANGUAGES["en"])
    assert "No score" in text
    assert "Contrast medium is seen" in text
    assert not re.search(r"Agatston \d|: \d+ \(", text.split("INTERPRETATION")[0].split("SCORE", 2)[-1])


def test_zero_is_said_with_its_limits():
    text = text_of(printing(zero_case()), LANGUAGES["en"])
    assert "Total Agatston score: 0" in text
    assert "does not exclude coronary disease" in text


def test_the_users_own_template_is_taken(no_templates_of_the_user):
    folder = no_templates_of_the_user / "templates"
    folder.mkdir(parents=True)
    (folder / "report.en.txt").write_text("Score {score}\n{category_line}\n", "utf-8")
    assert text_of(printing(scored_case()[0]), LANGUAGES["en"]).startswith("Score 118\nCalcium category")


@pytest.mark.parametrize(
    ("template", "said"),
    [("{scor}", "line 1 for {scor}"), ("ok\n{", "line 2"), ("{score.real}", "line 1"), ("{0}", "line 1")],
)
def test_a_template_that_cannot_be_filled_says_where(tmp_path, template, said):
    (tmp_path / "t.txt").write_text(template, "utf-8")
    with pytest.raises(UnreadableInput, match=re.escape(said)):
        text_of(printing(scored_case()[0], template=str(tmp_path / "t.txt")), LANGUAGES["en"])
    with pytest.raises(UnreadableInput, match="cannot be read"):
        text_of(printing(scored_case()[0], template=str(tmp_path / "none.txt")), LANGUAGES["en"])


def test_a_name_in_braces_is_only_a_name():
    places = places_of(sheet_of(scored_case()[0], date=MOMENT))
    assert set(places) >= {"patient", "scores", "interpretation", "limits"}
