"""`cacviewer train heart|calcium --data DIR`: trains one of the networks."""

from __future__ import annotations

import argparse
import logging
import tomllib
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

from cacviewer.core.errors import UsageError

PATHS = ("data", "out", "warm_start")
NETWORKS = {
    "heart": ("cacviewer.training.heart", "TrainingRequest", "train_heart"),
    "calcium": ("cacviewer.training.calcium", "CalciumRequest", "train_calcium"),
}
"""Module, what it is asked with, and the function that does it; a field of the request is an option."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("network", choices=sorted(NETWORKS), help="which network")
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
        "--out",
        type=Path,
        help="checkpoints, cache, log, curves, weights (default: training-heart or training-calcium)",
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
    parser.add_argument(
        "--variants", type=int, metavar="N", help="calcium: draws of lesions for each patient"
    )
    parser.add_argument("--showings", type=int, metavar="N", help="calcium: noises and masks for each scan")
    parser.add_argument("--epochs", type=int, metavar="N", help="calcium: passes over the samples")
    parser.add_argument("--seed", type=int)


def run(args: argparse.Namespace) -> int:
    """Trains; leaves the weights, their card, log.csv and curves.png in the folder --out.

    Raises:
        UsageError: No data, an option of the other network, or a file of options with a word that is none.
    """
    module, request, function = NETWORKS[args.network]
    training = import_module(module)
    names = {f.name for f in fields(getattr(training, request))}
    options = _from_file(args.config, names) if args.config else {}
    given = {name: value for name, value in vars(args).items() if name in _options() and value is not None}
    if foreign := sorted(set(given) - names):
        words = ", ".join("--" + name.replace("_", "-") for name in foreign)
        raise UsageError(f"Options that training of the {args.network} network does not have: {words}.")
    options |= given
    if "data" not in options:
        raise UsageError("There is no training data.", remedy="Name its folder with --data.")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    print(getattr(training, function)(getattr(training, request)(**options)))
    return 0


def _options() -> set[str]:
    """Names of all options that belong to a request."""
    parser = argparse.ArgumentParser(add_help=False)
    add_arguments(parser)
    return set(vars(parser.parse_args(["heart"]))) - {"network", "config"}


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
