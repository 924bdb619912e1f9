"""Colours of arteries stay apart for eyes that miss a cone (matrices: Machado, Oliveira, Fernandes 2009)."""

from itertools import combinations

import numpy as np
import pytest

from cacviewer.core.lesions import Artery, LesionClass
from cacviewer.render.colours import ARTERY, OTHER, colour_of

from .scenes import lesion

EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def lab(rgb, eye):
    linear = np.array(rgb) / 255
    linear = np.where(linear <= 0.04045, linear / 12.92, ((linear + 0.055) / 1.055) ** 2.4)
    linear = np.clip(EYES[eye] @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = xyz / (0.9505, 1.0, 1.089)
    f = np.where(f > 0.008856, np.cbrt(f), 7.787 * f + 16 / 116)
    return np.array((116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])))


@pytest.mark.parametrize("eye", list(EYES))
def test_arteries_and_other_calcium_stay_apart(eye):
    colours = {**ARTERY, "other": OTHER}
    for a, b in combinations(colours, 2):
        assert np.linalg.norm(lab(colours[a], eye) - lab(colours[b], eye)) > 20, (a, b)


def test_every_artery_has_a_colour_and_what_is_not_counted_is_grey():
    assert set(ARTERY) == set(Artery)
    assert colour_of(lesion("a", (0, 0, 0, 1, 1, 1), Artery.RCA)) == ARTERY[Artery.RCA]
    assert colour_of(lesion("a", (0, 0, 0, 1, 1, 1), Artery.RCA, LesionClass.REJECTED)) == OTHER
