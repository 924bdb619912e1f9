"""NIfTI-1 and NIfTI-2: header and voxels, straight from the bytes.

Read here and not by a library, because the rules want sform before qform, a sheared sform as a finding instead of
an exception, and no more memory than the volume (reading rules 12.2.7). Positions leave in LPS; NIfTI has RAS.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

TYPES: dict[int, str] = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
}  # fmt: skip
"""Data type code to numpy's letter and width; colours and complex numbers are no Hounsfield units."""

MAX_BYTES = 4 << 30


class BadVolumeFile(Exception):
    """The header makes no sense or describes no volume."""


class VolumeEndsEarly(Exception):
    """Fewer data than the header says."""


@dataclass(frozen=True, slots=True)
class NiftiHeader:
    """What is needed of the header.

    Attributes:
        shape_xyz: Voxels along the index axes.
        dtype: Of the stored values.
        offset: Of the voxels in the (unpacked) file.
        slope: HU = stored x slope + intercept.
        intercept: See slope.
        affine_lps: (4, 4), index x, y, z to LPS mm.
    """

    shape_xyz: tuple[int, int, int]
    dtype: np.dtype[np.generic]
    offset: int
    slope: float
    intercept: float
    affine_lps: NDArray[np.float64]


def opened(path: str) -> BinaryIO:
    """The file, unpacked where it is gzip by its contents."""
    with open(path, "rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else open(path, "rb")  # type: ignore[return-value]


def read_header(path: str) -> NiftiHeader:
    """Reads the header.

    Raises:
        BadVolumeFile: It is none, or not of one volume of numbers.
        VolumeEndsEarly: The file ends inside it.
    """
    try:
        with opened(path) as file:
            head = file.read(544)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise VolumeEndsEarly from error
    if len(head) < 348:
        raise VolumeEndsEarly
    for order in "<>":
        size = struct.unpack_from(order + "i", head)[0]
        if size == 348:
            return _first(head, order)
        if size == 540 and len(head) >= 540:
            return _second(head, order)
    raise BadVolumeFile


def _getter(head: bytes, order: str) -> Callable[[str, int], tuple[Any, ...]]:
    return lambda form, at: struct.unpack_from(order + form, head, at)


def _first(head: bytes, order: str) -> NiftiHeader:
    get = _getter(head, order)
    return _header(
        dims=get("8h", 40), kind=get("h", 70)[0], pixdim=get("8f", 76), offset=int(get("f", 108)[0]),
        scale=get("2f", 112), codes=get("2h", 252), quaternion=get("6f", 256), rows=get("12f", 280), order=order,
        units=head[123],
    )  # fmt: skip


def _second(head: bytes, order: str) -> NiftiHeader:
    get = _getter(head, order)
    return _header(
        dims=get("8q", 16), kind=get("h", 12)[0], pixdim=get("8d", 104), offset=int(get("q", 168)[0]),
        scale=get("2d", 176), codes=get("2i", 344), quaternion=get("6d", 352), rows=get("12d", 400), order=order,
        units=get("i", 500)[0] & 0xFF,
    )  # fmt: skip


def _header(
    *, dims: tuple[int, ...], kind: int, pixdim: tuple[float, ...], offset: int, scale: tuple[float, ...],
    codes: tuple[int, ...], quaternion: tuple[float, ...], rows: tuple[float, ...], order: str, units: int,
) -> NiftiHeader:  # fmt: skip
    shape = tuple(int(d) for d in dims[1:4])
    more = [d for d in dims[4 : 1 + max(0, min(7, dims[0]))] if d > 1]
    if kind not in TYPES or not 2 <= dims[0] <= 7 or more or min(shape[:2]) < 1:
        raise BadVolumeFile
    shape = (shape[0], shape[1], max(1, shape[2]) if dims[0] >= 3 else 1)
    affine = _sform(rows) if codes[1] > 0 else None
    if affine is None:
        affine = _qform(quaternion, pixdim) if codes[0] > 0 else np.diag((*np.abs(pixdim[1:4]), 1.0))
    unit = {1: 1000.0, 3: 0.001}.get(units & 7, 1.0)  # metres, micrometres; millimetres otherwise
    affine[:3] *= unit
    affine[:2] *= -1  # RAS to LPS
    if not np.isfinite(affine).all() or np.any(np.linalg.norm(affine[:3, :3], axis=0) < 1e-6):
        raise BadVolumeFile
    slope, intercept = (1.0, 0.0) if not scale[0] or not np.isfinite(scale).all() else scale
    dtype = np.dtype(order + TYPES[kind])
    return NiftiHeader((shape[0], shape[1], shape[2]), dtype, max(offset, 348), slope, intercept, affine)


def _sform(rows: tuple[float, ...]) -> NDArray[np.float64] | None:
    affine = np.vstack((np.array(rows, np.float64).reshape(3, 4), (0, 0, 0, 1)))
    usable = np.isfinite(affine).all() and abs(np.linalg.det(affine[:3, :3])) > 1e-9
    return affine if usable else None


def _qform(quaternion: tuple[float, ...], pixdim: tuple[float, ...]) -> NDArray[np.float64]:
    b, c, d = quaternion[:3]
    a = max(0.0, 1.0 - b * b - c * c - d * d) ** 0.5
    rotation = np.array(
        (
            (a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)),
            (2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)),
            (2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c),
        )
    )
    steps = np.abs(np.array(pixdim[1:4], np.float64))
    steps[2] *= -1 if pixdim[0] < 0 else 1
    affine = np.eye(4)
    affine[:3, :3] = rotation * steps
    affine[:3, 3] = quaternion[3:]
    return affine


def read_voxels(path: str, header: NiftiHeader) -> NDArray[np.generic]:
    """Stored values (z, y, x).

    Raises:
        BadVolumeFile: More than 4 GiB.
        VolumeEndsEarly: Fewer data than the header says.
    """
    count = int(np.prod([int(n) for n in header.shape_xyz], dtype=object))
    if count * header.dtype.itemsize > MAX_BYTES:
        raise BadVolumeFile
    values = np.empty(count, header.dtype)
    target, done = values.view(np.uint8).data, 0
    try:
        with opened(path) as file:
            file.seek(header.offset)
            while done < len(target) and (step := file.readinto(target[done : done + (1 << 24)])):  # type: ignore[attr-defined]
                done += step
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise VolumeEndsEarly from error
    if done < len(target):
        raise VolumeEndsEarly
    return values.reshape(header.shape_xyz[::-1])
