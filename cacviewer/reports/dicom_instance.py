"""What all our DICOM objects share: patient and study of the source, who made them, UIDs, and the writing.

UIDs are made from words: study, series, kind, contents, program and moment. The same case exported at the same
moment is the same object, byte for byte; any difference gives another UID, so that no archive sees two contents
under one name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset
from pydicom.sr.coding import Code
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.interpretation import Interpretation
from cacviewer.dicom.source import SourceImage, SourceSeries
from cacviewer.dicom.uids import uid_from
from cacviewer.files import writing

CHARACTER_SET = "ISO_IR 192"
"""UTF-8: it can hold what any source says, and our own words beside it."""
SERIES_NUMBERS = {"seg": 9101, "sr": 9102, "epdf": 9103, "sc": 9104}
"""High, so that they do not collide with a scanner's."""
DESCRIPTIONS = {
    "seg": "Heart, aorta, coronary calcium",
    "sr": "Coronary calcium score",
    "epdf": "Coronary calcium report",
    "sc": "Coronary calcium key images",
}


@dataclass(frozen=True, slots=True)
class Making:
    """Where an object comes from and when.

    Attributes:
        case: What is exported, edits applied.
        source: Its images, one for each slice of the grid.
        moment: Of the export, local time.
        edits: Of a reader, in force in the case.
        interpretation: Of the score, or None.
    """

    case: Case
    source: SourceSeries
    moment: dt.datetime
    edits: tuple[Edit, ...] = ()
    interpretation: Interpretation | None = None

    @property
    def reviewer(self) -> str:
        """Who made the last edit; "" if nobody did or nobody said."""
        return self.edits[-1].reviewer if self.edits else ""

    @property
    def program(self) -> tuple[str, str]:
        """Name and version of the program."""
        name, _, version = self.case.software.rpartition(" ")
        return (name, version) if name else (self.case.software or "cacviewer", "unknown")

    def uid(self, kind: str, what: str, contents: bytes = b"") -> str:
        """A UID for a part of an object; the same words and contents give the same."""
        source, part = self.source, self.case.info.part
        digest = hashlib.sha256(contents).hexdigest()
        words = (
            source.study_uid,
            source.series_uid,
            part,
            kind,
            what,
            digest,
            self.case.software,
            self.moment,
        )
        return uid_from(" ".join(map(str, words)))

    def tracking_uid(self, what: str) -> str:
        """Names one thing of a study (an artery's calcium, say) in all objects and at every export."""
        return uid_from(
            f"{self.source.study_uid} {self.source.series_uid} {self.case.info.part} tracking {what}"
        )


def series_arguments(making: Making, kind: str, contents: bytes) -> dict[str, Any]:
    """Arguments that the objects of highdicom have in common."""
    name, version = making.program
    return {
        "series_instance_uid": making.uid(kind, "series", contents),
        "series_number": SERIES_NUMBERS[kind],
        "series_description": DESCRIPTIONS[kind],
        "series_date": making.moment.date(),
        "series_time": making.moment.time(),
        "content_date": making.moment.date(),
        "content_time": making.moment.time(),
        "manufacturer": name,
        "manufacturer_model_name": name,
        "software_versions": version,
        "device_serial_number": "none",
        "specific_character_set": CHARACTER_SET,
    }


def identity(source: SourceSeries) -> Dataset:
    """Patient and study as they stand in the source; elements that must be there are there, if empty."""
    said = Dataset()
    said.SpecificCharacterSet = CHARACTER_SET
    said.PatientName = _name(source.patient_name)
    said.PatientID = _line(source.patient_id)
    if source.issuer:
        said.IssuerOfPatientID = _line(source.issuer)
    said.PatientBirthDate = source.birth_date
    said.PatientSex = source.sex
    if source.age:
        said.PatientAge = source.age
    said.StudyInstanceUID = source.study_uid
    said.StudyID = _line(source.study_id, 16)
    said.StudyDate = source.study_date or None
    said.StudyTime = source.study_time or None
    said.AccessionNumber = _line(source.accession_number, 16)
    said.ReferringPhysicianName = _name(source.referring_physician)
    if source.study_description:
        said.StudyDescription = _line(source.study_description)
    return said


def stand_in(source: SourceSeries, image: SourceImage) -> Dataset:
    """A slice of the source as highdicom wants to see it: clean, without pixels, one frame.

    A frame of an enhanced object looks like a CT image here; `point_to_frames` puts that right.
    """
    said = identity(source)
    said.SOPClassUID = image.sop_class_uid if not image.frame else CTImageStorage
    said.SOPInstanceUID = image.sop_instance_uid
    said.SeriesInstanceUID = source.series_uid
    said.FrameOfReferenceUID = frame_of_reference(source)
    said.PositionReferenceIndicator = ""
    said.Modality = "CT"
    said.Manufacturer = ""
    said.Rows, said.Columns = source.rows, source.columns
    said.PixelSpacing = list(source.spacing_mm)
    said.ImageOrientationPatient = list(source.orientation)
    said.ImagePositionPatient = list(image.position_lps_mm)
    said.SliceThickness = source.thickness_mm
    said.LossyImageCompression = "01" if source.lossy else "00"
    return said


def frame_of_reference(source: SourceSeries) -> str:
    """The source's frame of reference; where it has none (no valid CT), one for this series."""
    return source.frame_of_reference_uid or uid_from(f"{source.series_uid} frame of reference")


def reference(image: SourceImage) -> Dataset:
    """An image by its UIDs, and its frame where the object has several."""
    said = Dataset()
    said.ReferencedSOPClassUID = image.sop_class_uid
    said.ReferencedSOPInstanceUID = image.sop_instance_uid
    if image.frame:
        said.ReferencedFrameNumber = image.frame
    return said


def coded(code: Code) -> Dataset:
    """A concept as an item of a code sequence."""
    said = Dataset()
    said.CodeValue, said.CodingSchemeDesignator, said.CodeMeaning = (
        code.value,
        code.scheme_designator,
        code.meaning,
    )
    return said


@contextmanager
def quietly() -> Iterator[None]:
    """Keeps what libraries remark about names and dates out of the log: it would hold who was scanned."""
    talkers = [logging.getLogger(name) for name in ("highdicom", "pydicom")]
    levels = [talker.level for talker in talkers]
    for talker in talkers:
        talker.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for talker, level in zip(talkers, levels, strict=True):
            talker.setLevel(level)


def save(instance: Dataset, path: Path, moment: dt.datetime) -> None:
    """Writes an object as a file of explicit little endian, whole or not at all.

    Raises:
        CannotWrite: The folder or disk refuses.
    """
    instance.InstanceCreationDate = moment.strftime("%Y%m%d")
    instance.InstanceCreationTime = moment.strftime("%H%M%S")
    for tool in instance.get("ContributingEquipmentSequence", ()):
        if "ContributionDateTime" in tool:  # highdicom's own clock: the same export is to give the same bytes
            tool.ContributionDateTime = moment.strftime("%Y%m%d%H%M%S")
    packed = io.BytesIO()  # pydicom hides what the system says about a full disk
    with quietly():
        instance.save_as(packed, enforce_file_format=True)
    with writing(path, "wb") as file:
        file.write(packed.getbuffer())


SYNTAX = ExplicitVRLittleEndian


def _line(text: str, most: int = 64) -> str:
    return text.replace("\\", " ")[:most]


def _name(text: str) -> str:
    """A name whose groups are no longer than DICOM allows (PS3.5, 6.2)."""
    return "=".join(group[:64] for group in text.replace("\\", " ").split("=")[:3])
