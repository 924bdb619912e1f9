"""`cacviewer train heart --data DIR`: trains the heart network."""

from __future__ import annotations

import argparse
import logging
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from cacviewer.core.errors import UsageError

PATHS = ("data", "out", "warm_start")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("network", choices=["heart"], help="which network")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE.toml",
        help='the options below as a file (data = "...", recipe = "...", hold_out = [...]); options on the line win',
    )
    parser.add_argument(
        "--data", type=Path, help="folder with train/ (or the cases themselves) and, optionally, no-heart/"
    )
    parser.add_argument("--recipe", choices=["fast", "full", "longer", "seed", "seed-original"])
    parser.add_argument(
        "--out", type=Path, help="checkpoints, log, curves, weights (default: training-heart)"
    )
    parser.add_argument(
        "--resume", action="store_true", default=None, help="go on from the checkpoint in --out"
    )
    parser.add_argument("--minutes", type=float, help="budget of time instead of the recipe's")
    parser.add_argument("--steps", type=int, help="budget in steps instead of time (repeatable)")
    parser.add_argument("--warm-start", type=Path, metavar="WEIGHTS", help="start from these weights")
    parser.add_argument("--hold-out", nargs="*", metavar="CASE", help="patients kept for validation")
    parser.add_argument(
        "--fold", type=_fold, metavar="K/N", help="hold out every Nth patient from the Kth on"
    )
    parser.add_argument("--phantoms", type=int, metavar="N", help="mix N digital chests in")
    parser.add_argument("--seed", type=int)


def run(args: argparse.Namespace) -> int:
    """Trains; leaves heart.weights.h5, its card, log.csv and curves.png in the folder --out.

    Raises:
        UsageError: No data, or a file of options with a word that is none.
    """
    from cacviewer.training.heart import TrainingRequest, train_heart

    names = {f.name for f in fields(TrainingRequest)}
    options = _from_file(args.config, names) if args.config else {}
    options |= {name: value for name, value in vars(args).items() if name in names and value is not None}
    if "data" not in options:
        raise UsageError("There is no training data.", remedy="Name its folder with --data.")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    print(train_heart(TrainingRequest(**options)))
    return 0


def _fold(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    if not (number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text!r} is no fold; write 1/4 for the first of four")
    return int(number), int(count)


def _from_file(path: Path, names: set[str]) -> dict[str, Any]:
    try:
        options: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The file of options cannot be read ({error}).", path=str(path)) from error
    if unknown := set(options) - names:
        raise UsageError(
            f"Unknown options: {', '.join(sorted(unknown))}.",
            path=str(path),
            remedy=f"Known: {', '.join(sorted(names))}.",
        )
    try:
        if "fold" in options:
            options["fold"] = _fold(str(options["fold"]))
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"{error}.", path=str(path)) from error
    options = {name: Path(value) if name in PATHS else value for name, value in options.items()}
    return {name: tuple(value) if name == "hold_out" else value for name, value in options.items()}
