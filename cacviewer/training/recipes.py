"""Recipes as data: what is shown to the network, in which order, and how fast it may learn."""

from __future__ import annotations

from dataclasses import dataclass

from cacviewer.training.sampling import View

SMALL = View(64, (2.0, 3.5), 30.0, wide=False)
WIDE = View(64, (4.8, 7.2), 35.0, wide=True)
HEART = View(80, (1.75, 2.25), 20.0, wide=False)
"""The heart with little around it: a third of the cost of FULL, so three times the patients in the same time."""
AORTA = View(64, (1.75, 2.25), 15.0, wide=False, aorta=True)
FULL = View(112, (1.75, 2.25), 14.0, wide=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a recipe.

    Attributes:
        name: For the log.
        cycle: Batches in turn, each a tuple of views of one size.
        share: Part of the recipe's time or steps.
        rate: Learning rate at its start and end; it follows half a cosine.
        normalised: With batch normalisation, or with its folded form: small batches of large boxes have
            unreliable statistics, and the folded network is what is used later.
        rising: Part of the stage in which the rate rises to its start value.
        patience: Where above 0, the rate stays and is halved after so many steps without a lower loss (mean over
            50 steps), down to its end value: the seed's decay on a plateau.
    """

    name: str
    cycle: tuple[tuple[View, ...], ...]
    share: float
    rate: tuple[float, float]
    normalised: bool
    rising: float = 0.05
    patience: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Stages, network and loss of a training run; `minutes` is the default budget."""

    name: str
    stages: tuple[Stage, ...]
    minutes: float
    filters: tuple[int, ...] = (8, 16, 32, 64, 128)
    loss: str = "dice_and_cross_entropy"
    architecture: str = "heart_unet"


_MIXED = (SMALL, SMALL, WIDE, WIDE)
_MOSTLY_HEART_AND_AORTA = ((HEART,), (HEART,), (AORTA,), (HEART,), (HEART,), (WIDE, SMALL), (AORTA,))
_ALL = ((FULL,), (FULL,), (AORTA,), (FULL,), (FULL,), (WIDE, WIDE, SMALL))
_MOSTLY_FULL = ((FULL,), (FULL,), (FULL,), (FULL,), (WIDE, WIDE, SMALL))
_SEED = Stage("seed", ((FULL,),), 1.0, (1e-4, 1e-6), normalised=False, rising=0.0, patience=200)
"""The paper's: Dice loss, Adam 1e-4, halved on a plateau; boxes in mm instead of squeezed scans, no mirrored
hearts, for a heart lies on the left."""
RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("fast", (Stage("small", (_MIXED,), 1.0, (3e-3, 1e-4), normalised=True),), minutes=15),
        Recipe(
            "full",
            (
                Stage("small", (_MIXED,), 0.35, (3e-3, 5e-4), normalised=True),
                Stage("full", _MOSTLY_FULL, 0.65, (6e-4, 1e-5), normalised=False),
            ),
            minutes=80,
        ),
        Recipe(
            "longer",
            (
                Stage("boxes", _MOSTLY_HEART_AND_AORTA, 0.65, (8e-4, 3e-4), normalised=False),
                Stage("full", _ALL, 0.35, (3e-4, 1e-5), normalised=False),
            ),
            minutes=120,
            architecture="heart_unet_two_windows",
        ),
        Recipe(
            "seed",
            (_SEED,),
            minutes=80,
            loss="seed_dice",
        ),
        Recipe(
            "seed-original",
            (_SEED,),
            minutes=1200,
            filters=(32,),
            loss="seed_dice",
            architecture="seed_unet",
        ),
    )
}
