"""Measuring by mouse on a real view; values are checked against the places on the screen."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cacviewer.core.measurements import Kind
from cacviewer.render.planes import Plane
from cacviewer.ui.views.measuring import COLOUR

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(full_desk, qtbot):
    full_desk.window.show()
    qtbot.waitExposed(full_desk.window)
    return full_desk


def drag(view, start, end):
    QTest.mousePress(view, LEFT, NONE, QPoint(*start))
    QTest.mouseMove(view, QPoint(*end))
    QTest.mouseRelease(view, LEFT, NONE, QPoint(*end))


@pytest.mark.parametrize("plane", list(Plane))
def test_a_length(shown, actions, plane):
    view = shown.window.views.view(plane)
    crosshair = shown.store.session.crosshair_lps_mm
    actions.run("view.measure.length")
    drag(view, (60, 70), (100, 100))
    (one,) = shown.store.session.measurements
    assert one.length_mm == pytest.approx(50 / view.navigation.camera.zoom)
    assert shown.store.session.crosshair_lps_mm == crosshair  # the select tool did not act
    picture = view.grab().toImage()
    assert picture.pixelColor(80, 85).red() > 150
    assert abs(picture.pixelColor(80, 85).blue() - COLOUR.blue()) < 60
    drag(view, (60, 70), (90, 90))  # put down after one
    assert len(shown.store.session.measurements) == 1
    assert shown.store.session.crosshair_lps_mm != crosshair


def test_it_is_seen_on_its_slice_only(shown, actions):
    view = shown.window.views.view("axial")
    actions.run("view.measure.length")
    bare = view.grab().toImage()
    drag(view, (60, 70), (100, 100))
    drawn = view.grab().toImage()
    assert drawn != bare
    view.navigation.step(1)
    other = view.grab().toImage()
    view.navigation.step(-1)
    assert view.grab().toImage().pixelColor(80, 85) == drawn.pixelColor(80, 85)
    assert other.pixelColor(80, 85) != drawn.pixelColor(80, 85)


def test_an_angle_is_a_drag_and_a_click(shown, actions):
    view = shown.window.views.view("axial")
    actions.run("view.measure.angle")
    drag(view, (100, 60), (60, 60))
    assert shown.store.session.measurements == ()
    QTest.mouseMove(view, QPoint(60, 120))
    QTest.mouseClick(view, LEFT, NONE, QPoint(60, 120))
    (one,) = shown.store.session.measurements
    assert one.kind is Kind.ANGLE
    assert one.angle_degrees == pytest.approx(90)


def test_an_ellipse_says_mean_and_sd(shown, actions, volume):
    view = shown.window.views.view("axial")
    actions.run("view.measure.ellipse")
    drag(view, (60, 70), (120, 110))
    (one,) = shown.store.session.measurements
    zoom = view.navigation.camera.zoom
    assert one.area_mm2 == pytest.approx(math.pi * (60 / zoom) * (40 / zoom) / 4)
    assert one.statistics.voxels > 10
    assert one.text.startswith(f"{one.statistics.mean_hu:.0f} ± {one.statistics.sd_hu:.0f} HU")


def test_escape_puts_it_down_and_a_click_draws_nothing(shown, actions):
    view = shown.window.views.view("axial")
    lesion = shown.store.session.shown.lesions[0]
    shown.store.select((lesion.id,))
    actions.run("view.measure.length")
    QTest.mouseClick(view, LEFT, NONE, QPoint(80, 80))
    assert shown.store.session.measurements == ()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert shown.window.views.hand.kind is None
    assert shown.store.session.selection == (lesion.id,)


def test_they_are_removed_and_forgotten_with_the_scan(shown, actions):
    view = shown.window.views.view("axial")
    for end in (100, 110, 120):
        actions.run("view.measure.length")
        drag(view, (60, 70), (end, 100))
    assert len(shown.store.session.measurements) == 3
    actions.run("view.measure.undo")
    assert len(shown.store.session.measurements) == 2
    actions.run("view.measure.clear")
    assert shown.store.session.measurements == ()
    actions.run("view.measure.length")
    drag(view, (60, 70), (100, 100))
    shown.store.show_volume(shown.store.session.volume)
    assert shown.store.session.measurements == ()
