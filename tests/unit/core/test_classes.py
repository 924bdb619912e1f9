"""Classes and arteries on digital chests: with true masks, with masks that are wrong, and in noise."""

from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.arteries import distances_mm, pose_of, proposed_artery
from cacviewer.core.candidates import find_candidates
from cacviewer.core.classify import classify
from cacviewer.core.evidence import surroundings_of
from cacviewer.core.geometry import Grid
from cacviewer.core.heart_frame import frame_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, Artery, LesionClass
from cacviewer.core.noise import smoothed_at
from cacviewer.core.terrain import terrain_of
from cacviewer.phantom import generate, parameters_for


@pytest.fixture(scope="module")
def chest():
    return generate(
        parameters_for(11, spacing_mm=0.8, fov_mm=200.0, thickness_mm=3.0, noise_sd_hu=14.0, load=400.0)
    )


@pytest.fixture(scope="module")
def noisy():
    empty = parameters_for(
        12, spacing_mm=0.8, fov_mm=200.0, thickness_mm=3.0, noise_sd_hu=30.0, lesions=0, decoys=False
    )
    return generate(empty)


@pytest.fixture(scope="module")
def lesions(chest):
    return found(chest)


def found(phantom, heart=None, aorta=None):
    heart = phantom.heart if heart is None else heart
    aorta = phantom.aorta if aorta is None else aorta
    candidates = find_candidates(phantom.hu, phantom.grid, 130, 1.0, heart, aorta)
    return classify(
        candidates, phantom.grid, surroundings_of(candidates, phantom.hu, phantom.grid, 130, heart, aorta)
    )


def label_of(lesion, phantom):
    z0, y0, x0, z1, y1, x1 = lesion.box
    inside = phantom.calcium[z0:z1, y0:y1, x0:x1][lesion.voxels]
    return int(np.bincount(inside[inside > 0]).argmax()) if inside.any() else 0


def moved(mask, z, y, x):
    return np.roll(mask, (z, y, x), axis=(0, 1, 2))


def test_coronary_calcium_and_nothing_else_is_counted(chest, lesions):
    assert {label_of(lesion, chest) for lesion in lesions if lesion.is_scored} >= {2}
    for lesion in lesions:
        assert lesion.is_scored == (1 <= label_of(lesion, chest) <= 5), lesion.reason


def test_an_aorta_some_millimetres_off_changes_nothing(chest, lesions):
    counted = {lesion.id for lesion in lesions if lesion.is_scored}
    for shift in ((1, 0, 0), (-1, 0, 0), (0, 4, 0), (0, 0, -4)):
        again = {lesion.id for lesion in found(chest, aorta=moved(chest.aorta, *shift)) if lesion.is_scored}
        assert again == counted, shift


def test_every_decoy_has_a_class_and_a_reason(chest, lesions):
    kinds = {lesion.kind for lesion in lesions if label_of(lesion, chest) == 6}
    assert {LesionClass.AORTA, LesionClass.VALVE} <= kinds
    assert LesionClass.CORONARY not in kinds
    assert all(lesion.reason and 0 <= lesion.confidence <= 1 for lesion in lesions)


def test_arteries_are_proposed_with_a_confidence(chest, lesions):
    arteries = {number: artery for artery, number in LABEL_OF_ARTERY.items()}
    scored = [lesion for lesion in lesions if lesion.is_scored]
    named = [lesion for lesion in scored if lesion.artery is not Artery.UNASSIGNED]
    right = [lesion for lesion in named if lesion.artery is arteries[label_of(lesion, chest)]]
    assert len(named) >= len(scored) / 2
    assert len(right) >= 0.8 * len(named)
    assert all(lesion.artery_confidence > 0 for lesion in named)
    assert all(lesion.artery_confidence == 0 for lesion in scored if lesion not in named)


def test_noise_is_listed_and_not_counted(noisy):
    lesions = found(noisy)
    assert sum(lesion.kind is LesionClass.NOISE for lesion in lesions) >= 3
    assert not [lesion for lesion in lesions if lesion.is_scored]


def test_a_small_plaque_is_seen_in_the_same_noise(noisy):
    hu = noisy.hu.copy()
    frame = frame_of(terrain_of(hu, noisy.grid, 130, noisy.heart, noisy.aorta), noisy.grid)
    z, y, x = np.rint(noisy.grid.index_zyx(frame.centre_lps_mm)).astype(int)
    row = y - int(np.flatnonzero(noisy.heart[z, :y, x][::-1] == 0)[0]) + 3  # under the front border
    hu[z, row - 3 : row + 4, x - 4 : x + 5] = -90
    hu[z, row : row + 2, x : x + 2] = 300
    lesions = found(replace(noisy, hu=hu))
    assert [lesion for lesion in lesions if lesion.is_scored and lesion.max_hu == 300]


def test_masks_without_an_aorta_still_give_classes(chest):
    lesions = found(chest, aorta=np.zeros_like(chest.aorta))
    assert any(lesion.is_scored for lesion in lesions)
    assert all(lesion.artery is Artery.UNASSIGNED for lesion in lesions)
    assert found(chest, heart=np.zeros_like(chest.heart), aorta=np.zeros_like(chest.aorta)) == ()


def test_the_frame_follows_the_patient(chest):
    def seen(grid):
        terrain = terrain_of(chest.hu, grid, 130, chest.heart, chest.aorta)
        return frame_of(terrain, grid)

    here = seen(chest.grid)
    x, y, z = chest.grid.origin_lps_mm
    there = seen(replace(chest.grid, origin_lps_mm=(x + 30, y - 20, z + 100)))
    assert there.annulus_lps_mm == pytest.approx(here.annulus_lps_mm + (30, -20, 100))
    assert there.axis_lps == pytest.approx(here.axis_lps)
    assert 10 < here.radius_mm < 25
    assert here.axis_lps[2] > 0.8
    assert 0 <= pose_of(here) <= 1


def test_courses_end_where_they_begin():
    for place, artery in (
        ((16, 9, 20), Artery.LM),
        ((60, -31, -12), Artery.LAD),
        ((-9, -23, -8), Artery.RCA),
    ):
        assert distances_mm(place)[artery] == pytest.approx(0, abs=1e-6)
        assert proposed_artery(place)[0] is artery
    assert proposed_artery((0.0, 0.0, 90.0)) == (Artery.UNASSIGNED, 0.0)


def test_smoothing_keeps_a_mean_and_spreads_a_peak():
    grid = Grid((3, 21, 21), (3.0, 0.5, 0.5))
    hu = np.full(grid.shape_zyx, 40, np.int16)
    here = np.array([[1, 10, 10]])
    assert smoothed_at(hu, grid, here, 0.7) == pytest.approx(40)
    hu[1, 10, 10] = 140
    assert smoothed_at(hu, grid, here, 0.0) == pytest.approx(140)
    assert 45 < smoothed_at(hu, grid, here, 0.7)[0] < 80
