import time
from dataclasses import replace

import numpy as np
import pytest

from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.session import ViewState
from cacviewer.render.colours import ARTERY, HEART
from cacviewer.render.labels import (
    AORTA_BIT,
    HEART_BIT,
    LABELS,
    SELECTED_BIT,
    lesion_code,
    organ_labels,
    organ_slice,
    overlay_table,
    patches,
    put_lesions,
)
from cacviewer.render.planes import Plane, slice_geometry

from .scenes import lesion

GRID = Grid((6, 20, 30), (3, 1, 1))
AXIAL = slice_geometry(Plane.AXIAL, GRID)


def label_slice(shape, heart, aorta, lesions, selection=()):
    """The labels as the views make them: organs once, lesions at every edit."""
    labels = organ_labels(shape, heart, aorta)
    put_lesions(labels, lesions, selection)
    return labels


def test_labels_of_a_slice():
    heart = np.zeros(GRID.shape_zyx, bool)
    heart[1:5, 2:18, 2:28] = True
    aorta = np.zeros_like(heart)
    aorta[2, 0:6, 0:6] = True
    lad = lesion("lad", (2, 4, 4, 4, 6, 6), Artery.LAD)
    rib = lesion("rib", (2, 5, 5, 3, 8, 8), kind=LesionClass.BONE)
    found = patches(AXIAL, 2, [lad, rib])
    assert [patch.lesion.id for patch in found] == ["rib", "lad"]  # what counts is painted last
    labels = label_slice(
        AXIAL.shape, organ_slice(AXIAL, 2, heart), organ_slice(AXIAL, 2, aorta), found, ("lad",)
    )
    assert labels[0, 0] == AORTA_BIT
    assert labels[3, 3] == AORTA_BIT | HEART_BIT
    assert labels[4, 4] == labels[5, 5] == AORTA_BIT | HEART_BIT | SELECTED_BIT | 2
    assert labels[7, 7] == HEART_BIT | 6
    assert labels[19, 29] == 0
    assert int(labels.max()) < LABELS


def test_organs_of_another_size_or_outside_the_slice_are_none():
    assert organ_slice(AXIAL, 0, None) is None
    assert organ_slice(AXIAL, 0, np.zeros((0, 0, 0), bool)) is None
    assert organ_slice(AXIAL, 0, np.zeros(GRID.shape_zyx, bool)) is None


def test_codes_are_those_of_the_mask_file():
    box = (0, 0, 0, 1, 1, 1)
    assert [lesion_code(lesion("x", box, artery)) for artery in Artery] == [1, 2, 3, 4, 5]
    assert lesion_code(lesion("x", box, Artery.LM, LesionClass.AORTA)) == 6


def test_table_has_what_is_switched_on():
    view = ViewState(heart_opacity=1.0, calcium_opacity=1.0)
    table = overlay_table(view).reshape(LABELS, 256)
    assert table[HEART_BIT, 10] & 0xFFFFFF == HEART[0] << 16 | HEART[1] << 8 | HEART[2]
    red, green, blue = ARTERY[Artery.LAD]
    assert table[HEART_BIT | 2, 10] & 0xFFFFFF == red << 16 | green << 8 | blue
    assert table[6, 10] == table[0, 10]  # other calcium has a hatch, no fill
    hidden = overlay_table(replace(view, show_heart=False, show_aorta=False, show_calcium=False))
    assert np.array_equal(hidden.reshape(LABELS, 256)[HEART_BIT | AORTA_BIT | 2], table[0])


@pytest.mark.parametrize("plane", list(Plane))
def test_an_edit_is_drawn_within_five_milliseconds(plane):
    """400 lesions on 512 x 512 x 57: the labels of the slice are made new after each edit."""
    grid = Grid((57, 512, 512), (2.5, 0.4, 0.4))
    rng = np.random.default_rng(1)
    heart = np.zeros(grid.shape_zyx, bool)
    heart[8:50, 100:400, 100:400] = True
    starts = rng.integers((8, 100, 100), (46, 380, 380), (400, 3))
    lesions = [lesion(f"{i}", (*map(int, s), *(int(v) + 4 for v in s))) for i, s in enumerate(starts)]
    geometry = slice_geometry(plane, grid)
    depth = geometry.slices // 2
    times = []
    for _ in range(7):
        start = time.process_time()
        label_slice(
            geometry.shape, organ_slice(geometry, depth, heart), None, patches(geometry, depth, lesions)
        )
        times.append(time.process_time() - start)
    assert min(times) < 0.005
