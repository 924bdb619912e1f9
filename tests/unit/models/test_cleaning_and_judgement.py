"""What is kept of the network's answer, and what is believed of it."""

import numpy as np
import pytest

from cacviewer.models.cleaning import clean_aorta, clean_heart, largest_component
from cacviewer.models.plausible import judge
from cacviewer.models.preprocess import Window

WINDOW = Window((112.0, 112.0, 112.0), 2.0, (112, 112, 112))
WHOLE = (224.0, 224.0, 224.0)


def ellipsoid(axes_mm, tilt=0.5, mirrored=False, upside_down=False):
    """A heart-like body: its long axis runs from back, up and right to front, down and left."""
    z, y, x = np.indices((112, 112, 112)).astype(np.float32) * 2 - 111
    if mirrored:
        x = -x
    if upside_down:
        z = -z
    along = np.array([-0.5, -0.5, 0.7]) / np.linalg.norm([-0.5, -0.5, 0.7])
    t = along[0] * z + along[1] * y + along[2] * x
    across = np.sqrt(np.maximum(0, z * z + y * y + x * x - t * t))
    return ((t / axes_mm[0]) ** 2 + (across / axes_mm[1]) ** 2 <= 1).astype(np.float32)


def soft(mask):
    return np.where(mask > 0, np.float32(0.95), np.float32(0.02))


LUNG = np.full((112, 112, 112), -850, np.float32)


def test_largest_component_and_holes():
    p = np.zeros((20, 20, 20), np.float32)
    p[2:12, 2:12, 2:12] = 0.9
    p[5, 5, 5] = 0.1
    p[15:18, 15:18, 15:18] = 0.9
    cleaned = clean_heart(p, 0.5) >= 0.5
    assert cleaned.sum() == 1000
    assert largest_component(np.zeros((3, 3, 3), bool)).sum() == 0


def test_specks_are_no_aorta():
    p = np.zeros((30, 30, 30), np.float32)
    p[:, 5:15, 5:15] = 0.9
    p[20:22, 25:27, 25:27] = 0.9
    cleaned = clean_aorta(p, 0.5, 0.008) >= 0.5
    assert cleaned.sum() == 3000


def test_a_heart_is_believed():
    heart = ellipsoid((75, 45))
    found = judge(soft(heart), LUNG, WINDOW, WHOLE, 0.5)
    assert found.found
    assert found.cut == ()
    assert found.confidence == pytest.approx(0.95, abs=0.01)
    assert found.millilitres == pytest.approx(heart.sum() * 0.008, rel=1e-3)


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (np.zeros((112, 112, 112), np.float32), "nothing"),
        (soft(ellipsoid((30, 20))), "ml"),
        (np.where(ellipsoid((75, 45)) > 0, np.float32(0.55), np.float32(0)), "sure"),
        (soft(ellipsoid((75, 45), mirrored=True)), "right"),
        (soft(ellipsoid((75, 45), upside_down=True)), "upside"),
    ],
)
def test_what_is_no_heart_is_refused_with_a_reason(probability, word):
    found = judge(probability, LUNG, WINDOW, WHOLE, 0.5)
    assert not found.found
    assert word in found.reason


def test_a_cut_heart_is_said_to_be_cut():
    heart = ellipsoid((75, 45))
    upper = heart.copy()
    upper[:50] = 0
    low_start = Window((0.0 + 12.0, 112.0, 112.0), 2.0, (112, 112, 112))  # voxel 50 is where the scan begins
    assert "bottom" in judge(soft(upper), LUNG, low_start, WHOLE, 0.5).cut
    padded = LUNG.copy()
    padded[:, :, 70:] = -1024
    side = heart.copy()
    side[:, :, 70:] = 0
    assert judge(soft(side), padded, WINDOW, WHOLE, 0.5).cut == ("sides",)
