"""Organs found by a network, as masks with the confidence to use them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding
from cacviewer.core.geometry import Box


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which network spoke: name and SHA-256 of its weights file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """Heart and aorta on the grid of the volume.

    Attributes:
        heart: (z, y, x) bool, pericardial sac with fat; empty when not found.
        aorta: (z, y, x) bool; may overlap the heart at the root; empty when not found.
        heart_found: Whether there is a heart to be trusted.
        heart_confidence: 0..1, mean probability inside the mask.
        heart_ml: Volume of the heart mask in ml.
        heart_box: Bounding box of the heart [z0, y0, x0, z1, y1, x1], or None.
        model: The network.
        findings: heart_not_found, fov_cut, ...
        seconds: Time of the segmentation.
    """

    heart: NDArray[np.bool_]
    aorta: NDArray[np.bool_]
    heart_found: bool
    heart_confidence: float
    heart_ml: float
    heart_box: Box | None
    model: ModelIdentity
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
