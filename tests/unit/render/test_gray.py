import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.render.gray import label_table, slice_rgb32, window_lut


def grey(lut, hu):
    return int(lut[np.array(hu, np.int16).view(np.uint16)])


@given(st.floats(-2000, 3000), st.floats(1, 8000))
def test_window_runs_from_black_to_white(center, width):
    lut = window_lut(center, width)
    ordered = lut[np.arange(-32768, 32768, dtype=np.int16).view(np.uint16)]
    assert (np.diff(ordered.astype(int)) >= 0).all()
    assert grey(lut, -32768) == 0
    assert grey(lut, 32767) == 255


def test_window_as_the_standard_has_it():
    lut = window_lut(50, 350)
    assert grey(lut, -125) == 0
    assert grey(lut, -124) > 0
    assert grey(lut, 49) == grey(lut, 50) - 1 or grey(lut, 50) in (127, 128)
    assert grey(lut, 224) == 255
    assert grey(window_lut(100, 0), 101) == 255  # a width of nothing is a threshold
    assert grey(window_lut(100, 0), 98) == 0


def test_a_slice_of_any_strides_comes_out_as_it_is_shown():
    hu = np.arange(-30, 30, dtype=np.int16).reshape(3, 4, 5)
    labels = np.array([[0, 1], [1, 0], [0, 0]], np.uint8)
    lut, table = window_lut(0, 100), label_table([[], [((255, 0, 0), 1.0)]])
    part = hu[:, ::-3, 2]
    rgb = slice_rgb32(part, labels, lut, table)
    assert rgb.flags.c_contiguous
    assert rgb.dtype == np.uint32
    assert rgb[0, 1] == 0xFFFF0000 == rgb[1, 0]
    g = grey(lut, part[2, 1])
    assert rgb[2, 1] == 0xFF000000 | g << 16 | g << 8 | g
    assert np.array_equal(slice_rgb32(part, None, lut, table)[2], rgb[2])


def test_layers_blend_in_their_order():
    table = label_table([[], [((100, 0, 0), 0.5), ((0, 200, 0), 0.25)]]).reshape(2, 256)
    value = int(table[1, 80])
    red, green, blue = value >> 16 & 255, value >> 8 & 255, value & 255
    assert (red, green, blue) == (round((40 + 50) * 0.75), round(40 * 0.75 + 50), 30)
    assert value >> 24 == 255
    assert table[0, 7] == 0xFF070707


def test_read_only_volumes_are_only_read():
    hu = np.zeros((4, 4), np.int16)
    hu.flags.writeable = False
    assert slice_rgb32(hu, None, window_lut(0, 10), label_table([[]])).shape == (4, 4)


@pytest.mark.parametrize("hu", [-32768, -1, 0, 32767])
def test_every_value_has_a_grey(hu):
    assert 0 <= grey(window_lut(40, 400), hu) <= 255
