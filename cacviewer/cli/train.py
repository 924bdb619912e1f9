"""`cacviewer train heart --data DIR`: trains the heart network."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("network", choices=["heart"], help="which network")
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with train/<case>/ and, optionally, no-heart/"
    )
    parser.add_argument("--recipe", choices=["fast", "full", "longer", "seed"], default="full")
    parser.add_argument(
        "--out", type=Path, default=Path("training-heart"), help="checkpoints, log, curves, weights"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--minutes", type=float, help="budget of time instead of the recipe's")
    parser.add_argument("--steps", type=int, help="budget in steps instead of time (repeatable)")
    parser.add_argument("--warm-start", type=Path, metavar="WEIGHTS", help="start from these weights")
    parser.add_argument(
        "--hold-out", nargs="*", default=[], metavar="CASE", help="patients kept for validation"
    )
    parser.add_argument("--phantoms", type=int, default=0, metavar="N", help="mix N digital chests in")
    parser.add_argument("--seed", type=int, default=0)


def run(args: argparse.Namespace) -> int:
    """Trains; leaves heart.weights.h5, log.csv and curves.png in the folder --out."""
    from cacviewer.training.heart import TrainingRequest, train_heart

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    request = TrainingRequest(
        data=args.data,
        out=args.out,
        recipe=args.recipe,
        minutes=args.minutes,
        steps=args.steps,
        resume=args.resume,
        warm_start=args.warm_start,
        hold_out=tuple(args.hold_out),
        phantoms=args.phantoms,
        seed=args.seed,
    )
    print(train_heart(request))
    return 0
