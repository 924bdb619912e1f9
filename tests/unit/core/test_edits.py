"""Edits: what each does to lesions and score, undo and redo, and that one by one equals all at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.brush import Brush, swept
from cacviewer.core.case import Review
from cacviewer.core.edits import (
    AddLesion,
    ChangeLimit,
    Erase,
    GiveArtery,
    Merge,
    Paint,
    Reject,
    Restore,
    applied,
    changed,
    split_of,
)
from cacviewer.core.geometry import slices_of
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.painting import erased, grown_lesion, painted
from cacviewer.core.runs import VoxelRuns, runs_of
from cacviewer.core.session import (
    Session,
    edited,
    lost,
    redone,
    replayed,
    reviewed,
    undone,
    with_result,
)
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
from cacviewer.core.volume import Volume

from .scenes import GRID, case, scene


@pytest.fixture(scope="module")
def volume():
    hu = scene()[0]
    hu.flags.writeable = False
    return Volume(hu, GRID, Acquisition(120.0, 3.0, GRID.increment_mm), SeriesInfo(), Verdict.READY)


@pytest.fixture(scope="module")
def automatic(volume):
    return case(*scene())


@pytest.fixture
def session(volume, automatic):
    return with_result(Session(volume=volume), automatic)


def after(automatic, volume, *edits):
    return applied(automatic, edits, volume.hu)


def voxels_of(case_, lesion_id):
    lesion = case_.lesion(lesion_id)
    mask = np.zeros(GRID.shape_zyx, bool)
    mask[slices_of(lesion.box)] = lesion.voxels
    return mask


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_runs_give_the_mask_back(seed):
    rng = np.random.default_rng(seed)
    mask = rng.random(tuple(rng.integers(1, 6, 3))) < rng.random()
    runs = runs_of(mask, (3, 4, 5))
    if runs is None:
        assert not mask.any()
        return
    whole = np.zeros((12, 12, 12), bool)
    whole[slices_of(runs.box)] = runs.mask()
    z, y, x = mask.shape
    assert (whole[3 : 3 + z, 4 : 4 + y, 5 : 5 + x] == mask).all()
    assert whole.sum() == mask.sum() == runs.count


def test_runs_that_do_not_fill_their_box_are_refused():
    with pytest.raises(ValueError, match="fill"):
        VoxelRuns((0, 0, 0, 1, 2, 2), (1, 2)).mask()


def test_a_disc_is_round_in_mm_and_stays_in_its_slice():
    middle = GRID.lps_mm((10, 30, 30))
    box, mask = swept(GRID, [middle], Brush(2.0))
    assert (box[0], box[3]) == (10, 11)
    index = np.argwhere(mask) + box[:3]
    distance = np.linalg.norm((index - (10, 30, 30)) * GRID.spacing_mm, axis=1)
    assert distance.max() <= 2.0 + 1e-9
    everything = np.argwhere(np.ones(GRID.shape_zyx, bool))[:, :]
    in_slice = everything[everything[:, 0] == 10]
    inside = np.linalg.norm((in_slice - (10, 30, 30)) * GRID.spacing_mm, axis=1) <= 2.0 + 1e-9
    assert inside.sum() == mask.sum()


def test_a_ball_goes_through_slices_and_a_stroke_has_no_gaps():
    a, b = GRID.lps_mm((6, 20, 20)), GRID.lps_mm((6, 20, 50))
    ball, _ = swept(GRID, [a], Brush(2 * GRID.increment_mm, solid=True))
    assert (ball[0], ball[3]) == (4, 9)
    box, mask = swept(GRID, [a, b], Brush(1.0))
    row = mask[0, 20 - box[1]]
    assert row[20 - box[2] : 51 - box[2]].all()
    assert swept(GRID, [GRID.lps_mm((-90, 0, 0))], Brush(1.0)) is None


def test_paint_below_the_limit_is_left_out(automatic, volume):
    lesion = automatic.scored[0]
    z0, y0, x0, z1, y1, x1 = lesion.box
    box = (z0, y0 - 2, x0 - 2, z1, y1 + 2, x1 + 2)
    mask = np.ones([b - a for a, b in zip(box[:3], box[3:], strict=True)], bool)
    proposal = painted(automatic, volume.hu, box, mask, lesion.id)
    assert proposal.edit is None  # all of it that is bright is in the lesion already
    assert proposal.below_limit == mask.sum() - lesion.voxel_count
    assert proposal.limit_hu == 130


def test_erase_then_paint_gives_the_score_back(automatic, volume):
    lesion = automatic.scored[0]
    z0, y0, x0, *_ = lesion.box
    box = (z0, y0, x0, z0 + 1, y0 + 3, x0 + 3)
    mask = np.ones((1, 3, 3), bool)
    erase = erased(automatic, box, mask)
    assert erase.lesion_ids == (lesion.id,)
    smaller = after(automatic, volume, erase)
    assert smaller.lesion(lesion.id).voxel_count == lesion.voxel_count - erase.voxels.count
    assert smaller.scores.total.agatston < automatic.scores.total.agatston
    back = painted(smaller, volume.hu, box, mask, lesion.id).edit
    again = changed(smaller, back, volume.hu)
    assert again.scores == automatic.scores
    assert (again.lesion(lesion.id).voxels == lesion.voxels).all()


def test_a_lesion_that_is_erased_whole_is_gone(automatic, volume):
    lesion = automatic.scored[0]
    shown = after(automatic, volume, Erase((lesion.id,), runs_of(lesion.voxels, lesion.box[:3])))
    assert lesion.id not in {s.id for s in shown.lesions}


def test_painting_takes_voxels_from_the_lesion_that_had_them(automatic, volume):
    mine, other = automatic.scored[0], automatic.other[0]
    shown = after(automatic, volume, Paint((mine.id,), runs_of(other.voxels, other.box[:3])))
    assert other.id not in {s.id for s in shown.lesions}
    assert shown.lesion(mine.id).voxel_count == mine.voxel_count + other.voxel_count
    total = sum(s.voxel_count for s in automatic.lesions)
    assert sum(s.voxel_count for s in shown.lesions) == total


def test_a_click_grows_what_hangs_together_and_nothing_else(automatic, volume):
    gone = automatic.scored[0]
    empty = after(automatic, volume, Erase((gone.id,), runs_of(gone.voxels, gone.box[:3])))
    seed = tuple(int(round(v)) for v in GRID.index_zyx(gone.centroid_lps_mm))
    edit = grown_lesion(empty, volume.hu, seed, artery=Artery.LM)
    shown = changed(empty, edit, volume.hu)
    assert edit.lesion_ids == (gone.id,)  # the place of the peak, as the finder names it
    assert (voxels_of(shown, gone.id) == voxels_of(automatic, gone.id)).all()
    assert shown.lesion(gone.id).artery is Artery.LM
    assert shown.scores.total.agatston == pytest.approx(automatic.scores.total.agatston)
    assert grown_lesion(automatic, volume.hu, seed) is None  # it belongs to a lesion
    forbidden = np.ones(GRID.shape_zyx, bool)
    assert grown_lesion(empty, volume.hu, seed, forbidden=forbidden) is None
    assert grown_lesion(empty, volume.hu, seed, heart=~forbidden) is None


def test_a_plane_splits_and_merge_joins(automatic, volume):
    lesion = automatic.scored[0]
    plane = (lesion.centroid_lps_mm, (1.0, 0.0, 0.0))
    split = split_of(automatic, lesion.id, volume.hu, plane)
    shown = after(automatic, volume, split)
    parts = [shown.lesion(i) for i in (lesion.id, *split.new_ids)]
    assert len(parts) == 2
    assert sum(p.voxel_count for p in parts) == lesion.voxel_count
    assert shown.scores.total.agatston == pytest.approx(automatic.scores.total.agatston)
    assert {p.artery for p in parts} == {lesion.artery}
    whole = changed(shown, Merge((lesion.id, *split.new_ids)), volume.hu)
    assert (voxels_of(whole, lesion.id) == voxels_of(automatic, lesion.id)).all()
    assert split_of(automatic, lesion.id, volume.hu, ((1e4, 0.0, 0.0), (1.0, 0.0, 0.0))) is None
    assert split_of(automatic, lesion.id, volume.hu, None) is None  # of one piece


def test_pieces_after_erasing_become_lesions(automatic, volume):
    lesion = max(automatic.scored, key=lambda s: s.box[5] - s.box[2])
    z0, y0, x0, z1, y1, x1 = lesion.box
    assert x1 - x0 >= 3
    box = (z0, y0, x0 + 1, z1, y1, x0 + 2)
    cut = erased(automatic, box, np.ones([b - a for a, b in zip(box[:3], box[3:], strict=True)], bool))
    shown = after(automatic, volume, cut)
    split = split_of(shown, lesion.id, volume.hu, None)
    assert len(split.new_ids) == 1
    assert len(changed(shown, split, volume.hu).lesions) == len(automatic.lesions) + 1


def test_other_calcium_is_counted_again(automatic, volume):
    other = next(s for s in automatic.other if s.kind is LesionClass.AORTA)
    shown = after(automatic, volume, Restore((other.id,)))
    assert shown.lesion(other.id).is_scored
    assert shown.scores.total.agatston > automatic.scores.total.agatston
    given_ = replace(automatic.scored[0], artery=Artery.RCA)
    start = replace(automatic, lesions=(given_, *automatic.lesions[1:]))
    back = applied(start, [Reject((given_.id,)), Restore((given_.id,))], volume.hu)
    assert back.lesion(given_.id).artery is Artery.RCA


def test_a_limit_of_its_own_gives_no_category(automatic, volume):
    lesion = max(automatic.scored, key=lambda s: s.max_hu)
    raised = after(automatic, volume, ChangeLimit((lesion.id,), lesion.max_hu))
    inside = volume.hu[slices_of(lesion.box)][lesion.voxels] >= lesion.max_hu
    assert raised.lesion(lesion.id).voxel_count == inside.sum()
    assert raised.category is None
    assert "limit_changed" in {f.code for f in raised.findings}
    back = changed(raised, ChangeLimit((lesion.id,), None), volume.hu)
    assert (back.lesion(lesion.id).voxels == lesion.voxels).all()
    assert back.category == automatic.category
    assert back.findings == automatic.findings
    out = changed(raised, Reject((lesion.id,)), volume.hu)
    assert out.category is not None  # what is not counted changes nothing


def test_undo_and_redo_without_limit(session, automatic):
    lesion = automatic.scored[0]
    arteries = [Artery.LM, Artery.LAD, Artery.RCA] * 20
    for artery in arteries:
        session = edited(session, GiveArtery((lesion.id,), artery))
    for artery in reversed(arteries[:-1]):
        session = undone(session)
        assert session.shown.lesion(lesion.id).artery is artery
    assert undone(session).shown is automatic
    assert undone(undone(session)).cursor == 0
    session = redone(session)
    assert session.shown.lesion(lesion.id).artery is arteries[1]
    session = edited(session, Reject((lesion.id,)))
    assert not session.can_redo


def test_a_reviewed_case_is_locked(session, automatic):
    edit = Reject((automatic.scored[0].id,))
    signed = reviewed(session, Review("Dr Roe", "2026-01-02T10:00:00+01:00"))
    assert signed.is_locked
    assert edited(signed, edit) is signed
    assert not signed.can_undo
    assert edited(reviewed(signed, None), edit).cursor == 1


def random_edit(rng, case_, hu):
    """An edit such as tools make, on a random lesion or place."""
    lesions = case_.lesions
    pick = lesions[rng.integers(len(lesions))] if lesions else None
    place = GRID.lps_mm(rng.integers((2, 8, 8), np.asarray(GRID.shape_zyx) - (2, 8, 8)))
    if pick is not None and rng.random() < 0.8:
        place = np.asarray(pick.centroid_lps_mm) + rng.normal(0, 1.5, 3)
    ids = (pick.id,) if pick else ("gone",)
    touched = swept(
        GRID, [place, place + rng.normal(0, 3, 3)], Brush(rng.uniform(0.5, 5), rng.random() < 0.5)
    )
    match rng.integers(9):
        case 0:
            return GiveArtery(ids, list(Artery)[rng.integers(5)])
        case 1:
            return Reject(ids)
        case 2:
            return Restore(ids)
        case 3 if touched:
            return painted(case_, hu, *touched, lesion_id=ids[0] if rng.random() < 0.5 else "").edit
        case 4 if touched:
            return erased(case_, *touched)
        case 5 if pick:
            plane = (
                (tuple(place.tolist()), tuple(rng.normal(0, 1, 3).tolist())) if rng.random() < 0.7 else None
            )
            return split_of(case_, pick.id, hu, plane)
        case 6 if len(lesions) > 1:
            return Merge(tuple(lesions[i].id for i in rng.choice(len(lesions), 2, replace=False)))
        case 7:
            return ChangeLimit(ids, int(rng.integers(90, 300)))
        case 8:
            seed = np.clip(np.round(GRID.index_zyx(place)), 0, np.asarray(GRID.shape_zyx) - 1).astype(int)
            return grown_lesion(case_, hu, tuple(seed.tolist()))
    return None


def same(a, b):
    assert a.scores == b.scores
    assert a.category == b.category
    assert a.stability == b.stability
    assert a.findings == b.findings
    assert [s.id for s in a.lesions] == [s.id for s in b.lesions]
    for mine, other in zip(a.lesions, b.lesions, strict=True):
        assert (mine.box, mine.kind, mine.artery, mine.limit_hu) == (
            other.box,
            other.kind,
            other.artery,
            other.limit_hu,
        )
        assert (mine.voxels == other.voxels).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_edits_one_by_one_equal_a_replay_of_all(volume, automatic, seed):
    rng = np.random.default_rng(seed)
    session = with_result(Session(volume=volume), automatic)
    entries = []
    for _ in range(14):
        turn = rng.random()
        if turn < 0.12 and session.can_undo:
            session, deed, edit = undone(session), Deed.UNDO, None
        elif turn < 0.2 and session.can_redo:
            session, deed, edit = redone(session), Deed.REDO, None
        else:
            edit = random_edit(rng, session.shown, volume.hu)
            if edit is None:
                continue
            session, deed = edited(session, edit), Deed.EDIT
        entries.append(Entry(deed, edit=edit))
    same(session.shown, applied(automatic, session.edits[: session.cursor], volume.hu))
    again = replayed(with_result(Session(volume=volume), automatic), entries)
    assert (again.edits, again.cursor) == (session.edits, session.cursor)
    same(session.shown, again.shown)
    owners = np.zeros(GRID.shape_zyx, int)
    for lesion in session.shown.lesions:
        owners[slices_of(lesion.box)] += lesion.voxels
        assert not lesion.voxels.flags.writeable
    assert owners.max(initial=0) <= 1  # nobody counts a voxel twice


def test_edits_of_lesions_that_a_new_result_lacks_are_lost(session, automatic):
    first, second = automatic.scored[:2]
    for edit in (Reject((first.id,)), GiveArtery((second.id,), Artery.RCA), Merge((second.id, first.id))):
        session = edited(session, edit)
    assert lost(session) == ()
    fewer = replace(automatic, lesions=tuple(s for s in automatic.lesions if s.id != first.id))
    again = with_result(session, fewer)
    assert lost(again) == ((session.edits[0], (first.id,)), (session.edits[2], (first.id,)))
    assert lost(undone(again)) == ((session.edits[0], (first.id,)),)


def test_a_new_lesion_keeps_out_what_is_below_the_limit(automatic, volume):
    runs = VoxelRuns((2, 10, 10, 3, 13, 13), (0, 9))
    bright = int((volume.hu[slices_of(runs.box)] >= 130).sum())
    shown = after(automatic, volume, AddLesion(("new",), runs))
    assert bright == 0
    assert "new" not in {s.id for s in shown.lesions}


def test_a_lowered_limit_counts_what_reaches_it_with_weight_one(automatic, volume):
    hu = np.array(volume.hu)
    lesion = max(automatic.scored, key=lambda s: s.max_hu)
    z, y, x = (int(round(v)) for v in GRID.index_zyx(lesion.centroid_lps_mm))
    x1 = lesion.box[5]
    hu[z, y : y + 2, x1 : x1 + 3] = 115  # beside it, below the limit
    shown = applied(automatic, [ChangeLimit((lesion.id,), 110)], hu)
    assert shown.lesion(lesion.id).voxel_count == lesion.voxel_count + 6
    more = shown.scores.total.volume_mm3 - automatic.scores.total.volume_mm3
    assert more == pytest.approx(6 * GRID.voxel_mm3)
    mass = shown.scores.total.mass_mg - automatic.scores.total.mass_mg
    assert mass == pytest.approx(6 * GRID.voxel_mm3 * 115 * automatic.mass.factor)
    alone = np.full_like(hu, 40)
    alone[z, y : y + 2, x1 : x1 + 3] = 115
    own = replace(lesion, box=(z, y, x1, z + 1, y + 2, x1 + 3), voxels=np.ones((1, 2, 3), bool), limit_hu=110)
    single = applied(replace(automatic, lesions=(own,)), [GiveArtery((own.id,), Artery.LAD)], alone)
    assert single.scores.total.agatston_raw == pytest.approx(6 * GRID.pixel_mm2)
    assert single.category is None
