"""Pictures arrive one after the other, and only for the input that is shown."""

import numpy as np
from PySide6.QtWidgets import QTreeWidget
from stand_ins import StandInPool, inspection_of

from cacviewer.core.errors import WorkerDied
from cacviewer.ui.panels.series import PICTURE_PX, SeriesPanel
from cacviewer.ui.store import SessionStore
from cacviewer.ui.thumbnails import Thumbnails

GRAYS = np.full((30, 40), 200, np.uint8)


def picture_of(panel, series):
    tree = panel.findChild(QTreeWidget)
    for patient in range(tree.topLevelItemCount()):
        studies = tree.topLevelItem(patient)
        for study in range(studies.childCount()):
            for leaf in range(studies.child(study).childCount()):
                item = studies.child(study).child(leaf)
                if series.description and series.description in item.text(0):
                    return item.icon(0).pixmap(PICTURE_PX, PICTURE_PX).toImage()
    raise AssertionError("no such series")


def test_pictures_come_after_the_volume_and_stay_with_their_input(qtbot, volume):
    store, pool = SessionStore(), StandInPool()
    panel = SeriesPanel(store)
    qtbot.addWidget(panel)
    thumbnails = Thumbnails(store, pool)
    thumbnails.made.connect(panel.show_picture)
    inspection = inspection_of(volume)
    store.show_inspection(inspection)
    assert pool.history == []
    store.show_volume(volume)
    assert pool.history == ["thumbnail"]
    info = inspection.series[inspection.chosen].info
    before = picture_of(panel, info)
    pool.answer("thumbnail", GRAYS)
    after = picture_of(panel, info)
    assert after != before
    assert after.pixelColor(10, PICTURE_PX // 2).red() == 200
    pool.refuse("thumbnail", WorkerDied("gone"))  # the next one is asked for all the same
    assert pool.history == ["thumbnail"] * 3
    other = inspection_of(volume)
    store.show_inspection(other)
    pool.answer("thumbnail", GRAYS)  # of the input before: nobody's picture any more
    assert pool.history == ["thumbnail"] * 3
    assert picture_of(panel, info) == before
