"""A winding tube is followed from the box around the heart to the ends of the scan."""

import numpy as np
import pytest

from cacviewer.models.far_aorta import MOST_BOXES, followed
from cacviewer.models.preprocess import Window, scaled, to_window

SPACING = (4.0, 2.0, 2.0)
SHAPE = (120, 110, 110)


def tube(amplitude_mm):
    """HU of 300 inside a tube of 24 mm that winds sideways, and the mask."""
    z, y, x = (np.arange(n)[:, None, None].swapaxes(0, i) for i, n in enumerate(SHAPE))
    middle = 110 + amplitude_mm * np.sin(z * SPACING[0] / 60)
    inside = (y * 2.0 - 110) ** 2 + (x * 2.0 - middle) ** 2 <= 12**2
    return np.where(inside, 300, -100).astype(np.int16), inside


def bright(box):
    """A network that marks what is brighter than 100 HU, half-way to what surrounds it."""
    aorta = (box > scaled(np.array([100], np.float32))[0]).astype(np.float32)
    return np.stack([np.zeros_like(aorta), aorta], axis=-1)


@pytest.mark.parametrize("amplitude_mm", [0.0, 30.0])
def test_the_whole_aorta_is_seen(amplitude_mm):
    hu, inside = tube(amplitude_mm)
    window = Window((240.0, 110.0, 110.0), 2.0, (64, 64, 64))
    first = bright(scaled(to_window(hu, SPACING, window)))[..., 1]
    seen = np.zeros(SHAPE[0], bool)
    share = []
    for box, probability in followed(hu, SPACING, window, first, 64, bright, 0.5):
        heights = box.positions_mm(0)
        within = (heights > 0) & (heights < SHAPE[0] * SPACING[0])
        rows = (heights[within] / SPACING[0]).astype(int)
        marked = (probability >= 0.5).sum(axis=(1, 2))[within] * 4.0
        seen[rows[marked > 0]] = True
        expected = inside.sum(axis=(1, 2))[rows] * 4.0
        share += list((marked / expected)[marked > 0])
    own = window.positions_mm(0)
    low, high = int(own[0] / SPACING[0]), int(own[-1] / SPACING[0])
    assert seen[:low].all()
    assert seen[high + 1 :].all()
    assert not seen[low + 4 : high - 4].any()  # what the box around the heart knows stays its own
    assert np.median(share) == pytest.approx(1, abs=0.1)


def test_no_aorta_no_boxes():
    hu, _ = tube(0.0)
    window = Window((240.0, 110.0, 110.0), 2.0, (64, 64, 64))
    assert not list(followed(hu, SPACING, window, np.zeros((64, 64, 64), np.float32), 64, bright, 0.5))


def test_an_endless_answer_ends():
    window = Window((240.0, 110.0, 110.0), 2.0, (64, 64, 64))
    hu = np.full((2000, 110, 110), 300, np.int16)
    full = np.ones((64, 64, 64), np.float32)
    boxes = list(
        followed(hu, SPACING, window, full, 64, lambda box: np.ones((64, 64, 64, 2), np.float32), 0.5)
    )
    assert len(boxes) <= 2 * MOST_BOXES
