"""Every panel alone, from a store."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableView,
    QTableWidget,
    QToolButton,
    QTreeWidget,
)
from stand_ins import anatomy_of, case_of, chest, inspection_of

from cacviewer.core.categories import classic5, reported, reported_text
from cacviewer.core.edits import GiveArtery, Reject
from cacviewer.core.findings import finding
from cacviewer.core.lesions import Artery
from cacviewer.core.patient import PatientInputs
from cacviewer.core.quantities import AGATSTON, PER_ARTERY
from cacviewer.core.session import Session
from cacviewer.core.study import Patient, SeriesInfo, Verdict
from cacviewer.storage.case_json import write_case
from cacviewer.ui.edit_texts import edit_text
from cacviewer.ui.lesion_rows import numbers_of, rows_of
from cacviewer.ui.panels.display import DisplayPanel
from cacviewer.ui.panels.findings import FindingsPanel, findings_of
from cacviewer.ui.panels.gauge import LABELS, CategoryGauge, place_of
from cacviewer.ui.panels.history import HistoryPanel
from cacviewer.ui.panels.lesion_model import COLUMNS, LesionModel, spoken
from cacviewer.ui.panels.lesions import LesionsPanel
from cacviewer.ui.panels.patient import PatientPanel
from cacviewer.ui.panels.results import AUTOMATIC, ROWS, ResultsPanel
from cacviewer.ui.panels.series import SeriesPanel, patient_text, series_text


def at(case):
    """A session that shows a case."""
    return Session(automatic=case, shown=case)


def made(qtbot, kind, *args):
    panel = kind(*args)
    qtbot.addWidget(panel)
    panel.resize(420, 500)
    panel.show()
    return panel


def change_language(panel):
    QCoreApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))


# --- results -------------------------------------------------------------------------------------------------


def cells(panel):
    table = panel.findChild(QTableWidget)
    return [[table.item(r, c).text() for c in range(table.columnCount())] for r in range(table.rowCount())]


def test_results_without_a_scan_are_dashes(desk, qtbot):
    panel = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    assert {text for row in cells(panel) for text in row} == {"–"}
    assert panel.findChild(QLabel, "category").text() == "No scan is open."


def test_results_are_those_of_the_case(full_desk, qtbot, case):
    panel = made(qtbot, ResultsPanel, full_desk.store, full_desk.window.actions_by_id)
    for artery, row in zip(ROWS, cells(panel), strict=True):
        score = case.scores.total if artery is None else case.scores.by_artery[artery]
        assert row[1:AUTOMATIC] == [quantity.text(score) for quantity in PER_ARTERY]
    assert reported_text(case.scores.total.agatston) in panel.findChild(QLabel, "total").text()
    assert case.category.cac_drs in panel.findChild(QLabel, "category").text()
    facts = panel.findChild(QLabel, "facts").text()
    assert "130 HU" in facts
    assert f"Agatston {reported_text(case.stability.low)} to {reported_text(case.stability.high)}" in facts
    assert f"{case.heart.volume_ml:.0f} ml" in facts


def test_results_follow_an_edit_and_name_the_automatic_total(full_desk, qtbot, case):
    panel = made(qtbot, ResultsPanel, full_desk.store, full_desk.window.actions_by_id)
    assert panel.findChild(QLabel, "automatic").text() == ""
    full_desk.store.edit(GiveArtery((case.scored[0].id,), Artery.RCA))
    assert panel.findChild(QLabel, "automatic").text() == ""  # the total is the same
    full_desk.store.edit(Reject((case.scored[0].id,)))
    assert cells(panel)[-1][1] == AGATSTON.text(full_desk.store.session.shown.scores.total)
    assert reported_text(case.scores.total.agatston) in panel.findChild(QLabel, "automatic").text()


def test_the_automatic_score_stands_beside_the_readers(full_desk, qtbot, case):
    panel = made(qtbot, ResultsPanel, full_desk.store, full_desk.window.actions_by_id)
    table = panel.findChild(QTableWidget)
    assert table.isColumnHidden(AUTOMATIC)
    moved = case.scored[0]
    full_desk.store.edit(Reject((moved.id,)))
    assert not table.isColumnHidden(AUTOMATIC)
    shown = full_desk.store.session.shown.scores
    for artery, row in zip(ROWS, cells(panel), strict=True):
        before = case.scores.total if artery is None else case.scores.by_artery[artery]
        after = shown.total if artery is None else shown.by_artery[artery]
        if artery is None or artery is moved.artery:
            assert row[AUTOMATIC] == f"{before.agatston:.1f} ({after.agatston - before.agatston:+.1f})"
        else:
            assert row[AUTOMATIC] == row[1]
    full_desk.store.undo()
    assert table.isColumnHidden(AUTOMATIC)


def test_the_gauge_puts_every_score_in_its_category():
    scores = [0, 0.3, 1, 1.4, 10, 10.4, 10.5, 11, 100.4, 100.6, 101, 400.4, 400.5, 401, 1500, 9000]
    places = [place_of(score) for score in scores]
    assert places == sorted(places)
    for score, place in zip(scores, places, strict=True):
        assert LABELS[int(place * len(LABELS))] == classic5(reported(score))


def test_the_gauge_shows_the_score_and_its_interval(full_desk, qtbot, case):
    panel = made(qtbot, ResultsPanel, full_desk.store, full_desk.window.actions_by_id)
    gauge = panel.findChild(CategoryGauge)
    assert gauge.isVisible()
    stability, total = case.stability, case.scores.total.agatston
    assert gauge.marks == (place_of(total), place_of(stability.low), place_of(stability.high))
    assert reported_text(total) in gauge.accessibleName()
    full_desk.store.show_volume(chest())
    assert not gauge.isVisible()


def test_corrections_without_their_lesion_are_told(full_desk, qtbot, case):
    store, said = full_desk.store, []
    store.refused.connect(said.append)
    gone = case.scored[0].id
    store.edit(Reject((gone,)))
    store.show_case(case)
    assert said == []  # the lesion is there again
    store.show_case(replace(case, lesions=tuple(s for s in case.lesions if s.id != gone)))
    assert said == ["Corrections of lesions that this result no longer has: 1. They change nothing."]
    store.undo()
    store.redo()
    assert said[1:] == ["The lesion of this correction is no longer there: nothing changes."] * 2


def test_the_artery_of_a_lesion_says_how_sure_it_is(full_desk):
    rows = rows_of(full_desk.store.session)
    sure = replace(rows[0], lesion=replace(rows[0].lesion, artery=Artery.LAD, artery_confidence=0.734))
    model = LesionModel()
    model.set_rows((sure,))
    tip = model.data(model.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert tip == f"LAD: confidence 73 %. {sure.lesion.reason}"
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ToolTipRole) == sure.lesion.reason


def test_results_say_why_there_is_no_score(desk, qtbot):
    volume = chest()
    refused = case_of(
        volume, findings=(finding("contrast_seen", place="ascending aorta", blood_hu=310, limit_hu=150),)
    )
    desk.show(volume, anatomy_of(volume), refused)
    panel = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    assert panel.findChild(QLabel, "total").text() == "Not scored"
    assert "Contrast medium" in panel.findChild(QLabel, "category").text()
    assert cells(panel)[-1][1] == "–"


def test_results_say_why_a_series_is_only_viewed(desk, qtbot):
    desk.show(chest(findings=(finding("single_slice"),)))
    panel = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    assert panel.findChild(QLabel, "total").text() == "Not scored"
    assert "only one slice" in panel.findChild(QLabel, "category").text()


@pytest.mark.parametrize(
    ("findings", "total"),
    [((finding("fov_cut", where="left"),), "at least"), ((finding("tin_filter"),), "estimate")],
)
def test_a_total_that_is_no_plain_one_says_so(desk, qtbot, findings, total):
    volume = chest()
    desk.show(volume, anatomy_of(volume), case_of(volume, findings=findings))
    panel = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    assert total in panel.findChild(QLabel, "total").text()


def test_results_speak_of_work_only_while_there_is_work(desk, qtbot):
    desk.show(chest())
    panel = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    assert "F5" in panel.findChild(QLabel, "category").text()


def test_edits_carry_reviewer_and_time(full_desk, case):
    full_desk.store.select((case.scored[0].id,))
    full_desk.window.actions_by_id.run("lesion.reject")
    (edit,) = full_desk.store.session.edits
    assert edit.reviewer
    assert datetime.fromisoformat(edit.at).tzinfo is not None


def test_a_double_click_on_an_artery_selects_its_lesions(full_desk, qtbot):
    panel = made(qtbot, ResultsPanel, full_desk.store, full_desk.window.actions_by_id)
    with qtbot.waitSignal(full_desk.window.actions_by_id.ran) as ran:
        panel.findChild(QTableWidget).cellDoubleClicked.emit(1, 0)
    assert ran.args == ["lesion.select_artery"]
    shown = full_desk.store.session.shown
    assert set(full_desk.store.session.selection) == {s.id for s in shown.scored if s.artery is Artery.LAD}
    change_language(panel)


# --- lesions -------------------------------------------------------------------------------------------------


def test_lesion_rows_are_counted_first_and_keep_their_numbers(case):
    rows = rows_of(at(case))
    assert [row.lesion.is_scored for row in rows] == sorted(
        (row.lesion.is_scored for row in rows), reverse=True
    )
    assert sorted(row.number for row in rows) == list(range(1, len(rows) + 1))
    assert rows_of(Session()) == ()
    assert edit_text(Reject((case.lesions[2].id,)), numbers_of(at(case))) == "Exclude lesion 3"


def test_lesion_table_shows_what_the_case_has(full_desk, qtbot, case):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    model = panel.findChild(QTableView).model()
    assert model.rowCount() == len(case.lesions)
    texts = {
        model.headerData(c, Qt.Orientation.Horizontal): model.index(0, c).data() for c in range(len(COLUMNS))
    }
    first = rows_of(at(case))[0]
    assert texts["Agatston"] == AGATSTON.text(first.score)
    assert texts["Artery"] == first.lesion.artery.label
    assert texts["Max HU"] == str(first.lesion.max_hu)
    assert texts["Slice"] == str(first.slice_number)
    assert texts["Reason"] == first.lesion.reason


def test_a_click_jumps_to_the_lesion(full_desk, qtbot, case):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    table = panel.findChild(QTableView)
    index = table.model().index(1, 1)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    lesion = rows_of(at(case))[1].lesion
    assert full_desk.store.session.selection == (lesion.id,)
    assert full_desk.store.session.crosshair_lps_mm == lesion.centroid_lps_mm


def test_the_table_follows_the_selection_and_keeps_it_through_an_edit(full_desk, qtbot, case):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    table = panel.findChild(QTableView)
    lesion = case.scored[2]
    full_desk.store.select((lesion.id,))
    assert [i.data(Qt.ItemDataRole.UserRole + 1) for i in table.selectionModel().selectedRows()] == [
        lesion.id
    ]
    full_desk.store.edit(Reject((lesion.id,)))
    assert [i.data(Qt.ItemDataRole.UserRole + 1) for i in table.selectionModel().selectedRows()] == [
        lesion.id
    ]
    assert full_desk.store.session.selection == (lesion.id,)


def test_several_rows_are_one_edit(full_desk, qtbot, case):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    panel.findChild(QTableView).selectAll()
    assert set(full_desk.store.session.selection) == {s.id for s in case.lesions}
    full_desk.window.actions_by_id.run("lesion.reject")
    assert len(full_desk.store.session.edits) == 1
    assert full_desk.store.session.shown.scores.total.agatston == 0


def test_sorting_by_a_column(full_desk, qtbot):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    table = panel.findChild(QTableView)
    column = next(i for i, c in enumerate(COLUMNS) if c.title == "Max HU")
    table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    values = [int(table.model().index(r, column).data()) for r in range(table.model().rowCount())]
    assert values == sorted(values, reverse=True)


def test_buttons_print_their_keys_and_follow_the_selection(full_desk, qtbot, case):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    buttons = {b.text(): b for b in panel.findChildren(QToolButton)}
    assert {"LM  M", "LAD  D", "LCx  X", "RCA  R"} <= set(buttons)
    assert not buttons["RCA  R"].isEnabled()
    full_desk.store.select((case.scored[0].id,))
    qtbot.mouseClick(buttons["RCA  R"], Qt.MouseButton.LeftButton)
    assert full_desk.store.session.shown.lesion(case.scored[0].id).artery is Artery.RCA
    change_language(panel)


def test_the_lesion_model_keeps_qts_rules(case, qtmodeltester):
    model = LesionModel()
    model.set_rows(rows_of(at(case)))
    qtmodeltester.check(model)
    model.set_rows(rows_of(at(replace(case, lesions=case.lesions[:2]))))
    qtmodeltester.check(model)


def test_a_row_reads_aloud(case):
    rows = rows_of(at(case))
    assert spoken(rows[0]).startswith(f"Lesion {rows[0].number}, LAD, Agatston ")
    assert spoken(rows[-1]).endswith("Bone, not counted")


# --- findings ------------------------------------------------------------------------------------------------


def test_findings_come_worst_first_and_each_once(desk, qtbot):
    found = (
        finding("gating_unknown"),
        finding("not_gated"),
        finding("missing_slices", count=2, where="F 12.0", numbers="4, 5", of=40),
    )
    desk.show(chest(findings=found))
    panel = made(qtbot, FindingsPanel, desk.store)
    rows = panel.findChild(QListWidget)
    texts = [rows.item(i).text() for i in range(rows.count())]
    assert texts[0].startswith("No score: 2 slices are missing at F 12.0 mm")
    assert "→ Export the series again" in texts[0]
    assert texts[1].startswith("Warning: ")
    assert texts[2].startswith("Note: ")
    assert len(texts) == len(set(texts)) == len(findings_of(desk.store.session))
    change_language(panel)


def test_a_click_on_a_finding_goes_to_its_slice(desk, qtbot):
    volume = chest(findings=(finding("decode_failed", slices=(7, 8), count=2),))
    desk.show(volume)
    panel = made(qtbot, FindingsPanel, desk.store)
    rows = panel.findChild(QListWidget)
    assert "Slices 8, 9" in rows.item(0).text()
    rows.itemClicked.emit(rows.item(0))
    assert round(volume.grid.index_zyx(desk.store.session.crosshair_lps_mm)[0]) == 7


def test_nothing_found_is_said(desk, qtbot):
    panel = made(qtbot, FindingsPanel, desk.store)
    rows = panel.findChild(QListWidget)
    assert rows.count() == 0
    desk.store.show_volume(chest())
    assert [rows.item(i).text() for i in range(rows.count())] == ["Nothing to report."]
    rows.itemClicked.emit(rows.item(0))


def test_findings_of_an_input_without_a_usable_series(desk, volume):
    desk.store.show_inspection(inspection_of(volume, chosen=None))
    assert {"localizer", "missing_position", "not_dicom"} <= {f.code for f in findings_of(desk.store.session)}


# --- series --------------------------------------------------------------------------------------------------


def leaves(panel):
    tree = panel.findChild(QTreeWidget)
    study = tree.topLevelItem(0).child(0)
    return [study.child(i) for i in range(study.childCount())]


def test_series_say_in_words_what_they_are_good_for(desk, qtbot, volume):
    panel = made(qtbot, SeriesPanel, desk.store)
    assert "Ctrl+O" in panel.findChild(QLabel).text()
    desk.store.show_inspection(inspection_of(volume))
    texts = [item.text(0) for item in leaves(panel)]
    assert [text.split(" · ")[0] for text in texts] == ["1", "4", "5", "9"]
    assert "View only: This is a localizer" in texts[0]
    assert "Ready for scoring" in texts[1]
    assert "3.0 / 2.5 mm" in texts[1]
    assert "Scored with warnings: The kernel Br64" in texts[2]
    assert "Unreadable: Images have no position" in texts[3]
    assert panel.findChild(QTreeWidget).topLevelItem(0).text(0) == "Roe, Jane · P-0042 · F"
    change_language(panel)


def test_the_shown_series_is_bold_and_another_can_be_chosen(desk, qtbot, volume):
    panel = made(qtbot, SeriesPanel, desk.store)
    desk.show(volume)
    assert [item.font(0).bold() for item in leaves(panel)] == [False, True, False, False]
    tree = panel.findChild(QTreeWidget)
    with qtbot.waitSignal(panel.chosen) as chosen:
        tree.itemActivated.emit(leaves(panel)[2], 0)
    assert chosen.args == [1]
    assert not leaves(panel)[3].flags() & Qt.ItemFlag.ItemIsEnabled
    tree.itemActivated.emit(tree.topLevelItem(0), 0)  # a patient is no series


def test_an_input_without_series_is_said(desk, qtbot, volume):
    panel = made(qtbot, SeriesPanel, desk.store)
    desk.store.show_inspection(replace(inspection_of(volume, None), series=()))
    assert "No series in /scans/roe" in panel.findChild(QLabel).text()


@pytest.mark.parametrize(
    ("name", "text"), [("Roe^Jane^Ann", "Roe, Jane Ann"), ("", "No name"), ("زكريا^ليلى", "زكريا, ليلى")]
)
def test_names_as_people_say_them(name, text):
    assert patient_text(Patient(name)) == text


def test_a_series_without_facts_has_a_text(volume):
    bare = replace(inspection_of(volume).series[0], info=SeriesInfo(), images=1, verdict=Verdict.READY)
    assert series_text(bare).splitlines()[1].startswith("1 image ·")


# --- display -------------------------------------------------------------------------------------------------


def test_display_changes_the_view_and_follows_it(full_desk, qtbot):
    panel = made(qtbot, DisplayPanel, full_desk.store, full_desk.window.actions_by_id)
    sliders, spins = panel.findChildren(QSlider), panel.findChildren(QSpinBox)
    sliders[0].setValue(65)
    assert full_desk.store.session.view.heart_opacity == 0.65
    spins[0].setValue(900)
    assert full_desk.store.session.view.window_width == 900
    full_desk.store.set_view(calcium_opacity=0.25, window_center=-600, window_width=1500)
    assert sliders[1].value() == 25
    assert [spin.value() for spin in spins] == [1500, -600]
    assert panel.findChild(QComboBox).currentText().startswith("Lung")
    panel.findChild(QComboBox).activated.emit(0)
    assert full_desk.store.session.view.window_width == 350
    check = panel.findChildren(QCheckBox)[2]
    check.click()
    assert not full_desk.store.session.view.show_calcium
    full_desk.store.set_view(show_calcium=True)
    assert check.isChecked()
    change_language(panel)


# --- patient and interpretation ------------------------------------------------------------------------------


def typed(panel, name, text):
    field = panel.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def chosen(panel, name, value):
    box = panel.findChild(QComboBox, name)
    at = box.findData(value)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def test_patient_inputs_reach_the_session_and_the_results(desk, qtbot):
    volume = chest()
    desk.store.show_volume(volume)
    desk.store.show_case(case_of(volume))
    panel = made(qtbot, PatientPanel, desk.store, desk.choices)
    results = made(qtbot, ResultsPanel, desk.store, desk.window.actions_by_id)
    said = results.findChild(QLabel, "interpretation")
    assert "MESA percentile: not available (group not chosen)" in said.text()
    assert panel.findChild(QLineEdit, "age_years").placeholderText().startswith("65")  # as in the header
    chosen(panel, "group", "white")
    assert "MESA percentile: not" not in said.text()
    assert "Circulation 2006" in said.text()
    for name, text in (("total_chol_mgdl", "200"), ("hdl_mgdl", "50"), ("sbp_mmhg", "130")):
        typed(panel, name, text)
    for name in ("diabetes", "smoker", "lipid_drug", "bp_drug", "family_history"):
        chosen(panel, name, False)
    assert desk.store.session.patient.hdl_mgdl == 50
    assert desk.store.session.interpretation.line("risk_with_cac").value > 0
    chosen(panel, "known_disease", True)
    assert "known coronary disease" in said.text()
    typed(panel, "hdl_mgdl", "")
    assert desk.store.session.patient.hdl_mgdl is None


def test_a_number_out_of_range_is_asked_again(desk, qtbot):
    panel = made(qtbot, PatientPanel, desk.store, desk.choices)
    problem = panel.findChild(QLabel, "problem")
    for text in ("500", "much", "-3", "nan", "inf"):
        typed(panel, "total_chol_mgdl", text)
        assert desk.store.session.patient.total_chol_mgdl is None
        assert "80" in problem.text() and "400" in problem.text()
    unit = next(box for box in panel.findChildren(QComboBox) if box.findText("mmol/L") >= 0)
    unit.setCurrentIndex(1)
    typed(panel, "total_chol_mgdl", "5,2")
    assert desk.store.session.patient.total_chol_mgdl == pytest.approx(5.2 * 38.67)
    assert not problem.text()
    typed(panel, "age_years", "60.5")
    assert "whole number" in problem.text()
    typed(panel, "age_years", "60")
    assert desk.store.session.patient.age_years == 60


def test_a_prior_is_compared_and_a_file_that_is_none_is_refused(desk, qtbot, tmp_path):
    volume = chest()
    desk.store.show_volume(volume)
    case = case_of(volume)
    desk.store.show_case(case)
    panel = made(qtbot, PatientPanel, desk.store, desk.choices)
    button = panel.findChild(QPushButton)
    (tmp_path / "no.json").write_text("{}")
    desk.choices.file = str(tmp_path / "no.json")
    button.click()
    assert "no case" in panel.findChild(QLabel, "problem").text()
    assert desk.store.session.prior is None
    write_case(case, tmp_path / "case.json")
    desk.choices.file = str(tmp_path / "case.json")
    button.click()
    assert desk.store.session.interpretation.progression.change.sqrt_difference == pytest.approx(0, abs=1e-9)
    assert panel.findChild(QLabel, "prior").text().startswith("Prior scan")
    desk.store.show_volume(replace(volume, info=SeriesInfo(patient=Patient(id="other"))))
    assert desk.store.session.prior is None  # another patient


def test_an_edit_is_interpreted_at_once(desk):
    volume = chest()
    desk.store.show_volume(volume)
    desk.store.show_case(case_of(volume))
    desk.store.set_patient(PatientInputs(group="white", sex="female", age_years=65))
    before = desk.store.session.interpretation.line("arterial_age").value
    desk.store.edit(Reject(tuple(lesion.id for lesion in desk.store.session.shown.scored)))
    assert desk.store.session.interpretation.line("arterial_age").value < before
    desk.store.undo()
    assert desk.store.session.interpretation.line("arterial_age").value == before


def test_the_table_can_be_narrowed_without_losing_the_selection(full_desk, case, qtbot):
    panel = made(qtbot, LesionsPanel, full_desk.store, full_desk.window.actions_by_id)
    table, narrow = panel.findChild(QTableView), panel.findChild(QComboBox)
    assert table.model().rowCount() == len(case.lesions)
    narrow.setCurrentIndex(1)
    assert table.model().rowCount() == len(case.scored)
    lesion = case.scored[0]
    full_desk.store.select((lesion.id,))
    full_desk.store.edit(Reject((lesion.id,)))
    assert table.model().rowCount() == len(case.scored) - 1
    assert full_desk.store.session.selection == (lesion.id,)
    narrow.setCurrentIndex(4)
    assert table.model().rowCount() == 1


def test_a_finding_about_lesions_goes_to_the_next_of_them(full_desk, case, qtbot):
    panel = made(qtbot, FindingsPanel, full_desk.store)
    rows = panel.findChild(QListWidget)
    items = [rows.item(i) for i in range(rows.count())]
    item = next(i for i in items if "no artery yet" in i.text())
    wanted = [s.id for s in case.scored if s.artery is Artery.UNASSIGNED]
    rows.itemClicked.emit(item)
    assert full_desk.store.session.selection == (wanted[0],)
    assert full_desk.store.session.crosshair_lps_mm == case.lesion(wanted[0]).centroid_lps_mm
    rows.itemClicked.emit(item)
    assert full_desk.store.session.selection == (wanted[1 % len(wanted)],)


def test_the_history_says_what_was_done_and_the_scores(full_desk, case, qtbot):
    store = full_desk.store
    panel = made(qtbot, HistoryPanel, store, full_desk.window.actions_by_id)
    lesion = case.scored[0]
    store.edit(Reject((lesion.id,)))
    store.undo()
    store.review("Dr Roe", ("findings",))
    assert store.session.is_locked
    store.edit(Reject((lesion.id,)))  # refused
    rows = panel.findChild(QTreeWidget)
    texts = [rows.topLevelItem(i).text(1) for i in range(rows.topLevelItemCount())]
    assert texts == ["Exclude lesion 1", "Undone: Exclude lesion 1", "Reviewed"]
    before = f"{case.scores.total.agatston:.1f}"
    assert rows.topLevelItem(0).text(2).startswith(f"{before} → ")
    assert rows.topLevelItem(2).text(3) == "Dr Roe"
    assert "Dr Roe" in panel.findChild(QLabel, "review").text()
    store.unlock()
    assert "Not reviewed" in panel.findChild(QLabel, "review").text()
