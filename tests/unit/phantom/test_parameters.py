from __future__ import annotations

import pytest

from cacviewer.core.errors import UsageError
from cacviewer.phantom import DEMO_SEED, parameters_for


def test_the_demo_is_a_gated_scan_of_three_millimetres():
    demo = parameters_for(DEMO_SEED)
    assert (demo.thickness_mm, demo.increment_mm, demo.kvp, demo.matrix) == (3.0, 3.0, 120, 512)
    assert not demo.wide
    assert demo.decoys
    assert not demo.contrast


def test_what_is_not_set_is_drawn_within_its_range():
    for seed in range(200):
        p = parameters_for(seed)
        assert 0.33 <= p.spacing_mm <= 0.9
        assert 1.0 <= p.thickness_mm <= 5.0
        assert p.increment_mm <= p.thickness_mm
        assert 10 <= p.noise_sd_hu <= 30
        assert p.matrix == 512
        assert (p.load == 0) == (p.lesions == 0)


def test_loads_reach_from_zero_to_severe():
    loads = [parameters_for(seed).load for seed in range(150)]
    assert 10 <= sum(load == 0 for load in loads) <= 60
    assert sum(load > 1000 for load in loads) >= 5


def test_every_third_seed_has_a_plaque_at_the_aorta():
    for seed in range(60):
        p = parameters_for(seed)
        assert p.near_aorta == (seed % 3 == 0)
        assert p.load > 0 or not p.near_aorta


def test_given_values_stand_and_pull_others_along():
    p = parameters_for(4, spacing_mm=0.9, thickness_mm=5.0)
    assert (p.spacing_mm, p.thickness_mm, p.increment_mm, p.matrix) == (0.9, 5.0, 5.0, 512)
    assert p.wide
    assert parameters_for(4, fov_mm=200.0).spacing_mm == pytest.approx(200 / 512)
    assert parameters_for(4, fov_mm=360.0, spacing_mm=2.5).matrix == 144
    assert parameters_for(4, increment_mm=1.5, thickness_mm=3.0).increment_mm == 1.5


def test_no_lesions_means_no_load_and_some_lesions_mean_some():
    assert parameters_for(0, lesions=0).load == 0
    assert parameters_for(2, lesions=3).load > 0
    assert parameters_for(2, load=500.0).lesions > 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("spacing_mm", 0.0, "pixel size"),
        ("noise_sd_hu", -1.0, "noise"),
        ("kvp", 60, "60 kVp"),
        ("lesions", 99, "lesions"),
    ],
)
def test_impossible_values_are_refused_with_a_sentence(name, value, words):
    with pytest.raises(UsageError, match=words):
        parameters_for(1, **{name: value})


def test_a_negative_seed_is_refused():
    with pytest.raises(UsageError, match="seed"):
        parameters_for(-1)
