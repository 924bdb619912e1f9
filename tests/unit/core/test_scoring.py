"""Scores against hand vectors, the reference file, and a slow scorer on random volumes."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacviewer.core.findings import Severity
from cacviewer.core.geometry import Grid
from cacviewer.core.isotropic import isotropic_volume_mm3
from cacviewer.core.pixels import pixels_of
from cacviewer.core.rulesets import KVP_EDGES_HU, NAMES, knows_kvp, limit_for, rule_set
from cacviewer.core.scoring import Score, counted, score_labels, scores_by_label, total_of
from cacviewer.core.study import Acquisition

ARTERIES = {1: "LM", 2: "LAD", 3: "LCX", 4: "RCA", 5: "unassigned"}
QUANTITIES = ("agatston", "agatston_raw", "volume_mm3", "mass_mg")


def blocks(*parts, shape=(1, 40, 40), background=40):
    """Volume with blocks (z, y, x, h, w, hu, peak, label); returns hu and labels."""
    hu = np.full(shape, background, np.int16)
    labels = np.zeros(shape, np.int32)
    for z, y, x, h, w, value, peak, label in parts:
        hu[z, y : y + h, x : x + w] = value
        if peak:
            hu[z, y, x] = peak
        labels[z, y : y + h, x : x + w] = label
    return hu, labels


def total(hu, labels, spacing=(3.0, 0.5, 0.5), kvp=120, mass_factor=None):
    grid = Grid(hu.shape, spacing)
    scored = np.where((labels >= 1) & (labels <= 5), labels, 0)
    rules = rule_set("literature", kvp)
    return total_of(counted(pixels_of(hu, scored), grid, rules), grid, rules, mass_factor)


def isotropic(hu, labels, grid, rules):
    found = counted(pixels_of(hu, labels), grid, rules)
    return isotropic_volume_mm3(found.pixels.where(found.weight > 0), hu, grid, rules.limit_hu)


# clinical-rules.md section 10; each row says what it holds
HAND = {
    "1 one component": ([(0, 2, 2, 2, 4, 150, 0, 2)], {}, 2.0, 6.0),
    "2 two peaks": ([(0, 2, 2, 2, 3, 210, 250, 2), (0, 10, 2, 2, 5, 300, 420, 2)], {}, 13.0, 12.0),
    "3 three slices": (
        [(0, 2, 2, 2, 2, 150, 180, 2), (1, 2, 2, 3, 3, 150, 350, 2), (2, 2, 2, 2, 3, 150, 210, 2)], {}, 10.75, None),
    "4a below 1 mm2": ([(0, 2, 2, 1, 3, 300, 0, 2)], {}, 0.0, 0.0),
    "4b exactly 1 mm2": ([(0, 2, 2, 2, 2, 300, 0, 2)], {}, 3.0, None),
    "5 diagonal": ([(0, 2, 2, 2, 2, 150, 0, 2), (0, 4, 4, 2, 2, 450, 0, 2)], {}, 5.0, None),
    "6 increment 1.5": (
        [(0, 2, 2, 2, 4, 150, 0, 2), (1, 2, 2, 2, 4, 150, 0, 2)], {"spacing": (1.5, 0.5, 0.5)}, 2.0, 6.0),
    "7 increment 5": ([(0, 2, 2, 2, 4, 150, 0, 2)], {"spacing": (5.0, 0.5, 0.5)}, 10 / 3, 10.0),
    "8 100 kVp": (
        [(0, 2, 2, 2, 4, 146, 0, 2), (0, 10, 2, 2, 4, 225, 0, 2), (0, 20, 2, 2, 4, 226, 0, 2)],
        {"kvp": 100}, 6.0, 12.0),
    "9 anisotropic": (
        [(0, 2, 2, 1, 5, 260, 0, 2), (0, 10, 2, 1, 4, 260, 0, 2)], {"spacing": (3.0, 0.6, 0.4)}, 2.4, 3.6),
    "10 edges": (
        [(0, 2 + 4 * i, 2, 2, 2, v, 0, 2) for i, v in enumerate((129, 130, 199, 200, 299, 300, 399, 400))],
        {}, 16.0, 21.0),
    "13 two arteries in one component": ([(0, 2, 2, 2, 2, 180, 0, 1), (0, 2, 4, 2, 3, 260, 350, 2)], {}, 7.5, None),
    "14 touches what is not counted": ([(0, 2, 2, 2, 3, 220, 0, 4), (0, 2, 5, 2, 3, 600, 0, 6)], {}, 3.0, None),
    "15 painted below the limit": ([(0, 2, 2, 2, 3, 220, 0, 2), (0, 2, 5, 2, 2, 110, 0, 2)], {}, 3.0, None),
    "16 nothing": ([], {}, 0.0, 0.0),
    "17 bright but label 0": ([(0, 2, 2, 2, 3, 220, 0, 0)], {}, 0.0, 0.0),
    "19 very bright": ([(0, 2, 2, 2, 3, 1400, 0, 2), (0, 10, 2, 2, 3, 2500, 0, 5)], {}, 12.0, None),
}  # fmt: skip


@pytest.mark.parametrize("name", HAND)
def test_hand_vectors(name):
    parts, how, agatston, volume = HAND[name]
    slices = max([p[0] for p in parts], default=0) + 1
    score = total(*blocks(*parts, shape=(slices, 40, 40)), **how)
    assert score.agatston == pytest.approx(agatston, abs=1e-9)
    if volume is not None:
        assert score.volume_mm3 == pytest.approx(volume, abs=1e-9)


def test_mass_by_hand():
    hu, labels = blocks((0, 2, 2, 2, 4, 150, 0, 2))
    assert total(hu, labels).mass_mg == pytest.approx(6.0 * 150 * 0.1 / 130)
    hu, labels = blocks((0, 2, 2, 2, 2, 150, 0, 2), (0, 2, 4, 2, 2, 250, 0, 2))
    assert total(hu, labels, mass_factor=0.0008).mass_mg == pytest.approx(0.96)


def test_two_arteries_share_one_component():
    hu, labels = blocks((0, 2, 2, 2, 2, 180, 0, 1), (0, 2, 4, 2, 3, 260, 350, 2))
    scores = score_labels(hu, labels, Grid(hu.shape, (3.0, 0.5, 0.5)), rule_set())
    assert (scores[1].agatston, scores[2].agatston) == pytest.approx((3.0, 4.5))


def test_callister_by_hand():
    hu, labels = blocks((1, 2, 2, 2, 2, 450, 0, 2), shape=(3, 20, 20), background=50)
    grid, rules = Grid(hu.shape, (3.0, 0.5, 0.5)), rule_set()
    assert isotropic(hu, labels, grid, rules) == pytest.approx(4.5)


def decoded(entry, shape):
    if isinstance(entry, dict):
        values, counts = entry["rle"][::2], entry["rle"][1::2]
        return np.repeat(np.array(values, np.int32), counts).reshape(shape)
    return np.array(entry, np.int32).reshape(shape)


def arrays_of(v):
    hu = decoded(v["hu"], v["shape_zyx"]).astype(np.int16)
    labels = decoded(v["labels"], v["shape_zyx"])
    dy, dx = v["spacing_yx_mm"]
    return hu, np.where((labels >= 1) & (labels <= 5), labels, 0), Grid(hu.shape, (v["increment_mm"], dy, dx))


@pytest.fixture(scope="module")
def vectors(shared):
    found = json.loads((shared / "reference" / "agatston_vectors.json").read_text())["vectors"]
    assert len(found) == 68
    return found


def same(got, want):
    return math.isnan(got) if want is None else got == pytest.approx(want, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_reference_vectors(vectors, name):
    for v in vectors:
        want, kvp = v["expected"][name], v["kvp"]
        if not knows_kvp(name, kvp):
            assert set(want.values()) == {None}, v["id"]
            continue
        hu, labels, grid = arrays_of(v)
        rules = rule_set(name, kvp, v.get("thickness_mm"))
        found = counted(pixels_of(hu, labels), grid, rules)
        total = total_of(found, grid, rules, v.get("mass_factor"))
        for key in QUANTITIES:
            assert same(getattr(total, key), want[key]), (v["id"], key)
        assert rules.per_lesion == (want["arteries"] is not None)
        if rules.per_lesion:
            scores = scores_by_label(found, grid, rules, v.get("mass_factor"))
            for label, artery in ARTERIES.items():
                for key, number in want["arteries"][artery].items():
                    assert same(getattr(scores.get(label, Score()), key), number), (v["id"], artery, key)
        if name == "literature":
            assert same(isotropic(hu, labels, grid, rules), want["volume_isotropic_mm3"]), v["id"]


def test_vendor_rows_are_not_there_at_other_voltages():
    for name in ("siemens", "philips", "canon", "ge"):
        assert rule_set(name, 100).edges_hu == (147, 200, 300, 400)
        with pytest.raises(KeyError):
            rule_set(name, 80)
        rules, (found,) = limit_for(Acquisition(kvp=80), name)
        assert found.severity is Severity.REFUSAL
    assert rule_set("horos", 80).limit_hu == 130


def slow_score(hu, labels, grid, rules):
    """Flood fill, slice by slice; shares nothing with the scorer."""
    raw = {}
    for z in range(hu.shape[0]):
        free = {(int(y), int(x)) for y, x in np.argwhere((labels[z] > 0) & (hu[z] >= rules.edges_hu[0]))}
        while free:
            stack, pixels = [free.pop()], []
            while stack:
                y, x = stack.pop()
                pixels.append((y, x))
                for q in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                    if q in free:
                        free.remove(q)
                        stack.append(q)
            if len(pixels) * grid.pixel_mm2 < 1.0 - 1e-9:
                continue
            peak = max(int(hu[z, y, x]) for y, x in pixels)
            weight = sum(peak >= edge for edge in rules.edges_hu)
            for y, x in pixels:
                raw[int(labels[z, y, x])] = raw.get(int(labels[z, y, x]), 0.0) + weight * grid.pixel_mm2
    return raw


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    kvp=st.sampled_from(sorted(KVP_EDGES_HU)),
    spacing=st.tuples(st.floats(0.5, 5), st.floats(0.3, 0.9), st.floats(0.3, 0.9)),
)
def test_equals_slow_scorer(seed, kvp, spacing):
    rng = np.random.default_rng(seed)
    hu = rng.integers(60, 480, (3, 16, 16)).astype(np.int16)
    labels = rng.integers(0, 4, hu.shape).astype(np.int32)
    grid, rules = Grid(hu.shape, spacing), rule_set("literature", kvp)
    got = {k: s.agatston_raw for k, s in score_labels(hu, labels, grid, rules).items() if s.agatston_raw}
    assert got == pytest.approx(slow_score(hu, labels, grid, rules))


def test_total_does_not_depend_on_names():
    rng = np.random.default_rng(3)
    hu = rng.integers(60, 480, (3, 20, 20)).astype(np.int16)
    labels = rng.integers(0, 6, hu.shape).astype(np.int32)
    renamed = np.where(labels > 0, 6 - labels, 0).astype(np.int32)
    assert total(hu, labels).agatston == pytest.approx(total(hu, renamed).agatston)
