"""The states of a child process and all that can happen to it: one table.

Nothing about a child's state may be decided anywhere else. `dispatch` has the actions, `draw_table` writes
the table into docs/workers.md.

    absent --want--> starting --hello--> warming --ready--> idle --job--> busy --result, failure--> idle
       ^                 |                  |                 |             |
       |                 +------- late, misfit, stop, cancel: killed -------+
       |                                    v
       +-------------- died ------------- ending
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Of the child of a role."""

    ABSENT = "absent"
    STARTING = "starting"
    WARMING = "warming"
    IDLE = "idle"
    BUSY = "busy"
    ENDING = "ending"


class Event(StrEnum):
    """What can happen to a child."""

    WANT = "want"
    HELLO = "hello"
    MISFIT = "misfit"
    READY = "ready"
    JOB = "job"
    PROGRESS = "progress"
    RESULT = "result"
    FAILURE = "failure"
    CANCEL = "cancel"
    LATE = "late"
    DIED = "died"
    STOP = "stop"


class Action(StrEnum):
    """What is done when something happens; the value is the sentence of the documentation."""

    START = "starts a child"
    GREET = "remembers what the child is"
    GET_READY = "notes start time and memory, passes on a failed warm-up"
    SEND = "sends the first job of the queue"
    PROGRESS = "tells the progress with an estimate of the time left"
    RESULT = "tells the result, learns how long such a job takes"
    FAILURE = "tells the error; the child goes on"
    CANCEL = "tells at once and kills: a network in the middle of a pass does not listen"
    KILL = "kills the child; a job in it is cancelled"
    KILL_LATE = "kills a child that does not get ready; counts it as a false start"
    REFUSE = "kills a child of another version and gives up what waits"
    LOST_AT_START = "counts a false start; after two in a row gives up what waits"
    LOST_IDLE = "nothing is lost; a role that is kept warm gets another child"
    LOST_BUSY = "tries the job once more, or gives it up with a sentence"
    GONE = "jobs that wait get another child"


S, E, A = State, Event, Action
TABLE: dict[tuple[State, Event], tuple[State, Action]] = {
    (S.ABSENT, E.WANT): (S.STARTING, A.START),
    (S.STARTING, E.HELLO): (S.WARMING, A.GREET),
    (S.STARTING, E.MISFIT): (S.ENDING, A.REFUSE),
    (S.STARTING, E.LATE): (S.ENDING, A.KILL_LATE),
    (S.STARTING, E.DIED): (S.ABSENT, A.LOST_AT_START),
    (S.STARTING, E.STOP): (S.ENDING, A.KILL),
    (S.WARMING, E.READY): (S.IDLE, A.GET_READY),
    (S.WARMING, E.LATE): (S.ENDING, A.KILL_LATE),
    (S.WARMING, E.DIED): (S.ABSENT, A.LOST_AT_START),
    (S.WARMING, E.STOP): (S.ENDING, A.KILL),
    (S.IDLE, E.JOB): (S.BUSY, A.SEND),
    (S.IDLE, E.DIED): (S.ABSENT, A.LOST_IDLE),
    (S.IDLE, E.STOP): (S.ENDING, A.KILL),
    (S.BUSY, E.PROGRESS): (S.BUSY, A.PROGRESS),
    (S.BUSY, E.RESULT): (S.IDLE, A.RESULT),
    (S.BUSY, E.FAILURE): (S.IDLE, A.FAILURE),
    (S.BUSY, E.CANCEL): (S.ENDING, A.CANCEL),
    (S.BUSY, E.DIED): (S.ABSENT, A.LOST_BUSY),
    (S.BUSY, E.STOP): (S.ENDING, A.KILL),
    (S.ENDING, E.DIED): (S.ABSENT, A.GONE),
}
"""(state, event) to (next state, action). A pair that is not here changes nothing."""


def draw_table() -> str:
    """The table as Markdown, for docs/workers.md."""
    rows = [f"| {state} | {event} | {after} | {done} |" for (state, event), (after, done) in TABLE.items()]
    return "\n".join(("| state | event | next state | what is done |", "|---|---|---|---|", *rows)) + "\n"
