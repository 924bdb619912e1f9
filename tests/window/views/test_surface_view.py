"""The 3-D view on a real server; without OpenGL a sentence, and everything else goes on."""

import os
import subprocess
import sys
import threading
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cacviewer.core.edits import GiveArtery, Reject
from cacviewer.core.lesions import Artery
from cacviewer.render.colours import ARTERY
from cacviewer.render.mesh import lesion_mesh, mesh_of
from cacviewer.ui.views import surface_view
from cacviewer.ui.views.opengl import why_no_opengl
from cacviewer.ui.views.surface_studio import Studio
from cacviewer.ui.views.surface_view import FOLLOW_MS, SurfaceView

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


@pytest.fixture(scope="module")
def surfaces(volume, anatomy, case):
    return SimpleNamespace(
        heart=mesh_of(anatomy.heart, volume.grid, 3.0),
        aorta=mesh_of(anatomy.aorta, volume.grid, 3.0),
        lesions={one.id: lesion_mesh(one.voxels, one.box, volume.grid) for one in case.lesions},
    )


@pytest.fixture
def view(store, surfaces, qtbot):
    yield from shown_view(store, surfaces, qtbot)


def shown_view(store, surfaces, qtbot):
    reason = why_no_opengl()
    if reason:
        pytest.skip(f"no OpenGL 3.2 here: {reason}")
    window = QWidget()
    view = SurfaceView(store, window)
    qtbot.addWidget(window)
    view.resize(400, 400)
    window.resize(600, 500)
    window.show()
    qtbot.waitUntil(lambda: view.scene is not None, timeout=60_000)
    view.set_surfaces(surfaces)
    settle(view)
    yield view
    view.close()


def settle(view):
    """Everything that was asked for is done and its answers are here."""
    view._follow_soon.stop()
    view._follow()
    for _ in range(2):
        view.screenshot()
        QApplication.processEvents()


def on_screen(view, lps_mm):
    settle(view)
    x, y = view.scene.place(lps_mm)
    return QPoint(round(x * view.width()), round(y * view.height()))


def camera(view):
    settle(view)
    return view.scene._plotter.camera.GetPosition()


def colour_of_actor(view, lesion_id):
    settle(view)
    return tuple(round(c * 255) for c in view.scene._lesions[lesion_id].GetProperty().GetColor())


def drag(view, button, start, end, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mousePress(view, button, modifiers, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, button, modifiers, end)


def test_it_is_not_made_before_it_is_shown(store, qtbot):
    view = SurfaceView(store)
    qtbot.addWidget(view)
    view.set_surfaces(None)
    view.look_from("front")
    assert view.scene is None
    assert view.screenshot() is None


def test_no_window_of_vtk_stands_in_ours(view):
    """A native child makes every redraw of the window dear."""
    assert not any(child.internalWinId() for child in view.findChildren(QWidget))


def test_front_has_the_left_of_the_patient_at_the_right(view, store):
    view.look_from("front")
    centre = np.array(store.session.crosshair_lps_mm)
    middle, left, head = (on_screen(view, centre + way) for way in ((0, 0, 0), (20, 0, 0), (0, 0, 20)))
    assert left.x() > middle.x() + 10
    assert head.y() < middle.y() - 10
    view.look_from("left")
    back = on_screen(view, centre + (0, 20, 0))
    assert back.x() > on_screen(view, centre).x() + 10
    view.look_from("top")
    assert on_screen(view, centre + (0, 20, 0)).y() > on_screen(view, centre).y() + 10
    view.look_from("back")
    assert on_screen(view, centre + (20, 0, 0)).x() < on_screen(view, centre).x() - 10
    view.look_from("right")
    assert on_screen(view, centre + (0, 20, 0)).x() < on_screen(view, centre).x() - 10
    view.look_from("bottom")  # as an axial slice: seen from the feet, the front up, the left at the right
    assert on_screen(view, centre + (20, 0, 0)).x() > on_screen(view, centre).x() + 10
    assert on_screen(view, centre + (0, 20, 0)).y() > on_screen(view, centre).y() + 10


def test_a_click_on_a_lesion_selects_it_through_the_heart(view, store):
    for lesion in store.session.shown.scored[:3]:
        store.select(())
        view.look_from("front")
        QTest.mouseClick(view, LEFT, pos=on_screen(view, lesion.centroid_lps_mm))
        settle(view)
        assert store.session.selection == (lesion.id,)
        assert store.session.crosshair_lps_mm == lesion.centroid_lps_mm
    session = store.session
    QTest.mouseClick(view, LEFT, pos=QPoint(3, 3))
    settle(view)
    assert store.session is session


def test_a_click_on_the_heart_takes_the_crosshair_to_its_surface(view, store, anatomy):
    view.look_from("front")
    before = on_screen(view, store.session.crosshair_lps_mm)
    at = before + QPoint(60, 40)
    store.set_view(show_calcium=False)
    settle(view)
    QTest.mouseClick(view, LEFT, pos=at)
    settle(view)
    assert store.session.selection == ()
    there = on_screen(view, store.session.crosshair_lps_mm)
    assert (there - at).manhattanLength() <= 3
    z, y, x = (round(float(i)) for i in store.session.volume.grid.index_zyx(store.session.crosshair_lps_mm))
    organs = anatomy.heart | anatomy.aorta
    near = organs[max(0, z - 3) : z + 4, max(0, y - 3) : y + 4, max(0, x - 3) : x + 4]
    assert near.any()
    assert not near.all()


def test_a_drag_turns_and_selects_nothing(view, store):
    at, before = on_screen(view, store.session.shown.scored[0].centroid_lps_mm), camera(view)
    drag(view, LEFT, at, at + QPoint(60, 0))
    assert camera(view) != pytest.approx(before)
    assert store.session.selection == ()


@pytest.mark.parametrize(
    ("button", "modifiers"),
    [(MIDDLE, Qt.KeyboardModifier.NoModifier), (LEFT, Qt.KeyboardModifier.ShiftModifier)],
)
def test_pan_takes_the_heart_along(view, store, button, modifiers):
    place = store.session.crosshair_lps_mm
    before = on_screen(view, place)
    drag(view, button, QPoint(200, 200), QPoint(240, 170), modifiers)
    moved = on_screen(view, place) - before
    assert abs(moved.x() - 40) <= 4
    assert abs(moved.y() + 30) <= 4


def test_right_drag_and_wheel_zoom(view, store, qtbot):
    distance = lambda: view.scene._plotter.camera.GetDistance()  # noqa: E731
    settle(view)
    before = distance()
    with qtbot.assertNotEmitted(view.context_requested):
        drag(view, RIGHT, QPoint(200, 200), QPoint(200, 150))
        settle(view)
    nearer = distance()
    assert nearer < before * 0.8
    QTest.keyClick(view, Qt.Key.Key_Minus)
    settle(view)
    assert distance() == pytest.approx(nearer * 1.25)


def test_ctrl_drag_spins(view, store):
    view.look_from("front")
    settle(view)
    drag(view, LEFT, QPoint(350, 200), QPoint(200, 50), Qt.KeyboardModifier.ControlModifier)
    settle(view)
    up = view.scene._plotter.camera.GetViewUp()  # a quarter turn anticlockwise: what was at the right is up
    assert up == pytest.approx((1, 0, 0), abs=0.02)


def test_right_click_asks_for_a_menu(view, store, qtbot):
    lesion = store.session.shown.scored[0]
    view.look_from("front")
    at = on_screen(view, lesion.centroid_lps_mm)
    with qtbot.waitSignal(view.context_requested) as asked:
        QTest.mouseClick(view, RIGHT, pos=at)
    assert asked.args == [lesion.id, view.mapToGlobal(at)]
    with qtbot.waitSignal(view.context_requested) as asked:
        QTest.mouseClick(view, RIGHT, pos=QPoint(3, 3))
    assert asked.args[0] is None


def test_lesions_have_the_colours_of_their_arteries(view, store):
    lesion = store.session.shown.scored[0]
    for artery in Artery:
        store.edit(GiveArtery((lesion.id,), artery))
        assert colour_of_actor(view, lesion.id) == ARTERY[artery]
    store.edit(Reject((lesion.id,)))
    red, green, blue = colour_of_actor(view, lesion.id)
    assert red == green == blue


def test_overlays_that_are_off_are_off_here_too(view, store):
    store.set_view(show_heart=False, show_calcium=False)
    settle(view)
    assert not view.scene._organs["heart"].GetVisibility()
    assert view.scene._organs["aorta"].GetVisibility()
    assert not any(actor.GetVisibility() for actor in view.scene._lesions.values())


def test_the_marker_follows_the_crosshair(view, store):
    store.move_crosshair((1.0, 2.0, 3.0))
    settle(view)
    assert view.scene._marker.GetPosition() == pytest.approx((1, 2, 3))


def test_many_changes_are_one_picture(view, store, qtbot):
    pictures = []
    view._studio.painted.connect(pictures.append)
    for i in range(10):
        store.move_crosshair((float(i), 2.0, 3.0))
    qtbot.wait(FOLLOW_MS + 200)
    settle(view)
    assert 1 <= len(pictures) <= 3  # of these at most two are made by the test's own waiting


def test_nothing_is_rendered_while_hidden(view, store, qtbot):
    settle(view)
    pictures = []
    view._studio.painted.connect(pictures.append)
    view.hide()
    store.move_crosshair((4.0, 2.0, 3.0))
    qtbot.wait(FOLLOW_MS + 100)
    assert not pictures
    view.show()
    qtbot.waitUntil(lambda: bool(pictures))
    assert view.scene._marker.GetPosition() == pytest.approx((4, 2, 3))


def test_arrows_turn_and_other_keys_are_the_windows(view):
    before = camera(view)
    for key in (Qt.Key.Key_Q, Qt.Key.Key_E, Qt.Key.Key_W, Qt.Key.Key_3):
        QTest.keyClick(view, key)
    assert camera(view) == pytest.approx(before)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert camera(view) != pytest.approx(before)


def test_double_click_asks_for_the_whole_room(view, qtbot):
    with qtbot.waitSignal(view.maximise_requested):
        QTest.mouseDClick(view, LEFT, pos=QPoint(200, 200))


def test_screenshot_and_screen_show_the_heart(view):
    picture = view.screenshot()
    assert picture.shape == (400, 400, 3)
    assert picture[200, 200].sum() > 60
    assert picture[2, 2].sum() == 0
    settle(view)
    seen = view.grab().toImage().pixelColor(200, 200)
    assert (seen.red(), seen.green(), seen.blue()) == tuple(picture[200, 200])


def test_without_a_thread_it_is_the_same(store, surfaces, qtbot, monkeypatch):
    """The way of macOS."""
    monkeypatch.setattr(surface_view, "Studio", partial(Studio, threaded=False))
    for view in shown_view(store, surfaces, qtbot):
        qtbot.waitUntil(lambda view=view: view.image is not None)
        lesion = store.session.shown.scored[0]
        QTest.mouseClick(view, LEFT, pos=on_screen(view, lesion.centroid_lps_mm))
        settle(view)
        assert store.session.selection == (lesion.id,)
        assert view.screenshot().shape == (400, 400, 3)
        view.shut()
        assert view.scene is None


def test_another_size_is_another_picture(view, qtbot):
    view.resize(500, 300)
    qtbot.waitUntil(lambda: view.image is not None and view.image.width() == 500)
    assert view.image.height() == 300


def test_another_volume_takes_the_surfaces_away(view, store, volume):
    from dataclasses import replace

    store.show_volume(replace(volume))
    settle(view)
    assert view.scene._lesions == {}
    assert not view.scene._marker.GetVisibility()


def test_closed_and_shown_again(view, qtbot):
    view.close()
    assert view.scene is None
    view.show()
    qtbot.waitUntil(lambda: view.scene is not None and bool(view.scene._lesions), timeout=30_000)


def test_the_rendering_ends_with_the_window(view, qtbot):
    view.window().close()
    assert view.scene is None
    assert not [thread for thread in threading.enumerate() if thread.name == "3-D"]


def test_an_error_in_3d_is_a_sentence(view, qtbot, caplog):
    view._ask(lambda scene: scene.look_from("nowhere"))
    qtbot.waitUntil(lambda: "does not work" in view.findChild(QLabel).text())
    assert view.screenshot() is None


def test_without_opengl_a_sentence(store, qtbot, monkeypatch):
    monkeypatch.setenv("CACVIEWER_NO_OPENGL", "1")
    view = SurfaceView(store)
    qtbot.addWidget(view)
    view.show()
    label = view.findChild(QLabel)
    qtbot.waitUntil(lambda: "OpenGL 3.2" in label.text())
    view.set_surfaces(SimpleNamespace(heart=None, aorta=None, lesions={}))
    store.move_crosshair((0.0, 1.0, 2.0))
    assert view.scene is None
    assert view.screenshot() is None


def test_offscreen_never_loads_vtk():
    """The platform on which the first question to VTK's context ends the process."""
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from cacviewer.ui.store import SessionStore\n"
        "from cacviewer.ui.views.surface_view import SurfaceView\n"
        "view = SurfaceView(SessionStore()); view.show()\n"
        "for _ in range(5): app.processEvents()\n"
        "assert view.scene is None\n"
        "assert not [m for m in sys.modules if m.startswith(('vtk', 'pyvista'))]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
