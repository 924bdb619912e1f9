"""Values of an interpretation as words: window, PDF, text and message all take them from here.

`say` is anything that gives the text of a key with its facts: a Language, or the window's translator.
"""

from __future__ import annotations

from collections.abc import Callable

from cacviewer.core.interpretation import Interpretation, Line
from cacviewer.core.progression import Change, Progression

Say = Callable[..., str]
Pair = tuple[str, str]


def line_value(line: Line, say: Say) -> str:
    """The value of a line, or that it is not available and why."""
    if line.value is not None:
        return say(f"value.{line.text}", **dict(line.facts))
    facts = dict(line.reason_facts)
    if "what" in facts:
        names = str(facts["what"]).split(",")
        facts["what"] = say("comma").join(say(f"input.{name}") for name in names)
    return say("none.because", why=say(f"reason.{line.reason}", **facts))


def line_pairs(interpretation: Interpretation, say: Say) -> list[tuple[str, str, str, str]]:
    """Label, value, population and source of every line."""
    return [
        (say(f"interpretation.{line.key}"), line_value(line, say), say(f"population.{line.key}"), line.source)
        for line in interpretation.lines
    ]


def maron_text(stage: str | None, say: Say) -> str:
    """The Maron stage; "1-2" while the percentile is not known."""
    if stage is None:
        return say("none")
    return say("category.maron_open") if stage == "1-2" else stage


def progression_pairs(progression: Progression, say: Say) -> list[Pair]:
    """Label and value of every line of a comparison, each method by its name."""
    before, now, change = progression.before, progression.now, progression.change
    scan = say(
        "prior.scan_value",
        date=before.study_date or say("none"),
        score=f"{before.reported} ({before.agatston:.1f})",
        volume=f"{before.volume_mm3:.1f}",
    )
    rows = [(say("prior.scan"), scan)]
    if change.reason:
        why = say(f"prior.reason.{change.reason}")
        return [*rows, (say("prior.difference"), say("prior.not_comparable", why=why))]
    facts = {
        "score": f"{now.agatston - before.agatston:+.1f}",
        "volume": f"{now.volume_mm3 - before.volume_mm3:+.1f}",
    }
    if change.years is None:
        difference = say("prior.difference_open", **facts)
    else:
        difference = say("prior.difference_value", years=f"{change.years:.2f}", **facts)
    return [*rows, (say("prior.difference"), difference), *_methods(before.agatston, change, say)]


def _methods(s1: float, change: Change, say: Say) -> list[Pair]:
    d = say(f"prior.sqrt_{'yes' if change.sqrt_progression else 'no'}", d=f"{change.sqrt_difference:.2f}")
    if change.sqrt_difference_per_year is not None:
        d = say("prior.sqrt_rate", what=d, rate=f"{change.sqrt_difference_per_year:.2f}")
    mesa = say("none.because", why=say("reason.bmi_missing"))
    if change.mesa_limit is not None:
        mesa = say("prior.mesa_value", limit=f"{change.mesa_limit:.2f}")
    if change.annual_percent is not None:
        annual = say("prior.annual_value", percent=f"{change.annual_percent:.2f}")
    else:
        annual = say("none.because", why=say("reason.from_zero" if s1 < 1 else "reason.short"))
    return [
        (say("prior.sqrt"), d),
        (say("prior.agatston"), _limit(change.limit_agatston, change.exceeds_agatston, say)),
        (say("prior.volume"), _limit(change.limit_volume, change.exceeds_volume, say)),
        (say("prior.mesa"), mesa),
        (say("prior.annual"), annual),
    ]


def _limit(limit: float | None, exceeded: bool | None, say: Say) -> str:
    return say("prior.exceeded" if exceeded else "prior.not_exceeded", limit=f"{limit or 0.0:.2f}")
