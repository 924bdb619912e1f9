"""What a candidate is taken for, with a reason and a confidence.

Rules of anatomy on what `evidence` measured, the surest first. Every number here is a decision of ours;
docs/calcium.md shows what they do on phantoms and on real scans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from cacviewer.core.arteries import distances_mm, pose_of, proposed_artery
from cacviewer.core.candidates import HEART_MARGIN_MM, Candidate
from cacviewer.core.evidence import Evidence, Surroundings
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.core.lesions import Artery, Lesion, LesionClass

METAL_SHARE = 0.3
METAL_VOXELS = 10
"""Metal is bright through and through; a dense plaque may have one voxel that is (clinical-rules.md 11)."""
STREAK_MM = 12.0
"""Bright pieces this near to metal are its streaks or a part of it."""
BONE_MM3 = 5000.0
"""No coronary lesion is that large; bone is."""
MOSTLY = 0.5
"""An object belongs whole to the side that holds more of its voxels (clinical-rules.md 1, ostia)."""
WITHIN_MARGIN = 0.8

FALSE_PER_HEART = 0.02
CELL_MM = 1.5
"""Noise may make so many objects in a heart; its values are independent over about this width in a slice."""
USUAL_ML = 750.0
SURE_IN_FAT = 4.0
FAT_AROUND = 0.4
"""In the fat of the grooves there are few soft places that noise could lift to the limit: less will do."""
TOP_MM = 40.0
"""Height above the annulus, of a mean heart, where no artery runs: the left main leaves it at 15 to 25."""
ASTRAY_MM = 18.0
"""What lies outside the mask and farther than this from every usual course is no plaque missed by the mask."""
LUNG_BESIDE, LUNG_AROUND, FAT_LUNG = 0.1, 0.25, 0.25
"""Fat lies between an artery and the lung; bright bands without it are motion, kernel overshoot or bronchi."""
FAT_OUTSIDE = 0.2
"""What lies outside the heart mask is a vessel of the heart only where fat is around it."""
CARTILAGE_HU = 40.0
"""Soft tissue so much brighter than the heart is cartilage or marrow."""
BAND_HU, FAT_BAND = 15.0, 0.25
"""Soft tissue so much brighter than the heart's, and no fat: a band of motion or of the kernel's overshoot."""

DEEP_MM = 6.0
"""So deep in soft tissue calcium is no plaque: readers' plaques lie up to 4.5 mm deep, annuli 9 mm and more."""
VALVE_RADIAL = 0.62
"""Leaflets lie in the middle of the root, its wall at 1."""
VALVE_LOW_MM, VALVE_HIGH_MM = -15.0, 20.0
"""Height above the annulus between which the valve may lie: cusps of 15 mm, and 5 to 15 mm for the mask's error."""
WALL = 3.2
"""See `_wall_distance`."""
NEAR_AORTA_MM = 7.0
WALL_FAT, WALL_FAT_MM = 0.25, 10.0
WALL_GROUND_HU = 25.0
OSTIA_MM = 27.0
"""Height above the annulus, of a mean heart, above which no coronary artery leaves the aorta."""

Judgement = tuple[LesionClass, str, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known besides the candidate.

    Attributes:
        metal_lps_mm: Where metal lies.
        pose: Of the heart (`arteries.pose_of`).
        sure: Contrast to noise that chance reaches only in FALSE_PER_HEART of its independent places.
    """

    metal_lps_mm: tuple[tuple[float, float, float], ...] = ()
    pose: float = 1.0
    sure: float = 5.0


def classify(
    candidates: Sequence[Candidate], grid: Grid, around: Surroundings | None = None
) -> tuple[Lesion, ...]:
    """Turns candidates into lesions, scored ones first, each kind by size.

    Args:
        candidates: Of `find_candidates`.
        grid: Grid of the scan.
        around: Of `surroundings_of` these candidates; without it place alone decides.
    """
    known = around.evidence if around else (None,) * len(candidates)
    scene = scene_of(candidates, grid, around)
    lesions = [
        _lesion(c, e, scene, judged(c, e, grid, scene)) for c, e in zip(candidates, known, strict=True)
    ]
    return tuple(sorted(lesions, key=lambda s: (not s.is_scored, -s.voxel_count, s.id)))


def metal_in_heart(candidates: Iterable[Candidate], grid: Grid) -> tuple[Finding, ...]:
    """metal_suspected when an object at the heart was taken for metal: what is not counted there must be said."""
    peaks = [c.max_hu for c in candidates if c.in_margin > 0 and _is_metal(c) and not _is_bone(c, grid)]
    return (finding("metal_suspected", max_hu=max(peaks)),) if peaks else ()


def judged(c: Candidate, e: Evidence | None, grid: Grid, scene: Scene = Scene()) -> Judgement:
    """Class, reason and confidence of one candidate."""
    if _is_bone(c, grid):
        ml = c.voxel_count * grid.voxel_mm3 / 1000
        return LesionClass.BONE, f"{ml:.0f} ml of bright tissue that reaches out of the heart", 0.9
    if _is_metal(c):
        words = f"bright as metal: peak of {c.max_hu} HU, {c.very_bright:.0%} as bright"
        return LesionClass.METAL, words, 0.8
    if e is not None:
        for rule in RULES:
            found = rule(c, e, scene)
            if found is not None:
                return found
    return _by_place(c)


def scene_of(candidates: Sequence[Candidate], grid: Grid, around: Surroundings | None) -> Scene:
    """What a rule may know besides its candidate."""
    metal = tuple(c.centroid_lps_mm for c in candidates if _is_metal(c) and not _is_bone(c, grid))
    frame = around.frame if around else None
    heart_mm3 = USUAL_ML * 1000 * (frame.scale**3 if frame else 1.0)
    places = max(1000.0, heart_mm3 / (CELL_MM**2 * grid.increment_mm))
    return Scene(metal, pose_of(frame) if frame else 1.0, NormalDist().inv_cdf(1 - FALSE_PER_HEART / places))


def _is_bone(c: Candidate, grid: Grid) -> bool:
    return c.voxel_count * grid.voxel_mm3 > BONE_MM3 and c.in_margin < WITHIN_MARGIN


def _is_metal(c: Candidate) -> bool:
    return c.very_bright >= METAL_SHARE or c.dazzling >= METAL_VOXELS


def _streak(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    x, y, z = c.centroid_lps_mm
    for mx, my, mz in scene.metal_lps_mm:
        away = ((x - mx) ** 2 + (y - my) ** 2 + (z - mz) ** 2) ** 0.5
        if away <= STREAK_MM:
            return LesionClass.METAL, f"{away:.0f} mm beside metal: its streak or a part of it", 0.6
    return None


def _noise(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    needed = SURE_IN_FAT if e.fat_share >= FAT_AROUND else scene.sure
    if e.contrast_to_noise >= needed:
        return None
    words = f"contrast of {e.contrast_to_noise:.1f} standard deviations of the noise, {needed:.1f} are needed"
    return LesionClass.NOISE, words, _between(0.5, 0.99, (needed - e.contrast_to_noise) / 2 + 0.3)


def _aorta(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    if c.in_aorta < MOSTLY:
        return None
    if e.radial < VALVE_RADIAL and VALVE_LOW_MM <= e.height_mm <= VALVE_HIGH_MM:
        words = f"in the middle of the aortic root, {e.height_mm:.0f} mm above the annulus: aortic valve"
        return LesionClass.VALVE, words, 0.8
    return LesionClass.AORTA, f"{c.in_aorta:.0%} of its voxels lie in the aorta", c.in_aorta


def _deep(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    if c.in_heart < MOSTLY or e.depth_mm < DEEP_MM:
        return None
    sure = _between(0.5, 0.95, 0.5 + (e.depth_mm - DEEP_MM) / 10)
    if e.radial < 1.0 and VALVE_LOW_MM <= e.height_mm <= VALVE_HIGH_MM:
        return LesionClass.VALVE, "at the aortic annulus, in the middle of soft tissue: aortic valve", sure
    words = (
        f"{e.depth_mm:.0f} mm deep in soft tissue, no fat of an artery beside it: valve, annulus or muscle"
    )
    return LesionClass.VALVE, words, sure


def _wall(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    distance = _wall_distance(e)
    if distance > WALL:
        return None
    words = f"{e.aorta_mm:.1f} mm from the aorta and no fat between: wall of the root"
    return LesionClass.AORTA, words, _between(0.5, 0.9, 0.5 + (WALL - distance) / 6)


def _wall_distance(e: Evidence) -> float:
    """Distance from the aorta's mask in mm, longer for what lies in fat or behind fat.

    The mask of the root is known to some millimetres. Wall calcium has the aorta on one side, so there is little
    fat around it and none on the way to the mask; a plaque at an ostium has fat on most sides.
    """
    behind_fat = _between(0.0, 2.0, (WALL_GROUND_HU - e.between_hu) / 25)
    above = max(0.0, e.place[2] - OSTIA_MM) / 2 if e.place and e.nearest_aorta_mm < NEAR_AORTA_MM else 0.0
    distance = (e.aorta_mm + e.nearest_aorta_mm) / 2 - above * (1 - behind_fat / 2)
    return distance + WALL_FAT_MM * (e.fat_share - WALL_FAT) + behind_fat


def _above(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    if e.place is None or e.place[2] <= TOP_MM:
        return None
    return LesionClass.PULMONARY, "above the coronary arteries: pulmonary artery or lymph node", 0.7


def _lung(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    bare = e.air_share >= LUNG_BESIDE and e.fat_share <= FAT_LUNG
    if not bare and (e.air_share < LUNG_AROUND or c.in_heart >= MOSTLY):
        return None
    words = f"beside the lung ({e.air_share:.0%} of what is around), not in fat as an artery would be"
    return LesionClass.PULMONARY, words, 0.6


def _band(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    if e.soft_excess_hu < BAND_HU or e.fat_share > FAT_BAND:
        return None
    words = (
        f"in a band {e.soft_excess_hu:.0f} HU brighter than the heart, no fat beside it: motion or overshoot"
    )
    return LesionClass.NOISE, words, 0.6


def _border(c: Candidate, e: Evidence, scene: Scene) -> Judgement | None:
    """Objects outside the mask, within its error: vessels of the heart run in fat, ribs and muscle do not."""
    if c.in_heart >= MOSTLY or c.in_margin < WITHIN_MARGIN:
        return None
    if e.fat_share < FAT_OUTSIDE or e.soft_excess_hu > CARTILAGE_HU:
        words = "outside the heart's border, and not in fat as an artery would be"
        return LesionClass.OUTSIDE_HEART, words, 0.6
    astray = min(distances_mm(e.place, scene.pose).values()) if e.place else 0.0
    if astray > ASTRAY_MM:
        words = f"outside the heart's border, {astray:.0f} mm from the usual course of every artery"
        return LesionClass.OUTSIDE_HEART, words, 0.6
    return None


Rule = Callable[[Candidate, Evidence, Scene], Judgement | None]
RULES: tuple[Rule, ...] = (_streak, _noise, _aorta, _deep, _wall, _above, _lung, _band, _border)
"""Asked in this order after bone and metal; place decides what none of them knows."""


def _by_place(c: Candidate) -> Judgement:
    if c.in_aorta >= MOSTLY:
        return LesionClass.AORTA, f"{c.in_aorta:.0%} of its voxels lie in the aorta", c.in_aorta
    if c.in_heart >= MOSTLY:
        words = f"{c.in_heart:.0%} of its voxels lie in the heart, outside the aorta"
        return LesionClass.CORONARY, words, c.in_heart
    if c.in_margin >= WITHIN_MARGIN and c.in_aorta == 0:
        return LesionClass.CORONARY, f"within {HEART_MARGIN_MM:.0f} mm of the heart's border", c.in_margin / 2
    words = f"{1 - c.in_heart:.0%} of its voxels lie outside the heart"
    return LesionClass.OUTSIDE_HEART, words, 1 - c.in_margin


def _between(low: float, high: float, value: float) -> float:
    return min(max(value, low), high)


def _lesion(c: Candidate, e: Evidence | None, scene: Scene, judgement: Judgement) -> Lesion:
    kind, reason, confidence = judgement
    z, y, x = c.peak_index_zyx
    artery, artery_confidence = Artery.UNASSIGNED, 0.0
    if kind is LesionClass.CORONARY and e is not None and e.place is not None:
        artery, artery_confidence = proposed_artery(e.place, scene.pose)
    return Lesion(
        id=f"L{z:03d}-{y:03d}-{x:03d}",
        box=c.box,
        voxels=c.voxels,
        kind=kind,
        artery=artery,
        reason=reason,
        confidence=round(float(confidence), 3),
        centroid_lps_mm=c.centroid_lps_mm,
        max_hu=c.max_hu,
        mean_hu=c.mean_hu,
        voxel_count=c.voxel_count,
        artery_confidence=round(artery_confidence, 3),
    )
