"""What the calcium network tells apart, and what that means for a lesion."""

from __future__ import annotations

from cacviewer.core.lesions import Artery, LesionClass

OUTPUTS: tuple[str, ...] = (
    "LM",
    "LAD",
    "LCX",
    "RCA",
    "aorta",
    "valve",
    "bone",
    "metal",
    "pulmonary",
    "outside_heart",
    "noise",
)
"""Channels of the network: the four arteries, then classes of calcium that is not counted."""

ARTERIES: tuple[Artery, ...] = (Artery.LM, Artery.LAD, Artery.LCX, Artery.RCA)
"""The artery of each of the first channels; together they are the class CORONARY."""


def index_of(kind: LesionClass, artery: Artery = Artery.UNASSIGNED) -> int:
    """The channel of a class; coronary calcium needs its artery.

    Raises:
        ValueError: The network has no channel for it.
    """
    name = artery.value if kind is LesionClass.CORONARY else kind.value
    return OUTPUTS.index(name)
