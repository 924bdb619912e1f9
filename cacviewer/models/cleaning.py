"""From probabilities in the box to whole organs: one heart without holes, an aorta of one or two pieces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.models.preprocess import Floats

Mask = NDArray[np.bool_]
LEAST_AORTA_ML = 1.5


def largest_component(mask: Mask) -> Mask:
    """The largest 6-connected piece; empty stays empty."""
    from scipy import ndimage

    labels, count = ndimage.label(mask)
    if count <= 1:
        return mask
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return np.asarray(labels == int(np.argmax(sizes)))


def without_holes(mask: Mask) -> Mask:
    """Fills what cannot be reached from outside; ten times faster than `ndimage.binary_fill_holes`."""
    from scipy import ndimage

    labels, count = ndimage.label(np.pad(~mask, 1, constant_values=True))
    if count <= 1:
        return mask
    return np.asarray(labels[1:-1, 1:-1, 1:-1] != labels[0, 0, 0])


def clean_heart(probability: Floats, threshold: float) -> Floats:
    """Keeps the largest piece and fills its holes, in the probabilities, so that interpolation stays smooth.

    Args:
        probability: (z, y, x) 0..1.
        threshold: Of the mask.

    Returns:
        A new array in which only the heart reaches the threshold.
    """
    mask = probability >= threshold
    heart = largest_component(mask)
    filled = without_holes(heart)
    cleaned = np.where(mask & ~heart, np.float32(0), probability)
    return np.asarray(np.where(filled & ~heart, np.float32(1), cleaned), np.float32)


def clean_aorta(probability: Floats, threshold: float, voxel_ml: float) -> Floats:
    """Drops pieces that are too small to be a part of the aorta, in the probabilities."""
    from scipy import ndimage

    mask = probability >= threshold
    labels, count = ndimage.label(mask)
    if not count:
        return probability
    sizes = np.bincount(labels.ravel()) * voxel_ml
    sizes[0] = 0
    large = sizes >= max(LEAST_AORTA_ML, 0.04 * float(sizes.max()))
    return np.asarray(np.where(mask & ~large[labels], np.float32(0), probability), np.float32)
