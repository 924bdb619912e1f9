"""The 3-D view on a real server; without OpenGL a sentence, and everything else goes on."""

import os
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from cacviewer.core.edits import GiveArtery, Reject
from cacviewer.core.lesions import Artery
from cacviewer.render.colours import ARTERY
from cacviewer.render.mesh import lesion_mesh, mesh_of
from cacviewer.ui.store import SessionStore
from cacviewer.ui.views.opengl import why_no_opengl
from cacviewer.ui.views.surface_view import SurfaceView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def store(volume, anatomy, case):
    store = SessionStore()
    store.show_volume(volume)
    store.show_anatomy(anatomy)
    store.show_case(case)
    return store


@pytest.fixture(scope="module")
def surfaces(volume, anatomy, case):
    return SimpleNamespace(
        heart=mesh_of(anatomy.heart, volume.grid, 3.0),
        aorta=mesh_of(anatomy.aorta, volume.grid, 3.0),
        lesions={one.id: lesion_mesh(one.voxels, one.box, volume.grid) for one in case.lesions},
    )


@pytest.fixture
def view(store, surfaces, qtbot, qapp):
    reason = why_no_opengl()
    if reason:
        pytest.skip(f"no OpenGL 3.2 here: {reason}")
    view = SurfaceView(store)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    qtbot.waitUntil(lambda: view.scene is not None, timeout=60_000)
    view.set_surfaces(surfaces)
    qtbot.wait(50)
    yield view
    view.close()


def on_screen(view, lps_mm):
    renderer = view.scene.widget.renderer
    renderer.SetWorldPoint(*lps_mm, 1)
    renderer.WorldToDisplay()
    x, y, _ = renderer.GetDisplayPoint()
    ratio = view.scene.widget.devicePixelRatioF()
    return QPoint(round(x / ratio), round(view.scene.widget.height() - 1 - y / ratio))


def colour_of_actor(view, lesion_id):
    return tuple(round(c * 255) for c in view.scene._lesions[lesion_id].GetProperty().GetColor())


def test_it_is_not_made_before_it_is_shown(store, qtbot):
    view = SurfaceView(store)
    qtbot.addWidget(view)
    view.set_surfaces(None)
    view.look_from("front")
    assert view.scene is None
    assert view.screenshot() is None


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


def test_a_click_on_a_lesion_selects_it_through_the_heart(view, store):
    for lesion in store.session.shown.scored[:3]:
        store.select(())
        view.look_from("front")
        QTest.mouseClick(view.scene.widget, LEFT, pos=on_screen(view, lesion.centroid_lps_mm))
        assert store.session.selection == (lesion.id,)
        assert store.session.crosshair_lps_mm == lesion.centroid_lps_mm
    session = store.session
    QTest.mouseClick(view.scene.widget, LEFT, pos=QPoint(3, 3))
    assert store.session is session


def test_a_drag_turns_and_selects_nothing(view, store):
    lesion = store.session.shown.scored[0]
    at, before = on_screen(view, lesion.centroid_lps_mm), view.scene.widget.camera.GetPosition()
    QTest.mousePress(view.scene.widget, LEFT, pos=at)
    QTest.mouseMove(view.scene.widget, at + QPoint(60, 0))
    QTest.mouseRelease(view.scene.widget, LEFT, pos=at + QPoint(60, 0))
    assert store.session.selection == ()
    assert view.scene.widget.camera.GetPosition() != pytest.approx(before)


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
    assert not view.scene._organs["heart"].GetVisibility()
    assert view.scene._organs["aorta"].GetVisibility()
    assert not any(actor.GetVisibility() for actor in view.scene._lesions.values())


def test_the_marker_follows_the_crosshair(view, store):
    store.move_crosshair((1.0, 2.0, 3.0))
    assert view.scene._marker.GetPosition() == pytest.approx((1, 2, 3))


def test_arrows_turn_and_other_keys_do_not_reach_vtk(view):
    before = view.scene.widget.camera.GetPosition()
    for key in (Qt.Key.Key_Q, Qt.Key.Key_E, Qt.Key.Key_W, Qt.Key.Key_3):
        QTest.keyClick(view.scene.widget, key)
    assert view.scene is not None
    assert view.scene.widget.camera.GetPosition() == pytest.approx(before)
    QTest.keyClick(view.scene.widget, Qt.Key.Key_Left)
    assert view.scene.widget.camera.GetPosition() != pytest.approx(before)


def test_double_click_asks_for_the_whole_room(view, qtbot):
    with qtbot.waitSignal(view.maximise_requested):
        QTest.mouseDClick(view.scene.widget, LEFT, pos=QPoint(200, 200))


def test_screenshot_shows_the_heart(view):
    picture = view.screenshot()
    assert picture.shape[2] == 3
    assert picture[200, 200].sum() > 60
    assert picture[2, 2].sum() == 0


def test_another_volume_takes_the_surfaces_away(view, store, volume):
    from dataclasses import replace

    store.show_volume(replace(volume))
    assert view.scene._lesions == {}
    assert not view.scene._marker.GetVisibility()


def test_closed_and_shown_again(view, qtbot):
    view.close()
    assert view.scene is None
    view.show()
    qtbot.waitUntil(lambda: view.scene is not None)
    assert view.scene._lesions


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
