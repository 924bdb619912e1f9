"""Pictures for the list of series."""

from pathlib import Path

import numpy as np

from cacviewer.core.study import Inspection
from cacviewer.pipeline.read import thumbnail
from cacviewer.reading.scan import inspect
from cacviewer.reading.thumbnails import SIDE_PX, middle_slice
from tests.builders.dicom import RLE, Scan, series


def test_the_middle_slice_in_its_true_shape(tmp_path: Path) -> None:
    hu = series(tmp_path, Scan(pixel=(1.0, 2.0)))
    inspection = inspect([tmp_path])
    middle = middle_slice(inspection, 0)
    assert middle is not None
    assert np.array_equal(middle, hu[5])
    grays = thumbnail(inspection, 0)
    assert grays is not None
    assert grays.dtype == np.uint8
    assert grays.shape == (round(SIDE_PX * 24 / 64), SIDE_PX)
    bright = np.argwhere(grays == 255)  # the ball in the middle
    assert np.allclose(bright.mean(axis=0) / grays.shape, 0.5, atol=0.05)


def test_a_picture_of_an_inspection_that_came_over_the_pipe(tmp_path: Path) -> None:
    hu = series(tmp_path, compress=RLE)
    scanned = inspect([tmp_path])
    plain = Inspection(scanned.path, 10, 10, 0, scanned.series, scanned.chosen)
    middle = middle_slice(plain, 0)
    assert middle is not None
    assert np.array_equal(middle, hu[5])


def test_no_picture_is_no_error(tmp_path: Path) -> None:
    series(tmp_path, change=lambda d, k: delattr(d, "PixelSpacing"))
    assert thumbnail(inspect([tmp_path]), 0) is None
    series(tmp_path / "b", number=2)
    inspection = inspect([tmp_path / "b"])
    for path in (tmp_path / "b").iterdir():
        path.unlink()
    assert thumbnail(inspection, 0) is None
