"""The calcium network at work, and the card that goes with its weights."""

import json
import shutil

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from cacviewer.core.errors import ModelError  # noqa: E402
from cacviewer.core.lesions import Artery, LesionClass  # noqa: E402
from cacviewer.models.calcium_cards import read_calcium_card  # noqa: E402
from cacviewer.models.calcium_classes import OUTPUTS, index_of  # noqa: E402
from cacviewer.models.calcium_features import FAR_SHAPE, NEAR_SHAPE, NUMBERS, Features  # noqa: E402
from cacviewer.models.calcium_inference import BATCH, CalciumNetwork, opinion_of  # noqa: E402
from cacviewer.models.calcium_net import calcium_net  # noqa: E402
from cacviewer.models.registry import BUNDLED_CALCIUM, bundled_card, find_cards, load_calcium_model  # noqa: E402


def features(n):
    random = np.random.default_rng(n)
    return Features(
        random.integers(-200, 900, (n, *NEAR_SHAPE)).astype(np.int16),
        random.integers(0, 256, (n, *NEAR_SHAPE)).astype(np.uint8),
        random.integers(0, 4, (n, *NEAR_SHAPE)).astype(np.uint8),
        random.integers(0, 256, (n, *FAR_SHAPE, 3)).astype(np.uint8),
        random.standard_normal((n, NUMBERS)).astype(np.float32),
    )


def part(seen, chosen):
    names = ("near", "own", "organs", "far", "numbers")
    return Features(*(getattr(seen, name)[chosen] for name in names))


def test_batches_do_not_change_an_answer():
    network = CalciumNetwork(calcium_net((4, 4, 4), 8))
    seen = features(BATCH + 5)
    together = network(seen)
    assert together.shape == (BATCH + 5, len(OUTPUTS))
    assert together.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert network(part(seen, [BATCH + 2]))[0] == pytest.approx(together[BATCH + 2], abs=1e-5)
    assert network(part(seen, [])).shape == (0, len(OUTPUTS))


@pytest.mark.parametrize(
    ("shares", "kind", "artery", "probability"),
    [
        ({"LAD": 0.4, "LM": 0.3, "aorta": 0.3}, LesionClass.CORONARY, Artery.LAD, 0.7),
        ({"RCA": 0.45, "aorta": 0.3, "noise": 0.25}, LesionClass.AORTA, Artery.UNASSIGNED, 0.3),
        ({"outside_heart": 0.9, "LCX": 0.1}, LesionClass.OUTSIDE_HEART, Artery.UNASSIGNED, 0.9),
    ],
)
def test_arteries_count_together(shares, kind, artery, probability):
    channels = np.array([shares.get(name, 0.0) for name in OUTPUTS], np.float32)
    opinion = opinion_of(channels)
    assert (opinion.kind, opinion.artery) == (kind, artery)
    assert opinion.probability == pytest.approx(probability, abs=1e-6)


def test_every_channel_is_a_class():
    found = [index_of(LesionClass.CORONARY, Artery(name)) for name in OUTPUTS[:4]]
    found += [index_of(LesionClass(name)) for name in OUTPUTS[4:]]
    assert found == list(range(len(OUTPUTS)))


@pytest.fixture
def copied(tmp_path):
    """The program's own card and weights in a folder that may be spoilt."""
    card = bundled_card(BUNDLED_CALCIUM)
    for path in (card, card.with_name(read_calcium_card(card).weights)):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / card.name


def test_the_bundled_network_is_small_and_loads(copied):
    assert copied.with_name(read_calcium_card(copied).weights).stat().st_size < 2e6
    model = load_calcium_model(card_path=copied)
    assert model.identity.sha256 == read_calcium_card(copied).sha256
    assert model.network(features(3)).shape == (3, len(OUTPUTS))
    assert find_cards(copied.parent)[0] == {}  # it is no heart network


def test_changed_weights_are_refused(copied):
    path = copied.with_name(read_calcium_card(copied).weights)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="not those of its card"):
        load_calcium_model(card_path=copied)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda d: d["input"]["near"].update(shape=[5, 24, 24]), "another version"),
        (lambda d: d["outputs"]["channels"].reverse(), "another version"),
        (lambda d: d.pop("sha256"), "no card"),
        (lambda d: d["architecture"].update(filters=[4, 4, 4]), "do not fit"),
    ],
)
def test_another_contract_is_refused(copied, edit, words):
    data = json.loads(copied.read_text())
    edit(data)
    copied.write_text(json.dumps(data))
    with pytest.raises(ModelError, match=words):
        load_calcium_model(card_path=copied)
