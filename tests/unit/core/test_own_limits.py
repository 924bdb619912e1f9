"""A reader's limits of lesions: nothing vanishes, no category comes back, no progression, the same total everywhere."""

from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.assess import assessed
from cacviewer.core.case import Case, HeartSummary, MassCalibration
from cacviewer.core.comparison import compared as under_all_rules
from cacviewer.core.comparison import under_rules
from cacviewer.core.edits import ChangeLimit, GiveArtery, Merge, Paint, Reject, Restore, applied
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.progression import compared, measured
from cacviewer.core.rulesets import NAMES, rule_set
from cacviewer.core.runs import runs_of
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict

PIXEL_MM2 = 0.25
A, B, C = 16 * 4 * PIXEL_MM2, 16 * PIXEL_MM2, 18 * 3 * PIXEL_MM2
"""Agatston of A (16 px to 420 HU), B (16 px of 180), C (9 px of 350 and 9 of 150, one component)."""


def scan():
    hu = np.full((5, 40, 40), 40, np.int16)
    hu[2, 5:9, 5:9] = 250
    hu[2, 5, 5] = 420
    hu[2, 20:24, 20:24] = 180
    hu[2, 20:24, 24:28] = 110  # beside B, below the limit
    hu[2, 30:33, 30:33] = 350
    hu[2, 30:33, 33:36] = 150
    return hu


def lesion(name, box, artery, hu, kind=LesionClass.CORONARY):
    part = hu[box[0] : box[3], box[1] : box[4], box[2] : box[5]]
    return Lesion(
        name, box, part >= 130, kind, artery, "found", 1.0, (0.0, 0.0, 0.0), int(part.max()), 200.0, part.size
    )


@pytest.fixture(scope="module")
def hu():
    return scan()


@pytest.fixture(scope="module")
def automatic(hu):
    lesions = (
        lesion("A", (2, 5, 5, 3, 9, 9), Artery.LAD, hu),
        lesion("B", (2, 20, 20, 3, 24, 24), Artery.RCA, hu),
        lesion("C", (2, 30, 30, 3, 33, 36), Artery.LCX, hu),
    )
    case = Case(
        SeriesInfo(study_date="2026-03-04"), Acquisition(kvp=120.0, thickness_mm=3.0),
        Grid((5, 40, 40), (3.0, 0.5, 0.5)), "x", Verdict.READY, None, HeartSummary(True, 700.0, None, 1.0),
        rule_set(), MassCalibration(0.1 / 130, "", False), "threshold", lesions, None, None,
    )  # fmt: skip
    return assessed(case, hu)


def codes(case):
    return {f.code for f in case.findings}


def score(case):
    return case.scores.total.agatston


def test_what_does_not_reach_its_limit_stays_listed_and_there_is_no_category(automatic, hu):
    assert score(automatic) == A + B + C
    gone = applied(automatic, [ChangeLimit(("B",), 200)], hu)
    b = gone.lesion("B")
    assert (b.kind, b.limit_hu, b.artery) == (LesionClass.REJECTED, 200, Artery.RCA)
    assert b.reason == "nothing reaches the reader's limit of 200 HU (found)"
    assert (b.voxels == automatic.lesion("B").voxels).all()
    assert score(gone) == A + C
    assert gone.category is None
    assert "limit_changed" in codes(gone)
    none = applied(automatic, [ChangeLimit(("A", "B", "C"), 500)], hu)
    assert (score(none), none.category, len(none.other)) == (0, None, 3)


@pytest.mark.parametrize(
    "back",
    [ChangeLimit(("B",), None), ChangeLimit(("B",), 130), Restore(("B",)), GiveArtery(("B",), Artery.RCA)],
)
def test_it_comes_back_as_it_was(automatic, hu, back):
    edits = [ChangeLimit(("B",), 200), ChangeLimit(("B",), 300), back]
    case = applied(automatic, edits, hu)
    b, was = case.lesion("B"), automatic.lesion("B")
    assert (b.kind, b.limit_hu, b.reason) == (was.kind, None, was.reason)
    assert (b.voxels == was.voxels).all()
    assert score(case) == score(automatic)
    assert case.category == automatic.category
    assert case.findings == automatic.findings


def test_another_limit_that_it_reaches_counts_it_again(automatic, hu):
    case = applied(automatic, [ChangeLimit(("C",), 500), ChangeLimit(("C",), 200)], hu)
    c = case.lesion("C")
    assert (c.kind, c.limit_hu, c.reason, c.voxel_count) == (LesionClass.CORONARY, 200, "found", 9)
    assert case.category is None
    edits = [ChangeLimit(("C",), 500), ChangeLimit(("C",), 600)]
    assert (
        applied(automatic, edits, hu).lesion("C").reason
        == "nothing reaches the reader's limit of 600 HU (found)"
    )


def test_painting_what_reaches_the_limit_counts_it_again(automatic, hu):
    brighter = hu.copy()
    brighter[2, 20, 19] = 700
    painted = Paint(("B",), runs_of(np.ones((1, 1, 1), bool), (2, 20, 19)))
    b = applied(automatic, [ChangeLimit(("B",), 500), painted], brighter).lesion("B")
    assert (b.kind, b.voxel_count, b.max_hu, b.limit_hu) == (LesionClass.CORONARY, 1, 700, 500)


def test_other_calcium_stays_what_it_is(automatic, hu):
    aorta = replace(automatic.lesion("B"), kind=LesionClass.AORTA)
    start = assessed(replace(automatic, lesions=(automatic.lesion("A"), aorta)), hu)
    raised = applied(start, [ChangeLimit(("B",), 500)], hu)
    assert (raised.lesion("B").kind, raised.lesion("B").reason) == (LesionClass.AORTA, "found")
    assert raised.category is not None
    restored = applied(start, [ChangeLimit(("B",), 500), Restore(("B",))], hu)
    assert (score(restored), restored.lesion("B").limit_hu) == (A + B, None)
    rejected = applied(automatic, [Reject(("B",)), ChangeLimit(("B",), 500), ChangeLimit(("B",), None)], hu)
    assert rejected.lesion("B").kind is LesionClass.REJECTED  # the reader's word, not the limit's


@pytest.mark.parametrize(
    ("changes", "ids", "limit", "total"),
    [
        ([ChangeLimit(("C",), 200)], ("A", "C"), 200, A + 9 * 3 * PIXEL_MM2 + B),
        ([ChangeLimit(("C",), 200)], ("C", "B"), 200, A + 9 * 3 * PIXEL_MM2 + B),
        ([ChangeLimit(("B",), 100)], ("A", "B"), 100, A + 2 * B + C),
        (
            [ChangeLimit(("B",), 100), ChangeLimit(("C",), 200)],
            ("C", "B"),
            100,
            A + 2 * B + 9 * 3 * PIXEL_MM2,
        ),
    ],
)
def test_joined_lesions_keep_the_changed_limit_and_their_score(automatic, hu, changes, ids, limit, total):
    case = applied(automatic, [*changes, Merge(ids)], hu)
    assert score(applied(automatic, changes, hu)) == score(case) == total
    assert case.lesion(ids[0]).limit_hu == limit
    assert case.category is None
    assert "limit_changed" in codes(case)
    assert applied(automatic, [Merge(ids)], hu).category is not None


def test_joining_what_does_not_reach_its_limit(automatic, hu):
    changes = [ChangeLimit(("B",), 500), ChangeLimit(("C",), 600)]
    both = applied(automatic, [*changes, Merge(("B", "C"))], hu)
    whole = both.lesion("B")
    assert (whole.kind, whole.limit_hu, whole.voxel_count) == (LesionClass.REJECTED, 600, 34)
    assert whole.reason == "nothing reaches the reader's limit of 600 HU (found)"
    assert (score(both), both.category) == (A, None)
    with_a = applied(automatic, [*changes, Merge(("B", "A"))], hu)
    whole = with_a.lesion("B")
    assert (whole.kind, whole.artery, whole.limit_hu) == (LesionClass.CORONARY, Artery.LAD, 500)
    assert (score(with_a), with_a.category) == (A + B, None)


@pytest.mark.parametrize(("name", "limit"), [("B", 100), ("C", 200), ("B", 500)])
def test_a_changed_limit_gives_no_progression(automatic, hu, name, limit):
    case = applied(automatic, [ChangeLimit((name,), limit)], hu)
    before, now = replace(measured(automatic), study_date="2024-03-04"), measured(case)
    assert not before.limit_changed
    assert now.limit_changed
    assert compared(before, measured(automatic)).change.reason == ""
    assert compared(before, now).change.reason == "limit_changed"
    assert (
        compared(replace(now, study_date="2024-03-04"), measured(automatic)).change.reason == "limit_changed"
    )


@pytest.mark.parametrize(("name", "limit"), [("B", 100), ("C", 200), ("B", 500)])
def test_the_table_of_rule_sets_says_what_the_case_says(automatic, hu, name, limit):
    case = applied(automatic, [ChangeLimit((name,), limit)], hu)
    rows = {row.rules: row for row in under_all_rules(case, hu)}
    row = rows["literature"]
    assert row.agatston == score(case) != score(automatic)
    assert row.volume_mm3 == case.scores.total.volume_mm3
    assert row.mass == pytest.approx(case.scores.total.mass_mg)
    assert row.volume_isotropic_mm3 == pytest.approx(case.scores.volume_isotropic_mm3)
    for rules in NAMES:
        total = under_rules(case, rules, hu).scores.total
        if rows[rules].agatston is not None:
            assert rows[rules].agatston == pytest.approx(total.agatston), rules
        assert rows[rules].volume_mm3 == pytest.approx(total.volume_mm3), rules
