"""A case whose DICOM series lies in a folder, as the DICOM writers want it; and the validator."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.volume import Volume
from cacviewer.reading.source_images import source_images
from cacviewer.reports.dicom_instance import Making
from tests.builders.dicom import HEAD_FIRST, Scan, series
from tests.unit.reading.reading import read
from tests.unit.reports.scored_case import anatomy_of, case_of, painted

MOMENT = dt.datetime(2026, 11, 25, 3, 14, 15)


@dataclass(frozen=True, eq=False)
class OnDisk:
    folder: Path
    volume: Volume
    case: Case
    anatomy: Anatomy

    def making(self, case: Case | None = None, moment: dt.datetime = MOMENT, **changes: Any) -> Making:
        case = case or self.case
        return Making(case, source_images(str(self.folder), case.info, case.grid), moment, **changes)


def on_disk(folder: Path, scan: Scan = HEAD_FIRST, **changes: Any) -> OnDisk:
    """Ten slices with the plaques of `scored_case` in them, read again and scored."""
    hu, _ = painted()
    series(folder, scan, hu, **changes)
    return opened(folder)


def opened(folder: Path) -> OnDisk:
    """The case of what lies in a folder; lesions are those of `scored_case`."""
    volume = read(folder)
    hu, lesions = painted(grid=volume.grid)
    case = case_of(hu, lesions, volume.grid, info=volume.info, source=str(folder))
    anatomy = replace(anatomy_of(volume.grid), aorta=_aorta(volume.grid.shape_zyx))
    return OnDisk(folder, replace(volume, hu=hu, source=str(folder)), case, anatomy)


def _aorta(shape: tuple[int, int, int]) -> np.ndarray:
    """Starts above the heart and overlaps it, in slices of its own."""
    aorta = np.zeros(shape, bool)
    aorta[4:9, 2:20, 30:50] = True
    return aorta


def complaints(path: Path) -> list[str]:
    """What dciodvfy calls an error."""
    if shutil.which("dciodvfy") is None:
        pytest.skip("dciodvfy is not installed (Debian: dicom3tools)")
    said = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, timeout=60, check=False)
    lines = (said.stdout + said.stderr).splitlines()
    assert lines, "the validator says at least which object it saw"
    return [line for line in lines if line.startswith("Error")]
