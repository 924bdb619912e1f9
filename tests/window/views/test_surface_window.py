"""The 3-D scene in a window of its own."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cacviewer.core.edits import GiveArtery
from cacviewer.core.lesions import Artery
from cacviewer.render.colours import ARTERY
from cacviewer.render.mesh import lesion_mesh, mesh_of
from cacviewer.ui.linked_views import LinkedViews
from cacviewer.ui.views.opengl import why_no_opengl


@pytest.fixture
def window(store, volume, anatomy, case, qtbot):
    if reason := why_no_opengl():
        pytest.skip(f"no OpenGL 3.2 here: {reason}")
    views = LinkedViews(store, with_surface=False)
    qtbot.addWidget(views)
    surfaces = SimpleNamespace(
        heart=mesh_of(anatomy.heart, volume.grid, 3.0),
        aorta=None,
        lesions={one.id: lesion_mesh(one.voxels, one.box, volume.grid) for one in case.lesions},
    )
    views.show_surfaces(surfaces)
    views.show()
    views.open_surface_window()
    window = views._surface_window
    window.resize(400, 400)
    qtbot.waitExposed(window)
    yield views, window
    if views._surface_window is not None:
        views._surface_window.close()
        qtbot.waitUntil(lambda: views._surface_window is None)


def test_an_edit_is_seen_and_a_click_selects(window, store, case, qtbot):
    _views, own = window
    lesion = case.scored[0]
    store.edit(GiveArtery((lesion.id,), Artery.RCA))

    def colour():
        return tuple(round(c * 255) for c in own.scene._lesions[lesion.id].GetProperty().GetColor())

    qtbot.waitUntil(lambda: colour() == tuple(ARTERY[Artery.RCA]), timeout=10_000)
    assert len(np.unique(own.scene.frame()[..., :3].reshape(-1, 3), axis=0)) > 50
    store.select(())
    x, y = own.scene.place(lesion.centroid_lps_mm)
    at = QPoint(round(x * own._interactor.width()), round(y * own._interactor.height()))
    QTest.mouseClick(own._interactor, Qt.MouseButton.LeftButton, pos=at)
    assert store.session.selection == (lesion.id,)


def test_there_is_one_and_it_can_be_opened_again(window, qtbot):
    views, own = window
    views.open_surface_window()
    assert views._surface_window is own
    own.close()
    qtbot.waitUntil(lambda: views._surface_window is None)
    views.open_surface_window()
    assert views._surface_window is not None
