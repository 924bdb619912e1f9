"""Write reports of a scored case: PDF, text, tables and whatever the table of formats holds."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from cacviewer.cli.progress import terminal_notice, terminal_progress
from cacviewer.core.errors import UsageError
from cacviewer.core.patient import FIELDS, PatientInputs, inputs_of_words
from cacviewer.reports.formats import KINDS, Exported, ReportOptions
from cacviewer.settings import LANGUAGES, PAPERS, load
from cacviewer.workers.runner import Runner

DEFAULT = "pdf,txt,csv,json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    keys = ",".join(KINDS)
    parser.add_argument(
        "case", type=Path, metavar="CASE.json", help="a case that `cacviewer score` has written"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the reports")
    parser.add_argument(
        "--format", default=DEFAULT, metavar="KEY,...", help=f"of {keys} (default: {DEFAULT})"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="of PDF and text (default: as in the settings)")
    parser.add_argument("--paper", choices=PAPERS, help="of the PDF")
    parser.add_argument("--site", help="name of the site")
    parser.add_argument("--logo", type=Path, metavar="FILE", help="PNG, JPEG or SVG")
    parser.add_argument("--template", type=Path, metavar="FILE", help="template of the text")
    parser.add_argument("--percentiles", type=Path, metavar="FILE.csv", help="percentile table of your own")
    parser.add_argument("--prior", type=Path, metavar="CASE.json", help="an earlier case to compare with")
    parser.add_argument(
        "--patient",
        nargs="*",
        default=[],
        metavar="NAME=VALUE",
        help=f"inputs of the interpretation, instead of those of the case: {', '.join(FIELDS)}",
    )
    parser.add_argument("--bom", action="store_true", help="CSV with a byte order mark, for Excel")
    parser.add_argument("--anonymised", action="store_true", help="without names, IDs and paths")


def run(args: argparse.Namespace) -> int:
    """Writes the reports.

    Returns:
        0; 2 where a format could not be made of this case (the others are written).

    Raises:
        CacError: The case is refused, or the target cannot be written; nothing is left half-written.
    """
    formats = formats_of(args.format)
    inputs = patient_inputs(args.patient) if args.patient else None
    prior = os.path.abspath(args.prior) if args.prior else ""
    with Runner(roles=("reader",), notice=terminal_notice) as runner:
        done: Exported = runner.run(
            "report",
            os.path.abspath(args.case),
            os.path.abspath(args.out),
            formats,
            options_of(args),
            inputs,
            prior,
            progress=terminal_progress(),
        )
    print("\n".join(done.written))
    for sentence in done.refused:
        print(f"cacviewer: {sentence}", file=sys.stderr)
    return 2 if done.refused else 0


def formats_of(text: str) -> list[str]:
    """Keys of formats from words with commas.

    Raises:
        UsageError: There is no such format.
    """
    keys = [word.strip().lower() for word in text.split(",") if word.strip()]
    for key in keys:
        if key not in KINDS:
            raise UsageError(f"There is no format {key!r}.", remedy=f"Known: {', '.join(KINDS)}.")
    if not keys:
        raise UsageError("No format is given.", remedy=f"Known: {', '.join(KINDS)}.")
    return keys


def patient_inputs(words: list[str]) -> PatientInputs:
    """Inputs from words like sex=male.

    Raises:
        UsageError: A word without "=", an unknown name, or a value that it cannot have.
    """
    pairs = [word.partition("=") for word in words]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise UsageError(
            f"{wrong[0]!r} is no NAME=VALUE.", remedy="For example --patient sex=male group=white."
        )
    return inputs_of_words({name: value for name, _, value in pairs})


def options_of(args: argparse.Namespace) -> ReportOptions:
    """The settings' options, changed by the words of the command."""
    words = {
        name: str(os.path.abspath(value) if isinstance(value, Path) else value)
        for name in ("language", "paper", "site", "logo", "template", "percentiles")
        if (value := getattr(args, name)) is not None
    }
    options = load().report_options()
    bom = args.bom or bool(options["bom"])
    return ReportOptions(**{**options, **words, "bom": bom, "anonymised": args.anonymised})
