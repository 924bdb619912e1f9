"""The orCaScore protocol: lesions above 130 HU joined through faces, left main merged into LAD.

Source: orcascore.isi.uu.nl, pages Data and Evaluation; Wolterink et al., Med Phys 2016. These
conventions hold here and nowhere else in the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.case import Case
from cacviewer.core.geometry import slices_of
from cacviewer.core.lesions import LABEL_OF_ARTERY
from cacviewer.evaluation.agreement import Detection, detection_by_number, detection_by_volume, icc_absolute

ABOVE_HU = 130
ALL = "all"
ARTERIES: dict[str, tuple[int, ...]] = {ALL: (1, 2, 3, 4, 5), "LAD": (1, 2), "LCX": (3,), "RCA": (4,)}
"""Rows of the protocol and the values of calcium.nii.gz that belong to them; LM counts as LAD."""


@dataclass(frozen=True, slots=True)
class OrcaRow:
    """One artery (or all) of one scan: numbers of lesions, and volumes in mm3 of voxels above 130 HU."""

    case: str
    artery: str
    true: float
    found: float
    counted: float
    right: float
    true_mm3: float
    both_mm3: float
    counted_mm3: float

    @property
    def by_number(self) -> Detection:
        """Lesions."""
        return Detection(self.true, self.found, self.counted, self.right)

    @property
    def by_volume(self) -> Detection:
        """Voxels."""
        return Detection(self.true_mm3, self.both_mm3, self.counted_mm3, self.both_mm3)


def orca_rows(name: str, case: Case, hu: NDArray[np.int16], reader: NDArray[np.integer]) -> list[OrcaRow]:
    """Compares the scored lesions of a case with a reader's labels (z, y, x), for each row of ARTERIES."""
    bright = hu > ABOVE_HU
    ours = np.zeros(hu.shape, np.uint8)
    for lesion in case.scored:
        ours[slices_of(lesion.box)][lesion.voxels] = LABEL_OF_ARTERY[lesion.artery]
    rows = []
    for artery, labels in ARTERIES.items():
        true, counted = (np.isin(side, labels) & bright for side in (reader, ours))
        number = detection_by_number(true, counted)
        volume = detection_by_volume(true, counted, case.grid.voxel_mm3)
        rows.append(
            OrcaRow(
                name, artery, number.true, number.found, number.counted, number.right,
                volume.true, volume.found, volume.counted,
            )
        )  # fmt: skip
    return rows


def orca_table(rows: Sequence[OrcaRow]) -> str:
    """Sensitivity, PPV and F1 over all scans and the ICC of volume, for each artery, as a Markdown table."""
    lines = [
        "| orCaScore | lesions | sensitivity | PPV | F1 | volume: sensitivity | PPV | F1 | ICC of volume |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for artery in ARTERIES:
        own = [row for row in rows if row.artery == artery]
        number = sum((row.by_number for row in own), Detection())
        volume = sum((row.by_volume for row in own), Detection())
        icc = icc_absolute([row.counted_mm3 for row in own], [row.true_mm3 for row in own])
        cells = [f"{v:.3f}" for d in (number, volume) for v in (d.sensitivity, d.ppv, d.f1)]
        lines.append(f"| {artery} | {number.true:.0f} | {' | '.join(cells)} | {icc:.3f} |")
    return "\n".join(lines).replace("nan", "–")
