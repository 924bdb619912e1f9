"""The scan of an input: every file's header, series and parts, findings, verdicts, and which series opens.

Contents decide, not names (reading rules 12.2). Voxels are not read, but for slices that share a position.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.study import Acquisition, Inspection, Series, Verdict
from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.reading.collecting import Collected, collect
from cacviewer.reading.grouping import grouped, renumber
from cacviewer.reading.imagefiles import ImageFile, is_label_map, judged_image_file
from cacviewer.reading.judging import VERDICT_ORDER, judged
from cacviewer.reading.kind import info_of_header
from cacviewer.reading.positions import resolved
from cacviewer.reading.sources import shown
from cacviewer.reading.stacking import Stack

Progress = Callable[[str, float], None]
Plan = Stack | ImageFile | None


@dataclass(frozen=True, slots=True)
class Scanned(Inspection):
    """An Inspection that still knows how to read its series; over the pipe only the Inspection goes."""

    plans: tuple[Plan, ...] = field(default=(), compare=False, repr=False)
    order: tuple[int, ...] = field(default=(), compare=False)
    """Series that can be opened, the best one first."""


def scan(paths: Sequence[str | Path], progress: Progress | None = None) -> Inspection:
    """Looks through files and folders.

    Args:
        paths: What a person chose: folders, files, or both.
        progress: Called with the step and the fraction done.

    Raises:
        UnreadableInput: A path is not there (`path_not_found`), or nothing can be read (`no_dicom` or the reason).
    """
    scanned = inspect(paths, progress)
    if scanned.chosen is None:
        raise refusal(scanned)
    return Inspection(**{f.name: getattr(scanned, f.name) for f in fields(Inspection)})


def inspect(
    paths: Sequence[str | Path], progress: Progress | None = None, *, siblings: bool = True
) -> Scanned:
    """The same without an error where nothing can be opened: the findings say why, `chosen` is None.

    Args:
        paths: As for `scan`.
        progress: As for `scan`.
        siblings: A single slice that was named stands for its series (reading rules 12.2).
    """
    start = time.perf_counter()
    names = [os.fspath(path) for path in paths]
    there = [name for name in names if os.path.lexists(name)]
    collected = collect(there, progress or _silent, siblings=siblings)
    collected.findings += [
        finding("path_not_found", path=shown(name)) for name in names if not os.path.lexists(name)
    ]
    series, plans, ranks = _series(collected)
    used = _add_volume_files(collected, series, plans)
    ranks += [_volume_rank(one) for one in series[len(ranks) :]]
    open_ones = [i for i, one in enumerate(series) if one.verdict is not Verdict.UNREADABLE]
    chosen = min(open_ones, key=lambda i: ranks[i], default=None)
    found = collected.summary()
    where = shown(names[0]) if names else ""
    if chosen is None and not any(f.severity is Severity.REFUSAL for f in found):
        found.append(finding("no_dicom", path=where))
    return Scanned(
        path=where,
        files=collected.files,
        dicom_files=collected.dicom_files,
        skipped=collected.files - collected.dicom_files - used,
        series=tuple(series),
        chosen=chosen,
        findings=tuple(found),
        scan_s=time.perf_counter() - start,
        plans=tuple(plans),
        order=tuple(sorted(open_ones, key=lambda i: ranks[i])),
    )


def _silent(step: str, fraction: float) -> None:
    """Progress that nobody watches."""


def refusal(inspection: Inspection) -> UnreadableInput:
    """Why nothing of an input can be opened: its own refusal, else that of a series."""
    own = [f for f in inspection.findings if f.severity is Severity.REFUSAL]
    of_series = [f for one in inspection.series for f in one.findings if f.severity is Severity.REFUSAL]
    damaged = [f for one in inspection.series for f in one.findings if f.severity is Severity.WARNING]
    general = [f for f in own if f.code == "no_dicom"]
    for flaw in [f for f in own if f not in general] + of_series + damaged + general:
        return UnreadableInput(flaw.message, code=flaw.code, path=inspection.path, remedy=flaw.remedy)
    flaw = finding("no_dicom", path=inspection.path)
    return UnreadableInput(flaw.message, code=flaw.code, path=inspection.path, remedy=flaw.remedy)


def plan_of(inspection: Inspection, index: int) -> Plan:
    """How to read a series: from the scan itself, or by looking at the series' own files again."""
    if isinstance(inspection, Scanned):
        return inspection.plans[index]
    wanted = inspection.series[index]
    # several parts may share their files (frames of one object); they keep their order among themselves
    earlier = sum(set(one.files) == set(wanted.files) for one in inspection.series[:index])
    again = inspect(list(dict.fromkeys(map(_existing, wanted.files))), siblings=False)
    alike = [i for i, one in enumerate(again.series) if set(one.files) == set(wanted.files)]
    if earlier >= len(alike):
        flaw = finding("source_vanished")
        raise UnreadableInput(flaw.message, code=flaw.code, path=inspection.path, remedy=flaw.remedy)
    return again.plans[alike[earlier]]


def _existing(name: str) -> str:
    """The file itself, or the archive that it is a member of."""
    path = name
    while path and not os.path.lexists(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
    return path if os.path.isfile(path) else name


def _series(collected: Collected) -> tuple[list[Series], list[Plan], list[tuple[object, ...]]]:
    series: list[Series] = []
    plans: list[Plan] = []
    ranks: list[tuple[object, ...]] = []
    for parts in grouped(collected.frames):
        pieces = [piece for part in parts for piece in resolved(part)]
        for number, piece in enumerate(pieces, 1):
            renumber(piece, number if len(pieces) > 1 else 0)
            one = judged(piece)
            series.append(one.series)
            plans.append(one.stack)
            ranks.append(one.rank)
    for header, names in collected.objects.values():
        series.append(_object_series(header, names))
        plans.append(None)
        ranks.append(())
    return series, plans, ranks


def _object_series(header: Header, names: list[str]) -> Series:
    """Objects without pixels, listed by kind (12.2.6)."""
    modality = header.code(tags.MODALITY) or "an object without images"
    flaw: Finding = finding("not_ct", modality=modality)
    files = tuple(names)
    return Series(info_of_header(header, 0), 0, None, Acquisition(), Verdict.UNREADABLE, (flaw,), files)


def _volume_rank(series: Series) -> tuple[object, ...]:
    """Volume files come after DICOM series of the same verdict: nothing is known of how they were made."""
    return (VERDICT_ORDER[series.verdict], True, True, True, 100.0, True, True, -series.images, series.files)


def _add_volume_files(collected: Collected, series: list[Series], plans: list[Plan]) -> int:
    """Volume files count where they were named, or where there is no DICOM image; masks beside them do not.

    Returns:
        How many were looked at.
    """
    used = 0
    for name in collected.volumes:
        if name not in collected.named and (collected.frames or is_label_map(name)):
            continue
        used += 1
        one, plan = judged_image_file(name)
        series.append(one)
        plans.append(plan)
        if one.verdict is Verdict.UNREADABLE:
            collected.findings += one.findings
    return used
