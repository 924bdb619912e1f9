"""What is measured around every candidate before it is judged: ground, root, bone, noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.candidates import Candidate
from cacviewer.core.geometry import Grid
from cacviewer.core.heart_frame import HeartFrame, frame_of
from cacviewer.core.noise import SoftTissue, contrast_to_noise, soft_tissue_of
from cacviewer.core.terrain import FAT_HU, Terrain, terrain_of

FAR_MM = 99.0
"""Stands for every distance beyond what is measured, and for distances to what is not there."""
VOXELS_ASKED = 200
"""Of a large object every n-th voxel is asked, so that no more than about this many are."""
NEAR_ROOT_MM = 12.0
USUAL_SOFT_HU = 40.0
"""Blood and muscle without contrast, for hearts too small to be measured."""
STEPS = np.linspace(0.15, 0.9, 6)
"""Where the way from an object to the aorta is asked for fat."""

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Measures of one candidate; means are over its voxels.

    Attributes:
        contrast_to_noise: Contrast with soft tissue in standard deviations of the noise.
        depth_mm: Mean way to the nearest fat or to the heart's border, for objects in the heart.
        fat_share: Share of fat within 6 mm.
        air_share: Share of lung within 6 mm.
        soft_excess_hu: Soft tissue within 6 mm less the heart's.
        aorta_mm: Mean distance from the ascending aorta's mask, asked up to 12 mm.
        nearest_aorta_mm: That of its nearest voxel.
        between_hu: Least HU on the way to the aorta: fat there parts a coronary plaque from the wall.
        height_mm: Mean height above the annulus along the root.
        radial: Mean distance from the root's axis in radii of the root.
        place: Position in the heart frame, x left, y back, z up, mm of a mean heart; None without a frame.
    """

    contrast_to_noise: float
    depth_mm: float
    fat_share: float
    air_share: float
    soft_excess_hu: float
    aorta_mm: float = FAR_MM
    nearest_aorta_mm: float = FAR_MM
    between_hu: float = FAT_HU
    height_mm: float = FAR_MM
    radial: float = FAR_MM
    place: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Ground and frame of a scan, and the evidence of its candidates in their order.

    Evidence is None for what keeps clear of the heart: its place says enough.
    """

    frame: HeartFrame | None
    evidence: tuple[Evidence | None, ...]


def surroundings_of(
    candidates: Sequence[Candidate],
    hu: NDArray[np.int16],
    grid: Grid,
    limit_hu: int,
    heart: Mask,
    aorta: Mask,
) -> Surroundings:
    """Measures what lies around the candidates at the heart.

    Args:
        candidates: Of `find_candidates`.
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        limit_hu: HU >= limit is bright.
        heart: (z, y, x) bool on the grid.
        aorta: (z, y, x) bool on the grid.
    """
    nothing = Surroundings(None, (None,) * len(candidates))
    at_heart = [i for i, c in enumerate(candidates) if c.in_margin > 0]
    terrain = terrain_of(hu, grid, limit_hu, heart, aorta) if at_heart else None
    if terrain is None:
        return nothing
    frame = frame_of(terrain, grid)
    some = [candidates[i] for i in at_heart]
    measured = _measured(some, hu, grid, limit_hu, terrain, frame)
    evidence: list[Evidence | None] = [None] * len(candidates)
    for i, found in zip(at_heart, measured, strict=True):
        evidence[i] = found
    return Surroundings(frame, tuple(evidence))


def _measured(
    some: Sequence[Candidate],
    hu: NDArray[np.int16],
    grid: Grid,
    limit_hu: int,
    terrain: Terrain,
    frame: HeartFrame | None,
) -> list[Evidence]:
    voxels = [_some_voxels(c) for c in some]
    owner = np.repeat(np.arange(len(some)), [len(v) for v in voxels])
    index = np.concatenate(voxels)
    blocks = terrain.blocks_at(index)

    def mean(values: NDArray[np.generic]) -> Floats:
        return np.asarray(np.bincount(owner, values, len(some)) / np.bincount(owner, minlength=len(some)))

    around = terrain.around(blocks)
    soft = soft_tissue_of(hu, grid, terrain, limit_hu)
    columns: dict[str, Floats] = {
        "contrast_to_noise": _contrast(some, voxels, hu, grid, soft, mean(around.near_hu)),
        "depth_mm": mean(_depth_mm(index, grid, terrain)),
        "fat_share": mean(around.fat_share),
        "air_share": mean(around.air_share),
        "soft_excess_hu": mean(around.soft_hu) - (soft.median_hu[0] if soft else USUAL_SOFT_HU),
    }
    if frame is None:
        return [Evidence(**row) for row in _rows(columns)]
    height, radial = frame.along_root(grid.lps_mm(index))
    way, between = _way_to_aorta(index, grid, terrain, frame)
    starts = np.searchsorted(owner, np.arange(len(some)))
    columns |= {
        "aorta_mm": mean(way),
        "nearest_aorta_mm": np.minimum.reduceat(way, starts),
        "between_hu": mean(between),
        "height_mm": mean(height),
        "radial": mean(radial) / frame.radius_mm,
    }
    places = frame.coordinates([c.centroid_lps_mm for c in some]).tolist()
    return [Evidence(**row, place=(x, y, z)) for row, (x, y, z) in zip(_rows(columns), places, strict=True)]


def _rows(columns: dict[str, Floats]) -> list[dict[str, Any]]:
    table = zip(*(v.tolist() for v in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in table]


def _some_voxels(c: Candidate) -> NDArray[np.intp]:
    place = np.flatnonzero(c.voxels)  # much faster than argwhere
    some = place[:: max(1, len(place) // VOXELS_ASKED)]
    return np.asarray(np.stack(np.unravel_index(some, c.voxels.shape), axis=1) + np.asarray(c.box[:3]))


def _contrast(
    some: Sequence[Candidate],
    voxels: Sequence[NDArray[np.intp]],
    hu: NDArray[np.int16],
    grid: Grid,
    soft: SoftTissue | None,
    near_hu: Floats,
) -> Floats:
    if soft is None:
        return np.full(len(some), FAR_MM)
    peaks = np.array([c.peak_index_zyx for c in some])
    middles = np.rint([v.mean(axis=0) for v in voxels]).astype(np.intp)
    # outside the heart bright specks lie in cartilage and muscle; in the heart what is bright around is a halo
    outside = np.array([c.in_heart < 0.5 for c in some])
    return contrast_to_noise(hu, grid, soft, peaks, middles, np.where(outside, near_hu, -1000.0))


def _depth_mm(index: NDArray[np.intp], grid: Grid, terrain: Terrain) -> Floats:
    """Distance (n,) of voxels from the nearest block that is fat or not heart, less half a block's width."""
    from scipy.spatial import cKDTree  # slow to import, and the window starts without it

    soft = terrain.heart & (terrain.mean_hu > FAT_HU)
    shore = _beside(soft)
    if not shore.any():
        return np.full(len(index), FAR_MM)
    depth = np.zeros(len(index))
    inside = np.flatnonzero(soft[terrain.blocks_at(index)])
    if len(inside):
        spacing = np.asarray(grid.spacing_mm)
        # built in a hurry: it is asked few questions
        tree = cKDTree(terrain.centres_zyx(shore) * spacing, balanced_tree=False, compact_nodes=False)
        depth[inside] = tree.query(index[inside] * spacing)[0] - terrain.spacing_mm[2] / 2
    return np.maximum(depth, 0.0)


def _beside(mask: Mask) -> Mask:
    """What is not in a mask (z, y, x) and shares a face with it."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    grown[:, :, 1:] |= mask[:, :, :-1]
    grown[:, :, :-1] |= mask[:, :, 1:]
    return np.asarray(grown & ~mask)


def _way_to_aorta(
    index: NDArray[np.intp], grid: Grid, terrain: Terrain, frame: HeartFrame
) -> tuple[Floats, Floats]:
    """Distance (n,) of voxels from the ascending aorta, and least HU on the way; far voxels are not asked."""
    from scipy.spatial import cKDTree  # slow to import, and the window starts without it

    spacing = np.asarray(grid.spacing_mm)
    root = terrain.centres_zyx(frame.rising)
    way, nearest = cKDTree(root * spacing).query(index * spacing, distance_upper_bound=NEAR_ROOT_MM)
    near = np.flatnonzero(np.isfinite(way))
    distance = np.full(len(index), NEAR_ROOT_MM)
    between = np.full(len(index), float(FAT_HU))
    inside = frame.rising[terrain.blocks_at(index)]
    distance[near] = np.where(inside[near], 0.0, np.maximum(way[near] - terrain.spacing_mm[2] / 2, 0.0))
    if len(near):
        start, end = index[near], root[nearest[near]]
        on_way = start[None] + STEPS[:, None, None] * (end - start)[None]
        ground = terrain.mean_hu[terrain.blocks_at(on_way.reshape(-1, 3))].reshape(len(STEPS), -1)
        between[near] = ground.min(axis=0)
    return distance, between
