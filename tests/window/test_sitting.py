"""Nothing that a reader did or entered leaves the desk, or a dead program, without a word."""

from __future__ import annotations

import pytest

from cacviewer.core.audit import Deed, Entry
from cacviewer.core.edits import Reject
from cacviewer.core.errors import CannotWrite
from cacviewer.core.measurements import Kind, Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.reports.formats import Exported
from cacviewer.storage.journal import Journal, unfinished
from cacviewer.storage.session_file import read_session, saved_of, source_of, write_session
from cacviewer.ui import session_keeper
from cacviewer.ui.dialogs.recover import line
from cacviewer.ui.session_keeper import SessionKeeper

PRIOR = Measured(100.0, 80.0, "2020-01-01", "P1", "literature", 130, 120.0, 3.0)


def ways(volume):
    """What may be entered without an edit."""
    length = Measurement(Kind.LENGTH, ((0.0, 0.0, 0.0), (5.0, 0.0, 0.0)), 0, volume.grid)
    return {
        "patient": lambda store: store.set_patient(PatientInputs(age_years=60)),
        "prior": lambda store: store.set_prior(PRIOR),
        "measurement": lambda store: store.measure(length),
    }


def asks(desk):
    desk.choices.asked.clear()
    desk.window.sitting.may_leave()
    return desk.choices.asked == ["leaving"]


@pytest.mark.parametrize("way", ["patient", "prior", "measurement"])
def test_what_was_only_entered_is_asked_for_and_offered(way, full_desk, volume, tmp_path):
    desk, folder = full_desk, full_desk.window.keeper.folder
    assert not asks(desk)
    ways(volume)[way](desk.store)
    assert asks(desk)
    keeper = desk.window.keeper
    keeper._write_look()  # the views have come to rest
    keeper._join()
    keeper._journal.close()  # as by a kill
    assert [left.unsaved for left in unfinished(folder)] == [1]
    assert keeper.save(str(tmp_path / "roe.cacv")) is True
    assert not asks(desk)


def test_entries_that_are_saved_are_asked_for_again_when_they_change(full_desk, tmp_path):
    desk, keeper = full_desk, full_desk.window.keeper
    desk.store.set_patient(PatientInputs(age_years=60))
    assert keeper.save(str(tmp_path / "roe.cacv"))
    assert read_session(tmp_path / "roe.cacv").patient.age_years == 60
    assert not asks(desk)
    desk.store.set_patient(PatientInputs())  # the file still has the age
    assert asks(desk)
    keeper._journal.close()
    assert unfinished(keeper.folder) == []  # the view had not come to rest: nothing of it was promised


def test_entries_are_not_put_off_by_a_crosshair_that_never_rests(full_desk, qtbot):
    desk, keeper = full_desk, full_desk.window.keeper
    keeper._look.setInterval(150)
    desk.store.set_patient(PatientInputs(age_years=60))
    for i in range(12):
        desk.store.move_crosshair((float(i), 0.0, 0.0))
        qtbot.wait(30)
        if '"age_years": 60' in keeper._journal.path.read_text():
            return
    pytest.fail("the age is in no journal")


def test_entries_of_a_report_are_not_asked_for(full_desk):
    desk = full_desk
    desk.store.set_patient(PatientInputs(age_years=60))
    desk.workflow.export({"pdf": "/out/report.pdf"})
    desk.pool.answer("export", Exported(("/out/report.pdf",)))
    assert not asks(desk)


def test_a_file_that_keeps_edits_which_were_undone_is_asked_for(full_desk, case, tmp_path):
    desk = full_desk
    desk.store.edit(Reject((case.scored[0].id,)))
    assert desk.window.keeper.save(str(tmp_path / "roe.cacv"))
    assert not asks(desk)
    desk.store.undo()
    assert asks(desk)


def test_edits_undone_that_no_file_has_are_not_asked_for(full_desk, case):
    full_desk.store.edit(Reject((case.scored[0].id,)))
    full_desk.store.undo()
    assert not asks(full_desk)


def test_an_autosave_that_fails_is_told_once_and_loses_no_other(
    desk, volume, anatomy, case, monkeypatch, qtbot
):
    def full(saved, path):
        raise CannotWrite("The disk is full.", path=str(path))

    keeper, heard = desk.window.keeper, []
    keeper.said.connect(heard.append)
    desk.show(volume, anatomy, case)
    desk.store.edit(Reject((case.scored[0].id,)))
    keeper._join()
    (first,) = keeper.folder.glob("*.journal")
    monkeypatch.setattr(session_keeper, "write_session", full)
    with qtbot.waitSignal(keeper.said):
        keeper._begin(desk.store.session)
    assert heard == ["There is no autosave: only Save keeps your work. The disk is full."]
    assert first in keeper.folder.glob("*.journal")  # it alone can be recovered
    with qtbot.waitSignal(keeper._base_refused):
        keeper._begin(desk.store.session)
    qtbot.wait(1)
    assert len(heard) == 1
    monkeypatch.setattr(session_keeper, "write_session", write_session)
    keeper._begin(desk.store.session)
    keeper._join()
    assert len(list(keeper.folder.iterdir())) == 2  # a journal with its base takes their place
    keeper.end()
    assert list(keeper.folder.iterdir()) == []


def left_behind(desk, volume, *, base, bad=b""):
    """A journal with one deed that its program left."""
    journal = Journal(desk.window.keeper.folder, "Roe")
    if base:
        write_session(saved_of(desk.store.session, source_of(volume, "/")), journal.base)
    journal.append(Entry(Deed.EDIT, "Dr Roe", "2026-01-02T10:00:00+01:00", Reject(("a",))))
    with open(journal.path, "ab") as stream:
        stream.write(bad)
    journal.close()
    return journal


def test_work_without_autosave_is_told_once_and_kept(full_desk, volume):
    desk, problems = full_desk, []
    desk.workflow.failed.disconnect()
    desk.workflow.failed.connect(problems.append)
    journal = left_behind(desk, volume, base=False)
    for _ in range(2):
        desk.window.sitting.offer_recovery()
    assert [p.code for p in problems] == ["no_autosave"]
    assert "Roe" in problems[0].message
    assert journal.path.exists()
    assert desk.choices.asked == []


def test_a_record_that_is_damaged_in_part_is_recovered_and_told(full_desk, volume):
    desk, problems = full_desk, []
    desk.workflow.failed.disconnect()
    desk.workflow.failed.connect(problems.append)
    left_behind(desk, volume, base=True, bad=b'{"look": 3}\n')
    assert line(unfinished(desk.window.keeper.folder)[0]).endswith("1 changes, damaged in part")
    desk.window.sitting.offer_recovery()
    assert [p.code for p in problems] == ["journal_damaged"]
    saved, _, _ = desk.window.sitting._pending
    assert [e.edit for e in saved.audit] == [Reject(("a",))]
    assert isinstance(desk.window.keeper, SessionKeeper)
