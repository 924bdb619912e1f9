"""Key pictures of a report as RGB arrays: lesions in their slice, the heart as projection, the front view.

Nothing is written into them; captions are the report's, in its language.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.geometry import grown
from cacviewer.core.lesions import Lesion
from cacviewer.core.volume import Volume
from cacviewer.render.colours import Rgb, colour_of
from cacviewer.render.labels import Patch, patches
from cacviewer.render.planes import Plane, SliceGeometry, slice_geometry
from cacviewer.render.resample import Positions, interpolated
from cacviewer.render.shade import front_view

CALCIUM_WINDOW = (300.0, 1000.0)
"""Center and width: 130 HU is clearly grey, 800 HU is white."""
LESION_SIDE_MM = 80.0
PIXELS = 400
MOST_LESIONS = 6
MIP_MARGIN_MM = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture for the sheet.

    Attributes:
        kind: "axial", "mip" or "front".
        rgb: (rows, columns, 3) uint8.
        lesion_id: The lesion that an axial picture shows.
        index_z: Its slice, array index.
    """

    kind: str
    rgb: NDArray[np.uint8]
    lesion_id: str = ""
    index_z: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """The part of an axial slice that a picture shows: positions of its pixels, mm from the first one."""

    rows: Positions
    columns: Positions


def key_pictures(
    volume: Volume, anatomy: Anatomy, case: Case, most_lesions: int = MOST_LESIONS
) -> tuple[Picture, ...]:
    """The front view, the projection, and the lesions with the highest scores in their largest slice."""
    found: list[Picture] = []
    if anatomy.heart_found:
        found.append(Picture("front", front_view(volume.grid, anatomy.heart, case.scored)))
        found.append(Picture("mip", heart_mip(volume, anatomy, case.scored)))
    scores = case.scores.by_lesion if case.scores else {}
    ranked = sorted(case.scored, key=lambda lesion: -scores[lesion.id].agatston if scores else 0.0)
    for lesion in ranked[:most_lesions]:
        z = largest_slice(volume, lesion)
        found.append(Picture("axial", lesion_picture(volume, lesion, case.lesions), lesion.id, z))
    return tuple(found)


def largest_slice(volume: Volume, lesion: Lesion) -> int:
    """The array index of the axial slice in which a lesion has most voxels."""
    axis = slice_geometry(Plane.AXIAL, volume.grid).axes[0]
    others = tuple(i for i in range(3) if i != axis)
    return int(lesion.voxels.sum(axis=others).argmax()) + lesion.box[axis]


def lesion_picture(
    volume: Volume,
    lesion: Lesion,
    neighbours: Iterable[Lesion] = (),
    side_mm: float = LESION_SIDE_MM,
    pixels: int = PIXELS,
) -> NDArray[np.uint8]:
    """An axial square around a lesion, outlined in the colour of its artery; others with thinner lines.

    Returns:
        (pixels, pixels, 3) uint8, calcium window.
    """
    geometry = slice_geometry(Plane.AXIAL, volume.grid)
    depth = largest_slice(volume, lesion)
    row, column, _ = geometry.place(lesion.centroid_lps_mm)
    offsets: Positions = (np.arange(pixels, dtype=np.float64) - (pixels - 1) / 2) * (side_mm / pixels)
    frame = _Frame(row * geometry.pixel_mm[0] + offsets, column * geometry.pixel_mm[1] + offsets)
    rgb = _window(_sampled(geometry, geometry.cut(volume.hu, depth), frame))
    for patch in patches(geometry, depth, [*neighbours, lesion]):
        _outline(rgb, geometry, patch, frame, 2 if patch.lesion.id == lesion.id else 1)
    return rgb


def heart_mip(
    volume: Volume, anatomy: Anatomy, lesions: Sequence[Lesion], pixels: int = PIXELS
) -> NDArray[np.uint8]:
    """Axial maximum over the slices of the heart, cut to the heart, lesions outlined.

    Returns:
        (rows, columns, 3) uint8, at most `pixels` on a side; 1 x 1 without a heart.
    """
    if anatomy.heart_box is None:
        return np.zeros((1, 1, 3), np.uint8)
    geometry = slice_geometry(Plane.AXIAL, volume.grid)
    margin = [round(MIP_MARGIN_MM / spacing) for spacing in volume.grid.spacing_mm]
    margin[geometry.axes[0]] = 0
    box = grown(anatomy.heart_box, (margin[0], margin[1], margin[2]), volume.grid.shape_zyx)
    low, high = box[geometry.axes[0]], box[geometry.axes[0] + 3]
    projected = geometry.cut(volume.hu, low)
    for depth in range(low + 1, high):
        projected = np.maximum(projected, geometry.cut(volume.hu, depth))
    ends: list[tuple[float, float]] = []
    for which in (1, 2):
        axis, spacing, count = geometry.axes[which], geometry.pixel_mm[which - 1], geometry.shape[which - 1]
        first, last = box[axis], box[axis + 3] - 1
        if geometry.signs[which] < 0:
            first, last = count - 1 - last, count - 1 - first
        ends.append((first * spacing, last * spacing))
    pixel = max(high_mm - low_mm for low_mm, high_mm in ends) / (pixels - 1)
    frame = _Frame(*(np.arange(low_mm, high_mm + pixel / 2, pixel) for low_mm, high_mm in ends))
    rgb = _window(_sampled(geometry, projected, frame))
    for lesion in lesions:
        _outline(rgb, geometry, _shadow(geometry, lesion), frame, 1)
    return rgb


def png_bytes(rgb: NDArray[np.uint8]) -> bytes:
    """The picture (rows, columns, 3) uint8 as a PNG file; the same picture gives the same bytes."""
    rows, columns, _ = rgb.shape
    lines = np.zeros((rows, 1 + 3 * columns), np.uint8)  # each line begins with its filter: 0, none
    lines[:, 1:] = rgb.reshape(rows, 3 * columns)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _shadow(geometry: SliceGeometry, lesion: Lesion) -> Patch:
    """A lesion projected along the axial direction."""
    depth = geometry.axes[0]
    flat: NDArray[np.bool_] = np.asarray(lesion.voxels.any(axis=depth, keepdims=True))
    box = list(lesion.box)
    box[depth], box[depth + 3] = 0, 1
    part = geometry.cut_box((box[0], box[1], box[2], box[3], box[4], box[5]), flat, 0)
    assert part is not None
    return Patch(lesion, *part)


def _sampled(geometry: SliceGeometry, pixels: NDArray[np.int16], frame: _Frame) -> NDArray[np.float32]:
    """HU at the frame's positions, linear between pixels."""
    height, width = geometry.pixel_mm
    return interpolated(interpolated(pixels, 0, frame.rows / height), 1, frame.columns / width)


def _window(hu: NDArray[np.float32]) -> NDArray[np.uint8]:
    center, width = CALCIUM_WINDOW
    grey = np.clip((hu - center) / width + 0.5, 0, 1) * 255
    return np.repeat(np.rint(grey).astype(np.uint8)[..., None], 3, axis=2)


def _outline(
    rgb: NDArray[np.uint8], geometry: SliceGeometry, patch: Patch, frame: _Frame, thickness: int
) -> None:
    """Draws a line around the patch, outside its voxels."""
    height, width = geometry.pixel_mm
    rows = np.rint(frame.rows / height).astype(int) - patch.top
    columns = np.rint(frame.columns / width).astype(int) - patch.left
    # positions ascend: only the part of the picture around the patch is looked at
    near = tuple(
        slice(
            max(int(np.searchsorted(index, 0)) - thickness, 0), int(np.searchsorted(index, size)) + thickness
        )
        for index, size in zip((rows, columns), patch.mask.shape, strict=True)
    )
    rows, columns = rows[near[0]], columns[near[1]]
    if not rows.size or not columns.size:
        return
    padded = np.pad(patch.mask, 1)
    inside = padded[
        np.clip(rows, -1, patch.mask.shape[0])[:, None] + 1, np.clip(columns, -1, patch.mask.shape[1]) + 1
    ]
    around = inside
    for _ in range(thickness):
        around = _dilated(around)
    colour: Rgb = colour_of(patch.lesion)
    rgb[near][around & ~inside] = colour


def _dilated(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    wider = mask.copy()
    wider[1:] |= mask[:-1]
    wider[:-1] |= mask[1:]
    wider[:, 1:] |= mask[:, :-1]
    wider[:, :-1] |= mask[:, 1:]
    return wider
