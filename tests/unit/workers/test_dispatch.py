"""The state machine without a process: what it answers to everything that can happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cacviewer.core.errors import CacError, Cancelled, NotScorable, WorkerDied
from cacviewer.workers import dispatch as module
from cacviewer.workers.commands import Kill, Notice, Send, Show, Start, Tell
from cacviewer.workers.dispatch import Dispatch
from cacviewer.workers.estimate import seconds_left
from cacviewer.workers.protocol import (
    PROTOCOL_VERSION,
    Failure,
    Hello,
    Job,
    Log,
    Progress,
    Ready,
    Result,
)
from cacviewer.workers.states import TABLE, Action, Event, State, draw_table

HELLO = Hello(PROTOCOL_VERSION, "0.1", "reader", 1)


def made_ready(role="reader", now=0.0, keep_warm=False):
    d = Dispatch()
    if keep_warm:
        d.warm(role, now)
    else:
        d.submit(role, Job(1000, "first"), now)
    d.message(role, HELLO, now + 1)
    d.message(role, Ready(1.0, 50.0), now + 2)
    if not keep_warm:
        d.message(role, Result(1000, None), now + 3)
    return d


def kinds(commands):
    return [type(c) for c in commands if not isinstance(c, Show)]


def tells(commands):
    return {c.ticket: c.what for c in commands if isinstance(c, Tell)}


def test_a_job_starts_its_child_waits_for_it_and_is_answered():
    d = Dispatch()
    assert d.submit("reader", Job(1, "load"), 0.0) == [Show("reader", State.STARTING), Start("reader")]
    assert d.message("reader", HELLO, 1.0) == [Show("reader", State.WARMING)]
    assert d.hello("reader") == HELLO
    assert d.start_seconds("reader") is None
    assert d.message("reader", Ready(1.5, 80.0, {"m": "abc"}), 2.0) == [
        Show("reader", State.IDLE),
        Show("reader", State.BUSY),
        Send("reader", Job(1, "load")),
    ]
    assert d.start_seconds("reader") == 2.0
    assert d.models("reader") == {"m": "abc"}
    assert d.is_open(1)
    assert d.message("reader", Result(1, "x", 1.0, 90.0), 3.0) == [
        Show("reader", State.IDLE),
        Tell(1, Result(1, "x", 1.0, 90.0)),
    ]
    assert d.peak_mib("reader") == 90.0
    assert not d.is_open(1)
    assert d.state("network") is State.ABSENT
    assert not d.is_at_rest


def test_warm_children_start_before_the_first_job():
    d = Dispatch()
    assert d.warm("network", 0.0) == [Show("network", State.STARTING), Start("network")]
    assert d.warm("network", 0.5) == []
    assert d.submit("network", Job(1, "segment"), 1.0) == []  # waits
    d.message("network", HELLO, 1.0)
    assert d.message("network", Ready(3.0), 3.0)[-1] == Send("network", Job(1, "segment"))


def test_one_job_a_child_in_the_order_of_submission():
    d = made_ready()
    assert kinds(d.submit("reader", Job(1, "a"), 4.0)) == [Send]
    assert d.submit("reader", Job(2, "b"), 4.0) == []
    assert d.submit("reader", Job(3, "c"), 4.0) == []
    answer = d.message("reader", Result(1, None), 5.0)
    assert [c for c in answer if not isinstance(c, Show)] == [
        Tell(1, Result(1, None)),
        Send("reader", Job(2, "b")),
    ]
    answer = d.message("reader", Failure(2, NotScorable("No.").plain(), "why"), 6.0)
    assert isinstance(tells(answer)[2], NotScorable)
    assert answer[-1] == Send("reader", Job(3, "c"))


def test_roles_do_not_wait_for_each_other():
    d = made_ready()
    d.submit("network", Job(1, "segment"), 4.0)
    assert kinds(d.submit("reader", Job(2, "load"), 4.0)) == [Send]


def test_progress_with_seconds_left():
    d = made_ready()
    d.submit("reader", Job(1, "a"), 10.0)
    assert d.message("reader", Progress(1, "reading", 0.0), 10.0) == [
        Tell(1, Progress(1, "reading", 0.0, None))
    ]
    assert d.message("reader", Progress(1, "reading", 0.25), 12.0) == [
        Tell(1, Progress(1, "reading", 0.25, 6.0))
    ]
    assert d.message("reader", Progress(1, "x", 0.5, 99.0), 12.0) == [Tell(1, Progress(1, "x", 0.5, 99.0))]
    d.message("reader", Result(1, None), 20.0)
    d.submit("reader", Job(2, "a"), 30.0)
    assert (
        tells(d.message("reader", Progress(2, "reading", 0.0), 31.0))[2].seconds_left == 9.0
    )  # as last time


@pytest.mark.parametrize(
    ("elapsed", "fraction", "typical", "left"),
    [(1, 0.0, None, None), (1, 0.01, None, None), (1, 0.5, None, 1), (1, 1.0, None, 0), (1, 0.01, 5, 4), (9, 0.01, 5, 0),
     (2, 0.5, 6, 3), (5, 1.0, 50, 0)],
)  # fmt: skip
def test_estimate(elapsed, fraction, typical, left):
    assert seconds_left(elapsed, fraction, typical) == left


def test_cancel_of_a_waiting_job_disturbs_nobody():
    d = made_ready()
    d.submit("reader", Job(1, "a"), 4.0)
    d.submit("reader", Job(2, "b"), 4.0)
    answer = d.cancel(2, 5.0)
    assert kinds(answer) == [Tell]
    assert isinstance(tells(answer)[2], Cancelled)
    assert d.state("reader") is State.BUSY
    assert d.cancel(2, 5.0) == []
    assert kinds(d.message("reader", Result(1, None), 6.0)) == [Tell]


def test_cancel_of_a_running_job_kills_and_starts_anew_for_what_waits():
    d = made_ready()
    d.submit("reader", Job(1, "a"), 4.0)
    d.submit("reader", Job(2, "b"), 4.0)
    answer = d.cancel(1, 5.0)
    assert kinds(answer) == [Tell, Kill]
    assert d.state("reader") is State.ENDING
    assert d.message("reader", Result(1, "too late"), 5.1) == []
    assert d.message("reader", Progress(1, "too late", 1.0), 5.1) == []
    assert kinds(d.died("reader", "signal 9", 5.2)) == [Start]
    d.message("reader", HELLO, 6.0)
    assert d.message("reader", Ready(1.0), 7.0)[-1] == Send("reader", Job(2, "b"))


def test_after_a_cancel_a_lazy_child_stays_away_and_a_warm_one_comes_back():
    lazy, warm = made_ready(), made_ready(keep_warm=True)
    for d in (lazy, warm):
        d.submit("reader", Job(1, "a"), 20.0)
        d.cancel(1, 21.0)
    assert kinds(lazy.died("reader", "signal 9", 21.1)) == []
    assert kinds(warm.died("reader", "signal 9", 21.1)) == [Start]


def test_a_crash_is_said_and_the_job_tried_once_more_before_the_others():
    d = made_ready()
    d.submit("reader", Job(1, "a"), 4.0)
    d.submit("reader", Job(2, "b"), 4.0)
    answer = d.died("reader", "signal 9", 5.0)
    assert kinds(answer) == [Notice, Start]
    assert "trying again" in answer[1].text
    d.message("reader", HELLO, 6.0)
    assert d.message("reader", Ready(1.0), 7.0)[-1] == Send("reader", Job(1, "a"))
    answer = d.died("reader", "signal 11", 8.0)
    assert kinds(answer) == [Tell, Start]
    error = tells(answer)[1]
    assert isinstance(error, WorkerDied)
    assert "signal 11" in str(error)
    d.message("reader", HELLO, 9.0)
    assert d.message("reader", Ready(1.0), 10.0)[-1] == Send("reader", Job(2, "b"))


def test_a_child_lost_while_idle_is_replaced_if_the_role_is_kept_warm():
    assert kinds(made_ready(keep_warm=True).died("reader", "signal 15", 100.0)) == [Start]
    assert kinds(made_ready().died("reader", "signal 15", 100.0)) == []


def test_a_child_that_dies_of_itself_is_not_started_for_ever():
    d = made_ready(keep_warm=True)
    assert kinds(d.died("reader", "exit code 1", 3.0)) == [Start]
    d.message("reader", HELLO, 4.0)
    d.message("reader", Ready(1.0), 5.0)
    assert kinds(d.died("reader", "exit code 1", 6.0)) == [Notice]
    assert d.is_at_rest


def test_two_false_starts_give_up_what_waits_and_the_next_job_tries_again():
    d = Dispatch()
    d.submit("network", Job(1, "a"), 0.0)
    d.submit("network", Job(2, "b"), 0.0)
    assert kinds(d.died("network", "exit code 1", 1.0)) == [Start]
    d.message("network", HELLO, 2.0)
    answer = d.died("network", "signal 4", 3.0)
    assert kinds(answer) == [Tell, Tell, Notice]
    assert all(isinstance(e, WorkerDied) and "signal 4" in str(e) for e in tells(answer).values())
    assert d.is_at_rest
    assert kinds(d.submit("network", Job(3, "c"), 4.0)) == [Start]


@pytest.mark.parametrize("greeted", [False, True])
def test_a_child_that_never_gets_ready_is_given_up(greeted):
    d = Dispatch()
    d.submit("reader", Job(1, "a"), 0.0)
    if greeted:
        d.message("reader", HELLO, 1.0)
    assert d.tick(module.START_LIMIT_S) == []
    late = d.tick(module.START_LIMIT_S + 1)
    assert kinds(late) == [Kill]
    assert d.tick(module.START_LIMIT_S + 2) == []
    assert kinds(d.died("reader", "signal 9", 200.0)) == [Start]
    answer = d.tick(200.0 + module.START_LIMIT_S + 1)
    assert kinds(answer) == [Kill, Tell, Notice]
    assert kinds(d.died("reader", "signal 9", 400.0)) == []
    assert d.is_at_rest


def test_a_child_of_another_version_is_refused_at_once():
    d = Dispatch()
    d.submit("reader", Job(1, "a"), 0.0)
    answer = d.message("reader", Hello(PROTOCOL_VERSION + 1, "9.9", "reader", 1), 1.0)
    assert kinds(answer) == [Kill, Tell, Notice]
    assert "9.9" in str(tells(answer)[1])
    assert kinds(d.died("reader", "signal 9", 2.0)) == []


def test_a_failed_warm_up_is_said_and_jobs_are_tried():
    d = Dispatch()
    d.submit("network", Job(1, "a"), 0.0)
    d.message("network", HELLO, 1.0)
    answer = d.message("network", Ready(1.0, 0.0, {}, "The weights are missing."), 2.0)
    assert Notice("The weights are missing.") in answer
    assert answer[-1] == Send("network", Job(1, "a"))


def test_stop_cancels_everything_and_starts_nothing():
    d = made_ready()
    d.warm("network", 3.0)
    d.submit("reader", Job(1, "a"), 4.0)
    d.submit("reader", Job(2, "b"), 4.0)
    answer = d.stop(5.0)
    assert sorted(c.role for c in answer if isinstance(c, Kill)) == ["network", "reader"]
    assert all(isinstance(e, Cancelled) for e in tells(answer).values())
    assert set(tells(answer)) == {1, 2}
    assert kinds(d.died("reader", "", 6.0) + d.died("network", "", 6.0)) == []
    assert d.is_at_rest
    assert d.stop(7.0) == []


def test_stop_of_idle_and_warming_children():
    d = made_ready()
    d.warm("network", 3.0)
    d.message("network", HELLO, 4.0)
    assert kinds(d.stop(5.0)) == [Kill, Kill]


def test_what_makes_no_sense_changes_nothing():
    d = made_ready()
    assert d.message("reader", Log(20, "hello"), 4.0) == []
    assert d.message("reader", Result(77, None), 4.0) == []
    assert d.message("reader", Ready(1.0), 4.0) == []
    assert d.message("network", Ready(1.0), 4.0) == []
    assert d.died("network", "", 4.0) == []
    assert d.cancel(77, 4.0) == []
    assert d.state("reader") is State.IDLE


def test_the_table_is_whole():
    assert {action for _, action in TABLE.values()} == set(Action) == set(module._ACTIONS)
    assert {state for state, _ in TABLE} == set(State)
    assert {event for _, event in TABLE} == set(Event)
    for state in State:  # a child may die and the program may close in any state where there is a child
        assert state is State.ABSENT or (state, Event.DIED) in TABLE
        assert state in (State.ABSENT, State.ENDING) or (state, Event.STOP) in TABLE


def test_the_documentation_shows_the_table_as_it_is():
    page = Path(__file__).parents[3] / "docs" / "workers.md"
    assert draw_table() in page.read_text("utf-8")


class Anything(RuleBasedStateMachine):
    """Whatever happens in whatever order: each ticket ends once, nothing is sent to who is not there."""

    def __init__(self):
        super().__init__()
        self.d = Dispatch()
        self.now = 0.0
        self.tickets = 0
        self.open = set()
        self.alive = {"reader": False, "network": False}
        self.sent = {"reader": None, "network": None}
        self.stopped = False

    def do(self, commands):
        self.now += 1.0
        for c in commands:
            match c:
                case Start(role):
                    assert not self.alive[role]
                    assert not self.stopped
                    self.alive[role] = True
                case Send(role, job):
                    assert self.alive[role]
                    assert self.sent[role] is None
                    self.sent[role] = job.ticket
                case Kill(role):
                    assert self.alive[role]
                    self.sent[role] = None
                case Tell(ticket, Progress()):
                    assert ticket in self.open
                case Tell(ticket, what):
                    assert isinstance(what, Result | CacError)
                    self.open.remove(ticket)

    roles = st.sampled_from(["reader", "network"])

    @precondition(lambda self: not self.stopped)
    @rule(role=roles, name=st.sampled_from("ab"))
    def submit(self, role, name):
        self.tickets += 1
        self.open.add(self.tickets)
        self.do(self.d.submit(role, Job(self.tickets, name), self.now))

    @precondition(lambda self: not self.stopped)
    @rule(role=roles)
    def warm(self, role):
        self.do(self.d.warm(role, self.now))

    @rule(data=st.data())
    def cancel(self, data):
        self.do(self.d.cancel(data.draw(st.integers(0, self.tickets + 1)), self.now))

    @rule(role=roles, version=st.sampled_from([PROTOCOL_VERSION] * 4 + [0]))
    def hello(self, role, version):
        self.do(self.d.message(role, Hello(version, "", role, 1), self.now))

    @rule(role=roles)
    def ready(self, role):
        self.do(self.d.message(role, Ready(1.0), self.now))

    @rule(role=roles, fraction=st.floats(0, 1))
    def progress(self, role, fraction):
        self.do(self.d.message(role, Progress(self.sent[role] or 0, "", fraction), self.now))

    @rule(role=roles, fails=st.booleans())
    def answer(self, role, fails):
        if ticket := self.sent[role]:
            self.sent[role] = None
            answer = Failure(ticket, CacError("x").plain()) if fails else Result(ticket, None)
            self.do(self.d.message(role, answer, self.now))

    @rule(role=roles)
    def die(self, role):
        if self.alive[role]:
            self.alive[role], self.sent[role] = False, None
            self.do(self.d.died(role, "signal 9", self.now))

    @rule(seconds=st.sampled_from([1.0, 500.0]))
    def wait(self, seconds):
        self.now += seconds
        self.do(self.d.tick(self.now))

    @rule()
    def stop(self):
        self.stopped = True
        self.do(self.d.stop(self.now))

    @invariant()
    def agrees(self):
        for role, alive in self.alive.items():
            assert (self.d.state(role) is not State.ABSENT) == alive
            assert (self.d.state(role) is State.BUSY) == (self.sent[role] is not None)
        assert all(self.d.is_open(t) == (t in self.open) for t in range(self.tickets + 2))
        if self.stopped:
            assert not self.open


TestAnything = Anything.TestCase
TestAnything.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
