"""Calcium: from a volume and its organs to the automatic case."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import cacviewer
from cacviewer.core.anatomy import Anatomy
from cacviewer.core.assess import mass_calibration
from cacviewer.core.blood import Blood, blood_of, findings_of
from cacviewer.core.candidates import find_candidates
from cacviewer.core.case import Case, HeartSummary, Timing, check_choices
from cacviewer.core.classify import classify, metal_in_heart
from cacviewer.core.comparison import under_rules, with_comparison
from cacviewer.core.evidence import surroundings_of
from cacviewer.core.findings import Finding, Severity, refusals
from cacviewer.core.rulesets import RuleSet, limit_for
from cacviewer.core.volume import Volume
from cacviewer.models.calcium_inference import MOST
from cacviewer.pipeline.calcium_network import calcium_model, judged_by_network

Progress = Callable[[str, float], None]


def find(
    volume: Volume,
    anatomy: Anatomy,
    method: str = "threshold",
    rules: str = "literature",
    *,
    progress: Progress | None = None,
) -> Case:
    """Finds, classifies and scores calcium.

    With a refusal (of the series, of the network, or contrast in the aorta) the case has neither lesions nor
    scores.

    Raises:
        UsageError: Unknown method or rule set.
        ModelError: The method needs a network that is missing or changed.
    """
    check_choices(method, rules)
    if method == "network":
        calcium_model()  # once a process, and no part of the scan's own time
    started = time.perf_counter()
    say = progress or (lambda step, fraction: None)
    # what is looked for does not depend on the rule set: it may be exchanged afterwards
    blood = blood_of(volume.hu, volume.grid, anatomy) if anatomy.heart_found else None
    rule_set, findings = _before_lesions(volume, anatomy, blood)
    case = _empty_case(volume, anatomy, method, rule_set, findings)
    if not refusals(findings):
        say("Finding calcium", 0.2)
        candidates = find_candidates(
            volume.hu, volume.grid, rule_set.limit_hu, rule_set.min_area_mm2, anatomy.heart, anatomy.aorta
        )
        around = None
        # where the network has the word for all of them, nobody asks what the rules would say
        if method != "network" or len(candidates) > MOST:
            around = surroundings_of(
                candidates, volume.hu, volume.grid, rule_set.limit_hu, anatomy.heart, anatomy.aorta
            )
        say("Scoring", 0.8)
        findings = _each_once(findings + metal_in_heart(candidates, volume.grid))
        lesions = classify(candidates, volume.grid, around)
        if method == "network":
            lesions = judged_by_network(lesions, volume, anatomy, rule_set.limit_hu, blood)
        case = replace(case, lesions=lesions, findings=findings)
    case = with_comparison(under_rules(case, rules, volume.hu), volume.hu)
    seconds = time.perf_counter() - started
    return replace(case, timing=Timing(read=volume.read_s, heart=anatomy.seconds, calcium=seconds))


def _before_lesions(
    volume: Volume, anatomy: Anatomy, blood: Blood | None
) -> tuple[RuleSet, tuple[Finding, ...]]:
    rule_set, limit_findings = limit_for(volume.acquisition)
    found = volume.findings + anatomy.findings
    if anatomy.heart_found:
        found += findings_of(blood)
        # a short stack is no news while nobody knows what it shows; once it is a heart, it is a warning
        found = tuple(
            replace(f, severity=Severity.WARNING) if f.code == "coverage_short" else f for f in found
        )
    return rule_set, _each_once(found + limit_findings)


def _each_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The first finding of every code: reading, network and scoring may see the same thing."""
    return tuple({f.code: f for f in reversed(findings)}.values())[::-1]


def _empty_case(
    volume: Volume, anatomy: Anatomy, method: str, rules: RuleSet, findings: tuple[Finding, ...]
) -> Case:
    return Case(
        info=volume.info,
        acquisition=volume.acquisition,
        grid=volume.grid,
        source=volume.source,
        verdict=volume.verdict,
        model=anatomy.model,
        heart=HeartSummary(
            anatomy.heart_found, anatomy.heart_ml, anatomy.heart_box, anatomy.heart_confidence
        ),
        rules=rules,
        mass=mass_calibration(volume.acquisition, rules),
        method=method,
        lesions=(),
        scores=None,
        category=None,
        findings=findings,
        software=f"cacviewer {cacviewer.__version__}",
    )
