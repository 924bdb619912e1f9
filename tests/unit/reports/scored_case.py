"""Small cases for the tests of reports and case.json, scored by the real scorer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.assess import assessed, mass_calibration
from cacviewer.core.case import Case, HeartSummary, Timing
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.rulesets import rule_set
from cacviewer.core.study import Acquisition, Gating, Patient, SeriesInfo, Verdict

ARABIC_NAME = "محمد عبد الله"
GRID = Grid((10, 60, 70), (3.0, 0.5, 0.5), (-10.0, -20.0, -1000.0))
# z, y, x of a corner, size in y and x, HU, kind, artery
PLAQUES = (
    ((3, 10, 10), (6, 8), 450, LesionClass.CORONARY, Artery.LAD),
    ((4, 30, 20), (3, 4), 350, LesionClass.CORONARY, Artery.LM),
    ((5, 40, 40), (4, 5), 210, LesionClass.CORONARY, Artery.LCX),
    ((6, 50, 50), (7, 7), 500, LesionClass.CORONARY, Artery.RCA),
    ((2, 50, 10), (3, 3), 180, LesionClass.CORONARY, Artery.UNASSIGNED),
    ((7, 20, 60), (1, 2), 300, LesionClass.CORONARY, Artery.LAD),  # below the minimum area: scores 0
    ((1, 5, 40), (9, 9), 700, LesionClass.AORTA, Artery.UNASSIGNED),
)


def painted(plaques: tuple = PLAQUES, grid: Grid = GRID) -> tuple[NDArray[np.int16], tuple[Lesion, ...]]:
    """HU of 40 with plaques in them, and the plaques as lesions."""
    hu = np.full(grid.shape_zyx, 40, np.int16)
    lesions = []
    for (z, y, x), (height, width), value, kind, artery in plaques:
        hu[z, y : y + height, x : x + width] = value
        voxels = np.ones((1, height, width), bool)
        voxels.flags.writeable = False
        middle = grid.lps_mm((z, y + (height - 1) / 2, x + (width - 1) / 2)).tolist()
        lesions.append(
            Lesion(
                id=f"L{z:03d}-{y:03d}-{x:03d}",
                box=(z, y, x, z + 1, y + height, x + width),
                voxels=voxels,
                kind=kind,
                artery=artery,
                reason="90% of its voxels lie in the heart, outside the aorta",
                confidence=0.9,
                centroid_lps_mm=tuple(middle),
                max_hu=value,
                mean_hu=float(value),
                voxel_count=height * width,
            )
        )
    hu.flags.writeable = False
    return hu, tuple(lesions)


def case_of(
    hu: NDArray[np.int16],
    lesions: tuple[Lesion, ...],
    grid: Grid = GRID,
    findings: tuple[Finding, ...] = (),
    **changes: object,
) -> Case:
    acquisition = Acquisition(
        kvp=120.0,
        thickness_mm=3.0,
        increment_mm=3.0,
        kernel="Qr36d",
        gating=Gating.GATED,
        contrast=False,
        manufacturer="Example",
        model_name="CT 64",
        field_of_view_mm=250.0,
    )
    rules = rule_set("literature")
    case = Case(
        info=SeriesInfo(
            patient=Patient(ARABIC_NAME, "=1+2", "M", "1966-01-02", 60),
            study_uid="1.2.3",
            series_uid="1.2.3.4",
            series_number=3,
            description="CaScore 3.0",
            modality="CT",
            study_date="2026-03-04",
            accession_number="A-17",
            institution="General Hospital",
        ),
        acquisition=acquisition,
        grid=grid,
        source="/scans/one",
        verdict=Verdict.READY,
        model=ModelIdentity("heart-1", "ab" * 32),
        heart=HeartSummary(True, 612.25, (1, 2, 3, 9, 50, 60), 0.97),
        rules=rules,
        mass=mass_calibration(acquisition, rules),
        method="threshold",
        lesions=lesions,
        scores=None,
        category=None,
        findings=findings,
        timing=Timing(1.0, 0.5, 0.4, 0.3, 0.2, 2.4),
        software="cacviewer 0.1.0",
    )
    return assessed(replace(case, **changes), hu)  # type: ignore[arg-type]


def scored_case() -> tuple[Case, NDArray[np.int16]]:
    """Four arteries, one lesion without artery, one too small to score, calcium in the aorta."""
    hu, lesions = painted()
    return case_of(hu, lesions), hu


def zero_case() -> Case:
    hu, lesions = painted(PLAQUES[-1:])
    return case_of(hu, lesions)


def refused_case() -> Case:
    hu, lesions = painted()
    return case_of(
        hu, lesions, findings=(finding("contrast_seen", place="ascending aorta", blood_hu=250, limit_hu=80),)
    )


def anatomy_of(grid: Grid = GRID) -> Anatomy:
    heart = np.zeros(grid.shape_zyx, bool)
    heart[1:9, 2:50, 3:60] = True
    aorta = np.zeros(grid.shape_zyx, bool)
    aorta[0:4, 2:20, 30:60] = True
    return Anatomy(
        heart, aorta, True, 0.97, 612.25, (1, 2, 3, 9, 50, 60), ModelIdentity("heart-1", "ab" * 32)
    )
