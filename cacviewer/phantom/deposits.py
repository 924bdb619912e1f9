"""Calcium and metal laid into the chest: coronary plaques of known place, and what may be taken for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UsageError
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.rulesets import rule_set
from cacviewer.phantom.heart import Course, Heart
from cacviewer.phantom.parameters import DEMO_SEED, STREAM_CALCIUM, PhantomParameters
from cacviewer.phantom.shapes import arc_length, at_length

AORTA_GAP_MM = 2.3
"""Least distance of a plaque's surface from the aortic wall: blurred, it does not reach into it."""

NEAR_AORTA_LEAST, NEAR_AORTA_PEAK_HU = 30.0, 600.0
"""Least score aimed at and least peak of the plaque at the aorta: it is seen in 5 mm slices too."""

ARTERIES_GAP_MM = 10.0
"""Least distance between plaques of different arteries: they do not touch, even in 5 mm slices."""

DECOY_GAP_MM = 9.0
"""Least distance of a decoy from a coronary plaque."""


@dataclass(frozen=True, slots=True, eq=False)
class Deposit:
    """A dense body along a line.

    Attributes:
        kind: CORONARY for a plaque, else what a finder should take it for.
        artery: Of a plaque; UNASSIGNED for a decoy.
        line_lps_mm: (n, 3) its axis.
        radius_mm: Radius around the axis.
        excess_hu: HU it adds where it fills a voxel.
    """

    kind: LesionClass
    artery: Artery
    line_lps_mm: NDArray[np.float64]
    radius_mm: float
    excess_hu: float

    def gap_mm(self, other: Deposit) -> float:
        """Distance between the surfaces of two deposits."""
        between = np.linalg.norm(self.line_lps_mm[:, None] - other.line_lps_mm[None], axis=-1)
        return float(between.min()) - self.radius_mm - other.radius_mm


def plan_plaques(parameters: PhantomParameters, heart: Heart) -> tuple[Deposit, ...]:
    """Draws the coronary plaques whose score comes near the load asked for."""
    if parameters.load <= 0 or parameters.lesions == 0:
        return ()
    random = parameters.random(STREAM_CALCIUM)
    brightness = rule_set("literature", parameters.kvp).limit_hu / 130  # calcium is brighter at lower voltage
    plaques: list[Deposit] = []
    for name, share in _shares(random, parameters):
        near = parameters.near_aorta and not plaques
        aim = max(share * parameters.load, NEAR_AORTA_LEAST if near else 0.0)
        plaque = _placed(random, heart, name, aim, brightness, plaques, near)
        if plaque is not None:
            plaques.append(plaque)
    if parameters.near_aorta and not plaques:
        raise UsageError("No plaque of this load fits beside the aorta; ask for a smaller one.")
    return tuple(plaques)


def _shares(random: np.random.Generator, parameters: PhantomParameters) -> list[tuple[str, float]]:
    """Course and share of the load of each plaque; short courses first, before their room is taken."""
    count = parameters.lesions
    names = [str(name) for name in random.permutation(["LAD", "RCA", "LCX"])]
    start = str(random.choice(["LM", "RCA"]))
    if parameters.near_aorta:
        names = [start] + [name for name in names if name != start]
    elif random.random() < 0.4 or parameters.seed == DEMO_SEED:
        names.insert(0, "LM")
    names += [
        str(name) for name in random.choice(["LAD", "DIAGONAL", "LCX", "RCA"], 40, p=[0.45, 0.1, 0.18, 0.27])
    ]
    shares = np.sort(random.dirichlet(np.full(count, 1.3)))[::-1]
    if names[0] == "LM" or parameters.near_aorta:  # at an ostium there is little room
        shares = np.concatenate((shares[count // 2 :][:1], shares[: count // 2], shares[count // 2 + 1 :]))
    return list(zip(names[:count], shares.tolist(), strict=True))


def _placed(
    random: np.random.Generator,
    heart: Heart,
    name: str,
    agatston: float,
    brightness: float,
    others: list[Deposit],
    near_aorta: bool,
) -> Deposit | None:
    courses = [course for course in heart.courses if course.name == name]
    if not near_aorta:  # where a course is full, the next artery takes the plaque
        courses += [course for course in heart.courses if course.name != name]
    for course in courses:
        for _ in range(24):
            plaque = _drawn(random, course, agatston, brightness, heart, near_aorta)
            if plaque is not None and _fits(plaque, others, heart, near_aorta):
                return plaque
            agatston *= 0.96  # a smaller one fits where a larger does not
    return None


def _drawn(
    random: np.random.Generator,
    course: Course,
    agatston: float,
    brightness: float,
    heart: Heart,
    near_aorta: bool,
) -> Deposit | None:
    peak_hu = float(np.exp(random.uniform(np.log(260), np.log(1200))))
    if near_aorta:
        peak_hu = max(peak_hu, NEAR_AORTA_PEAK_HU)
    weight = 1.2 if peak_hu < 330 else 2.2 if peak_hu < 480 else 3.1 if peak_hu < 650 else 3.8
    volume_mm3 = 3 * agatston / weight / 1.35  # 1.35: what blur adds to a dense body at the limit
    slender = random.uniform(2.0, 6.0)
    radius_mm = float(np.clip((volume_mm3 / (np.pi * (slender + 4 / 3))) ** (1 / 3), 0.75, 2.7))
    length_mm = float(max((volume_mm3 / np.pi - 4 / 3 * radius_mm**3) / radius_mm**2, 0.5))
    line = course.tube.points
    total = float(arc_length(line)[-1])
    length_mm = min(length_mm, 0.75 * total, 32.0)
    if near_aorta:
        clear = heart.aorta.distance(at_length(line, np.arange(0, total, 0.25))) - radius_mm
        free = np.flatnonzero(clear >= AORTA_GAP_MM + 0.2)
        if not len(free):
            return None
        start = 0.25 * float(free[0])
    else:
        # proximal and middle thirds calcify first
        start = float(random.beta(1.1, 1.8)) * max(total - length_mm, 0.0)
    if start + length_mm > total:
        return None
    points = at_length(line, np.linspace(start, start + length_mm, max(2, int(length_mm / 0.8) + 1)))
    side = random.normal(size=3)
    points = points + side / np.linalg.norm(side) * min(0.8, course.tube.radii.mean() * 0.4)
    return Deposit(LesionClass.CORONARY, course.artery, points, radius_mm, peak_hu * brightness)


def _fits(plaque: Deposit, others: list[Deposit], heart: Heart, near_aorta: bool) -> bool:
    wall = heart.aorta.distance(plaque.line_lps_mm).min() - plaque.radius_mm
    if wall < AORTA_GAP_MM or (near_aorta and wall > 3.6):
        return False
    if plaque.line_lps_mm[:, 2].max() + plaque.radius_mm > heart.top_mm - 6:
        return False
    for other in others:
        least = 2.0 if other.artery is plaque.artery else ARTERIES_GAP_MM
        if plaque.gap_mm(other) < least:
            return False
    return True


def plan_decoys(
    parameters: PhantomParameters, heart: Heart, plaques: tuple[Deposit, ...]
) -> tuple[Deposit, ...]:
    """Draws calcium of the aorta and the valves, a lymph node, a granuloma and a metal clip."""
    if not parameters.decoys:
        return ()
    random = np.random.default_rng([parameters.seed, STREAM_CALCIUM, 1])
    brightness = rule_set("literature", parameters.kvp).limit_hu / 130
    makers = (_on_aortic_wall, _on_aortic_valve, _on_mitral_annulus, _lymph_node, _granuloma, _clip)
    decoys: list[Deposit] = []
    for make in makers:
        for _ in range(30):
            made = make(random, heart)
            if all(decoy.gap_mm(plaque) >= DECOY_GAP_MM for decoy in made for plaque in plaques):
                decoys += [replace(decoy, excess_hu=decoy.excess_hu * brightness) for decoy in made]
                break
    return tuple(decoys)


def _decoy(kind: LesionClass, line: NDArray[np.float64], radius_mm: float, excess_hu: float) -> Deposit:
    return Deposit(kind, Artery.UNASSIGNED, np.atleast_2d(line), float(radius_mm), float(excess_hu))


def _arc_on_tube(
    heart: Heart, at: float, start: float, sweep: float, inward_mm: float
) -> NDArray[np.float64]:
    """Points around the aorta at a fraction of its length, on the wall."""
    tube = heart.aorta
    i = int(np.clip(at * (len(tube.points) - 2), 0, len(tube.points) - 2))
    along = tube.points[i + 1] - tube.points[i]
    along /= np.linalg.norm(along)
    first = np.cross(along, (0.0, 1.0, 0.3))
    first /= np.linalg.norm(first)
    second = np.cross(along, first)
    angle = np.linspace(start, start + sweep, 9)[:, None]
    return np.asarray(
        tube.points[i] + (tube.radii[i] - inward_mm) * (np.cos(angle) * first + np.sin(angle) * second)
    )


def _on_aortic_wall(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    # on the root, the ascending and the descending aorta
    places = [random.uniform(0.06, 0.11), random.uniform(0.12, 0.19), *random.uniform(0.5, 0.8, 2)]
    return [
        _decoy(
            LesionClass.AORTA,
            _arc_on_tube(heart, at, random.uniform(0, 6.28), random.uniform(0.3, 0.9), 0.8),
            random.uniform(0.9, 1.6),
            random.uniform(350, 1000),
        )
        for at in places
    ]


def _on_aortic_valve(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    centre = heart.place([(0, 0, 9)])[0]
    made = []
    for angle in random.uniform(0, 6.28, int(random.integers(1, 4))):
        tip = centre + np.array([np.cos(angle), np.sin(angle), 0.2]) * random.uniform(5, 9)
        line = np.linspace(centre + (tip - centre) * 0.5, tip, 4)
        made.append(_decoy(LesionClass.VALVE, line, random.uniform(0.8, 1.6), random.uniform(300, 900)))
    return made


def _on_mitral_annulus(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    angle = np.linspace(random.uniform(0.2, 0.8), random.uniform(1.0, 1.9), 12)[:, None]
    centre, wide, deep = np.array([13, 24, 1]), np.array([17, 6, -7]), np.array([-4, 8, -9])
    line = heart.place(centre + np.cos(angle) * wide + np.sin(angle) * deep)
    return [_decoy(LesionClass.VALVE, line, random.uniform(1.0, 2.4), random.uniform(400, 900))]


def _lymph_node(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    centre = heart.place([(random.uniform(-14, 14), 34, 60)])[0] + random.uniform(-3, 3, 3)
    return [
        _decoy(
            LesionClass.OUTSIDE_HEART, np.array([centre, centre + (3, 0, 2)]), random.uniform(1.5, 3.5), 600
        )
    ]


def _granuloma(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    side = float(random.choice([-1, 1]))
    height = heart.centre[2] + random.uniform(5, 50)
    centre = np.array([side * random.uniform(84, 105), random.uniform(-20, 40), height])
    return [_decoy(LesionClass.PULMONARY, centre, random.uniform(1.5, 2.8), 1900)]


def _clip(random: np.random.Generator, heart: Heart) -> list[Deposit]:
    """A surgical clip in the fat behind the sternum."""
    front = heart.box()[1] + 11
    start = np.array(
        [random.uniform(-18, 22), front - random.uniform(0, 4), heart.centre[2] + random.uniform(30, 52)]
    )
    return [_decoy(LesionClass.METAL, np.array([start, start + (2, 1, 5)]), 1.0, 9000)]
