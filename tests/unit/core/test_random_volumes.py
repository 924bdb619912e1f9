"""Random scans under all rule sets against scorers that share no code with ours."""

import importlib.util
import os

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.core.isotropic import isotropic_volume_mm3
from cacviewer.core.pixels import pixels_of
from cacviewer.core.rulesets import NAMES, knows_kvp, rule_set
from cacviewer.core.scoring import counted, total_of
from tests.builders.random_calcium import random_scan, slow_total


def ours(scan, name):
    if not knows_kvp(name, scan["kvp"]):
        return None
    labels = np.where((scan["labels"] >= 1) & (scan["labels"] <= 5), scan["labels"], 0)
    grid = Grid(scan["hu"].shape, (scan["increment_mm"], *scan["spacing_yx_mm"]))
    rules = rule_set(name, scan["kvp"], scan["thickness_mm"])
    found = counted(pixels_of(scan["hu"], labels), grid, rules)
    total = total_of(found, grid, rules)
    got = {"agatston": total.agatston, "volume_mm3": total.volume_mm3, "mass": total.mass_mg}
    if rules.interpreted:
        kept = found.pixels.where(found.weight > 0)
        got["volume_isotropic_mm3"] = isotropic_volume_mm3(kept, scan["hu"], grid, rules.limit_hu)
    return {key: None if np.isnan(value) else value for key, value in got.items()}


def assert_same(got, want, where):
    if want is None or got is None:
        assert got is want, where
        return
    for key, value in want.items():
        if value is None:
            assert got[key] is None, (where, key)
        else:
            assert got[key] == pytest.approx(value, rel=1e-6, abs=1e-6), (where, key)


@pytest.mark.parametrize("name", NAMES)
def test_random_volumes(name):
    for seed in range(60):
        scan = random_scan(seed)
        assert_same(ours(scan, name), slow_total(scan, name), (seed, name))


def test_random_volumes_agree_with_the_independent_judge(shared):
    """CACVIEWER_VOLUMES says how many, 50 if it does not; the bar is 1,000."""
    spec = importlib.util.spec_from_file_location("slow_scorer", shared / "tools" / "slow_scorer.py")
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    for seed in range(int(os.environ.get("CACVIEWER_VOLUMES", "50"))):
        scan = random_scan(10_000 + seed)
        args = (
            scan["hu"],
            scan["labels"],
            scan["spacing_yx_mm"],
            scan["increment_mm"],
            scan["thickness_mm"],
            scan["kvp"],
        )
        for name in NAMES:
            said = judge.score(*args, rules=name)
            want = {"agatston": said["agatston"], "volume_mm3": said["volume_mm3"], "mass": said["mass_mg"]}
            if name == "literature":
                want["volume_isotropic_mm3"] = said["volume_isotropic_mm3"]
            assert_same(ours(scan, name), want if knows_kvp(name, scan["kvp"]) else None, (seed, name))
