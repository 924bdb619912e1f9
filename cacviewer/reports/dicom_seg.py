"""Heart, aorta and calcium as one DICOM SEG: BINARY, a segment an organ and an artery, on the source's slices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import highdicom as hd
import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.sr.coding import Code

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.errors import CannotExport
from cacviewer.core.geometry import Box, joined, slices_of
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.dicom import codes
from cacviewer.dicom.source import SourceImage
from cacviewer.render import colours
from cacviewer.reports.dicom_instance import Making, quietly, reference, save, series_arguments, stand_in

KIND = "seg"


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A mask and what it is.

    Attributes:
        label: For people.
        mask: (z, y, x) bool.
        category: Organ or abnormal structure.
        type: What it is.
        region: Where it lies, None where the type says it or nothing does.
        drawn_by: Kind of algorithm.
        rgb: Colour for viewers.
    """

    label: str
    mask: NDArray[np.bool_]
    category: Code
    type: Code
    region: Code | None
    drawn_by: Code
    rgb: colours.Rgb


def write_seg(making: Making, anatomy: Anatomy, path: Path) -> None:
    """Writes seg.dcm whole or not at all.

    Raises:
        CannotExport: There is nothing to be drawn (`nothing_to_draw`).
        CannotWrite: The folder or disk refuses.
    """
    segments = tuple(segments_of(making.case, anatomy))
    if not segments:
        raise CannotExport(
            "There is no heart, aorta or calcium on this scan that could be written as a segmentation.",
            code="nothing_to_draw",
            path=making.case.source,
        )
    with quietly():
        save(seg_of(making, segments), path, making.moment)


def segments_of(case: Case, anatomy: Anatomy) -> Iterator[Segment]:
    """Segments in their order; what is not there gives none.

    Heart, aorta, then scored calcium by artery, then calcium of aorta and valves that is not counted.
    """
    shape = case.grid.shape_zyx
    for label, mask, type, rgb in (
        ("Heart", anatomy.heart, codes.HEART, colours.HEART),
        ("Aorta", anatomy.aorta, codes.AORTA, colours.AORTA),
    ):
        if mask.shape == shape and mask.any():
            yield Segment(label, mask, codes.ORGAN, type, None, codes.ARTIFICIAL_INTELLIGENCE, rgb)
    for artery in Artery:
        lesions = [lesion for lesion in case.scored if lesion.artery is artery]
        name = (
            f"Calcium {artery.label}" if artery is not Artery.UNASSIGNED else "Coronary calcium, not assigned"
        )
        yield from _calcium(name, lesions, codes.ARTERY[artery], colours.ARTERY[artery], case)
    for kind, region in codes.OTHER_CALCIUM.items():
        lesions = [lesion for lesion in case.other if lesion.kind is kind]
        yield from _calcium(f"Calcium, not counted: {kind.value}", lesions, region, colours.OTHER, case)


def _calcium(
    label: str, lesions: list[Lesion], region: Code | None, rgb: colours.Rgb, case: Case
) -> Iterator[Segment]:
    if not lesions:
        return
    mask = np.zeros(case.grid.shape_zyx, bool)
    for lesion in lesions:
        mask[slices_of(lesion.box)] |= lesion.voxels
    drawn_by = codes.NEIGHBOURHOOD if case.method == "threshold" else codes.ARTIFICIAL_INTELLIGENCE
    yield Segment(label, mask, codes.ABNORMAL, codes.CALCIFICATION, region, drawn_by, rgb)


def seg_of(making: Making, segments: tuple[Segment, ...]) -> hd.seg.Segmentation:
    """The SEG. Its frames stand exactly where the slices of the source stand.

    Args:
        making: Case and source.
        segments: At least one that is not empty.
    """
    first, last = _occupied(segments)
    images = making.source.images[first:last]
    # highdicom wants the segments along the last axis
    pixels = np.stack([segment.mask[first:last] for segment in segments], axis=-1).view(np.uint8)
    contents = np.packbits(pixels).tobytes() + bytes((first % 256,))
    instance = hd.seg.Segmentation(
        source_images=[stand_in(making.source, image) for image in images],
        pixel_array=pixels,
        segmentation_type=hd.seg.SegmentationTypeValues.BINARY,
        segment_descriptions=[_description(making, n, s) for n, s in enumerate(segments, 1)],
        sop_instance_uid=making.uid(KIND, "instance", contents),
        instance_number=1,
        content_label="CALCIUM",
        content_description="Heart, aorta and calcium by artery",
        **series_arguments(making, KIND, contents),
    )
    _point_to_frames(instance, images)
    _fix_dimension(instance, making.uid(KIND, "dimension", contents))
    return instance


def _occupied(segments: tuple[Segment, ...]) -> tuple[int, int]:
    """First and last slice (excluded) that hold something: empty ends cost memory and say nothing."""
    boxes: list[Box] = []
    for segment in segments:
        hit = np.flatnonzero(segment.mask.any(axis=(1, 2)))
        boxes.append((int(hit[0]), 0, 0, int(hit[-1]) + 1, 1, 1))
    whole = boxes[0]
    for box in boxes[1:]:
        whole = joined(whole, box)
    return whole[0], whole[3]


def _description(making: Making, number: int, segment: Segment) -> hd.seg.SegmentDescription:
    name, version = making.program
    model = making.case.model
    organ = segment.category == codes.ORGAN
    algorithm = hd.AlgorithmIdentificationSequence(
        name=model.name if organ and model else f"{name} {making.case.method}",
        family=segment.drawn_by,
        version=model.sha256[:16] if organ and model else version,
        source=name,
    )
    kinds = hd.seg.SegmentAlgorithmTypeValues
    automatic = organ or not making.edits
    return hd.seg.SegmentDescription(
        segment_number=number,
        segment_label=segment.label,
        segmented_property_category=segment.category,
        segmented_property_type=segment.type,
        algorithm_type=kinds.AUTOMATIC if automatic else kinds.SEMIAUTOMATIC,
        algorithm_identification=algorithm,
        tracking_uid=making.tracking_uid(segment.label),
        tracking_id=segment.label,
        anatomic_regions=[segment.region] if segment.region else None,
        display_color=hd.color.CIELabColor.from_rgb(*segment.rgb),
    )


def _point_to_frames(instance: Dataset, images: tuple[SourceImage, ...]) -> None:
    """References to an enhanced object: its own class, the number of each frame, and the object once."""
    if not images[0].frame:
        return
    once = list({image.sop_instance_uid: image for image in reversed(images)}.values())
    whole = [reference(SourceImage(i.sop_class_uid, i.sop_instance_uid, 0, i.position_lps_mm)) for i in once]
    instance.SourceImageSequence = whole
    instance.ReferencedSeriesSequence[0].ReferencedInstanceSequence = whole
    by_place = {tuple(image.position_lps_mm): image for image in images}
    for frame in instance.PerFrameFunctionalGroupsSequence:
        place = np.array(frame.PlanePositionSequence[0].ImagePositionPatient, float)
        image = min(by_place.values(), key=lambda one: float(np.abs(place - one.position_lps_mm).sum()))
        said = frame.DerivationImageSequence[0].SourceImageSequence[0]
        said.ReferencedSOPClassUID = image.sop_class_uid
        said.ReferencedSOPInstanceUID = image.sop_instance_uid
        said.ReferencedFrameNumber = image.frame


def _fix_dimension(instance: Dataset, uid: str) -> None:
    """The library draws this UID by lot; ours is made from the contents like the others."""
    instance.DimensionOrganizationSequence[0].DimensionOrganizationUID = uid
    for index in instance.DimensionIndexSequence:
        index.DimensionOrganizationUID = uid
