"""Rule sets in the window: chosen in the menu, side by side in a dialog."""

from PySide6.QtWidgets import QApplication

from cacviewer.core.comparison import compared, under_rules
from cacviewer.core.edits import GiveArtery, Reject
from cacviewer.core.lesions import Artery
from cacviewer.core.rulesets import NAMES
from cacviewer.ui.dialogs.comparison import ComparisonDialog


def texts(dialog, column):
    return [dialog.table.item(row, column).text() for row in range(dialog.table.rowCount())]


def test_the_table_shows_what_was_compared_and_follows_edits(store, case, volume, qtbot):
    dialog = ComparisonDialog(store)
    qtbot.addWidget(dialog)
    rows = compared(case, volume.hu)
    shown = ["–" if row.agatston is None else f"{row.agatston:.1f}" for row in rows]
    assert texts(dialog, 1) == shown
    assert "(not mg)" in dialog.table.item(NAMES.index("horos"), 3).text()
    lesion = max(case.scored, key=lambda s: s.voxel_count)
    store.edit(Reject((lesion.id,)))
    assert texts(dialog, 1) != shown


def test_another_rule_set_is_in_force_at_once_and_edits_stay(store, case, volume, qtbot):
    store.edit(GiveArtery((case.scored[0].id,), Artery.RCA))
    before = store.session.shown
    store.use_rules("siemens")
    shown = store.session.shown
    assert shown.rules.name == store.session.automatic.rules.name == "siemens"
    assert shown.category is None
    assert shown.lesion(case.scored[0].id).artery is Artery.RCA
    assert shown.scores.total == under_rules(before, "siemens", volume.hu).scores.total
    store.use_rules("literature")
    assert store.session.shown.scores == before.scores
    assert store.session.shown.category == before.category


def test_the_menu_chooses_and_opens_the_table(full_desk, actions):
    desk = full_desk
    assert actions.action("rules.literature").isChecked()
    actions.run("rules.deepcac")
    assert desk.store.session.shown.rules.name == "deepcac"
    assert actions.action("rules.deepcac").isChecked()
    assert not actions.action("rules.literature").isChecked()
    actions.run("rules.compare")
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ComparisonDialog)]
    assert dialog.table.item(NAMES.index("deepcac"), 0).font().bold()
    dialog.close()
