"""Slice views driven by mouse and keys; what they did is read off the session and off the pixels."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cacviewer.core.edits import GiveArtery, Reject
from cacviewer.core.findings import finding
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.quantities import AGATSTON
from cacviewer.render.colours import ARTERY, PLANE
from cacviewer.render.planes import Plane
from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.furniture import corner_texts
from cacviewer.ui.views.navigation import Home
from cacviewer.ui.views.picture import SlicePicture
from cacviewer.ui.views.slice_view import SliceView

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def view_of(qtbot):
    def make(store, plane=Plane.AXIAL, size=(600, 600)):
        view = SliceView(store, plane)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        qtbot.waitExposed(view)
        view.grab()
        return view

    return make


def turn(view, delta, modifiers=NONE, at=(300, 300)):
    place = QPointF(*at)
    event = QWheelEvent(
        place,
        view.mapToGlobal(place),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view, button, start, end, modifiers=NONE, steps=5):
    def send(kind, at, pressed):
        place = QPointF(*at)
        event = QMouseEvent(
            kind,
            place,
            view.mapToGlobal(place),
            button if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton,
            pressed,
            modifiers,
        )
        QApplication.sendEvent(view, event)

    send(QEvent.Type.MouseButtonPress, start, button)
    for i in range(1, steps + 1):
        at = tuple(a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
        send(QEvent.Type.MouseMove, at, button)
    send(QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton)


def move(view, at, modifiers=NONE):
    place = QPointF(*at)
    QApplication.sendEvent(
        view,
        QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            view.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            modifiers,
        ),
    )


def depth(store, plane=2):
    return store.session.crosshair_lps_mm[plane]


def colour_at(view, lps_mm):
    x, y = view.navigation.place(lps_mm)
    return view.grab().toImage().pixelColor(round(x), round(y))


def bare(store):
    """Only the picture: no lines, texts or overlays."""
    store.set_view(
        show_crosshair=False, show_text=False, show_heart=False, show_aorta=False, show_calcium=False
    )


# --- where a view looks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("plane", list(Plane))
def test_a_click_puts_the_crosshair_there(store, view_of, plane):
    view = view_of(store, plane)
    before = store.session.crosshair_lps_mm
    QTest.mouseClick(view, LEFT, NONE, QPoint(260, 330))
    geometry, after = view.navigation.geometry(), store.session.crosshair_lps_mm
    assert view.navigation.place(after) == pytest.approx((260, 330), abs=1e-6)
    kept = {Plane.AXIAL: 2, Plane.CORONAL: 1, Plane.SAGITTAL: 0}[plane]
    assert abs(after[kept] - before[kept]) <= geometry.grid.spacing_mm[geometry.axes[0]] / 2 + 1e-9
    # by hand: mm from the centre of the view, right is left of the patient (or back), down is back (or feet)
    x_mm, y_mm = view.navigation.camera.to_plane(260, 330)
    centre = view.navigation.camera.to_plane(300, 300)
    middle = geometry.lps_mm(*view.navigation.pixel(300, 300), view.picture.depth)
    right, down = {Plane.AXIAL: (0, 1), Plane.CORONAL: (0, 2), Plane.SAGITTAL: (1, 2)}[plane]
    assert after[right] - middle[right] == pytest.approx(x_mm - centre[0])
    assert abs(after[down] - middle[down]) == pytest.approx(y_mm - centre[1])
    assert (after[down] < middle[down]) is (plane is not Plane.AXIAL)


def test_a_drag_takes_the_crosshair_along_and_never_out_of_the_picture(store, view_of):
    view = view_of(store)
    camera = view.navigation.camera
    drag(view, LEFT, (300, 300), (380, 250))
    assert view.navigation.place(store.session.crosshair_lps_mm) == pytest.approx((380, 250), abs=1e-6)
    drag(view, LEFT, (300, 300), (-4000, -4000))
    row, column, _ = view.navigation.geometry().place(store.session.crosshair_lps_mm)
    assert (row, column) == pytest.approx((0, 0), abs=1e-9)
    assert view.navigation.camera == camera  # the picture did not run away


def test_shift_move_takes_the_crosshair_without_a_button(store, view_of):
    view = view_of(store)
    move(view, (200, 222), SHIFT)
    assert view.navigation.place(store.session.crosshair_lps_mm) == pytest.approx((200, 222), abs=1e-6)


def test_wheel_steps_slices(store, view_of, volume):
    view = view_of(store)
    step = volume.grid.increment_mm
    turn(view, -120)
    first = depth(store)
    turn(view, -120)
    assert depth(store) == pytest.approx(first - step)  # towards the reader is towards the feet
    turn(view, 120)
    assert depth(store) == pytest.approx(first)
    turn(view, -120, SHIFT)
    assert depth(store) == pytest.approx(first - 10 * step)
    turn(view, 120 * 1000)
    assert (
        view.picture.depth == 39 or view.navigation.geometry().depth_of(store.session.crosshair_lps_mm) == 39
    )


def test_fine_wheels_sum_up_and_forget_when_turned_back(store, view_of, volume):
    view = view_of(store)
    turn(view, -120)
    start = depth(store)
    for _ in range(3):
        turn(view, -30)
    assert depth(store) == start
    turn(view, -30)
    assert depth(store) == pytest.approx(start - volume.grid.increment_mm)
    turn(view, -90)
    turn(view, 60)
    turn(view, 59)
    assert depth(store) == pytest.approx(start - volume.grid.increment_mm)


@pytest.mark.parametrize(
    ("key", "modifiers", "slices"),
    [
        (Qt.Key.Key_Down, NONE, -1),
        (Qt.Key.Key_Up, NONE, 1),
        (Qt.Key.Key_Right, NONE, -1),
        (Qt.Key.Key_Left, NONE, 1),
        (Qt.Key.Key_PageDown, NONE, -10),
        (Qt.Key.Key_PageUp, NONE, 10),
        (Qt.Key.Key_Down, SHIFT, -10),
        (Qt.Key.Key_Up, SHIFT, 10),
        (Qt.Key.Key_Home, NONE, 19),
        (Qt.Key.Key_End, NONE, -20),
    ],
)
def test_keys_step_slices(store, view_of, volume, key, modifiers, slices):
    view = view_of(store)
    store.move_crosshair(volume.grid.lps_mm((20, 80, 100)).tolist())
    QTest.keyClick(view, key, modifiers)
    view.grab()
    assert view.picture.depth == 20 + slices


@pytest.mark.parametrize(
    ("plane", "axis", "sign"), [(Plane.CORONAL, 1, 1), (Plane.SAGITTAL, 0, 1), (Plane.AXIAL, 2, -1)]
)
def test_down_goes_to_the_back_the_left_and_the_feet(store, view_of, plane, axis, sign):
    view = view_of(store, plane)
    before = store.session.crosshair_lps_mm
    QTest.keyClick(view, Qt.Key.Key_Down)
    after = store.session.crosshair_lps_mm
    assert (after[axis] - before[axis]) * sign > 0
    assert [after[i] for i in range(3) if i != axis] == pytest.approx(
        [before[i] for i in range(3) if i != axis]
    )


def test_keys_of_nobody_go_on_to_the_window(store, view_of):
    view = view_of(store)
    session = store.session
    for key in (Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_F5):
        QTest.keyClick(view, key)
    assert store.session is session


# --- zoom, pan, window -----------------------------------------------------------------------------------------


def test_ctrl_wheel_zooms_about_the_pointer(store, view_of):
    view = view_of(store)
    before, zoom = view.navigation.pixel(420, 180), view.navigation.camera.zoom
    turn(view, 120, CTRL, (420, 180))
    assert view.navigation.pixel(420, 180) == pytest.approx(before)
    assert view.navigation.camera.zoom == pytest.approx(zoom * 1.1)


@pytest.mark.parametrize(("button", "modifiers"), [(MIDDLE, NONE), (LEFT, SHIFT)])
def test_pan(store, view_of, button, modifiers):
    view = view_of(store)
    before, crosshair = view.navigation.pixel(200, 200), store.session.crosshair_lps_mm
    drag(view, button, (200, 200), (260, 170), modifiers)
    assert view.navigation.pixel(260, 170) == pytest.approx(before)
    assert store.session.crosshair_lps_mm == crosshair


def test_ctrl_drag_zooms(store, view_of):
    view = view_of(store)
    zoom = view.navigation.camera.zoom
    drag(view, LEFT, (300, 300), (300, 250), CTRL)
    assert view.navigation.camera.zoom > zoom * 1.3


def test_zoom_keys_fit_and_one_to_one(store, view_of, volume):
    view = view_of(store)
    QTest.keyClick(view, Qt.Key.Key_F)
    fit = view.navigation.camera
    assert fit.zoom == pytest.approx(600 * 0.96 / 240)
    QTest.keyClick(view, Qt.Key.Key_Plus, SHIFT)
    assert view.navigation.camera.zoom == pytest.approx(fit.zoom * 1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.navigation.camera.zoom == pytest.approx(fit.zoom)
    QTest.keyClick(view, Qt.Key.Key_1, CTRL)
    pixels = view.navigation.camera.zoom * volume.grid.spacing_mm[2] * view.devicePixelRatioF()
    assert pixels == pytest.approx(1)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.navigation.camera == fit


def test_the_heart_is_the_home_after_segmentation_until_somebody_zooms(volume, anatomy, view_of):
    store = SessionStore()
    store.show_volume(volume)
    view = view_of(store)
    whole = view.navigation.camera.zoom
    store.show_anatomy(anatomy)
    view.grab()
    assert view.navigation.camera.zoom > whole * 1.2
    view.navigation.go_home(Home.SLICE)
    view.navigation.zoom_in_middle(3)
    store.show_anatomy(replace(anatomy))
    view.grab()
    assert view.navigation.camera.zoom == pytest.approx(3 * whole)
    view.resize(500, 700)
    assert view.navigation.camera.zoom == pytest.approx(3 * whole)


def test_window_drag_right_is_wider_and_up_is_brighter(store, view_of):
    view = view_of(store)
    store.set_view(window_center=50.0, window_width=600.0)
    drag(view, RIGHT, (300, 300), (340, 270))
    assert store.session.view.window_width == 600 + 40 * 2  # width / 300 a pixel
    assert store.session.view.window_center == 50 - 30 * 2
    store.set_view(window_center=50.0, window_width=100.0)
    drag(view, RIGHT, (300, 300), (310, 330))
    assert store.session.view.window_width == 110  # never less than 1 HU a pixel
    assert store.session.view.window_center == 80
    drag(view, RIGHT, (300, 300), (-900, 300))
    assert store.session.view.window_width == 1
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_second_button_during_a_drag_does_nothing(store, view_of):
    view = view_of(store)
    before = store.session.view
    QTest.mousePress(view, LEFT, NONE, QPoint(300, 300))
    QTest.mousePress(view, RIGHT, NONE, QPoint(300, 300))
    QTest.mouseRelease(view, RIGHT, NONE, QPoint(300, 300))
    move(view, (350, 350))
    QTest.mouseRelease(view, LEFT, NONE, QPoint(350, 350))
    assert store.session.view is before


# --- lesions ---------------------------------------------------------------------------------------------------


def lesion_in_sight(store, view, pick=lambda lesion: lesion.is_scored):
    lesion = max(filter(pick, store.session.shown.lesions), key=lambda one: one.voxel_count)
    store.move_crosshair(lesion.centroid_lps_mm)
    view.grab()
    return lesion, QPoint(*(round(at) for at in view.navigation.place(lesion.centroid_lps_mm)))


@pytest.mark.parametrize("plane", list(Plane))
def test_a_click_on_a_lesion_selects_it(store, view_of, plane):
    view = view_of(store, plane)
    lesion, at = lesion_in_sight(store, view)
    QTest.mouseClick(view, LEFT, NONE, at)
    assert store.session.selection == (lesion.id,)
    QTest.mouseClick(view, LEFT, NONE, QPoint(20, 300))
    assert store.session.selection == (lesion.id,)  # beside it: only the crosshair moves


def test_ctrl_click_adds_and_takes_away(store, view_of):
    view = view_of(store)
    lesion, at = lesion_in_sight(store, view)
    store.select(("other",))
    QTest.mouseClick(view, LEFT, CTRL, at)
    assert store.session.selection == ("other", lesion.id)
    QTest.mouseClick(view, LEFT, CTRL, at)
    assert store.session.selection == ("other",)


def test_right_click_asks_for_the_menu_of_the_lesion(store, view_of, qtbot):
    view = view_of(store)
    lesion, at = lesion_in_sight(store, view)
    with qtbot.waitSignal(view.context_requested) as asked:
        QTest.mouseClick(view, RIGHT, NONE, at)
    assert asked.args == [lesion.id, view.mapToGlobal(at)]
    with qtbot.waitSignal(view.context_requested) as asked:
        QTest.mouseClick(view, RIGHT, NONE, QPoint(20, 300))
    assert asked.args[0] is None
    with qtbot.assertNotEmitted(view.context_requested):
        drag(view, RIGHT, (300, 300), (320, 300))


def test_hidden_lesions_are_not_clicked(store, view_of):
    view = view_of(store)
    _, at = lesion_in_sight(store, view)
    store.set_view(show_calcium=False)
    QTest.mouseClick(view, LEFT, NONE, at)
    assert store.session.selection == ()


def test_a_lesion_has_the_colour_of_its_artery_and_an_edit_changes_it(store, view_of):
    view = view_of(store)
    store.set_view(calcium_opacity=1.0, show_heart=False, show_aorta=False, show_crosshair=False)
    lesion, _ = lesion_in_sight(store, view)
    for artery in (Artery.RCA, Artery.LM):
        store.edit(GiveArtery((lesion.id,), artery))
        assert colour_at(view, lesion.centroid_lps_mm) == QColor(*ARTERY[artery])
    store.edit(Reject((lesion.id,)))
    colour = colour_at(view, lesion.centroid_lps_mm)
    assert colour.red() == colour.green() == colour.blue()  # grey under a grey hatch
    assert store.session.shown.lesion(lesion.id).kind is LesionClass.REJECTED


def test_double_click_asks_for_the_whole_room(store, view_of, qtbot):
    view = view_of(store)
    with qtbot.waitSignal(view.maximise_requested):
        QTest.mouseDClick(view, LEFT, NONE, QPoint(300, 300))


# --- what is on the screen -------------------------------------------------------------------------------------


def test_grey_values_are_those_of_the_window(store, view_of, volume):
    view = view_of(store)
    bare(store)
    store.set_view(smooth=False, window_center=50.0, window_width=400.0)
    for index in ((20, 80, 100), (20, 40, 100), (20, 80, 40)):
        lps = volume.grid.lps_mm(index)
        store.move_crosshair(tuple(lps.tolist()))
        grey = colour_at(view, lps).red()
        expected = ((int(volume.hu[index]) - 49.5) / 399 + 0.5) * 255
        assert grey == pytest.approx(np.clip(expected, 0, 255), abs=1.01)


def test_probe_says_hu_and_place_under_the_pointer(store, view_of, volume):
    view = view_of(store)
    store.move_crosshair(tuple(volume.grid.lps_mm((20, 80, 100)).tolist()))
    view.grab()
    lps = volume.grid.lps_mm((20, 71, 93))
    move(view, view.navigation.place(tuple(lps.tolist())))
    probe = view.navigation.probe()
    assert probe.hu == int(volume.hu[20, 71, 93])
    assert probe.lps_mm == pytest.approx(lps.tolist())
    QTest.keyClick(view, Qt.Key.Key_Down)  # it follows the slices
    assert view.navigation.probe().hu == int(volume.hu[19, 71, 93])
    move(view, (1, 1))
    view.navigation.pan_by(3000, 0)
    assert view.navigation.probe() is None
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.navigation.probe() is None


def test_texts_of_the_corners(store, view_of, case):
    view = view_of(store)
    texts = corner_texts(store.session, view.navigation.geometry(), 22, 1.5, None)
    assert texts.top_left == ("Roe, Jane", "P-0042  F  65 y", f"Agatston {AGATSTON.text(case.scores.total)}")
    assert texts.bottom_left[:2] == ("23/40   H 5.0 mm", "3.0 / 2.5 mm")
    assert texts.bottom_right[0] == "W 350 L 50"
    assert "120 kVp  Qr36" in texts.bottom_right
    other = view_of(store, Plane.CORONAL)
    assert not any(
        "Agatston" in line
        for line in corner_texts(store.session, other.navigation.geometry(), 22, 1.5, None).top_left
    )


def test_the_total_follows_an_edit(store, view_of, case):
    view = view_of(store)
    store.edit(Reject((case.scored[0].id,)))
    texts = corner_texts(store.session, view.navigation.geometry(), 22, 1.5, None)
    assert texts.top_left[2] == f"Agatston {AGATSTON.text(store.session.shown.scores.total)}"
    assert store.session.shown.scores.total.agatston < case.scores.total.agatston


@pytest.mark.parametrize(
    "direction",
    [
        ((-1, 0, 0), (0, -1, 0), (0, 0, 1)),
        ((-1, 0, 0), (0, 1, 0), (0, 0, -1)),
        ((1, 0, 0), (0, 1, 0), (0, 0, -1)),
    ],
)
def test_prone_feet_first_and_top_down_look_the_same(volume, view_of, direction):
    """The same patient in another order of rows, columns and slices gives the same picture."""
    signs = [direction[i][i] for i in range(3)]
    turned = volume.hu[:: int(signs[2]), :: int(signs[1]), :: int(signs[0])]
    grid = volume.grid
    last = tuple((n - 1) if s < 0 else 0 for n, s in zip(grid.shape_zyx, signs[::-1], strict=True))
    origin = tuple(grid.lps_mm(last).tolist())
    other = replace(volume, hu=turned, grid=Grid(grid.shape_zyx, grid.spacing_mm, origin, direction))
    for plane in Plane:
        pictures = []
        for one in (volume, other):
            store = SessionStore()
            store.show_volume(one)
            store.move_crosshair((3.3, -7.1, 6.2))
            bare(store)
            view = view_of(store, plane, (300, 300))
            assert (
                view.navigation.geometry().letters
                == {
                    Plane.AXIAL: ("R", "A", "L", "P"),
                    Plane.CORONAL: ("R", "H", "L", "F"),
                    Plane.SAGITTAL: ("A", "H", "P", "F"),
                }[plane]
            )
            pictures.append(view.grab().toImage())
        assert pictures[0] == pictures[1]


def test_voxels_are_as_high_as_they_are_in_mm(store, view_of, volume):
    view = view_of(store, Plane.CORONAL)
    centre = volume.grid.lps_mm((20, 80, 100))
    x, y = view.navigation.place(tuple(centre.tolist()))
    up = view.navigation.place(tuple((centre + (0, 0, 30)).tolist()))
    left = view.navigation.place(tuple((centre + (30, 0, 0)).tolist()))
    assert y - up[1] == pytest.approx(left[0] - x)


def test_crosshair_lines_have_the_colours_of_their_planes_and_a_gap(store, view_of):
    view = view_of(store)
    store.set_view(show_text=False, show_heart=False, show_aorta=False, show_calcium=False)
    QTest.mouseClick(view, LEFT, NONE, QPoint(300, 300))
    image = view.grab().toImage()
    assert image.pixelColor(450, 300) == QColor(*PLANE[Plane.CORONAL])
    assert image.pixelColor(300, 150) == QColor(*PLANE[Plane.SAGITTAL])
    assert image.pixelColor(306, 300) != QColor(*PLANE[Plane.CORONAL])


def test_the_picture_is_not_made_again_for_nothing(store, view_of):
    view = view_of(store)
    image = view.picture.image
    store.set_view(show_text=False)
    view.grab()
    QTest.mouseClick(view, LEFT, NONE, QPoint(310, 290))  # the same slice
    view.grab()
    assert view.picture.patches is not None
    patches = view.picture.patches
    store.set_view(window_width=500.0)
    view.grab()
    assert view.picture.image is not image
    assert view.picture.patches is patches


def test_only_a_change_of_what_is_shown_repaints(store, view_of, qtbot, monkeypatch):
    view = view_of(store)
    qtbot.wait(20)
    painted = []
    monkeypatch.setattr(view, "_paint", lambda painter, session: painted.append(session))
    store.replace_session(replace(store.session, edits=(), cursor=0, inspection=None))
    qtbot.wait(30)
    assert painted == []
    store.select(("x",))
    qtbot.waitUntil(lambda: len(painted) == 1)


def test_views_follow_each_other(store, view_of):
    axial, sagittal = view_of(store), view_of(store, Plane.SAGITTAL)
    QTest.mouseClick(axial, LEFT, NONE, QPoint(340, 280))
    sagittal.grab()
    assert sagittal.picture.depth == sagittal.navigation.geometry().depth_of(store.session.crosshair_lps_mm)
    before = axial.navigation.camera
    QTest.mouseClick(sagittal, LEFT, NONE, QPoint(280, 340))
    axial.grab()
    assert axial.navigation.camera == before  # it was in sight: nothing moves


def test_a_crosshair_out_of_sight_is_brought_back(store, view_of, volume):
    view = view_of(store)
    view.navigation.zoom_in_middle(6)
    store.move_crosshair(tuple(volume.grid.lps_mm((20, 10, 10)).tolist()))
    view.grab()
    x, y = view.navigation.place(store.session.crosshair_lps_mm)
    assert 0 < x < 600
    assert 0 < y < 600


def test_filled_slices_are_hatched(store, view_of, volume):
    store.show_volume(replace(volume, filled_slices=(20,)))
    bare(store)
    view = view_of(store)
    pictures = []
    for z in (20, 21):
        store.move_crosshair(tuple(volume.grid.lps_mm((z, 80, 100)).tolist()))
        pictures.append(view.grab().toImage())
    orange = [
        sum(
            image.pixelColor(x, y).red() > image.pixelColor(x, y).blue() + 40
            for x in range(50, 550, 3)
            for y in range(100, 500, 7)
        )
        for image in pictures
    ]
    assert orange[0] > 500
    assert orange[1] == 0


def test_the_worst_finding_stands_across_the_axial_view(store, view_of, volume, qtbot):
    store.show_volume(replace(volume, findings=(finding("thickness_missing"), finding("single_slice"))))
    view = view_of(store)
    assert view.banner == "The series has only one slice."
    assert view_of(store, Plane.CORONAL).banner == ""
    with qtbot.waitSignal(view.banner_clicked):
        QTest.mouseClick(view.childAt(100, 8), LEFT)
    store.show_volume(replace(volume, findings=(finding("empty_file", count=1),)))
    assert view.banner == ""
    assert view.childAt(100, 8) is None


def test_an_empty_view_does_nothing(view_of):
    store = SessionStore()
    view = view_of(store)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_1, CTRL)
    turn(view, -120)
    turn(view, 120, CTRL)
    drag(view, LEFT, (100, 100), (200, 200))
    drag(view, MIDDLE, (100, 100), (200, 200))
    QTest.mouseClick(view, RIGHT, NONE, QPoint(50, 50))
    assert store.session.crosshair_lps_mm == (0, 0, 0)
    assert view.navigation.probe() is None
    assert view.grab().toImage().pixelColor(300, 300) == QColor(0, 0, 0)


def test_from_one_volume_to_another_and_to_none(store, view_of, volume):
    view = view_of(store)
    small = replace(volume, hu=volume.hu[:, 40:100, 40:100], grid=volume.grid.crop((0, 40, 40, 40, 100, 100)))
    store.show_volume(small)
    view.grab()
    assert view.navigation.geometry().shape == (60, 60)
    store.replace_session(replace(store.session, volume=None))
    assert view.grab().toImage().pixelColor(300, 300) == QColor(0, 0, 0)


@pytest.mark.parametrize("size", [(80, 80), (180, 150), (300, 260), (900, 900)])
def test_views_of_every_size_paint_and_keep_left_and_right(store, view_of, size):
    view = view_of(store, size=size)
    image = view.grab().toImage()
    edge = [image.pixelColor(x, y) for x in range(6, 22) for y in range(size[1] // 2 - 8, size[1] // 2 + 8)]
    assert any(colour.lightness() > 200 for colour in edge)


def test_names_for_those_who_hear(store, view_of):
    assert [view_of(store, plane).accessibleName() for plane in Plane] == [
        "Axial view",
        "Coronal view",
        "Sagittal view",
    ]


def test_outlines_of_organs_are_those_of_the_slice_and_of_the_mask(store, view_of, anatomy, volume):
    view = view_of(store)

    def extent():
        view.grab()
        box = view._overlays._organs[0][1].boundingRect()
        return round(box.width()), round(box.height())

    store.move_crosshair(tuple(volume.grid.lps_mm((20, 80, 100)).tolist()))
    middle = extent()
    columns = int(anatomy.heart[20].any(axis=0).sum())
    assert middle[0] == pytest.approx(columns, abs=2)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert extent()[0] < middle[0]
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert extent() == middle
    half = anatomy.heart.copy()
    half[:, :, 100:] = False
    store.show_anatomy(replace(anatomy, heart=half))
    assert extent()[0] == pytest.approx(int(half[20].any(axis=0).sum()), abs=2)
    for z in range(40):
        store.move_crosshair(tuple(volume.grid.lps_mm((z, 80, 100)).tolist()))
        store.set_view(smooth=not store.session.view.smooth)
        view.grab()
        store.set_view(smooth=not store.session.view.smooth)
        view.grab()
    assert len(view._overlays._kept) == 64


# --- what an edit redraws --------------------------------------------------------------------------------------


class Painted(QObject):
    """The regions that a widget was asked to paint."""

    def __init__(self, widget):
        super().__init__(widget)
        self.regions = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False


@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("smooth", [True, False])
def test_a_partial_redraw_leaves_nothing_of_the_old_picture(store, view_of, qtbot, plane, smooth):
    view = view_of(store, plane)
    store.set_view(smooth=smooth)
    lesion, _ = lesion_in_sight(store, view)
    QApplication.processEvents()
    changes = (
        lambda: store.select((lesion.id,)),
        lambda: store.edit(GiveArtery((lesion.id,), Artery.LM)),
        lambda: store.edit(Reject((lesion.id,))),
        store.undo,
        lambda: store.select(()),
    )
    for change in changes:
        before = pixels_of(view)
        QApplication.processEvents()
        painted = Painted(view)
        change()
        QApplication.processEvents()
        view.removeEventFilter(painted)
        after = pixels_of(view)
        region = QRegion()
        for part in painted.regions:
            region += part
        assert not region.isEmpty()
        assert region.boundingRect() != view.rect()
        rows, columns = np.nonzero((before != after).any(axis=2))
        assert len(rows)
        outside = [QPoint(x, y) for x, y in zip(columns.tolist(), rows.tolist(), strict=True)]
        assert all(region.contains(point) for point in outside)


def test_lesions_of_other_slices_are_edited_without_a_redraw(store, view_of):
    view = view_of(store, Plane.CORONAL)
    here, _ = lesion_in_sight(store, view)
    QApplication.processEvents()
    cut = {patch.lesion.id for patch in view.picture.patches}
    other = next(one for one in store.session.shown.lesions if one.id not in cut)
    painted = Painted(view)
    store.edit(Reject((other.id,)) if other.is_scored else GiveArtery((other.id,), Artery.LM))
    QApplication.processEvents()
    assert not painted.regions


def test_the_picture_of_parts_is_the_whole_picture(store, view_of):
    view = view_of(store)
    lesion, _ = lesion_in_sight(store, view)
    for artery in (Artery.LM, Artery.RCA):
        store.edit(GiveArtery((lesion.id,), artery))
        store.select((lesion.id,) if artery is Artery.LM else ())
        view.navigation.follow()
        fresh = SlicePicture(Plane.AXIAL)
        fresh.follow(None, store.session)
        assert view.picture.image == fresh.image


def pixels_of(view):
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).copy()
