"""One part of a series judged by its headers: a Series, its stack, and its place among the candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from cacviewer.core.findings import RANK, Finding, finding
from cacviewer.core.study import Acquisition, Gating, Series, SeriesInfo, Verdict, verdict_of
from cacviewer.dicom import tags
from cacviewer.dicom.kernels import is_sharp
from cacviewer.reading.frames import Frame
from cacviewer.reading.grouping import Part
from cacviewer.reading.header_hash import hash_of_frames
from cacviewer.reading.kind import (
    acquisition_findings,
    acquisition_of,
    acquisition_of_all,
    info_of_header,
    kind_findings,
    voxel_findings,
)
from cacviewer.reading.stacking import Stack, Unplaceable, stack_of

CALCIUM_WORDS = re.compile(r"CA.?SC|CALCIUM|SCORE|\bCACS?\b", re.I)
VERDICT_ORDER = {
    v: i for i, v in enumerate((Verdict.READY, Verdict.WARNINGS, Verdict.VIEWING_ONLY, Verdict.UNREADABLE))
}
NO_ACQUISITION = frozenset(("not_ct", "localizer", "secondary_capture"))
"""Kinds whose tube voltage, thickness and gating nobody asks about."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A part with its verdict.

    Attributes:
        series: What is shown of it.
        stack: How to read it; None where there is no volume.
        rank: Sorts candidates: the lowest opens (12.1).
    """

    series: Series
    stack: Stack | None
    rank: tuple[object, ...]


def judged(part: Part) -> Judged:
    """Judges a part by its headers alone."""
    kind = kind_findings(part.frames)
    if kind and kind[0].code == "secondary_capture":
        return _listed(part, kind)
    stack = stack_of(part.frames)
    if isinstance(stack, Unplaceable):
        return _listed(part, [*kind, *stack.findings])
    frames = [frame for frame in stack.frames if frame is not None]
    voxels = voxel_findings(frames)
    acquisition = acquisition_of_all(frames, stack.grid.increment_mm if len(stack.frames) > 1 else None)
    found = [*part.findings, *kind, *stack.findings, *voxels]
    if not NO_ACQUISITION & {f.code for f in kind}:
        found += acquisition_findings(frames, acquisition, _coverage_mm(stack))
    info = info_of_header(frames[0].header, part.number)  # texts first: they may have to be guessed
    info = replace(info, header_sha256=hash_of_frames(frames))
    found += _header_findings(frames)
    readable = not any(f.code == "unsupported_transfer_syntax" for f in found)
    series = Series(
        info=info,
        images=len(frames),
        grid=stack.grid,
        acquisition=acquisition,
        verdict=verdict_of(tuple(found), readable=readable),
        findings=tuple(sorted(found, key=_worst_first)),
        files=tuple(frame.source.name for frame in frames),
    )
    return Judged(series, stack if readable else None, _rank(series, part, stack))


def _listed(part: Part, found: list[Finding]) -> Judged:
    """A part without a volume."""
    first = part.frames[0]
    info = info_of_header(first.header, part.number)
    everything = [*part.findings, *found, *_header_findings(part.frames)]
    series = Series(
        info=info,
        images=sum(frame.frames if not frame.enhanced else 1 for frame in part.frames),
        grid=None,
        acquisition=acquisition_of(first, None),
        verdict=Verdict.UNREADABLE,
        findings=tuple(sorted(everything, key=_worst_first)),
        files=tuple(frame.source.name for frame in part.frames),
    )
    return Judged(series, None, _rank(series, part, None))


def _header_findings(frames: list[Frame]) -> list[Finding]:
    found: list[Finding] = []
    first = frames[0].header
    if not first.code(tags.SERIES_INSTANCE_UID):
        found.append(finding("missing_series_uid"))
    if any(not frame.header.code(tags.SOP_INSTANCE_UID) for frame in frames):
        found.append(finding("missing_sop_uid"))
    bent = sorted(set().union(*(frame.header.repaired for frame in frames)))
    if bent:
        found.append(finding("header_repaired", what=", ".join(bent[:6])))
    if any(frame.header.guessed_text for frame in frames):
        found.append(finding("charset_guessed"))
    if not all(frame.parsed.preamble for frame in frames):
        found.append(finding("no_preamble"))
    return found


def _coverage_mm(stack: Stack) -> float:
    normal = np.array(stack.grid.direction_lps)[:, 2]
    return stack.grid.shape_zyx[0] * stack.grid.increment_mm * abs(float(normal[2]))


def _worst_first(f: Finding) -> int:
    return -RANK[f.severity]


def _rank(series: Series, part: Part, stack: Stack | None) -> tuple[object, ...]:
    """The order of 12.1: verdict, kind, evidence of a calcium scan, thickness, kernel, coverage, size, age."""
    first = part.frames[0]
    codes = {f.code for f in series.findings}
    acquisition, info = series.acquisition, series.info
    ct_axial = info.modality == "CT" and not codes & {"not_axial", "localizer"}
    return (
        VERDICT_ORDER[series.verdict],
        not ct_axial,
        any("DERIVED" in frame.image_type for frame in part.frames),
        not _calcium_evidence(acquisition, info),
        _thickness_distance(acquisition.thickness_mm),
        is_sharp(acquisition.kernel, acquisition.manufacturer),
        stack is None or _coverage_mm(stack) < 100,
        -series.images,
        info.series_number if info.series_number is not None else 1 << 40,
        part.phase_rank,
        first.header.code(tags.SERIES_DATE) + first.header.code(tags.SERIES_TIME),
        first.header.code(tags.ACQUISITION_TIME),
        info.series_uid,
        info.patient.id,
        part.number,
        series.files[:1],
    )


def _calcium_evidence(acquisition: Acquisition, info: SeriesInfo) -> bool:
    return acquisition.gating is Gating.GATED or bool(CALCIUM_WORDS.search(info.description))


def _thickness_distance(thickness_mm: float | None) -> float:
    if thickness_mm is None:
        return 100.0
    return 0.0 if 2.5 <= thickness_mm <= 3.0 else round(abs(thickness_mm - 3.0), 3)
