from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cacviewer.core.geometry import Grid
from cacviewer.reading.header_hash import hash_of_grid
from cacviewer.reading.scan import inspect
from tests.builders.dicom import Scan, series


def hash_of(folder: Path) -> str:
    (found,) = inspect([folder]).series
    return found.info.header_sha256


def test_a_series_is_known_again_whatever_its_files_are_called(tmp_path):
    series(tmp_path / "a")
    series(tmp_path / "b" / "deep", pattern="{:03d}.dcm")
    assert re.fullmatch("[0-9a-f]{64}", hash_of(tmp_path / "a"))
    assert hash_of(tmp_path / "a") == hash_of(tmp_path / "b")


def test_another_header_is_another_hash(tmp_path):
    series(tmp_path / "a")
    series(tmp_path / "moved", Scan(origin=(-31.0, -17.5, -120.0)))
    series(tmp_path / "kernel", change=lambda d, k: setattr(d, "ConvolutionKernel", "Bv99"))
    series(tmp_path / "short", Scan(slices=9))
    hashes = {hash_of(tmp_path / name) for name in ("a", "moved", "kernel", "short")}
    assert len(hashes) == 4


def test_a_volume_file_is_known_by_its_geometry():
    grid = Grid((4, 5, 6), (3.0, 0.5, 0.5), (-1.0, 0.0, 2.0))
    assert hash_of_grid(grid) == hash_of_grid(replace(grid))
    assert hash_of_grid(grid) != hash_of_grid(replace(grid, spacing_mm=(3.0, 0.5, 0.6)))
