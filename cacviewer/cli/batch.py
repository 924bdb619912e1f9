"""Score every scan below folders and archives: a folder for each, one table, one page to review them."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import cacviewer
from cacviewer.cli.progress import terminal_notice
from cacviewer.cli.score import absolute_card, case_options
from cacviewer.core.case import check_choices
from cacviewer.core.errors import UnreadableInput
from cacviewer.evaluation import batch, batch_tables
from cacviewer.evaluation.batch import Outcome
from cacviewer.files import check_folder
from cacviewer.storage.batch_list import BatchList, Entry
from cacviewer.workers.runner import Runner

JOURNAL = "batch.sqlite"
TABLES_EVERY_S = 60.0
"""Tables and page are written anew this often while a batch runs, so that a look at them is worth it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument("input", nargs="+", metavar="PATH", help="folders, archives, files with CT scans")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    parser.add_argument("--method", default="threshold", choices=("threshold", "network"))
    parser.add_argument(
        "--rules", default="literature", metavar="NAME", help="rule set (default: literature)"
    )
    parser.add_argument("--model", default="", metavar="NAME|CARD", help="another heart network")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be scored")
    parser.add_argument(
        "--watch",
        nargs="?",
        type=float,
        const=10.0,
        metavar="SECONDS",
        help="go on for ever: look for new scans every SECONDS (10); end with Ctrl-C",
    )
    parser.add_argument("--retry", action="store_true", help="try again what was refused in an earlier run")
    parser.add_argument(
        "--lanes", type=int, metavar="N", help="pairs of children (default: by cores and memory)"
    )


def run(args: argparse.Namespace) -> int:
    """Scores what is not scored yet.

    Returns:
        0: every scan has its row; refusals are rows, too.

    Raises:
        CacError: A path is not there, or the target cannot be written.
    """
    check_choices(args.method, args.rules)
    paths = [os.path.abspath(path) for path in args.input]
    for path in paths:
        if not os.path.lexists(path):
            raise UnreadableInput(
                f"{path} is not there.", code="path_not_found", path=path, remedy="Check the name."
            )
    if args.dry_run:
        return _dry_run(paths, args.out)
    check_folder(args.out)
    journal = BatchList(args.out / JOURNAL)
    try:
        choices = {"method": args.method, "rules": args.rules, "model": args.model or "default"}
        journal.claim({**choices, "software": f"cacviewer {cacviewer.__version__}"})
        if args.retry:
            journal.retry()
        return _run(args, paths, journal)
    finally:
        journal.close()


def _dry_run(paths: list[str], out: Path) -> int:
    journal = BatchList(None)
    with Runner(roles=("reader",), notice=terminal_notice) as runner:
        batch.look_through(runner, journal, paths, out, say=_line())
    for entry in journal.waiting():
        print(f"{entry.folder}: {', '.join(entry.paths)} series {entry.series_uid or '-'}")
    for entry in journal.refused():
        print(f"refused: {', '.join(entry.paths)}: {entry.reason}")
    counts = journal.counts()
    print(f"{counts['waiting']} would be scored, {counts['refused']} refused.")
    return 0


def _run(args: argparse.Namespace, paths: list[str], journal: BatchList) -> int:
    options = replace(case_options(args.method, args.rules), model=absolute_card(args.model), overview=True)
    out: Path = args.out.absolute()
    say = _line()
    with ExitStack() as stack:
        runners = [stack.enter_context(Runner(notice=terminal_notice))]
        seen: dict[str, str] = {}
        while True:
            first_look = args.watch is None
            batch.look_through(
                runners[0],
                journal,
                paths,
                out,
                settled=(lambda path, stamp: True) if first_look else _unchanged(seen),
                say=say,
            )
            waiting = journal.waiting()
            wanted = args.lanes or batch.lanes_for(batch.cores(), batch.free_bytes())
            while len(runners) < min(wanted, len(waiting)):
                runners.append(stack.enter_context(Runner(notice=terminal_notice)))
            progress = _Progress(journal, out, say, len(waiting))
            try:
                batch.score_all(runners, waiting, out, options, progress.tell)
            finally:
                say("", 1.0)
                if waiting or first_look:
                    batch_tables.write(journal, out)
            if args.watch is None:
                break
            time.sleep(args.watch)
    counts = journal.counts()
    print(f"{counts['scored']} scored, {counts['refused']} refused. See {out / 'index.html'}")
    return 0


def _unchanged(seen: dict[str, str]) -> Callable[[str, str], bool]:
    """Whether an input looks as it did at the last look: a scan that is still being copied is left alone."""

    def settled(path: str, stamp: str) -> bool:
        before, seen[path] = seen.get(path), stamp
        return before == stamp

    return settled


class _Progress:
    """Enters outcomes into the journal and says how far it is."""

    def __init__(self, journal: BatchList, out: Path, say: Callable[[str, float], None], total: int) -> None:
        self._journal, self._out, self._say, self._total = journal, out, say, total
        self._done = self._refused = 0
        self._started = self._written = time.monotonic()

    def tell(self, entry: Entry, outcome: Outcome) -> None:
        """A scan has ended, and its folder is in place."""
        if outcome.code:
            self._journal.refuse(entry.number, outcome.code, outcome.reason)
            self._refused += 1
        else:
            self._journal.done(entry.number, outcome.row)
        self._done += 1
        now = time.monotonic()
        a_minute = 60 * self._done / max(now - self._started, 1e-3)
        left = (self._total - self._done) / a_minute * 60
        self._say(
            f"{self._done} of {self._total} ({self._refused} refused), {a_minute:.1f} a minute, "
            f"{_clock(left)} left: {entry.folder}",
            self._done / self._total,
        )
        if now - self._written > TABLES_EVERY_S:
            batch_tables.write(self._journal, self._out)
            self._written = now


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _line() -> Callable[[str, float], None]:
    """Shows (step, fraction) on standard error: one line rewritten on a terminal, else a line every 30 s."""
    last = [0.0]
    if sys.stderr.isatty():

        def rewrite(step: str, fraction: float) -> None:
            sys.stderr.write(f"\r\x1b[K{step} {fraction:4.0%}" if step else "\r\x1b[K")
            sys.stderr.flush()

        return rewrite

    def now_and_then(step: str, fraction: float) -> None:
        if step and (fraction >= 1.0 or time.monotonic() - last[0] > 30.0):
            last[0] = time.monotonic()
            print(step, file=sys.stderr, flush=True)

    return now_and_then
