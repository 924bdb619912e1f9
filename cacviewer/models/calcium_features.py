"""What the calcium network sees of a candidate: a near and a far view of the image, the organs, a few numbers.

Used by training and by scoring alike. All in LPS axes (index z up, y back, x left) and millimetres, so that
the order of slices, the pixel size and the field of view do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.candidates import HEART_MARGIN_MM, METAL_HU
from cacviewer.core.geometry import Box, Grid
from cacviewer.models.preprocess import Axes, Floats, Window, averaging_matrix, axes_of, canonical, to_window

NEAR_MM, NEAR_SHAPE = (2.5, 1.0, 1.0), (7, 24, 24)
"""The near view: lesions of some millimetres, as blurred as thick slices make them."""
FAR_MM, FAR_SHAPE = 5.0, (13, 20, 20)
"""The far view: chambers, grooves, the root, ribs, spine."""
FAR_HU = (-200.0, 300.0)
ROOT_MM = 15.0
"""The aortic root is the middle of what aorta and heart share in the lowest 15 mm."""
IN_FRONT = 0.45
"""... and no farther back than this part of the heart's half depth."""
NUMBERS = 23

Bytes = NDArray[np.uint8]
Vector = NDArray[np.float64]


class BrightObject(Protocol):
    """What is judged: a candidate or a lesion."""

    @property
    def box(self) -> Box:
        """[z0, y0, x0, z1, y1, x1] in the volume."""

    @property
    def voxels(self) -> NDArray[np.bool_]:
        """(z, y, x) inside the box."""

    @property
    def max_hu(self) -> int:
        """Brightest voxel."""

    @property
    def mean_hu(self) -> float:
        """Mean of its voxels."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Views of n candidates.

    Attributes:
        near: (n, 7, 24, 24) int16 HU, brought to the limit of 120 kVp.
        own: (n, 7, 24, 24) uint8, share 0..255 of the candidate itself.
        organs: (n, 7, 24, 24) uint8, 1 heart + 2 aorta.
        far: (n, 13, 20, 20, 3) uint8, HU from -200 to 300 and shares of heart and aorta as 0..255.
        numbers: (n, 23) float32, about -3..3.
    """

    near: NDArray[np.int16]
    own: Bytes
    organs: Bytes
    far: Bytes
    numbers: Floats

    def __len__(self) -> int:
        return len(self.near)


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A scan prepared for its candidates: views in LPS axes, and the far view of all of it."""

    hu: NDArray[np.int16]
    heart: NDArray[np.bool_]
    aorta: NDArray[np.bool_]
    axes: Axes
    far: Bytes
    far_corner_mm: Vector
    heart_mm: Vector
    half_mm: Vector
    root_mm: Vector
    limit_hu: int
    noise_sd_hu: float

    def in_axes(self, zyx: Vector) -> Vector:
        """Indices (..., 3) of the grid as indices in LPS axes."""
        turned = np.asarray(zyx, np.float64)[..., list(self.axes.order)]
        last = np.asarray(self.hu.shape, np.float64) - 1
        return np.where(self.axes.reversed_zyx, last - turned, turned)


def surroundings(
    hu: NDArray[np.int16],
    grid: Grid,
    heart: NDArray[np.bool_],
    aorta: NDArray[np.bool_],
    limit_hu: int,
    noise_sd_hu: float,
) -> Surroundings:
    """Prepares a scan.

    Args:
        hu: (z, y, x) int16 on the grid.
        grid: Any orientation.
        heart: (z, y, x) bool, not empty.
        aorta: (z, y, x) bool, may be empty.
        limit_hu: Of the candidates.
        noise_sd_hu: Measured in the blood.
    """
    axes = axes_of(grid)
    turned = canonical(hu, axes)
    organs = [canonical(mask, axes) for mask in (heart, aorta)]
    size_mm = np.multiply(turned.shape, axes.spacing_mm)
    window = _far_window(size_mm)
    image = to_window(turned, axes.spacing_mm, window)
    low, high = FAR_HU
    far = np.empty((*window.shape_zyx, 3), np.uint8)
    far[..., 0] = np.clip((image - low) * (255 / (high - low)), 0, 255)
    for channel, organ in enumerate(organs, 1):
        far[..., channel] = 255 * np.clip(to_window(organ, axes.spacing_mm, window), 0, 1)
    corner = np.array([window.positions_mm(axis)[0] for axis in range(3)])
    heart_mm, half_mm, root_mm = _landmarks(far, corner)
    margin = [(n // 2 + 1,) * 2 for n in FAR_SHAPE]
    return Surroundings(
        hu=turned,
        heart=organs[0],
        aorta=organs[1],
        axes=axes,
        far=np.pad(far, [*margin, (0, 0)]),
        far_corner_mm=corner,
        heart_mm=heart_mm,
        half_mm=half_mm,
        root_mm=root_mm,
        limit_hu=limit_hu,
        noise_sd_hu=noise_sd_hu,
    )


def _far_window(size_mm: Vector) -> Window:
    z, y, x = (max(2, int(np.ceil(v / FAR_MM))) for v in size_mm)
    middle = size_mm / 2
    return Window((float(middle[0]), float(middle[1]), float(middle[2])), FAR_MM, (z, y, x))


def _landmarks(far: Bytes, corner_mm: Vector) -> tuple[Vector, Vector, Vector]:
    """Middle and half size of the heart's box, and the aortic root: z, y, x mm from the scan's outer corner."""
    heart = np.argwhere(far[..., 1] >= 128)
    if not len(heart):
        heart = np.argwhere(far[..., 1] == far[..., 1].max())
    low, high = heart.min(axis=0) - 0.5, heart.max(axis=0) + 0.5
    middle, half = corner_mm + FAR_MM * (low + high) / 2, FAR_MM * (high - low) / 2
    shared = np.argwhere((far[..., 1] >= 90) & (far[..., 2] >= 90))
    # the descending aorta touches the heart, too, at its back
    shared = shared[corner_mm[1] + FAR_MM * shared[:, 1] < middle[1] + IN_FRONT * half[1]]
    if not len(shared):
        # no root in view: where it lies in a mean heart, from the box (up, front of the middle)
        return middle, half, middle + half * (0.4, -0.05, 0.0)
    lowest = shared[shared[:, 0] <= shared[:, 0].min() + ROOT_MM / FAR_MM]
    return middle, half, corner_mm + FAR_MM * lowest.mean(axis=0)


def features_of(objects: Sequence[BrightObject], scan: Surroundings, grid: Grid) -> Features:
    """Cuts the views of the objects out of a prepared scan."""
    n = len(objects)
    near = np.empty((n, *NEAR_SHAPE), np.int16)
    own = np.empty((n, *NEAR_SHAPE), np.uint8)
    organs = np.empty((n, *NEAR_SHAPE), np.uint8)
    far = np.empty((n, *FAR_SHAPE, 3), np.uint8)
    numbers = np.empty((n, NUMBERS), np.float32)
    reach, weights = _near_weights(scan.axes.spacing_mm)
    for i, bright in enumerate(objects):
        inside = np.argwhere(bright.voxels)
        voxels = scan.in_axes(inside + np.asarray(bright.box[:3]))
        centre = voxels.mean(axis=0)
        near[i], own[i], organs[i] = _near_view(scan, voxels, centre, reach, weights)
        far[i] = _far_view(scan, centre)
        numbers[i] = _numbers(bright, scan, voxels, centre, grid)
    return Features(near, own, organs, far, numbers)


def _near_weights(spacing_mm: tuple[float, float, float]) -> tuple[tuple[int, ...], list[Floats]]:
    """How many voxels to either side are needed, and what each of them gives to each place of the view."""
    reach, weights = [], []
    for spacing, step, count in zip(spacing_mm, NEAR_MM, NEAR_SHAPE, strict=True):
        at = np.asarray((np.arange(count) - (count - 1) / 2) * step, np.float64)
        many = int(np.ceil((at[-1] + max(step, spacing)) / spacing))
        centres = np.asarray(np.arange(-many, many + 1) * spacing, np.float64)
        middle = (many + 0.5) * spacing  # averaging_matrix counts from the outer corner
        weights.append(
            averaging_matrix(centres + middle, spacing, (2 * many + 1) * spacing, at + middle, step)
        )
        reach.append(many)
    return tuple(reach), weights


def _near_view(
    scan: Surroundings, voxels: Vector, centre: Vector, reach: tuple[int, ...], weights: list[Floats]
) -> tuple[NDArray[np.int16], Bytes, Bytes]:
    middle = np.rint(centre).astype(int)
    shape = scan.hu.shape
    ends = [
        np.clip(np.arange(m - r, m + r + 1), 0, n - 1) for m, r, n in zip(middle, reach, shape, strict=True)
    ]
    block = scan.hu[np.ix_(*ends)].astype(np.float32)
    scale = 130 / scan.limit_hu
    if scale != 1:
        block = np.where(block > 0, block * np.float32(scale), block)
    painted = np.zeros(block.shape, np.float32)
    local = voxels.astype(int) - (middle - reach)
    local = local[((local >= 0) & (local < painted.shape)).all(axis=1)]
    painted[tuple(local.T)] = 1
    image, own = _averaged(block, weights), _averaged(painted, weights)
    # organs change slowly: the nearest voxel will do
    nearest = [
        np.clip(np.rint(m + (np.arange(k) - (k - 1) / 2) * step / d).astype(int), 0, n - 1)
        for m, k, step, d, n in zip(middle, NEAR_SHAPE, NEAR_MM, scan.axes.spacing_mm, shape, strict=True)
    ]
    where = np.ix_(*nearest)
    organs = scan.heart[where].astype(np.uint8) + 2 * scan.aorta[where].astype(np.uint8)
    return np.rint(image).astype(np.int16), np.rint(own * 255).astype(np.uint8), organs


def _averaged(block: Floats, weights: list[Floats]) -> Floats:
    z, y, x = weights
    across = block @ x.T
    down = y @ across
    return np.asarray(np.tensordot(z, down, 1), np.float32)


def _far_view(scan: Surroundings, centre: Vector) -> Bytes:
    position = (centre + 0.5) * scan.axes.spacing_mm
    nearest = np.rint((position - scan.far_corner_mm) / FAR_MM).astype(int)
    # the padding is one voxel more than half a view
    start = np.clip(nearest + 1, 0, np.subtract(scan.far.shape[:3], FAR_SHAPE))
    z, y, x = (slice(int(s), int(s) + n) for s, n in zip(start, FAR_SHAPE, strict=True))
    return np.asarray(scan.far[z, y, x])


def _numbers(
    bright: BrightObject, scan: Surroundings, voxels: Vector, centre: Vector, grid: Grid
) -> list[float]:
    spacing = np.asarray(scan.axes.spacing_mm)
    position = (centre + 0.5) * spacing
    in_heart = np.clip((position - scan.heart_mm) / scan.half_mm, -3, 3)
    from_root = np.clip((position - scan.root_mm) / 40, -4, 4)
    extent = (voxels.max(axis=0) - voxels.min(axis=0) + 1) * spacing
    volume = len(voxels) * grid.voxel_mm3
    largest = float(bright.voxels.sum(axis=(1, 2)).max())
    above = bright.max_hu - scan.limit_hu
    return [
        *in_heart,
        *from_root,
        *_shares(scan, voxels.astype(int)),
        np.log2(volume) / 4,
        np.log2(largest * grid.pixel_mm2) / 4,
        np.log2(largest) / 4,
        min(np.log2(max(bright.max_hu, 1) / scan.limit_hu), 4.0),
        bright.mean_hu / scan.limit_hu - 1,
        float(np.clip(above / max(scan.noise_sd_hu, 1.0) / 4, 0, 4)),
        scan.noise_sd_hu / 20,
        *(np.log2(extent) / 3),
        volume / float(extent.prod()),
        np.log2(grid.increment_mm),
        np.log2(grid.pixel_mm2) / 2,
        # brightness of metal, through and through or in one voxel
        float((scan.hu[tuple(voxels.astype(int).T)] >= METAL_HU * scan.limit_hu / 130).mean()),
    ]


def _shares(scan: Surroundings, voxels: NDArray[np.int_]) -> tuple[float, float, float]:
    """Shares of the voxels in the heart, in the aorta, and in the heart or 3 mm from it along an axis."""
    inside = scan.heart[tuple(voxels.T)]
    near = inside.copy()
    last = np.array(scan.heart.shape) - 1
    for axis, spacing in enumerate(scan.axes.spacing_mm):
        step = max(1, round(HEART_MARGIN_MM / spacing))
        for way in (step, -step):
            moved = voxels.copy()
            moved[:, axis] = np.clip(moved[:, axis] + way, 0, last[axis])
            near |= scan.heart[tuple(moved.T)]
    return float(inside.mean()), float(scan.aorta[tuple(voxels.T)].mean()), float(near.mean())
