"""Training of the heart network: which patients, which share of what, which recipe."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cacviewer.core.errors import UsageError
from cacviewer.training.layouts import CaseFiles, find_cases, stem

if TYPE_CHECKING:
    from cacviewer.training.cases import TrainingCase

log = logging.getLogger(__name__)
NEGATIVE_WEIGHT, PHANTOM_WEIGHT = 0.35, 0.15
"""Chance of a scan without a heart, and of a digital chest, against 1 for a patient."""
CASE_WEIGHTS = {"gated": 1.5, "lowres": 0.7}
"""By the kind at the end of a case's name: calcium scans are what the program is for; the coarse ones teach less."""
TESTED_ONLY = ("pelvis-thighs",)
"""Scans without a heart that are kept for testing."""


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """What the command line asks for; None means the recipe's own value."""

    data: Path
    out: Path = Path("training-heart")
    recipe: str = "full"
    minutes: float | None = None
    steps: int | None = None
    resume: bool = False
    warm_start: Path | None = None
    hold_out: tuple[str, ...] = ()
    fold: tuple[int, int] | None = None
    phantoms: int = 0
    seed: int = 0


def train_heart(request: TrainingRequest) -> Path:
    """Runs a recipe on the data and returns the path of the weights."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # TensorFlow switches oneDNN on by itself only on newer processors; without it a step takes four times as long
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    import numpy as np

    from cacviewer.training.batches import make_batch
    from cacviewer.training.cardwriting import write_card
    from cacviewer.training.curves import draw_curves
    from cacviewer.training.recipes import RECIPES
    from cacviewer.training.trainer import Budget, Trainer

    found = patients(request.data)
    cases, weights, held = training_cases(request, found)
    log.info("%d scans for training, %d held out", len(cases), len(held))
    recipe = RECIPES[request.recipe]
    trainer = Trainer(recipe, request.out, request.seed)
    if not (request.resume and trainer.resume()) and request.warm_start:
        trainer.start_from(request.warm_start)
    views = recipe.stages[-1].cycle[0][:2]
    rng = np.random.default_rng(request.seed + 1)
    validation = [make_batch([case], [1.0], views, rng) for case in held for _ in range(3)]
    budget = Budget(request.minutes or recipe.minutes, request.steps)
    target = trainer.run(cases, weights, budget, validation)
    draw_curves(request.out / "log.csv", request.out / "curves.png")
    training = {
        "recipe": recipe.name,
        "steps": trainer.progress.step,
        "hours": trainer.progress.seconds / 3600,
    }
    card = write_card(
        target,
        f"heart {recipe.name}",
        [case.name for case in cases],
        training,
        filters=recipe.filters,
        architecture=recipe.architecture,
    )
    held_names = {case.name for case in held}
    _judge_held(card, [files for files in found if files.name in held_names], request.out)
    return target


def training_cases(
    request: TrainingRequest, found: Sequence[CaseFiles]
) -> tuple[list[TrainingCase], list[float], list[TrainingCase]]:
    """Patients with their chances to be drawn, and those held out."""
    from cacviewer.training.cases import load_case

    cache = request.out / "cache"
    held_names = held_out(request, found)
    cases = [load_case(files, cache) for files in found if files.name not in held_names]
    weights = [CASE_WEIGHTS.get(case.name.split("-")[-1], 1.0) for case in cases]
    for path in sorted((request.data / "no-heart").glob("*.nii.gz")):
        if stem(path) not in TESTED_ONLY:
            cases.append(load_case(CaseFiles(stem(path), path, key=str(path.resolve())), cache))
            weights.append(NEGATIVE_WEIGHT)
    if request.phantoms:
        from cacviewer.training.phantoms import phantom_cases

        digital = phantom_cases(request.phantoms, request.seed, cache)
        cases += digital
        weights += [PHANTOM_WEIGHT * sum(weights) / len(digital)] * len(digital)
    held = [load_case(files, cache) for files in found if files.name in held_names]
    return cases, weights, held


def patients(data: Path) -> list[CaseFiles]:
    """The cases with a heart mask in DATA/train, or in DATA itself where there is no such folder.

    Raises:
        UsageError: There are none.
    """
    folder = data / "train" if (data / "train").is_dir() else data
    found = [files for files in find_cases(folder) if "heart" in files.masks]
    if not found:
        raise UsageError(
            "There are no images with heart masks in the folder.",
            path=str(folder),
            remedy="See docs/heart-network.md for the layouts that are known.",
        )
    return found


def held_out(request: TrainingRequest, found: Sequence[CaseFiles]) -> set[str]:
    """Names of the cases that are not trained on: those named, or a fold of the list.

    Raises:
        UsageError: A name is unknown, or everything would be held out.
    """
    names = [files.name for files in found]
    unknown = set(request.hold_out) - set(names)
    if unknown:
        raise UsageError(f"No such case: {', '.join(sorted(unknown))}.", path=str(request.data))
    held = set(request.hold_out)
    if request.fold is not None:
        number, count = request.fold
        held |= set(names[number - 1 :: count])
    if held >= set(names):
        raise UsageError("Nothing would be left to train on.", path=str(request.data))
    return held


def _judge_held(card: Path, held: Sequence[CaseFiles], out: Path) -> None:
    """Writes held.csv: what the new network reaches on the patients that it never saw."""
    from cacviewer.evaluation.heart import evaluate_case, network_of, write_rows

    folders = [Path(files.key) for files in held if Path(files.key).is_dir()]
    if folders:
        write_rows([evaluate_case(network_of(card), folder) for folder in folders], out / "held.csv")
