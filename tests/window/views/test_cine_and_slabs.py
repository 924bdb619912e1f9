"""Cine and slabs, on views and from the menus."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cacviewer.core.session import SlabMode
from cacviewer.render.planes import Plane
from cacviewer.ui.views.cine import RATES, Cine
from cacviewer.ui.views.furniture import corner_texts


class Steps:
    """Three slices; at the ends a step does nothing."""

    def __init__(self):
        self.at, self.seen, self.notes = 0, [], []

    def step(self, steps):
        new = min(max(self.at + steps, 0), 2)
        moved = new != self.at
        self.at = new
        self.seen.append(self.at)
        return moved

    def say(self, note):
        self.notes.append(note)


def test_cine_goes_round_and_stops(qtbot):
    cine, view = Cine(), Steps()
    cine.change_rate(100)
    assert cine.rate == RATES[-1]
    cine.toggle(view)
    assert cine.runs
    assert view.notes == ["cine 60/s"]
    qtbot.waitUntil(lambda: len(view.seen) > 8)
    cine.toggle(view)
    assert not cine.runs
    assert view.notes[-1] == ""
    moved = [at for at, before in zip(view.seen, [0, *view.seen], strict=False) if at != before]
    assert moved[:5] == [1, 2, 0, 1, 2]
    cine.change_rate(-100)
    assert cine.rate == 1


def test_cine_of_one_slice_ends(qtbot):
    cine, view = Cine(), Steps()
    view.step = lambda _steps: False
    cine.toggle(view)
    qtbot.waitUntil(lambda: not cine.runs)


@pytest.fixture
def shown(full_desk, qtbot):
    full_desk.window.show()
    qtbot.waitExposed(full_desk.window)
    return full_desk


def test_cine_runs_the_view_until_a_click(shown, actions, qtbot):
    view, cine = shown.window.views.view("axial"), shown.window.views.cine
    before = shown.store.session.crosshair_lps_mm
    actions.run("view.cine.faster")
    actions.run("view.cine")
    qtbot.waitUntil(lambda: shown.store.session.crosshair_lps_mm != before)
    assert "cine 15/s" in view._note
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(5, 100))
    assert not cine.runs
    shown.window.findChild(type(shown.window.menuBar().actions()[0].menu()))
    for popup in shown.window.findChildren(type(shown.window.menuBar().actions()[0].menu())):
        popup.hide()
    actions.run("view.cine")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not cine.runs
    assert shown.store.session.volume is not None
    actions.run("view.cine")
    shown.workflow.close_study()
    assert not cine.runs


@pytest.mark.parametrize("plane", list(Plane))
def test_a_slab_is_shown_said_and_probed(shown, actions, plane, volume):
    view = shown.window.views.view(plane)
    one_slice = view.picture.image.copy()
    actions.run("view.slab.mip")
    view.grab()
    assert shown.store.session.view.slab_mm == 10.0
    assert view.picture.image != one_slice
    geometry, depth = view.navigation.geometry(), view.picture.depth
    count = round(10.0 / geometry.grid.spacing_mm[geometry.axes[0]])
    assert view.picture.slab_mm == pytest.approx(count * geometry.grid.spacing_mm[geometry.axes[0]])
    texts = corner_texts(shown.store.session, geometry, depth, 1.0, None, view.picture.slab_mm)
    assert texts.bottom_left[1] == f"MIP {view.picture.slab_mm:.1f} mm"
    planes = np.stack(
        [geometry.cut(volume.hu, d) for d in range(depth - count // 2, depth - count // 2 + count)]
    )
    assert view.picture.hu_at(30, 60) == planes[:, 30, 60].max()
    view.navigation.point(
        view.navigation.camera.to_screen(60.5 * geometry.pixel_mm[1], 30.5 * geometry.pixel_mm[0])
    )
    assert view.navigation.probe().text.startswith(f"MIP {planes[:, 30, 60].max()} ")
    actions.run("view.slab.off")
    view.grab()
    assert view.picture.image == one_slice


def test_slab_commands_and_panel_agree(shown, actions):
    store = shown.store
    actions.run("view.slab.thicker")
    assert store.session.view.slab_mm == 2.0
    actions.run("view.slab.minip")
    assert (store.session.view.slab_mode, store.session.view.slab_mm) == (SlabMode.MINIP, 2.0)
    panel = shown.window.docks["display"].widget()
    assert panel._slabs.currentData() == "view.slab.minip"
    assert panel._slab_mm.value() == 2.0
    panel._slab_mm.setValue(20.0)
    assert store.session.view.slab_mm == 20.0
    actions.run("view.slab.thinner")
    assert store.session.view.slab_mm == 15.0
    for _ in range(10):
        actions.run("view.slab.thinner")
    assert store.session.view.slab_mm == 0.0
    assert panel._slabs.currentData() == "view.slab.off"


def test_scores_do_not_come_from_slabs(shown, actions):
    before = shown.store.session.shown.scores
    actions.run("view.slab.mip")
    assert shown.store.session.shown.scores is before
