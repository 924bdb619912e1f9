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
from cacviewer.render.resample import Positions, blurred_weights, linear_weights, resampled, span

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
    grid: Grid, heart: NDArray[np.bool_], lesions: Sequence[Lesion], pixel_mm: float = 0.5
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
    fine = _positions(geometry, scene, pixel_mm)
    picture = np.full((len(fine[1]), len(fine[2]), 3), BACKGROUND, np.float32)
    surface_mm: NDArray[np.float32] | None = None
    if box is not None:
        coarse = _positions(geometry, scene, COARSE_MM)
        relief = _enlarged(_relief_of(geometry, heart[slices_of(box)], box, coarse, COARSE_MM), coarse, fine)
        _lay(picture, relief.shade, relief.coverage, HEART_COLOUR)
        surface_mm = relief.depth_mm
    for lesion in sorted(lesions, key=lambda one: -_depth_of(geometry, one)):
        _lay_lesion(picture, geometry, lesion, fine, surface_mm, pixel_mm)
    rgb: NDArray[np.uint8] = np.clip(picture + 0.5, 0, 255).astype(np.uint8)
    return rgb


def _positions(geometry: SliceGeometry, box: Box, step_mm: float) -> list[Positions]:
    """Positions along depth, rows and columns as seen, mm from the volume's first voxel."""
    found: list[Positions] = []
    for axis, sign in zip(geometry.axes, geometry.signs, strict=True):
        spacing = geometry.grid.spacing_mm[axis]
        low = (box[axis] - 0.5) * spacing - MARGIN_MM
        high = (box[axis + 3] - 0.5) * spacing + MARGIN_MM
        along = span(low, high, step_mm)
        found.append(along if sign > 0 else along[::-1])
    return found


def _relief_of(
    geometry: SliceGeometry,
    mask: NDArray[np.bool_],
    box: Box,
    seen: list[Positions],
    sigma_mm: float,
) -> _Relief:
    """A mask (z, y, x) of a box, blurred, seen from the front at positions (depth, rows, columns)."""
    weights: list[NDArray[np.float32]] = [np.zeros((0, 0), np.float32)] * 3
    for axis, positions in zip(geometry.axes, seen, strict=True):
        spacing = geometry.grid.spacing_mm[axis]
        sigma = max(sigma_mm, (0.6 if sigma_mm >= 1 else 0.35) * spacing)
        weights[axis] = blurred_weights(mask.shape[axis], spacing, positions - box[axis] * spacing, sigma)
    field = resampled(mask, weights).transpose(geometry.axes)
    rows, columns = np.ix_(np.arange(field.shape[1]), np.arange(field.shape[2]))
    first = (field >= 0.5).argmax(axis=0)
    before = np.maximum(first - 1, 0)
    here, above = field[first, rows, columns], field[before, rows, columns]
    part = np.clip((here - 0.5) / np.maximum(here - above, 1e-6), 0, 1)
    step = abs(float(seen[0][1] - seen[0][0]))
    slope = np.stack([_difference(field, first, rows, columns, axis) for axis in range(3)])
    length = np.maximum(np.sqrt((slope * slope).sum(axis=0)), 1e-6)
    light = LIGHT / np.linalg.norm(LIGHT)
    facing = -np.tensordot(light, slope / length, axes=1)  # the field falls where the surface looks
    shade = AMBIENT + (1 - AMBIENT) * np.clip(facing, 0, 1)
    coverage = np.clip((field.max(axis=0) - 0.5) * 4 + 0.5, 0, 1)
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
    weights = []
    for wide, narrow in zip(coarse[1:], fine[1:], strict=True):
        weights.append(linear_weights(len(wide), COARSE_MM, np.abs(narrow - wide[0])))
    return _Relief(*(resampled(part, weights) for part in (relief.shade, relief.coverage, relief.depth_mm)))


def _lay_lesion(
    picture: NDArray[np.float32],
    geometry: SliceGeometry,
    lesion: Lesion,
    fine: list[Positions],
    surface_mm: NDArray[np.float32] | None,
    pixel_mm: float,
) -> None:
    near: list[Positions] = []
    window: list[slice] = []
    for axis, positions in zip(geometry.axes, fine, strict=True):
        spacing = geometry.grid.spacing_mm[axis]
        reach = 1.5 * spacing + pixel_mm
        low, high = lesion.box[axis] * spacing - reach, (lesion.box[axis + 3] - 1) * spacing + reach
        inside = np.flatnonzero((positions >= low) & (positions <= high))
        window.append(slice(int(inside[0]), int(inside[-1]) + 1))
        near.append(positions[window[-1]])
    relief = _relief_of(geometry, lesion.voxels, lesion.box, near, 0.3)
    where = window[1], window[2]
    strength = 1.0
    if surface_mm is not None:
        below = window[0].start * pixel_mm + relief.depth_mm - surface_mm[where]
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
