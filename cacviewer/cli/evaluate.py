"""Measure the heart network on drawn masks, or the scores on phantoms and on scans that a reader scored."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cacviewer.core.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    kinds = parser.add_subparsers(dest="what", required=True, metavar="heart|phantom|calcium")
    heart = kinds.add_parser("heart", help="heart and aorta masks against drawn ones")
    heart.add_argument(
        "--data", type=Path, required=True, help="folder with case folders (image, heart, aorta)"
    )
    heart.add_argument("--model", type=Path, metavar="CARD", help="another network than the program's own")
    calcium = kinds.add_parser("calcium", help="scores against a reader's")
    calcium.add_argument(
        "--data", type=Path, required=True, help="folder with case folders (dicom, reader.json)"
    )
    phantom = kinds.add_parser("phantom", help="scores of digital chests against their truth")
    phantom.add_argument("--seeds", default="1000-1019", metavar="FIRST-LAST")
    phantom.add_argument("--decoys", choices=("all", "none"), default="none")
    phantom.add_argument("--noise", type=float, default=12.0, metavar="SD")
    for kind in (heart, calcium, phantom):
        kind.add_argument("--csv", type=Path, help="write all figures there, too")


def run(args: argparse.Namespace) -> int:
    """Prints a Markdown table.

    Raises:
        UsageError: There is nothing to compare with.
    """
    rows = {"heart": _heart, "calcium": _calcium, "phantom": _phantom}[args.what](args)
    if not rows:
        raise UsageError("There is no case to compare with.", path=str(getattr(args, "data", "")))
    if args.csv:
        _write(rows, args.csv)
    return 0


def _heart(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.heart import evaluate_folder, heart_table, network_of

    rows = list(evaluate_folder(args.data, network_of(args.model)))
    if rows:
        print(heart_table(rows))
    for row in rows:
        if row.said:
            print(f"- {row.case}: {row.said}")
    return rows


def _calcium(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.calcium import HEADER, evaluate_calcium, line

    rows = []
    print(HEADER)
    for row in evaluate_calcium(args.data):
        print(line(row), flush=True)
        rows.append(row)
    return rows


def _phantom(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.phantoms import HEADER, evaluate_phantoms, line, summary

    first, _, last = args.seeds.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{args.seeds!r} is no range of seeds.", remedy="For example --seeds 1000-1019.")
    seeds = range(int(first), int(last or first) + 1)
    overrides = {"decoys": args.decoys == "all", "noise_sd_hu": args.noise}
    print(HEADER)
    rows = evaluate_phantoms(seeds, overrides, lambda row: print(line(row), flush=True))
    print(summary(rows))
    return rows


def _write(rows: Sequence[Any], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(asdict(rows[0])))
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
