"""Which artery a plaque belongs to, proposed from its place in the heart frame.

An atlas of the usual courses, as lines in the frame (mm of a mean heart from the annulus; x left, y back, z up),
in two poses between which a heart is interpolated: how far its middle lies to the left of the root. The pose
"turned" is that of most patients, read from readers' plaques of gated scans and common anatomy; "upright" is
that of the digital chest (cacviewer.phantom), whose root lies nearer to the middle.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.heart_frame import HeartFrame
from cacviewer.core.lesions import Artery

Line = tuple[tuple[float, float, float], ...]

TURNED: tuple[tuple[Artery, Line], ...] = (
    (Artery.LM, ((11, 8, 16), (16, 9, 20), (21, 9, 22))),
    (
        Artery.LAD,
        ((23, 8, 22), (30, 3, 21), (37, -3, 20), (46, -11, 13), (54, -22, 3), (60, -31, -12), (62, -36, -30)),
    ),
    (Artery.LAD, ((35, 0, 20), (46, -1, 13), (56, -6, 0), (64, -12, -15))),
    (Artery.LCX, ((22, 12, 21), (26, 17, 19), (31, 25, 11), (36, 32, -2), (37, 38, -12), (28, 43, -24))),
    (Artery.LCX, ((31, 25, 11), (44, 25, 5), (56, 21, -8), (61, 15, -22))),
    (
        Artery.RCA,
        (
            (4, -15, 8),
            (-4, -21, 4),
            (-9, -23, -8),
            (-14, -26, -24),
            (-19, -20, -38),
            (-10, -6, -48),
            (4, 2, -52),
        ),
    ),
    (Artery.RCA, ((4, 2, -52), (14, -6, -54), (26, -14, -54))),
)
UPRIGHT: tuple[tuple[Artery, Line], ...] = (
    (Artery.LM, ((10, 3, 20), (15, 4, 20), (21, 2, 20))),
    (
        Artery.LAD,
        (
            (23, 1, 20),
            (31, -9, 17),
            (35, -24, 8),
            (40, -36, -5),
            (49, -43, -19),
            (58, -40, -33),
            (62, -32, -41),
        ),
    ),
    (Artery.LAD, ((35, -24, 8), (46, -20, 3), (56, -16, -7), (64, -12, -18))),
    (Artery.LCX, ((24, 3, 19), (34, 5, 13), (44, 18, 6), (42, 32, 2), (30, 44, -5), (14, 50, -13))),
    (Artery.LCX, ((44, 18, 6), (50, 20, 0), (57, 18, -10), (61, 14, -22))),
    (
        Artery.RCA,
        (
            (-9, -15, 20),
            (-21, -27, 15),
            (-32, -35, 5),
            (-42, -34, -10),
            (-45, -26, -28),
            (-36, -8, -42),
            (-20, 14, -44),
        ),
    ),
    (Artery.RCA, ((-20, 14, -44), (-5, 8, -48), (10, 0, -50))),
)
UPRIGHT_MM, TURNED_MM = 3.0, 14.0
"""How far the heart's middle lies to the left of the annulus in the two poses."""

SOFTNESS_MM = 4.0
"""Courses vary by more than a centimetre between hearts; this much nearer makes a course three times as likely."""
REACH_MM = 15.0
"""Calcium farther from every course than this belongs to a branch or to an unusual heart: less is known."""
LEAST = 0.45
"""Below this confidence the reader is asked."""


def distances_mm(place: tuple[float, float, float], pose: float = 1.0) -> dict[Artery, float]:
    """Distance of a place from the usual course of every artery, mm of a mean heart.

    Args:
        place: Position in the heart frame (`HeartFrame.coordinates`).
        pose: Of `pose_of`.
    """
    away: dict[Artery, float] = {}
    for (artery, turned), (_, upright) in zip(TURNED, UPRIGHT, strict=True):
        line = pose * np.asarray(turned, np.float64) + (1 - pose) * np.asarray(upright, np.float64)
        away[artery] = min(away.get(artery, np.inf), _distance_mm(np.asarray(place), line))
    return away


def proposed_artery(place: tuple[float, float, float], pose: float = 1.0) -> tuple[Artery, float]:
    """The likeliest artery of a plaque and its confidence, 0..1; UNASSIGNED and 0 below LEAST.

    Arguments as for `distances_mm`.
    """
    away = distances_mm(place, pose)
    nearest = min(away, key=away.__getitem__)
    likelihood = [np.exp((away[nearest] - d) / SOFTNESS_MM) for d in away.values()]
    confidence = 1 / sum(likelihood) / max(1.0, away[nearest] / REACH_MM)
    return (nearest, float(confidence)) if confidence >= LEAST else (Artery.UNASSIGNED, 0.0)


def pose_of(frame: HeartFrame) -> float:
    """0 for an upright heart whose middle lies below the root, 1 for one turned to the left, in between else."""
    left = float(frame.coordinates(frame.centre_lps_mm)[0])
    return float(np.clip((left - UPRIGHT_MM) / (TURNED_MM - UPRIGHT_MM), 0, 1))


def _distance_mm(point: NDArray[np.float64], line: NDArray[np.float64]) -> float:
    """From a point (3,) to a line of straight pieces (n, 3)."""
    start, way = line[:-1], np.diff(line, axis=0)
    at = np.clip(((point - start) * way).sum(axis=1) / (way**2).sum(axis=1), 0, 1)
    return float(np.linalg.norm(start + at[:, None] * way - point, axis=1).min())
