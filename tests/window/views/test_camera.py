import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacviewer.ui.views.camera import ZOOM_LEAST, ZOOM_MOST, Camera, fitted

mm = st.floats(-500, 500)
px = st.floats(-3000, 3000)
cameras = st.builds(
    Camera,
    zoom=st.floats(0.05, 50),
    centre_mm=st.tuples(mm, mm),
    size=st.tuples(st.floats(80, 3000), st.floats(80, 3000)),
)


@given(cameras, px, px)
def test_screen_and_plane_are_inverse(camera, x, y):
    assert camera.to_screen(*camera.to_plane(x, y)) == pytest.approx((x, y), abs=1e-4)


@given(cameras, st.floats(0.5, 2), px, px)
def test_zoom_holds_the_point_under_the_pointer(camera, factor, x, y):
    zoomed = camera.zoomed(factor, x, y)
    assert zoomed.to_plane(x, y) == pytest.approx(camera.to_plane(x, y), abs=1e-5)
    assert ZOOM_LEAST <= zoomed.zoom <= ZOOM_MOST


@given(cameras, px, px)
def test_pan_moves_the_picture_by_pixels(camera, dx, dy):
    x, y = camera.to_screen(10, 20)
    assert camera.panned(dx, dy).to_screen(10, 20) == pytest.approx((x + dx, y + dy), abs=1e-4)


@given(cameras, mm, mm)
def test_showing_moves_only_what_is_out_of_sight(camera, x_mm, y_mm):
    x, y = camera.to_screen(x_mm, y_mm)
    moved = camera.showing(x_mm, y_mm)
    if 0 <= x <= camera.size[0] and 0 <= y <= camera.size[1]:
        assert moved is camera
    else:
        now = moved.to_screen(x_mm, y_mm)
        assert moved.zoom == camera.zoom
        assert all(-1e-4 <= at <= size + 1e-4 for at, size in zip(now, camera.size, strict=True))


def test_fit_shows_all_with_a_margin():
    camera = fitted(0, 0, 200, 100, (400, 400))
    assert camera.to_screen(0, 50)[0] == pytest.approx(8)
    assert camera.to_screen(200, 50)[0] == pytest.approx(392)
    assert camera.to_screen(100, 50) == pytest.approx((200, 200))
