"""Batches made ahead of the training step by threads (scipy and numpy let go of the interpreter lock)."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import scaled
from cacviewer.training.augmentation import augmented
from cacviewer.training.cases import TrainingCase
from cacviewer.training.sampling import View, draw

Floats = NDArray[np.float32]
Batch = tuple[Floats, Floats]


def make_batch(
    cases: Sequence[TrainingCase], weights: Sequence[float], views: Sequence[View], rng: np.random.Generator
) -> Batch:
    """One batch, a sample per view: input (batch, z, y, x, 1) scaled, truth (batch, z, y, x, 2)."""
    chance = np.asarray(weights, np.float64)
    inputs, truths = [], []
    for view, index in zip(views, rng.choice(len(cases), len(views), p=chance / chance.sum()), strict=True):
        sample = augmented(draw(cases[index], view, rng), rng, view.wide)
        inputs.append(scaled(sample.hu)[..., None])
        truths.append(np.stack((sample.heart, sample.aorta), axis=-1))
    return np.stack(inputs), np.clip(np.stack(truths), 0, 1)


class Prefetcher:
    """Makes endless batches, a few ahead; close it when done."""

    def __init__(
        self,
        cases: Sequence[TrainingCase],
        weights: Sequence[float],
        cycle: Sequence[Sequence[View]],
        seed: int,
        first: int = 0,
        ahead: int = 4,
    ) -> None:
        """Starts the thread at batch `first`; batch i has the views `cycle[i % len(cycle)]`."""
        self._cases, self._weights, self._cycle, self._seed = cases, weights, cycle, seed
        self._first = first
        self._ready: queue.Queue[Batch | BaseException] = queue.Queue(ahead)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="batches", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Batch]:
        """Yields batches without end."""
        while True:
            item = self._ready.get()
            if isinstance(item, BaseException):
                raise item
            yield item

    def close(self) -> None:
        """Ends the thread."""
        self._stop.set()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        for number in itertools.count(self._first):
            try:
                # a generator per batch: a resumed run makes the same batches
                rng = np.random.default_rng((self._seed, number))
                views = self._cycle[number % len(self._cycle)]
                item: Batch | BaseException = make_batch(self._cases, self._weights, views, rng)
            except Exception as error:  # noqa: BLE001 - handed to the consumer
                item = error
            while not self._stop.is_set():
                try:
                    self._ready.put(item, timeout=0.5)
                    break
                except queue.Full:
                    continue
            if self._stop.is_set():
                return
