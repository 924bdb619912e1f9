"""Which networks there are: those of the program, and those a user put into a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacviewer.core.errors import ModelError
from cacviewer.models.cards import ModelCard, checked_weights, read_card
from cacviewer.paths import models_folder, resource

if TYPE_CHECKING:
    from cacviewer.models.calcium_inference import CalciumModel
    from cacviewer.models.inference import HeartModel

BUNDLED = "models/heart.json"
BUNDLED_CALCIUM = "models/calcium.json"


def bundled_card(name: str = BUNDLED) -> Path:
    """The card of a network that comes with the program."""
    try:
        return resource(name)
    except FileNotFoundError as error:
        raise ModelError(f"The program's own network is missing ({error}).") from error


def find_cards(folder: Path) -> tuple[dict[str, Path], list[ModelError]]:
    """The usable cards in a folder by the name of their network, and why the others are not."""
    found: dict[str, Path] = {}
    problems: list[ModelError] = []
    for path in sorted(folder.glob("*.json")):
        try:
            card = read_card(path)
            checked_weights(card, path.parent)
        except ModelError as error:
            problems.append(error)
        else:
            found[card.name] = path
    return found, problems


def card_of(wanted: str, folder: Path | None = None) -> Path:
    """The card of a network that a user names.

    Args:
        wanted: Path of a card, or the name of the program's own network or of one in the user's folder.
        folder: That folder; None for the usual one.

    Raises:
        ModelError: There is no such network, or it is not usable, with the reason.
    """
    path = Path(wanted)
    if path.suffix == ".json" or path.exists():
        checked_weights(read_card(path), path.parent)
        return path.resolve()
    found, problems = find_cards(folder or models_folder())
    found[read_card(bundled_card()).name] = bundled_card()
    if wanted not in found:
        reasons = "".join(f" Not usable: {problem.message}" for problem in problems)
        raise ModelError(
            f"There is no network called {wanted!r}.{reasons}", remedy=f"Known: {', '.join(sorted(found))}."
        )
    return found[wanted]


def prepare_tensorflow(threads: int) -> None:
    """Settings that TensorFlow reads when it is imported, and its threads; call it before anything else."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # TensorFlow switches oneDNN on by itself only on processors with AVX-512; elsewhere, without it, a
    # three-dimensional convolution takes four times as long
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    import tensorflow as tf

    try:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:
        pass  # already running; the threads stay as they are


def load_heart_model(threads: int = 2, card_path: Path | None = None) -> HeartModel:
    """Loads, checks and warms the heart network.

    Args:
        threads: Of TensorFlow.
        card_path: Card of another network; None for the program's own.

    Raises:
        ModelError: Card or weights are missing, changed, or made for another pre-processing.
    """
    path = card_path or bundled_card()
    card = read_card(path)
    weights = checked_weights(card, path.parent)
    prepare_tensorflow(threads)
    from cacviewer.models.inference import HeartModel, Network

    return HeartModel(card, Network(_built(card, weights), card))


def _built(card: ModelCard, weights: Path) -> object:
    from cacviewer.models.architectures import ARCHITECTURES

    if card.architecture not in ARCHITECTURES:
        raise ModelError(f"The program has no architecture called {card.architecture}.", path=str(weights))
    model = ARCHITECTURES[card.architecture](
        filters=card.filters, outputs=len(card.outputs), normalised=False
    )
    _filled(model, weights, card.architecture)
    return model


def load_calcium_model(threads: int = 2, card_path: Path | None = None) -> CalciumModel:
    """Loads, checks and warms the calcium network.

    Args:
        threads: Of TensorFlow, where it does not run yet.
        card_path: Card of another network; None for the program's own.

    Raises:
        ModelError: Card or weights are missing, changed, or made for another version.
    """
    from cacviewer.models.calcium_cards import ARCHITECTURE, read_calcium_card

    path = card_path or bundled_card(BUNDLED_CALCIUM)
    card = read_calcium_card(path)
    weights = checked_weights(card, path.parent)
    prepare_tensorflow(threads)
    from cacviewer.models.calcium_inference import CalciumModel, CalciumNetwork
    from cacviewer.models.calcium_net import calcium_net

    model = calcium_net(card.filters, card.dense)
    _filled(model, weights, ARCHITECTURE)
    return CalciumModel(card, CalciumNetwork(model))


def _filled(model: Any, weights: Path, architecture: str) -> None:
    try:
        model.load_weights(weights)
    except (ValueError, OSError, KeyError) as error:
        raise ModelError(
            f"The weights do not fit the architecture {architecture}: {str(error).splitlines()[0]}.",
            path=str(weights),
        ) from error
