"""A series by the words of a person: its UID, UID:PART, or its number."""

from __future__ import annotations

from cacviewer.core.errors import UsageError
from cacviewer.core.study import Inspection, Series, Verdict


def select_series(inspection: Inspection, text: str) -> int:
    """Index of the series that is meant.

    Of several that fit (parts of one series, one number twice) the one that would open by itself, else the first
    that can be opened.

    Raises:
        UsageError: None fits; the sentence lists what exists.
    """
    wanted = text.strip()
    uid, _, part = wanted.partition(":")
    hits = [
        i
        for i, one in enumerate(inspection.series)
        if (one.info.series_uid == uid and uid and (not part or str(one.info.part) == part))
        or (one.info.series_number is not None and str(one.info.series_number) == uid
            and (not part or str(one.info.part) == part))
    ]  # fmt: skip
    if not hits:
        raise UsageError(
            f"There is no series {wanted!r} in {inspection.path}.",
            remedy=f"There are: {listing(inspection)}.",
        )
    if inspection.chosen in hits:
        return inspection.chosen
    return min(hits, key=lambda i: (inspection.series[i].verdict is Verdict.UNREADABLE, i))


def listing(inspection: Inspection) -> str:
    """The series of an input in one line."""
    return "; ".join(map(_line, inspection.series)) or "no series"


def _line(series: Series) -> str:
    info = series.info
    number = "without number" if info.series_number is None else f"number {info.series_number}"
    part = f":{info.part}" if info.part else ""
    return f"{number} ({info.series_uid}{part}, {series.images} images, {series.verdict.value})"
