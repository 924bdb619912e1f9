from __future__ import annotations

import pytest

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.storage.tables import own_table, tables
from tests.unit.reports.scored_case import scored_case

GOOD = (
    "# Our clinic, 2025, n = 812\nsex,age_from,age_to,p50,p75,p90\nmale,40,49,0,9,80\nmale,50,69,11,118,400\n"
)


def written(tmp_path, text: str):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_all_tables_have_a_source():
    t = tables()
    assert len(t.mesa.cells) == 4 * 2 * 40
    assert all((t.mesa.source, t.hoff.source, t.risk_source, t.age_source, *(line.source for line in t.arab)))
    assert t.own is None


def test_a_table_of_the_users_own(tmp_path):
    t = tables(written(tmp_path, GOOD))
    line = interpreted(scored_case()[0], PatientInputs(age_years=60, sex="male"), t).line("own_band")
    assert (line.value, line.source) == ("75th-90th", "Our clinic, 2025, n = 812")
    line = interpreted(scored_case()[0], PatientInputs(age_years=60, sex="female"), t).line("own_band")
    assert line.value is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column"),
        ("sex,age_from,age_to\n", "columns of percentiles"),
        ("sex,age_from,age_to,p75,p50\n", "ascending"),
        ("sex,age_from,age_to,p50\n", "no rows"),
        (GOOD + "male,60,70,1,2,3\n", "overlap"),
        (GOOD + "male,70,79,5,4,9\n", "line 5: scores fall"),
        (GOOD + "man,70,79,5,6,9\n", "female or male"),
        (GOOD + "male,70,79,5,,9\n", "line 5: a number"),
        (GOOD + "male,70,79,5,6,inf\n", "cannot be so"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path, text, said):
    with pytest.raises(UnreadableInput, match=said):
        own_table(written(tmp_path, text))
    with pytest.raises(UnreadableInput, match="cannot be read"):
        own_table(tmp_path / "none.csv")
