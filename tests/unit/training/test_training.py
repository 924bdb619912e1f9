"""Training on a tiny invented data set: samples, losses, two steps, resuming."""

import csv

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from cacviewer.training import trainer as training  # noqa: E402
from cacviewer.training.augmentation import augmented  # noqa: E402
from cacviewer.training.batches import Prefetcher, make_batch  # noqa: E402
from cacviewer.training.cases import AORTA, BODY, HEART, body_mask, case_of  # noqa: E402
from cacviewer.training.losses import dice_and_cross_entropy, seed_dice, soft_dice  # noqa: E402
from cacviewer.training.recipes import RECIPES, Recipe, Stage  # noqa: E402
from cacviewer.training.sampling import View, draw  # noqa: E402

SMALL = View(16, (8.0, 9.0), 10.0, wide=False)
WIDE = View(16, (14.0, 16.0), 10.0, wide=True)


@pytest.fixture(scope="module")
def case():
    z, y, x = np.indices((40, 60, 70)).astype(np.float32)
    body = ((y - 30) / 26) ** 2 + ((x - 35) / 32) ** 2 <= 1
    heart = ((z - 20) / 12) ** 2 + ((y - 28) / 14) ** 2 + ((x - 38) / 16) ** 2 <= 1
    aorta = ((y - 45) / 4) ** 2 + ((x - 36) / 4) ** 2 <= 1
    hu = np.full(z.shape, -1000, np.int16)
    hu[body] = -850
    hu[body & (((y - 30) / 22) ** 2 + ((x - 35) / 28) ** 2 > 1)] = 20
    hu[heart | aorta] = 45
    labels = (heart * HEART + aorta * AORTA + body * BODY).astype(np.uint8)
    return case_of("invented", hu, labels, (5.0, 3.0, 3.0))


@pytest.mark.parametrize("view", [SMALL, WIDE])
def test_samples_have_labels_where_the_organ_is(case, view):
    rng = np.random.default_rng(3)
    seen = 0.0
    for _ in range(12):
        sample = augmented(draw(case, view, rng), rng, view.wide)
        for array in (sample.hu, sample.heart, sample.aorta):
            assert array.shape == (16, 16, 16)
            assert np.isfinite(array).all()
        assert sample.heart.min() >= 0
        assert sample.heart.max() <= 1.001
        seen = max(seen, float(sample.heart.max()))
    assert seen > 0.9


def test_unaugmented_sample_lies_over_its_labels(case):
    rng = np.random.default_rng(0)
    for _ in range(5):
        sample = draw(case, View(32, (3.9, 4.1), 2.0, wide=False), rng)
        inside = sample.heart > 0.95
        if inside.any():
            assert np.median(sample.hu[inside]) == pytest.approx(45, abs=3)


def test_body_is_found_without_the_table():
    hu = np.full((10, 60, 60), -1000, np.int16)
    hu[:, 10:40, 10:50] = 40
    hu[:, 50:52, 5:55] = 100
    body = body_mask(hu, (5.0, 3.0, 3.0))
    assert body[:, 12:38, 12:48].all()
    assert not body[:, 50:].any()


def test_losses_know_right_from_wrong():
    rng = np.random.default_rng(0)
    truth = (rng.random((2, 8, 8, 8, 2)) > 0.7).astype(np.float32)
    good, bad = np.clip(truth, 0.01, 0.99), np.clip(1 - truth, 0.01, 0.99)
    for loss in (dice_and_cross_entropy, seed_dice):
        assert np.mean(keras.ops.convert_to_numpy(loss(truth, good))) < np.mean(
            keras.ops.convert_to_numpy(loss(truth, bad))
        )
    soft = np.full((1, 4, 4, 4, 1), 0.4, np.float32)
    assert float(soft_dice(soft, soft)[0, 0]) == pytest.approx(1.0)


def test_batches_are_the_same_again(case):
    first, again = (make_batch([case], [1.0], (SMALL, WIDE), np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert first[0].shape == (2, 16, 16, 16, 1)
    assert first[1].shape == (2, 16, 16, 16, 2)
    assert np.abs(first[0]).max() <= 1
    source = Prefetcher([case], [1.0], ((SMALL,), (WIDE, WIDE)), seed=1)
    sizes = [batch[0].shape[0] for batch, _ in zip(source, range(4), strict=False)]
    source.close()
    assert sizes == [1, 2, 1, 2]


def test_a_failure_in_the_thread_reaches_the_loop(case):
    source = Prefetcher([case], [0.0], ((SMALL,),), seed=1)
    with pytest.raises(ValueError, match="NaN|nan|probab"), np.errstate(all="ignore"):
        next(iter(source))
    source.close()


TINY = Recipe(
    "tiny",
    (
        Stage("a", ((SMALL, WIDE),), 0.5, (1e-3, 1e-4), normalised=True),
        Stage("b", ((SMALL,),), 0.5, (1e-3, 1e-4), normalised=False),
    ),
    minutes=1,
    filters=(2, 4),
)


def test_a_run_leaves_weights_log_and_checkpoint_and_goes_on(case, tmp_path):
    first = training.Trainer(TINY, tmp_path)
    weights = first.run([case], [1.0], training.Budget(1.0, steps=4))
    assert weights.is_file()
    rows = list(csv.DictReader((tmp_path / "log.csv").open()))
    assert [row["stage"] for row in rows] == ["a", "a", "b", "b"]
    assert all(np.isfinite(float(row["loss"])) for row in rows)
    again = training.Trainer(TINY, tmp_path)
    assert again.resume()
    assert again.progress.step == 4
    assert not any(layer.name.endswith("_norm") for layer in again.model.layers)
    warm = training.Trainer(TINY, tmp_path / "warm")
    warm.start_from(weights)
    assert warm.progress.stage == 1
    assert not training.Trainer(TINY, tmp_path / "none").resume()


def test_rates_rise_and_fall():
    stage = TINY.stages[0]
    rates = [training.rate_at(stage, done) for done in (0, 0.05, 0.5, 1)]
    assert rates[0] < rates[1] > rates[2] > rates[3]
    assert rates[3] == pytest.approx(stage.rate[1])


def test_every_recipe_spends_its_whole_budget():
    for recipe in RECIPES.values():
        assert sum(stage.share for stage in recipe.stages) == pytest.approx(1)
        for stage in recipe.stages:
            for batch in stage.cycle:
                assert len({view.size for view in batch}) == 1
