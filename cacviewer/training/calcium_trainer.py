"""Training of the calcium network on cut-out samples: batches, log, averaged weights."""

from __future__ import annotations

import csv
import logging
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from cacviewer.models.calcium_classes import ARTERIES, OUTPUTS
from cacviewer.models.calcium_features import Features
from cacviewer.models.calcium_net import calcium_net
from cacviewer.training.calcium_samples import Samples

log = logging.getLogger(__name__)
BATCH = 64
RATE = (2e-3, 2e-5)
RISING = 0.05
"""Part of the run in which the rate rises."""
KEPT = 0.99
"""Memory of the averaged weights: about 100 steps."""
MOST_WEIGHT = 3.0
SMOOTHING = 0.02
JITTER = np.array([0.05] * 3 + [0.06] * 3 + [0.05] * 3 + [0.04] * 14, np.float32)
"""Noise on the numbers, so that places and sizes are not learnt by heart."""
COLUMNS = ("epoch", "seconds", "rate", "loss", "validation_loss", "validation_coronary", "validation_classes")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Loss, share of candidates rightly counted or not, and share with the right channel."""

    loss: float
    coronary: float
    classes: float


def joined(parts: list[Samples]) -> Samples:
    """All samples of several showings."""
    features = Features(
        *(
            np.concatenate([getattr(part.features, name) for part in parts])
            for name in ("near", "own", "organs", "far", "numbers")
        )
    )
    return Samples(features, np.concatenate([part.channels for part in parts]))


def train(samples: Samples, validation: Samples, out: Path, epochs: int, seed: int) -> keras.Model:
    """Trains from nothing; writes log.csv and returns the model with its averaged weights.

    The same samples, epochs and seed give the same weights up to the order of sums in the processor's threads.
    """
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    model = calcium_net(dropout=0.3)
    optimizer = keras.optimizers.AdamW(RATE[0], weight_decay=1e-3, clipnorm=1.0)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    model.compile(optimizer, loss=loss, jit_compile=False)
    average = [np.array(ops.convert_to_numpy(w)) for w in model.weights]
    weights = class_weights(samples.channels)[samples.channels]
    steps, step, started = epochs * math.ceil(len(weights) / BATCH), 0, time.monotonic()
    with (out / "log.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for epoch in range(1, epochs + 1):
            order = random.permutation(len(weights))
            losses = []
            for first in range(0, len(order), BATCH):
                chosen = order[first : first + BATCH]
                optimizer.learning_rate.assign(rate_at(step / steps))
                views = views_of(samples.features, chosen, random)
                truth = np.eye(len(OUTPUTS), dtype=np.float32)[samples.channels[chosen]]
                losses.append(float(model.train_on_batch(views, truth, sample_weight=weights[chosen])))
                step += 1
                keep = min(KEPT, step / (step + 10))
                for mean, variable in zip(average, model.weights, strict=True):
                    mean *= keep
                    mean += (1 - keep) * ops.convert_to_numpy(variable)
            own = model.get_weights()
            model.set_weights(average)
            m = measured(model, validation)
            if epoch < epochs:
                model.set_weights(own)
            seconds = time.monotonic() - started
            rate = rate_at(step / steps)
            figures = [f"{v:.4f}" for v in (losses[-1], m.loss, m.coronary, m.classes)]
            figures[0] = f"{np.mean(losses):.4f}"
            writer.writerow([epoch, f"{seconds:.1f}", f"{rate:.2e}", *figures])
            file.flush()
            log.info("epoch %d: loss %s, validation %s, counted right %s, class right %s", epoch, *figures)
    return model


def class_weights(channels: NDArray[np.int64]) -> NDArray[np.float32]:
    """A weight for each channel: rare ones count more, up to `MOST_WEIGHT` times the mean."""
    counts = np.bincount(channels, minlength=len(OUTPUTS)).astype(np.float64)
    weights = np.sqrt(counts.sum() / len(OUTPUTS) / np.maximum(counts, 1))
    return np.asarray(np.clip(weights, 1 / MOST_WEIGHT, MOST_WEIGHT), np.float32)


def rate_at(done: float) -> float:
    """Learning rate after a part of the run: a short rise, then half a cosine."""
    high, low = RATE
    if done < RISING:
        return high * (0.1 + 0.9 * done / RISING)
    return low + (high - low) * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def views_of(
    features: Features, chosen: NDArray[np.int64], random: np.random.Generator | None
) -> list[NDArray[np.float32]]:
    """The five inputs of the network for some samples; with a generator they are varied a little.

    Varied are the place in the slice (a pixel), HU (5 and 2 %), and the numbers.
    """
    near, own, organs, far, numbers = (
        np.asarray(getattr(features, name)[chosen], np.float32)
        for name in ("near", "own", "organs", "far", "numbers")
    )
    if random is not None:
        n = len(near)
        for i in range(n):
            shift = tuple(int(v) for v in random.integers(-1, 2, 2))
            for view in (near, own, organs):
                view[i] = np.roll(view[i], shift, (1, 2))
        near *= 1 + 0.02 * random.standard_normal((n, 1, 1, 1), np.float32)
        near += 5 * random.standard_normal((n, 1, 1, 1), np.float32)
        numbers += JITTER * random.standard_normal(numbers.shape, np.float32)
    return [near, own, organs, far, numbers]


def measured(model: Any, samples: Samples) -> Measured:
    """How well a model does on samples as they are."""
    logits = logits_of(model, samples.features)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_share = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    truth = samples.channels
    counted = np.exp(log_share[:, : len(ARTERIES)]).sum(axis=1) >= 0.5
    return Measured(
        float(-log_share[np.arange(len(truth)), truth].mean()),
        float((counted == (truth < len(ARTERIES))).mean()),
        float((logits.argmax(axis=1) == truth).mean()),
    )


def logits_of(model: Any, features: Features) -> NDArray[np.float32]:
    """Logits (n, 11) of samples as they are."""
    parts = []
    for first in range(0, len(features), 256):
        chosen = np.arange(first, min(first + 256, len(features)))
        parts.append(ops.convert_to_numpy(model.predict_on_batch(views_of(features, chosen, None))))
    return np.concatenate(parts)
