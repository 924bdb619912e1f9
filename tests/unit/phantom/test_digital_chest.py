"""Phantoms on coarse grids: what must hold for every seed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from cacviewer.phantom import generate, parameters_for
from cacviewer.phantom.chest import cavity_size
from cacviewer.phantom.deposits import AORTA_GAP_MM, ARTERIES_GAP_MM, plan_plaques
from cacviewer.phantom.heart_building import build_heart
from cacviewer.phantom.parameters import STREAM_ANATOMY

COARSE = {"spacing_mm": 1.5, "fov_mm": 210.0, "thickness_mm": 3.0, "noise_sd_hu": 12.0}
SEEDS = (0, 1, 3, 6, 7, 8)


@pytest.fixture(scope="module")
def phantoms():
    return {seed: generate(parameters_for(seed, decoys=False, **COARSE)) for seed in SEEDS}


@pytest.fixture(scope="module")
def with_decoys():
    return generate(parameters_for(1, decoys=True, **(COARSE | {"spacing_mm": 1.0})))


def heart_of(parameters):
    random = parameters.random(STREAM_ANATOMY)
    return build_heart(random, *cavity_size(random))


def coronary(phantom):
    return (phantom.calcium > 0) & (phantom.calcium < 6)


def test_the_same_seed_gives_the_same_voxels(phantoms):
    again = generate(parameters_for(3, decoys=False, **COARSE))
    assert np.array_equal(again.hu, phantoms[3].hu)
    assert again.truth == phantoms[3].truth
    assert not np.array_equal(phantoms[6].hu.shape, phantoms[7].hu.shape) or not np.array_equal(
        phantoms[6].hu, phantoms[7].hu
    )


def test_arrays_are_of_one_grid_and_read_only(phantoms):
    for phantom in phantoms.values():
        assert phantom.hu.dtype == np.int16
        for array in (phantom.hu, phantom.heart, phantom.aorta, phantom.calcium):
            assert array.shape == phantom.grid.shape_zyx
            assert not array.flags.writeable


def test_the_heart_is_one_piece_of_the_size_of_a_heart(phantoms):
    for phantom in phantoms.values():
        ml = phantom.heart.sum() * phantom.grid.voxel_mm3 / 1000
        assert 350 < ml < 1500
        assert ndimage.label(phantom.heart)[1] == 1
        assert (phantom.hu[phantom.heart] < -400).mean() < 0.005  # no lung in it


def test_calcium_lies_in_the_heart_and_not_in_the_aorta(phantoms):
    for phantom in phantoms.values():
        calcium = coronary(phantom)
        assert (phantom.heart | ~calcium).all()
        assert not (phantom.aorta & calcium).any()


def test_without_decoys_nothing_else_in_the_heart_is_bright(phantoms):
    for phantom in phantoms.values():
        searched = phantom.heart & ~phantom.aorta & ~coronary(phantom)
        assert not (searched & (phantom.hu >= 130)).any()
        assert not (phantom.calcium == 6).any()


def test_lesions_of_different_arteries_do_not_touch(phantoms):
    for phantom in phantoms.values():
        bright, n = ndimage.label(coronary(phantom) & (phantom.hu >= 130), np.ones((3, 3, 3)))
        for number in range(1, n + 1):
            assert len(np.unique(phantom.calcium[bright == number])) == 1


@pytest.mark.parametrize("seed", [0, 3, 6, 9, 12, 15])
def test_in_third_seeds_a_plaque_lies_at_the_aorta(seed):
    parameters = parameters_for(seed)
    heart = heart_of(parameters)
    plaques = plan_plaques(parameters, heart)
    gaps = [heart.aorta.distance(p.line_lps_mm).min() - p.radius_mm for p in plaques]
    assert AORTA_GAP_MM <= min(gaps) < 5
    for i, one in enumerate(plaques):
        for other in plaques[:i]:
            assert one.artery is other.artery or one.gap_mm(other) >= ARTERIES_GAP_MM


def test_the_plaque_at_the_aorta_scores_in_thick_slices():
    phantom = generate(
        parameters_for(6, **(COARSE | {"spacing_mm": 0.9, "thickness_mm": 5.0, "decoys": False}))
    )
    near = ndimage.distance_transform_edt(~phantom.aorta, sampling=phantom.grid.spacing_mm)
    assert near[coronary(phantom) & (phantom.hu >= 130)].min() < 5


def test_totals_reach_from_zero_to_severe(phantoms):
    scores = [p.truth["totals"]["agatston"] for p in phantoms.values()]
    none = generate(parameters_for(1, load=0.0, decoys=False, **COARSE)).truth
    much = generate(parameters_for(1, load=2000.0, decoys=False, **COARSE)).truth
    assert none["totals"]["agatston"] == 0
    assert none["category"]["label"] == "0"
    assert much["totals"]["agatston"] > 1000
    assert max(scores) > 100


def test_decoys_are_bright_and_do_not_count(with_decoys):
    classes = {decoy["class"] for decoy in with_decoys.truth["decoys"]}
    assert {"aorta", "valve", "metal", "pulmonary", "outside_heart"} <= classes
    other = with_decoys.calcium == 6
    assert with_decoys.hu[other].max() > 1500  # the clip
    alone = generate(parameters_for(1, decoys=False, **(COARSE | {"spacing_mm": 1.0})))
    assert with_decoys.truth["totals"]["agatston"] == pytest.approx(
        alone.truth["totals"]["agatston"], rel=0.02
    )


@pytest.mark.parametrize("noise", [12.0, 30.0])
def test_the_noise_has_the_asked_deviation(noise):
    options = {"spacing_mm": 1.0, "fov_mm": 160.0, "thickness_mm": 5.0, "decoys": False}
    noisy = generate(parameters_for(5, noise_sd_hu=noise, **options))
    still = generate(parameters_for(5, noise_sd_hu=0.0, **options))
    measured = (noisy.hu.astype(float) - still.hu)[noisy.heart].std()
    assert measured == pytest.approx(noise, rel=0.05)
    neighbours = (noisy.hu - still.hu).astype(float)
    shifted = np.corrcoef(
        neighbours[:, :, 1:][noisy.heart[:, :, 1:]], neighbours[:, :, :-1][noisy.heart[:, :, 1:]]
    )
    assert 0.1 < shifted[0, 1] < 0.9  # correlated, not white


def test_contrast_makes_the_blood_bright():
    native = generate(parameters_for(2, contrast=False, **COARSE))
    filled = generate(parameters_for(2, contrast=True, **COARSE))
    assert 20 < native.hu[native.aorta].mean() < 60
    assert filled.hu[filled.aorta].mean() > 250


def test_anatomy_does_not_depend_on_the_scanner():
    parameters = [
        parameters_for(6, **COARSE),
        parameters_for(6, spacing_mm=2.5, fov_mm=360.0, thickness_mm=2.5),
    ]
    hearts = [heart_of(p) for p in parameters]
    assert np.array_equal(hearts[0].aorta.points, hearts[1].aorta.points)
    lines = [[p.line_lps_mm for p in plan_plaques(q, h)] for q, h in zip(parameters, hearts, strict=True)]
    assert all(np.array_equal(a, b) for a, b in zip(*lines, strict=True))


def test_overlapping_slices_score_like_contiguous_ones():
    base = COARSE | {"decoys": False, "load": 400.0, "spacing_mm": 1.0, "fov_mm": 180.0, "noise_sd_hu": 0.0}
    scores = [
        generate(parameters_for(4, **(base | {"increment_mm": step}))).truth["totals"]["agatston"]
        for step in (3.0, 1.5)
    ]
    assert scores[1] == pytest.approx(scores[0], rel=0.2)


def test_padding_outside_the_circle():
    phantom = generate(parameters_for(1, circular=True, **COARSE))
    assert (phantom.hu[:, 0, 0] == -1024).all()
