"""Whether a bright object stands out of the noise: its contrast in units of the noise that was measured there.

A scan of 30 HU noise holds some thousand voxels above 130 HU in a heart without calcium. Each object is therefore
asked twice, as a single voxel and averaged over about its smallest real size, whether chance could make it: the
mean under a small Gaussian, minus that of the soft tissue, over the spread of the same mean in soft tissue.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid
from cacviewer.core.terrain import Terrain

SIGMAS_MM = (0.0, 0.7)
"""Gaussians of the two questions: one voxel, and the blur of a scanner's point (FWHM 1.6 mm)."""
SAMPLES = 4000
LOCAL = 200
"""So many of the nearest samples tell the noise of a place: behind the spine it is twice that in front."""
DEEP = 0.98
"""A sample lies where this share of what is around it is soft tissue of the heart."""
FEW = 50
MAD = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""

Index = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class SoftTissue:
    """Soft tissue of the heart at random places, seen with the Gaussians of SIGMAS_MM.

    Attributes:
        at_mm: (n, 3) index times spacing of the places, mm.
        values: (2, n) HU.
        median_hu: (2,) HU.
        sd_hu: (2,) robust standard deviation of all.
    """

    at_mm: NDArray[np.float64]
    values: NDArray[np.float64]
    median_hu: NDArray[np.float64]
    sd_hu: NDArray[np.float64]

    def sd_near(self, at_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(2, m) standard deviation of the samples nearest to places (m, 3), never less than that of all."""
        from scipy.spatial import cKDTree  # slow to import, and the window starts without it

        _, nearest = cKDTree(self.at_mm).query(at_mm, min(LOCAL, len(self.at_mm)))
        near = self.values[:, nearest.reshape(len(at_mm), -1)]
        spread = MAD * np.median(np.abs(near - np.median(near, axis=2, keepdims=True)), axis=2)
        return np.asarray(np.maximum(spread, self.sd_hu[:, None]))


def soft_tissue_of(hu: NDArray[np.int16], grid: Grid, terrain: Terrain, limit_hu: int) -> SoftTissue | None:
    """Samples the heart's soft tissue; None where there is hardly any.

    The places are drawn by a generator of fixed seed: the same scan gives the same noise.
    """
    deep = np.flatnonzero(terrain.deep(DEEP) & (terrain.mean_hu < limit_hu - 20))
    if len(deep) < FEW:
        return None
    if len(deep) > SAMPLES:
        deep = deep[np.random.default_rng(0).choice(len(deep), SAMPLES, replace=False)]
    blocks = np.stack(np.unravel_index(deep, terrain.heart.shape), axis=1)
    places = terrain.middle_zyx(blocks).astype(np.intp)
    values = np.stack([smoothed_at(hu, grid, places, sigma) for sigma in SIGMAS_MM])
    median = np.median(values, axis=1)
    sd = MAD * np.median(np.abs(values - median[:, None]), axis=1)
    return SoftTissue(places * np.asarray(grid.spacing_mm), values, median, np.maximum(sd, 1.0))


def contrast_to_noise(
    hu: NDArray[np.int16], grid: Grid, soft: SoftTissue, peaks: Index, middles: Index, ground_hu: Index
) -> NDArray[np.float64]:
    """Contrast (n,) of objects in standard deviations: the best of peak and middle, of both Gaussians.

    Args:
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        soft: What soft tissue looks like.
        peaks: (n, 3) index of the brightest voxel of each object.
        middles: (n, 3) index of the voxel nearest to its middle.
        ground_hu: (n,) HU of the soft tissue around it, where that is brighter than the heart's (muscle of the
            chest wall, cartilage); else anything lower.
    """
    sd = soft.sd_near(peaks * np.asarray(grid.spacing_mm))
    best = np.full(len(peaks), -np.inf)
    for i, sigma in enumerate(SIGMAS_MM):
        ground = np.maximum(soft.median_hu[i], ground_hu)
        for places in (peaks, middles):
            best = np.maximum(best, (smoothed_at(hu, grid, places, sigma) - ground) / sd[i])
    return best


def smoothed_at(hu: NDArray[np.int16], grid: Grid, places: Index, sigma_mm: float) -> NDArray[np.float64]:
    """Mean HU (n,) under a Gaussian at voxels (n, 3), cut at two sigmas; sigma 0 is the voxel itself."""
    reach = [int(2 * sigma_mm / s) for s in grid.spacing_mm]
    steps = np.stack(np.meshgrid(*[np.arange(-r, r + 1) for r in reach], indexing="ij"), axis=-1).reshape(
        -1, 3
    )
    if len(steps) == 1:
        return np.asarray(hu[tuple(np.asarray(places).T)], np.float64)
    far = np.linalg.norm(steps * np.asarray(grid.spacing_mm), axis=1)
    steps, far = steps[far <= 2 * sigma_mm], far[far <= 2 * sigma_mm]
    weights = np.exp(-0.5 * (far / sigma_mm) ** 2)
    at = np.clip(np.asarray(places)[:, None] + steps, 0, np.asarray(hu.shape) - 1)
    return np.asarray(hu[at[..., 0], at[..., 1], at[..., 2]] @ (weights / weights.sum()))
