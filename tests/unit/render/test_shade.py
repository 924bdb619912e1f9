import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery
from cacviewer.render.colours import ARTERY
from cacviewer.render.shade import front_view

from .scenes import CORONAL_STACK, FEET_FIRST_SUPINE, HEAD_FIRST_PRONE, HEAD_FIRST_SUPINE, lesion
from .test_mesh import ball

ALL = [HEAD_FIRST_SUPINE, HEAD_FIRST_PRONE, FEET_FIRST_SUPINE, CORONAL_STACK]


def scene(direction):
    grid = Grid((60, 60, 60), (2, 2, 2), (0, 0, 0), direction)
    centre = grid.lps_mm((30, 30, 30))
    return grid, ball(grid, 45, (30, 30, 30)), centre


def spot(grid, lps_mm, artery=Artery.RCA):
    z, y, x = (int(round(i)) for i in grid.index_zyx(lps_mm))
    return lesion("spot", (z - 1, y - 1, x - 1, z + 2, y + 2, x + 2), artery, grid=grid)


def middle_of(picture, colour):
    """Where a hue is strongest, relative to the centre of the picture, 0.1 mm."""
    hue = picture / np.maximum(np.linalg.norm(picture, axis=2, keepdims=True), 1)
    want = np.array(colour) / np.linalg.norm(colour)
    rows, columns = np.nonzero((hue @ want > 0.98) & (picture.max(axis=2) < 254))
    size = np.array(picture.shape[:2])
    return (np.array((rows.mean(), columns.mean())) - (size - 1) / 2) * 0.4


@pytest.mark.parametrize("direction", ALL)
def test_a_lesion_is_where_a_reader_in_front_sees_it(direction):
    grid, heart, centre = scene(direction)
    picture = front_view(grid, heart, [spot(grid, centre + (20, -30, 12))]).astype(float)
    down, right = middle_of(picture, ARTERY[Artery.RCA])
    assert right == pytest.approx(20, abs=2)  # the patient's left is on the right
    assert down == pytest.approx(-12, abs=2)


def test_the_same_patient_looks_the_same_in_every_order():
    pictures = []
    for direction in ALL:
        grid, heart, centre = scene(direction)
        pictures.append(front_view(grid, heart, [spot(grid, centre + (20, -30, 12))]).astype(float))
    for picture in pictures[1:]:
        assert picture.shape == pictures[0].shape
        assert np.abs(picture - pictures[0]).mean() < 1.5


def test_the_front_is_lit_and_what_is_deep_is_faint():
    grid, heart, centre = scene(HEAD_FIRST_SUPINE)
    plain = front_view(grid, heart, []).astype(float)
    rows, columns = plain.shape[0] // 2, plain.shape[1] // 2
    assert plain[rows, columns].mean() > 100
    assert plain[0, 0].tolist() == [255, 255, 255]
    near = front_view(grid, heart, [spot(grid, centre + (0, -40, 0))]).astype(float)
    far = front_view(grid, heart, [spot(grid, centre + (0, 40, 0))]).astype(float)
    assert np.abs(near - plain).sum() > np.abs(far - plain).sum() > 0


def test_nearer_lesions_hide_deeper_ones():
    grid, heart, centre = scene(HEAD_FIRST_SUPINE)
    both = [spot(grid, centre + (0, -30, 0), Artery.LM), spot(grid, centre + (0, 10, 0), Artery.RCA)]
    picture = front_view(grid, heart, both)
    middle = picture[picture.shape[0] // 2, picture.shape[1] // 2].astype(int)
    assert middle[2] < middle[0]  # yellow, not blue


def test_lesions_without_a_heart_and_nothing_at_all():
    grid, heart, centre = scene(HEAD_FIRST_SUPINE)
    picture = front_view(grid, np.zeros((0, 0, 0), bool), [spot(grid, centre)])
    assert (picture != 255).any()
    assert front_view(grid, np.zeros_like(heart), []).shape == (1, 1, 3)
