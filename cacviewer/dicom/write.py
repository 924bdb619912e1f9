"""Writing a CT series: one CT Image Storage file a slice, explicit little endian.

The pixels are stored as 12 bit unsigned with a rescale intercept of -1024, as scanners do it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from cacviewer.core.geometry import Grid
from cacviewer.dicom.uids import uid_from

INTERCEPT_HU = -1024
STORED_MAX = 4095
IMPLEMENTATION_UID = "2.25.143928064713650928264509115843607254801"


@dataclass(frozen=True, slots=True)
class CtSeries:
    """What the headers of a CT series say beside pixels and geometry.

    Attributes:
        uid_seed: Words that the UIDs of study, series, frame and images are made from; equal words, equal UIDs.
        patient_name: As DICOM writes it, "Family^Given".
        patient_id: Identifier.
        study_date: YYYYMMDD.
        study_description: One line.
        series_description: One line.
        manufacturer: Maker of the images.
        model_name: Name of the scanner.
        kvp: Tube voltage, kV.
        thickness_mm: Slice thickness, mm.
        fov_mm: Reconstruction diameter, mm.
        kernel: Convolution kernel.
        scan_options: Value of ScanOptions; evidence of ECG gating stands here. Empty: absent.
        body_part: BodyPartExamined.
        contrast_agent: ContrastBolusAgent. Empty: absent.
    """

    uid_seed: str
    patient_name: str
    patient_id: str
    study_date: str
    study_description: str
    series_description: str
    manufacturer: str
    model_name: str
    kvp: float
    thickness_mm: float
    fov_mm: float
    kernel: str = "SOFT"
    scan_options: str = ""
    body_part: str = "HEART"
    contrast_agent: str = ""


def write_ct_series(folder: Path, hu: NDArray[np.int16], grid: Grid, series: CtSeries) -> list[Path]:
    """Writes a series as IM0001.dcm, IM0002.dcm, ... into an existing folder.

    Args:
        folder: Existing folder; files of these names are overwritten.
        hu: (z, y, x) int16; values outside -1024..3071 are clipped.
        grid: Where the voxels are; slices go along the third column of its direction.
        series: Values of the headers.

    Returns:
        The paths in the order of the slices.

    Raises:
        OSError: The system refuses.
    """
    paths = []
    for k in range(grid.shape_zyx[0]):
        path = folder / f"IM{k + 1:04d}.dcm"
        packed = io.BytesIO()  # pydicom hides what the system says about a full disk
        _image(hu[k], k, grid, series).save_as(packed, enforce_file_format=True)
        path.write_bytes(packed.getvalue())
        paths.append(path)
    return paths


def _image(plane: NDArray[np.int16], k: int, grid: Grid, series: CtSeries) -> FileDataset:
    sop_uid = uid_from(f"{series.uid_seed} image {k}")
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = pydicom.uid.UID(sop_uid)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = pydicom.uid.UID(IMPLEMENTATION_UID)
    image = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    image.SpecificCharacterSet = "ISO_IR 192"
    image.SOPClassUID = CTImageStorage
    image.SOPInstanceUID = sop_uid
    _describe(image, series)
    _place(image, k, grid, series)
    stored = np.clip(plane.astype(np.int32) - INTERCEPT_HU, 0, STORED_MAX).astype("<u2")
    image.Rows, image.Columns = plane.shape
    image.SamplesPerPixel = 1
    image.PhotometricInterpretation = "MONOCHROME2"
    image.BitsAllocated, image.BitsStored, image.HighBit = 16, 12, 11
    image.PixelRepresentation = 0
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = INTERCEPT_HU, 1, "HU"
    image.WindowCenter, image.WindowWidth = 40, 400
    image.PixelData = stored.tobytes()
    image["PixelData"].VR = "OW"
    return image


def _describe(image: Dataset, series: CtSeries) -> None:
    image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    image.StudyInstanceUID = uid_from(f"{series.uid_seed} study")
    image.SeriesInstanceUID = uid_from(f"{series.uid_seed} series")
    image.FrameOfReferenceUID = uid_from(f"{series.uid_seed} frame")
    image.PositionReferenceIndicator = ""
    image.StudyDate = image.SeriesDate = image.AcquisitionDate = image.ContentDate = series.study_date
    image.StudyTime = image.SeriesTime = image.AcquisitionTime = image.ContentTime = "120000"
    image.AccessionNumber = ""
    image.StudyID = "1"
    image.ReferringPhysicianName = ""
    image.PatientName = series.patient_name
    image.PatientID = series.patient_id
    image.PatientBirthDate = image.PatientSex = ""
    image.Modality = "CT"
    image.Manufacturer, image.ManufacturerModelName = series.manufacturer, series.model_name
    image.StudyDescription, image.SeriesDescription = series.study_description, series.series_description
    image.SeriesNumber, image.AcquisitionNumber = 1, 1
    image.BodyPartExamined = series.body_part
    image.KVP = f"{series.kvp:g}"
    image.ConvolutionKernel = series.kernel
    if series.scan_options:
        image.ScanOptions = series.scan_options
    if series.contrast_agent:
        image.ContrastBolusAgent = series.contrast_agent


def _place(image: Dataset, k: int, grid: Grid, series: CtSeries) -> None:
    columns = np.asarray(grid.direction_lps).T  # unit vectors of x, y, z
    position = grid.lps_mm((k, 0, 0))
    image.InstanceNumber = k + 1
    image.PatientPosition = "HFS"
    image.ImagePositionPatient = [_ds(v) for v in position]
    image.ImageOrientationPatient = [_ds(v) for v in (*columns[0], *columns[1])]
    image.SliceLocation = _ds(float(position @ columns[2]))
    image.PixelSpacing = [_ds(grid.spacing_mm[1]), _ds(grid.spacing_mm[2])]
    image.SliceThickness = _ds(series.thickness_mm)
    image.SpacingBetweenSlices = _ds(grid.increment_mm)
    image.ReconstructionDiameter = _ds(series.fov_mm)


def _ds(value: float) -> str:
    """A decimal string of at most 16 characters; a value of the grid survives to 1e-6 mm."""
    return f"{round(float(value), 6) + 0.0:g}" if abs(value) < 1e-5 else f"{float(value):.10g}"
