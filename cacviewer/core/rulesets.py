"""Rule sets as data: HU limits by tube voltage, objects, smallest size, weights, scaling, volume and mass.

Source: clinical-rules.md sections 2, 3 and 5 (Agatston, JACC 1990;15:827 for the weights at 120 kVp; van Praagh et al.,
Med Phys 2021, doi 10.1002/mp.14912 (FQM) for the rows of vendors; the public code of Horos, DeepCAC, AI-CAC and of the
Slicer plug-in for theirs). A rule set is a row of numbers and the scorer has no `if` on names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.study import Acquisition

REFERENCE_INCREMENT_MM = 3.0
"""Agatston's slices were 3 mm, contiguous; scores are brought to that sampling."""

Edges = tuple[int, ...]

KVP_EDGES_HU: dict[int, tuple[int, int, int, int]] = {
    70: (207, 318, 477, 636),
    80: (177, 271, 408, 544),
    90: (161, 248, 372, 495),
    100: (147, 226, 339, 452),
    110: (138, 212, 318, 425),
    120: (130, 200, 300, 400),
    130: (123, 189, 284, 378),
    135: (119, 183, 274, 364),
    140: (116, 178, 268, 357),
}
"""kVp to the lower limits of weights 1, 2, 3, 4 in HU, each included."""

INTERPOLATED_KVP = frozenset({90, 110, 130, 140})
"""Rows that are log-linear between published ones: a score there is an estimate."""

FQM_EDGES_HU: dict[int, tuple[int, int, int, int]] = {120: (130, 200, 300, 400), 100: (147, 200, 300, 400)}
"""FQM knows two tube voltages and moves the limit alone."""

LIMIT_CODES = frozenset({"kvp_missing", "kvp_not_120", "kv_independent_kernel", "tin_filter"})
"""Findings of `limit_for`: they belong to a rule set and are exchanged with it."""


class Scaling(StrEnum):
    """What the sum of area x weight is multiplied by."""

    NONE = "none"
    INCREMENT = "increment / 3 mm"
    THICKNESS = "thickness / 3 mm"
    OVERLAP = "increment / thickness, at most 1"


class Depth(StrEnum):
    """What a pixel's area is multiplied by to be a volume."""

    INCREMENT = "increment"
    THICKNESS = "thickness"
    THIRD = "increment / 3"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How bright pixels become a score, for one tube voltage and thickness.

    Attributes:
        name: Key of the rule set.
        edges_hu: Lower limits of weights 1 to 4 in HU, each included; the first is the limit for counting.
        min_area_mm2: An object smaller than this (in its slice) is dropped (tolerance 1e-9).
        scaling: What the raw score is multiplied by.
        diagonal: Whether pixels that touch at a corner are neighbours (8 instead of 4 in the slice).
        across_slices: Whether objects go on through faces into the next slice.
        mask_decides: Whether every labelled voxel belongs to an object, however dark.
        top_hu: Voxels above it are left out; None for no upper end.
        min_pixels: An object of fewer voxels is dropped.
        peak_rank: The weight follows the brightest (1) or the n-th brightest pixel of an object; an object of fewer
            pixels has weight 1.
        round_digits: Decimals to which the score of every object, and the total, is rounded; None for no rounding.
        round_unit: Whether the volume of a voxel / 3 is rounded first, to the same decimals.
        round_half_even: Ties go to the even neighbour; False: away from zero.
        depth: Makes volumes of areas.
        volume_limit_hu: Own limit of volume and mass; None for the objects of the score.
        has_agatston: False where the rule set knows no Agatston score.
        has_mass: False where it knows no mass.
        own_mass_factor: c of its own, without calibration and not in mg; None for the scan's factor in mg/(mm3 HU).
        mass_by_mean: Whether each voxel of an object has the mass of the object's mean HU (arteries share objects).
        interpreted: Whether category, stability and interpretation are given: the literature's alone.
        thickness_mm: Slice thickness of the scan; None where it is not stated (then the increment stands for it).
    """

    name: str
    edges_hu: Edges
    min_area_mm2: float = 0.0
    scaling: Scaling = Scaling.NONE
    diagonal: bool = False
    across_slices: bool = False
    mask_decides: bool = False
    top_hu: int | None = None
    min_pixels: int = 1
    peak_rank: int = 1
    round_digits: int | None = None
    round_unit: bool = False
    round_half_even: bool = False
    depth: Depth = Depth.INCREMENT
    volume_limit_hu: int | None = None
    has_agatston: bool = True
    has_mass: bool = True
    own_mass_factor: float | None = None
    mass_by_mean: bool = False
    interpreted: bool = False
    thickness_mm: float | None = None

    @property
    def limit_hu(self) -> int:
        """A pixel counts from this value on."""
        return self.edges_hu[0]

    @property
    def scale_to_increment(self) -> bool:
        """Whether the raw score is multiplied by increment / 3 mm."""
        return self.scaling is Scaling.INCREMENT

    @property
    def per_lesion(self) -> bool:
        """Whether lesions and arteries have scores: not where objects are rounded or nothing is weighted."""
        return self.round_digits is None and self.has_agatston

    @property
    def default_mass_factor(self) -> float:
        """C in mg/(mm3 HU) without calibration: the limit stands for 100 mg/cm3 (clinical-rules.md 4)."""
        return 0.1 / self.edges_hu[0]

    def increment_factor(self, increment_mm: float) -> float:
        """What the raw score is multiplied by."""
        thickness_mm = self.thickness_mm or increment_mm
        return {
            Scaling.NONE: 1.0,
            Scaling.INCREMENT: increment_mm / REFERENCE_INCREMENT_MM,
            Scaling.THICKNESS: thickness_mm / REFERENCE_INCREMENT_MM,
            Scaling.OVERLAP: min(1.0, increment_mm / thickness_mm),
        }[self.scaling]

    def depth_mm(self, increment_mm: float) -> float:
        """What a pixel's area is multiplied by to be a volume, mm."""
        thickness_mm = self.thickness_mm or increment_mm
        return {
            Depth.INCREMENT: increment_mm,
            Depth.THICKNESS: thickness_mm,
            Depth.THIRD: increment_mm / 3.0,
        }[self.depth]


_FQM: dict[str, Any] = {"edges": FQM_EDGES_HU}

_ROWS: dict[str, dict[str, Any]] = {
    "literature": {
        "edges": KVP_EDGES_HU, "min_area_mm2": 1.0, "scaling": Scaling.INCREMENT, "interpreted": True,
    },
    "siemens": _FQM,
    "philips": _FQM | {"min_area_mm2": 0.5, "volume_limit_hu": 113},  # HU > 99/0.88
    "canon": _FQM | {"min_pixels": 3},
    "ge": _FQM | {"min_area_mm2": 1.0},
    "horos": {
        # more than two pixels above 200, 300, 400: the third brightest reaches 201, 301, 401
        "any_kvp": (130, 201, 301, 401), "top_hu": 1500, "peak_rank": 3, "scaling": Scaling.OVERLAP,
        "depth": Depth.THICKNESS, "own_mass_factor": 1 / 250, "mass_by_mean": True,
    },
    "deepcac": {
        "any_kvp": (130, 200, 300, 400), "mask_decides": True, "diagonal": True, "min_pixels": 4,
        "scaling": Scaling.INCREMENT, "round_digits": 3, "round_unit": True, "has_mass": False,
    },
    "ai-cac": {
        "any_kvp": (130, 200, 300, 400), "mask_decides": True, "across_slices": True, "min_pixels": 2,
        "scaling": Scaling.THICKNESS, "round_digits": 0, "round_half_even": True, "depth": Depth.THICKNESS,
        "has_mass": False,
    },
    "slicer-seed": {"any_kvp": (160,), "depth": Depth.THIRD, "has_agatston": False, "has_mass": False},
}  # fmt: skip
NAMES: tuple[str, ...] = tuple(_ROWS)

TITLES: dict[str, str] = {
    "literature": "Literature (Agatston 1990, scaled to 3 mm slices)",
    "siemens": "As published for Siemens (FQM 2021)",
    "philips": "As published for Philips (FQM 2021)",
    "canon": "As published for Canon (FQM 2021)",
    "ge": "As published for GE (FQM 2021)",
    "horos": "As published for Horos (its source code)",
    "deepcac": "As published for DeepCAC (its source code)",
    "ai-cac": "As published for AI-CAC (its source code)",
    "slicer-seed": "As published for Automated-CAD-Scoring-Suite (its source code)",
}
"""What people read; never a product's bare name, for nothing is said about any version of a product."""


def rule_set(name: str = "literature", kvp: float = 120, thickness_mm: float | None = None) -> RuleSet:
    """The rule set at a tube voltage and slice thickness.

    Raises:
        KeyError: Unknown name or a tube voltage that the rule set does not know.
    """
    row = dict(_ROWS[name])
    by_kvp, any_kvp = row.pop("edges", None), row.pop("any_kvp", None)
    edges = any_kvp if by_kvp is None else by_kvp[nominal_kvp(kvp)]
    return RuleSet(name=name, edges_hu=edges, thickness_mm=thickness_mm, **row)


def nominal_kvp(kvp: float) -> int:
    """115-125 kVp counts as 120 (habits.md 12.7); any other value as it is, rounded."""
    return 120 if 115 <= kvp <= 125 else round(kvp)


def knows_kvp(name: str, kvp: float) -> bool:
    """Whether a rule set has limits for a tube voltage."""
    return "edges" not in _ROWS[name] or nominal_kvp(kvp) in _ROWS[name]["edges"]


def limit_for(acquisition: Acquisition, name: str = "literature") -> tuple[RuleSet, tuple[Finding, ...]]:
    """Rule set for an acquisition, with the findings that name the limit (clinical-rules.md 2 b-e).

    A tube voltage outside the table, or that the rule set does not know, gives the 120 kVp limits for viewing and a
    refusal.
    """
    kvp, thickness_mm = acquisition.kvp, acquisition.thickness_mm
    at_120 = rule_set(name, 120, thickness_mm)
    missing = () if kvp else (finding("kvp_missing"),)
    if acquisition.kv_independent_kernel:
        return at_120, (*missing, finding("kv_independent_kernel", kernel=acquisition.kernel))
    if acquisition.tin_filter:
        return at_120, (*missing, finding("tin_filter"))
    if not kvp:
        return at_120, missing
    nominal = nominal_kvp(kvp)
    if nominal not in KVP_EDGES_HU:
        return at_120, (_no_limit(nominal, "outside the table of limits: no score"),)
    if not knows_kvp(name, kvp):
        return at_120, (_no_limit(nominal, f"the rule set {name} knows 100 and 120 kVp only: no score"),)
    rules = rule_set(name, nominal, thickness_mm)
    if nominal == 120:
        return rules, ()
    if rules.limit_hu == at_120.limit_hu:
        source = f"the rule set {name} does not move its limit"
    elif nominal in INTERPOLATED_KVP:
        source = "limit interpolated, score is an estimate"
    else:
        source = "published limit"
    return rules, (finding("kvp_not_120", kvp=nominal, limit_hu=rules.limit_hu, source=source),)


def _no_limit(kvp: int, source: str) -> Finding:
    return finding("kvp_not_120", severity=Severity.REFUSAL, kvp=kvp, limit_hu="none", source=source)
