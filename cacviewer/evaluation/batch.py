"""Thousands of scans: inputs into the journal, scans from the journal through warm children into their folders.

A lane is a pair of children, reader and network. While the network works on a scan, the reader writes the results
of the one before and then reads the next. Lanes share nothing but the journal.
"""

from __future__ import annotations

import csv
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cacviewer import files, logs
from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.errors import CacError, Cancelled, CannotWrite, ModelError
from cacviewer.core.findings import refusals
from cacviewer.core.volume import Volume
from cacviewer.evaluation import case_files
from cacviewer.evaluation.case_files import CaseOptions
from cacviewer.storage.batch_list import BatchList, Entry, Found
from cacviewer.workers.dispatch import NOT_STARTED
from cacviewer.workers.runner import Runner

LANE_BYTES = 3 << 30
"""Memory of a lane: both children and three scans between them (network 1.2 GB, reader up to 1.5 GB measured)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scan: cells of its row, or why it has none."""

    row: dict[str, str]
    code: str = ""
    reason: str = ""


def lanes_for(cores: int, free_bytes: int) -> int:
    """How many pairs of children: a network keeps two cores busy."""
    return max(1, min(cores // 2, free_bytes // LANE_BYTES))


def free_bytes() -> int:
    """Memory that can be used without swapping; a lane's where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return LANE_BYTES


def look_through(
    runner: Runner,
    journal: BatchList,
    paths: list[str],
    out: Path | None,
    *,
    settled: Callable[[str, str], bool] = lambda path, stamp: True,
    say: Callable[[str, float], None] = lambda step, fraction: None,
) -> int:
    """Enters every input that is new or has changed into the journal.

    Args:
        runner: Its reader child looks through the inputs.
        journal: Where they are entered.
        paths: What a person gave.
        out: Folder of the results, which is no input.
        settled: Told path and stamp of an input; says whether it is complete.
        say: Told what is done and the fraction.

    Returns:
        How many inputs were looked through.

    Raises:
        UnreadableInput: A path is not there.
    """
    found = runner.run(
        "inputs", paths, str(out) if out else "", progress=lambda step, part, left: say(step, part)
    )
    logs.hide(*(one.path for one in found))
    fresh = [one for one in found if journal.stamp(one.path) != one.stamp and settled(one.path, one.stamp)]
    for count, one in enumerate(fresh):
        say(f"Looking through {len(fresh)} inputs", count / len(fresh))
        gone = _enter(runner, journal, one, _studies(runner, one.path, one.paths))
        for folder in gone if out else ():
            for name in (*case_files.RESULTS, case_files.OVERVIEW):
                Path(out or "", folder, name).unlink(missing_ok=True)
    return len(fresh)


def _studies(runner: Runner, path: str, paths: Sequence[str]) -> list[Found]:
    try:
        found: list[Found] = runner.run("studies", list(paths))
    except (CannotWrite, Cancelled):
        raise
    except CacError as error:  # the child died of it twice
        if error.code == NOT_STARTED:
            raise
        return [Found(f"input:{path}", tuple(paths), code=error.code, reason=sentence_of(error))]
    return found


def _enter(runner: Runner, journal: BatchList, what: Any, found: Iterable[Found]) -> list[str]:
    """Enters an input; a study that another input holds, too, is joined with it, or stands beside it as a copy.

    Returns:
        Folders of scans that the input held before and does not any more.
    """
    path: str = what.path
    new: list[Found] = []
    changed: dict[int, Found] = {}
    for one in found:
        copy = replace(one, key=f"{one.key}|{path}")
        known = journal.find(copy.key) or journal.find(one.key)
        if known is None:
            new.append(one)
        elif set(known.paths) == set(one.paths):
            changed[known.number] = one
        else:
            both = tuple(dict.fromkeys((*known.paths, *one.paths)))
            together = {study.key: study for study in _studies(runner, path, both)}.get(one.key)
            if together and (set(one.paths) <= set(known.paths) or _belong(known, one, together)):
                changed[known.number] = replace(together, paths=both)
            else:
                new.append(copy)
    return journal.enter(path, what.stamp, new, changed, tuple(what.paths))


def _belong(known: Entry, other: Found, together: Found) -> bool:
    """Whether two inputs are parts of one study, and not copies of it.

    Halves of one series have together as many images as each alone; copies do not, and one of them may be damaged.
    Different series of a study compete, if both can be scored: else the refusal must stay a row.
    """
    if known.series_uid == other.series_uid:
        return together.images == known.images + other.images
    return not known.code and not other.code


def sentence_of(error: CacError) -> str:
    """What happened and what to do."""
    return f"{error.message} {error.remedy}".strip()


class Lane:
    """One pair of children that takes scans until there are none.

    Args:
        runner: The children.
        out: Folder of the batch.
        options: How scans are scored and written.
        take: Gives the next scan, or None.
        tell: Gets each scan and what became of it, after its folder is in place.
    """

    def __init__(
        self,
        runner: Runner,
        out: Path,
        options: CaseOptions,
        take: Callable[[], Entry | None],
        tell: Callable[[Entry, Outcome], None],
    ) -> None:
        self._runner, self._out, self._options = runner, out, options
        self._take, self._tell = take, tell

    def work(self) -> None:
        """Scores until `take` gives None.

        Raises:
            CannotWrite: The disk is full or refuses: no scan's fault, so the batch ends here and can go on later.
            ModelError: The network is damaged.
        """
        ahead = self._read_next()
        writing: _Writing | None = None
        try:
            while ahead:
                entry, ticket, started = ahead
                case = None
                try:
                    volume: Volume = self._runner.wait(ticket)
                    logs.hide(
                        volume.info.patient.name, volume.info.patient.id, volume.info.patient.birth_date
                    )
                    segmenting = self._runner.submit("segment", volume, self._options.model)
                except CacError as error:
                    self._fail(entry, error)
                    ahead = self._read_next()
                    continue
                done, writing = writing, None
                if done:
                    done.finish()
                ahead = self._read_next()
                try:
                    anatomy: Anatomy = self._runner.wait(segmenting)
                    case = self._runner.run(
                        "find", volume, anatomy, self._options.method, self._options.rules
                    )
                    writing = _Writing(self, entry, case, volume, anatomy, started)
                except CacError as error:
                    self._fail(entry, error)
            done, writing = writing, None
            if done:
                done.finish()
        finally:
            if writing:
                writing.abandon()

    def _read_next(self) -> tuple[Entry, int, float] | None:
        entry = self._take()
        if entry is None:
            return None
        ticket = self._runner.submit("read", list(entry.paths), entry.series_uid, entry.part)
        return entry, ticket, time.perf_counter()

    def _fail(self, entry: Entry, error: CacError) -> None:
        if isinstance(error, CannotWrite | Cancelled | ModelError) or error.code == NOT_STARTED:
            raise error  # no scan's fault: it stays in the journal for the next run
        self._tell(entry, Outcome({}, error.code, sentence_of(error)))


class _Writing:
    """The files of a case on their way into its folder."""

    def __init__(
        self, lane: Lane, entry: Entry, case: Case, volume: Volume, anatomy: Anatomy, started: float
    ) -> None:
        self._lane, self._entry, self._started = lane, entry, started
        self._before = time.perf_counter()
        self._case = case
        self._stack = ExitStack()
        target = lane._out / entry.folder
        clear_unfinished(target)
        owned = (*case_files.RESULTS, case_files.OVERVIEW)
        self._folder = self._stack.enter_context(files.writing_folder(target, owned))
        try:
            self._ticket = case_files.submit(lane._runner, case, volume, anatomy, self._folder, lane._options)
        except BaseException:
            self.abandon()
            raise

    def finish(self) -> None:
        """Waits for the child, puts the folder in place and tells."""
        try:
            if self._ticket is not None:
                self._lane._runner.wait(self._ticket)
            now = time.perf_counter()
            case_files.finish(
                self._case, self._folder, now - self._before, now - self._started, self._lane._options
            )
            outcome = outcome_of(self._case, self._folder)
            self._stack.close()
        except CacError as error:
            self.abandon()
            self._lane._fail(self._entry, error)
            return
        except BaseException:
            self.abandon()
            raise
        self._lane._tell(self._entry, outcome)

    def abandon(self) -> None:
        """Leaves the target as it was."""
        with suppress(Cancelled):
            self._stack.__exit__(Cancelled, Cancelled("Abandoned."), None)


def outcome_of(case: Case, folder: Path) -> Outcome:
    """The row that was written for a case, or why there is none."""
    if case.scores is None:
        flaw = refusals(case.findings)[0]
        return Outcome({}, flaw.code, f"{flaw.message} {flaw.remedy}".strip())
    with open(folder / "scores.csv", encoding="utf-8-sig", newline="") as file:
        names, cells = list(csv.reader(file))
    return Outcome(dict(zip(names, cells, strict=True)))


def clear_unfinished(folder: Path) -> None:
    """Removes what a killed run left half-written in a case's folder; the case is written anew."""
    for part in folder.glob(f"{files.PART_PREFIX}*{files.PART_SUFFIX}"):
        shutil.rmtree(part, ignore_errors=True)


def score_all(
    runners: list[Runner],
    entries: Iterable[Entry],
    out: Path,
    options: CaseOptions,
    tell: Callable[[Entry, Outcome], None],
) -> None:
    """Scores scans over several lanes; returns when all are done.

    Args:
        runners: One for each lane.
        entries: Scans, each is taken once.
        out: Folder of the batch.
        options: How they are scored.
        tell: Gets each scan and what became of it; calls do not overlap.

    Raises:
        CannotWrite: The disk is full or refuses.
        ModelError: The network is damaged.
    """
    waiting = iter(entries)
    one_at_a_time = threading.Lock()
    problems: list[BaseException] = []

    def take() -> Entry | None:
        with one_at_a_time:
            return None if problems else next(waiting, None)

    def tell_in_turn(entry: Entry, outcome: Outcome) -> None:
        with one_at_a_time:
            tell(entry, outcome)

    def work(runner: Runner) -> None:
        try:
            Lane(runner, out, options, take, tell_in_turn).work()
        except BaseException as error:
            problems.append(error)

    others = [threading.Thread(target=work, args=(r,), name="lane", daemon=True) for r in runners[1:]]
    for thread in others:
        thread.start()
    try:
        Lane(runners[0], out, options, take, tell_in_turn).work()
    except BaseException as error:  # a Ctrl-C arrives here: the other lanes end with their present scan
        problems.insert(0, error)
    for thread in others:
        thread.join()
    if problems:
        raise problems[0]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
