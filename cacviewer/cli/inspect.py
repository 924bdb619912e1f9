"""Say what an input holds, what is wrong with it and whether it can be scored, without scoring it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from cacviewer import logs
from cacviewer.cli.progress import terminal_notice, terminal_progress
from cacviewer.core.errors import from_plain
from cacviewer.workers.runner import Runner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    parser.add_argument("input", nargs="+", metavar="INPUT", help="folder or file with CT images")
    parser.add_argument("--json", action="store_true", help="print a document (schema cacviewer.inspect/1)")
    parser.add_argument("--series", metavar="UID[:PART]|NUMBER", help="read this series, not the best one")
    parser.add_argument("--volume", metavar="FILE", help="write its voxels (.mha, .nrrd or .nii.gz)")


def run(args: argparse.Namespace) -> int:
    """Scans, judges and reads.

    Returns:
        0: at least one series can be opened; 2: none (the reason is on standard error, the document is printed
        all the same).
    """
    inputs = [os.path.abspath(path) for path in args.input]  # the child has a folder of its own
    volume_file = os.path.abspath(args.volume) if args.volume else None
    with Runner(roles=("reader",), notice=terminal_notice) as runner:
        answer: dict[str, Any] = runner.run(
            "inspect", inputs, series=args.series, volume_file=volume_file, progress=terminal_progress()
        )
    document, error = answer["document"], answer["error"]
    logs.hide(*(one[key] for one in document["series"] for key in ("patient_name", "patient_id")))
    if args.json:
        json.dump(document, sys.stdout, indent=1, ensure_ascii=not _speaks_unicode())
        print()
    else:
        print(summary(document))
    if error is None:
        return 0
    print(f"cacviewer: {from_plain(error)}", file=sys.stderr)
    return 2


def summary(document: dict[str, Any]) -> str:
    """The document in a few lines for a terminal."""
    given = document["input"]
    lines = [f"{given['path']}: {_counted(given['files'], 'file')}, {given['dicom_files']} of them DICOM"]
    lines += _finding_lines(document["findings"], "  ")
    for index, series in enumerate(document["series"]):
        mark = "*" if index == document["chosen"] else " "
        number = "-" if series["series_number"] is None else series["series_number"]
        part = f".{series['part']}" if series["part"] else ""
        lines.append(
            f"{mark} {number}{part}  {series['modality'] or '?'}  {series['description'] or 'no description'}  "
            f"{_counted(series['images'], 'image')}  {series['verdict']}{_grid_text(series)}"
        )
        lines += _finding_lines(series["findings"], "      ")
    return "\n".join(lines)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" + ("" if count == 1 else "s")


def _grid_text(series: dict[str, Any]) -> str:
    if series["shape_zyx"] is None:
        return ""
    size = "x".join(str(n) for n in series["shape_zyx"][::-1])
    spacing = " x ".join("?" if mm is None else f"{mm:.4g}" for mm in series["spacing_mm"][::-1])
    return f"  {size}, {spacing} mm"


def _finding_lines(findings: list[dict[str, Any]], indent: str) -> list[str]:
    return [f"{indent}{f['severity']}: {f['message']} {f['remedy']}".rstrip() for f in findings]


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
