"""A Case: all that is known of one scan. Immutable; "automatic" never changes, "shown" is edits applied."""

from __future__ import annotations

from dataclasses import dataclass, field

from cacviewer.core.anatomy import ModelIdentity
from cacviewer.core.errors import UsageError
from cacviewer.core.findings import Finding
from cacviewer.core.geometry import Box, Grid
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.rulesets import NAMES, RuleSet
from cacviewer.core.scoring import Score
from cacviewer.core.stability import Stability
from cacviewer.core.study import Acquisition, SeriesInfo, Verdict

METHODS: tuple[str, ...] = ("threshold", "network")
"""Ways of finding calcium: rules for what is bright enough, or a network that looks at it."""


def check_choices(method: str, rules: str) -> None:
    """Looks whether a calcium method and a rule set are known.

    Raises:
        UsageError: One is not.
    """
    if method not in METHODS:
        raise UsageError(
            f"There is no calcium method {method!r} in this version.", remedy=f"Known: {', '.join(METHODS)}."
        )
    if rules not in NAMES:
        raise UsageError(f"There is no rule set {rules!r}.", remedy=f"Known: {', '.join(NAMES)}.")


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a case under its rule set.

    Attributes:
        total: Sum over all scored pixels. Numbers that the rule set does not define are `scoring.UNDEFINED`; all of an
            artery's and a lesion's are where it has totals only.
        by_artery: A Score for each Artery; they add up to the total.
        by_lesion: Lesion id to Score, scored lesions only.
        lesions: Number of lesions with a pixel that counts (under the literature rules: whose Agatston is above 0).
        lesions_by_artery: The same for each artery.
        volume_isotropic_mm3: Callister's volume; None under rule sets that do not define it.
    """

    total: Score
    by_artery: dict[Artery, Score]
    by_lesion: dict[str, Score]
    lesions: int
    lesions_by_artery: dict[Artery, int]
    volume_isotropic_mm3: float | None = None


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """Total of a case under one rule set; a number that the rule set does not define, or has no limit for, is None.

    `mass` is in mg where `mass_is_mg`; else it is a figure of the rule set's own (`RuleSet.own_mass_factor`).
    """

    rules: str
    agatston: float | None
    agatston_raw: float | None
    volume_mm3: float | None
    volume_isotropic_mm3: float | None
    mass: float | None
    mass_is_mg: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """A class of the total; `label` as in case.json, `word` for people."""

    scheme: str
    label: str
    word: str
    cac_drs: str
    reported: int


@dataclass(frozen=True, slots=True)
class HeartSummary:
    """What is reported of the heart."""

    found: bool
    volume_ml: float
    box: Box | None
    confidence: float


@dataclass(frozen=True, slots=True)
class MassCalibration:
    """The factor c in mg/(mm3 HU) and where it is from (clinical-rules.md 4)."""

    factor: float
    source: str
    calibrated: bool


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each step; start = interpreter, TensorFlow, weights and first trace."""

    start: float = 0.0
    read: float = 0.0
    heart: float = 0.0
    calcium: float = 0.0
    report: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Review:
    """A reader's signature: by whom and when (ISO 8601), with how many edits in force."""

    reviewer: str
    at: str
    edits: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One scan, from series to scores.

    Attributes:
        info: Identity of the series.
        acquisition: Header facts.
        grid: Grid of the volume.
        source: What was opened.
        verdict: Of the series.
        model: The network that found the heart.
        heart: Summary of the heart.
        rules: Rule set in force, with its limits.
        mass: Calibration in force.
        method: "threshold" or "network".
        lesions: All objects, scored and not, in order of importance.
        scores: None when there is a refusal.
        category: None when there is none to give.
        stability: How far the total moves under small variations; None without scores and under rule sets without one.
        comparison: The totals under all rule sets; empty until `comparison.compared` made them.
        findings: Of reading, segmentation and scoring.
        timing: Seconds.
        software: Name and version.
        review: Who called the case reviewed; None while nobody has.
    """

    info: SeriesInfo
    acquisition: Acquisition
    grid: Grid
    source: str
    verdict: Verdict
    model: ModelIdentity | None
    heart: HeartSummary
    rules: RuleSet
    mass: MassCalibration
    method: str
    lesions: tuple[Lesion, ...]
    scores: Scores | None
    category: Category | None
    stability: Stability | None = None
    comparison: tuple[RuleTotal, ...] = ()
    findings: tuple[Finding, ...] = ()
    timing: Timing = field(default_factory=Timing)
    software: str = ""
    review: Review | None = None

    @property
    def scored(self) -> tuple[Lesion, ...]:
        """Lesions that enter the score."""
        return tuple(lesion for lesion in self.lesions if lesion.is_scored)

    @property
    def other(self) -> tuple[Lesion, ...]:
        """Calcium that is listed but not counted."""
        return tuple(lesion for lesion in self.lesions if not lesion.is_scored)

    def lesion(self, lesion_id: str) -> Lesion:
        """The lesion of an id.

        Raises:
            KeyError: There is none.
        """
        for lesion in self.lesions:
            if lesion.id == lesion_id:
                return lesion
        raise KeyError(lesion_id)
