"""What a candidate is taken for, from its place among heart and aorta, with a reason.

Every number here is a decision of ours; docs/calcium.md shows what they do on the phantom and on real scans.
"""

from __future__ import annotations

from collections.abc import Iterable

from cacviewer.core.candidates import HEART_MARGIN_MM, Candidate
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass

METAL_SHARE = 0.3
METAL_VOXELS = 10
"""Metal is bright through and through; a dense plaque may have one voxel that is (clinical-rules.md 11)."""
BONE_MM3 = 5000.0
"""No coronary lesion is that large; bone is."""
MOSTLY = 0.5
"""An object belongs whole to the side that holds more of its voxels (clinical-rules.md 1, ostia)."""
WITHIN_MARGIN = 0.8


def classify(candidates: Iterable[Candidate], grid: Grid) -> tuple[Lesion, ...]:
    """Turns candidates into lesions, scored ones first, each kind by size."""
    lesions = [_lesion(c, *_judged(c, grid)) for c in candidates]
    return tuple(sorted(lesions, key=lambda s: (not s.is_scored, -s.voxel_count, s.id)))


def metal_in_heart(candidates: Iterable[Candidate], grid: Grid) -> tuple[Finding, ...]:
    """metal_suspected when an object at the heart was taken for metal: what is not counted there must be said."""
    peaks = [c.max_hu for c in candidates if c.in_margin > 0 and _judged(c, grid)[0] is LesionClass.METAL]
    return (finding("metal_suspected", max_hu=max(peaks)),) if peaks else ()


def _judged(c: Candidate, grid: Grid) -> tuple[LesionClass, str, float]:
    ml = c.voxel_count * grid.voxel_mm3 / 1000
    if ml * 1000 > BONE_MM3 and c.in_margin < WITHIN_MARGIN:
        return LesionClass.BONE, f"{ml:.0f} ml of bright tissue that reaches out of the heart", 0.9
    if c.very_bright >= METAL_SHARE or c.dazzling >= METAL_VOXELS:
        return (
            LesionClass.METAL,
            f"bright as metal: peak of {c.max_hu} HU, {c.very_bright:.0%} as bright",
            0.8,
        )
    if c.in_aorta >= MOSTLY:
        return LesionClass.AORTA, f"{c.in_aorta:.0%} of its voxels lie in the aorta", c.in_aorta
    if c.in_heart >= MOSTLY:
        return (
            LesionClass.CORONARY,
            f"{c.in_heart:.0%} of its voxels lie in the heart, outside the aorta",
            c.in_heart,
        )
    if c.in_margin >= WITHIN_MARGIN and c.in_aorta == 0:
        return LesionClass.CORONARY, f"within {HEART_MARGIN_MM:.0f} mm of the heart's border", c.in_margin / 2
    return (
        LesionClass.OUTSIDE_HEART,
        f"{1 - c.in_heart:.0%} of its voxels lie outside the heart",
        1 - c.in_margin,
    )


def _lesion(c: Candidate, kind: LesionClass, reason: str, confidence: float) -> Lesion:
    z, y, x = c.peak_index_zyx
    return Lesion(
        id=f"L{z:03d}-{y:03d}-{x:03d}",
        box=c.box,
        voxels=c.voxels,
        kind=kind,
        artery=Artery.UNASSIGNED,
        reason=reason,
        confidence=round(float(confidence), 3),
        centroid_lps_mm=c.centroid_lps_mm,
        max_hu=c.max_hu,
        mean_hu=c.mean_hu,
        voxel_count=c.voxel_count,
    )
