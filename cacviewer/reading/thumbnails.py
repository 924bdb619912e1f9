"""A small picture of a series: its middle slice, read alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import CacError
from cacviewer.core.study import Inspection, Verdict
from cacviewer.reading.decode import DecodeFailed, Decoder
from cacviewer.reading.fragments import EndsEarly
from cacviewer.reading.frames import Frame
from cacviewer.reading.pixels import read_stored
from cacviewer.reading.scan import plan_of
from cacviewer.reading.stacking import Stack
from cacviewer.reading.voxels import Rescale, padding_of, rescale_of, to_hu

SIDE_PX = 96
LOW_HU, HIGH_HU = -160, 240
"""Window of soft tissue (habits.md 3, preset 1)."""


def middle_slice(inspection: Inspection, index: int) -> NDArray[np.int16] | None:
    """(rows, columns) HU of the slice in the middle of a series, None where it cannot be had."""
    try:
        plan = plan_of(inspection, index)
    except CacError:
        return None
    if not isinstance(plan, Stack):
        return None
    frames = [frame for frame in plan.frames if frame is not None]
    return _read(frames[len(frames) // 2]) if frames else None


def thumbnail(inspection: Inspection, index: int) -> NDArray[np.uint8] | None:
    """(rows, columns) grays of the middle slice, at most 96 pixels a side and of the picture's true shape.

    None where there is no picture: volume files, objects without images, damaged pixels.
    """
    series = inspection.series[index]
    if series.verdict is Verdict.UNREADABLE or series.grid is None:
        return None
    hu = middle_slice(inspection, index)
    if hu is None:
        return None
    size_mm = np.array(hu.shape) * series.grid.spacing_mm[1:]
    side = np.maximum(1, np.rint(SIDE_PX * size_mm / size_mm.max())).astype(int)
    rows, columns = (
        np.linspace(0, n - 1, m).round().astype(int) for n, m in zip(hu.shape, side, strict=True)
    )
    small = hu[np.ix_(rows, columns)].astype(np.float32)
    low, high = LOW_HU, HIGH_HU
    if series.info.modality != "CT":
        low, high = int(small.min()), max(int(small.max()), int(small.min()) + 1)
    grays: NDArray[np.uint8] = np.clip((small - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
    return grays


def _read(frame: Frame) -> NDArray[np.int16] | None:
    hu = np.empty((frame.format.rows, frame.format.columns), np.int16)
    decoder = Decoder()
    try:
        stored, format = read_stored(frame, hu, decoder)
        to_hu(stored, hu, format, padding_of(frame, format), rescale_of(frame) or Rescale())
    except (EndsEarly, DecodeFailed, OSError, ValueError, MemoryError):
        return None
    finally:
        decoder.close()
    return hu
