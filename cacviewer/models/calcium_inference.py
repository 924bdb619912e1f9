"""The calcium network at work: candidates in, what each of them is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.models.calcium_cards import CalciumCard
from cacviewer.models.calcium_classes import ARTERIES, OUTPUTS
from cacviewer.models.calcium_features import BrightObject, Features, features_of, surroundings
from cacviewer.models.preprocess import Floats

BATCH = 32
"""Candidates at once: a fixed shape, so that TensorFlow traces once."""
MOST = 400
"""So many candidates are shown to the network, the largest first; what is left is for the rules."""
COUNTED = 0.5
"""Probability from which the arteries together are coronary calcium."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network takes a candidate for.

    Attributes:
        kind: Class.
        artery: The most probable artery of coronary calcium, else UNASSIGNED.
        probability: Of the class.
        artery_probability: Of the artery among the arteries; 0 for other classes.
    """

    kind: LesionClass
    artery: Artery
    probability: float
    artery_probability: float


class CalciumNetwork:
    """A Keras model as a graph function of fixed input shape, traced once."""

    def __init__(self, model: Any) -> None:
        """Traces and runs it once, so that the first scan does not wait."""
        import tensorflow as tf

        self._tf = tf
        specs = [tf.TensorSpec((BATCH, *shape[1:]), tf.float32) for shape in model.input_shape]
        call = tf.function(lambda *views: tf.nn.softmax(model(list(views), training=False)))
        self._call = call.get_concrete_function(*specs)
        self._call(*(tf.zeros(spec.shape) for spec in specs))

    def __call__(self, features: Features) -> Floats:
        """Probabilities (n, 11) of the channels of `calcium_classes.OUTPUTS`."""
        views = (features.near, features.own, features.organs, features.far, features.numbers)
        answers = []
        for first in range(0, len(features), BATCH):
            parts = [np.asarray(view[first : first + BATCH], np.float32) for view in views]
            missing = BATCH - len(parts[0])
            if missing:
                parts = [np.pad(part, [(0, missing)] + [(0, 0)] * (part.ndim - 1)) for part in parts]
            answer = self._call(*(self._tf.constant(part) for part in parts)).numpy()
            answers.append(answer[: BATCH - missing])
        return np.concatenate(answers) if answers else np.zeros((0, len(OUTPUTS)), np.float32)


@dataclass(frozen=True, slots=True)
class CalciumModel:
    """A loaded and warmed calcium network."""

    card: CalciumCard
    network: CalciumNetwork

    @property
    def identity(self) -> ModelIdentity:
        """Name and hash."""
        return ModelIdentity(self.card.name, self.card.sha256)

    def judge(
        self,
        objects: Sequence[BrightObject],
        hu: NDArray[np.int16],
        grid: Grid,
        anatomy: Anatomy,
        limit_hu: int,
        noise_sd_hu: float,
    ) -> list[Opinion | None]:
        """What each object is; None for those beyond the largest `MOST`.

        Args:
            objects: Candidates or lesions of this scan.
            hu: (z, y, x) int16.
            grid: Grid of hu.
            anatomy: Masks on the grid.
            limit_hu: That they reach.
            noise_sd_hu: Measured in the blood.
        """
        if not objects:
            return []
        order = sorted(range(len(objects)), key=lambda i: -int(objects[i].voxels.sum()))[:MOST]
        around = surroundings(hu, grid, anatomy.heart, anatomy.aorta, limit_hu, noise_sd_hu)
        probabilities = self.network(features_of([objects[i] for i in order], around, grid))
        opinions: list[Opinion | None] = [None] * len(objects)
        for i, probability in zip(order, probabilities, strict=True):
            opinions[i] = opinion_of(probability)
        return opinions


def opinion_of(probability: Floats) -> Opinion:
    """The class of one candidate from its channels (11,)."""
    arteries, others = probability[: len(ARTERIES)], probability[len(ARTERIES) :]
    coronary = float(arteries.sum())
    if coronary >= COUNTED:
        best = int(arteries.argmax())
        return Opinion(LesionClass.CORONARY, ARTERIES[best], coronary, float(arteries[best]) / coronary)
    best = int(others.argmax())
    kind = LesionClass(OUTPUTS[len(ARTERIES) + best])
    return Opinion(kind, Artery.UNASSIGNED, float(others[best]), 0.0)
