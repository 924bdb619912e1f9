"""The ground that calcium lies on: fat and soft tissue in and around the heart, on blocks of about 1.5 mm.

Coronary arteries run in the fat of the grooves or on the muscle; valves and annuli lie in the middle of soft
tissue. Blocks average out the noise of single voxels, and there are few of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, bounding_box, grown, slices_of

BLOCK_MM = 1.5
"""Blocks are as wide as whole voxels allow up to this, along every axis."""
FAT_HU = -25
"""Half way between fat (-100 to -80 HU at 120 kVp) and soft tissue (30 to 50 HU)."""
AIR_HU = -300
"""Below it is lung, not fat."""
AROUND_MM = 6.0
"""Shares are taken over a box that reaches this far: the width of a groove, less than the way to the next one."""
BEYOND_MM = 12.0
"""How far outside the heart the ground is known."""

Mask = NDArray[np.bool_]
Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Maps on the blocks of a box around the heart, each (z, y, x).

    Attributes:
        box: The box of the scan that is covered [z0, y0, x0, z1, y1, x1].
        factor: Voxels per block along z, y, x.
        spacing_mm: Size of a block along z, y, x.
        mean_hu: Mean of the voxels below the limit; the limit where there are none.
        fat_share: Share of fat within AROUND_MM, 0..1.
        air_share: Share of lung within AROUND_MM, 0..1.
        soft_share: Share of soft tissue in the heart within AROUND_MM, 0..1.
        near_hu: Mean of mean_hu over a block and its neighbours in the slice.
        soft_hu: Mean of the soft tissue within AROUND_MM, in the heart or not; 0 where there is none.
        heart: Blocks that are heart.
        aorta: Blocks that are aorta.
    """

    box: Box
    factor: tuple[int, int, int]
    spacing_mm: tuple[float, float, float]
    mean_hu: Field
    fat_share: Field
    air_share: Field
    soft_share: Field
    near_hu: Field
    soft_hu: Field
    heart: Mask
    aorta: Mask

    def blocks_at(self, index_zyx: NDArray[np.number]) -> tuple[NDArray[np.intp], ...]:
        """Blocks (z, y, x) that hold voxels (n, 3) of the scan, the nearest ones for voxels outside the box."""
        offset = np.floor((np.asarray(index_zyx) - self.box[:3] + 0.5) / self.factor).astype(np.intp)
        z, y, x = np.clip(offset, 0, np.asarray(self.heart.shape) - 1).T
        return z, y, x

    def centres_zyx(self, blocks: Mask) -> NDArray[np.float64]:
        """Index (n, 3) in the scan of the middle of every block of a mask, in raster order."""
        factor = np.asarray(self.factor)
        return np.asarray(np.argwhere(blocks) * factor + (factor - 1) / 2 + self.box[:3])


def terrain_of(hu: NDArray[np.int16], grid: Grid, limit_hu: int, heart: Mask, aorta: Mask) -> Terrain | None:
    """Measures the ground around a heart; None for an empty heart mask.

    Args:
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        limit_hu: Voxels at or above it are calcium or metal and no ground.
        heart: (z, y, x) bool on the grid.
        aorta: (z, y, x) bool on the grid.
    """
    from scipy import ndimage  # slow to import, and the window starts without it

    box = bounding_box(heart)
    if box is None:
        return None
    z, y, x = (max(1, int(BLOCK_MM / s + 1e-6)) for s in grid.spacing_mm)
    rim_z, rim_y, rim_x = (max(1, round(BEYOND_MM / s)) for s in grid.spacing_mm)
    box = grown(box, (rim_z, rim_y, rim_x), grid.shape_zyx)
    factor, where = (z, y, x), slices_of(box)
    spacing = tuple(s * f for s, f in zip(grid.spacing_mm, factor, strict=True))
    mean_hu = _ground(np.asarray(hu[where]), limit_hu, factor)
    in_heart = _blocks(heart[where].view(np.uint8), factor) >= 0.5
    in_aorta = _blocks(aorta[where].view(np.uint8), factor) >= 0.5
    size = tuple(2 * round(AROUND_MM / s) + 1 for s in spacing)

    def around(values: NDArray[np.generic]) -> Field:
        return np.asarray(ndimage.uniform_filter(np.asarray(values, np.float32), size, mode="nearest"))

    soft = mean_hu > FAT_HU
    share = around(soft)
    return Terrain(
        box=box,
        factor=factor,
        spacing_mm=(spacing[0], spacing[1], spacing[2]),
        mean_hu=mean_hu,
        fat_share=around((mean_hu <= FAT_HU) & (mean_hu > AIR_HU)),
        air_share=around(mean_hu <= AIR_HU),
        soft_share=around(soft & in_heart),
        near_hu=np.asarray(ndimage.uniform_filter(mean_hu, (1, 3, 3), mode="nearest")),
        soft_hu=np.where(share > 0.01, around(np.where(soft, mean_hu, 0)) / np.maximum(share, 0.01), 0),
        heart=in_heart,
        aorta=in_aorta,
    )


def _blocks(part: NDArray[np.generic], factor: tuple[int, int, int]) -> Field:
    """Means over blocks; the last block of an axis may hold fewer voxels."""
    sums: Field = np.asarray(part, np.float32)
    for axis in (2, 1, 0):
        if factor[axis] > 1:
            starts = np.arange(0, sums.shape[axis], factor[axis])
            counts = np.diff(np.append(starts, sums.shape[axis])).astype(np.float32)
            along = [1, 1, 1]
            along[axis] = len(counts)
            sums = np.asarray(np.add.reduceat(sums, starts, axis=axis) / counts.reshape(along), np.float32)
    return sums


def _ground(part: NDArray[np.int16], limit_hu: int, factor: tuple[int, int, int]) -> Field:
    """Mean HU of blocks without what is bright; a block of nothing else holds the limit."""
    dark = part < limit_hu
    share = _blocks(dark.view(np.uint8), factor)
    total = _blocks(np.where(dark, part, np.int16(0)), factor)
    return np.where(share > 0, total / np.maximum(share, np.float32(1e-6)), np.float32(limit_hu))
