"""Make a phantom, score it, show the scores beside the phantom's truth, and open the window if there is a screen."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from cacviewer.cli.progress import terminal_notice
from cacviewer.cli.score import score
from cacviewer.cli.screen import has_display
from cacviewer.core.case import Case
from cacviewer.core.errors import CacError
from cacviewer.core.lesions import Artery
from cacviewer.phantom import DEMO_SEED, generate, parameters_for, write
from cacviewer.workers.runner import Runner

NOISE_SD_HU = 12.0
TOLERANCE = 0.05
"""The demo's Agatston score must be this near to the truth, or the installation is not to be trusted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument(
        "--out", type=Path, default=Path("cacviewer-demo"), metavar="DIR", help="where it is made"
    )
    parser.add_argument("--no-window", action="store_true", help="only print the scores")


def run(args: argparse.Namespace) -> int:
    """Makes the series if it is not there, scores it, prints both results.

    Raises:
        CacError: The scores are not those of the phantom, or a step failed.
    """
    started = time.perf_counter()
    series = args.out / "phantom"
    if not (series / "truth.json").is_file():
        print(f"Making the demo scan in {series} ...")
        parameters = parameters_for(DEMO_SEED, decoys=False, noise_sd_hu=NOISE_SD_HU)
        write(generate(parameters), series, dicom=True)
    with Runner(roles=("reader", "network"), notice=terminal_notice) as runner:
        case = score(runner, [str(series)], args.out / "result", None, "threshold", "literature", started)
    truth = json.loads((series / "truth.json").read_text(encoding="utf-8"))
    print(beside_truth(case, truth))
    print(f"Report, tables and masks: {args.out / 'result'}")
    if not agrees(case, truth):
        raise CacError(
            "The scores of the demo are not those of the phantom.", remedy="This installation is faulty."
        )
    return 0


def path_to_show(args: argparse.Namespace) -> str | None:
    """The demo series, if there is a screen to show it on."""
    return str(args.out / "phantom" / "dicom") if has_display() and not args.no_window else None


def agrees(case: Case, truth: dict[str, Any]) -> bool:
    """Whether score and category are those of the phantom."""
    if case.scores is None or case.category is None:
        return False
    true = truth["totals"]["agatston"]
    near: bool = abs(case.scores.total.agatston - true) <= TOLERANCE * max(true, 1.0)
    return near and case.category.label == truth["category"]["label"]


def beside_truth(case: Case, truth: dict[str, Any]) -> str:
    """A table: each number of the program beside the phantom's own."""
    if case.scores is None or case.category is None:
        return "Not scored: " + "; ".join(f.message for f in case.findings)
    total, true = case.scores.total, truth["totals"]
    rows = [
        ("Agatston", f"{total.agatston:.1f}", f"{true['agatston']:.1f}"),
        ("Volume mm3", f"{total.volume_mm3:.1f}", f"{true['volume_mm3']:.1f}"),
        ("Mass mg", f"{total.mass_mg:.2f}", f"{true['mass_mg']:.2f}"),
        ("Lesions", str(case.scores.lesions), str(true["lesions"])),
        ("Category", case.category.label, truth["category"]["label"]),
    ]
    rows += [
        (
            artery.label,
            f"{case.scores.by_artery[artery].agatston:.1f}",
            f"{truth['arteries'][artery]['agatston']:.1f}",
        )
        for artery in Artery
    ]
    lines = [f"{'':14}{'cacviewer':>12}{'truth':>12}", *(f"{n:14}{a:>12}{b:>12}" for n, a, b in rows)]
    if case.scores.by_artery[Artery.UNASSIGNED].agatston:
        lines.append("(An artery that the program is not sure of is left to the reader.)")
    return "\n".join(lines)
