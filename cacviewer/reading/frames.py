"""One image of a file: a slice of a series, or a frame of a multi-frame object, as its header describes it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.walk import Parsed
from cacviewer.reading.sources import Source

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
MASKS = frozenset(("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"))
"""Segmentations have frames, but of no scan; they are listed by kind."""
FLAT_KINDS = ("LOCALIZER", "SCOUT", "TOPOGRAM")
MAX_FRAMES = 65536
MAX_RATIO, RATIO_FROM_BYTES = 200, 64 << 20
"""A deflated data set that grows beyond this is a bomb, not an image (as for archives, reading rules 12.2.5)."""
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """How the stored values of a frame are packed."""

    rows: int
    columns: int
    samples: int
    allocated: int
    stored: int
    high_bit: int
    signed: bool
    syntax_uid: str
    floating: bool = False

    @property
    def frame_bytes(self) -> int:
        """Bytes of a frame without compression."""
        return (self.rows * self.columns * self.samples * self.allocated + 7) // 8


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image.

    Attributes:
        source: Its file.
        parsed: Where the pixels are in it.
        header: Elements that hold for this frame.
        index: Number of the frame in its file, from 0.
        frames: Frames in the file.
        format: How its pixels are packed.
        position: (3,) LPS mm of the centre of the first pixel, None where it is not stated.
        orientation: (2, 3) row and column vectors as stated, None where they are not.
        spacing_mm: Distances of rows and of columns, None where missing, zero or not a number.
        truncated: The file ends before the frame does.
        enhanced: Geometry comes from functional groups.
    """

    source: Source
    parsed: Parsed
    header: Header
    index: int
    frames: int
    format: PixelFormat
    position: Vector | None
    orientation: Vector | None
    spacing_mm: tuple[float, float] | None
    truncated: bool
    enhanced: bool

    @property
    def image_type(self) -> tuple[str, ...]:
        """Values of ImageType, or of the frame's own type."""
        own = self.header.codes(tags.FRAME_TYPE) or self.header.codes(tags.IMAGE_TYPE)
        return tuple(value.upper() for value in own)

    @property
    def is_flat(self) -> bool:
        """A scout view."""
        return any(kind in value for value in self.image_type for kind in FLAT_KINDS)

    @property
    def is_screen(self) -> bool:
        """Colours or a screen capture: no Hounsfield units."""
        photometric = self.header.code(tags.PHOTOMETRIC_INTERPRETATION).upper() or "MONOCHROME2"
        return (
            self.header.code(tags.SOP_CLASS_UID).startswith(SECONDARY_CAPTURE)
            or self.format.samples != 1
            or not photometric.startswith("MONOCHROME")
        )

    @property
    def instance_number(self) -> int:
        """InstanceNumber; a very large one where it is missing."""
        number = self.header.integer(tags.INSTANCE_NUMBER)
        return 1 << 40 if number is None else number


def frames_of(source: Source, parsed: Parsed, size: int) -> list[Frame]:
    """Expands a file into its images; a file without Rows and Columns has none.

    Args:
        source: The file.
        parsed: Its header.
        size: Its length in bytes.
    """
    header = Header(parsed.values, parsed.syntax.big_endian)
    header.repaired |= parsed.repaired
    format = pixel_format(header, parsed.syntax_uid, parsed.floating)
    if format is None or header.code(tags.SOP_CLASS_UID) in MASKS:
        return []
    stated = max(1, header.integer(tags.NUMBER_OF_FRAMES) or 1)
    groups = parsed.items.get(tags.FRAME_GROUPS, [])
    shared = (parsed.items.get(tags.SHARED_GROUPS) or [{}])[0]
    if not groups and not (shared and stated == 1):
        return [_frame(source, parsed, header, 0, stated, format, size, enhanced=False)]
    # frames without a group of their own have no place, and are told of as such
    bare = header.of_frame({}, shared)
    headers = [header.of_frame(group, shared) for group in groups[:stated]]
    headers += [bare] * (min(stated, MAX_FRAMES) - len(headers))
    return [
        _frame(source, parsed, own, i, stated, format, size, enhanced=True) for i, own in enumerate(headers)
    ]


def pixel_format(header: Header, syntax_uid: str, floating: bool = False) -> PixelFormat | None:
    """Reads the description of the pixels; None where there is no image."""
    rows, columns = header.integer(tags.ROWS), header.integer(tags.COLUMNS)
    if not rows or not columns or rows < 1 or columns < 1:
        return None
    allocated = header.integer(tags.BITS_ALLOCATED) or 16
    stored = header.integer(tags.BITS_STORED) or allocated
    if not 0 < stored <= allocated:
        stored = allocated
    high = header.integer(tags.HIGH_BIT)
    if high is None or not stored - 1 <= high < allocated:
        high = stored - 1
    samples = header.integer(tags.SAMPLES_PER_PIXEL) or 1
    signed = bool(header.integer(tags.PIXEL_REPRESENTATION))
    return PixelFormat(rows, columns, samples, allocated, stored, high, signed, syntax_uid, floating)


def _frame(
    source: Source, parsed: Parsed, header: Header, index: int, frames: int, format: PixelFormat, size: int,
    *, enhanced: bool,
) -> Frame:  # fmt: skip
    position = header.numbers(tags.IMAGE_POSITION)
    orientation = header.numbers(tags.IMAGE_ORIENTATION)
    # a multi-frame object without functional groups says where its first frame is and nothing of the others
    placed = len(position) == 3 and (enhanced or frames == 1)
    spacing = header.numbers(tags.PIXEL_SPACING)
    measured = len(spacing) == 2 and min(spacing) > 0
    return Frame(
        source=source,
        parsed=parsed,
        header=header,
        index=index,
        frames=frames,
        format=format,
        position=np.array(position) if placed else None,
        orientation=np.array(orientation).reshape(2, 3) if len(orientation) == 6 else None,
        spacing_mm=(spacing[0], spacing[1]) if measured else None,
        truncated=_ends_early(parsed, format, index, size),
        enhanced=enhanced,
    )


def _ends_early(parsed: Parsed, format: PixelFormat, index: int, size: int) -> bool:
    """Whether the bytes of a native frame are not all there; fragments are counted when they are decoded."""
    if parsed.truncated or not parsed.pixel_offset:
        return True
    if parsed.syntax.deflated:
        end = parsed.pixel_offset + (index + 1) * format.frame_bytes
        return end > max(RATIO_FROM_BYTES, MAX_RATIO * size)
    if parsed.pixel_length is None:
        return False
    there = min(parsed.pixel_length, size - parsed.pixel_offset)
    return there < (index + 1) * format.frame_bytes


def unit_vectors(orientation: Vector) -> Vector | None:
    """Rows: unit vectors along rows, columns and the normal; None where the stated ones cannot be (12.4.1).

    Rounding to four digits is common, so they are normalised; lengths off by more than 1 % or an angle off 90
    degrees by more than 0.5 are no rounding.
    """
    lengths = np.linalg.norm(orientation, axis=1)
    if np.any(abs(lengths - 1) > 0.01):
        return None
    row, column = orientation / lengths[:, None]
    if abs(math.degrees(math.asin(min(1.0, abs(float(row @ column)))))) > 0.5:
        return None
    column = column - (row @ column) * row
    column = column / np.linalg.norm(column)
    return np.array((row, column, np.cross(row, column)))
