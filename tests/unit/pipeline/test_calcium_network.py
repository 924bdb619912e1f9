"""`--method network`: the bundled network's opinion of a digital chest, from candidates to a case."""

import numpy as np
import pytest

pytest.importorskip("keras")

from cacviewer.core.geometry import slices_of  # noqa: E402
from cacviewer.core.lesions import Artery, LesionClass  # noqa: E402
from cacviewer.evaluation.phantoms import volume_of  # noqa: E402
from cacviewer.phantom import generate, parameters_for  # noqa: E402
from cacviewer.pipeline.calcium_network import SURE_ARTERY, calcium_model  # noqa: E402
from cacviewer.pipeline.find import find  # noqa: E402
from tests.unit.core.scenes import anatomy  # noqa: E402


@pytest.fixture(scope="module")
def chest():
    return generate(
        parameters_for(
            4242, spacing_mm=0.9, fov_mm=250.0, thickness_mm=3.0, noise_sd_hu=15.0, load=350.0, lesions=6
        )
    )


@pytest.fixture(scope="module")
def case(chest):
    return find(volume_of(chest), anatomy(chest.heart, chest.aorta), "network")


def test_coronary_calcium_is_told_from_decoys(chest, case):
    true = chest.truth["totals"]["agatston"]
    rules = find(volume_of(chest), anatomy(chest.heart, chest.aorta), "threshold")
    assert case.scores.total.agatston == pytest.approx(true, rel=0.05)
    assert case.method == "network"
    assert {(s.box, s.voxel_count) for s in case.lesions} == {(s.box, s.voxel_count) for s in rules.lesions}


def test_every_lesion_says_who_judged_it_and_how_surely(case):
    for lesion in case.lesions:
        assert lesion.reason.startswith("network: ")
        assert 0 < lesion.confidence <= 1
    kinds = {lesion.kind for lesion in case.other}
    assert kinds >= {LesionClass.AORTA, LesionClass.VALVE}


def test_arteries_are_proposed(chest, case):
    names = {1: Artery.LM, 2: Artery.LAD, 3: Artery.LCX, 4: Artery.RCA}
    right = []
    for lesion in case.scored:
        inside = chest.calcium[slices_of(lesion.box)][lesion.voxels]
        labels = np.bincount(inside, minlength=7)[1:5]
        if labels.any() and lesion.artery is not Artery.UNASSIGNED:
            right.append(lesion.artery is names[1 + int(labels.argmax())])
    assert len(right) >= 3
    assert np.mean(right) > 0.6
    for lesion in case.scored:  # a doubtful artery stays the reader's
        assert (lesion.artery is Artery.UNASSIGNED) == (lesion.artery_confidence < SURE_ARTERY)


def test_the_network_is_loaded_once():
    assert calcium_model() is calcium_model()
