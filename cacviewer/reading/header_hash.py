"""One hash of what the headers of a series say: a case names it, so that it is known again later.

The elements are a fixed list, in no order of files: the same series gives the same hash from another folder, an
archive or after a copy, in this version and later ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cacviewer.core.geometry import Grid
from cacviewer.dicom import tags
from cacviewer.reading.frames import Frame

ELEMENTS = (
    tags.SOP_INSTANCE_UID,
    tags.SERIES_INSTANCE_UID,
    tags.IMAGE_POSITION,
    tags.IMAGE_ORIENTATION,
    tags.PIXEL_SPACING,
    tags.ROWS,
    tags.COLUMNS,
    tags.RESCALE_SLOPE,
    tags.RESCALE_INTERCEPT,
    tags.SLICE_THICKNESS,
    tags.KVP,
    tags.CONVOLUTION_KERNEL,
)
"""Who an image is, where it lies and what its values mean. A new list would need a new kind of hash."""


def hash_of_frames(frames: Iterable[Frame]) -> str:
    """SHA-256 (64 hexadecimal digits) over the headers of the frames of a series."""
    lines = sorted(_line(frame) for frame in frames)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def hash_of_grid(grid: Grid) -> str:
    """The same for a volume file, whose header holds a geometry and little else."""
    numbers = (*grid.spacing_mm, *grid.origin_lps_mm, *(value for row in grid.direction_lps for value in row))
    words = [str(n) for n in grid.shape_zyx] + [f"{number + 0.0:.5f}" for number in numbers]
    return hashlib.sha256(" ".join(words).encode("ascii")).hexdigest()


def _line(frame: Frame) -> bytes:
    elements = frame.header.elements
    values = (elements[tag][1].strip(b" \0") if tag in elements else b"" for tag in ELEMENTS)
    return str(frame.index).encode("ascii") + b"|" + b"|".join(values)
