"""Copy the images of an input without what tells who was scanned (DICOM PS3.15 basic profile)."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from cacviewer.cli.progress import terminal_notice, terminal_progress
from cacviewer.workers.runner import Runner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument("input", nargs="+", metavar="INPUT", help="folder, file or archive with DICOM images")
    parser.add_argument("--out", required=True, metavar="DIR", help="new or empty folder for the copy")
    parser.add_argument(
        "--keep-burned-in",
        action="store_true",
        help="copy screen captures and images with burned-in text too",
    )


def run(args: argparse.Namespace) -> int:
    """Writes the copy.

    Returns:
        0: it is there; errors are raised (2: input or folder refused).
    """
    inputs = [os.path.abspath(path) for path in args.input]  # the child has a folder of its own
    with Runner(roles=("reader",), notice=terminal_notice) as runner:
        done: dict[str, Any] = runner.run(
            "anonymize", inputs, os.path.abspath(args.out), args.keep_burned_in, progress=terminal_progress()
        )
    print(summary(done))
    for line in warnings(done):
        print(f"cacviewer: {line}", file=sys.stderr)
    return 0


def summary(done: dict[str, Any]) -> str:
    """What was written."""
    files = f"{done['files']} file" + ("" if done["files"] == 1 else "s")
    patients = f"{done['patients']} patient" + ("" if done["patients"] == 1 else "s")
    return f"{done['folder']}: {files} of {patients}, without names, dates and private elements"


def warnings(done: dict[str, Any]) -> list[str]:
    """What was left out, and what a person should look at."""
    lines = [f"left out: {count} {reason}." for count, reason in done["left_out"]]
    if done["burned_in"]:
        lines.append(
            f"{done['burned_in']} of the copied images may show a name as text in the picture. Look at each of them "
            "before you give the copy away."
        )
    return lines
