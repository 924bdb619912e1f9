"""Masks that this program has written, read back: NIfTI-1, uint8, on the grid of their scan."""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid

_OFFSET = 352
_PLACE_MM = 0.01


def read_mask(path: Path, grid: Grid) -> NDArray[np.uint8]:
    """Labels (z, y, x) uint8 of a .nii.gz of `reports.masks`.

    Raises:
        OSError: The file is not there or cannot be read.
        ValueError: It is damaged, of another kind, or lies on another grid.
    """
    voxels = grid.shape_zyx[0] * grid.shape_zyx[1] * grid.shape_zyx[2]
    try:
        with gzip.open(path) as file:
            data = file.read(_OFFSET + voxels + 1)  # a larger file is of another grid
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path} is damaged") from error
    if len(data) != _OFFSET + voxels or data[344:348] != b"n+1\0":
        raise ValueError(f"{path} has another size than its scan")
    shape = struct.unpack_from("<8h", data, 40)
    kind, _ = struct.unpack_from("<2h", data, 70)
    affine = np.array(struct.unpack_from("<12f", data, 280)).reshape(3, 4)
    if shape[1:4] != grid.shape_zyx[::-1] or kind != 2 or not _same_place(affine, grid):
        raise ValueError(f"{path} lies on another grid than its scan")
    return np.frombuffer(data, np.uint8, voxels, _OFFSET).reshape(grid.shape_zyx)


def _same_place(affine: NDArray[np.float64], grid: Grid) -> bool:
    """Whether the corners of the grid lie where the affine (index xyz to RAS mm) puts them."""
    ends = np.asarray(grid.shape_zyx, np.float64) - 1
    corners = np.array([[z, y, x] for z in (0, ends[0]) for y in (0, ends[1]) for x in (0, ends[2])])
    there = corners[:, ::-1] @ affine[:, :3].T + affine[:, 3]
    ours = np.array([grid.lps_mm(corner) for corner in corners]) * (-1, -1, 1)
    return bool(np.abs(there - ours).max() <= max(_PLACE_MM, 1e-6 * np.abs(ours).max()))
