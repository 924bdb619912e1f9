"""Voxels of a painted edit as a box and run lengths: small, plain, and the same wherever they are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, bounding_box


@dataclass(frozen=True, slots=True)
class VoxelRuns:
    """A mask in a box of the volume.

    Attributes:
        box: [z0, y0, x0, z1, y1, x1] in the volume, upper ends excluded.
        runs: Lengths of runs in raster order (x fastest), off and on in turn, off first; they fill the box.
    """

    box: Box
    runs: tuple[int, ...]

    @property
    def shape_zyx(self) -> tuple[int, int, int]:
        """Size of the box."""
        z0, y0, x0, z1, y1, x1 = self.box
        return z1 - z0, y1 - y0, x1 - x0

    @property
    def count(self) -> int:
        """Number of voxels that are on."""
        return sum(self.runs[1::2])

    def mask(self) -> NDArray[np.bool_]:
        """The mask (z, y, x) of the box.

        Raises:
            ValueError: The runs do not fill the box.
        """
        shape = self.shape_zyx
        if (
            min(shape) < 0
            or min(self.runs, default=0) < 0
            or sum(self.runs) != shape[0] * shape[1] * shape[2]
        ):
            raise ValueError(f"run lengths do not fill the box {self.box}")
        on = np.zeros(len(self.runs), bool)
        on[1::2] = True
        return np.repeat(on, self.runs).reshape(shape)


def runs_of(mask: NDArray[np.bool_], corner_zyx: tuple[int, int, int]) -> VoxelRuns | None:
    """The voxels of a mask (z, y, x) whose first voxel is `corner_zyx` of the volume; None if it is empty."""
    box = bounding_box(mask)
    if box is None:
        return None
    z0, y0, x0, z1, y1, x1 = box
    flat = mask[z0:z1, y0:y1, x0:x1].ravel()
    ends = np.flatnonzero(np.diff(flat)) + 1
    lengths = np.diff(np.concatenate(([0], ends, [flat.size]))).tolist()
    cz, cy, cx = corner_zyx
    moved = (z0 + cz, y0 + cy, x0 + cx, z1 + cz, y1 + cy, x1 + cx)
    return VoxelRuns(moved, tuple([0, *lengths] if flat[0] else lengths))
