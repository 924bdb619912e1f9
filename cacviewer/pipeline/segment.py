"""The heart and the aorta, by the bundled network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.volume import Volume
from cacviewer.models.inference import HeartModel
from cacviewer.models.registry import card_of, load_heart_model

Progress = Callable[[str, float], None]


@lru_cache(maxsize=1)
def heart_model(card: Path | None = None) -> HeartModel:
    """The network, loaded and traced once a process.

    Args:
        card: Card of another network; None for the program's own.

    Raises:
        ModelError: The weights are missing or not those of their card.
    """
    return load_heart_model(card_path=card)


def segment(volume: Volume, model: str = "", *, progress: Progress | None = None) -> Anatomy:
    """Finds heart and aorta; a scan without a heart gives `heart_found` False and a finding.

    Args:
        volume: The scan.
        model: Path of a card, or name of a network in the user's folder; "" for the program's own.
        progress: Is told (step, fraction).

    Raises:
        ModelError: There is no such network, or it is not what its card says.
    """
    return heart_model(card_of(model) if model else None).segment(volume.hu, volume.grid, progress)
