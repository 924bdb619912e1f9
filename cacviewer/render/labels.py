"""What lies over a slice: organ bits and lesion codes, composed for the one slice that is shown.

Nothing of the size of the scan is made: an edit changes a few lesions, and the next picture of a slice reads
the organ masks and the lesions' own boxes again (well below a millisecond).

A label is a byte: bits 0-2 the lesion's code (0 none, 1-5 the arteries of `LABEL_OF_ARTERY`, 6 other
calcium), bit 3 selected, bit 4 heart, bit 5 aorta.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.lesions import LABEL_OF_ARTERY, OTHER_LABEL, Lesion
from cacviewer.core.session import ViewState
from cacviewer.render.colours import AORTA, ARTERY, HEART
from cacviewer.render.gray import Layer, label_table
from cacviewer.render.planes import SliceGeometry

SELECTED_BIT, HEART_BIT, AORTA_BIT = 8, 16, 32
LABELS = 64
SELECTED_BOOST = 0.25
"""How much more opaque a selected lesion is."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A lesion's part of a slice: where its mask (rows, columns) begins in the view."""

    lesion: Lesion
    top: int
    left: int
    mask: NDArray[np.bool_]


def patches(geometry: SliceGeometry, depth: int, lesions: Iterable[Lesion]) -> list[Patch]:
    """The lesions that a slice cuts, other calcium first, so that what counts is painted over it."""
    found: list[Patch] = []
    for lesion in lesions:
        part = geometry.cut_box(lesion.box, lesion.voxels, depth)
        if part is not None and part[2].any():
            found.append(Patch(lesion, *part))
    found.sort(key=lambda patch: patch.lesion.is_scored)
    return found


def organ_slice(
    geometry: SliceGeometry, depth: int, mask: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    """The slice of an organ's mask; None when there is no organ in it."""
    if mask is None or mask.shape != geometry.grid.shape_zyx:
        return None
    part = geometry.cut(mask, depth)
    return part if part.any() else None


def label_slice(
    shape: tuple[int, int],
    heart: NDArray[np.bool_] | None,
    aorta: NDArray[np.bool_] | None,
    lesions: Iterable[Patch],
    selection: Collection[str] = (),
) -> NDArray[np.uint8]:
    """Labels (rows, columns) uint8 of a slice as it is shown.

    Args:
        shape: Rows and columns.
        heart: Of `organ_slice`, or None.
        aorta: Of `organ_slice`, or None.
        lesions: Of `patches`.
        selection: Ids of selected lesions.
    """
    labels = np.zeros(shape, np.uint8)
    for bit, mask in ((HEART_BIT, heart), (AORTA_BIT, aorta)):
        if mask is not None:
            labels |= np.multiply(mask, bit, dtype=np.uint8)
    for patch in lesions:
        rows, columns = patch.mask.shape
        target = labels[patch.top : patch.top + rows, patch.left : patch.left + columns]
        code = lesion_code(patch.lesion) | (SELECTED_BIT if patch.lesion.id in selection else 0)
        target[patch.mask] = target[patch.mask] & (HEART_BIT | AORTA_BIT) | code
    return labels


def lesion_code(lesion: Lesion) -> int:
    """1-5 for the arteries, 6 for calcium that is not counted."""
    return LABEL_OF_ARTERY[lesion.artery] if lesion.is_scored else OTHER_LABEL


def overlay_table(view: ViewState) -> NDArray[np.uint32]:
    """Table of `gray.slice_rgb32` for these labels: colours, opacities and what is switched on."""
    return label_table([_layers(label, view) for label in range(LABELS)])


def _layers(label: int, view: ViewState) -> list[Layer]:
    layers: list[Layer] = []
    if label & HEART_BIT and view.show_heart:
        layers.append((HEART, view.heart_opacity))
    if label & AORTA_BIT and view.show_aorta:
        layers.append((AORTA, view.heart_opacity))
    colour = _FILL.get(label & 7)  # other calcium has a hatch instead of a fill
    if colour is not None and view.show_calcium:
        boost = SELECTED_BOOST if label & SELECTED_BIT else 0.0
        layers.append((colour, min(1.0, view.calcium_opacity + boost)))
    return layers


_FILL = {code: ARTERY[artery] for artery, code in LABEL_OF_ARTERY.items()}
