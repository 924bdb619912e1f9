"""The printed number and its classes (clinical-rules.md 6 and 10.12)."""

import json

import pytest

from cacviewer.core.categories import (
    cac_drs,
    classic5,
    distance_to_next,
    maron_stage,
    reported,
    reported_text,
)

EDGES = [
    (0, 0, "0", "A0", "0"), (0.2, 1, "1-10", "A1", "1-2"), (1.4, 1, "1-10", "A1", "1-2"),
    (10.49, 10, "1-10", "A1", "1-2"), (10.5, 11, "11-100", "A1", "1-2"), (99.5, 100, "11-100", "A2", "2"),
    (100.4, 100, "11-100", "A2", "2"), (100.5, 101, "101-400", "A2", "2"), (299.5, 300, "101-400", "A3", "3"),
    (400.49, 400, "101-400", "A3", "3"), (400.5, 401, ">400", "A3", "3"), (999.5, 1000, ">400", "A3", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("s", "r", "classic", "a", "maron"), EDGES)
def test_edges(s, r, classic, a, maron):
    assert (reported(s), classic5(r), cac_drs(r, [1.0])[:2], maron_stage(r)) == (r, classic, a, maron)


@pytest.mark.parametrize(
    ("r", "vessels", "unassigned", "label"),
    [(0, 0, False, "A0/N0"), (1, 1, False, "A1/N1"), (1, 0, True, "A1/N?"), (57, 3, True, "A1/N3+"),
     (100, 2, True, "A2/N2+"), (299, 3, False, "A2/N3"), (300, 4, False, "A3/N4"), (1000, 4, True, "A3/N4")],
)  # fmt: skip
def test_cac_drs_strings(r, vessels, unassigned, label):
    assert cac_drs(r, [1.0] * vessels + [0.0] * (4 - vessels), float(unassigned)) == label


@pytest.mark.parametrize(
    ("r", "r75", "stage"), [(67, 68, "1"), (68, 68, "2"), (4, 5, "1"), (299, None, "2"), (1, 0, "2")]
)
def test_maron_with_percentile(r, r75, stage):
    assert maron_stage(r, r75) == stage


def test_small_scores_are_never_printed_as_zero():
    assert reported_text(0.4) == "1 (0.4)"
    assert reported_text(0.0) == "0"
    assert reported_text(367.389) == "367"
    with pytest.raises(ValueError, match="negative"):
        reported(-1)


def test_distance_to_next_class():
    assert distance_to_next(0) == (1, "1-10")
    assert distance_to_next(95) == (6, "101-400")
    assert distance_to_next(401) is None


def test_reference_file(shared):
    data = json.loads((shared / "reference" / "agatston_vectors.json").read_text())
    for row in data["category_edges"]:
        r = reported(row["agatston"])
        got = (r, classic5(r), cac_drs(r, [1.0])[:2], maron_stage(r))
        assert got == (row["reported"], row["classic"], row["cac_drs_a"], row["maron_stage"])
    for row in data["cac_drs_labels"]:
        vessels = [1.0] * row["vessels"]
        assert cac_drs(row["reported"], vessels, float(row["unassigned"])) == row["label"]
