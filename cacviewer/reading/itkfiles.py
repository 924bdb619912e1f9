"""NRRD and MetaImage through SimpleITK, after their headers were looked at.

SimpleITK follows any path that a header names and may crash on damaged files; so a detached data file must lie
beside its header, the bytes must be there, and all of it runs in a child process, never in the window.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.reading.nifti import MAX_BYTES, BadVolumeFile, VolumeEndsEarly

HEADER_BYTES = 65536
WIDTHS: dict[str, int] = {
    "MET_CHAR": 1, "MET_UCHAR": 1, "MET_SHORT": 2, "MET_USHORT": 2, "MET_INT": 4, "MET_UINT": 4, "MET_LONG": 4,
    "MET_ULONG": 4, "MET_LONG_LONG": 8, "MET_ULONG_LONG": 8, "MET_FLOAT": 4, "MET_DOUBLE": 8,
}  # fmt: skip
NRRD_WIDTHS = (
    (r"(signed char|int8(_t)?|uchar|unsigned char|uint8(_t)?)", 1),
    (r"(short|short int|signed short.*|int16(_t)?|ushort|unsigned short.*|uint16(_t)?)", 2),
    (r"(int|signed int|int32(_t)?|uint|unsigned int|uint32(_t)?|float)", 4),
    (
        r"(longlong|long long.*|signed long long.*|int64(_t)?|ulonglong|unsigned long long.*|uint64(_t)?|double)",
        8,
    ),
)
"""Spellings of NRRD's types and their bytes."""


def read(
    path: str, *, voxels: bool
) -> tuple[NDArray[np.generic] | None, NDArray[np.float64], tuple[int, int, int]]:
    """Reads a volume file.

    Returns:
        Values (z, y, x) or None, the (4, 4) matrix from index x, y, z to LPS mm, and the shape as x, y, z.

    Raises:
        BadVolumeFile: No volume of numbers.
        VolumeEndsEarly: Fewer data than the header says.
    """
    compressed = _check(path)
    import SimpleITK  # slow to import, and only these files need it

    sitk: Any = SimpleITK
    sitk.ProcessObject.SetGlobalWarningDisplay(False)
    with _plain_name(path) as name:
        reader = sitk.ImageFileReader()
        reader.SetFileName(name)
        try:
            reader.ReadImageInformation()
        except RuntimeError as error:
            raise BadVolumeFile from error
        size, spacing = reader.GetSize(), np.array(reader.GetSpacing())
        if reader.GetDimension() != 3 or reader.GetNumberOfComponents() != 1:
            raise BadVolumeFile
        affine = np.eye(4)
        affine[:3, :3] = np.array(reader.GetDirection()).reshape(3, 3) * spacing
        affine[:3, 3] = reader.GetOrigin()
        values = None
        if voxels:
            try:
                values = sitk.GetArrayFromImage(reader.Execute())
            except RuntimeError as error:
                raise (VolumeEndsEarly if compressed else BadVolumeFile) from error
    return values, affine, (int(size[0]), int(size[1]), int(size[2]))


def _check(path: str) -> bool:
    """Compares header and bytes before a library sees them; returns whether the data are compressed."""
    with open(path, "rb") as file:
        head = file.read(HEADER_BYTES)
    if head.startswith(b"NRRD"):
        fields, offset = _nrrd(head)
    else:
        fields, offset = _meta(head)
    if min(fields.sizes, default=0) < 1 or fields.total > MAX_BYTES:
        raise BadVolumeFile
    if fields.data_file:
        # a plain name beside the header, nothing that climbs, lists or counts
        if re.search(r"[/\\%]|^LIST", fields.data_file) or fields.data_file in ("..", "."):
            raise BadVolumeFile
        data = os.path.join(os.path.dirname(path), fields.data_file)
        if not os.path.isfile(data):
            raise VolumeEndsEarly
        offset = 0
    else:
        data = path
    there = os.path.getsize(data) - offset
    if there <= 0 or (not fields.compressed and there < fields.total):
        raise VolumeEndsEarly
    return fields.compressed


class _Fields:
    def __init__(self, sizes: tuple[int, ...], width: int, compressed: bool, data_file: str) -> None:
        self.sizes, self.compressed, self.data_file = sizes, compressed, data_file
        self.total = width
        for size in sizes:
            self.total *= size


def _meta(head: bytes) -> tuple[_Fields, int]:
    found: dict[str, str] = {}
    offset = 0
    for line in head.splitlines(keepends=True):
        offset += len(line)
        key, _, value = line.decode("latin_1").partition("=")
        found[key.strip().lower()] = value.strip()
        if key.strip().lower() == "elementdatafile":
            break
    else:
        raise BadVolumeFile
    data_file = found["elementdatafile"]
    width = WIDTHS.get(found.get("elementtype", "").upper(), 0)
    sizes = _sizes(found.get("dimsize", ""))
    if not width or "ndims" not in found:
        raise BadVolumeFile
    compressed = found.get("compresseddata", "").lower() == "true"
    return _Fields(sizes, width, compressed, "" if data_file.upper() == "LOCAL" else data_file), offset


def _nrrd(head: bytes) -> tuple[_Fields, int]:
    end = re.search(rb"\r?\n\r?\n", head)
    text = head[: end.start() if end else len(head)].decode("latin_1")
    found = {k.strip().lower(): v.strip() for k, v in re.findall(r"^([^#:\n]+):(?!=)\s*(.*)$", text, re.M)}
    kind = found.get("type", "").lower()
    width = next((w for pattern, w in NRRD_WIDTHS if re.fullmatch(pattern, kind)), 0)
    encoding = found.get("encoding", "").lower()
    if not width or encoding not in ("raw", "gzip", "gz"):
        raise BadVolumeFile
    data_file = found.get("data file", found.get("datafile", ""))
    if not data_file and end is None:
        raise VolumeEndsEarly
    return _Fields(
        _sizes(found.get("sizes", "")), width, encoding != "raw", data_file
    ), end.end() if end else 0


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split())
    except ValueError as error:
        raise BadVolumeFile from error


@contextmanager
def _plain_name(path: str) -> Iterator[str]:
    """A name that SimpleITK can open: on Windows it fails on some letters, so the file gets an ASCII name there."""
    if os.name != "nt" or path.isascii():
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "volume" + os.path.splitext(path)[1])
        shutil.copyfile(path, name)
        yield name
