"""Drawing a heart: tables of a mean heart, and how a seed changes it and lays the arteries onto it.

Numbers are millimetres in a heart frame (x left, y back, z up; origin in the middle of the sac) that is
scaled, turned and moved for each seed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cacviewer.core.lesions import Artery
from cacviewer.phantom.heart import Course, Diaphragm, Heart
from cacviewer.phantom.shapes import Ellipsoid, Tube, ellipsoid, frame_along, resampled, smooth_curve

# name: centre, semi-axes, direction of the first axis or None, wall
CHAMBERS: dict[
    str, tuple[tuple[float, float, float], tuple[float, float, float], ArrayLike | None, float]
] = {
    "lv": ((25, 4, -12), (51, 35, 36), (0.70, -0.58, -0.42), 10.0),
    "rv": ((-2, -27, -15), (46, 27, 36), (0.85, -0.12, -0.35), 4.0),
    "rvot": ((12, -34, 16), (21, 19, 28), None, 4.0),
    "ra": ((-41, 4, -9), (25, 32, 38), None, 2.5),
    "la": ((-4, 37, 16), (42, 21, 27), None, 2.5),
    "laa": ((38, 14, 24), (12, 17, 12), None, 2.0),
    "raa": ((-33, -18, 20), (15, 18, 15), None, 2.0),
}
PEDICLE = ((0, -6, 34), (31, 26, 33))
"""The great vessels' part of the sac: it holds no muscle."""

RCA_END = (-20.0, 14.0, -44.0)

COURSES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "LM": ((10.5, 3, 20), (15, 4, 20.5), (22, 2, 20)),
    "LAD": (
        (22, 2, 20),
        (31, -9, 17),
        (35, -24, 8),
        (40, -36, -5),
        (49, -43, -19),
        (58, -40, -33),
        (62, -32, -41),
    ),
    "LCX": ((22, 2, 20), (34, 7, 12), (44, 18, 6), (42, 32, 2), (30, 44, -5), (14, 50, -13)),
    "RCA": (
        (-15, -15, 19),
        (-21, -27, 15),
        (-32, -35, 5),
        (-42, -34, -10),
        (-45, -26, -28),
        (-36, -8, -42),
        (-20, 14, -44),
    ),
    "DIAGONAL": ((35, -24, 8), (46, -20, 3), (56, -16, -7), (64, -12, -18)),
}
ARTERY_OF_COURSE = {
    "LM": Artery.LM,
    "LAD": Artery.LAD,
    "LCX": Artery.LCX,
    "RCA": Artery.RCA,
    "DIAGONAL": Artery.LAD,
}
RADII_MM = {"LM": (2.3, 2.1), "LAD": (1.9, 0.9), "LCX": (1.7, 0.9), "RCA": (2.0, 1.2), "DIAGONAL": (1.2, 0.8)}
ABOVE_MUSCLE_MM = 1.6
"""Field of the union at which an artery's centre runs: it lies in fat, on the muscle."""

NUDGES_MM = (*np.eye(3) * 0.5, *np.eye(3) * -0.5)
"""Steps of 1/2 mm along the axes, for slopes."""


def build_heart(random: np.random.Generator, half_width_mm: float, half_depth_mm: float) -> Heart:
    """Draws a heart that fits into a chest of the given inner half-axes."""
    # the heart fills the room between sternum and spine, but for the gullet and a little fat
    deep = np.clip((2 * half_depth_mm - 53 - random.uniform(8, 24)) / 124, 0.76, 1.08)
    scale = deep * np.array([random.uniform(0.88, 1.02), 1.0, random.uniform(1.0, 1.16)])
    turn = _turn(*np.radians(random.uniform(-1, 1, 3) * (6, 6, 9)))
    centre = np.array([random.uniform(9, 19), -half_depth_mm + 7 + 59 * scale[1], random.uniform(-3, 3)])
    level = centre[2] - 47 * scale[2]
    diaphragm = Diaphragm(
        float(level),
        float(random.uniform(14, 30)),
        float(random.uniform(4, 16)),
        half_width_mm,
        half_depth_mm,
    )

    def placed(c: ArrayLike, semi: ArrayLike, along: ArrayLike | None) -> Ellipsoid:
        axes = (np.eye(3) if along is None else frame_along(along)) @ turn.T
        semi_mm = np.asarray(semi) * scale.mean() * random.uniform(0.95, 1.05, 3)
        return ellipsoid(np.asarray(c) * scale @ turn.T + centre, semi_mm, axes)

    chambers = {name: placed(c, semi, along) for name, (c, semi, along, _) in CHAMBERS.items()}
    heart = Heart(
        centre=centre,
        turn=turn,
        scale=scale,
        chambers=chambers,
        pedicle=placed(*PEDICLE, None),
        diaphragm=diaphragm,
        fat_mm=float(random.uniform(0.8, 3.6)),
        top_mm=float(centre[2] + 52 * scale[2]),
        aorta=Tube(np.zeros((2, 3)), np.ones(2)),
        vessels={},
    )
    aorta, vessels = _vessels(heart, random, half_depth_mm)
    heart = replace(heart, aorta=aorta, vessels=vessels)
    return replace(heart, courses=_courses(heart, random))


def _turn(rx: float, ry: float, rz: float) -> NDArray[np.float64]:
    cx, sx, cy, sy, cz, sz = np.cos(rx), np.sin(rx), np.cos(ry), np.sin(ry), np.cos(rz), np.sin(rz)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


def _vessels(heart: Heart, random: np.random.Generator, half_depth_mm: float) -> tuple[Tube, dict[str, Tube]]:
    wide = random.uniform(0.92, 1.15)
    rising = heart.place([(1, 1, 3), (-1, -1, 12), (-5, -3, 26), (-11, -6, 42), (-15, -5, 58), (-14, 2, 76)])
    back = half_depth_mm - 47  # the descending aorta lies on the left front of the spine
    side = random.uniform(20, 27)
    top = rising[-1, 2] + random.uniform(14, 24)
    arch = np.array([(rising[-1, 0] + 14, rising[-1, 1] + 20, top), (side - 4, back - 12, top - 4)])
    bend = side + random.uniform(-3, 3)
    fall = np.array([(side, back, top - 24), (bend, back + 2, 0), (side - 6, back + 3, -90), (4, back, -190)])
    points = smooth_curve(np.vstack((rising, arch, fall)), 46)
    along = np.linspace(0, 1, 46)
    radii = (
        np.interp(along, (0, 0.03, 0.09, 0.2, 0.3, 0.45, 1), (14, 17.5, 15.2, 16.2, 14.5, 12.3, 10.5)) * wide
    )
    trunk = heart.place([(13, -36, 22), (15, -33, 36), (17, -24, 48), (20, -12, 56)])
    right = heart.place([(20, -12, 56), (4, 22, 55), (-22, 24, 53), (-50, 22, 48)])
    left = heart.place([(20, -12, 56), (30, 10, 60), (44, 30, 56), (56, 38, 46)])
    cava = heart.place([(-36, 2, 20), (-34, 4, 48), (-31, 0, 80), (-29, -8, 130)])
    lower = heart.place([(-34, 16, -20), (-33, 18, -48), (-32, 22, -110)])
    veins = {
        f"vein_{i}": Tube(heart.place(way), np.array([8.0, 7.0, 5.0]))
        for i, way in enumerate(
            (
                [(-30, 40, 10), (-48, 44, 8), (-66, 50, 4)],
                [(26, 42, 12), (42, 50, 10), (60, 58, 6)],
                [(-28, 32, 24), (-44, 24, 28), (-60, 20, 34)],
                [(28, 34, 26), (42, 34, 32), (56, 34, 40)],
            )
        )
    }
    vessels = veins | {
        "pulmonary_trunk": Tube(smooth_curve(trunk, 8), np.linspace(14.5, 13, 8) * random.uniform(0.9, 1.1)),
        "right_pulmonary": Tube(smooth_curve(right, 8), np.linspace(11, 9, 8)),
        "left_pulmonary": Tube(smooth_curve(left, 7), np.linspace(11, 8, 7)),
        "superior_cava": Tube(smooth_curve(cava, 7), np.full(7, 9.5)),
        "inferior_cava": Tube(smooth_curve(lower, 5), np.full(5, 11.5)),
    }
    return Tube(points, radii), vessels


def _courses(heart: Heart, random: np.random.Generator) -> tuple[Course, ...]:
    courses = []
    origin: dict[str, NDArray[np.float64]] = {}
    for name, control in COURSES.items():
        line = smooth_curve(heart.place(control), 40)
        if name == "DIAGONAL":
            line[0] = origin["LAD"][13]
        elif name in ("LAD", "LCX"):
            line[0] = origin["LM"][-1]
        line = _laid_on(heart, line, fixed_start=name in ("LAD", "LCX", "DIAGONAL"))
        origin[name] = line
        radii = np.linspace(*RADII_MM[name], len(line)) * random.uniform(0.9, 1.15)
        courses.append(Course(name, ARTERY_OF_COURSE[name], Tube(line, radii)))
    return tuple(courses)


def _laid_on(heart: Heart, line: NDArray[np.float64], *, fixed_start: bool) -> NDArray[np.float64]:
    """Pulls a curve onto the surface of the muscle, and smooths it, in turns."""
    start = line[0].copy()
    for _ in range(8):
        for _ in range(2):
            around = np.concatenate([line] + [line + step for step in NUDGES_MM])
            value, *ends = np.split(heart.solid(around), 7)
            slope = np.stack([ends[i] - ends[i + 3] for i in range(3)], axis=-1)
            steep = np.maximum((slope**2).sum(axis=-1), 0.15)
            move = ((value - ABOVE_MUSCLE_MM) / steep)[:, None] * slope
            line = line - np.clip(move, -4, 4)
        line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
        if fixed_start:
            line[0] = start
    return resampled(line, max(4, round(len(line) / 2)))
