"""The heart and the aorta, by the bundled network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.volume import Volume
from cacviewer.models.inference import HeartModel
from cacviewer.models.registry import load_heart_model

Progress = Callable[[str, float], None]


@lru_cache(maxsize=1)
def heart_model() -> HeartModel:
    """The network, loaded and traced once a process.

    Raises:
        ModelError: The weights are missing or not those of their card.
    """
    return load_heart_model()


def segment(volume: Volume, *, progress: Progress | None = None) -> Anatomy:
    """Finds heart and aorta; a scan without a heart gives `heart_found` False and a finding."""
    return heart_model().segment(volume.hu, volume.grid, progress)
