import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.core.findings import Severity, finding
from cacviewer.core.session import Session
from cacviewer.ui.views.banner import worst_finding
from cacviewer.ui.views.furniture import Probe, _name, scale_bar_mm


@given(st.floats(0.05, 100), st.floats(80, 4000))
def test_scale_bar_is_round_and_at_most_a_quarter(zoom, width):
    mm = scale_bar_mm(zoom, width)
    assert mm * zoom <= width / 4 * (1 + 1e-9)
    assert mm * zoom > width / 4 / 2.6
    digits = f"{mm:.10e}"
    assert digits[0] in "125"
    assert set(digits[2:12]) == {"0"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Roe^Jane", "Roe, Jane"),
        ("Roe", "Roe"),
        ("Roe^Jane^M^^", "Roe, Jane"),
        ("Ro=X=Y", "Ro"),
        ("", ""),
        ("^", ""),
    ],
)
def test_names(name, text):
    assert _name(name) == text


def test_probe_text():
    assert Probe(-12, (1.0, -2.04, 30.0)).text == "HU -12   1.0  -2.0  30.0 mm"


def test_worst_finding_of_nothing_and_of_infos():
    assert worst_finding(Session()) == (Severity.INFO, "")


def test_worst_finding_is_that_of_the_shown_case(volume, case):
    from dataclasses import replace

    scan = replace(volume, findings=(finding("single_slice"),))
    assert worst_finding(Session(volume=scan))[0] is Severity.REFUSAL
    shown = replace(case, findings=(finding("not_gated"), finding("artery_unassigned", count=2)))
    severity, sentence = worst_finding(Session(volume=scan, shown=shown))
    assert severity is Severity.WARNING
    assert sentence.startswith("The scan was not ECG-gated")
