"""The runner with real children of the table in job_samples; what a child does well, badly and brutally."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import cacviewer
from cacviewer.core.errors import CacError, Cancelled, NotScorable, UsageError, WorkerDied
from cacviewer.core.findings import finding
from cacviewer.workers import orders, protocol, serving
from cacviewer.workers.runner import Runner
from tests.unit.workers import job_samples
from tests.unit.workers.job_samples import JOBS, command

ROOT = Path(__file__).parents[3]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def made(tmp_path):
    """A maker of runners that checks what they leave behind."""
    runners, pids = [], set()

    def make(roles=("reader",), **kwargs):
        kwargs.setdefault("command", command())
        kwargs.setdefault("jobs", JOBS)
        (tmp_path / "scratch").mkdir(exist_ok=True)
        runner = Runner(roles, scratch_parent=tmp_path / "scratch", **kwargs)
        runners.append(runner)
        return runner

    yield make
    for runner in runners:
        pids |= {process.popen.pid for process in runner._processes.values()}
        runner.close()
    assert not [pid for pid in pids if is_alive(pid)]
    assert not list(tmp_path.glob("scratch/*"))
    assert not [t.name for t in threading.enumerate() if t.name.endswith("pipe")]


@pytest.fixture
def runner(made):
    return made()


def test_arguments_and_results_keep_their_types(runner):
    value = (1, (2.5, None), ["x", True], {"a": (Path("/p"),)}, finding("single_slice"), b"b")
    assert runner.run("echo", *value, word="w") == (*value, {"word": "w"})
    assert runner.run("short", 1) == 2
    with pytest.raises(UsageError):
        runner.run("no such job")


def test_both_children_work_at_once_and_say_what_they_are(made):
    runner = made(
        ("reader", "network"),
        command=command(warm="lambda role: __import__('time').sleep(0.3) or {role: 'abc'}"),
    )
    jobs = [runner.submit("nap", 0.1), runner.submit("n_nap", 0.1), runner.submit("n_echo", 7)]
    assert [runner.wait(t) for t in jobs] == [0.1, 0.1, 7]
    assert runner.start_seconds() > 0.3
    assert 5 < runner.peak_mib() < 200
    hello = runner.hello("network")
    assert (hello.role, hello.program) == ("network", cacviewer.__version__)
    assert runner.models() == {"network": "abc"}


def test_big_arrays_are_mapped_and_leave_no_files(runner):
    array = np.zeros((16, 256, 256), np.int16)
    array[3] = 2
    back, total, writeable = runner.run("big", array)
    assert (total, writeable, back.flags.writeable) == (2 * 256 * 256, False, False)
    assert np.array_equal(back, array)
    made_there = runner.run("whole", (64, 64, 64), value=5)
    assert runner.run("big", made_there)[1] == 5 * 64**3
    folder = runner._orders.scratch.path
    assert len(list(folder.glob("*.npy"))) == 2
    del back, made_there
    assert not list(folder.glob("*.npy"))


def test_progress(runner):
    steps = []
    runner.run("steps", 30, progress=lambda *step: steps.append(step))
    assert steps[0] == ("step 0", 0.0, None)
    assert [s[1] for s in steps] == sorted(s[1] for s in steps)
    assert steps[-1][2] < 1.0


def test_errors_cross_the_pipe_and_the_child_lives_on(runner):
    with pytest.raises(NotScorable) as refused:
        runner.run("refuse")
    assert (
        refused.value.plain()
        == NotScorable("Nothing to score.", code="no_heart", path="/p", remedy="Look.").plain()
    )
    pid = runner.run("steps", 1)
    with pytest.raises(CacError, match="The step 'fault' failed: ZeroDivisionError") as fault:
        runner.run("fault")
    assert "return 1 / 0" in protocol.details_of(fault.value)
    assert fault.value.exit_code == 1
    with pytest.raises(CacError, match="not enough memory"):
        runner.run("hungry")
    with pytest.raises(CacError, match="AttributeError"):
        runner.run("unfinished")
    with pytest.raises(UsageError, match="wants float as seconds, not str"):
        runner.run("nap", "long")
    with pytest.raises(CacError, match="CodecError"):
        runner.run("odd")
    assert runner.run("steps", 1) == pid


def test_a_print_from_c_changes_nothing(runner, caplog):
    with caplog.at_level(logging.INFO):
        assert runner.run("noisy") == "quiet"
        assert runner.run("echo", 1) == 1
        runner.close()
    for words in ("from Python", "from write", "from C", "from a process", "a warning of a job"):
        assert words in caplog.text
    assert "oneDNN" not in caplog.text


def test_crash_once_is_said_and_repaired(made, tmp_path):
    notices = []
    runner = made(notice=notices.append)
    assert runner.run("die_once", str(tmp_path / "flag")) == "second time"
    assert len(notices) == 1


def test_crash_twice_is_an_error_and_the_next_job_runs(runner):
    with pytest.raises(WorkerDied, match="signal 9"):
        runner.run("die")
    assert runner.run("echo", 1) == 1


def test_bytes_that_are_no_frames_end_the_child(runner):
    with pytest.raises(WorkerDied):
        runner.run("stray")


def test_cancel_kills_and_clears_up(runner, tmp_path):
    out = tmp_path / "out"
    ticket = runner.submit("half_written", str(out / "a.txt"), progress=lambda *step: runner.cancel(ticket))
    with pytest.raises(Cancelled):
        runner.wait(ticket)
    assert runner.run("echo", 1) == 1
    assert list(out.iterdir()) == []
    runner.cancel(ticket)


def test_a_failed_warm_up_is_said_and_jobs_run(made):
    notices = []
    runner = made(command=command(warm="lambda role: 1 / 0"), notice=notices.append)
    assert runner.run("echo", 1) == 1
    assert "could not prepare itself" in notices[0]


def test_a_named_error_of_the_warm_up(made):
    notices = []
    code = "lambda role: (_ for _ in ()).throw(__import__('cacviewer.core.errors').core.errors.ModelError('No weights.'))"
    runner = made(command=command(warm=code), notice=notices.append)
    assert runner.run("echo", 1) == 1
    assert notices == ["No weights."]


def test_children_that_end_at_once_are_given_up(made):
    runner = made((), command=[sys.executable, "-c", "import sys; sys.exit(3)"])
    with pytest.raises(WorkerDied, match="exit code 3"):
        runner.run("echo", 1)


def test_a_program_that_is_not_there(made):
    with pytest.raises(FileNotFoundError):
        made(command=["/no/such/program"])


def test_a_wrong_word_on_the_childs_command_line(made):
    runner = made((), command=[*command(), "--nonsense"])
    with pytest.raises(WorkerDied, match="exit code 2"):
        runner.run("echo", 1)


def test_an_exception_in_the_caller_ends_the_children(made):
    with pytest.raises(KeyboardInterrupt), made() as runner:
        runner.submit("nap", 60.0)
        while not runner.hello("reader"):
            runner._pump(1.0)
        pid = runner.hello("reader").pid
        begin = time.monotonic()
        raise KeyboardInterrupt
    assert not is_alive(pid)
    assert time.monotonic() - begin < 2.5


def test_an_answer_that_cannot_be_read_is_an_error(runner, monkeypatch):
    def refuses(*args):
        raise orders.CodecError("no")

    monkeypatch.setattr(orders.packing, "unpack", refuses)
    with pytest.raises(CacError, match="cannot be read"):
        runner.run("echo", 1)


PARENT = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
import job_samples
from pathlib import Path
from cacviewer.workers.runner import Runner
with Runner(("reader",), command=job_samples.command(), jobs=job_samples.JOBS, scratch_parent=Path({scratch!r})) as runner:
    runner.run("echo", 1)
    print(runner.hello("reader").pid, flush=True)
    runner.run("nap", 60.0)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_children_end_with_their_parent_in_the_middle_of_a_job(tmp_path, end):
    code = PARENT.format(root=str(ROOT), here=str(Path(job_samples.__file__).parent), scratch=str(tmp_path))
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.send_signal(end)
    parent.wait(60)
    parent.stdout.close()
    limit = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not is_alive(child)
    assert bool(list(tmp_path.iterdir())) == (end == signal.SIGKILL)  # swept at the next start


def test_threads_are_limited_by_the_environment(made, monkeypatch):
    monkeypatch.setenv("CACVIEWER_THREADS", "1")
    assert made().run("environment", "TF_NUM_INTRAOP_THREADS") == "1"


def test_the_child_of_this_program_is_asked_for_its_jobs_only_when_needed(monkeypatch):
    class Row:
        target, role = "os:getpid", "reader"

    class Table:
        JOBS = {"x": Row}

        @classmethod
        def warm(cls, role):
            return {role: "hash"}

    monkeypatch.setitem(sys.modules, "cacviewer.pipeline.jobs", Table)
    from cacviewer.workers import jobs

    assert jobs.job_table() == Table.JOBS
    assert jobs.function_of("x", jobs.job_table()) is os.getpid
    assert jobs.program_warm("network") == {"network": "hash"}


def test_importing_the_drivers_loads_nothing_heavy():
    code = "import sys, cacviewer.workers.runner, cacviewer.workers.child, cacviewer.workers.serving\n"
    code += "print(*{m.partition('.')[0] for m in sys.modules} & {'scipy', 'tensorflow', 'keras', 'PySide6', 'pydicom', 'SimpleITK'})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_reasons():
    assert orders.reason_of(3) == "exit code 3"
    assert orders.reason_of(-9) == "signal 9, perhaps for lack of memory"
    assert orders.reason_of(-11) == "signal 11"


def test_peak_memory_is_ours_and_not_the_parents():
    assert 1 < serving.peak_mib() < 100_000
