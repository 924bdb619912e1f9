"""Tables, figure and changed scans, with a segmentation that is known."""

from dataclasses import replace

import numpy as np

from cacviewer.evaluation.heart import HeartRow, heart_table, read_rows, write_rows
from cacviewer.evaluation.heart_figure import draw_overlays, overlay_of
from cacviewer.evaluation.heart_robustness import CHANGES, robustness

ROW = HeartRow("a", True, 0.9, 0.91, 0.82, 5.0, 1.5, 700.0, 690.0, 0.85, 6.0, 0.93, 0.6, "")


def test_rows_survive_the_file(tmp_path):
    rows = [
        ROW,
        replace(ROW, case="b", found=False, heart_dice=0.25, heart_hd95_mm=float("nan"), said="x; y"),
    ]
    write_rows(rows, tmp_path / "held.csv")
    again = read_rows(tmp_path / "held.csv")
    assert again[0] == ROW
    assert np.isnan(again[1].heart_hd95_mm)
    assert (again[1].found, again[1].said) == (False, "x; y")
    table = heart_table(again)
    assert "| **mean** | 0.575 |" in table
    assert "| **worst** | 0.250 |" in table


def test_overlays_are_drawn(tmp_path):
    hu = np.zeros((10, 20, 20), np.int16)
    drawn = np.zeros(hu.shape, bool)
    drawn[2:8, 5:15, 5:15] = True
    found = np.roll(drawn, 2, axis=2)
    overlay = overlay_of("case", hu, (3.0, 1.0, 1.0), {"heart": found}, {"heart": drawn})
    assert len(overlay.planes) == 5
    draw_overlays([overlay], tmp_path / "f.png")
    assert (tmp_path / "f.png").read_bytes()[:4] == b"\x89PNG"


def bright_ball(volume):
    """A segmentation that depends on the image alone: what is brighter than 200 HU."""
    from cacviewer.core.anatomy import Anatomy, ModelIdentity

    heart = volume.hu > 200
    empty = np.zeros(heart.shape, bool)
    return Anatomy(heart, empty, True, 1.0, 1.0, None, ModelIdentity("test", ""))


def test_a_segmentation_that_follows_the_image_is_robust():
    rows = {row.change: row for row in robustness("ball", ball_volume(), bright_ball)}
    assert set(rows) == set(CHANGES)
    assert all(row.heart_dice > 0.93 for row in rows.values()), rows


def test_a_segmentation_that_does_not_is_found_out():
    first = bright_ball(ball_volume()).heart

    def stubborn(volume):
        """The same voxels whatever the scan shows."""
        anatomy = bright_ball(volume)
        mask = np.zeros(anatomy.heart.shape, bool)
        z, y, x = (min(a, b) for a, b in zip(first.shape, mask.shape, strict=True))
        mask[:z, :y, :x] = first[:z, :y, :x]
        return replace(anatomy, heart=mask)

    rows = {row.change: row for row in robustness("ball", ball_volume(), stubborn)}
    assert rows["moved by 12 mm"].heart_dice < 0.9
    assert rows["slices of 5 mm"].heart_dice < 0.9


def ball_volume():
    from cacviewer.core.geometry import Grid
    from cacviewer.core.study import Acquisition, SeriesInfo, Verdict
    from cacviewer.core.volume import Volume

    shape, spacing = (40, 100, 100), (2.5, 2.5, 2.5)
    z, y, x = np.indices(shape).astype(np.float32)
    ball = ((z - 20) / 16) ** 2 + ((y - 50) / 20) ** 2 + ((x - 45) / 22) ** 2 <= 1
    hu = np.where(ball, 500, -100).astype(np.int16)
    grid = Grid(shape, spacing, (0.0, 0.0, 0.0), ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
    return Volume(hu, grid, Acquisition(), SeriesInfo("1.2"), Verdict.READY)
