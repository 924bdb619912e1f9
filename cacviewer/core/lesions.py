"""Lesions: what a reader clicks. Bright connected voxels with a class, an artery and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box


class Artery(StrEnum):
    """Where scored calcium belongs. Values are the keys of case.json; `label` is for people."""

    LM = "LM"
    LAD = "LAD"
    LCX = "LCX"
    RCA = "RCA"
    UNASSIGNED = "unassigned"

    @property
    def label(self) -> str:
        """How people write it."""
        return {"LCX": "LCx", "unassigned": "Not assigned"}.get(self.value, self.value)


LABEL_OF_ARTERY = {Artery.LM: 1, Artery.LAD: 2, Artery.LCX: 3, Artery.RCA: 4, Artery.UNASSIGNED: 5}
"""Values of calcium.nii.gz (clinical-rules.md 1); 6 is other calcium."""
OTHER_LABEL = 6


class LesionClass(StrEnum):
    """What a bright object is taken for. Only CORONARY is scored."""

    CORONARY = "coronary"
    AORTA = "aorta"
    VALVE = "valve"
    BONE = "bone"
    METAL = "metal"
    PULMONARY = "pulmonary"
    OUTSIDE_HEART = "outside_heart"
    NOISE = "noise"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """One object: 26-connected voxels at or above the limit.

    Attributes:
        id: Stable: made of the place of its peak, not of an order.
        box: Bounding box in the volume [z0, y0, x0, z1, y1, x1].
        voxels: (z, y, x) bool inside the box, read-only.
        kind: What it is taken for.
        artery: For coronary lesions: proposed from the place, or the reader's; UNASSIGNED where neither says.
        reason: One sentence why.
        confidence: 0..1 in kind.
        centroid_lps_mm: Mean position of its voxels.
        max_hu: Brightest voxel.
        mean_hu: Mean of its voxels.
        voxel_count: Number of voxels.
        artery_confidence: 0..1 in artery as proposed; 1 where a reader said it.
        limit_hu: Its own limit where a reader changed it; None: the limit of the rule set.
    """

    id: str
    box: Box
    voxels: NDArray[np.bool_]
    kind: LesionClass
    artery: Artery
    reason: str
    confidence: float
    centroid_lps_mm: tuple[float, float, float]
    max_hu: int
    mean_hu: float
    voxel_count: int
    artery_confidence: float = 0.0
    limit_hu: int | None = None

    @property
    def is_scored(self) -> bool:
        """Whether the lesion enters the score."""
        return self.kind is LesionClass.CORONARY
