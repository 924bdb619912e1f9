"""The printed report inside a DICOM object (Encapsulated PDF), so that an archive keeps it with the study.

highdicom has no writer for this object; its modules are few (DICOM PS3.3, A.45.1).
"""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import EncapsulatedPDFStorage

from cacviewer.dicom import codes
from cacviewer.reports.dicom_instance import (
    DESCRIPTIONS,
    SERIES_NUMBERS,
    SYNTAX,
    Making,
    coded,
    identity,
    quietly,
    reference,
    save,
)

KIND = "epdf"


def write_encapsulated(making: Making, pdf: bytes, path: Path) -> None:
    """Writes report.dcm whole or not at all.

    Args:
        making: Case and source.
        pdf: The report as it is printed.
        path: Target file.

    Raises:
        CannotWrite: The folder or disk refuses.
    """
    with quietly():
        save(encapsulated(making, pdf), path, making.moment)


def encapsulated(making: Making, pdf: bytes) -> Dataset:
    """The object: patient and study of the source, a series of its own, the file unchanged."""
    name, version = making.program
    instance = identity(making.source)
    instance.SOPClassUID = EncapsulatedPDFStorage
    instance.SOPInstanceUID = making.uid(KIND, "instance", pdf)
    instance.SeriesInstanceUID = making.uid(KIND, "series", pdf)
    instance.SeriesNumber, instance.InstanceNumber = SERIES_NUMBERS[KIND], 1
    instance.SeriesDescription = instance.DocumentTitle = DESCRIPTIONS[KIND]
    instance.Modality, instance.ConversionType = "DOC", "WSD"
    instance.Manufacturer, instance.ManufacturerModelName, instance.SoftwareVersions = name, name, version
    day, time = making.moment.strftime("%Y%m%d"), making.moment.strftime("%H%M%S")
    instance.SeriesDate = instance.ContentDate = day
    instance.SeriesTime = instance.ContentTime = time
    instance.AcquisitionDateTime = None
    instance.BurnedInAnnotation = "YES"  # the page says who the patient is
    instance.ConceptNameCodeSequence = [coded(codes.TITLE)]
    instance.SourceInstanceSequence = list(
        {image.sop_instance_uid: reference(image) for image in making.source.images}.values()
    )
    for said in instance.SourceInstanceSequence:
        said.PurposeOfReferenceCodeSequence = [coded(codes.SOURCE_IMAGE)]
        if "ReferencedFrameNumber" in said:
            del said.ReferencedFrameNumber  # the whole object is meant
    instance.MIMETypeOfEncapsulatedDocument = "application/pdf"
    instance.EncapsulatedDocumentLength = len(pdf)
    instance.EncapsulatedDocument = pdf + b"\0" * (len(pdf) % 2)
    instance.file_meta = FileMetaDataset()
    instance.file_meta.TransferSyntaxUID = SYNTAX
    return instance
