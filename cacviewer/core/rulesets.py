"""Rule sets as data: HU limits by tube voltage, neighbourhood, smallest area, scaling.

Source: clinical-rules.md sections 2, 3 and 5 (Agatston, JACC 1990;15:827 for the weights at 120 kVp; other
rows as cited there). The scorer has no `if` on names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.study import Acquisition

REFERENCE_INCREMENT_MM = 3.0
"""Agatston's slices were 3 mm, contiguous; scores are brought to that sampling."""

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


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How bright pixels become a score, for one tube voltage.

    Attributes:
        name: Key of the rule set.
        edges_hu: Lower limits of weights 1 to 4 in HU, each included; the first is the limit for counting.
        min_area_mm2: A component smaller than this in its slice is dropped (tolerance 1e-9).
        scale_to_increment: Whether the raw score is multiplied by increment / 3 mm.
        diagonal: Whether pixels that touch at a corner are neighbours (8 instead of 4).
    """

    name: str
    edges_hu: tuple[int, int, int, int]
    min_area_mm2: float
    scale_to_increment: bool
    diagonal: bool = False

    @property
    def limit_hu(self) -> int:
        """A pixel counts from this value on."""
        return self.edges_hu[0]

    @property
    def default_mass_factor(self) -> float:
        """C in mg/(mm3 HU) without calibration: the limit stands for 100 mg/cm3 (clinical-rules.md 4)."""
        return 0.1 / self.edges_hu[0]

    def increment_factor(self, increment_mm: float) -> float:
        """What the raw score is multiplied by."""
        return increment_mm / REFERENCE_INCREMENT_MM if self.scale_to_increment else 1.0

    @property
    def neighbours(self) -> NDArray[np.bool_]:
        """(3, 3, 3) structuring element for components within a slice; the outer planes are empty."""
        cross = np.array(
            [[self.diagonal, 1, self.diagonal], [1, 1, 1], [self.diagonal, 1, self.diagonal]], bool
        )
        element = np.zeros((3, 3, 3), bool)
        element[1] = cross
        return element


NAMES: tuple[str, ...] = ("literature",)
_ROWS: dict[str, dict[str, Any]] = {"literature": {"min_area_mm2": 1.0, "scale_to_increment": True}}


def rule_set(name: str = "literature", kvp: float = 120) -> RuleSet:
    """The rule set at a tube voltage of the table.

    Raises:
        KeyError: Unknown name or a tube voltage outside the table.
    """
    return RuleSet(name=name, edges_hu=KVP_EDGES_HU[nominal_kvp(kvp)], **_ROWS[name])


def nominal_kvp(kvp: float) -> int:
    """115-125 kVp counts as 120 (habits.md 12.7); any other value as it is, rounded."""
    return 120 if 115 <= kvp <= 125 else round(kvp)


def limit_for(acquisition: Acquisition, name: str = "literature") -> tuple[RuleSet, tuple[Finding, ...]]:
    """Rule set for an acquisition, with the findings that name the limit (clinical-rules.md 2 b-e).

    A tube voltage outside the table gives the 120 kVp limits for viewing and a refusal.
    """
    kvp = acquisition.kvp
    missing = () if kvp else (finding("kvp_missing"),)
    if acquisition.kv_independent_kernel:
        return rule_set(name), (*missing, finding("kv_independent_kernel", kernel=acquisition.kernel))
    if acquisition.tin_filter:
        return rule_set(name), (*missing, finding("tin_filter"))
    if not kvp:
        return rule_set(name), missing
    nominal = nominal_kvp(kvp)
    if nominal not in KVP_EDGES_HU:
        outside = finding(
            "kvp_not_120",
            severity=Severity.REFUSAL,
            kvp=nominal,
            limit_hu="none",
            source="outside the table of limits: no score",
        )
        return rule_set(name), (outside,)
    rules = rule_set(name, nominal)
    if nominal == 120:
        return rules, ()
    source = "limit interpolated, score is an estimate" if nominal in INTERPOLATED_KVP else "published limit"
    return rules, (finding("kvp_not_120", kvp=nominal, limit_hu=rules.limit_hu, source=source),)
