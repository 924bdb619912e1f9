"""The key images as secondary captures: a series of colour pictures with their captions below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import highdicom as hd
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset
from pydicom.valuerep import DA, TM

from cacviewer.core.errors import CannotExport
from cacviewer.dicom import codes
from cacviewer.files import writing_folder
from cacviewer.paths import resource
from cacviewer.render.pictures import LESION_SIDE_MM, Picture
from cacviewer.reports.dicom_instance import (
    SYNTAX,
    Making,
    coded,
    identity,
    quietly,
    reference,
    save,
    series_arguments,
)

KIND = "sc"
LEAST_COLUMNS = 400
FONT_PIXELS, MARGIN_PIXELS = 15, 8
AXES = {"axial": ("L", "P"), "mip": ("L", "P"), "front": ("L", "F")}
"""Where rows and columns of a picture run to: it is turned for the reader, whatever the scan's axes are."""


def write_captures(
    making: Making, pictures: Sequence[Picture], captions: Sequence[str], folder: Path
) -> None:
    """Writes key-01.dcm, key-02.dcm, ... into the folder, all or none.

    Args:
        making: Case and source.
        pictures: Key images.
        captions: One for each; drawn below it.
        folder: Made if it is not there; key images of an earlier export go away.

    Raises:
        CannotExport: There are no pictures (`no_pictures`).
        CannotWrite: The folder or disk refuses.
    """
    if not pictures:
        raise CannotExport(
            "There are no key images of this case.", code="no_pictures", path=making.case.source
        )
    earlier = [path.name for path in folder.glob("key-[0-9][0-9].dcm")]
    with writing_folder(folder, earlier) as part, quietly():
        for number, instance in enumerate(captures(making, pictures, captions), 1):
            save(instance, part / f"key-{number:02d}.dcm", making.moment)


def captures(making: Making, pictures: Sequence[Picture], captions: Sequence[str]) -> list[hd.sc.SCImage]:
    """The objects of one series, in the order of the pictures."""
    images = [captioned(picture.rgb, text) for picture, text in zip(pictures, captions, strict=True)]
    series = b"".join(image.tobytes() for image in images)
    return [
        _capture(making, picture, image, text, number, series)
        for number, (picture, image, text) in enumerate(zip(pictures, images, captions, strict=True), 1)
    ]


def _capture(
    making: Making, picture: Picture, image: NDArray[np.uint8], text: str, number: int, series: bytes
) -> hd.sc.SCImage:
    who = identity(making.source)
    arguments = series_arguments(making, KIND, series)
    spacing = LESION_SIDE_MM / picture.rgb.shape[1] if picture.kind == "axial" else None
    instance = hd.sc.SCImage(
        pixel_array=image,
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        patient_orientation=AXES[picture.kind],
        study_instance_uid=who.StudyInstanceUID,
        sop_instance_uid=making.uid(KIND, f"instance {number}", image.tobytes()),
        instance_number=number,
        patient_id=who.PatientID,
        patient_name=who.PatientName,
        patient_birth_date=who.PatientBirthDate,
        patient_sex=who.PatientSex or None,
        study_id=who.StudyID,
        accession_number=who.AccessionNumber,
        study_date=who.StudyDate,
        study_time=who.StudyTime,
        referring_physician_name=who.ReferringPhysicianName,
        pixel_spacing=(spacing, spacing) if spacing else None,
        transfer_syntax_uid=SYNTAX,
        **arguments,
    )
    for element in who:  # the rest of patient and study, and elements that must be there if empty
        if element.tag not in instance or instance[element.tag].value is None:
            instance[element.tag] = element
    instance.DateOfSecondaryCapture = DA(making.moment.date())
    instance.TimeOfSecondaryCapture = TM(making.moment.time())
    instance.BurnedInAnnotation = "NO"  # no name and no number of a patient stands in the picture
    instance.BodyPartExamined = "HEART"
    instance.ImageComments = text
    instance.SourceImageSequence = [_source(making, picture)]
    return instance


def _source(making: Making, picture: Picture) -> Dataset:
    """The slice that is shown; for projections the middle one of the series."""
    images = making.source.images
    z = picture.index_z
    said = reference(images[z] if z is not None and z < len(images) else images[len(images) // 2])
    said.PurposeOfReferenceCodeSequence = [coded(codes.SOURCE_IMAGE)]
    return said


def captioned(rgb: NDArray[np.uint8], text: str) -> NDArray[np.uint8]:
    """A picture (rows, columns, 3) uint8 with its caption in white on black below it."""
    rows, columns, _ = rgb.shape
    wide = max(columns, LEAST_COLUMNS)
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), FONT_PIXELS)
    lines = _wrapped(text, font, wide - 2 * MARGIN_PIXELS)
    below = len(lines) * round(1.4 * FONT_PIXELS) + 2 * MARGIN_PIXELS
    sheet = Image.new("RGB", (wide, rows + below))
    sheet.paste(Image.fromarray(np.ascontiguousarray(rgb)), ((wide - columns) // 2, 0))
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        draw.text(
            (MARGIN_PIXELS, rows + MARGIN_PIXELS + number * round(1.4 * FONT_PIXELS)), line, "white", font
        )
    return np.asarray(sheet)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, most: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
