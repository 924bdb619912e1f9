"""Score one scan: case.json, scores.csv, lesions.csv, report.pdf and masks go to a folder."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from cacviewer import logs, settings
from cacviewer.cli.progress import terminal_notice, terminal_progress
from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case, check_choices
from cacviewer.core.categories import reported_text
from cacviewer.core.errors import NotScorable
from cacviewer.core.findings import refusals
from cacviewer.core.qualifier import AT_LEAST, qualifier
from cacviewer.core.quantities import PER_ARTERY
from cacviewer.core.scoring import Score
from cacviewer.core.study import Inspection, Verdict, names_in
from cacviewer.core.volume import Volume
from cacviewer.evaluation import case_files
from cacviewer.evaluation.case_files import RESULTS, CaseOptions
from cacviewer.files import check_folder, writing_folder
from cacviewer.reports.formats import ReportOptions
from cacviewer.workers.runner import Runner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument("input", nargs="+", metavar="INPUT", help="folder or file with one CT")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    parser.add_argument("--series", metavar="UID[:PART]|NUMBER", help="which series, if not the best one")
    parser.add_argument("--method", default="threshold", choices=("threshold", "network"))
    parser.add_argument(
        "--rules", default="literature", metavar="NAME", help="rule set (default: literature)"
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="NAME|CARD",
        help="another heart network: its card, or its name in the folder of the user's networks",
    )
    parser.add_argument("--json", action="store_true", help="print case.json on standard output")


def run(args: argparse.Namespace) -> int:
    """Scores and writes.

    Returns:
        0 scored; 2 when the scan was refused after segmentation (masks and a case.json without scores are left).

    Raises:
        CacError: The input is refused before segmentation (nothing is written), or the target cannot be written.
    """
    started = time.perf_counter()
    check_choices(args.method, args.rules)  # before anything slow starts
    check_folder(args.out, RESULTS)
    with Runner(roles=("reader", "network"), notice=terminal_notice) as runner:
        case = score(runner, args.input, args.out, args.series, args.method, args.rules, started, args.model)
    text = case_files.text_of(case, case_options(args.method, args.rules))
    refused = refusals(case.findings)
    if args.json:
        sys.stdout.write(text)
    else:
        print(summary(case, args.out))
    for found in refused:
        print(f"cacviewer: not scored: {found.message} {found.remedy}".rstrip(), file=sys.stderr)
    return 2 if refused else 0


def score(
    runner: Runner,
    inputs: list[str],
    out: Path,
    series: str | None,
    method: str,
    rules: str,
    started: float,
    model: str = "",
) -> Case:
    """Runs the jobs of one case and writes its files to `out`, all or none.

    Args:
        runner: Warm or warming children.
        inputs: Paths of the input.
        out: Folder of the results; made if it is not there.
        series: UID[:PART] or number; None for the best one.
        method: Calcium method.
        rules: Rule set.
        started: `time.perf_counter()` at the start of the command.
        model: Card or name of another heart network.

    Returns:
        The case, with all its times.
    """
    say = terminal_progress()
    # children have a working directory of their own
    inspection: Inspection = runner.run("scan", [os.path.abspath(path) for path in inputs], progress=say)
    volume = _volume(runner, inspection, series)
    anatomy: Anatomy = runner.run("segment", volume, absolute_card(model), progress=say)
    case: Case = runner.run("find", volume, anatomy, method, rules, progress=say)
    with writing_folder(out, RESULTS) as folder:
        case = _written(runner, case, volume, anatomy, folder, started)
    say("", 1.0, None)
    return case


def absolute_card(model: str) -> str:
    """A card's path from everywhere; a name stays a name."""
    return os.path.abspath(model) if model and os.path.exists(model) else model


def _volume(runner: Runner, inspection: Inspection, series: str | None) -> Volume:
    logs.hide(*names_in(inspection))
    index = inspection.chosen if series is None else runner.run("select", inspection, series)
    if index is None:
        raise NotScorable(
            "No series of the input can be scored.", path=inspection.path, remedy="See cacviewer inspect."
        )
    chosen = inspection.series[index]
    if chosen.verdict is Verdict.VIEWING_ONLY:
        _refuse(refusals(chosen.findings)[0].message, refusals(chosen.findings)[0].remedy, inspection.path)
    volume: Volume = runner.run("load", inspection, index, progress=terminal_progress())
    if volume.verdict is Verdict.VIEWING_ONLY:
        _refuse(refusals(volume.findings)[0].message, refusals(volume.findings)[0].remedy, inspection.path)
    return volume


def _refuse(message: str, remedy: str, path: str) -> None:
    raise NotScorable(message, path=path, remedy=remedy)


def _written(
    runner: Runner, case: Case, volume: Volume, anatomy: Anatomy, folder: Path, started: float
) -> Case:
    before = time.perf_counter()
    case = replace(case, timing=replace(case.timing, start=runner.start_seconds() or 0.0))
    options = case_options(case.method, case.rules.name)
    ticket = case_files.submit(runner, case, volume, anatomy, folder, options, terminal_progress())
    if ticket is not None:
        runner.wait(ticket)
    now = time.perf_counter()
    return case_files.finish(case, folder, now - before, now - started, options)


def case_options(method: str, rules: str) -> CaseOptions:
    """How a case is written, by the settings of the user."""
    own = settings.load()
    report = ReportOptions(**own.report_options())
    return CaseOptions(method, rules, report=report, percentiles=own.get(settings.PERCENTILES))


def summary(case: Case, out: Path) -> str:
    """The scores in a few lines for a terminal."""
    if case.scores is None:
        return f"Not scored. Details: {out / 'case.json'}"
    lines = [f"{'':14}{'Agatston':>10}{'mm3':>10}{'mg':>10}{'lesions':>9}"]
    for artery, score in case.scores.by_artery.items():
        count = case.scores.lesions_by_artery[artery]
        lines.append(_table_line(artery.label, score, count))
    total = case.scores.total
    lines.append(_table_line("Total", total, case.scores.lesions))
    lines.append(_score_line(case, total.agatston))
    lines.extend(f"{f.severity}: {f.message}" for f in case.findings if f.severity != "info")
    lines.append(f"Written to {out}")
    return "\n".join(lines)


def _table_line(name: str, score: Score, lesions: int) -> str:
    numbers = "".join(f"{quantity.text(score):>10}" for quantity in PER_ARTERY)
    return f"{name:14}{numbers}{lesions:9d}"


def _score_line(case: Case, agatston: float) -> str:
    """The printed score, what qualifies it, and its category if it has one."""
    said, beside = reported_text(agatston), qualifier(case.findings)
    if beside:
        said = f"{beside} {said}" if beside == AT_LEAST else f"{said} ({beside})"
    if case.category is None:
        return f"Score {said}: no category"
    return f"Score {said}: {case.category.word} ({case.category.label}), CAC-DRS {case.category.cac_drs}"
