"""Box and scan: there and back, in any orientation and spacing."""

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.models.back import on_grid, paint
from cacviewer.models.preprocess import (
    AIR_HU,
    Window,
    averaging_matrix,
    axes_of,
    canonical,
    restored,
    scaled,
    to_window,
)

AXIAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
FEET_FIRST = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0))
PRONE = ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
SAGITTAL = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
CORONAL = ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0))
OBLIQUE = tuple(
    tuple(row)
    for row in np.array([[1, 0, 0], [0, np.cos(0.1), -np.sin(0.1)], [0, np.sin(0.1), np.cos(0.1)]]).tolist()
)
DIRECTIONS = {
    "axial": AXIAL,
    "feet-first": FEET_FIRST,
    "prone": PRONE,
    "sagittal": SAGITTAL,
    "coronal": CORONAL,
    "oblique": OBLIQUE,
}


def ball(grid, centre_lps_mm, radius_mm):
    """A ball in patient coordinates as a mask on any grid."""
    points = grid.lps_mm(np.moveaxis(np.indices(grid.shape_zyx), 0, -1))
    return np.linalg.norm(points - np.asarray(centre_lps_mm), axis=-1) <= radius_mm


@pytest.mark.parametrize("name", DIRECTIONS)
def test_canonical_axes_point_up_back_and_left(name):
    grid = Grid((9, 10, 11), (3.0, 1.0, 0.8), (5.0, -7.0, 20.0), DIRECTIONS[name])
    axes = axes_of(grid)
    places = grid.lps_mm(np.moveaxis(np.indices(grid.shape_zyx), 0, -1))
    for axis, lps in ((0, 2), (1, 1), (2, 0)):
        along = np.diff(canonical(places[..., lps], axes), axis=axis)
        assert along.mean() > 0
        assert along.mean() == pytest.approx(axes.spacing_mm[axis], rel=0.02)


@pytest.mark.parametrize("name", DIRECTIONS)
def test_restoring_undoes_turning(name):
    grid = Grid((4, 5, 6), (3.0, 1.0, 0.8), direction_lps=DIRECTIONS[name])
    array = np.arange(120).reshape(4, 5, 6)
    axes = axes_of(grid)
    assert np.array_equal(restored(canonical(array, axes), axes), array)


@pytest.mark.parametrize("name", ["axial", "feet-first", "sagittal", "coronal"])
@pytest.mark.parametrize("spacing", [(3.0, 0.6, 0.6), (1.0, 0.9, 0.7), (5.0, 1.3, 1.3)])
def test_mask_survives_box_and_back(name, spacing):
    shape = tuple(int(150 // d) for d in spacing)
    grid = Grid(shape, spacing, (12.0, -40.0, 70.0), DIRECTIONS[name])
    middle = grid.lps_mm((np.array(shape) - 1) / 2)
    mask = ball(grid, middle + (8.0, -5.0, 4.0), 40.0)
    axes = axes_of(grid)
    turned = canonical(mask, axes)
    size = [n * d for n, d in zip(turned.shape, axes.spacing_mm, strict=True)]
    window = Window((size[0] / 2, size[1] / 2, size[2] / 2), 2.0, (80, 80, 80))
    hu = np.where(turned, 1000, 0).astype(np.int16)
    seen = np.clip(to_window(hu, axes.spacing_mm, window) / 1000, 0, 1)
    back = np.zeros(turned.shape, bool)
    paint(back, axes.spacing_mm, window, seen, 0.5)
    result = on_grid(back, axes)
    assert not result.flags.writeable
    overlap = 2 * (result & mask).sum() / (result.sum() + mask.sum())
    assert overlap > 0.97
    moved = grid.lps_mm(np.argwhere(result).mean(axis=0)) - grid.lps_mm(np.argwhere(mask).mean(axis=0))
    assert np.abs(moved).max() < 0.5 * min(spacing)


def test_window_puts_a_point_where_it_is():
    hu = np.zeros((40, 60, 60), np.int16)
    hu[20, 30, 25] = 3000
    window = Window((41.0, 30.5, 25.5), 1.0, (41, 41, 41))
    seen = to_window(hu, (2.0, 1.0, 1.0), window)
    assert np.unravel_index(seen.argmax(), seen.shape) == (20, 20, 20)


def test_outside_is_air_and_the_border_does_not_fade():
    hu = np.full((10, 20, 20), 40, np.int16)
    seen = to_window(hu, (3.0, 1.0, 1.0), Window((15.0, 10.0, 10.0), 2.0, (32, 32, 32)))
    assert set(np.round(np.unique(seen)).astype(int)) == {AIR_HU, 40}
    assert to_window(hu, (3.0, 1.0, 1.0), Window((900.0, 10.0, 10.0), 2.0, (16, 16, 16))).max() == AIR_HU


def test_noise_is_averaged_not_aliased():
    noise = np.random.default_rng(0).normal(0, 100, (20, 160, 160)).astype(np.int16)
    seen = to_window(noise, (2.0, 0.4, 0.4), Window((20.0, 32.0, 32.0), 2.0, (16, 16, 16)))
    assert seen.std() < 32  # picking every fifth pixel would leave 100


def test_weights_are_linear_when_the_target_is_finer():
    matrix = averaging_matrix(np.array([1.0, 3.0, 5.0, 7.0]), 2.0, 8.0, np.array([1.0, 2.0, 2.5]), 1.0)
    assert matrix[0] == pytest.approx([1, 0, 0, 0])
    assert matrix[1] == pytest.approx([0.5, 0.5, 0, 0])
    assert matrix[2] == pytest.approx([0.25, 0.75, 0, 0])


def test_scaling_clips_to_the_window():
    assert scaled(np.array([-1024, -200, 100, 400, 3000], np.float32)) == pytest.approx([-1, -1, 0, 1, 1])
