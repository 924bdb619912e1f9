"""Masks as NIfTI or NRRD files on the grid of the scan: heart, aorta, calcium.

The few bytes of a header are written here and not by SimpleITK: on a full disk SimpleITK leaves a file that is
cut off and raises nothing. These go through `files.writing` like every other output.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.geometry import Grid, slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY, OTHER_LABEL, Artery
from cacviewer.files import writing

COMPRESSION = 1
"""zlib's fastest: masks are mostly zeros, and a higher level saves some kilobytes for twice the time."""

LABELS: dict[int, str] = {LABEL_OF_ARTERY[artery]: artery.label for artery in Artery} | {
    OTHER_LABEL: "Other calcium"
}
"""Names of the labels of the calcium mask."""

NO_NAMES: Mapping[int, str] = MappingProxyType({})

_HEADER = struct.Struct("<i10s18sihcc8h3f4h8f3fhcc4f2i80s24s2h6f12f16s4s")
_UINT8 = 2
_SCANNER = 1
_MILLIMETRES = 2


def write_masks(case: Case, anatomy: Anatomy, folder: Path) -> None:
    """Writes heart.nii.gz, aorta.nii.gz (0/1) and calcium.nii.gz (0 to 6).

    An organ without a mask on this grid gives no file.

    Args:
        case: Its lesions' voxels become calcium.nii.gz.
        anatomy: Heart and aorta on the same grid.
        folder: Existing folder.

    Raises:
        CannotWrite: The folder or disk refuses; no file is left half-written.
    """
    for name, labels in masks_of(case, anatomy):
        write_nifti(labels, case.grid, folder / f"{name}.nii.gz")


def write_nrrd_masks(case: Case, anatomy: Anatomy, folder: Path) -> None:
    """As `write_masks`, as heart.nrrd, aorta.nrrd and calcium.nrrd.

    Raises:
        CannotWrite: The folder or disk refuses; no file is left half-written.
    """
    for name, labels in masks_of(case, anatomy):
        write_nrrd(labels, case.grid, folder / f"{name}.nrrd", LABELS if name == "calcium" else {1: name})


def masks_of(case: Case, anatomy: Anatomy) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Names and labels (z, y, x) uint8 of the masks that there are; calcium is always there."""
    for name, mask in (("heart", anatomy.heart), ("aorta", anatomy.aorta)):
        if mask.shape == case.grid.shape_zyx:
            yield name, np.ascontiguousarray(mask).view(np.uint8)
    yield "calcium", calcium_labels(case)


def calcium_labels(case: Case) -> NDArray[np.uint8]:
    """Labels (z, y, x): 0 background, 1 LM, 2 LAD, 3 LCx, 4 RCA, 5 coronary not assigned, 6 other calcium."""
    labels = np.zeros(case.grid.shape_zyx, np.uint8)
    for lesion in (*case.other, *case.scored):  # where two share a voxel, what is scored owns it
        label = LABEL_OF_ARTERY[lesion.artery] if lesion.is_scored else OTHER_LABEL
        labels[slices_of(lesion.box)][lesion.voxels] = label
    return labels


def write_nifti(labels: NDArray[np.uint8], grid: Grid, path: Path) -> None:
    """Writes labels (z, y, x) uint8 as .nii.gz, the same bytes every time.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    # no name and no time in the gzip header: the same mask is the same file
    with writing(path, "wb") as file, gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed:
        packed.write(nifti_header(grid))
        packed.write(np.ascontiguousarray(labels).data.cast("B"))


def write_nrrd(
    labels: NDArray[np.uint8], grid: Grid, path: Path, names: Mapping[int, str] = NO_NAMES
) -> None:
    """Writes labels (z, y, x) uint8 as .nrrd with the data in it, the same bytes every time.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    with writing(path, "wb") as file:
        file.write(nrrd_header(grid, names))
        with gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed:
            packed.write(np.ascontiguousarray(labels).data.cast("B"))


def nrrd_header(grid: Grid, names: Mapping[int, str] = NO_NAMES) -> bytes:
    """The text before the voxels of an NRRD file of uint8; positions in LPS mm, axes x, y, z, fastest first.

    Source:
        teem.sourceforge.net, NRRD file format definition (NRRD0004: space directions).
    """
    axes = np.asarray(grid.direction_lps, np.float64).T * np.asarray(grid.spacing_mm[::-1])[:, None]
    lines = [
        "NRRD0004",
        "type: uint8",
        "dimension: 3",
        "space: left-posterior-superior",
        "sizes: {2} {1} {0}".format(*grid.shape_zyx),
        "space directions: " + " ".join(_vector(axis) for axis in axes.tolist()),
        "kinds: domain domain domain",
        "encoding: gzip",
        f"space origin: {_vector(list(grid.origin_lps_mm))}",
        'space units: "mm" "mm" "mm"',
        *(f"label {value}:={name}" for value, name in names.items()),
    ]
    return ("\n".join(lines) + "\n\n").encode("ascii")


def _vector(values: list[float]) -> str:
    return "(" + ",".join(repr(float(value)) for value in values) + ")"


def nifti_header(grid: Grid) -> bytes:
    """The 352 bytes before the voxels of a NIfTI-1 file of uint8; position as qform and as sform.

    Source:
        NIfTI-1 data format, nifti1.h (2007): RAS millimetres, axes x, y, z, fastest first.
    """
    nz, ny, nx = grid.shape_zyx
    dz, dy, dx = grid.spacing_mm
    to_ras = np.diag((-1.0, -1.0, 1.0))
    rotation = to_ras @ np.asarray(grid.direction_lps, np.float64)
    origin = to_ras @ np.asarray(grid.origin_lps_mm, np.float64)
    affine = np.column_stack((rotation * (dx, dy, dz), origin))
    handed = 1.0 if np.linalg.det(rotation) > 0 else -1.0
    b, c, d = _quaternion(rotation * (1.0, 1.0, handed))
    return _HEADER.pack(
        348, b"", b"", 0, 0, b"r", b"\0",
        3, nx, ny, nz, 1, 1, 1, 1,
        0.0, 0.0, 0.0,
        0, _UINT8, 8, 0,
        handed, dx, dy, dz, 0.0, 0.0, 0.0, 0.0,
        352.0, 1.0, 0.0,
        0, b"\0", bytes([_MILLIMETRES]),
        0.0, 0.0, 0.0, 0.0,
        0, 0, b"cacviewer", b"",
        _SCANNER, _SCANNER,
        b, c, d, *origin.tolist(),
        *affine.ravel().tolist(),
        b"", b"n+1\0",
    ) + bytes(4)  # fmt: skip


def _quaternion(rotation: NDArray[np.float64]) -> tuple[float, float, float]:
    """b, c, d of the unit quaternion (a >= 0) of a proper rotation.

    Source:
        Bar-Itzhack, J Guid Control Dyn 2000;23:1085: eigenvector of the largest eigenvalue of a symmetric
        4x4 matrix; exact for half turns, where the textbook formula divides by zero.
    """
    r = rotation
    k = np.array(
        [
            [r[0, 0] + r[1, 1] + r[2, 2], r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1]],
            [r[2, 1] - r[1, 2], r[0, 0] - r[1, 1] - r[2, 2], r[0, 1] + r[1, 0], r[0, 2] + r[2, 0]],
            [r[0, 2] - r[2, 0], r[0, 1] + r[1, 0], r[1, 1] - r[0, 0] - r[2, 2], r[1, 2] + r[2, 1]],
            [r[1, 0] - r[0, 1], r[0, 2] + r[2, 0], r[1, 2] + r[2, 1], r[2, 2] - r[0, 0] - r[1, 1]],
        ]
    )
    a, b, c, d = np.linalg.eigh(k)[1][:, -1].tolist()
    return (b, c, d) if a >= 0 else (-b, -c, -d)
