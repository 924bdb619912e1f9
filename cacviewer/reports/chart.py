"""The percentile chart as points between 0 and 1; the template draws them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from cacviewer.core.interpretation import Chart
from cacviewer.language import Language
from cacviewer.reports.sheet import ChartLines, Tick

_Scale = Callable[[float], float]
SCORES = (0, 10, 100, 1000, 10000)
AGE_STEP = 10
HEADROOM = 1.15
"""The axis of scores ends a little above the highest curve."""


def chart_lines(chart: Chart, say: Language) -> ChartLines:
    """Puts ages on x and the logarithm of R + 1 on y, so that zero is on the chart."""
    top = HEADROOM * max(chart.r, *(max(curve) for curve in chart.curves))
    first, last = chart.ages[0], chart.ages[-1]

    def x(age: float) -> float:
        return (age - first) / (last - first)

    def y(score: float) -> float:
        return min(1.0, math.log1p(score) / math.log1p(top))

    ages = range(AGE_STEP * math.ceil(first / AGE_STEP), last + 1, AGE_STEP)
    return ChartLines(
        title=say("chart.title", sex=say(f"choice.{chart.sex}"), group=say(f"choice.{chart.group}")),
        curves=tuple(_points(chart.ages, curve, x, y) for curve in chart.curves),
        labels=tuple(say("chart.curve", percent=percent) for percent in chart.percents),
        x_ticks=tuple(Tick(x(age), str(age)) for age in ages),
        y_ticks=tuple(Tick(y(score), str(score)) for score in SCORES if score <= top),
        x_title=say("chart.age"),
        point=(x(chart.age), y(chart.r)),
        point_label=say("chart.patient"),
    )


def _points(
    ages: Sequence[int], scores: Sequence[int], x: _Scale, y: _Scale
) -> tuple[tuple[float, float], ...]:
    return tuple((round(x(age), 5), round(y(score), 5)) for age, score in zip(ages, scores, strict=True))
