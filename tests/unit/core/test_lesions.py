"""Candidates, classes, assessment, edits with undo."""

from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.assess import assessed, mass_calibration, scores_of
from cacviewer.core.blood import blood_of, findings_of
from cacviewer.core.candidates import find_candidates
from cacviewer.core.classify import metal_in_heart
from cacviewer.core.edits import GiveArtery, Reject, applied
from cacviewer.core.findings import CATALOGUE, finding
from cacviewer.core.labelled import touching
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.qualifier import qualifier
from cacviewer.core.rulesets import limit_for, rule_set
from cacviewer.core.scoring import Score, score_labels
from cacviewer.core.session import Session, edited, redone, undone
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
from cacviewer.core.volume import Volume

from .scenes import GRID, anatomy, case, scene


@pytest.fixture(scope="module")
def hu():
    return scene()[0]


@pytest.fixture(scope="module")
def automatic():
    return case(*scene())


def test_classes_with_reasons(automatic):
    kinds = [lesion.kind for lesion in automatic.lesions]
    assert kinds.count(LesionClass.CORONARY) == 2
    assert {LesionClass.AORTA, LesionClass.METAL, LesionClass.BONE} <= set(kinds)
    assert len(kinds) == 5  # the single pixel and the far blob are not listed
    assert all(lesion.reason for lesion in automatic.lesions)
    border = next(s for s in automatic.scored if s.max_hu == 180)
    assert "border" in border.reason


def test_ids_depend_on_place_not_on_order(automatic):
    hu, heart, aorta = scene()
    hu[3, 35:38, 60:63] = 300  # one more lesion
    ids = {lesion.id for lesion in case(hu, heart, aorta).lesions}
    assert {lesion.id for lesion in automatic.lesions} < ids


def test_scores_add_up(automatic):
    scores = automatic.scores
    assert scores.total.agatston == pytest.approx((16 * 4 + 16 * 2) * 0.25 + 18 * 0.25)
    assert scores.lesions == 2
    assert sum(s.agatston for s in scores.by_lesion.values()) == pytest.approx(scores.total.agatston)
    assert automatic.category.label == "11-100"
    assert automatic.category.cac_drs == "A1/N?"
    assert {f.code for f in automatic.findings} - {"category_edge"} == {
        "artery_unassigned",
        "mass_uncalibrated",
    }


def blob(z, y, x, shape, name):
    voxels = np.ones(shape, bool)
    box = (z, y, x, z + shape[0], y + shape[1], x + shape[2])
    return Lesion(
        name, box, voxels, LesionClass.CORONARY, Artery.LAD, "", 1.0, (0, 0, 0), 0, 0.0, voxels.size
    )


def test_box_by_box_equals_the_whole_volume():
    rng = np.random.default_rng(1)
    hu = rng.integers(60, 480, GRID.shape_zyx).astype(np.int16)
    lesions = [
        blob(int(z), int(y), int(x), (2, 6, 6), f"b{i}")
        for i, (z, y, x) in enumerate(rng.integers((0, 0, 0), (10, 60, 60), (40, 3)))
    ]
    labels = np.zeros(hu.shape, np.int32)
    for number, lesion in enumerate(lesions, start=1):
        z0, y0, x0, z1, y1, x1 = lesion.box
        labels[z0:z1, y0:y1, x0:x1] = number
    whole = sum(score_labels(hu, labels, GRID, rule_set()).values(), Score())
    apart = scores_of(lesions, hu, GRID, rule_set(), rule_set().default_mass_factor)
    assert apart.total.agatston == pytest.approx(whole.agatston)
    assert apart.total.volume_mm3 == pytest.approx(whole.volume_mm3)
    assert len(touching(lesions)) < len(lesions)


def test_edits_undo_redo(automatic, hu):
    volume = Volume(hu, GRID, Acquisition(), SeriesInfo(), Verdict.READY)
    first, second = automatic.scored
    start = Session(volume=volume, automatic=automatic, shown=automatic)
    given = edited(start, GiveArtery((first.id,), Artery.LAD))
    assert given.shown.scores.by_artery[Artery.LAD] == automatic.scores.by_lesion[first.id]
    assert given.shown.scores.total.agatston == pytest.approx(automatic.scores.total.agatston)
    rejected = edited(given, Reject((second.id,)))
    assert rejected.shown.lesion(second.id).kind is LesionClass.REJECTED
    assert rejected.shown.scores.total == automatic.scores.by_lesion[first.id]
    assert rejected.shown.category.cac_drs == "A1/N1"
    assert undone(rejected).shown.scores.total == given.shown.scores.total
    assert undone(undone(rejected)).shown is automatic
    assert redone(undone(rejected)).shown.scores.total == rejected.shown.scores.total
    assert not edited(undone(rejected), Reject((first.id,))).can_redo
    assert automatic.scores.lesions == 2  # never changed


def test_other_calcium_can_be_counted(automatic, hu):
    aortic = next(s for s in automatic.other if s.kind is LesionClass.AORTA)
    shown = applied(automatic, [GiveArtery((aortic.id,), Artery.LM)], hu)
    assert shown.scores.by_artery[Artery.LM].agatston == pytest.approx(9 * 0.25 * 3)
    assert "counted by the reader" in shown.lesion(aortic.id).reason
    assert applied(automatic, [Reject(("no such id",))], hu).scores.total == automatic.scores.total


def test_refusal_gives_no_number(automatic, hu):
    refused = assessed(
        replace(
            automatic,
            findings=(finding("contrast_seen", place="ascending aorta", blood_hu=300, limit_hu=80),),
        ),
        hu,
    )
    assert refused.scores is None
    assert refused.category is None


def test_cut_heart_gives_no_category(automatic, hu):
    cut = assessed(replace(automatic, findings=(finding("fov_cut", where="left"),)), hu)
    assert cut.scores.total == automatic.scores.total
    assert cut.category is None


def test_contrast_and_noise_in_the_aorta():
    hu, heart, aorta = scene()
    assert findings_of(blood_of(hu, GRID, anatomy(heart, aorta))) == ()
    rng = np.random.default_rng(0)
    noisy = (hu + rng.normal(0, 30, hu.shape)).astype(np.int16)
    assert [f.code for f in findings_of(blood_of(noisy, GRID, anatomy(heart, aorta)))] == ["noise_high"]
    hu[aorta] += 300
    assert [f.code for f in findings_of(blood_of(hu, GRID, anatomy(heart, aorta)))] == ["contrast_seen"]


def test_without_an_aorta_the_heart_shows_contrast():
    hu, heart, aorta = scene()
    nothing = np.zeros_like(aorta)
    assert findings_of(blood_of(hu, GRID, anatomy(heart, nothing))) == ()
    hu[heart] += 200
    (found,) = findings_of(blood_of(hu, GRID, anatomy(heart, nothing)))
    assert found.code == "contrast_seen"
    assert "heart" in found.message
    assert blood_of(hu, GRID, replace(anatomy(heart, nothing), heart_box=None)) is None


def test_one_bright_voxel_does_not_make_a_plaque_metal():
    hu, heart, aorta = scene()
    hu[5, 41, 31] = 1510
    kinds = {lesion.max_hu: lesion.kind for lesion in case(hu, heart, aorta).lesions}
    assert kinds[1510] is LesionClass.CORONARY
    assert kinds[1700] is LesionClass.METAL  # bright through and through


def test_metal_at_the_heart_is_said():
    hu, heart, aorta = scene()
    candidates = find_candidates(hu, GRID, 130, 1.0, heart, aorta)
    (found,) = metal_in_heart(candidates, GRID)
    assert found.code == "metal_suspected"
    hu[hu == 1700] = 40
    assert metal_in_heart(find_candidates(hu, GRID, 130, 1.0, heart, aorta), GRID) == ()


def test_lesions_too_small_to_score_are_listed():
    hu, heart, aorta = scene()
    hu[3, 35, 60:63] = 200  # 0.75 mm2
    found = case(hu, heart, aorta)
    (small,) = (lesion for lesion in found.scored if lesion.max_hu == 200)
    assert found.scores.by_lesion[small.id].agatston == 0
    assert found.scores.lesions == 2
    assert found.stability.members["minimum area 0.5 mm2"] > found.scores.total.agatston


@pytest.mark.parametrize(
    ("acquisition", "limit", "codes"),
    [
        (Acquisition(kvp=120), 130, []),
        (Acquisition(kvp=118), 130, []),
        (Acquisition(), 130, ["kvp_missing"]),
        (Acquisition(kvp=100), 147, ["kvp_not_120"]),
        (Acquisition(kvp=100, kv_independent_kernel=True), 130, ["kv_independent_kernel"]),
        (Acquisition(kvp=100, tin_filter=True), 130, ["tin_filter"]),
        (Acquisition(tin_filter=True), 130, ["kvp_missing", "tin_filter"]),
        (Acquisition(kvp=150), 130, ["kvp_not_120"]),
    ],
)
def test_limit_by_tube_voltage(acquisition, limit, codes):
    rules, found = limit_for(acquisition)
    assert rules.limit_hu == limit
    assert [f.code for f in found] == codes


def test_interpolated_limit_says_so_and_outside_the_table_is_refused():
    (found,) = limit_for(Acquisition(kvp=110))[1]
    assert "estimate" in found.message
    assert limit_for(Acquisition(kvp=150))[1][0].severity == "refusal"


def test_mass_calibration_order():
    rules = rule_set()
    device = (0.743, 0.779, 0.812)
    assert mass_calibration(Acquisition(mass_factor_device=device), rules).factor == pytest.approx(0.000779)
    both = Acquisition(mass_factor_device=device, mass_factor_patient=0.8)
    assert mass_calibration(both, rules).factor == pytest.approx(0.0008)
    absurd = mass_calibration(Acquisition(mass_factor_patient=7.0), rules)
    assert (absurd.factor, absurd.calibrated) == (pytest.approx(0.1 / 130), False)


def test_every_finding_has_a_sentence():
    for code in CATALOGUE:
        assert finding(code).message.endswith((".", ")"))
    with pytest.raises(KeyError):
        finding("no such code")


def test_values_are_read_only(automatic):
    with pytest.raises(ValueError, match="read-only"):
        automatic.lesions[0].voxels[0] = False


def test_remembered_scores_equal_fresh_ones(automatic, hu):
    volume = Volume(hu, GRID, Acquisition(), SeriesInfo(), Verdict.READY)
    session = Session(volume=volume, automatic=automatic, shown=automatic)
    ids = [lesion.id for lesion in automatic.lesions]
    edits = [
        GiveArtery((ids[0],), Artery.LAD),
        Reject((ids[1],)),
        GiveArtery((ids[2],), Artery.RCA),
        Reject((ids[0],)),
    ]
    for edit in edits:
        session = edited(session, edit)
        fresh = applied(automatic, session.edits[: session.cursor], hu)
        assert session.shown.scores == fresh.scores
        assert session.shown.stability == fresh.stability
        assert session.shown.findings == fresh.findings


@pytest.mark.parametrize(
    ("findings", "word"),
    [
        ((), ""),
        ((finding("fov_cut"),), "at least"),
        ((finding("tin_filter"),), "estimate"),
        ((finding("kvp_not_120", kvp=110),), "estimate"),
        ((finding("kvp_not_120", kvp=100),), ""),
    ],
)
def test_what_stands_beside_the_total(findings, word):
    assert qualifier(findings) == word
