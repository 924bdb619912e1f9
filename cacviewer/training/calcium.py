"""Training of the calcium network: scans, showings, samples, network, card and figures."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacviewer.core.errors import UsageError

if TYPE_CHECKING:
    from cacviewer.training.calcium_samples import Samples

log = logging.getLogger(__name__)
NOISE_HU = (6.0, 32.0)
"""Noise of digital chests, drawn for each showing."""
ADDED_HU = (0.0, 16.0)
"""Noise added to patients, who have some already."""
VALIDATION = 0.1
"""Share of the digital chests that is kept for validation."""


@dataclass(frozen=True, slots=True)
class CalciumRequest:
    """What the command line asks for.

    Attributes:
        data: Folder with train/<case>/ (image, heart.nii.gz, aorta.nii.gz).
        out: Cache, log, curves, weights and card go there.
        phantoms: Number of digital chests.
        variants: Draws of calcium for each patient.
        showings: How often a scan is shown, each time with other noise and masks.
        epochs: Passes over the samples.
        hold_out: Patients that are left out.
        seed: Of everything that is drawn.
    """

    data: Path
    out: Path = Path("training-calcium")
    phantoms: int = 27
    variants: int = 1
    showings: int = 2
    epochs: int = 9
    hold_out: tuple[str, ...] = ()
    seed: int = 0


def train_calcium(request: CalciumRequest) -> Path:
    """Makes what is not in the cache yet, trains, and returns the path of the weights."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    folders = patients(request)
    samples, validation, used = gather(request, folders)
    from cacviewer.training.calcium_cards import draw_calcium_curves, write_calcium_card
    from cacviewer.training.calcium_trainer import measured, train

    log.info("%d samples to learn from, %d to validate", len(samples.channels), len(validation.channels))
    model = train(samples, validation, request.out, request.epochs, request.seed)
    target = request.out / "calcium.weights.h5"
    beside = request.out / "part.weights.h5"
    model.save_weights(beside)
    beside.replace(target)
    m = measured(model, validation)
    draw_calcium_curves(request.out / "log.csv", request.out / "curves.png")
    training: dict[str, Any] = {
        "command": command_of(request),
        "samples": counted(samples),
        "validation_samples": len(validation.channels),
        "phantoms": request.phantoms,
        "cases": used,
    }
    figures = {
        "validation_counted_right": round(m.coronary, 4),
        "validation_class_right": round(m.classes, 4),
    }
    write_calcium_card(target, training, figures)
    return target


def patients(request: CalciumRequest) -> list[Path]:
    """Case folders that may be learnt from.

    Raises:
        UsageError: There are none, or a held-out case does not exist.
    """
    folders = sorted(p for p in (request.data / "train").glob("*") if p.is_dir())
    if not folders:
        raise UsageError("There are no cases in the folder train.", path=str(request.data))
    unknown = set(request.hold_out) - {p.name for p in folders}
    if unknown:
        raise UsageError(f"No such case: {', '.join(sorted(unknown))}.", path=str(request.data))
    return [p for p in folders if p.name not in request.hold_out]


def gather(request: CalciumRequest, folders: Sequence[Path]) -> tuple[Samples, Samples, list[str]]:
    """Samples for learning and for validation, and the names of the patients that are used."""
    from cacviewer.training.calcium_patients import patient_scans
    from cacviewer.training.calcium_phantoms import phantom_scans
    from cacviewer.training.calcium_trainer import joined

    cache = request.out / "cache"
    chests = phantom_scans(request.phantoms, request.seed, cache)
    scans, used = patient_scans(list(folders), request.variants, request.seed, cache)
    log.info("%d digital chests, %d scans of %d patients", len(chests), len(scans), len(used))
    kept = max(1, round(VALIDATION * len(chests)))
    learnt = [(path, NOISE_HU) for path in chests[kept:]] + [(path, ADDED_HU) for path in scans]
    samples = joined([p for path, noise in learnt for p in _shown(path, noise, request)])
    validation = joined([p for path in chests[:kept] for p in _shown(path, NOISE_HU, request)])
    return samples, validation, used


def _shown(path: Path, noise_hu: tuple[float, float], request: CalciumRequest) -> list[Samples]:
    """The showings of a scan, from the cache where they are there."""
    import numpy as np

    from cacviewer.training.calcium_samples import read_samples, samples_of, write_samples
    from cacviewer.training.calcium_scans import read_known

    shown, scan = [], None
    for showing in range(request.showings):
        kept = path.with_name(f"{path.stem}-shown{showing}.npz")
        if not kept.exists():
            scan = scan or read_known(path)
            own = sum(map(ord, path.stem))
            random = np.random.default_rng([request.seed, own, showing])
            write_samples(kept, samples_of(scan, random, float(random.uniform(*noise_hu))))
        shown.append(read_samples(kept))
    return shown


def counted(samples: Samples) -> dict[str, int]:
    """Number of samples of each channel."""
    from cacviewer.models.calcium_classes import OUTPUTS

    found = Counter(samples.channels.tolist())
    return {name: found[i] for i, name in enumerate(OUTPUTS)}


def command_of(request: CalciumRequest) -> str:
    """The command that makes these weights again."""
    words = ["cacviewer train calcium --data DIR --out OUT"]
    words += [
        f"--{name} {getattr(request, name)}"
        for name in ("phantoms", "variants", "showings", "epochs", "seed")
    ]
    if request.hold_out:
        words.append("--hold-out " + " ".join(request.hold_out))
    return " ".join(words)
