"""One table of colours: arteries, organs, planes. Window, report and 3-D take them from here.

The arteries differ in lightness as well as in hue and stay apart with deuteranopia and protanopia
(checked in tests with the matrices of Machado 2009).
"""

from __future__ import annotations

from cacviewer.core.lesions import Artery, Lesion
from cacviewer.render.planes import Plane

Rgb = tuple[int, int, int]

ARTERY: dict[Artery, Rgb] = {
    Artery.LM: (240, 228, 66),
    Artery.LAD: (230, 85, 0),
    Artery.LCX: (86, 205, 250),
    Artery.RCA: (30, 90, 230),
    Artery.UNASSIGNED: (255, 255, 255),
}
OTHER: Rgb = (150, 150, 150)
HEART: Rgb = (214, 96, 120)
AORTA: Rgb = (120, 180, 120)
PLANE: dict[Plane, Rgb] = {
    Plane.AXIAL: (235, 72, 60),
    Plane.SAGITTAL: (240, 205, 60),
    Plane.CORONAL: (90, 190, 90),
}


def colour_of(lesion: Lesion) -> Rgb:
    """Colour of a lesion's artery, grey for calcium that is not counted."""
    return ARTERY[lesion.artery] if lesion.is_scored else OTHER
