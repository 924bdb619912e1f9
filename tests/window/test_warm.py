"""The first edit finds what it needs."""

from cacviewer.core.assess import assessed
from cacviewer.core.edits import GiveArtery, applied
from cacviewer.core.lesions import Artery
from cacviewer.ui.store import SessionStore
from cacviewer.ui.warm import ScorerWarmth, remember_scores


def keys(memo):
    return {(what, key) for what in memo for key in memo[what]}


def test_an_edit_after_the_warming_scores_nothing_new(volume, case):
    memo = {}
    remember_scores(case, volume.hu, memo)
    known = keys(memo)
    assert known
    edit = GiveArtery((case.scored[0].id,), Artery.LM)
    shown = applied(case, (edit,), volume.hu, memo)
    assert keys(memo) == known
    fresh = applied(case, (edit,), volume.hu)
    assert shown.scores == fresh.scores
    assert shown.stability == fresh.stability


def test_a_result_on_the_desk_is_warmed(volume, anatomy, case, qtbot):
    store = SessionStore()
    warmth = ScorerWarmth(store)
    store.show_volume(volume)
    store.show_anatomy(anatomy)
    store.show_case(case)
    expected = {}
    assessed(case, volume.hu, expected)
    qtbot.waitUntil(lambda: keys(store.session.memo) == keys(expected), timeout=20_000)
    warmth.deleteLater()


def test_nothing_is_scored_for_a_study_that_is_gone(volume, case):
    memo = {}
    remember_scores(case, volume.hu, memo, lambda: False)
    assert memo == {}
