"""What the calcium network sees does not depend on how the scan is stored."""

import numpy as np
import pytest

from cacviewer.core.candidates import find_candidates
from cacviewer.core.geometry import Grid
from cacviewer.models.calcium_features import FAR_MM, NEAR_SHAPE, features_of, surroundings

SPACING = (2.5, 0.8, 0.8)
SHAPE = (40, 120, 130)


@pytest.fixture(scope="module")
def scan():
    """HU, heart and aorta in LPS axes: two lesions in a heart with a root, and a descending aorta behind it."""
    z, y, x = np.indices(SHAPE, np.float32)
    heart = ((z - 18) / 14) ** 2 + ((y - 60) / 42) ** 2 + ((x - 66) / 46) ** 2 <= 1
    rising = ((y - 50) / 14) ** 2 + ((x - 56) / 14) ** 2 <= 1
    rising &= z >= 18
    falling = ((y - 104) / 12) ** 2 + ((x - 76) / 12) ** 2 <= 1
    hu = np.full(SHAPE, -80, np.int16)
    hu[heart | rising | falling] = 40
    hu[15:18, 40:46, 90:95] = 400
    hu[22, 70:73, 30:34] = 200
    return hu, heart, rising | falling


def views(hu, grid, heart, aorta, limit=130):
    found = find_candidates(hu, grid, limit, 1.0, heart, aorta)
    return features_of(found, surroundings(hu, grid, heart, aorta, limit, 10.0), grid)


def test_other_axes_give_the_same_views(scan):
    straight = views(scan[0], Grid(SHAPE, SPACING), *scan[1:])
    turned = [np.ascontiguousarray(a[::-1, :, ::-1].transpose(0, 2, 1)) for a in scan]
    # index z runs down, index y (slow in the plane) runs right, index x back
    grid = Grid(
        (40, 130, 120), (2.5, 0.8, 0.8), direction_lps=((0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, -1.0))
    )
    other = views(turned[0], grid, *turned[1:])
    order = [int(np.argmin(np.abs(other.numbers - n).sum(axis=1))) for n in straight.numbers]
    assert sorted(order) == [0, 1]
    for name in ("near", "own", "organs", "far", "numbers"):
        a, b = getattr(straight, name), getattr(other, name)[order]
        assert np.abs(a.astype(float) - b.astype(float)).max() <= 1.5, name


def test_the_own_share_is_the_lesion(scan):
    seen = views(scan[0], Grid(SHAPE, SPACING), *scan[1:])
    assert seen.near.shape == (2, *NEAR_SHAPE)
    cell = 2.5 * 1.0 * 1.0
    volumes = seen.own.sum(axis=(1, 2, 3)) / 255 * cell
    true = np.array([3 * 6 * 5, 3 * 4]) * 2.5 * 0.8 * 0.8
    assert sorted(volumes) == pytest.approx(sorted(true), rel=0.1)
    assert sorted(seen.near.max(axis=(1, 2, 3)).tolist()) == pytest.approx([160, 400], abs=45)


def test_the_root_is_in_front(scan):
    hu, heart, aorta = scan
    around = surroundings(hu, Grid(SHAPE, SPACING), heart, aorta, 130, 10.0)
    z, y, x = around.root_mm
    assert y == pytest.approx(50 * 0.8, abs=FAR_MM)
    assert x == pytest.approx(56 * 0.8, abs=FAR_MM)
    assert z < 32 * 2.5


def test_a_lower_voltage_looks_as_120_kvp(scan):
    hu, heart, aorta = scan
    brighter = np.where(hu > 0, np.rint(hu.astype(float) * 177 / 130), hu).astype(np.int16)
    usual = views(hu, Grid(SHAPE, SPACING), heart, aorta)
    low = views(brighter, Grid(SHAPE, SPACING), heart, aorta, limit=177)
    assert np.abs(usual.near - low.near).max() <= 2
    assert low.numbers[:, 12:14] == pytest.approx(usual.numbers[:, 12:14], abs=0.02)


def test_an_object_at_the_end_of_the_scan_has_views(scan):
    hu, heart, aorta = scan
    hu, heart = hu.copy(), heart.copy()
    hu[0, 0:3, 0:3], heart[0, 0:4, 0:4] = 300, True
    seen = views(hu, Grid(SHAPE, SPACING), heart, aorta)
    assert len(seen) == 3
    assert np.isfinite(seen.numbers).all()


def test_without_an_aorta_there_is_still_a_root(scan):
    hu, heart, aorta = scan
    grid = Grid(SHAPE, SPACING)
    around = surroundings(hu, grid, heart, np.zeros_like(aorta), 130, 10.0)
    assert (np.abs(around.root_mm - around.heart_mm) < around.half_mm).all()
