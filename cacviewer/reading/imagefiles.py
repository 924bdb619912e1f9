"""Volume files (NIfTI, NRRD, MetaImage) as series: axes turned, never interpolated; HU assumed (12.2.7)."""

from __future__ import annotations

import itertools
import math
import os
import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.geometry import Grid
from cacviewer.core.study import Acquisition, Series, SeriesInfo, Verdict, verdict_of
from cacviewer.reading import itkfiles, nifti
from cacviewer.reading.header_hash import hash_of_grid
from cacviewer.reading.nifti import BadVolumeFile, VolumeEndsEarly
from cacviewer.reading.sources import shown

NAMES = (".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd")
META_START = re.compile(rb"\s*(?:ObjectType|ObjectSubType|NDims|DimSize|Comment|BinaryData)\s*=", re.I)
LABELS_BELOW = 16
SHEAR_DEGREES = 0.2

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ImageFile:
    """How to read a volume file: its path."""

    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """A volume file's axes after turning them so that x runs to L, y to P, z to S as nearly as possible.

    Attributes:
        order: For z, y, x of the result: which axis of the stored array.
        flips: Whether each of them is reversed.
        grid: Of the result.
        shear_px: Sideways step of neighbouring slices (rows, columns) in pixels; zeros where axes are square.
        shear_degrees: Angle of the slice step against the normal.
    """

    order: tuple[int, int, int]
    flips: tuple[bool, bool, bool]
    grid: Grid
    shear_px: tuple[float, float]
    shear_degrees: float


def is_image_name(path: str) -> bool:
    """Whether a name is one of a volume file."""
    return path.lower().endswith(NAMES)


def is_volume_file(head: bytes) -> bool:
    """Whether the first bytes are those of NIfTI (packed or not), NRRD or MetaImage: contents decide, not names."""
    if head.startswith((b"NRRD", b"\x1f\x8b")) or META_START.match(head):
        return True
    sizes = (int.from_bytes(head[:4], "little"), int.from_bytes(head[:4], "big"))
    return bool({348, 540} & set(sizes))


def _geometry(path: str) -> tuple[Matrix, tuple[int, int, int]]:
    if path.lower().endswith((".nii", ".nii.gz")):
        header = nifti.read_header(path)
        return header.affine_lps, header.shape_xyz
    _, affine, shape = itkfiles.read(path, voxels=False)
    return affine, shape


def turned(affine: Matrix, shape_xyz: tuple[int, int, int]) -> Turned:
    """Finds the permutation and flips of the axes, and the grid that they give.

    Args:
        affine: (4, 4) index x, y, z to LPS mm.
        shape_xyz: Voxels along the index axes.
    """
    steps = affine[:3, :3]
    spacing = np.linalg.norm(steps, axis=0)
    units = steps / spacing
    best = max(itertools.permutations(range(3)), key=lambda p: sum(abs(units[i, p[i]]) for i in range(3)))
    signs = [1.0 if units[i, best[i]] >= 0 else -1.0 for i in range(3)]
    corner = affine[:3, 3].copy()
    for i, axis in enumerate(best):
        if signs[i] < 0:
            corner += steps[:, axis] * (shape_xyz[axis] - 1)
    columns = units[:, list(best)] * signs
    row = columns[:, 0]
    column = columns[:, 1] - (row @ columns[:, 1]) * row
    column = column / np.linalg.norm(column)
    normal = np.cross(row, column)
    slice_step = columns[:, 2] * spacing[best[2]]
    along = float(slice_step @ normal)
    sideways = (float(slice_step @ column) / spacing[best[1]], float(slice_step @ row) / spacing[best[0]])
    degrees = math.degrees(math.atan2(math.hypot(slice_step @ column, slice_step @ row), along))
    count = shape_xyz[best[2]]
    sheared = degrees > SHEAR_DEGREES and max(map(abs, sideways)) * (count - 1) > 0.5
    grid = Grid(
        (count, shape_xyz[best[1]], shape_xyz[best[0]]),
        (along if sheared else float(spacing[best[2]]), float(spacing[best[1]]), float(spacing[best[0]])),
        (float(corner[0]), float(corner[1]), float(corner[2])),
        tuple((float(a), float(b), float(c)) for a, b, c in np.column_stack((row, column, normal))),
    )
    # the stored array is (z, y, x): axis number a of the index is axis 2 - a of the array
    order = (2 - best[2], 2 - best[1], 2 - best[0])
    flips = (signs[2] < 0, signs[1] < 0, signs[0] < 0)
    return Turned(order, flips, grid, sideways if sheared else (0.0, 0.0), degrees if sheared else 0.0)


def judged_image_file(path: str) -> tuple[Series, ImageFile | None]:
    """A volume file as a series, by its header alone."""
    info = SeriesInfo(description=shown(os.path.basename(path)), modality="CT")
    files = (path,)
    try:
        affine, shape = _geometry(path)
    except VolumeEndsEarly:
        flaw = finding("truncated_file", count=1, files=files)
        return Series(info, 0, None, Acquisition(), Verdict.UNREADABLE, (flaw,), files), None
    except (BadVolumeFile, OSError, ValueError, OverflowError, MemoryError):
        flaw = finding("unreadable_file", count=1, files=files)
        return Series(info, 0, None, Acquisition(), Verdict.UNREADABLE, (flaw,), files), None
    axes = turned(affine, shape)
    grid = axes.grid
    found = [finding("acquisition_unknown"), *_geometry_findings(axes)]
    increment = grid.increment_mm if grid.shape_zyx[0] > 1 else None
    series = Series(
        replace(info, header_sha256=hash_of_grid(grid)),
        grid.shape_zyx[0],
        grid,
        Acquisition(increment_mm=increment),
        verdict_of(tuple(found)),
        tuple(found),
        files,
    )
    return series, ImageFile(path)


def _geometry_findings(axes: Turned) -> list[Finding]:
    found: list[Finding] = []
    grid = axes.grid
    if grid.shape_zyx[0] == 1:
        found.append(finding("single_slice"))
    if axes.shear_degrees:
        found.append(finding("gantry_tilt", degrees=round(axes.shear_degrees, 1)))
    upright = abs(grid.direction_lps[2][2])
    degrees = math.degrees(math.acos(min(1.0, upright)))
    if degrees > 1:
        found.append(
            finding("oblique_acquisition" if degrees <= 20 else "not_axial", degrees=round(degrees, 1))
        )
    coverage = grid.shape_zyx[0] * grid.increment_mm * upright
    if coverage < 100:
        found.append(finding("coverage_short", severity=Severity.INFO, mm=round(coverage, 1)))
    return found


def stored_values(path: str) -> tuple[NDArray[np.generic], float, float, Turned]:
    """Values (z, y, x) as they stand in the file, slope and intercept, and how to turn the axes.

    Raises:
        BadVolumeFile: No volume of numbers.
        VolumeEndsEarly: Fewer data than the header says.
    """
    if path.lower().endswith((".nii", ".nii.gz")):
        header = nifti.read_header(path)
        values = nifti.read_voxels(path, header)
        return values, header.slope, header.intercept, turned(header.affine_lps, header.shape_xyz)
    read, affine, shape = itkfiles.read(path, voxels=True)
    assert read is not None
    return read, 1.0, 0.0, turned(affine, shape)


def is_label_map(path: str) -> bool:
    """Whether a volume file holds labels: whole numbers from 0 to 15. They often lie beside a scan."""
    try:
        values, slope, intercept, _ = stored_values(path)
    except (BadVolumeFile, VolumeEndsEarly, OSError, ValueError, MemoryError):
        return False
    if (slope, intercept) != (1.0, 0.0) or values.dtype.kind not in "iu":
        return False
    return bool(values.min() >= 0 and values.max() < LABELS_BELOW)
