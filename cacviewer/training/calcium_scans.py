"""Scans whose every bright object is known: what the calcium network learns from, before noise is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.geometry import Grid

Mask = NDArray[np.bool_]
AROUND_MM = 28.0
"""What is kept around heart and aorta: the search of candidates goes 10 mm beyond them, moved masks 6 mm more."""
IGNORED = 255
"""Kind of voxels that nobody has named: candidates on them are not learnt from."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownScan:
    """A scan around heart and aorta, and what its calcium is.

    Attributes:
        name: For the log.
        hu: (z, y, x) int16; without noise of its own where `noise_sd_hu` is 0.
        grid: Its grid; axes are those of the patient.
        heart: (z, y, x) bool.
        aorta: (z, y, x) bool.
        kinds: (z, y, x) uint8, 0 for nothing laid in, 1 + index in `calcium_classes.OUTPUTS`, or IGNORED.
        noise_sd_hu: Noise that is in the image already.
        psf_sigma_mm: Blur in the plane, which shapes added noise.
    """

    name: str
    hu: NDArray[np.int16]
    grid: Grid
    heart: Mask
    aorta: Mask
    kinds: NDArray[np.uint8]
    noise_sd_hu: float
    psf_sigma_mm: float


def keep(path: Path, make: Callable[[], KnownScan]) -> None:
    """Makes and writes the scan of a cache file when it is not there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, make())


def _write(path: Path, scan: KnownScan) -> None:
    beside = path.with_suffix(".part.npz")
    grid = scan.grid
    np.savez_compressed(
        beside,
        name=scan.name,
        hu=scan.hu,
        bits=scan.heart + 2 * scan.aorta.astype(np.uint8),
        kinds=scan.kinds,
        grid=np.array([*grid.spacing_mm, *grid.origin_lps_mm]),
        numbers=np.array([scan.noise_sd_hu, scan.psf_sigma_mm]),
    )
    beside.replace(path)


def read_known(path: Path) -> KnownScan:
    """The scan of a cache file."""
    with np.load(path) as data:
        hu, bits, place = data["hu"], data["bits"], data["grid"].tolist()
        noise, blur = data["numbers"].tolist()
        grid = Grid(hu.shape, (place[0], place[1], place[2]), (place[3], place[4], place[5]))
        return KnownScan(str(data["name"]), hu, grid, bits & 1 > 0, bits & 2 > 0, data["kinds"], noise, blur)
