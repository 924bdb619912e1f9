"""From volume and organs to a case, without a network."""

from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.errors import UsageError
from cacviewer.core.findings import finding
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
from cacviewer.core.volume import Volume
from cacviewer.pipeline.find import find
from tests.unit.core.scenes import GRID, anatomy, scene


def volume(hu, **changes):
    return Volume(hu, GRID, Acquisition(**changes), SeriesInfo(), Verdict.READY, read_s=0.5)


def test_a_case_from_a_scene():
    hu, heart, aorta = scene()
    case = find(volume(hu, kvp=120), anatomy(heart, aorta))
    assert case.scores.lesions == 2
    assert case.timing.read == 0.5
    assert case.timing.calcium > 0
    assert case.rules.limit_hu == 130


def test_limit_follows_the_tube_voltage():
    hu, heart, aorta = scene()
    low = find(volume(hu, kvp=80), anatomy(heart, aorta))
    assert low.rules.limit_hu == 177
    assert "kvp_not_120" in {f.code for f in low.findings}
    outside = find(volume(hu, kvp=150), anatomy(heart, aorta))
    assert outside.scores is None


def test_a_finding_of_the_reader_is_not_said_twice():
    hu, heart, aorta = scene()
    said = replace(volume(hu), findings=(finding("kvp_missing"),))
    codes = [f.code for f in find(said, anatomy(heart, aorta)).findings]
    assert codes.count("kvp_missing") == 1


def test_no_heart_no_numbers():
    hu, heart, aorta = scene()
    nothing = replace(
        anatomy(heart, aorta),
        heart=np.zeros_like(heart),
        aorta=np.zeros_like(aorta),
        heart_found=False,
        heart_box=None,
        findings=(finding("heart_not_found", reason="nothing like a heart"),),
    )
    case = find(volume(hu, kvp=120), nothing)
    assert case.scores is None
    assert case.lesions == ()


def test_contrast_gives_no_numbers():
    hu, heart, aorta = scene()
    hu[aorta] += 300
    case = find(volume(hu, kvp=120), anatomy(heart, aorta))
    assert case.scores is None
    assert "contrast_seen" in {f.code for f in case.findings}


@pytest.mark.parametrize(("method", "rules"), [("guess", "literature"), ("threshold", "nobody's")])
def test_unknown_words(method, rules):
    hu, heart, aorta = scene()
    with pytest.raises(UsageError):
        find(volume(hu), anatomy(heart, aorta), method, rules)
