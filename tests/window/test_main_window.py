from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)
from stand_ins import anatomy_of, inspection_of

from cacviewer import settings
from cacviewer.app import UnexpectedErrors
from cacviewer.core.edits import Reject
from cacviewer.core.errors import CannotWrite, UnreadableInput
from cacviewer.core.study import Patient, SeriesInfo
from cacviewer.reports.formats import Exported
from cacviewer.ui import theme
from cacviewer.ui.dialogs.about import AboutDialog
from cacviewer.ui.dialogs.keys import KeysDialog
from cacviewer.ui.dialogs.problem import ProblemDialog
from cacviewer.ui.drop import DropTarget
from cacviewer.ui.export import plain_name
from cacviewer.ui.progress import ProgressArea, time_left
from cacviewer.ui.recent import RecentMenu
from cacviewer.ui.view_area import LAYOUTS, ViewArea


def dialog(kind):
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


# --- opening ---------------------------------------------------------------------------------------------------


def test_open_folder_asks_and_opens(desk):
    desk.choices.folder = "/scans/roe"
    desk.window.actions_by_id.run("file.open_folder")
    assert desk.pool.order("scan").args == (["/scans/roe"],)


def test_nothing_chosen_nothing_opened(desk):
    desk.window.actions_by_id.run("file.open_folder")
    desk.window.actions_by_id.run("file.open_file")
    assert desk.choices.asked == ["folder_to_open", "file_to_open"]
    assert desk.pool.history == []


def test_edits_that_stand_nowhere_are_asked_for(full_desk, case):
    full_desk.store.edit(Reject((case.scored[0].id,)))
    full_desk.choices.drop = False
    full_desk.window.open_paths(["/other"])
    full_desk.window.close_study()
    full_desk.window.series.chosen.emit(1)
    assert full_desk.choices.asked == ["leaving"] * 3
    assert full_desk.pool.history == []
    assert full_desk.store.session.edits
    full_desk.choices.drop = True
    full_desk.window.open_paths(["/other"])
    assert full_desk.pool.waiting == ["scan"]


def test_a_window_with_such_edits_closes_only_when_allowed(full_desk, case):
    full_desk.store.edit(Reject((case.scored[0].id,)))
    full_desk.choices.drop = False
    event = QCloseEvent()
    full_desk.window.closeEvent(event)
    assert not event.isAccepted()


def test_drop_shows_a_frame_and_opens(desk, qtbot):
    desk.window.show()
    mime = QMimeData()
    mime.setUrls(
        [QUrl.fromLocalFile("/scans/a b"), QUrl.fromLocalFile("/scans/ليلى"), QUrl("https://example.org/x")]
    )
    frame = desk.window.findChild(DropTarget)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        desk.window, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    )
    assert frame.isVisible()
    desk.window.grab()  # draws the frame
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert not frame.isVisible()
    QApplication.sendEvent(
        desk.window, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    )
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none))
    assert desk.pool.order("scan").args == (["/scans/a b", "/scans/ليلى"],)


def test_an_opened_path_is_remembered_and_one_that_is_gone_is_grey(desk, volume, tmp_path, qtbot):
    desk.window.open_paths([str(tmp_path)])
    desk.pool.answer("scan", inspection_of(volume))
    desk.settings.remember("/gone")
    opened = []
    menu = RecentMenu(desk.settings, opened.append)
    qtbot.addWidget(menu)
    menu.fill()
    entries = {a.text(): a for a in menu.actions() if a.text()}
    assert not entries["/gone"].isEnabled()
    entries[str(tmp_path)].trigger()
    assert opened == [[str(tmp_path)]]
    entries["&Clear the list"].trigger()
    assert desk.settings.get(settings.RECENT) == ()


def test_the_title_names_the_patient(full_desk):
    assert full_desk.window.windowTitle() == "Roe, Jane · P-0042 · F – 2026-03-02 – cacviewer"
    full_desk.window.close_study()
    assert full_desk.window.windowTitle() == "cacviewer"


# --- progress, problems ----------------------------------------------------------------------------------------


def test_progress_and_cancel(desk, qtbot):
    desk.window.show()
    desk.window.open_paths(["/scans/roe"])
    area = desk.window.findChild(ProgressArea)
    qtbot.waitUntil(area.isVisible)
    desk.pool.progress.emit(desk.pool.ticket("scan"), "Looking for series", 0.4, 5.0)
    texts = [label.text() for label in area.findChildren(QLabel)]
    assert "Looking for series" in texts
    assert not any("left" in text for text in texts)  # not in the first second
    qtbot.wait(1050)
    desk.pool.progress.emit(desk.pool.ticket("scan"), "Looking for series", 0.5, 5.0)
    assert "5 s left" in [label.text() for label in area.findChildren(QLabel)]
    qtbot.mouseClick(area.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert desk.pool.cancelled == ["scan"]
    assert not area.isVisible()


def test_time_left_in_words():
    assert [time_left(s) for s in (0.2, 119, 120, 600)] == [
        "1 s left",
        "119 s left",
        "2 min left",
        "10 min left",
    ]


def test_a_problem_is_a_sentence_with_details_and_copy(full_desk, qtbot):
    full_desk.window.show()
    before = full_desk.store.session
    full_desk.window.open_paths(["/empty"])
    error = UnreadableInput(
        "There is no readable CT image in /empty.", path="/empty", remedy="Choose another folder."
    )
    error.add_note("Traceback of the child")
    full_desk.pool.refuse("scan", error)
    box = dialog(ProblemDialog)
    words = [label.text() for label in box.findChildren(QLabel)]
    assert any("There is no readable CT image in /empty.\n\nChoose another folder." in text for text in words)
    assert not any("Traceback" in text for text in words)
    details = box.findChild(QPlainTextEdit)
    assert not details.isVisible()
    buttons = {b.text(): b for b in box.findChildren(QPushButton)}
    buttons["&Details"].click()
    assert details.isVisible()
    assert "Traceback of the child" in details.toPlainText()
    buttons["&Copy"].click()
    assert QApplication.clipboard().text() == box.text
    box.close()
    assert full_desk.store.session is before


def test_an_unexpected_exception_is_shown_once_and_the_window_goes_on(full_desk, qtbot):
    full_desk.window.show()
    hook = UnexpectedErrors(full_desk.window)
    for _ in range(3):
        try:
            raise RuntimeError("of nobody's expectation")
        except RuntimeError as error:
            hook(RuntimeError, error, error.__traceback__)
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, ProblemDialog) and w.isVisible()]
    assert len(shown) == 1
    assert "of nobody's expectation" in shown[0].text
    shown[0].close()
    qtbot.waitUntil(lambda: hook._shown is None)
    full_desk.window.actions_by_id.run("lesion.next")
    assert full_desk.store.session.selection


def test_a_notice_stands_in_the_status_bar(desk):
    desk.pool.notice.emit("A worker ended unexpectedly; the job is tried once more.")
    assert desk.window.message.text().startswith("A worker ended")


# --- export ----------------------------------------------------------------------------------------------------


def test_export_of_both_goes_into_a_folder(full_desk, tmp_path):
    full_desk.choices.folder = str(tmp_path)
    full_desk.window.actions_by_id.run("file.export")
    targets = full_desk.pool.order("export").kwargs["targets"]
    assert targets == {"pdf": str(tmp_path / "report.pdf"), "csv": str(tmp_path / "scores.csv")}
    assert full_desk.settings.get(settings.EXPORT_FOLDER) == str(tmp_path)


def test_export_of_the_report_has_a_name(full_desk, tmp_path):
    full_desk.choices.file = str(tmp_path / "roe.pdf")
    full_desk.window.actions_by_id.run("file.export_pdf")
    assert full_desk.pool.order("export").kwargs["targets"] == {"pdf": str(tmp_path / "roe.pdf")}


def test_dicom_objects_and_masks_go_into_a_folder(full_desk, tmp_path):
    full_desk.choices.folder = str(tmp_path)
    full_desk.window.actions_by_id.run("file.export_dicom")
    names = {"seg": "seg.dcm", "sr": "sr.dcm", "epdf": "report.dcm", "sc": "key-images"}
    targets = {kind: str(tmp_path / name) for kind, name in names.items()}
    assert full_desk.pool.order("export").kwargs["targets"] == targets
    full_desk.pool.answer("export", Exported(()))
    full_desk.window.actions_by_id.run("file.export_masks")
    wanted = dict.fromkeys(("nifti", "nrrd", "stl", "ply"), str(tmp_path))
    assert full_desk.pool.order("export").kwargs["targets"] == wanted
    assert full_desk.settings.get(settings.EXPORT_FOLDER) == str(tmp_path)


def test_masks_that_are_there_are_asked_for(full_desk, tmp_path):
    (tmp_path / "aorta.stl").write_text("old")
    full_desk.choices.folder, full_desk.choices.overwrite = str(tmp_path), False
    full_desk.window.actions_by_id.run("file.export_masks")
    assert full_desk.choices.asked == ["folder_for_export", "may_overwrite"]
    assert full_desk.pool.waiting == []


@pytest.mark.parametrize("answer", [True, False])
def test_files_that_are_there_are_asked_for(full_desk, tmp_path, answer):
    (tmp_path / "lesions.csv").write_text("old")
    full_desk.choices.folder, full_desk.choices.overwrite = str(tmp_path), answer
    full_desk.window.actions_by_id.run("file.export_csv")
    assert full_desk.choices.asked == ["folder_for_export", "may_overwrite"]
    assert full_desk.pool.waiting == (["export"] if answer else [])


def test_no_folder_no_export(full_desk):
    full_desk.window.actions_by_id.run("file.export")
    full_desk.window.actions_by_id.run("file.export_pdf")
    assert full_desk.pool.history == []


def test_a_disk_that_is_full_is_a_sentence(full_desk, tmp_path):
    full_desk.window.show()
    full_desk.choices.folder = str(tmp_path)
    full_desk.window.actions_by_id.run("file.export")
    full_desk.pool.refuse(
        "export", CannotWrite("report.pdf cannot be written: the disk is full.", remedy="Make room.")
    )
    box = dialog(ProblemDialog)
    assert "the disk is full" in box.text
    box.close()


def test_file_names_have_no_patients_name():
    info = SeriesInfo(Patient("Roe^Jane", "P/0042 ü"), study_date="2026-03-02")
    assert plain_name(info) == "calcium_P_0042_ü_2026-03-02"
    assert plain_name(SeriesInfo()) == "calcium"


# --- places ----------------------------------------------------------------------------------------------------


def test_layouts_and_one_view_large(qtbot):
    area = ViewArea()
    qtbot.addWidget(area)
    for name in ("axial", "sagittal", "coronal"):
        area.set_view(name, QWidget(area))
    area.show()

    def visible():
        return {n for n in ("axial", "sagittal", "coronal", "surface") if area.view(n).isVisible()}

    for name, cells in LAYOUTS.items():
        area.set_layout(name)
        assert visible() == set(cells)
    area.set_layout("big")
    area.maximise("coronal")
    assert visible() == {"coronal"}
    area.maximise("coronal")
    assert visible() == set(LAYOUTS["big"])
    area.set_view("surface", QWidget(area))
    assert visible() == set(LAYOUTS["big"])


def test_double_click_makes_a_view_large_and_back(full_desk, qtbot):
    full_desk.window.show()
    view = full_desk.window.views.view("sagittal")
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert full_desk.window.views.large == "sagittal"
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert full_desk.window.views.large == ""


def test_the_layout_is_remembered(desk):
    desk.window.actions_by_id.run("view.layout.axial")
    assert desk.settings.get(settings.LAYOUT) == "axial"
    desk.window.close()
    assert desk.settings.get(settings.WINDOW_PLACE)
    assert desk.settings.get(settings.WINDOW_PANELS)


def test_a_jump_through_all_views_draws_without_a_warning(full_desk, qtbot):
    full_desk.window.show()
    qtbot.waitExposed(full_desk.window)
    for id in (
        "lesion.next",
        "lesion.reject",
        "view.layout.big",
        "view.overlays",
        "edit.undo",
        "view.layout.grid",
    ):
        full_desk.window.actions_by_id.run(id)
        full_desk.window.grab()


def test_f6_walks_through_the_panes(full_desk, qtbot):
    window = full_desk.window
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=5000)
    window.views.view("axial").setFocus()
    seen = []
    for _ in range(8):
        window.actions_by_id.run("view.next_pane")
        focus = QApplication.focusWidget()
        panes = {"views": window.views, **{n: d.widget() for n, d in window.docks.items()}}
        seen.append(next(n for n, pane in panes.items() if pane.isAncestorOf(focus)))
    assert seen == ["series", "findings", "display", "patient", "results", "lesions", "history", "views"]


def test_the_keyboard_stays_in_the_views_when_one_is_hidden(full_desk, qtbot):
    window = full_desk.window
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=5000)
    window.views.view("sagittal").setFocus()
    window.actions_by_id.run("view.layout.axial")
    assert QApplication.focusWidget() is window.views.view("axial")


def test_full_screen_and_back(desk):
    desk.window.show()
    desk.window.actions_by_id.run("view.full_screen")
    assert desk.window.isFullScreen()
    desk.window.actions_by_id.run("view.full_screen")
    assert not desk.window.isFullScreen()


def test_sheets_open_and_close(desk):
    desk.window.show()
    for id, kind in (("help.keys", KeysDialog), ("help.about", AboutDialog)):
        desk.window.actions_by_id.run(id)
        box = dialog(kind)
        box.grab()
        box.close()


def test_closing_stops_the_jobs(desk, volume):
    desk.window.show()
    desk.window.open_paths(["/scans/roe"])
    desk.pool.answer("scan", inspection_of(volume))
    desk.pool.answer("load", volume)
    desk.window.close()
    assert desk.pool.waiting == []
    assert not desk.window.isVisible()


# --- for everybody ---------------------------------------------------------------------------------------------

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QAbstractItemView)


def test_everything_has_a_name_for_a_screen_reader(full_desk):
    full_desk.window.show()
    nameless = []
    for widget in full_desk.window.findChildren(QWidget):
        if (
            not isinstance(widget, CONTROLS)
            or not widget.isVisible()
            or widget.objectName().startswith("qt_")
        ):
            continue
        if isinstance(widget, QScrollBar):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text or widget.toolTip()):
            nameless.append(widget)
    qts_own = ("QDockWidgetTitleButton", "QHeaderView", "QTableCornerButton", "QComboBoxListView")
    assert [w for w in nameless if w.metaObject().className() not in qts_own] == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_contrast_of_the_colours(name):
    c = theme.THEMES[name]
    for ground in (c.ground, c.panel, c.raised):
        for text in (c.text, c.faint):
            assert theme.contrast(text, ground) >= 4.5, (text, ground)
        for sign in (c.ready, c.warning, c.refusal, c.info, c.accent):
            assert theme.contrast(sign, ground) >= 3, (sign, ground)
    assert theme.contrast(c.chosen_text, c.chosen) >= 4.5


def test_the_menu_bar_has_what_people_look_for(desk):
    texts = [a.text() for menu in desk.window.findChildren(QMenu) for a in menu.actions()]
    for wanted in ("&Open DICOM folder…", "Export &PDF…", "Export &CSV…", "Soft tissue", "&Keys"):
        assert wanted in texts


def test_segmented_heart_is_told_before_the_scores(desk, volume):
    desk.show(volume, anatomy_of(volume))
    facts = desk.window.docks["results"].widget().findChild(QLabel, "facts").text()
    assert facts.startswith("Heart ")
    assert Path(volume.source).name == "roe"
