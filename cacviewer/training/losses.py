"""Losses in `keras.ops`: heart and aorta are two overlapping sigmoid channels."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

SMOOTH = 100.0
"""Voxels added to both sides of the Dice ratio, so that a box without the organ has a gentle gradient."""


@keras.saving.register_keras_serializable(package="cacviewer")  # type: ignore[untyped-decorator]
def dice_and_cross_entropy(truth: Any, probability: Any) -> Any:
    """Mean cross-entropy plus one minus soft Dice per sample and channel.

    Args:
        truth: (batch, z, y, x, channels), shares 0..1 (soft at borders).
        probability: The same shape.

    Returns:
        Loss per sample (batch,).
    """
    return cross_entropy(truth, probability) + ops.mean(1.0 - soft_dice(truth, probability), axis=-1)


def cross_entropy(truth: Any, probability: Any) -> Any:
    """Binary cross-entropy, mean over voxels and channels, (batch,)."""
    p = ops.clip(probability, 1e-6, 1 - 1e-6)
    value = -(truth * ops.log(p) + (1.0 - truth) * ops.log(1.0 - p))
    return ops.mean(value, axis=(1, 2, 3, 4))


def soft_dice(truth: Any, probability: Any) -> Any:
    """2 sum(t p) / (sum t^2 + sum p^2), smoothed: (batch, channels). Reaches 1 for soft truths too."""
    axes = (1, 2, 3)
    both = ops.sum(truth * probability, axis=axes)
    either = ops.sum(ops.square(truth), axis=axes) + ops.sum(ops.square(probability), axis=axes)
    return (2.0 * both + SMOOTH) / (either + SMOOTH)


@keras.saving.register_keras_serializable(package="cacviewer")  # type: ignore[untyped-decorator]
def seed_dice(truth: Any, probability: Any) -> Any:
    """The seed's loss: minus soft Dice over the flattened batch, smoothing 1."""
    both, either = ops.sum(truth * probability), ops.sum(truth) + ops.sum(probability)
    return -(2.0 * both + 1.0) / (either + 1.0)
