"""Model cards: what a weights file is, what it eats, and by which hash it is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cacviewer.core.errors import ModelError
from cacviewer.models.preprocess import HU_WINDOW

CONTRACT_AXES = "LPS zyx: up, back, left"
REMEDY = "Install the program again, or put back the weights that belong to this card."


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The part of a card that the program acts on; figures and licences are for people.

    Attributes:
        name: Name and version of the network.
        weights: Name of the weights file beside the card.
        sha256: Hash of that file.
        architecture: Row of `architectures.ARCHITECTURES`.
        filters: Channels per level.
        outputs: Names of the output channels.
        fine_mm, fine_size: Voxel and box of the pass over the heart.
        coarse_mm, coarse_size: Voxel and box of the pass that looks for it.
        threshold: Probability from which a voxel belongs to the organ.
    """

    name: str
    weights: str
    sha256: str
    architecture: str
    filters: tuple[int, ...]
    outputs: tuple[str, ...]
    fine_mm: float
    fine_size: int
    coarse_mm: float
    coarse_size: int
    threshold: float


@contextmanager
def reading_card(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The plain data of a card; what is missing or of the wrong kind in it becomes a sentence.

    Args:
        path: Of the card.
        kind: "heart" or "calcium".

    Raises:
        ModelError: The file cannot be read, or it is no card of such a network.
    """
    try:
        yield json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError("The card of the network cannot be read.", path=str(path), remedy=REMEDY) from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"This is no card of a {kind} network ({error}).", path=str(path), remedy=REMEDY
        ) from error


def read_card(path: Path) -> ModelCard:
    """Reads a card and checks that this program can feed the network as the card demands.

    Raises:
        ModelError: No card, no card of ours, or a contract that the pre-processing does not keep.
    """
    with reading_card(path, "heart") as data:
        contract = data["input"]
        card = ModelCard(
            name=str(data["name"]),
            weights=str(data["weights"]),
            sha256=str(data["sha256"]),
            architecture=str(data["architecture"]["name"]),
            filters=tuple(int(n) for n in data["architecture"]["filters"]),
            outputs=tuple(str(n) for n in data["outputs"]["channels"]),
            fine_mm=float(contract["fine"]["spacing_mm"]),
            fine_size=int(contract["fine"]["size"]),
            coarse_mm=float(contract["coarse"]["spacing_mm"]),
            coarse_size=int(contract["coarse"]["size"]),
            threshold=float(data["outputs"]["threshold"]),
        )
    _check_contract(contract, path)
    return card


def _check_contract(contract: dict[str, Any], path: Path) -> None:
    if tuple(contract.get("hu_window", ())) != HU_WINDOW:
        raise ModelError(
            f"The network wants the HU window {contract.get('hu_window')}, the program gives {list(HU_WINDOW)}.",
            path=str(path),
        )
    if contract.get("axes") != CONTRACT_AXES:
        raise ModelError(
            f"The network wants the axes '{contract.get('axes')}', the program gives '{CONTRACT_AXES}'.",
            path=str(path),
        )


class Described(Protocol):
    """What every card says of its weights."""

    @property
    def name(self) -> str:
        """Name and version of the network."""

    @property
    def weights(self) -> str:
        """Name of the weights file beside the card."""

    @property
    def sha256(self) -> str:
        """Hash of that file."""


def checked_weights(card: Described, folder: Path) -> Path:
    """The weights file of a card, if its bytes are those that the card describes.

    Raises:
        ModelError: Missing, or another file.
    """
    path = folder / card.weights
    if not path.is_file():
        raise ModelError(
            f"The weights of the network {card.name} are missing.", path=str(path), remedy=REMEDY
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != card.sha256:
        raise ModelError(
            f"The weights of the network {card.name} are not those of its card "
            f"(SHA-256 {found[:12]} instead of {card.sha256[:12]}).",
            path=str(path),
            remedy=REMEDY,
        )
    return path
