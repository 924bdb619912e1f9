"""Inputs that were damaged or made to harm: seeded, so that a number names one for ever."""

from __future__ import annotations

import io
import random
import struct
import tempfile
import zipfile
from pathlib import Path

import SimpleITK as sitk
from pydicom import dcmread
from pydicom.fileset import FileSet

from tests.builders.dicom import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    J2K,
    JPEGLS,
    RLE,
    Scan,
    enhanced,
    picture,
    series,
)

SMALL = Scan(slices=3, rows=8, columns=8)
LARGER = Scan(slices=2, rows=40, columns=40)
PLAIN = (
    "explicit",
    "implicit",
    "big",
    "deflated",
    "rle",
    "enhanced",
    "zip",
    "dicomdir",
    "nii",
    "nii.gz",
    "nrrd",
    "mha",
)
COMPRESSED = ("jpeg2000", "jpegls")
VOLUMES = ("nii", "nii.gz", "nrrd", "mha")

Files = dict[str, bytes]


def originals(folder: Path, *, compressed: bool = True) -> dict[str, Files]:
    """Good inputs by kind: name and bytes of their files."""
    for name, syntax in (
        ("explicit", EXPLICIT),
        ("implicit", IMPLICIT),
        ("big", BIG),
        ("deflated", DEFLATED),
    ):
        series(folder / name, SMALL, syntax=syntax)
    series(folder / "rle", SMALL, compress=RLE)
    enhanced(folder / "enhanced" / "e", SMALL)
    if compressed:
        series(folder / "jpeg2000", LARGER, compress=J2K)
        series(folder / "jpegls", LARGER, compress=JPEGLS)
    found = {
        p.name: {f.name: f.read_bytes() for f in sorted(p.iterdir())} for p in folder.iterdir() if p.is_dir()
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in found["explicit"].items():
            packed.writestr(f"deep/{name}", data)
        packed.writestr("zeros", bytes(1 << 16))
    found["zip"] = {"a.zip": archive.getvalue()}
    found["dicomdir"] = _medium(folder / "explicit")
    image = sitk.GetImageFromArray(picture(SMALL))
    for ending in VOLUMES:
        path = folder / f"v.{ending}"
        sitk.WriteImage(image, str(path))
        found[ending] = {path.name: path.read_bytes()}
    return found


def mutated(number: int, kinds: dict[str, Files], names: tuple[str, ...]) -> tuple[str, Files]:
    """The input of a number: one of the kinds, with a few places of one of its files spoilt."""
    chance = random.Random(number)
    kind = names[number % len(names)]
    files = dict(kinds[kind])
    name = chance.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(chance.randint(1, 6)):
        chance.choice(SPOILERS)(chance, data)
    files[name] = bytes(data)
    return kind, files


def _flip_bits(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.randint(1, 8)):
        if data:
            data[_place(chance, data)] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, data: bytearray) -> None:
    if chance.random() < 0.4:
        del data[chance.randrange(len(data) + 1) :]


def _absurd_length(chance: random.Random, data: bytearray) -> None:
    value = chance.choice((0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFF, 1 << 28, 0))
    at = _place(chance, data)
    data[at : at + 4] = struct.pack("<I", value)[: max(0, len(data) - at)]


def _move_block(chance: random.Random, data: bytearray) -> None:
    start, size = _place(chance, data), chance.randint(1, 64)
    block = data[start : start + size]
    if chance.random() < 0.5:
        del data[start : start + size]
    at = _place(chance, data)
    data[at:at] = block


def _zero_block(chance: random.Random, data: bytearray) -> None:
    at, size = _place(chance, data), chance.randint(1, 40)
    data[at : at + size] = bytes(len(data[at : at + size]))


SPOILERS = (_flip_bits, _cut, _absurd_length, _move_block, _zero_block)


def _place(chance: random.Random, data: bytearray) -> int:
    """Mostly among the first bytes, where what decides stands."""
    if not data:
        return 0
    return chance.randrange(min(len(data), chance.choice((160, 1500, len(data)))))


def _medium(folder: Path) -> Files:
    """The files of a small CD with its DICOMDIR."""
    medium = FileSet()
    for path in sorted(folder.iterdir()):
        d = dcmread(path)
        d.StudyID = "1"
        medium.add(d)
    with tempfile.TemporaryDirectory() as place:
        medium.write(place)
        root = Path(place)
        return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def written(files: Files, folder: Path) -> Path:
    """Writes an input into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
