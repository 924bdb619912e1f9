"""The images that a case was made from, as far as other objects of the same study must speak of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cacviewer.core.errors import CannotExport
from cacviewer.core.geometry import Grid

DEPTH_SHARE = 0.12
"""How far a slice may lie from its place on the fitted grid, in increments: what reading calls jitter, and rounding."""
SIDEWAYS_PIXELS = 0.6
"""How far sideways: a drift of half a pixel is what reading passes over."""
DIRECTION = 2e-3
"""Largest difference of a direction cosine: 0.1 degree, what reading takes for one orientation."""
SPACING_MM = 2e-4


@dataclass(frozen=True, slots=True)
class SourceImage:
    """One slice: the instance, the number of its frame (from 1; 0 for a file of one image), where it stands."""

    sop_class_uid: str
    sop_instance_uid: str
    frame: int
    position_lps_mm: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class SourceSeries:
    """Study, patient and slices of a series; texts as str whatever their character set was, "" where absent.

    Attributes:
        patient_name: With DICOM's ^ and =.
        patient_id: Identifier.
        issuer: Of the identifier.
        birth_date: YYYYMMDD.
        sex: M, F, O or "".
        age: As DICOM writes it, "065Y".
        study_uid: Study Instance UID.
        study_id: Study ID.
        study_date: YYYYMMDD.
        study_time: HHMMSS and fractions.
        study_description: One line.
        accession_number: Of the request.
        referring_physician: Name.
        series_uid: Series Instance UID.
        frame_of_reference_uid: "" where the images have none.
        rows: Pixels along y.
        columns: Pixels along x.
        spacing_mm: Distance of rows, of columns.
        orientation: Row vector, column vector as stated.
        thickness_mm: Slice thickness, None if not stated; after `matched` the increment then.
        lossy: Whether the images were compressed with loss.
        images: One for each slice, in the order of the grid's z.
    """

    patient_name: str
    patient_id: str
    issuer: str
    birth_date: str
    sex: str
    age: str
    study_uid: str
    study_id: str
    study_date: str
    study_time: str
    study_description: str
    accession_number: str
    referring_physician: str
    series_uid: str
    frame_of_reference_uid: str
    rows: int
    columns: int
    spacing_mm: tuple[float, float]
    orientation: tuple[float, float, float, float, float, float]
    thickness_mm: float | None
    lossy: bool
    images: tuple[SourceImage, ...]


def matched(source: SourceSeries, grid: Grid, path: str = "") -> SourceSeries:
    """The series with one image for each slice of a grid, if its pixels stand where the grid's do.

    Args:
        source: A series.
        grid: Of the case; its array axes are those of the images.
        path: Of the source, for the sentence.

    Raises:
        CannotExport: They do not (`source_differs`); the sentence says in what.
    """
    size = grid.shape_zyx[1:]
    if (source.rows, source.columns) != size:
        raise differs(
            path, f"its images have {source.columns} x {source.rows} pixels, not {size[1]} x {size[0]}"
        )
    if any(abs(a - b) > SPACING_MM for a, b in zip(source.spacing_mm, grid.spacing_mm[1:], strict=True)):
        raise differs(path, "its pixels have another size")
    axes = np.asarray(source.orientation).reshape(2, 3)
    wanted = np.asarray(grid.direction_lps).T
    if np.abs(axes - wanted[:2]).max() > DIRECTION:
        raise differs(path, "its images have another orientation")
    # a mask has a thickness (PS3.3 C.7.6.16.2.1); where the images state none its voxels fill the increment
    thickness = source.thickness_mm if source.thickness_mm and source.thickness_mm > 0 else grid.increment_mm
    return replace(source, images=_in_order(source, grid, path), thickness_mm=thickness)


def _in_order(source: SourceSeries, grid: Grid, path: str) -> tuple[SourceImage, ...]:
    """The image of each slice, found by where it stands."""
    index = grid.index_zyx([image.position_lps_mm for image in source.images])
    images: list[SourceImage] = []
    for z in range(grid.shape_zyx[0]):
        off = np.abs(index - (z, 0, 0))
        near = int(off[:, 0].argmin())
        if off[near, 0] > DEPTH_SHARE or off[near, 1:].max() > SIDEWAYS_PIXELS:
            raise differs(path, f"there is no image where slice {z + 1} of {grid.shape_zyx[0]} was")
        images.append(source.images[near])
    return tuple(images)


def differs(path: str, what: str) -> CannotExport:
    """The error for a series that is not the one of the case."""
    return CannotExport(
        f"The series in {path or 'the source'} is not the one that this case was made from: {what}.",
        code="source_differs",
        path=path,
        remedy="Open the scan and score it again, then export.",
    )
