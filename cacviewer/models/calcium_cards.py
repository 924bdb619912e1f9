"""The card of a calcium network: what its weights are and what they eat."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cacviewer.core.errors import ModelError
from cacviewer.models.calcium_classes import OUTPUTS
from cacviewer.models.calcium_features import FAR_HU, FAR_MM, FAR_SHAPE, NEAR_MM, NEAR_SHAPE, NUMBERS
from cacviewer.models.cards import CONTRACT_AXES, REMEDY, reading_card

ARCHITECTURE = "calcium_net"


@dataclass(frozen=True, slots=True)
class CalciumCard:
    """The part of a card that the program acts on.

    Attributes:
        name: Name and version of the network.
        weights: Name of the weights file beside the card.
        sha256: Hash of that file.
        filters: Channels per level.
        dense: Width of the layer that joins the views.
    """

    name: str
    weights: str
    sha256: str
    filters: tuple[int, ...]
    dense: int


def contract() -> dict[str, Any]:
    """What this program feeds a calcium network, as it stands in a card."""
    return {
        "axes": CONTRACT_AXES,
        "near": {"spacing_mm": list(NEAR_MM), "shape": list(NEAR_SHAPE)},
        "far": {"spacing_mm": FAR_MM, "shape": list(FAR_SHAPE), "hu": list(FAR_HU)},
        "numbers": NUMBERS,
    }


def read_calcium_card(path: Path) -> CalciumCard:
    """Reads a card and checks that this program can feed the network as the card demands.

    Raises:
        ModelError: No card, no card of a calcium network, or another contract.
    """
    with reading_card(path, "calcium") as data:
        wanted, channels = data["input"], tuple(data["outputs"]["channels"])
        architecture = data["architecture"]
        card = CalciumCard(
            name=str(data["name"]),
            weights=str(data["weights"]),
            sha256=str(data["sha256"]),
            filters=tuple(int(n) for n in architecture["filters"]),
            dense=int(architecture["dense"]),
        )
    if wanted != contract() or channels != OUTPUTS or architecture["name"] != ARCHITECTURE:
        raise ModelError(
            "The calcium network was made for another version of the program.", path=str(path), remedy=REMEDY
        )
    return card
