"""From stored values to Hounsfield units, slice by slice, in place where that is possible (reading rules 12.5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.reading.frames import Frame, PixelFormat

AIR_HU = -1024
PADDING_LIMIT_HU = -900
LOWEST, HIGHEST = -32768, 32767


@dataclass(slots=True)
class Tally:
    """What happened to voxels while they were converted."""

    clipped: bool = False
    masked: bool = False
    padded: int = 0
    tissue_padding: bool = False
    repaired: set[str] = field(default_factory=set)

    def add(self, other: Tally) -> None:
        """Adds what happened in another slice."""
        self.clipped |= other.clipped
        self.masked |= other.masked
        self.padded += other.padded
        self.tissue_padding |= other.tissue_padding
        self.repaired |= other.repaired


@dataclass(frozen=True, slots=True)
class Rescale:
    """HU = stored x slope + intercept."""

    slope: float = 1.0
    intercept: float = 0.0


def rescale_of(frame: Frame) -> Rescale | None:
    """The frame's rescale; None where slope or intercept is missing, not finite, or the slope is 0."""
    slope = frame.header.number(tags.RESCALE_SLOPE)
    intercept = frame.header.number(tags.RESCALE_INTERCEPT)
    if not slope or intercept is None:
        return _linear_table(frame)
    return Rescale(slope, intercept)


def _linear_table(frame: Frame) -> Rescale | None:
    """The rescale that a Modality LUT amounts to, None where there is none or it is no line (12.5.1)."""
    for item in frame.parsed.items.get(tags.MODALITY_LUT_SEQUENCE, []):
        table = Header(item, frame.header.big_endian)
        data = np.array(table.numbers(tags.LUT_DATA))
        first = table.numbers(tags.LUT_DESCRIPTOR)[1:2]
        steps = np.diff(data)
        if table.code(tags.MODALITY_LUT_TYPE).upper() != "HU" or not first or not len(steps):
            return None
        # the table's first value is signed where the pixels are, whatever its representation
        start = _as_stored(int(first[0]), frame.format)
        if steps[0] and np.all(steps == steps[0]):
            return Rescale(float(steps[0]), float(data[0] - steps[0] * start))
    return None


def padding_of(frame: Frame, format: PixelFormat) -> tuple[int, int] | None:
    """Lowest and highest stored value that mean padding, by the sign of the pixels whatever their VR."""
    if format.floating:
        return None
    first = frame.header.integer(tags.PIXEL_PADDING)
    if first is None:
        return None
    last = frame.header.integer(tags.PIXEL_PADDING_LIMIT)
    ends = [_as_stored(first, format), _as_stored(first if last is None else last, format)]
    return min(ends), max(ends)


def _as_stored(value: int, format: PixelFormat) -> int:
    bits = value & ((1 << format.stored) - 1)
    if format.signed and bits >> (format.stored - 1):
        bits -= 1 << format.stored
    return bits


def to_hu(
    stored: NDArray[np.generic],
    out: NDArray[np.int16],
    format: PixelFormat,
    padding: tuple[int, int] | None,
    rescale: Rescale,
) -> Tally:
    """Converts the stored values of one slice.

    Args:
        stored: (y, x) values as they stand in the file, native byte order; may be a view of `out`.
        out: (y, x) int16 that receives HU.
        format: Bits and sign.
        padding: Lowest and highest stored value of padding, None where none is declared.
        rescale: What to apply.
    """
    tally = Tally()
    if format.floating:
        return _real_to_hu(stored, out, rescale)
    values = _significant_bits(stored, format, tally)
    low, high = int(values.min()), int(values.max())
    padded = None
    if padding is not None and low <= padding[1] and high >= padding[0]:
        padded = _padded(values, padding, rescale, tally)
    whole = rescale.slope == 1 and rescale.intercept == int(rescale.intercept)
    shift = int(rescale.intercept) if whole else 0
    if whole and low + shift >= LOWEST and high + shift <= HIGHEST:
        # modulo 2**16 the sum is right whatever the sign of the stored type
        if values.dtype.itemsize == 2:
            narrow = values.view(np.int16)
            np.add(narrow, np.array(shift & 0xFFFF, np.uint16).view(np.int16), out=out)
        else:
            np.add(values.astype(np.int32), shift, out=out, casting="unsafe")
    else:
        exact = values * rescale.slope + rescale.intercept
        np.rint(exact, out=exact)
        tally.clipped = bool(exact.min() < LOWEST or exact.max() > HIGHEST)
        np.clip(exact, LOWEST, HIGHEST, out=exact)
        out[...] = exact.astype(np.int16)
    if padded is not None:
        out[padded] = AIR_HU
    return tally


def _real_to_hu(stored: NDArray[np.generic], out: NDArray[np.int16], rescale: Rescale) -> Tally:
    """FloatPixelData: what is not finite is no measurement, so it becomes air like padding."""
    exact = stored.astype(np.float64) * rescale.slope + rescale.intercept
    nothing = ~np.isfinite(exact)
    exact[nothing] = AIR_HU
    np.rint(exact, out=exact)
    clipped = bool(exact.min() < LOWEST or exact.max() > HIGHEST)
    out[...] = np.clip(exact, LOWEST, HIGHEST).astype(np.int16)
    return Tally(clipped=clipped, padded=int(np.count_nonzero(nothing)))


def _significant_bits(stored: NDArray[np.generic], format: PixelFormat, tally: Tally) -> NDArray[np.integer]:
    """Values of BitsStored bits: what stands above HighBit is no part of them."""
    kind = np.dtype(f"{'i' if format.signed else 'u'}{stored.dtype.itemsize}")
    values: NDArray[np.integer] = stored.view(kind)
    spare = format.allocated - format.high_bit - 1
    unused = format.high_bit + 1 - format.stored
    if spare == 0 and unused == 0:
        return values
    low, high = int(values.min()), int(values.max())
    reach = 1 << (format.stored - (1 if format.signed else 0))
    if unused == 0 and high < reach and low >= (-reach if format.signed else 0):
        return values
    shifted: NDArray[np.integer] = np.left_shift(values, spare)
    result: NDArray[np.integer] = np.right_shift(shifted, spare + unused)
    above = np.right_shift(stored.view(f"u{stored.dtype.itemsize}"), format.high_bit + 1)
    tally.masked = bool(np.any((result != values) & (above != 0))) if unused == 0 else bool(above.any())
    return result


def _padded(
    values: NDArray[np.integer], padding: tuple[int, int], rescale: Rescale, tally: Tally
) -> NDArray[np.bool_] | None:
    """Voxels that are padding; None where there are none or the value would hit tissue (12.5.3)."""
    hit = (values >= padding[0]) & (values <= padding[1])
    count = int(np.count_nonzero(hit))
    if not count:
        return None
    if max(edge * rescale.slope + rescale.intercept for edge in padding) > PADDING_LIMIT_HU:
        tally.tissue_padding = True
        return None
    tally.padded = count
    return hit
