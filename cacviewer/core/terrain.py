"""The ground that calcium lies on: fat and soft tissue in and around the heart, on blocks of about 1.5 mm.

Coronary arteries run in the fat of the grooves or on the muscle; valves and annuli lie in the middle of soft
tissue. Blocks average out the noise of single voxels, and there are few of them. What lies around is measured at
the places that are asked for, not at every block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
GATHERED = 1 << 20
"""So many blocks are gathered at once: some megabytes."""

Mask = NDArray[np.bool_]
Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around places, each (n,) float32.

    Attributes:
        fat_share: Share of fat within AROUND_MM, 0..1.
        air_share: Share of lung within AROUND_MM, 0..1.
        soft_hu: Mean of the soft tissue within AROUND_MM, in the heart or not; 0 where there is none.
        near_hu: Mean of mean_hu over a block and its neighbours in the slice.
    """

    fat_share: Field
    air_share: Field
    soft_hu: Field
    near_hu: Field


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Maps on the blocks of a box around the heart, each (z, y, x).

    Attributes:
        box: The box of the scan that is covered [z0, y0, x0, z1, y1, x1].
        factor: Voxels per block along z, y, x.
        spacing_mm: Size of a block along z, y, x.
        mean_hu: Mean of the voxels below the limit; the limit where there are none.
        heart: Blocks that are heart.
        aorta: Blocks that are aorta.
    """

    box: Box
    factor: tuple[int, int, int]
    spacing_mm: tuple[float, float, float]
    mean_hu: Field
    heart: Mask
    aorta: Mask

    def blocks_at(self, index_zyx: NDArray[np.number]) -> tuple[NDArray[np.intp], ...]:
        """Blocks (z, y, x) that hold voxels (n, 3) of the scan, the nearest ones for voxels outside the box."""
        offset = np.floor((np.asarray(index_zyx) - self.box[:3] + 0.5) / self.factor).astype(np.intp)
        z, y, x = np.clip(offset, 0, np.asarray(self.heart.shape) - 1).T
        return z, y, x

    def middle_zyx(self, blocks: NDArray[np.number]) -> NDArray[np.float64]:
        """Index (n, 3) in the scan of the middle of blocks (n, 3), fractions allowed."""
        factor = np.asarray(self.factor)
        return np.asarray(blocks * factor + (factor - 1) / 2 + self.box[:3])

    def centres_zyx(self, blocks: Mask) -> NDArray[np.float64]:
        """Index (n, 3) in the scan of the middle of every block of a mask, in raster order."""
        place = np.flatnonzero(blocks)  # much faster than argwhere
        return self.middle_zyx(np.stack(np.unravel_index(place, blocks.shape), axis=1))

    @property
    def reach(self) -> tuple[int, int, int]:
        """Blocks to both sides that lie within AROUND_MM, along z, y, x."""
        z, y, x = (round(AROUND_MM / s) for s in self.spacing_mm)
        return z, y, x

    def around(self, blocks: tuple[NDArray[np.intp], ...]) -> Around:
        """What lies around blocks (z, y, x), each (n,); beyond the ends the last blocks go on."""
        place, back = np.unique(np.ravel_multi_index(blocks, self.heart.shape), return_inverse=True)
        chunk = max(1, GATHERED // int(np.prod([2 * r + 1 for r in self.reach])))
        parts = [self._around(place[i : i + chunk]) for i in range(0, len(place), chunk)]
        fat, air, soft, near = np.concatenate(parts, axis=1)[:, back.ravel()]
        return Around(fat, air, soft, near)

    def _around(self, place: NDArray[np.intp]) -> Field:
        """The four fields of `Around` (4, n) at places (n,) of the raveled blocks."""
        hu = self._patches(place, self.reach)
        soft = hu > FAT_HU
        share, level = _means(soft), _means(np.where(soft, hu, np.float32(0)))
        return np.stack(
            [
                _means((hu <= FAT_HU) & (hu > AIR_HU)),
                _means(hu <= AIR_HU),
                np.where(share > 0.01, level / np.maximum(share, 0.01), 0),
                _means(self._patches(place, (0, 1, 1))),
            ]
        )

    def _patches(self, place: NDArray[np.intp], reach: tuple[int, int, int]) -> Field:
        """mean_hu (z, y, x, n) of the blocks within reach of places (n,); last along memory, so that sums are fast."""
        shape = self.heart.shape
        z, y, x = (
            np.clip(at + np.arange(-r, r + 1)[:, None], 0, n - 1)
            for at, r, n in zip(np.unravel_index(place, shape), reach, shape, strict=True)
        )
        row = (z * shape[1])[:, None] + y
        return np.asarray(self.mean_hu.ravel().take((row * shape[2])[:, :, None] + x))

    def deep(self, share: float) -> Mask:
        """Blocks (z, y, x) of the heart around which at least this share within AROUND_MM is its soft tissue."""
        found = np.zeros(self.heart.shape, bool)
        box = bounding_box(self.heart)
        if box is None:
            return found
        # one block more than the heart: beyond it the last blocks go on, empty ones unless the scan ends there
        wider = slices_of(grown(box, (1, 1, 1), self.heart.shape))
        heart = self.heart[wider]
        soft = heart & (self.mean_hu[wider] > FAT_HU)
        size = int(np.prod([2 * r + 1 for r in self.reach]))
        found[wider] = heart & (_counts(soft, self.reach) >= share * size)
        return found


def terrain_of(hu: NDArray[np.int16], grid: Grid, limit_hu: int, heart: Mask, aorta: Mask) -> Terrain | None:
    """Measures the ground around a heart; None for an empty heart mask.

    Args:
        hu: (z, y, x) int16 of the whole volume.
        grid: Its grid.
        limit_hu: Voxels at or above it are calcium or metal and no ground.
        heart: (z, y, x) bool on the grid.
        aorta: (z, y, x) bool on the grid.
    """
    box = bounding_box(heart)
    if box is None:
        return None
    z, y, x = (max(1, int(BLOCK_MM / s + 1e-6)) for s in grid.spacing_mm)
    rim_z, rim_y, rim_x = (max(1, round(BEYOND_MM / s)) for s in grid.spacing_mm)
    box = grown(box, (rim_z, rim_y, rim_x), grid.shape_zyx)
    factor, where = (z, y, x), slices_of(box)
    spacing = tuple(s * f for s, f in zip(grid.spacing_mm, factor, strict=True))
    return Terrain(
        box=box,
        factor=factor,
        spacing_mm=(spacing[0], spacing[1], spacing[2]),
        mean_hu=_ground(np.asarray(hu[where]), limit_hu, factor),
        heart=_mostly(heart[where], factor),
        aorta=_mostly(aorta[where], factor),
    )


def _mostly(mask: Mask, factor: tuple[int, int, int]) -> Mask:
    """Blocks at least half of which are in a mask."""
    share = np.stack([_share(part, factor) for part in _layers(mask, factor[0])])
    return np.asarray(share >= 0.5)


def _ground(part: NDArray[np.int16], limit_hu: int, factor: tuple[int, int, int]) -> Field:
    """Mean HU of blocks without what is bright; a block of nothing else holds the limit."""
    layers = []
    for layer in _layers(part, factor[0]):  # a few slices stay in the processor's cache
        dark = layer < limit_hu
        share, total = _share(dark, factor), _block_means(layer * dark, factor)
        mean = total / np.maximum(share, np.float32(1e-6))
        layers.append(np.where(share > 0, mean, np.float32(limit_hu)))
    return np.stack(layers)


def _layers(part: NDArray[np.generic], thick: int) -> Iterator[NDArray[Any]]:
    """The array by layers of so many slices; the last may be thinner."""
    return (part[z : z + thick] for z in range(0, len(part), thick))


def _share(mask: Mask, factor: tuple[int, int, int]) -> Field:
    """Share (y, x) of True in the blocks of a layer (z, y, x)."""
    return _block_means(mask.view(np.uint8), factor)


def _block_means(layer: NDArray[Any], factor: tuple[int, int, int]) -> Field:
    """Means (y, x) over the blocks of a layer (z, y, x); the last block of an axis may hold fewer voxels."""
    # along x in whole numbers, which is exact, then along y and z
    means: Field = _summed(layer, 2, factor[2], _roomy(layer, factor[2])).astype(np.float32)
    means /= _block_sizes(layer.shape[2], factor[2])
    means = np.asarray(
        _summed(means, 1, factor[1], np.float32) / _block_sizes(layer.shape[1], factor[1])[:, None],
        np.float32,
    )
    return np.asarray(_summed(means, 0, len(layer), np.float32)[0] / np.float32(len(layer)))


def _roomy(layer: NDArray[Any], count: int) -> Any:
    """The smallest kind of number that holds sums of so many voxels: small ones are fast to add."""
    if layer.dtype == np.uint8:
        return np.uint8 if count < 255 else np.int32
    largest = max(-int(layer.min(initial=0)), int(layer.max(initial=0)))
    return np.int16 if largest * count < 32768 else np.int32


def _summed(values: NDArray[Any], axis: int, factor: int, dtype: Any) -> NDArray[Any]:
    """Sums of every `factor` neighbours along an axis; the last may be of fewer.

    The first is added to the sum of the others, as numpy's reduceat does: in float32 the order can be seen.
    """
    values = values.astype(dtype, copy=False)
    if factor == 1:
        return values
    full, left = divmod(values.shape[axis], factor)

    def every(start: int, count: int) -> NDArray[Any]:
        at: list[slice] = [slice(None)] * values.ndim
        at[axis] = slice(start, start + (count - 1) * factor + 1, factor)
        return values[tuple(at)]

    sums = [_first_to_rest([every(step, full) for step in range(factor)])] if full else []
    if left:
        sums.append(_first_to_rest([every(full * factor + step, 1) for step in range(left)]))
    return sums[0] if len(sums) == 1 else np.concatenate(sums, axis)


def _first_to_rest(parts: list[NDArray[Any]]) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    rest = parts[1]
    for more in parts[2:]:
        rest = rest + more
    return np.asarray(parts[0] + rest)


def _block_sizes(length: int, factor: int) -> Field:
    """Voxels in every block along an axis of so many voxels."""
    starts = np.arange(0, length, factor)
    return np.minimum(factor, length - starts).astype(np.float32)


def _means(patches: NDArray[Any]) -> Field:
    """Means (n,) over patches (z, y, x, n): along one axis after the other, each rounded to float32."""
    means = patches
    for _ in range(3):
        means = np.add.reduce(means, axis=0, dtype=np.float64) / len(means)
        means = np.asarray(means, np.float32)
    return means


def _counts(mask: Mask, reach: tuple[int, int, int]) -> NDArray[np.uint16]:
    """How many are True in the box of so many blocks to both sides, ends repeated (z, y, x)."""
    sums: NDArray[np.uint16] = np.pad(mask, [(r, r) for r in reach], mode="edge").astype(np.uint16)
    for axis, r in enumerate(reach):
        sums = _windows(sums, axis, 2 * r + 1)
    return sums


def _windows(values: NDArray[np.uint16], axis: int, width: int) -> NDArray[np.uint16]:
    """Sums of `width` neighbours along an axis, those that lie within; windows are put together from halves."""

    def shifted(array: NDArray[np.uint16], start: int, length: int) -> NDArray[np.uint16]:
        at: list[slice] = [slice(None)] * array.ndim
        at[axis] = slice(start, start + length)
        return array[tuple(at)]

    length = values.shape[axis] - width + 1
    total: NDArray[np.uint16] | None = None
    covered, power, window = 0, 1, values
    while True:
        if width & power:
            part = shifted(window, covered, length)
            total = part if total is None else total + part
            covered += power
        if covered == width:
            assert total is not None
            return total
        longer = window.shape[axis] - power
        window = shifted(window, 0, longer) + shifted(window, power, longer)
        power *= 2
