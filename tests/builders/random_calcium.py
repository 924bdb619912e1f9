"""Random scans with blobs of calcium, and a scorer of them that is slow, obvious and shares nothing with ours."""

from __future__ import annotations

import math
from collections import deque
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np

KVP = (70, 80, 90, 100, 110, 120, 130, 135, 140)


def random_scan(seed: int) -> dict:
    """hu and labels (z, y, x), spacing_yx_mm, increment_mm, thickness_mm, kvp: blobs of every label, noise, specks."""
    random = np.random.default_rng([seed, 911])
    shape = (int(random.integers(1, 7)), int(random.integers(12, 28)), int(random.integers(12, 28)))
    hu = random.normal(45, random.uniform(0, 30), shape)
    labels = np.zeros(shape, np.int32)
    z, y, x = np.ogrid[: shape[0], : shape[1], : shape[2]]
    for _ in range(int(random.integers(0, 9))):
        centre = [random.uniform(0, n) for n in shape]
        radius = random.uniform(0.6, 4.5)
        far = ((z - centre[0]) * 2) ** 2 + (y - centre[1]) ** 2 + (x - centre[2]) ** 2
        blob = far < radius**2
        hu[blob] += random.uniform(60, 1700) * random.uniform(0.4, 1.0, int(blob.sum()))
        labels[blob] = int(random.integers(0, 7))
    specks = random.random(shape) < 0.01
    hu[specks], labels[specks] = random.uniform(100, 500), int(random.integers(0, 7))
    pixel = random.uniform(0.3, 1.0)
    return {
        "hu": np.rint(hu).astype(np.int16),
        "labels": labels,
        "spacing_yx_mm": (pixel, pixel * random.choice([1.0, 1.0, random.uniform(0.8, 1.2)])),
        "increment_mm": float(random.choice([0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0])),
        "thickness_mm": float(random.choice([1.0, 1.5, 2.5, 3.0, 5.0])),
        "kvp": int(random.choice(KVP)),
    }


def pieces(voxels: set, steps: list) -> list[list]:
    """Sets of voxels that hang together by the steps."""
    left, found = set(voxels), []
    while left:
        piece, waiting = [], deque([left.pop()])
        while waiting:
            here = waiting.popleft()
            piece.append(here)
            for step in steps:
                there = tuple(a + b for a, b in zip(here, step, strict=True))
                if there in left:
                    left.discard(there)
                    waiting.append(there)
        found.append(piece)
    return found


CROSS = [(0, 0, 1), (0, 0, -1), (0, 1, 0), (0, -1, 0)]
CORNERS = [*CROSS, (0, 1, 1), (0, 1, -1), (0, -1, 1), (0, -1, -1)]
FACES = [*CROSS, (1, 0, 0), (-1, 0, 0)]
EDGES = {
    70: (207, 318, 477, 636), 80: (177, 271, 408, 544), 90: (161, 248, 372, 495), 100: (147, 226, 339, 452),
    110: (138, 212, 318, 425), 120: (130, 200, 300, 400), 130: (123, 189, 284, 378), 135: (119, 183, 274, 364),
    140: (116, 178, 268, 357),
}  # fmt: skip


def slow_total(scan: dict, name: str) -> dict | None:
    """Agatston, volume and mass of a scan by the words of each rule set; None: it has no limit for the voltage.

    A number that the rule set does not define is None.
    """
    hu, dy, dx = scan["hu"], *scan["spacing_yx_mm"]
    increment, thickness, kvp = scan["increment_mm"], scan["thickness_mm"], scan["kvp"]
    area = dy * dx
    mine = {
        i: int(hu[i]) for i in map(tuple, np.argwhere((scan["labels"] >= 1) & (scan["labels"] <= 5)).tolist())
    }
    if name in ("siemens", "philips", "canon", "ge"):
        if kvp not in (100, 120):
            return None
        limit = 130 if kvp == 120 else 147
        edges = (limit, 200, 300, 400)
        wanted = {
            "siemens": lambda n: True, "philips": lambda n: n * area >= 0.5 - 1e-9, "canon": lambda n: n >= 3,
            "ge": lambda n: n * area >= 1 - 1e-9,
        }[name]  # fmt: skip
        kept = [p for p in pieces({i for i, v in mine.items() if v >= limit}, CROSS) if wanted(len(p))]
        score = sum(len(p) * area * step_weight(max(mine[i] for i in p), edges) for p in kept)
        if name == "philips":
            kept = [p for p in pieces({i for i, v in mine.items() if v > 99 / 0.88}, CROSS) if wanted(len(p))]
        solid = [i for p in kept for i in p]
        factor = 0.1 / limit
        return amounts(
            score, len(solid) * area * increment, sum(mine[i] for i in solid) * area * increment * factor
        )
    if name == "literature":
        edges = EDGES[kvp]
        kept = [
            p
            for p in pieces({i for i, v in mine.items() if v >= edges[0]}, CROSS)
            if len(p) * area >= 1 - 1e-9
        ]
        score = sum(len(p) * area * step_weight(max(mine[i] for i in p), edges) for p in kept) * increment / 3
        solid = [i for p in kept for i in p]
        mass = sum(mine[i] for i in solid) * area * increment * 0.1 / edges[0]
        found = amounts(score, len(solid) * area * increment, mass)
        found["volume_isotropic_mm3"] = callister(hu, set(solid), area, increment, edges[0])
        return found
    if name == "horos":
        score = volume = mass = 0.0
        for piece in pieces({i for i, v in mine.items() if 130 <= v <= 1500}, CROSS):
            values = [mine[i] for i in piece]
            weight = next((w for w, e in ((4, 400), (3, 300), (2, 200)) if sum(v > e for v in values) > 2), 1)
            score += len(piece) * area * weight * min(1.0, increment / thickness)
            volume += len(piece) * area * thickness
            mass += len(piece) * area * thickness * (sum(values) / len(values)) / 250
        return amounts(score, volume, mass)
    if name == "deepcac":
        unit, score, volume = rounded(area * increment / 3, "0.001", ROUND_HALF_UP), 0.0, 0.0
        for piece in pieces(set(mine), CORNERS):
            if len(piece) > 3:
                weight = step_weight(max(mine[i] for i in piece), EDGES[120])
                score += rounded(len(piece) * unit * weight, "0.001", ROUND_HALF_UP)
                volume += len(piece) * area * increment
        return amounts(rounded(score, "0.001", ROUND_HALF_UP), volume, None)
    if name == "ai-cac":
        score = volume = 0.0
        for piece in pieces(set(mine), FACES):
            if len(piece) > 1:
                weight = step_weight(max(mine[i] for i in piece), EDGES[120])
                score += rounded(len(piece) * (area * thickness / 3) * weight, "1", ROUND_HALF_EVEN)
                volume += len(piece) * area * thickness
        return amounts(score, volume, None)
    return amounts(None, sum(v >= 160 for v in mine.values()) * area * increment / 3, None)


def amounts(agatston, volume_mm3, mass) -> dict:
    """The three numbers by name."""
    return {"agatston": agatston, "volume_mm3": volume_mm3, "mass": mass}


def step_weight(peak: int, edges: tuple) -> int:
    """How many edges a peak reaches."""
    return sum(peak >= edge for edge in edges)


def rounded(value: float, to: str, tie: str) -> float:
    """A number rounded on its exact binary value."""
    return float(Decimal(float(value)).quantize(Decimal(to), rounding=tie))


def callister(hu, solid: set, area: float, increment: float, limit: int) -> float:
    """Volume of planes in steps of the pixel size, voxel by voxel."""
    slices, step = hu.shape[0], math.sqrt(area)
    if slices == 1:
        return len(solid) * area * increment
    places = {(y, x) for _, y, x in solid}
    count = plane = 0
    while plane * step <= (slices - 1) * increment + 1e-9:
        position = plane * step / increment
        below = min(int(position + 1e-9), slices - 1)
        f = position - below
        for y, x in places:
            if f < 1e-9 or below == slices - 1:
                count += (below, y, x) in solid and hu[below, y, x] >= limit - 1e-9
            elif (below, y, x) in solid or (below + 1, y, x) in solid:
                count += (1 - f) * float(hu[below, y, x]) + f * float(hu[below + 1, y, x]) >= limit - 1e-9
        plane += 1
    return count * area * step
