"""The networks, in Keras 3 with `keras.ops` only, so that any backend can train them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from cacviewer.models.preprocess import HU_WINDOW

OUTPUTS = ("heart", "aorta")
LIGHT_FILTERS = (8, 16, 32, 64, 128)


@keras.saving.register_keras_serializable(package="cacviewer")
class Upsample3D(layers.Layer):  # type: ignore[misc]
    """Doubles z, y, x of (batch, z, y, x, channels) by trilinear interpolation.

    The new samples lie a quarter of a voxel on either side of the old ones, so each is 3/4 of the
    nearer and 1/4 of the farther neighbour; at the border the voxel is its own neighbour. Keras'
    `UpSampling3D` has the nearest neighbour only.
    """

    def call(self, x: Any) -> Any:
        """Returns (batch, 2z, 2y, 2x, channels)."""
        for axis in (1, 2, 3):
            x = _doubled(x, axis)
        return x

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        """The shape with z, y, x doubled."""
        batch, *zyx, channels = input_shape
        return (batch, *(None if n is None else 2 * n for n in zyx), channels)


def _doubled(x: Any, axis: int) -> Any:
    size = ops.shape(x)[axis]
    first, last = _cut(x, axis, 0, 1), _cut(x, axis, size - 1, size)
    before = ops.concatenate([first, _cut(x, axis, 0, size - 1)], axis=axis)
    after = ops.concatenate([_cut(x, axis, 1, size), last], axis=axis)
    pair = ops.stack([0.75 * x + 0.25 * before, 0.75 * x + 0.25 * after], axis=axis + 1)
    shape = list(ops.shape(x))
    shape[axis] = 2 * size
    return ops.reshape(pair, shape)


def _cut(x: Any, axis: int, start: Any, stop: Any) -> Any:
    index: list[slice] = [slice(None)] * 5
    index[axis] = slice(start, stop)
    return x[tuple(index)]


@keras.saving.register_keras_serializable(package="cacviewer")
class SoftTissueWindow(layers.Layer):  # type: ignore[misc]
    """Puts a narrow window beside the wide one: HU -150..100 stretched to -1..1 as a second channel.

    The pericardium is a thin line 20 to 40 HU above the fat around it: 0.1 in the wide window, below its noise
    for a network of few steps, a quarter in the narrow one.
    """

    LOW, HIGH = -150.0, 100.0

    def call(self, x: Any) -> Any:
        """From (batch, z, y, x, 1), HU_WINDOW scaled to -1..1, to (batch, z, y, x, 2)."""
        low, high = (
            (2 * (hu - HU_WINDOW[0]) / (HU_WINDOW[1] - HU_WINDOW[0]) - 1) for hu in (self.LOW, self.HIGH)
        )
        narrow = ops.clip((x - low) * (2 / (high - low)) - 1, -1.0, 1.0)
        return ops.concatenate([x, narrow], axis=-1)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        """One channel more."""
        return (*input_shape[:-1], 2)


def heart_unet(
    shape_zyx: Sequence[int | None] = (None, None, None),
    filters: Sequence[int] = LIGHT_FILTERS,
    outputs: int = len(OUTPUTS),
    normalised: bool = True,
    soft_tissue: bool = False,
) -> keras.Model:
    """The 3-D U-Net for heart and aorta: one level per entry of `filters`, two convolutions each.

    Going up, the channels are first brought to those of the skip by a 1x1x1 convolution on the coarse
    grid and then interpolated: the same function class as interpolating first, at half of the cost.

    Args:
        shape_zyx: Input size, None where it may vary; each a multiple of 2 ** (levels - 1).
        filters: Channels per level, finest first.
        outputs: Number of sigmoid channels; they may overlap.
        normalised: With batch normalisation (training) or without (folded, or trained without).
        soft_tissue: With the narrow window as a second channel of the first convolution.

    Returns:
        Model from (batch, z, y, x, 1) to (batch, z, y, x, outputs), values 0..1.
    """
    inputs = keras.Input((*shape_zyx, 1), name="ct")
    x, skips = SoftTissueWindow(name="windows")(inputs) if soft_tissue else inputs, []
    for level, width in enumerate(filters):
        if level:
            x = layers.MaxPooling3D(2, name=f"down{level}_pool")(x)
        x = _pair(x, width, f"down{level}", normalised)
        skips.append(x)
    for level in range(len(filters) - 2, -1, -1):
        x = layers.Conv3D(filters[level], 1, name=f"up{level}_narrow")(x)
        x = Upsample3D(name=f"up{level}_interpolate")(x)
        # On the finest grid the skip is added: a concatenation would double the dearest convolution.
        join = layers.Concatenate if level else layers.Add
        x = join(name=f"up{level}_join")([x, skips[level]])
        x = _pair(x, filters[level], f"up{level}", normalised)
    logits = layers.Conv3D(outputs, 1, name="organs")(x)
    return keras.Model(inputs, layers.Activation("sigmoid", name="probability")(logits), name="heart_unet")


def _pair(x: Any, width: int, name: str, normalised: bool) -> Any:
    for half in "ab":
        x = layers.Conv3D(width, 3, padding="same", kernel_initializer="he_normal", name=f"{name}{half}")(x)
        if normalised:
            x = layers.BatchNormalization(momentum=0.95, epsilon=1e-3, name=f"{name}{half}_norm")(x)
        x = layers.ReLU(name=f"{name}{half}_relu")(x)
    return x


def seed_unet(
    shape_zyx: Sequence[int | None] = (None, None, None),
    filters: Sequence[int] = (32,),
    outputs: int = len(OUTPUTS),
    normalised: bool = False,
) -> keras.Model:
    """The seed's network, for comparison: nearest up-sampling, no normalisation, 26 M parameters at 32 filters.

    Within a level the second convolution has twice the filters of the first, the bottom level is held
    back, and there is no convolution between up-sampling and concatenation.

    Args:
        shape_zyx: Input size, None where it may vary; each a multiple of 16.
        filters: Its first number is the width of the first convolution, from which the others follow.
        outputs: Number of sigmoid channels (the seed's own has one).
        normalised: The seed has no normalisation; True is refused.

    Raises:
        ValueError: `normalised` is asked for.
    """
    if normalised:
        raise ValueError("The seed's network has no normalisation.")
    base = filters[0]
    inputs = keras.Input((*shape_zyx, 1), name="ct")
    down = [base << level for level in range(4)]
    x, skips = inputs, []
    for width in down:
        x = _plain(_plain(x, width), 2 * width)
        skips.append(x)
        x = layers.MaxPooling3D(2)(x)
    x = _plain(_plain(x, down[-1]), 2 * down[-1])
    for skip, width in zip(reversed(skips), (8 * base, 4 * base, 2 * base, 2 * base), strict=True):
        x = layers.Concatenate()([layers.UpSampling3D(2)(x), skip])
        x = _plain(_plain(x, width), width)
    return keras.Model(inputs, layers.Conv3D(outputs, 1, activation="sigmoid")(x), name="seed_unet")


def _plain(x: Any, width: int) -> Any:
    return layers.Conv3D(width, 3, padding="same", activation="relu")(x)


def folded(model: keras.Model) -> keras.Model:
    """The same function without normalisation layers: their scale and shift go into the convolutions.

    At inference batch normalisation is y = gamma (x - mean) / sqrt(var + eps) + beta per channel, and x
    comes from a convolution, so the factor can be multiplied into its kernel. It saves an eighth of the time.
    """
    filters = [model.get_layer(f"down{level}a").filters for level in range(_levels(model))]
    shape = model.input_shape[1:4]
    soft_tissue = any(layer.name == "windows" for layer in model.layers)
    plain = heart_unet(shape, filters, model.output_shape[-1], normalised=False, soft_tissue=soft_tissue)
    for layer in plain.layers:
        source = model.get_layer(layer.name)
        if not isinstance(layer, layers.Conv3D):
            continue
        kernel, bias = (ops.convert_to_numpy(w) for w in source.weights)
        norm = _norm_of(model, layer.name)
        if norm is not None:
            gamma, beta, mean, variance = (
                ops.convert_to_numpy(w)
                for w in (norm.gamma, norm.beta, norm.moving_mean, norm.moving_variance)
            )
            factor = gamma / (variance + norm.epsilon) ** 0.5
            kernel, bias = kernel * factor, (bias - mean) * factor + beta
        layer.set_weights([kernel, bias])
    return plain


def _levels(model: keras.Model) -> int:
    return sum(layer.name.startswith("down") and layer.name.endswith("a") for layer in model.layers)


def _norm_of(model: keras.Model, name: str) -> Any:
    found = [layer for layer in model.layers if layer.name == f"{name}_norm"]
    return found[0] if found else None


def widened(kernels: Sequence[Any], model: keras.Model) -> list[Any]:
    """Weights of a network without the narrow window for one with it: the same answers, the new channel at zero.

    Args:
        kernels: As `get_weights` of the old network gives them.
        model: The network with `soft_tissue`.
    """
    values = [np.array(k) for k in kernels]
    wanted = model.weights[0].shape
    if values[0].shape != tuple(wanted):
        values[0] = np.concatenate([values[0], np.zeros_like(values[0])], axis=3)
    return values


ARCHITECTURES: dict[str, Callable[..., keras.Model]] = {
    "heart_unet": heart_unet,
    "heart_unet_two_windows": partial(heart_unet, soft_tissue=True),
    "seed_unet": seed_unet,
}
"""Networks that a card may name."""
