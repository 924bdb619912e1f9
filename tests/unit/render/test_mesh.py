import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.render.mesh import lesion_mesh, mesh_of

from .scenes import FEET_FIRST_SUPINE, HEAD_FIRST_SUPINE, signed_axes


def ball(grid, radius_mm, centre_zyx):
    index = np.stack(np.indices(grid.shape_zyx), axis=-1)
    way = grid.lps_mm(index) - grid.lps_mm(centre_zyx)
    return (way**2).sum(axis=-1) < radius_mm**2


def edges_of(mesh):
    pairs = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    return np.unique(np.sort(pairs, axis=1), axis=0, return_counts=True)[1]


@pytest.mark.parametrize(
    "direction", [HEAD_FIRST_SUPINE, FEET_FIRST_SUPINE, signed_axes()[5], signed_axes()[17]]
)
def test_a_ball_keeps_its_volume_and_place(direction):
    grid = Grid((30, 90, 80), (2.5, 0.8, 0.9), (10, -20, 30), direction)
    centre = (14, 45, 40)
    mask = ball(grid, 25, centre)
    mesh = mesh_of(mask, grid)
    assert mesh.points_lps_mm.dtype == np.float32
    assert mesh.triangles.dtype == np.int32
    assert mesh.volume_mm3 == pytest.approx(mask.sum() * grid.voxel_mm3, rel=0.02)
    assert mesh.points_lps_mm.mean(axis=0) == pytest.approx(grid.lps_mm(centre), abs=0.5)
    radii = np.linalg.norm(mesh.points_lps_mm - grid.lps_mm(centre), axis=1)
    assert radii.min() > 22.5
    assert radii.max() < 27
    assert (edges_of(mesh) == 2).all()  # closed


def test_a_mask_at_the_border_is_closed():
    grid = Grid((6, 20, 20), (3, 1, 1))
    mesh = mesh_of(np.ones(grid.shape_zyx, bool), grid)
    assert (edges_of(mesh) == 2).all()


def test_a_heart_is_light():
    """50,000 triangles for a heart, not 385,000."""
    grid = Grid((50, 200, 200), (2.5, 0.6, 0.6))
    mesh = mesh_of(ball(grid, 55, (25, 100, 100)), grid)
    assert 10_000 < len(mesh.triangles) < 60_000


@pytest.mark.parametrize("size", [(1, 1, 1), (1, 2, 3), (2, 5, 5), (4, 9, 9)])
def test_small_lesions_do_not_vanish(size):
    grid = Grid((57, 512, 512), (3, 0.4, 0.4), (-100, -100, 0))
    box = (20, 200, 210, 20 + size[0], 200 + size[1], 210 + size[2])
    mesh = lesion_mesh(np.ones(size, bool), box, grid)
    assert (edges_of(mesh) == 2).all()
    assert mesh.volume_mm3 > 0.4 * np.prod(size) * grid.voxel_mm3
    middle = [(box[i] + box[i + 3] - 1) / 2 for i in range(3)]
    assert mesh.points_lps_mm.mean(axis=0) == pytest.approx(grid.lps_mm(middle), abs=0.3)


def test_nothing_has_no_surface():
    grid = Grid((3, 4, 5), (1, 1, 1))
    assert mesh_of(np.zeros(grid.shape_zyx, bool), grid) is None
    assert lesion_mesh(np.zeros((1, 1, 1), bool), (0, 0, 0, 1, 1, 1), grid) is None
