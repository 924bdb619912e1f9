"""Measure the heart network on drawn masks, or the scores on phantoms and on scans that a reader scored."""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cacviewer.core.case import METHODS
from cacviewer.core.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the words of the command."""
    kinds = parser.add_subparsers(dest="what", required=True, metavar="heart|folds|phantom|calcium")
    heart = kinds.add_parser("heart", help="heart and aorta masks against drawn ones")
    heart.add_argument(
        "--data", type=Path, required=True, help="folder with case folders (image, heart, aorta)"
    )
    heart.add_argument("--model", type=Path, metavar="CARD", help="another network than the program's own")
    heart.add_argument("--figure", type=Path, metavar="PNG", help="draw the masks found and drawn there")
    heart.add_argument(
        "--robustness",
        action="store_true",
        help="instead: does the same scan in other slices, another field, with noise give the same heart?",
    )
    folds = kinds.add_parser("folds", help="one table of what networks reached on patients they never saw")
    folds.add_argument("runs", type=Path, nargs="+", help="folders that `train heart --fold K/N` left")
    calcium = kinds.add_parser("calcium", help="scores against a reader's")
    calcium.add_argument(
        "--data", type=Path, required=True, help="folder with case folders (dicom, reader.json)"
    )
    phantom = kinds.add_parser("phantom", help="scores of digital chests against their truth")
    phantom.add_argument("--seeds", default="1000-1019", metavar="FIRST-LAST")
    phantom.add_argument("--decoys", choices=("all", "none"), default="none")
    phantom.add_argument("--noise", type=float, default=12.0, metavar="SD")
    for kind in (calcium, phantom):
        kind.add_argument("--method", choices=METHODS, default="threshold", help="how calcium is found")
        kind.add_argument("--figure", type=Path, metavar="PNG", help="draw Bland-Altman and confusion there")
    for kind in (heart, folds, calcium, phantom):
        kind.add_argument("--csv", type=Path, help="write all figures there, too")


def run(args: argparse.Namespace) -> int:
    """Prints a Markdown table.

    Raises:
        UsageError: There is nothing to compare with.
    """
    rows = {"heart": _heart, "folds": _folds, "calcium": _calcium, "phantom": _phantom}[args.what](args)
    if not rows:
        raise UsageError("There is no case to compare with.", path=str(getattr(args, "data", "")))
    if args.csv:
        _write(rows, args.csv)
    return 0


def _heart(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.heart import evaluate_folder, heart_table, network_of
    from cacviewer.evaluation.heart_figure import Overlay, draw_overlays

    if args.robustness:
        return _robustness(args)
    overlays: list[Overlay] = []
    rows = list(evaluate_folder(args.data, network_of(args.model), overlays.append if args.figure else None))
    if rows:
        print(heart_table(rows))
    for row in rows:
        if row.said:
            print(f"- {row.case}: {row.said}")
    if overlays:
        draw_overlays(overlays, args.figure)
    return rows


def _robustness(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.heart import network_of, volumes_in
    from cacviewer.evaluation.heart_robustness import robustness

    rows = []
    print("| case | change | heart Dice with its first answer | aorta Dice |\n|---|---|---|---|")
    for name, volume in volumes_in(args.data):
        for row in robustness(name, volume, network_of(args.model)):
            print(f"| {row.case} | {row.change} | {row.heart_dice:.3f} | {row.aorta_dice:.3f} |", flush=True)
            rows.append(row)
    if rows:
        print(f"Worst heart: {min(row.heart_dice for row in rows):.3f}.")
    return rows


def _folds(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.heart import heart_table, read_rows

    rows = sorted((row for run in args.runs for row in read_rows(run / "held.csv")), key=lambda row: row.case)
    if rows:
        print(heart_table(rows))
    return rows


def _calcium(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.calcium import CLASSES, HEADER, class_pairs, evaluate_calcium, line, summary
    from cacviewer.evaluation.orcascore import OrcaRow, orca_table

    rows: list[Any] = []
    lesions: list[OrcaRow] = []
    print(HEADER)
    for row, own in evaluate_calcium(args.data, args.method):
        print(line(row), flush=True)
        rows.append(row)
        lesions += own
    if rows:
        print(summary(rows), "", orca_table(lesions), sep="\n")
    scored = [row for row in rows if row.agatston is not None]
    if scored and args.figure:
        _draw(
            args.figure,
            [r.agatston for r in scored],
            [r.reader_agatston for r in scored],
            class_pairs(rows),
            CLASSES,
        )
    if lesions and args.csv:
        _write(lesions, args.csv.with_stem(f"{args.csv.stem}-lesions"))
    return rows


def _draw(
    target: Path,
    measured: list[float],
    true: list[float],
    pairs: list[tuple[int, int]],
    classes: Sequence[str],
) -> None:
    from cacviewer.evaluation.agreement_figure import draw_agreement

    draw_agreement(measured, true, pairs, classes, target)


def _phantom(args: argparse.Namespace) -> Sequence[Any]:
    from cacviewer.evaluation.calcium import CLASSES
    from cacviewer.evaluation.phantoms import HEADER, evaluate_phantoms, line, summary

    first, _, last = args.seeds.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{args.seeds!r} is no range of seeds.", remedy="For example --seeds 1000-1019.")
    seeds = range(int(first), int(last or first) + 1)
    overrides = {"decoys": args.decoys == "all", "noise_sd_hu": args.noise}
    print(HEADER)
    rows = evaluate_phantoms(seeds, overrides, lambda row: print(line(row), flush=True), args.method)
    print(summary(rows))
    scored = [row for row in rows if not math.isnan(row.agatston)]
    if scored and args.figure:
        pairs = [(CLASSES.index(r.true_label), CLASSES.index(r.label)) for r in rows if r.label in CLASSES]
        _draw(args.figure, [r.agatston for r in scored], [r.true_agatston for r in scored], pairs, CLASSES)
    return rows


def _write(rows: Sequence[Any], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(asdict(rows[0])))
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
