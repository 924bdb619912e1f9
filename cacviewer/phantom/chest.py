"""The chest around the heart: sizes, tissues, places of bones, lungs, mediastinum and abdomen.

Everything is in LPS mm with the origin in the middle of the thoracic cavity at the height of the heart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cacviewer.phantom.heart import Heart
from cacviewer.phantom.shapes import Ellipsoid, Tube, ellipsoid, smooth_curve

AIR_HU = -1000.0


@dataclass(frozen=True, slots=True)
class Tissues:
    """HU of the tissues of one patient, at the limit of 120 kVp."""

    lung: float
    fat: float
    muscle: float
    blood: float
    myocardium: float
    liver: float
    cortex: float
    marrow: float
    cartilage: float


@dataclass(frozen=True, slots=True, eq=False)
class Chest:
    """Sizes of one patient's chest, mm; half-axes of the cavity, layers of the wall, places of the bones."""

    half_width_mm: float
    half_depth_mm: float
    wall_mm: float
    fat_mm: float
    rib_period_mm: float
    rib_phase_mm: float
    rib_slope: float
    sternum_mm: float
    breast_mm: float
    vertebra_phase_mm: float
    table: bool
    tissues: Tissues
    organs: tuple[tuple[Ellipsoid, float], ...]
    mediastinal_fat: tuple[Ellipsoid, ...]
    lung_vessels: tuple[Tube, ...]
    airways: tuple[Tube, ...]
    esophagus: Tube


def draw_tissues(random: np.random.Generator, contrast: bool) -> Tissues:
    """HU within physiological ranges; the blood of a contrast scan is bright.

    Nothing in a native heart comes nearer than 78 HU to the limit of 130: noise up to 15 HU then forms no
    component of 1 mm2 there.
    """
    blood = random.uniform(36, 47)
    return Tissues(
        lung=random.uniform(-890, -800),
        fat=random.uniform(-112, -92),
        muscle=random.uniform(46, 58),
        blood=random.uniform(300, 420) if contrast else blood,
        myocardium=random.uniform(95, 125) if contrast else blood + random.uniform(1, 5),
        liver=random.uniform(46, 64),
        cortex=random.uniform(480, 800),
        marrow=random.uniform(110, 230),
        cartilage=random.uniform(75, 120),
    )


def cavity_size(random: np.random.Generator) -> tuple[float, float]:
    """Half-axes of the thoracic cavity, left-right and front-back, mm."""
    size = random.uniform(0.93, 1.07)
    return 134 * size * random.uniform(0.96, 1.04), 90 * size * random.uniform(0.97, 1.06)


def build_chest(
    random: np.random.Generator, heart: Heart, half_axes_mm: tuple[float, float], contrast: bool
) -> Chest:
    """Draws the chest around a heart."""
    width, depth = half_axes_mm
    tissues = draw_tissues(random, contrast)
    level = heart.diaphragm.level_mm
    spine_y = depth - 30
    top = heart.top_mm
    carina = np.array([2.0, 20.0, top + random.uniform(6, 16)])
    airways = (
        Tube(np.array([carina + (0, -8, 90), carina]), np.array([9.0, 8.5])),
        Tube(
            np.array([carina, (-26, 24, carina[2] - 18), (-46, 26, carina[2] - 32)]),
            np.array([7.5, 6.5, 4.5]),
        ),
        Tube(
            np.array([carina, (26, 26, carina[2] - 22), (48, 32, carina[2] - 34)]), np.array([7.0, 6.0, 4.5])
        ),
    )
    gullet = smooth_curve(
        [(8, 30, 150), (8, 38, top), (10, spine_y - 22, 0), (18, spine_y - 26, level - 20)], 10
    )
    return Chest(
        half_width_mm=width,
        half_depth_mm=depth,
        wall_mm=float(random.uniform(17, 23)),
        fat_mm=float(random.uniform(6, 30)),
        rib_period_mm=float(random.uniform(24, 29)),
        rib_phase_mm=float(random.uniform(0, 25)),
        rib_slope=float(random.uniform(0.28, 0.45)),
        sternum_mm=float(random.uniform(16, 22)),
        breast_mm=float(random.choice([0.0, random.uniform(10, 30)])),
        vertebra_phase_mm=float(random.uniform(0, 25)),
        table=bool(random.random() < 0.7),
        tissues=tissues,
        organs=_organs(random, tissues, level, width, depth),
        mediastinal_fat=_fat_pads(random, heart, depth),
        lung_vessels=_lung_vessels(random, heart, width, depth),
        airways=airways,
        esophagus=Tube(gullet, np.full(10, 7.0)),
    )


def _organs(
    random: np.random.Generator, tissues: Tissues, level: float, width: float, depth: float
) -> tuple[tuple[Ellipsoid, float], ...]:
    gas = random.uniform(10, 26)
    return (
        (ellipsoid((-52, -4, level - 38), (width - 55, depth - 8, 82)), tissues.liver),
        (ellipsoid((10, -34, level - 32), (66, 50, 36)), tissues.liver),
        (ellipsoid((72, 6, level - 26), (40, 52, 34)), 32.0),
        (ellipsoid((70, -22, level - 18), (gas, gas * 0.8, gas * 0.9)), AIR_HU),
        (ellipsoid((94, 50, level - 26), (24, 34, 38)), 48.0),
    )


def _fat_pads(random: np.random.Generator, heart: Heart, depth: float) -> tuple[Ellipsoid, ...]:
    x, _, z = heart.centre
    level, pad = heart.diaphragm.level_mm, random.uniform(0.7, 1.3)
    return (
        ellipsoid((x - 8, -depth + 6, z + 10), (24 * pad, 20, 75)),  # behind the sternum
        ellipsoid(
            (x - 48, -depth + 42, level + 4), (22 * pad, 24 * pad, 22 * pad)
        ),  # right cardiophrenic angle
        ellipsoid((x + 54, -depth + 38, level + 4), (24 * pad, 26 * pad, 20 * pad)),  # left
        ellipsoid((6, depth - 34, z), (31, 25, 400)),  # around the spine
        ellipsoid((0, -8, heart.top_mm + 52), (44, 62, 66)),  # upper mediastinum
    )


def _lung_vessels(random: np.random.Generator, heart: Heart, width: float, depth: float) -> tuple[Tube, ...]:
    tubes = []
    for side in (-1, 1):
        hilum = heart.place([(-50, 24, 40)] if side < 0 else [(52, 34, 40)])[0]
        for _ in range(11):
            angle, rise = random.uniform(-1.5, 1.5), random.uniform(-0.9, 0.8)
            way = np.array([side * np.cos(angle), np.sin(angle) * depth / width, rise])
            reach = random.uniform(45, 85)
            first = hilum + (0, 0, random.uniform(-34, 18))
            bend = first + way * reach * 0.5 + random.uniform(-6, 6, 3)
            end = first + way * reach + random.uniform(-14, 14, 3)
            tubes.append(Tube(np.array([first, bend, end]), np.array([random.uniform(4, 7.5), 3.0, 1.2])))
            for _ in range(2):
                twig = bend + random.uniform(-30, 30, 3)
                tubes.append(Tube(np.array([bend, twig]), np.array([2.2, 0.9])))
    return tuple(tubes)
