"""The heart and the aorta, by the bundled network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.volume import Volume
from cacviewer.models.inference import HeartModel
from cacviewer.models.registry import load_heart_model

Progress = Callable[[str, float], None]


@lru_cache(maxsize=2)
def heart_model(card: Path | None = None) -> HeartModel:
    """The network, loaded and traced once a process.

    Args:
        card: Card of another network; None for the program's own.

    Raises:
        ModelError: The weights are missing or not those of their card.
    """
    return load_heart_model(card_path=card)


def segment(volume: Volume, *, progress: Progress | None = None, card: Path | None = None) -> Anatomy:
    """Finds heart and aorta; a scan without a heart gives `heart_found` False and a finding."""
    return heart_model(card).segment(volume.hu, volume.grid, progress)
