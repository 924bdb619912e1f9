import pytest
from stand_ins import PATIENT, StandInPool, anatomy_of, case_of, chest, inspection_of

from cacviewer import logs
from cacviewer.core.edits import Reject
from cacviewer.core.errors import CacError, CannotWrite, UnreadableInput, WorkerDied
from cacviewer.core.findings import finding
from cacviewer.reports.formats import Exported
from cacviewer.ui.store import SessionStore
from cacviewer.ui.workflow import Workflow


class Heard:
    """What a workflow said."""

    def __init__(self, workflow):
        self.failed, self.said, self.surfaces, self.states = [], [], [], []
        workflow.failed.connect(self.failed.append)
        workflow.said.connect(self.said.append)
        workflow.surfaces_ready.connect(self.surfaces.append)
        workflow.orders.started.connect(self.states.append)
        workflow.orders.ended.connect(lambda: self.states.append("end"))


@pytest.fixture
def pool(qapp):
    return StandInPool()


@pytest.fixture
def store(qapp):
    return SessionStore()


@pytest.fixture
def workflow(store, pool):
    return Workflow(store, pool)


@pytest.fixture
def heard(workflow):
    return Heard(workflow)


def open_all(workflow, pool, volume, case=None):
    """Opens a scan and lets everything succeed."""
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    anatomy = anatomy_of(volume)
    pool.answer("segment", anatomy)
    pool.answer("find", case or case_of(volume, anatomy))
    pool.answer("surfaces", f"surfaces of {volume.source}")


def test_the_whole_way(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    assert pool.history == ["scan", "load", "segment", "find", "surfaces"]
    session = store.session
    assert session.volume is volume
    assert session.shown is session.automatic is case
    assert heard.surfaces[-1] == "surfaces of /scans/roe"
    assert heard.failed == []
    assert heard.states[-1] == "end"
    assert not workflow.busy


def test_pictures_are_there_before_the_scores(workflow, pool, store, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    assert store.session.volume is volume
    assert store.session.shown is None
    assert pool.order("segment").args == (volume,)


def test_arguments_of_the_jobs(store, pool, volume):
    workflow = Workflow(store, pool, method="network", rules="literature")
    workflow.open(["/a", "/b"])
    assert pool.order("scan").args == (["/a", "/b"],)
    inspection = inspection_of(volume)
    pool.answer("scan", inspection)
    assert pool.order("load").args == (inspection, 0)
    pool.answer("load", volume)
    anatomy = anatomy_of(volume)
    pool.answer("segment", anatomy)
    assert pool.order("find").args == (volume, anatomy, "network", "literature")


def test_a_series_that_may_only_be_viewed_is_not_scored(workflow, pool, store, heard):
    volume = chest(findings=(finding("missing_slices", count=1, where="F 3"),))
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    assert store.session.volume is volume
    assert pool.waiting == []
    assert "not scored" in heard.said[-1]
    workflow.score_again()
    assert pool.waiting == []


def test_the_first_window_is_the_files_own(workflow, pool, store, volume):
    from dataclasses import replace

    stored = replace(volume, acquisition=replace(volume.acquisition, window_center=40.0, window_width=400.0))
    workflow.open(["/x"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", stored)
    assert (store.session.view.window_center, store.session.view.window_width) == (40, 400)


def test_a_scan_that_fails_leaves_the_study_before(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    before = store.session
    workflow.open(["/empty"])
    error = UnreadableInput("There is no readable CT image in /empty.", path="/empty")
    pool.refuse("scan", error)
    assert store.session is before
    assert heard.failed == [error]
    assert heard.states[-1] == "end"


def test_an_input_without_a_usable_series_leaves_the_study_before(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    before = store.session
    workflow.open(["/odd"])
    pool.answer("scan", inspection_of(volume, chosen=None))
    assert store.session is before
    assert heard.failed[0].code == "localizer"


def test_an_input_without_a_usable_series_is_listed_where_nothing_is_lost(
    workflow, pool, store, heard, volume
):
    from dataclasses import replace

    workflow.open(["/odd"])
    pool.answer("scan", inspection_of(volume, chosen=None))
    assert len(store.session.inspection.series) == 4
    workflow.open(["/odd"])
    pool.answer("scan", replace(inspection_of(volume, None), series=(), findings=()))
    assert "no readable CT image" in heard.failed[-1].message


def test_a_series_that_cannot_be_read_keeps_the_list_to_choose_from(workflow, pool, store, heard, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.refuse("load", UnreadableInput("broken"))
    assert store.session.inspection is not None
    assert store.session.volume is None
    workflow.show_series(1)
    pool.answer("load", volume)
    assert store.session.volume is volume


def test_another_series_that_cannot_be_read_leaves_the_one_before(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    workflow.show_series(2)
    pool.refuse("load", UnreadableInput("broken"))
    assert store.session.volume is volume
    assert store.session.shown is case
    assert heard.surfaces[-1] == "surfaces of /scans/roe"
    workflow.show_series(17)  # there is none
    assert pool.waiting == []


def test_cancel_while_scanning_changes_nothing(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    before = store.session
    workflow.open(["/big"])
    workflow.cancel()
    assert pool.cancelled == ["scan"]
    assert store.session is before
    assert heard.failed == []
    assert heard.said[-1].startswith("Stopped")
    assert heard.states[-1] == "end"


def test_cancel_while_reading_gives_the_study_before_back(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    store.edit(Reject((case.scored[0].id,)))
    edited = store.session
    workflow.open(["/big"])
    pool.answer("scan", inspection_of(volume))
    assert store.session.volume is None
    workflow.cancel()
    assert store.session.shown is edited.shown
    assert store.session.edits == edited.edits
    assert heard.surfaces[-1] == "surfaces of /scans/roe"


def test_cancel_while_segmenting_keeps_the_pictures(workflow, pool, store, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    workflow.cancel()
    assert store.session.volume is volume
    assert not workflow.busy
    workflow.cancel()  # nothing runs: nothing happens
    workflow.score_again()
    assert pool.waiting == ["segment"]


def test_an_answer_after_the_cancel_is_not_used(workflow, pool, store, volume):
    workflow.open(["/scans/roe"])
    late = pool.order("scan").on_result
    workflow.cancel()
    late(inspection_of(volume))
    assert store.session.inspection is None


def test_opening_again_drops_the_jobs_of_before(workflow, pool, store, volume):
    workflow.open(["/first"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    workflow.open(["/second"])
    assert pool.waiting == ["segment", "scan"]  # the second may turn out to be no scan
    pool.answer("scan", inspection_of(volume))
    assert pool.cancelled == ["segment"]
    assert pool.waiting == ["load"]


def test_a_bad_folder_leaves_the_study_being_scored(workflow, pool, store, volume):
    workflow.open(["/first"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    workflow.open(["/bad"])
    pool.refuse("scan", UnreadableInput("Nothing there."))
    assert pool.waiting == ["segment"]
    assert store.working
    workflow.cancel()
    assert not store.working


def test_scoring_again_keeps_the_edits(workflow, pool, store, volume, case):
    open_all(workflow, pool, volume, case)
    lesion_id = case.scored[0].id
    store.edit(Reject((lesion_id,)))
    workflow.score_again()
    anatomy = anatomy_of(volume)
    pool.answer("segment", anatomy)
    again = case_of(volume, anatomy)
    pool.answer("find", again)
    assert store.session.automatic is again
    assert not store.session.shown.lesion(lesion_id).is_scored
    assert store.session.can_undo


def test_a_retry_begins_the_bar_again(workflow, pool, heard, volume):
    workflow.open(["/scans/roe"])
    pool.restarted.emit()
    assert heard.states[-1] == "Looking for series, starting again"


def test_a_dead_worker_is_told_and_the_pictures_stay(workflow, pool, store, heard, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    pool.notice.emit("A worker ended unexpectedly; the job is tried once more.")
    assert heard.said[-1].startswith("A worker ended")
    pool.refuse("segment", WorkerDied("The worker ended twice.", remedy="Score again with F5."))
    assert isinstance(heard.failed[-1], WorkerDied)
    assert store.session.volume is volume
    workflow.score_again()
    anatomy = anatomy_of(volume)
    pool.answer("segment", anatomy)
    assert pool.waiting == ["find"]


def test_a_refused_scan_has_a_case_without_scores(workflow, pool, store, heard, volume):
    refused = case_of(
        volume, findings=(finding("contrast_seen", place="ascending aorta", blood_hu=310, limit_hu=150),)
    )
    open_all(workflow, pool, volume, refused)
    assert store.session.shown.scores is None
    assert "Not scored: see the findings." in heard.said


def test_surfaces_that_fail_are_only_a_sentence(workflow, pool, store, heard, volume, case):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    pool.answer("segment", anatomy_of(volume))
    pool.answer("find", case)
    pool.refuse("surfaces", CacError("no memory"))
    assert heard.failed == []
    assert "no memory" in heard.said[-1]


def test_progress_is_that_of_the_job_one_waits_for(workflow, pool, volume, qtbot):
    told = []
    workflow.orders.progressed.connect(lambda *args: told.append(args))
    workflow.open(["/scans/roe"])
    pool.progress.emit(pool.ticket("scan"), "Looking for series", 0.5, 3.0)
    pool.progress.emit(999, "of somebody else", 0.9, None)
    assert told == [("Looking for series", 0.5, 3.0)]


def test_export_sends_the_shown_case_and_remembers_the_edits(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    store.edit(Reject((case.scored[0].id,)))
    assert workflow.has_unwritten_edits
    workflow.export({"pdf": "/out/report.pdf"})
    order = pool.order("export")
    assert order.args == (store.session.shown, volume, store.session.anatomy)
    assert order.kwargs["targets"] == {"pdf": "/out/report.pdf"}
    assert order.kwargs["automatic"] is case
    assert order.kwargs["edits"] == store.session.edits
    pool.answer("export", Exported(("/out/report.pdf",)))
    assert not workflow.has_unwritten_edits
    assert heard.said[-1] == "Written: /out/report.pdf"
    store.undo()
    store.edit(Reject((case.scored[1].id,)))
    assert workflow.has_unwritten_edits


def test_what_cannot_be_made_is_told_beside_what_was_written(workflow, pool, heard, volume, case):
    open_all(workflow, pool, volume, case)
    workflow.export({"sr": "/out/sr.dcm", "nrrd": "/out"})
    pool.answer("export", Exported(("/out",), ("SR: this scan did not come from a DICOM study.",)))
    assert heard.said[-1] == "Written: /out"
    assert "SR: this scan did not come" in heard.failed[-1].message


def test_an_export_that_fails_is_told_and_nothing_is_lost(workflow, pool, store, heard, volume, case):
    open_all(workflow, pool, volume, case)
    store.edit(Reject((case.scored[0].id,)))
    before = store.session
    workflow.export({"pdf": "/full/report.pdf"})
    error = CannotWrite("/full/report.pdf cannot be written: the disk is full.")
    pool.refuse("export", error)
    assert heard.failed == [error]
    assert store.session is before
    assert workflow.has_unwritten_edits


def test_export_without_a_case_does_nothing(workflow, pool):
    workflow.export({"pdf": "/out/report.pdf"})
    assert pool.history == []


def test_opening_does_not_stop_an_export(workflow, pool, volume, case):
    open_all(workflow, pool, volume, case)
    workflow.export({"pdf": "/out/report.pdf"})
    workflow.open(["/next"])
    assert pool.waiting == ["export", "scan"]
    assert pool.cancelled == []


def test_close_study_and_stop(workflow, pool, store, heard, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    pool.answer("load", volume)
    workflow.close_study()
    assert pool.cancelled == ["segment"]
    assert store.session.volume is None
    assert heard.surfaces[-1] is None
    workflow.open(["/scans/roe"])
    workflow.orders.stop()
    assert pool.waiting == []
    assert not workflow.busy


def test_nobodys_name_stands_in_the_log(workflow, pool, volume):
    workflow.open(["/scans/roe"])
    pool.answer("scan", inspection_of(volume))
    record = logs.logging.LogRecord(
        "x", 20, "f", 1, f"opened /scans/roe of {PATIENT.name} {PATIENT.id}", (), None
    )
    text = logs.Discreet("%(message)s").format(record)
    assert "Roe" not in text
    assert "P-0042" not in text
