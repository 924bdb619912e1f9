"""The training loop: stages, averaged weights, checkpoints from which a killed run goes on."""

from __future__ import annotations

import csv
import json
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from cacviewer.models.architectures import ARCHITECTURES, folded, heart_unet, widened
from cacviewer.training import losses
from cacviewer.training.batches import Batch, Prefetcher
from cacviewer.training.cases import TrainingCase
from cacviewer.training.recipes import Recipe, Stage

log = logging.getLogger(__name__)
Arrays = list[NDArray[np.float32]]
COLUMNS = ("stage", "step", "seconds", "rate", "size", "loss", "heart_dice", "aorta_dice", "validation_loss")
AVERAGING = 0.993
"""Memory of the averaged weights: about 140 steps, which takes the place of larger batches."""


@dataclass(slots=True)
class Progress:
    """Where a run stands; written beside its checkpoint."""

    stage: int = 0
    step: int = 0
    stage_step: int = 0
    stage_seconds: float = 0.0
    seconds: float = 0.0
    loss: float = 0.0
    best_loss: float = float("inf")
    waited: int = 0
    halvings: int = 0

    def watch(self, loss: float, patience: int) -> None:
        """Counts the steps without a lower loss (running mean over 50 steps); halves when patience is over."""
        self.loss = loss if self.stage_step == 0 else 0.98 * self.loss + 0.02 * loss
        self.waited = 0 if self.loss < self.best_loss else self.waited + 1
        self.best_loss = min(self.best_loss, self.loss)
        if self.waited >= patience:
            self.waited, self.halvings = 0, self.halvings + 1


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a run may take: minutes, or steps where the same run must give the same weights."""

    minutes: float
    steps: int | None = None

    def done(self, stage: Stage, progress: Progress) -> float:
        """Part 0..1 of a stage that is behind."""
        if self.steps is not None:
            return progress.stage_step / max(1, round(self.steps * stage.share))
        return progress.stage_seconds / (60 * self.minutes * stage.share)


class Trainer:
    """Trains one network by a recipe and leaves checkpoints, a CSV log and averaged weights in a folder."""

    def __init__(self, recipe: Recipe, out: Path, seed: int = 0, save_every_s: float = 120.0) -> None:
        """Starts with fresh weights; `resume` or `start_from` replace them."""
        self.recipe, self.out, self.seed, self.save_every_s = recipe, out, seed, save_every_s
        self.progress = Progress()
        keras.utils.set_random_seed(seed)
        self.model = self._network(recipe.stages[0].normalised)
        self.average: Arrays = _values(self.model.weights)
        self._state: Arrays | None = None
        out.mkdir(parents=True, exist_ok=True)

    def _network(self, normalised: bool) -> Any:
        """A fresh network of the recipe, fully convolutional."""
        build = ARCHITECTURES[self.recipe.architecture]
        return build(filters=self.recipe.filters, normalised=normalised)

    def start_from(self, weights: Path) -> None:
        """Starts from the folded weights of another run; stages with normalisation are left out."""
        self.model = self._network(normalised=False)
        try:
            self.model.load_weights(weights)
        except ValueError:  # a network without the narrow window
            old = heart_unet(filters=self.recipe.filters, normalised=False)
            old.load_weights(weights)
            self.model.set_weights(widened(old.get_weights(), self.model))
        self.average = _values(self.model.weights)
        self.progress.stage = next(i for i, s in enumerate(self.recipe.stages) if not s.normalised)

    def resume(self) -> bool:
        """Goes on from the checkpoint in the folder; False where there is none."""
        state = self.out / "checkpoint.npz"
        if not state.exists():
            return False
        with np.load(state) as data:
            self.progress = Progress(**json.loads(str(data["progress"])))
            normalised = bool(data["normalised"])
            self.model = self._network(normalised)
            self.model.set_weights(_series(data, "weight"))
            self.average, self._state = _series(data, "average"), _series(data, "optimizer")
        log.info("resumed at stage %d, step %d", self.progress.stage, self.progress.step)
        return True

    def run(
        self,
        cases: Sequence[TrainingCase],
        weights: Sequence[float],
        budget: Budget,
        validation: Sequence[Batch] = (),
    ) -> Path:
        """Trains to the end of the recipe; returns the averaged, folded weights."""
        while self.progress.stage < len(self.recipe.stages):
            stage = self.recipe.stages[self.progress.stage]
            self._stage(stage, cases, weights, budget, validation)
            self.progress.stage += 1
            self.progress.stage_step, self.progress.stage_seconds = 0, 0.0
        return self.export()

    def _stage(
        self,
        stage: Stage,
        cases: Sequence[TrainingCase],
        weights: Sequence[float],
        budget: Budget,
        validation: Sequence[Batch],
    ) -> None:
        optimizer = self._prepared(stage)
        source = Prefetcher(cases, weights, stage.cycle, self.seed, first=self.progress.step)
        saved = before = time.monotonic()
        try:
            for inputs, truths in source:
                done = budget.done(stage, self.progress)
                if done >= 1:
                    break
                rate = rate_at(stage, done, self.progress.halvings)
                optimizer.learning_rate.assign(rate)
                measured = self.model.train_on_batch(inputs, truths, return_dict=True)
                self._average()
                if stage.patience:
                    self.progress.watch(float(measured["loss"]), stage.patience)
                now = time.monotonic()
                self._count(now - before)
                before = now
                late = now - saved > self.save_every_s
                self._write_row(stage, rate, inputs.shape[1], measured, validation if late else ())
                if late:
                    self._save(optimizer)
                    saved = time.monotonic()
        finally:
            source.close()
        self._save(optimizer)

    def _prepared(self, stage: Stage) -> Any:
        """Folds the network where the stage wants it, compiles, and brings back the optimizer's memory."""
        if not stage.normalised and any(layer.name.endswith("_norm") for layer in self.model.layers):
            self.model.set_weights(self.average)
            self.model = folded(self.model)
            self.average, self._state = _values(self.model.weights), None
        optimizer = keras.optimizers.Adam(stage.rate[0], clipnorm=1.0)
        # jit off: XLA is twenty times slower for 3-D convolutions on a processor
        self.model.compile(
            optimizer,
            loss=getattr(losses, self.recipe.loss),
            metrics=[heart_dice, aorta_dice],
            jit_compile=False,
        )
        optimizer.build(self.model.trainable_variables)
        if self._state is not None and self.progress.stage_step:
            for variable, value in zip(optimizer.variables, self._state, strict=True):
                variable.assign(value)
        return optimizer

    def _average(self) -> None:
        keep = min(AVERAGING, (1 + self.progress.step) / (10 + self.progress.step))
        for mean, variable in zip(self.average, self.model.weights, strict=True):
            mean *= keep
            mean += (1 - keep) * ops.convert_to_numpy(variable)

    def _count(self, seconds: float) -> None:
        p = self.progress
        p.step, p.stage_step = p.step + 1, p.stage_step + 1
        p.stage_seconds, p.seconds = p.stage_seconds + seconds, p.seconds + seconds

    def _write_row(
        self, stage: Stage, rate: float, size: int, measured: dict[str, Any], validation: Sequence[Batch]
    ) -> None:
        path = self.out / "log.csv"
        new = not path.exists()
        value = f"{self.validated(validation):.4f}" if validation else ""
        figures = [f"{float(measured[name]):.4f}" for name in ("loss", "heart_dice", "aorta_dice")]
        with path.open("a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(COLUMNS)
            p = self.progress
            writer.writerow([stage.name, p.step, f"{p.seconds:.1f}", f"{rate:.2e}", size, *figures, value])

    def validated(self, batches: Sequence[Batch]) -> float:
        """Mean loss of the averaged weights over fixed batches."""
        own = _values(self.model.weights)
        self.model.set_weights(self.average)
        loss = getattr(losses, self.recipe.loss)
        found = [np.mean(ops.convert_to_numpy(loss(y, self.model.predict_on_batch(x)))) for x, y in batches]
        self.model.set_weights(own)
        return float(np.mean(found))

    def _save(self, optimizer: Any) -> None:
        arrays: dict[str, Any] = {"progress": json.dumps(asdict(self.progress))}
        arrays["normalised"] = any(layer.name.endswith("_norm") for layer in self.model.layers)
        for name, values in (
            ("weight", _values(self.model.weights)),
            ("average", self.average),
            ("optimizer", _values(optimizer.variables)),
        ):
            arrays |= {f"{name}{i:03d}": value for i, value in enumerate(values)}
        beside = self.out / "checkpoint.part.npz"
        np.savez(beside, **arrays)
        beside.replace(self.out / "checkpoint.npz")
        self.export()

    def export(self) -> Path:
        """Writes the averaged weights, folded, as the file that a card can name."""
        normalised = any(layer.name.endswith("_norm") for layer in self.model.layers)
        # a fresh copy: a compiled model would save the optimizer's memory with it
        copy = self._network(normalised)
        copy.set_weights(self.average)
        plain = folded(copy) if normalised else copy
        beside, target = self.out / "part.weights.h5", self.out / "heart.weights.h5"
        plain.save_weights(beside)
        beside.replace(target)
        return target


def rate_at(stage: Stage, done: float, halvings: int = 0) -> float:
    """Learning rate after a part `done` of a stage: a short rise, then half a cosine, or halved on plateaus."""
    high, low = stage.rate
    if stage.patience:
        return max(low, high * 0.5**halvings)
    if done < stage.rising:
        return high * (0.1 + 0.9 * done / stage.rising)
    return low + (high - low) * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def heart_dice(truth: Any, probability: Any) -> Any:
    """Soft Dice of the first channel."""
    return losses.soft_dice(truth, probability)[:, 0]


def aorta_dice(truth: Any, probability: Any) -> Any:
    """Soft Dice of the second channel."""
    return losses.soft_dice(truth, probability)[:, 1]


def _values(variables: Sequence[Any]) -> Arrays:
    return [np.array(ops.convert_to_numpy(v)) for v in variables]


def _series(data: Any, name: str) -> Arrays:
    return [
        data[key] for key in sorted(k for k in data.files if k.startswith(name) and k[len(name) :].isdigit())
    ]
