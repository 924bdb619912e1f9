from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from cacviewer import paths
from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.core.session import Session
from cacviewer.ui.actions import COMMANDS, MENUS, RECENT, SEPARATOR, TOOL_BAR, WITH_ARGUMENT
from cacviewer.ui.dialogs.keys import key_rows
from cacviewer.ui.lesion_rows import numbers_of

EMPTY = Session()
ALWAYS = {
    "edit.preferences",
    *("file.open_folder", "file.open_file", "file.open_session", "file.quit", "help.keys", "help.about"),
    *(row.id for row in COMMANDS if row.id.startswith("tool.")),
    "lesion.clear",
}


def test_ids_are_unique():
    assert max(Counter(row.id for row in COMMANDS).values()) == 1


def test_no_key_has_two_commands():
    keys = Counter(QKeySequence(key).toString() for row in COMMANDS for key in row.keys)
    assert [key for key, n in keys.items() if n > 1] == []


def test_every_key_is_one_that_qt_knows():
    for row in COMMANDS:
        for key in row.keys:
            assert QKeySequence(key).toString(), (row.id, key)


def test_menus_and_tool_bar_name_known_commands_once():
    known = {row.id for row in COMMANDS}
    in_menus = [id for _, ids in MENUS for id in ids if id not in (SEPARATOR, RECENT)]
    assert set(in_menus) | WITH_ARGUMENT == known
    assert len(in_menus) == len(set(in_menus))
    assert {id for id in TOOL_BAR if id} <= known


def test_every_icon_is_there():
    for row in COMMANDS:
        if row.icon:
            assert paths.resource(f"icons/{row.icon}.svg").stat().st_size


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.id)
def test_enabled_when_follows_the_session(row, full_desk):
    needs_study = not row.id.startswith("view.") and row.id not in ALWAYS
    if needs_study:
        assert not row.enabled(EMPTY)
    elif row.id in ALWAYS:
        assert row.enabled(EMPTY)
    action = full_desk.window.actions_by_id.action(row.id)
    assert action.isEnabled() == row.enabled(full_desk.store.session)


def test_keys_of_the_arteries_give_the_selected_lesion(full_desk, actions):
    lesion = full_desk.store.session.shown.scored[0]
    full_desk.store.select((lesion.id,))
    for artery in Artery:
        actions.run(f"lesion.give.{artery.value}")
        assert full_desk.store.session.shown.lesion(lesion.id).artery is artery


def test_giving_what_it_has_makes_no_edit(full_desk, actions):
    lesion = full_desk.store.session.shown.scored[0]
    full_desk.store.select((lesion.id,))
    actions.run(f"lesion.give.{lesion.artery.value}")
    assert full_desk.store.session.edits == ()


def test_reject_and_take_back(full_desk, actions):
    session = full_desk.store.session
    total, lesion = session.shown.scores.total, session.shown.scored[0]
    full_desk.store.select((lesion.id,))
    actions.run("lesion.reject")
    assert full_desk.store.session.shown.lesion(lesion.id).kind is LesionClass.REJECTED
    assert full_desk.store.session.shown.scores.total.agatston < total.agatston
    assert not actions.action("lesion.reject").isEnabled()
    actions.run("lesion.restore")
    back = full_desk.store.session.shown
    assert back.lesion(lesion.id).artery is lesion.artery
    assert back.scores.total.agatston == pytest.approx(total.agatston)


def test_nothing_selected_nothing_edited(full_desk, actions):
    actions.run("lesion.reject")
    actions.run("lesion.give.LAD")
    assert full_desk.store.session.edits == ()


def test_undo_and_redo_say_what(full_desk, actions):
    lesion = full_desk.store.session.shown.scored[1]
    full_desk.store.select((lesion.id,))
    actions.run("lesion.reject")
    number = numbers_of(full_desk.store.session)[lesion.id]
    assert actions.action("edit.undo").text() == f"&Undo: Exclude lesion {number}"
    actions.run("edit.undo")
    assert full_desk.store.session.shown is full_desk.store.session.automatic
    assert actions.action("edit.redo").text() == f"&Redo: Exclude lesion {number}"
    actions.run("edit.redo")
    assert not full_desk.store.session.shown.lesion(lesion.id).is_scored


def test_walk_goes_through_all_and_around(full_desk, actions):
    ids = [lesion.id for lesion in full_desk.store.session.shown.lesions]
    seen = []
    for _ in ids:
        actions.run("lesion.next")
        seen.append(full_desk.store.session.selection[0])
    assert seen == ids
    actions.run("lesion.next")
    assert full_desk.store.session.selection == (ids[0],)
    actions.run("lesion.previous")
    assert full_desk.store.session.selection == (ids[-1],)


def test_walk_moves_the_crosshair_into_the_lesion(full_desk, actions):
    actions.run("lesion.next")
    session = full_desk.store.session
    assert session.crosshair_lps_mm == session.shown.lesions[0].centroid_lps_mm


def test_walk_goes_on_after_a_rejection(full_desk, actions):
    ids = [lesion.id for lesion in full_desk.store.session.shown.lesions]
    actions.run("lesion.next")
    actions.run("lesion.reject")
    actions.run("lesion.next")
    assert full_desk.store.session.selection == (ids[1],)


def test_overlays_cycle_through_three_states(full_desk, actions):
    def state():
        view = full_desk.store.session.view
        return view.show_heart, view.show_calcium, view.show_text, view.show_crosshair

    seen = [state()]
    for _ in range(3):
        actions.run("view.overlays")
        seen.append(state())
    assert seen == [(True,) * 4, (True, True, False, False), (False,) * 4, (True,) * 4]


def test_presets(full_desk, actions):
    actions.run("view.preset.2")
    view = full_desk.store.session.view
    assert (view.window_width, view.window_center) == (1500, -600)
    actions.run("view.preset.7")
    view = full_desk.store.session.view
    assert 500 < view.window_width < 2500
    actions.run("view.preset.0")  # the file asks for nothing: soft tissue
    view = full_desk.store.session.view
    assert (view.window_width, view.window_center) == (350, 50)


def test_switches_show_their_state(full_desk, actions):
    action = actions.action("view.crosshair")
    assert action.isChecked()
    action.trigger()
    assert not full_desk.store.session.view.show_crosshair
    assert not action.isChecked()


def test_sheet_of_keys_has_every_key():
    text = "\n".join(keys for _, keys, _ in key_rows())
    for row in COMMANDS:
        for key in row.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in text


# --- keys on a real window -----------------------------------------------------------------------------------


@pytest.fixture
def shown(full_desk, qtbot):
    full_desk.window.show()
    qtbot.waitExposed(full_desk.window)
    full_desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is full_desk.window, timeout=5000)
    return full_desk


def test_a_letter_decides(shown, qtbot):
    lesion = shown.store.session.shown.scored[0]
    shown.store.select((lesion.id,))
    shown.window.views.view("axial").setFocus()
    qtbot.keyClick(shown.window.views.view("axial"), Qt.Key.Key_X)
    assert shown.store.session.shown.lesion(lesion.id).artery is Artery.LCX


def test_a_letter_in_a_text_field_is_a_letter(shown, qtbot):
    shown.store.select((shown.store.session.shown.scored[0].id,))
    spin = shown.window.docks["display"].widget().findChild(type(_spin(shown)))
    spin.setFocus()
    qtbot.keyClick(spin, Qt.Key.Key_5)
    qtbot.keyClick(spin, Qt.Key.Key_X)
    assert shown.store.session.edits == ()
    assert shown.store.session.view.window_center == 50


def _spin(desk):
    from PySide6.QtWidgets import QSpinBox

    return desk.window.docks["display"].widget().findChildren(QSpinBox)[0]


def test_space_presses_a_check_box_and_turns_overlays_elsewhere(shown, qtbot):
    from PySide6.QtWidgets import QCheckBox

    check = shown.window.docks["display"].widget().findChildren(QCheckBox)[0]
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    view = shown.store.session.view
    assert not view.show_heart
    assert view.show_text
    axial = shown.window.views.view("axial")
    axial.setFocus()
    qtbot.keyClick(axial, Qt.Key.Key_Space)
    assert not shown.store.session.view.show_text


def test_an_arabic_letter_acts_by_its_key(shown):
    lesion = shown.store.session.shown.scored[0]
    shown.store.select((lesion.id,))
    # ي stands on the key of D: X11 code 40
    event = QKeyEvent(QEvent.Type.KeyPress, 0x064A, Qt.KeyboardModifier.NoModifier, 40, 0, 0, "ي")
    shown.window.views.view("axial").setFocus()
    QApplication.sendEvent(shown.window, event)
    assert shown.store.session.shown.lesion(lesion.id).artery is Artery.LAD


def test_right_click_on_a_lesion_opens_its_menu(shown, qtbot):
    lesion = shown.store.session.shown.scored[1]
    shown.window.views.context_requested.emit(lesion.id, QPoint(300, 300))
    menu = QApplication.activePopupWidget()
    assert shown.store.session.selection == (lesion.id,)
    assert [a.shortcut().toString() for a in menu.actions()][:5] == ["M", "D", "X", "R", "U"]
    menu.close()
    qtbot.wait(10)
