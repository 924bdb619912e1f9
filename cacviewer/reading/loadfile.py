"""The voxels of a volume file, with its axes turned (reading rules 12.2.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.core.study import Series
from cacviewer.reading import imagefiles
from cacviewer.reading.imagefiles import ImageFile
from cacviewer.reading.nifti import BadVolumeFile, VolumeEndsEarly
from cacviewer.reading.resample import placed
from cacviewer.reading.sources import shown

STEP = "Reading slices"

Read = tuple[NDArray[np.int16], Grid, list[int], list[Finding]]
"""HU (z, y, x), grid, filled slices, findings."""


def refused(flaw: Finding, path: str) -> UnreadableInput:
    """A finding as the error that ends the reading."""
    return UnreadableInput(flaw.message, code=flaw.code, path=path, remedy=flaw.remedy)


def read_file(plan: ImageFile, _series: Series, tell: Callable[[str, float], None]) -> Read:
    """Reads a volume file and turns its axes."""
    tell(STEP, 0.0)
    try:
        values, slope, intercept, axes = imagefiles.stored_values(plan.path)
    except VolumeEndsEarly as error:
        raise refused(finding("truncated_file", count=1), shown(plan.path)) from error
    except (BadVolumeFile, ValueError, OverflowError) as error:
        raise refused(finding("unreadable_file", count=1), shown(plan.path)) from error
    except OSError as error:
        raise refused(finding("source_vanished"), shown(plan.path)) from error
    turned = np.transpose(values, axes.order)
    turned = turned[tuple(slice(None, None, -1 if flip else 1) for flip in axes.flips)]
    hu = np.empty(axes.grid.shape_zyx, np.int16)
    clipped = False
    for z in range(len(hu)):
        clipped |= _rounded(turned[z], slope, intercept, hu[z])
    found = [finding("hu_clipped")] if clipped else []
    grid = axes.grid
    if axes.shear_degrees:
        hu, grid = _unsheared(hu, axes)
    tell(STEP, 1.0)
    return hu, grid, [], found


def _rounded(values: NDArray[np.generic], slope: float, intercept: float, out: NDArray[np.int16]) -> bool:
    """Writes values as int16 HU; returns whether some had to be clipped."""
    if values.dtype == np.int16 and (slope, intercept) == (1.0, 0.0):
        out[...] = values
        return False
    exact = values.astype(np.float64) * slope + intercept
    np.nan_to_num(exact, copy=False, nan=-1024.0)
    np.rint(exact, out=exact)
    clipped = bool(exact.min() < -32768 or exact.max() > 32767)
    out[...] = np.clip(exact, -32768, 32767).astype(np.int16)
    return clipped


def _unsheared(hu: NDArray[np.int16], axes: imagefiles.Turned) -> tuple[NDArray[np.int16], Grid]:
    """Puts the slices of a sheared volume where they are."""
    count, rows, columns = hu.shape
    shifts = np.arange(count, dtype=np.float64)[:, None] * np.array(axes.shear_px)
    low = np.floor(shifts.min(axis=0))
    high = np.ceil(shifts.max(axis=0))
    shape = (count, rows + int(high[0] - low[0]), columns + int(high[1] - low[1]))
    origin = axes.grid.lps_mm((0.0, float(low[0]), float(low[1])))
    grid = replace(
        axes.grid, shape_zyx=shape, origin_lps_mm=(float(origin[0]), float(origin[1]), float(origin[2]))
    )
    depths = np.arange(count, dtype=np.float64) * axes.grid.increment_mm
    return placed(hu, depths, shifts - low, shape, axes.grid.increment_mm), grid
