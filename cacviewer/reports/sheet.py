"""The sheet as a value: the parts that a page has, every text ready to be set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The total, large: R, with S beside it."""

    caption: str
    score: str
    exact: str
    qualifier: str
    remark: str


@dataclass(frozen=True, slots=True)
class Table:
    """Scores by artery; `total` is the last row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The classes from zero on, and where the score stands.

    Attributes:
        labels: Of the classes.
        words: Of the classes.
        current: Index of the score's class.
        position: 0..1 along the bar, every class as wide as another.
        caption: Distance to the next class.
    """

    labels: tuple[str, ...]
    words: tuple[str, ...]
    current: int
    position: float
    caption: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the interpretation, with what it is compared with and where that is from."""

    label: str
    value: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis of the chart."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class ChartLines:
    """The percentile chart, ready to be drawn: x and y run from 0 to 1, from the lower left corner.

    Attributes:
        title: Whose scores the curves are.
        curves: Points of each curve.
        labels: Of each curve, at its right end.
        x_ticks: Ages.
        y_ticks: Scores, on a logarithmic scale of R + 1.
        x_title: Of the axis.
        point: Where the patient is.
        point_label: Beside it.
    """

    title: str
    curves: tuple[tuple[tuple[float, float], ...], ...]
    labels: tuple[str, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_title: str
    point: tuple[float, float]
    point_label: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as printed."""

    severity: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed of a case, in order of the page."""

    language: str
    right_to_left: bool
    title: str
    made: str
    site: str
    identity: tuple[str, ...]
    patient: tuple[Row, ...]
    study: tuple[Row, ...]
    headline: Headline | None
    refusal: tuple[Remark, ...]
    table: Table | None
    category: str
    bar: Bar | None
    classes: tuple[Row, ...]
    scan: tuple[Row, ...]
    findings: tuple[Remark, ...]
    other: tuple[Row, ...]
    interpretation: tuple[Cited, ...]
    interpreted_for: str
    chart: ChartLines | None
    prior: tuple[Row, ...]
    captions: tuple[str, ...]
    no_pictures: str
    legend: tuple[Row, ...]
    scale: str
    method: tuple[Row, ...]
    review: str
    reviewed: bool
    limits: tuple[str, ...]
    words: dict[str, str]
    both: bool = False
