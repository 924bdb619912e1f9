"""Small volumes with known bright blobs, for tests."""

from dataclasses import replace

import numpy as np

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.assess import assessed
from cacviewer.core.candidates import find_candidates
from cacviewer.core.case import Case, HeartSummary, MassCalibration
from cacviewer.core.classify import classify
from cacviewer.core.geometry import Grid, bounding_box
from cacviewer.core.rulesets import rule_set
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict

GRID = Grid((12, 100, 100), (3.0, 0.5, 0.5))


def scene():
    """HU, heart and aorta: blobs in the heart, at its border, in the aorta, far away, of metal, and a bone."""
    hu = np.full(GRID.shape_zyx, 40, np.int16)
    heart = np.zeros(hu.shape, bool)
    heart[2:10, 30:80, 20:80] = True
    hu[~heart] = -90  # fat
    hu[4:6, 58:65, 80:86] = 40  # an artery that leaves the mask
    aorta = np.zeros(hu.shape, bool)
    aorta[:, 50:70, 50:70] = True
    hu[aorta] = 40
    hu[4:6, 40:44, 30:34] = 250  # coronary, two slices
    hu[5, 40, 30] = 420
    hu[5, 60:63, 78:84] = 180  # coronary at the border: a third inside, the rest within 2 mm
    hu[5, 50:53, 50:53] = 300  # aortic wall
    hu[5, 70:72, 30:32] = 1700  # clip
    hu[7, 45, 45] = 500  # a single pixel: cannot score
    hu[0, 2:6, 2:6] = 400  # far from everything
    hu[:, 86:100, :] = 600  # bone that comes near
    return hu, heart, aorta


def anatomy(heart, aorta):
    ml = float(heart.sum()) * GRID.voxel_mm3 / 1000
    return Anatomy(heart, aorta, True, 0.95, ml, bounding_box(heart), ModelIdentity("test", "0" * 64))


def case(hu, heart, aorta):
    """The automatic case of a scene, made without a network."""
    rules = rule_set()
    candidates = find_candidates(hu, GRID, rules.limit_hu, rules.min_area_mm2, heart, aorta)
    empty = Case(
        info=SeriesInfo(),
        acquisition=Acquisition(kvp=120),
        grid=GRID,
        source="",
        verdict=Verdict.READY,
        model=None,
        heart=HeartSummary(True, 500.0, bounding_box(heart), 0.9),
        rules=rules,
        mass=MassCalibration(rules.default_mass_factor, "mass not calibrated", False),
        method="threshold",
        lesions=(),
        scores=None,
        category=None,
    )
    return assessed(replace(empty, lesions=classify(candidates, GRID)), hu)
