"""The pool with real children: warm start, jobs, cancel, SIGKILL, close."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QProcess

from cacviewer.core.errors import Cancelled, NotScorable, UsageError, WorkerDied
from cacviewer.workers.pool import WorkerPool
from tests.unit.workers import job_samples

LIMIT_MS = 60_000


class Answers:
    """What came back of a job."""

    def __init__(self, pool, name, *args, **kwargs):
        self.results, self.errors, self.steps = [], [], []
        self.ticket = pool.submit(
            name,
            *args,
            on_result=self.results.append,
            on_error=self.errors.append,
            on_progress=lambda *step: self.steps.append(step),
            **kwargs,
        )

    @property
    def is_there(self):
        return bool(self.results or self.errors)

    def of(self, qtbot):
        qtbot.waitUntil(lambda: self.is_there, timeout=LIMIT_MS)
        assert len(self.results) + len(self.errors) == 1
        return (self.results or self.errors)[0]


@pytest.fixture
def pools(qapp, tmp_path):
    made = []

    def make(command=None):
        parent = tmp_path / "scratch"
        parent.mkdir(exist_ok=True)
        command = command or job_samples.command()
        made.append(WorkerPool(command=command, jobs=job_samples.JOBS, scratch_parent=parent))
        return made[-1]

    yield make
    for pool in made:
        pids = [hello.pid for role in ("reader", "network") if (hello := pool.hello(role))]
        pool.close()
        qapp.processEvents()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not pool.findChildren(QProcess)
        assert not [pid for pid in pids if is_alive(pid)]
        pool.deleteLater()
    assert not list(tmp_path.glob("scratch/*"))


@pytest.fixture
def pool(pools):
    return pools()


def pid_of(pool, role):
    return pool.hello(role).pid


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(qtbot, pool, role, state):
    qtbot.waitUntil(lambda: pool.state(role) == state, timeout=LIMIT_MS)


def test_both_roles_get_warm_in_the_background(qtbot, pool):
    seen = []
    pool.state_changed.connect(lambda role, state: seen.append((role, state)))
    pool.start()
    for role in ("reader", "network"):
        wait_for(qtbot, pool, role, "idle")
        assert [s for r, s in seen if r == role] == ["starting", "warming", "idle"]
        assert pool.start_seconds(role) > 0
        assert pool.peak_mib(role) > 5
        assert pool.models(role) == {role: "abc"}


def test_a_job_and_its_progress(qtbot, pool):
    steps = []
    pool.progress.connect(lambda *args: steps.append(args))
    ended = []
    pool.ended.connect(ended.append)
    job = Answers(pool, "n_steps", 10)
    assert job.of(qtbot) == pid_of(pool, "network")
    assert job.steps[0][:2] == ("step 0", 0.0)
    assert job.steps[-1][1] == pytest.approx(0.9)
    assert job.steps[-1][2] is not None
    assert [s[0] for s in steps] == [job.ticket] * len(job.steps)
    assert ended == [job.ticket]
    assert pool.state("reader") == "absent"  # lazily


def test_arrays_are_mapped_and_not_copied(qtbot, pool):
    first = Answers(pool, "whole", (20, 128, 128), value=3).of(qtbot)
    assert first.dtype == np.int16
    assert not first.flags.writeable
    again, total, writeable = Answers(pool, "n_big", first).of(qtbot)
    assert (total, writeable) == (3 * first.size, False)
    assert np.shares_memory(again, again)
    assert int(again.sum()) == total


def test_errors_arrive_as_themselves(qtbot, pool):
    refused = Answers(pool, "refuse").of(qtbot)
    assert isinstance(refused, NotScorable)
    assert refused.code == "no_heart"
    assert "ZeroDivisionError" in str(Answers(pool, "fault").of(qtbot))
    assert Answers(pool, "echo", 1).of(qtbot) == 1  # the child goes on
    with pytest.raises(UsageError):
        pool.submit("no such job")


def test_a_killed_child_is_noticed_and_the_job_tried_again(qtbot, pool, tmp_path):
    notices = []
    pool.notice.connect(notices.append)
    assert Answers(pool, "die_once", str(tmp_path / "flag")).of(qtbot) == "second time"
    assert len(notices) == 1
    assert "trying again" in notices[0]


def test_sigkill_from_outside_in_the_middle_of_a_job(qtbot, pool):
    job = Answers(pool, "steps", 150)
    qtbot.waitUntil(lambda: bool(job.steps), timeout=LIMIT_MS)
    first = pid_of(pool, "reader")
    os.kill(first, signal.SIGKILL)
    second = job.of(qtbot)
    assert second == pid_of(pool, "reader") != first


def test_a_job_that_kills_twice_is_given_up_with_a_sentence(qtbot, pool):
    error = Answers(pool, "die").of(qtbot)
    assert isinstance(error, WorkerDied)
    assert "signal 9" in str(error)
    assert Answers(pool, "echo", "next").of(qtbot) == "next"


def test_cancel_returns_at_once_and_the_next_job_runs(qtbot, pool):
    job, waiting = Answers(pool, "nap", 60.0), Answers(pool, "nap", 60.0)
    wait_for(qtbot, pool, "reader", "busy")
    pid = pid_of(pool, "reader")
    begin = time.monotonic()
    pool.cancel(waiting.ticket)
    pool.cancel(job.ticket)
    assert isinstance(job.errors[0], Cancelled)
    assert isinstance(waiting.errors[0], Cancelled)
    qtbot.waitUntil(lambda: not is_alive(pid), timeout=2500)
    assert time.monotonic() - begin < 2.5
    assert Answers(pool, "echo", 5).of(qtbot) == 5
    pool.cancel(job.ticket)  # twice does no harm
    assert len(job.errors) == 1


def test_cancel_leaves_nothing_half_written(qtbot, pool, tmp_path):
    out = tmp_path / "out"
    job = Answers(pool, "half_written", str(out / "report.txt"))
    qtbot.waitUntil(lambda: bool(job.steps), timeout=LIMIT_MS)
    assert list(out.iterdir())
    pool.cancel(job.ticket)
    qtbot.waitUntil(lambda: not list(out.iterdir()), timeout=LIMIT_MS)


def test_callbacks_may_submit_and_may_fail(qtbot, pool):
    answers = []
    pool.submit("echo", 1, on_result=lambda v: pool.submit("echo", v + 1, on_result=answers.append))
    qtbot.waitUntil(lambda: answers == [2], timeout=LIMIT_MS)
    with qtbot.captureExceptions() as exceptions:
        pool.submit("echo", 1, on_result=lambda v: 1 / 0)
        last = Answers(pool, "echo", 3)
        assert last.of(qtbot) == 3
    assert [e[0] for e in exceptions] == [ZeroDivisionError]


def test_noise_on_the_pipe_ends_the_child_and_not_the_window(qtbot, pool):
    assert Answers(pool, "noisy").of(qtbot) == "quiet"
    assert isinstance(Answers(pool, "stray").of(qtbot), WorkerDied)


def test_a_program_that_does_not_start_is_said(qtbot, pools):
    pool = pools(command=["/no/such/program"])
    notices = []
    pool.notice.connect(notices.append)
    pool.start()
    error = Answers(pool, "echo", 1).of(qtbot)
    assert isinstance(error, WorkerDied)
    qtbot.waitUntil(lambda: len(notices) == 2, timeout=LIMIT_MS)
    assert all("cannot be started" in n for n in notices)


def test_close_in_the_middle_of_everything(qtbot, pool):
    job = Answers(pool, "nap", 60.0)
    pool.start()
    wait_for(qtbot, pool, "reader", "busy")
    pid = pid_of(pool, "reader")
    begin = time.monotonic()
    pool.close()
    assert time.monotonic() - begin < 2.5
    assert isinstance(job.errors[0], Cancelled)
    assert not is_alive(pid)
    assert [pool.state(role) for role in ("reader", "network")] == ["absent", "absent"]
    pool.close()
    with pytest.raises(RuntimeError):
        pool.submit("echo", 1)
