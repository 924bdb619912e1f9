"""What must stand beside a total so that nobody takes it for more than it is."""

from __future__ import annotations

from collections.abc import Iterable

from cacviewer.core.findings import Finding
from cacviewer.core.rulesets import INTERPOLATED_KVP

AT_LEAST, ESTIMATE = "at least", "estimate"


def qualifier(findings: Iterable[Finding]) -> str:
    """Gives "at least" where the heart is cut, "estimate" where the HU limit is no published one, else "".

    Source:
        clinical-rules.md 2 b and e (interpolated rows, tin filter) and 11 (`fov_cut`).
    """
    said = {f.code: f for f in findings}
    if "fov_cut" in said:
        return AT_LEAST
    kvp = dict(said["kvp_not_120"].facts).get("kvp") if "kvp_not_120" in said else None
    return ESTIMATE if "tin_filter" in said or kvp in INTERPOLATED_KVP else ""
