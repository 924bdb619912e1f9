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

Part = tuple[int, int, int, int]
"""Top, left, bottom and right of a rectangle of a slice, the last two excluded."""
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
    """The slice of an organ's mask, contiguous; None when there is no organ in it."""
    if mask is None or mask.shape != geometry.grid.shape_zyx:
        return None
    part = np.ascontiguousarray(geometry.cut(mask, depth))  # across the memory once, not at every use
    return part if part.any() else None


def organ_labels(
    shape: tuple[int, int], heart: NDArray[np.bool_] | None, aorta: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    """Labels (rows, columns) uint8 of a slice without lesions.

    Args:
        shape: Rows and columns.
        heart: Of `organ_slice`, or None.
        aorta: Of `organ_slice`, or None.
    """
    labels = np.zeros(shape, np.uint8)
    for bit, mask in ((HEART_BIT, heart), (AORTA_BIT, aorta)):
        if mask is not None:
            labels |= np.multiply(mask, bit, dtype=np.uint8)
    return labels


def put_lesions(labels: NDArray[np.uint8], lesions: Iterable[Patch], selection: Collection[str] = ()) -> None:
    """Writes lesions, of `patches`, into labels (rows, columns) of a slice, in place."""
    for patch in lesions:
        rows, columns = patch.mask.shape
        target = labels[patch.top : patch.top + rows, patch.left : patch.left + columns]
        code = lesion_code(patch.lesion) | (SELECTED_BIT if patch.lesion.id in selection else 0)
        target[patch.mask] = target[patch.mask] & (HEART_BIT | AORTA_BIT) | code


def changed_part(
    old: Iterable[Patch], new: Iterable[Patch], old_selection: Collection[str], new_selection: Collection[str]
) -> Part | None:
    """The rectangle of a slice in which lesions look different; None if they look the same.

    Args:
        old: Of `patches`, before.
        new: Of `patches` of the same slice, now.
        old_selection: Ids of lesions that were selected.
        new_selection: Ids of lesions that are selected.
    """
    before, now = _looks(old, old_selection), _looks(new, new_selection)
    parts = [
        _part(patch)
        for key in before.keys() | now.keys()
        if not _alike(before.get(key), now.get(key))
        for patch, _, _ in filter(None, (before.get(key), now.get(key)))
    ]
    if not parts:
        return None
    tops, lefts, bottoms, rights = zip(*parts, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)


_Look = tuple[Patch, int, bool]


def _looks(lesions: Iterable[Patch], selection: Collection[str]) -> dict[str, _Look]:
    return {p.lesion.id: (p, lesion_code(p.lesion), p.lesion.id in selection) for p in lesions}


def _alike(a: _Look | None, b: _Look | None) -> bool:
    if a is None or b is None or a[1:] != b[1:]:
        return False
    one, other = a[0], b[0]
    if one.lesion.voxels is other.lesion.voxels:  # an edit of class or artery keeps the array
        return True
    return _part(one) == _part(other) and np.array_equal(one.mask, other.mask)


def _part(patch: Patch) -> Part:
    rows, columns = patch.mask.shape
    return patch.top, patch.left, patch.top + rows, patch.left + columns


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
