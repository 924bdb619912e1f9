"""Writing NIfTI-1 of an upright grid, by hand: ITK's writer says nothing when the disk is full."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid

_TYPES = {"uint8": (2, 8), "int16": (4, 16)}
_MILLIMETRES = 2
_SCANNER = 1
"""Meaning of the coordinates (NIFTI_XFORM_SCANNER_ANAT)."""


def write_nifti(path: Path, array: NDArray[Any], grid: Grid) -> None:
    """Writes one compressed file; equal arrays give equal bytes.

    Args:
        path: Where to; a name that ends in .nii.gz.
        array: (z, y, x) uint8 or int16.
        grid: Its grid, with the axes of the patient (left, back, up).

    Raises:
        OSError: The system refuses.
    """
    with (
        open(path, "wb") as stream,
        gzip.GzipFile("", "wb", compresslevel=4, fileobj=stream, mtime=0) as packed,
    ):
        packed.write(_header(str(array.dtype), grid))
        packed.write(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).data)


def _header(dtype: str, grid: Grid) -> bytes:
    """The 348 bytes of the header and 4 that say that nothing is extended."""
    code, bits = _TYPES[dtype]
    z, y, x = grid.shape_zyx
    dz, dy, dx = grid.spacing_mm
    ox, oy, oz = grid.origin_lps_mm
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, x, y, z, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, code, bits)
    struct.pack_into("<8f", header, 76, 1, dx, dy, dz, 0, 0, 0, 0)
    struct.pack_into("<3f", header, 108, 352, 1, 0)
    header[123] = _MILLIMETRES
    # NIfTI's x goes right to left and its y back to front: LPS turned half round about z
    struct.pack_into("<2h", header, 252, _SCANNER, _SCANNER)
    struct.pack_into("<6f", header, 256, 0, 0, 1, -ox, -oy, oz)
    struct.pack_into("<4f", header, 280, -dx, 0, 0, -ox)
    struct.pack_into("<4f", header, 296, 0, -dy, 0, -oy)
    struct.pack_into("<4f", header, 312, 0, 0, dz, oz)
    header[344:348] = b"n+1\0"
    return bytes(header)
