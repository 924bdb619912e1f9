"""The calcium network's opinion of every lesion, laid over what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.blood import Blood
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.volume import Volume
from cacviewer.models.calcium_inference import CalciumModel, Opinion
from cacviewer.models.registry import load_calcium_model

SURE_ARTERY = 0.6
"""Below this the artery stays open for the reader: on real scans most of the network's wrong arteries lie there."""
USUAL_NOISE_HU = 15.0
"""Where neither aorta nor heart can be measured (clinical-rules.md 11: 15-20 HU are usual)."""


@lru_cache(maxsize=2)
def calcium_model(card: Path | None = None) -> CalciumModel:
    """The network, loaded and traced once a process.

    Args:
        card: Card of another network; None for the program's own.

    Raises:
        ModelError: The weights are missing or not those of their card.
    """
    return load_calcium_model(card_path=card)


def judged_by_network(
    lesions: Sequence[Lesion], volume: Volume, anatomy: Anatomy, limit_hu: int, blood: Blood | None
) -> tuple[Lesion, ...]:
    """The lesions with class, artery, reason and confidence of the network; scored ones first, each kind by size.

    Where there are more objects than the network is shown, the smallest keep what the rules say.

    Raises:
        ModelError: The network cannot be loaded.
    """
    noise_hu = blood.sd_hu if blood else USUAL_NOISE_HU
    opinions = calcium_model().judge(lesions, volume.hu, volume.grid, anatomy, limit_hu, noise_hu)
    seen = [
        lesion if opinion is None else _with(lesion, opinion)
        for lesion, opinion in zip(lesions, opinions, strict=True)
    ]
    return tuple(sorted(seen, key=lambda s: (not s.is_scored, -s.voxel_count, s.id)))


def _with(lesion: Lesion, opinion: Opinion) -> Lesion:
    artery = opinion.artery if opinion.artery_probability >= SURE_ARTERY else Artery.UNASSIGNED
    reason = f"network: {opinion.kind.value.replace('_', ' ')} {opinion.probability:.2f}"
    if opinion.kind is LesionClass.CORONARY:
        reason += f", {opinion.artery.label} {opinion.artery_probability:.2f}"
    return replace(
        lesion,
        kind=opinion.kind,
        artery=artery,
        reason=reason,
        confidence=round(opinion.probability, 3),
        artery_confidence=round(opinion.artery_probability, 3),
    )
