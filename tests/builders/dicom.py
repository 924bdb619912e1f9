"""Small DICOM series with one quirk each, from an analytic picture in LPS mm.

series(folder)                                     ten plain slices
series(folder, change=lambda d, k: ...)            each header edited before it is written
series(folder, after=lambda path, d, k: ...)       each file edited afterwards
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence

EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
BIG, DEFLATED = "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"
RLE, J2K, JPEGLS, JPEG_LOSSLESS = (
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.70",
)
CT, ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"

Change = Callable[[FileDataset, int], object]
After = Callable[[Path, FileDataset, int], object]


@dataclass(frozen=True)
class Scan:
    """Where the slices stand. `step` is the way from one slice to the next, mm; None: along the normal."""

    slices: int = 10
    rows: int = 24
    columns: int = 32
    pixel: tuple[float, float] = (2.0, 2.0)
    dz: float = 3.0
    row: tuple[float, float, float] = (1.0, 0.0, 0.0)
    column: tuple[float, float, float] = (0.0, 1.0, 0.0)
    origin: tuple[float, float, float] = (-31.0, -17.5, -120.25)
    step: tuple[float, float, float] | None = None
    offsets: tuple[float, ...] = ()  # slice numbers, fractions allowed
    sideways: tuple[tuple[float, float, float], ...] = ()

    @property
    def normal(self) -> NDArray[np.float64]:
        return np.cross(self.row, self.column)

    def position(self, k: int) -> NDArray[np.float64]:
        step = np.array(self.step) if self.step else self.normal * self.dz
        number = self.offsets[k] if self.offsets else k
        side = np.array(self.sideways[k]) if self.sideways else np.zeros(3)
        return np.array(self.origin) + step * number + side

    def points(self, k: int) -> NDArray[np.float64]:
        """(rows, columns, 3) LPS mm of the pixels of slice k."""
        r, c = np.mgrid[0 : self.rows, 0 : self.columns]
        across = np.array(self.row) * self.pixel[1]
        down = np.array(self.column) * self.pixel[0]
        return self.position(k) + c[..., None] * across + r[..., None] * down

    def centre(self) -> NDArray[np.float64]:
        last = self.slices - 1
        return (self.points(0)[0, 0] + self.points(last)[-1, -1]) / 2


BRIGHT_HU = 700


def picture(scan: Scan, salt: int = 0) -> NDArray[np.int16]:
    """(z, y, x) int16 HU: soft tissue with texture and a bright ball in the middle."""
    hu = np.empty((scan.slices, scan.rows, scan.columns), np.int16)
    for k in range(scan.slices):
        p = scan.points(k)
        texture = 20 * np.sin(p[..., 0] / 7 + salt) + 15 * np.cos(p[..., 1] / 5) + p[..., 2] / 3
        ball = np.linalg.norm(p - scan.centre(), axis=-1) < 8
        hu[k] = np.where(ball, BRIGHT_HU, np.rint(texture) - 100 * (texture > 25))
    return hu


def uid(*words: object) -> str:
    return "2.25." + str(int(hashlib.sha256(repr(words).encode()).hexdigest()[:30], 16))


def header(scan: Scan, k: int, number: int = 1, syntax: str = EXPLICIT, tag: str = "") -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = CT, uid("sop", number, k, tag)
    meta.TransferSyntaxUID, meta.ImplementationClassUID = syntax, "2.25.1"
    d = FileDataset("x", {}, file_meta=meta, preamble=b"\0" * 128)
    d.SpecificCharacterSet = "ISO_IR 192"
    d.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    d.SOPClassUID, d.SOPInstanceUID = CT, meta.MediaStorageSOPInstanceUID
    d.StudyDate, d.StudyTime, d.Modality, d.Manufacturer = "20260102", "101500", "CT", "Builder"
    d.AcquisitionTime = "101600"
    d.SeriesDescription = "CaSc 3.0"
    d.PatientName, d.PatientID = "Test^Patient", "T1"
    d.KVP, d.SliceThickness, d.ConvolutionKernel = "120", f"{scan.dz:.6g}", "B35f"
    d.CardiacSynchronizationTechnique = "PROSPECTIVE"
    d.StudyInstanceUID, d.SeriesInstanceUID = uid("study"), uid("series", number)
    d.SeriesNumber, d.AcquisitionNumber, d.InstanceNumber = number, 1, k + 1
    d.ImagePositionPatient = [f"{x:.9g}" for x in scan.position(k)]
    d.ImageOrientationPatient = [f"{x:.9g}" for x in (*scan.row, *scan.column)]
    d.FrameOfReferenceUID = uid("frame")
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.Rows, d.Columns, d.PixelSpacing = scan.rows, scan.columns, [f"{x:.9g}" for x in scan.pixel]
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 16, 15, 1
    d.RescaleIntercept, d.RescaleSlope, d.RescaleType = "-1024", "1", "HU"
    return d


def put(d: FileDataset, hu: NDArray[Any]) -> None:
    """Gives the header its pixels, in the byte order and size that it states."""
    slope, intercept = float(d.get("RescaleSlope", 1)), float(d.get("RescaleIntercept", 0))
    order = ">" if d.file_meta.TransferSyntaxUID == BIG else "<"
    kind = f"{order}{'i' if d.PixelRepresentation else 'u'}{d.BitsAllocated // 8}"
    stored = np.rint((np.asarray(hu, float) - intercept) / slope)
    data = stored.astype(np.int64).astype(kind).tobytes()
    d.PixelData = data + b"\0" * (len(data) % 2)
    d["PixelData"].VR = "OW"


def save(d: FileDataset, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    syntax = d.file_meta.TransferSyntaxUID
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the quirks are meant
        pydicom.dcmwrite(
            path, d, implicit_vr=syntax == IMPLICIT, little_endian=syntax != BIG, enforce_file_format=True
        )
    return path


def series(
    folder: Path,
    scan: Scan | None = None,
    hu: NDArray[Any] | None = None,
    *,
    number: int = 1,
    tag: str = "",
    syntax: str = EXPLICIT,
    skip: Iterable[int] = (),
    change: Change | None = None,
    after: After | None = None,
    compress: str = "",
    pattern: str = "IM{:04d}",
) -> NDArray[np.int16]:
    """Writes a series and returns the HU that it shows."""
    scan = scan or Scan()
    hu = picture(scan) if hu is None else hu
    order = np.random.default_rng(5).permutation(scan.slices)
    for k in range(scan.slices):
        if k in set(skip):
            continue
        d = header(scan, k, number, syntax, tag)
        if change:
            change(d, k)
        put(d, hu[k])
        if compress:
            d.compress(compress, encoding_plugin=ENCODERS.get(compress, ""), generate_instance_uid=False)
        path = save(d, folder / pattern.format(int(order[k])))
        if after:
            after(path, d, k)
    return hu.astype(np.int16)


ENCODERS = {RLE: "pydicom", J2K: "pylibjpeg", JPEGLS: "pyjpegls"}


def enhanced(
    path: Path, scan: Scan | None = None, *, order: Iterable[int] | None = None, phases: int = 1, compress: str = "",
    syntax: str = EXPLICIT,
) -> NDArray[np.int16]:  # fmt: skip
    """Writes an enhanced CT object; frames of all phases in one file. Returns (phase, z, y, x) HU."""
    scan = scan or Scan()
    d = header(scan, 0, syntax=syntax)
    d.file_meta.MediaStorageSOPClassUID = d.SOPClassUID = ENHANCED_CT
    for name in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness"):
        delattr(d, name)
    for name in ("RescaleSlope", "RescaleIntercept", "RescaleType", "KVP", "ConvolutionKernel"):
        delattr(d, name)
    d.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    shared = Dataset()
    shared.PixelMeasuresSequence = _items(
        PixelSpacing=[f"{x:.9g}" for x in scan.pixel], SliceThickness=f"{scan.dz:.6g}"
    )
    shared.PlaneOrientationSequence = _items(
        ImageOrientationPatient=[f"{x:.9g}" for x in (*scan.row, *scan.column)]
    )
    shared.PixelValueTransformationSequence = _items(
        RescaleIntercept="-1024", RescaleSlope="1", RescaleType="HU"
    )
    shared.CTXRayDetailsSequence = _items(KVP=120.0)
    shared.CTReconstructionSequence = _items(ConvolutionKernel="B35f")
    d.SharedFunctionalGroupsSequence = Sequence([shared])
    volumes = np.stack([picture(scan, salt=p) for p in range(phases)])
    frames, pixels = [], []
    for k in order or range(scan.slices):
        for p in range(phases):
            frame = Dataset()
            frame.FrameContentSequence = _items(
                TemporalPositionIndex=p + 1, DimensionIndexValues=[1, int(k) + 1, p + 1]
            )
            frame.PlanePositionSequence = _items(
                ImagePositionPatient=[f"{x:.9g}" for x in scan.position(int(k))]
            )
            frames.append(frame)
            pixels.append(volumes[p, int(k)] + 1024)
    d.PerFrameFunctionalGroupsSequence = Sequence(frames)
    d.NumberOfFrames = len(frames)
    d.PixelData = np.stack(pixels).astype("<i2").tobytes()
    d["PixelData"].VR = "OW"
    if compress:
        d.compress(compress, encoding_plugin=ENCODERS.get(compress, ""), generate_instance_uid=False)
    save(d, path)
    return volumes


def _items(**elements: Any) -> Sequence:
    item = Dataset()
    for name, value in elements.items():
        setattr(item, name, value)
    return Sequence([item])


def moved(scan: Scan, **changes: Any) -> Scan:
    """A scan with other places."""
    return replace(scan, **changes)


def turned(scan: Scan, about_x: float = 0.0, about_y: float = 0.0, about_z: float = 0.0) -> Scan:
    """A scan whose slices are turned about the patient's axes, degrees."""
    axes = np.array([scan.row, scan.column]).T
    for axis, degrees in enumerate((about_x, about_y, about_z)):
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        i, j = (k for k in range(3) if k != axis)
        turn = np.eye(3)
        turn[[i, i, j, j], [i, j, i, j]] = (c, -s, s, c)
        axes = turn @ axes
    row, column = (tuple(float(x) for x in axis) for axis in axes.T)
    return replace(scan, row=row, column=column)


HEAD_FIRST = Scan(rows=60, columns=70, pixel=(0.5, 0.5))
LYING = {
    "head first": HEAD_FIRST,
    "feet first": replace(HEAD_FIRST, row=(-1.0, 0.0, 0.0), origin=(18.3, -17.5, 120.25)),
    "prone": replace(HEAD_FIRST, row=(-1.0, 0.0, 0.0), column=(0.0, -1.0, 0.0), origin=(18.3, 40.0, 11.1)),
    "slightly oblique": turned(replace(HEAD_FIRST, pixel=(0.62, 0.47), dz=2.5), 4.0, -3.0, 7.0),
    "oblique, feet first": turned(replace(HEAD_FIRST, row=(-1.0, 0.0, 0.0), dz=1.5), 2.5, 6.0),
}
"""How patients lie: the same 10 slices of 60 x 70 pixels, turned."""
