"""`cacviewer evaluate heart --data DIR`: the heart network against drawn masks, as a Markdown table."""

from __future__ import annotations

import argparse
import csv
from dataclasses import asdict
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("what", choices=["heart"], help="what is evaluated")
    parser.add_argument("--data", type=Path, required=True, help="folder with case folders (image, heart, aorta)")
    parser.add_argument("--model", type=Path, metavar="CARD", help="another network than the program's own")
    parser.add_argument("--csv", type=Path, help="write all figures there, too")
    parser.add_argument("--threads", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    """Prints the table; 2 where there is nothing to compare with."""
    from cacviewer.core.errors import UsageError
    from cacviewer.evaluation.heart import evaluate_folder, heart_table
    from cacviewer.models.registry import load_heart_model

    model = load_heart_model(args.threads, args.model)
    rows = list(evaluate_folder(model, args.data))
    if not rows:
        raise UsageError("There is no case with heart.nii.gz in the folder.", path=str(args.data))
    print(heart_table(rows))
    said = [f"- {row.case}: {row.said}" for row in rows if row.said]
    print("\n".join(["", *said]) if said else "")
    if args.csv:
        with args.csv.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(asdict(rows[0])))
            writer.writeheader()
            writer.writerows(asdict(row) for row in rows)
    return 0
