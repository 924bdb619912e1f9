"""The heart and its calcium from the front, as a shaded depth map in plain numpy.

No OpenGL, so the report's picture is the same with and without a screen. Parallel projection, patient's right
on the left, head up; the heart lets its lesions shine through, the deeper the fainter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Box, Grid, bounding_box, joined, slices_of
from cacviewer.core.lesions import Lesion
from cacviewer.render.colours import Rgb, colour_of
from cacviewer.render.planes import Plane, SliceGeometry, slice_geometry
from cacviewer.render.resample import Positions, blurred, cell_means, interpolated, steps_mm

BACKGROUND = 255.0
HEART_COLOUR: Rgb = (196, 150, 146)
LIGHT = np.array((-0.75, -0.35, -0.55))
"""Where light comes from: (depth, row, column); from the front, above, the patient's right."""
AMBIENT = 0.4
COARSE_MM = 1.5
MARGIN_MM = 6.0
FADE_MM = 90.0
"""Depth below the surface at which a lesion's colour has faded to 37 % (but never below FAINTEST)."""
FAINTEST = 0.55


@dataclass(frozen=True, slots=True, eq=False)
class _Relief:
    """What a field looks like from the front: brightness, coverage 0..1 and depth (mm), (rows, columns)."""

    shade: NDArray[np.float32]
    coverage: NDArray[np.float32]
    depth_mm: NDArray[np.float32]


def front_view(
    grid: Grid, heart: NDArray[np.bool_], lesions: Sequence[Lesion], pixel_mm: float = 0.4
) -> NDArray[np.uint8]:
    """Draws the heart and lesions from the front.

    Args:
        grid: Grid of the volume.
        heart: (z, y, x) bool; may be empty.
        lesions: To draw, in the colours of their arteries.
        pixel_mm: Size of a pixel.

    Returns:
        (rows, columns, 3) uint8, white where there is nothing; 1 x 1 if there is nothing at all.
    """
    box = bounding_box(heart) if heart.size else None
    scene = box
    for lesion in lesions:
        scene = lesion.box if scene is None else joined(scene, lesion.box)
    if scene is None:
        return np.full((1, 1, 3), int(BACKGROUND), np.uint8)
    geometry = slice_geometry(Plane.CORONAL, grid)
    fine = _cells(geometry, scene, pixel_mm)
    picture = np.full((len(fine[1]) - 1, len(fine[2]) - 1, 3), BACKGROUND, np.float32)
    surface_mm: NDArray[np.float32] | None = None
    if box is not None:
        coarse = _cells(geometry, scene, COARSE_MM)
        relief = _enlarged(_relief_of(geometry, heart[slices_of(box)], box, coarse, COARSE_MM), coarse, fine)
        _lay(picture, relief.shade, relief.coverage, HEART_COLOUR)
        surface_mm = relief.depth_mm
    for lesion in sorted(lesions, key=lambda one: -_depth_of(geometry, one)):
        _lay_lesion(picture, geometry, lesion, fine, surface_mm)
    rgb: NDArray[np.uint8] = np.clip(picture + 0.5, 0, 255).astype(np.uint8)
    return rgb[:: geometry.signs[1], :: geometry.signs[2]].copy()


def _cells(geometry: SliceGeometry, box: Box, step_mm: float) -> list[Positions]:
    """Edges of cells along depth, rows and columns, ascending with the index; mm from the first voxel."""
    found: list[Positions] = []
    for axis in geometry.axes:
        spacing = geometry.grid.spacing_mm[axis]
        low, high = (box[axis] - 0.5) * spacing, (box[axis + 3] - 0.5) * spacing
        found.append(steps_mm(low - MARGIN_MM, high + MARGIN_MM, step_mm))
    return found


def _relief_of(
    geometry: SliceGeometry, mask: NDArray[np.bool_], box: Box, cells: list[Positions], sigma_mm: float
) -> _Relief:
    """A mask (z, y, x) of a box, blurred, seen from the front in cells along depth, rows, columns.

    Rows and columns run with the index here; the finished picture is turned.
    """
    field: NDArray[np.generic] = mask
    sigmas = [0.0, 0.0, 0.0]
    for axis in (2, 1, 0):
        edges, spacing = cells[geometry.axes.index(axis)], geometry.grid.spacing_mm[axis]
        field = cell_means(field, axis, spacing, edges - box[axis] * spacing)
        sigmas[axis] = max(sigma_mm, (0.6 if sigma_mm >= 1 else 0.3) * spacing) / float(edges[1] - edges[0])
    soft = blurred(field.astype(np.float32), (sigmas[0], sigmas[1], sigmas[2])).transpose(geometry.axes)
    soft = soft[:: geometry.signs[0]]
    rows, columns = np.ix_(np.arange(soft.shape[1]), np.arange(soft.shape[2]))
    first = (soft >= 0.5).argmax(axis=0)
    before = np.maximum(first - 1, 0)
    here, above = soft[first, rows, columns], soft[before, rows, columns]
    part = np.clip((here - 0.5) / np.maximum(here - above, 1e-6), 0, 1)
    outward = np.stack([_difference(soft, first, rows, columns, axis) for axis in range(3)])
    length = np.maximum(np.sqrt((outward * outward).sum(axis=0)), 1e-6)
    light = LIGHT / np.linalg.norm(LIGHT) * (1, geometry.signs[1], geometry.signs[2])
    facing = np.tensordot(light, outward / length, axes=1)
    shade = AMBIENT + (1 - AMBIENT) * np.clip(facing, 0, 1)
    coverage = np.clip((soft.max(axis=0) - 0.5) * 2.5 + 0.5, 0, 1)  # a soft edge
    step = float(cells[0][1] - cells[0][0])
    return _Relief(shade.astype(np.float32), coverage, ((first - part) * step).astype(np.float32))


def _difference(
    field: NDArray[np.float32],
    first: NDArray[np.intp],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    axis: int,
) -> NDArray[np.float32]:
    ends = []
    for way in (1, -1):
        index = [first, rows, columns]
        index[axis] = np.clip(index[axis] + way, 0, field.shape[axis] - 1)
        ends.append(field[tuple(index)])
    return ends[1] - ends[0]


def _enlarged(relief: _Relief, coarse: list[Positions], fine: list[Positions]) -> _Relief:
    """The same at the fine cells of rows and columns."""
    parts = [relief.shade, relief.coverage, relief.depth_mm]
    for axis in (0, 1):
        wide, narrow = coarse[axis + 1], fine[axis + 1]
        centres = (narrow[:-1] + narrow[1:]) / 2
        index = (centres - wide[0]) / COARSE_MM - 0.5
        parts = [interpolated(part, axis, index) for part in parts]
    return _Relief(*parts)


def _lay_lesion(
    picture: NDArray[np.float32],
    geometry: SliceGeometry,
    lesion: Lesion,
    fine: list[Positions],
    surface_mm: NDArray[np.float32] | None,
) -> None:
    near: list[Positions] = []
    window: list[slice] = []
    for axis, edges in zip(geometry.axes, fine, strict=True):
        spacing, step = geometry.grid.spacing_mm[axis], float(edges[1] - edges[0])
        reach = 1.5 * spacing + 2 * step
        low, high = lesion.box[axis] * spacing - reach, (lesion.box[axis + 3] - 1) * spacing + reach
        inside = np.flatnonzero((edges >= low) & (edges <= high))
        window.append(slice(int(inside[0]), int(inside[-1])))
        near.append(edges[int(inside[0]) : int(inside[-1]) + 1])
    relief = _relief_of(geometry, lesion.voxels, lesion.box, near, 0.3)
    where = window[1], window[2]
    strength: NDArray[np.float32] | float = 1.0
    if surface_mm is not None:
        begin = near[0][0] - fine[0][0] if geometry.signs[0] > 0 else fine[0][-1] - near[0][-1]
        below = float(begin) + relief.depth_mm - surface_mm[where]
        strength = np.clip(np.exp(-below / FADE_MM), FAINTEST, 1.0)
    _lay(picture[where], relief.shade, relief.coverage * strength, colour_of(lesion))


def _lay(
    picture: NDArray[np.float32], shade: NDArray[np.float32], opacity: NDArray[np.float32], colour: Rgb
) -> None:
    """Blends a shaded colour into the picture."""
    lit = shade[..., None] * np.asarray(colour, np.float32)
    picture += (lit - picture) * opacity[..., None]


def _depth_of(geometry: SliceGeometry, lesion: Lesion) -> float:
    return geometry.place(lesion.centroid_lps_mm)[2] * geometry.signs[0]
