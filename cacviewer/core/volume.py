"""A Volume: Hounsfield units, where they are, how they were made and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding
from cacviewer.core.geometry import Grid
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """One readable series.

    Attributes:
        hu: (z, y, x) int16 Hounsfield units after rescale, read-only; in the axes as acquired.
        grid: Where the voxels are.
        acquisition: Header facts.
        info: Identity of the series.
        verdict: Whether it may be scored.
        findings: What was seen while reading.
        filled_slices: Indices of slices that were interpolated for the eye only.
        source: The path that was opened.
    """

    hu: NDArray[np.int16]
    grid: Grid
    acquisition: Acquisition
    info: SeriesInfo
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    filled_slices: tuple[int, ...] = ()
    source: str = ""
    read_s: float = 0.0
