import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.core.geometry import Grid
from cacviewer.render.planes import Plane, letters_of, slice_geometry

from .scenes import (
    CORONAL_STACK,
    FEET_FIRST_SUPINE,
    HEAD_FIRST_PRONE,
    HEAD_FIRST_SUPINE,
    TOP_DOWN,
    grids,
    signed_axes,
    tilted,
)

EDGES = {
    Plane.AXIAL: ("R", "A", "L", "P"),
    Plane.CORONAL: ("R", "H", "L", "F"),
    Plane.SAGITTAL: ("A", "H", "P", "F"),
}
planes = st.sampled_from(list(Plane))


@pytest.mark.parametrize("direction", signed_axes())
@pytest.mark.parametrize("plane", list(Plane))
def test_edges_are_radiological_whatever_the_order(direction, plane):
    geometry = slice_geometry(plane, Grid((3, 4, 5), (3.0, 0.5, 0.7), (0, 0, 0), direction))
    assert geometry.letters == EDGES[plane]


@pytest.mark.parametrize(
    "direction", [HEAD_FIRST_SUPINE, HEAD_FIRST_PRONE, FEET_FIRST_SUPINE, TOP_DOWN, CORONAL_STACK]
)
def test_a_mark_is_seen_where_the_patient_has_it(direction):
    """A voxel at the patient's left, front and head appears at the right, top and top."""
    grid = Grid((9, 9, 9), (1, 1, 1), (0, 0, 0), direction)
    centre = grid.lps_mm((4, 4, 4))
    mark = tuple(int(round(i)) for i in grid.index_zyx(centre + (3, -2, 1)))  # left, anterior, head
    hu = np.zeros(grid.shape_zyx, np.int16)
    hu[mark] = 1
    seen = {}
    for plane in Plane:
        geometry = slice_geometry(plane, grid)
        depth = geometry.depth_of(grid.lps_mm(mark))
        seen[plane] = tuple(int(i) for i in np.argwhere(geometry.cut(hu, depth))[0])
    assert seen == {Plane.AXIAL: (2, 7), Plane.CORONAL: (3, 7), Plane.SAGITTAL: (3, 2)}


@given(grids(), planes, st.data())
def test_place_and_position_are_inverse(grid, plane, data):
    geometry = slice_geometry(plane, grid)
    place = tuple(data.draw(st.floats(-20, 20)) for _ in range(3))
    assert geometry.place(geometry.lps_mm(*place)) == pytest.approx(place, abs=1e-6)


@given(grids(), planes, st.data())
def test_cut_shows_the_voxel_of_a_place(grid, plane, data):
    array = np.arange(np.prod(grid.shape_zyx)).reshape(grid.shape_zyx)
    geometry = slice_geometry(plane, grid)
    rows, columns = geometry.shape
    row = data.draw(st.integers(0, rows - 1))
    column = data.draw(st.integers(0, columns - 1))
    depth = data.draw(st.integers(0, geometry.slices - 1))
    index = tuple(int(round(i)) for i in geometry.index_zyx(row, column, depth))
    assert geometry.cut(array, depth).shape == (rows, columns)
    assert geometry.cut(array, depth)[row, column] == array[index]
    assert geometry.depth_of(grid.lps_mm(index)) == depth


@given(grids(), planes, st.data())
def test_cut_box_is_the_cut_of_the_whole(grid, plane, data):
    ends = [sorted(data.draw(st.tuples(st.integers(0, n), st.integers(0, n)))) for n in grid.shape_zyx]
    box = tuple(e[0] for e in ends) + tuple(e[1] for e in ends)
    whole = np.zeros(grid.shape_zyx, bool)
    shape = [e[1] - e[0] for e in ends]
    inner = np.array(
        data.draw(st.lists(st.booleans(), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    )
    inner = inner.reshape(shape).astype(bool)
    whole[tuple(slice(*e) for e in ends)] = inner
    geometry = slice_geometry(plane, grid)
    for depth in range(geometry.slices):
        expected = geometry.cut(whole, depth)
        part = geometry.cut_box(box, inner, depth)
        got = np.zeros(geometry.shape, bool)
        if part is not None:
            top, left, mask = part
            got[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
        assert np.array_equal(got, expected)


@given(grids(), planes)
def test_onward_goes_to_feet_back_and_left(grid, plane):
    geometry = slice_geometry(plane, grid)
    axis, sign = {Plane.AXIAL: (2, -1), Plane.CORONAL: (1, 1), Plane.SAGITTAL: (0, 1)}[plane]
    first = 0 if geometry.signs[0] > 0 else geometry.slices - 1
    assert geometry.onward(first, -5) == first
    second = geometry.onward(first, 1)
    if geometry.slices > 1:
        way = geometry.lps_mm(0, 0, second)[axis] - geometry.lps_mm(0, 0, first)[axis]
        assert way * sign > 0
    assert geometry.onward(first, 1000) == geometry.slices - 1 - first


@given(tilted())
def test_oblique_edges_have_two_letters(direction):
    geometry = slice_geometry(Plane.AXIAL, Grid((4, 4, 4), (1, 1, 1), (0, 0, 0), direction))
    left, top, right, bottom = geometry.letters
    for one, other in ((left, right), (top, bottom)):
        assert len(one) == len(other) in (1, 2)
        opposite = str.maketrans("LRAPHF", "RLPAFH")
        assert one.translate(opposite) == other
    assert left[0] == "R"


@pytest.mark.parametrize(
    ("direction", "letters"),
    [
        ((1, 0, 0), "L"),
        ((-1, 0, 0), "R"),
        ((0, -0.8, 0.6), "AH"),
        ((0.5, 0.5, -0.7), "FL"),
        ((0.04, 1, 0), "P"),
    ],
)
def test_letters(direction, letters):
    assert letters_of(direction) == letters


def test_position_and_number():
    geometry = slice_geometry(Plane.AXIAL, Grid((57, 4, 4), (3.0, 1, 1), (0, 0, -100)))
    assert geometry.position(56) == ("H", 68.0)
    assert geometry.position(0) == ("F", 100.0)
    assert geometry.number(0) == 1
    assert geometry.pixel_mm == (1, 1)


def test_aspect_comes_from_spacing():
    geometry = slice_geometry(Plane.CORONAL, Grid((57, 100, 200), (3.0, 0.4, 0.5)))
    assert geometry.shape == (57, 200)
    assert geometry.pixel_mm == (3.0, 0.5)
    assert geometry.size_mm == pytest.approx((171, 100))


def test_band_is_where_a_filled_slice_is_seen():
    grid = Grid((5, 6, 7), (3, 1, 1))
    assert slice_geometry(Plane.AXIAL, grid).band(2, 2) == (0, 0, 6, 7)
    assert slice_geometry(Plane.AXIAL, grid).band(2, 3) is None
    assert slice_geometry(Plane.CORONAL, grid).band(1, 0) == (3, 0, 1, 7)  # head is up
    turned = Grid((5, 6, 7), (1, 1, 1), (0, 0, 0), ((0, 0, 1), (0, 1, 0), (1, 0, 0)))  # z runs to the left
    assert slice_geometry(Plane.AXIAL, turned).band(1, 0) == (0, 1, 6, 1)
