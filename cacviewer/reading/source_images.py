"""The images of a series again, as what other objects of its study have to name: identity, UIDs, places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from cacviewer.core.errors import CannotExport
from cacviewer.core.geometry import Grid
from cacviewer.core.study import SeriesInfo
from cacviewer.dicom import tags
from cacviewer.dicom.source import SourceImage, SourceSeries, differs, matched
from cacviewer.dicom.uids import is_uid
from cacviewer.reading.frames import Frame
from cacviewer.reading.scan import inspect
from cacviewer.reading.stacking import Stack

_TIME = re.compile(r"\d\d(?:\d\d(?:\d\d(?:\.\d{1,6})?)?)?")
_AGE = re.compile(r"\d{3}[DWMY]")


def source_images(path: str, info: SeriesInfo, grid: Grid) -> SourceSeries:
    """Looks for the series of a case where it was opened.

    Args:
        path: What was opened: a folder, an archive or a file (then the files beside it are looked at as well).
        info: Identity of the series.
        grid: Of the case.

    Returns:
        The series with one image for each slice of the grid.

    Raises:
        CannotExport: It is no DICOM series (`no_study`), is not there any more (`source_missing`), is another one
            (`source_differs`), or lacks what others would name it by (`no_uid`).
    """
    if not info.study_uid and not info.series_uid:
        raise CannotExport(
            "DICOM objects belong to a DICOM study, and this scan did not come from one.",
            code="no_study",
            path=path,
            remedy="Choose NIfTI, NRRD, STL or PLY instead.",
        )
    if not os.path.lexists(path):
        raise CannotExport(
            f"The scan is no longer at {path}; DICOM objects need its headers.",
            code="source_missing",
            path=path,
            remedy="Put the scan back, or open it where it is now and score it again.",
        )
    refused: CannotExport | None = None
    for names in _places(path):
        for stack, again in _stacks(names, info):
            try:
                source = matched(_series_of(stack, info, path), grid, path)
                if info.header_sha256 and again.header_sha256 != info.header_sha256:
                    raise differs(path, "its headers have changed since")
                return source
            except CannotExport as error:
                refused = refused or error
    raise refused or CannotExport(
        f"{path} does not hold the series that this case was made from ({info.series_uid}).",
        code="source_differs",
        path=path,
        remedy="Put the scan back, or open it where it is now and score it again.",
    )


def _places(path: str) -> Iterator[list[str]]:
    """What was opened; for a file then all files of its folder, for it may have been opened with others."""
    yield [path]
    if os.path.isfile(path):
        with os.scandir(os.path.dirname(os.path.abspath(path))) as entries:
            yield [entry.path for entry in entries if entry.is_file()]


def _stacks(names: list[str], info: SeriesInfo) -> list[tuple[Stack, SeriesInfo]]:
    """The parts of the series that have a volume."""
    scanned = inspect(names)
    return [
        (plan, one.info)
        for one, plan in zip(scanned.series, scanned.plans, strict=True)
        if isinstance(plan, Stack)
        and (one.info.study_uid, one.info.series_uid) == (info.study_uid, info.series_uid)
    ]


def _series_of(stack: Stack, info: SeriesInfo, path: str) -> SourceSeries:
    frames = [frame for frame in stack.frames if frame is not None]
    first = frames[0]
    header = first.header
    images = tuple(map(_image, frames))
    nameless = [i for i in images if not is_uid(i.sop_instance_uid) or not is_uid(i.sop_class_uid)]
    if nameless or not is_uid(info.study_uid) or not is_uid(info.series_uid):
        raise CannotExport(
            f"The images in {path} lack valid unique identifiers, so that nothing can refer to them.",
            code="no_uid",
            path=path,
            remedy="Have the scan sent again by the scanner or the archive.",
        )
    assert first.spacing_mm is not None
    assert first.orientation is not None  # a stack has both
    o = [float(x) for x in first.orientation.ravel()]
    time, age = header.code(tags.STUDY_TIME), header.code(tags.PATIENT_AGE)
    sex = header.code(tags.PATIENT_SEX).upper()
    return SourceSeries(
        patient_name=header.text(tags.PATIENT_NAME),
        patient_id=header.text(tags.PATIENT_ID),
        issuer=header.text(tags.ISSUER_OF_PATIENT_ID),
        birth_date=header.date(tags.PATIENT_BIRTH_DATE).replace("-", ""),
        sex=sex if sex in ("M", "F", "O") else "",
        age=age if _AGE.fullmatch(age) else "",
        study_uid=info.study_uid,
        study_id=header.text(tags.STUDY_ID),
        study_date=header.date(tags.STUDY_DATE).replace("-", ""),
        study_time=time if _TIME.fullmatch(time) else "",
        study_description=header.text(tags.STUDY_DESCRIPTION),
        accession_number=header.text(tags.ACCESSION_NUMBER),
        referring_physician=header.text(tags.REFERRING_PHYSICIAN),
        series_uid=info.series_uid,
        frame_of_reference_uid=header.code(tags.FRAME_OF_REFERENCE_UID),
        rows=first.format.rows,
        columns=first.format.columns,
        spacing_mm=first.spacing_mm,
        orientation=(o[0], o[1], o[2], o[3], o[4], o[5]),
        thickness_mm=header.number(tags.SLICE_THICKNESS),
        lossy=header.code(tags.LOSSY_COMPRESSION) == "01",
        images=images,
    )


def _image(frame: Frame) -> SourceImage:
    header = frame.header
    assert frame.position is not None  # a stack has placed frames only
    x, y, z = (float(value) for value in frame.position)
    number = frame.index + 1 if frame.enhanced else 0
    return SourceImage(header.code(tags.SOP_CLASS_UID), header.code(tags.SOP_INSTANCE_UID), number, (x, y, z))
