"""The calcium network: two small 2-D networks over slabs of slices and a few numbers, joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from cacviewer.models.calcium_classes import OUTPUTS
from cacviewer.models.calcium_features import FAR_SHAPE, NEAR_SHAPE, NUMBERS

WINDOWS_HU = ((-200.0, 250.0), (60.0, 700.0), (500.0, 3000.0))
"""Three looks at the same HU: fat and muscle, calcium, metal."""
FILTERS = (16, 24, 32)
DENSE = 64


@keras.saving.register_keras_serializable(package="cacviewer")
class NearChannels(layers.Layer):  # type: ignore[misc]
    """HU, own share and organs of the near view as channels of a 2-D image: (n, y, x, 6 z)."""

    def call(self, hu: Any, own: Any, organs: Any) -> Any:
        """Takes (n, z, y, x) each, as float32; HU, 0..255, and 1 heart + 2 aorta."""
        looks = [ops.clip((hu - low) * (2 / (high - low)) - 1, -1, 1) for low, high in WINDOWS_HU]
        aorta = ops.cast(organs > 1.5, "float32")
        parts = [*looks, own / 127.5, organs - 2 * aorta, aorta]
        return ops.transpose(ops.concatenate(parts, axis=1), (0, 2, 3, 1))


@keras.saving.register_keras_serializable(package="cacviewer")
class FarChannels(layers.Layer):  # type: ignore[misc]
    """The far view (n, z, y, x, 3) of 0..255 as (n, y, x, 3 z) of -1..1."""

    def call(self, far: Any) -> Any:
        """Takes float32."""
        n, z, y, x, c = far.shape
        return ops.reshape(ops.transpose(far, (0, 2, 3, 1, 4)), (-1, y, x, z * c)) / 127.5 - 1


def calcium_net(filters: Sequence[int] = FILTERS, dense: int = DENSE, dropout: float = 0.0) -> keras.Model:
    """Builds the network.

    Args:
        filters: Channels on the three levels of both views.
        dense: Width of the layer that joins views and numbers.
        dropout: In that layer, while training.

    Returns:
        Model from [near, own, organs, far, numbers] (see calcium_features.Features, as float32) to (n, 11) logits.
    """
    near, own, organs = (keras.Input(NEAR_SHAPE, name=name) for name in ("near", "own", "organs"))
    far = keras.Input((*FAR_SHAPE, 3), name="far")
    numbers = keras.Input((NUMBERS,), name="numbers")
    seen = [
        _looked(NearChannels(name="near_channels")(near, own, organs), filters, "near"),
        _looked(FarChannels(name="far_channels")(far), filters, "far"),
        layers.Dense(48, activation="relu", name="numbers_dense")(numbers),
    ]
    x = layers.Concatenate(name="joined")(seen)
    x = layers.Dropout(dropout, name="dropout")(x)
    x = layers.Dense(dense, activation="relu", name="joined_dense")(x)
    logits = layers.Dense(len(OUTPUTS), name="classes")(x)
    return keras.Model([near, own, organs, far, numbers], logits, name="calcium_net")


def _looked(x: Any, filters: Sequence[int], name: str) -> Any:
    for level, width in enumerate(filters):
        for half in "ab":
            x = layers.Conv2D(
                width, 3, padding="same", kernel_initializer="he_normal", name=f"{name}{level}{half}"
            )(x)
            x = layers.ReLU(name=f"{name}{level}{half}_relu")(x)
        if level + 1 < len(filters):
            x = layers.MaxPooling2D(2, name=f"{name}{level}_pool")(x)
    middle = layers.GlobalAveragePooling2D(name=f"{name}_mean")(x)
    most = layers.GlobalMaxPooling2D(name=f"{name}_most")(x)
    return layers.Concatenate(name=f"{name}_seen")([middle, most])
