"""The heart of the phantom: chambers, pericardial sac, great vessels and coronary arteries, placed in the chest.

The sac follows what readers outline: it ends below at the diaphragm and above at a flat cut through the
pulmonary bifurcation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.lesions import Artery
from cacviewer.phantom.shapes import BoxMm, Ellipsoid, Field, Points, Tube

NORM_MM = 30.0
"""Turns the normalised radius of a union of chambers into mm (a mean semi-axis)."""


@dataclass(frozen=True, slots=True, eq=False)
class Diaphragm:
    """Height of the diaphragm: level under the heart, a dome on either side, falling to the ribs."""

    level_mm: float
    right_mm: float
    left_mm: float
    half_width_mm: float
    half_depth_mm: float

    def height(self, x: Field, y: Field) -> Field:
        """Height (broadcast of x and y), LPS z in mm."""
        right = np.exp(-(((x + 88) / 36) ** 2) - ((y - 8) / 62) ** 2)
        left = np.exp(-(((x - 92) / 36) ** 2) - ((y - 12) / 60) ** 2)
        edge = (x / self.half_width_mm) ** 2 + (y / self.half_depth_mm) ** 2
        height = self.level_mm + self.right_mm * right + self.left_mm * left - 34 * edge * edge * edge
        return np.asarray(height, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A coronary artery: name of the course, artery it is counted to, tube."""

    name: str
    artery: Artery
    tube: Tube


@dataclass(frozen=True, slots=True, eq=False)
class Heart:
    """Placed chambers, vessels and arteries of one seed."""

    centre: NDArray[np.float64]
    turn: NDArray[np.float64]
    scale: NDArray[np.float64]
    chambers: dict[str, Ellipsoid]
    pedicle: Ellipsoid
    diaphragm: Diaphragm
    fat_mm: float
    top_mm: float
    aorta: Tube
    vessels: dict[str, Tube]
    courses: tuple[Course, ...] = ()

    def place(self, points: ArrayLike) -> NDArray[np.float64]:
        """Heart frame (n, 3) to LPS mm."""
        return np.asarray(points, np.float64) * self.scale @ self.turn.T + self.centre

    def box(self) -> BoxMm:
        """A box that holds the sac."""
        boxes = np.array([shape.box(16.0) for shape in (*self.chambers.values(), self.pedicle)])
        return (*boxes[:, :3].min(axis=0), *boxes[:, 3:].max(axis=0))

    def fields(self, p: Points) -> tuple[Field, Field]:
        """Fields of the muscle with its chambers, and of the pericardial sac.

        Both are unions of the same ellipsoids under a p-norm: a hard one for the muscle, a soft one for the
        sac, so that fat fills the grooves between chambers, where the arteries run.
        """
        shape_zyx = np.broadcast_shapes(p.z.shape, p.y.shape, p.x.shape)
        hard, soft = np.zeros(shape_zyx, np.float32), np.zeros(shape_zyx, np.float32)
        for shape in self.chambers.values():
            near2 = 1 / np.maximum(shape.squared(p), np.float32(1e-2))
            near6 = near2 * near2 * near2
            soft += near6
            hard += near6 * near6
        soft += np.maximum(self.pedicle.squared(p), np.float32(1e-2)) ** -3
        muscle = (hard ** np.float32(-1 / 12) - 1) * np.float32(NORM_MM)
        sac = (soft ** np.float32(-1 / 6) - 1) * np.float32(NORM_MM) - np.float32(self.fat_mm)
        floor = self.diaphragm.height(p.x, p.y) - p.z
        np.maximum(muscle, floor + np.float32(4.0), out=muscle)
        np.maximum(sac, floor + np.float32(1.0), out=sac)
        np.maximum(sac, p.z - np.float32(self.top_mm), out=sac)
        return muscle, sac

    def solid(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Field (n,) at points (n, 3) of all that an artery runs around: muscle, aorta, pulmonary trunk."""
        x, y, z = (points[:, i].astype(np.float32).reshape(-1, 1, 1) for i in range(3))
        muscle = self.fields(Points(z, y, x))[0][:, 0, 0].astype(np.float64)
        around = np.minimum(self.aorta.distance(points), self.vessels["pulmonary_trunk"].distance(points))
        return np.minimum(muscle, around)
