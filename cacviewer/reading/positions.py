"""Slices that share a position: duplicates, phases of one series, or a conflict (reading rules 12.3.3)."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from cacviewer.core.findings import finding
from cacviewer.dicom import tags
from cacviewer.dicom.parse import Inflated
from cacviewer.reading.fragments import EndsEarly, frame_bytes
from cacviewer.reading.frames import Frame, unit_vectors
from cacviewer.reading.grouping import Part

SAME_POSITION = 0.01
SAME_POSITION_MM = 0.01
PREFERRED_PHASE_PERCENT = 75.0
SAMPLE_BYTES = 4096

Discriminator = tuple[str, Callable[[Frame], object]]


def _values(tag: int) -> Callable[[Frame], object]:
    return lambda frame: frame.header.numbers(tag) or frame.header.codes(tag)


def _dimension(i: int) -> Callable[[Frame], object]:
    return lambda frame: frame.header.numbers(tags.DIMENSION_INDEX_VALUES)[i : i + 1]


def _acquired(frame: Frame) -> object:
    header = frame.header
    return header.code(tags.FRAME_ACQUISITION_DATETIME) or header.code(tags.ACQUISITION_DATETIME)


DISCRIMINATORS: tuple[Discriminator, ...] = (
    ("temporal position", _values(tags.TEMPORAL_POSITION)),
    ("temporal position", _values(tags.FRAME_TEMPORAL_POSITION)),
    ("cardiac phase", _values(tags.CARDIAC_PHASE_PERCENT)),
    ("RR interval", _values(tags.CARDIAC_RR_INTERVAL)),
    ("trigger delay", _values(tags.CARDIAC_TRIGGER_DELAY)),
    *(("dimension index", _dimension(i)) for i in range(5)),
    ("acquisition number", _values(tags.ACQUISITION_NUMBER)),
    ("acquisition number", _values(tags.FRAME_ACQUISITION_NUMBER)),
    ("trigger time", _values(tags.TRIGGER_TIME)),
    ("acquisition time", _acquired),
    ("acquisition time", lambda frame: frame.header.code(tags.ACQUISITION_TIME)),
    ("kernel", lambda frame: frame.header.codes(tags.CONVOLUTION_KERNEL)),
    ("kVp", _values(tags.KVP)),
    ("slice thickness", _values(tags.SLICE_THICKNESS)),
    ("image type", lambda frame: frame.image_type),
    ("echo time", _values(tags.ECHO_TIME)),
    ("content time", lambda frame: frame.header.code(tags.CONTENT_TIME)),
)
"""What may tell two slices at one place apart, in this order."""


def resolved(part: Part) -> list[Part]:
    """Divides a part so that no two slices of the result share a position.

    A part without usable geometry comes back as it is.
    """
    slots = _slots(part.frames)
    if slots is None or max(map(len, slots)) == 1:
        return [part]
    doubles, single = _without_duplicates(slots)
    if not doubles:
        return _divided(part, slots) or [_conflict(part, slots)]
    if max(map(len, single)) > 1 and (phases := _divided(part, slots)):
        return phases  # slices that two phases have in common (all air, say) are no duplicates
    part.findings.append(finding("duplicate_slices", count=len(doubles), files=sorted(doubles)))
    unplaced = [frame for frame in part.frames if frame.position is None]
    part.frames = [frame for slot in single for frame in slot] + unplaced
    if max(map(len, single)) == 1:
        return [part]
    return _divided(part, single) or [_conflict(part, single)]


def _divided(part: Part, slots: list[list[Frame]]) -> list[Part] | None:
    """Fields of view or phases that each have every position once; None where nothing tells them apart."""
    place = {id(frame): i for i, slot in enumerate(slots) for frame in slot}
    recentred = _split(
        part.frames, place, len(slots), ("centre of the field of view", _centre_key(part.frames))
    )
    if recentred:
        return _named(part, recentred, "", "series_split")
    for rule in (*DISCRIMINATORS, ("instance number", _runs(part.frames, max(map(len, slots))))):
        pieces = _split(part.frames, place, len(slots), rule)
        if pieces:
            return _named(part, pieces, rule[0], "phases_split")
    return None


def _slots(frames: list[Frame]) -> list[list[Frame]] | None:
    """Groups slices whose places along the normal agree; None where one of them has no place."""
    first = frames[0].orientation
    axes = None if first is None else unit_vectors(first)
    if axes is None or len(frames) < 2:
        return None
    placed = [frame for frame in frames if frame.position is not None]
    if len(placed) < 2:
        return None
    depths = np.array([float(axes[2] @ frame.position) for frame in placed])
    order = np.argsort(depths, kind="stable")
    gaps = np.diff(depths[order])
    real = gaps[gaps > SAME_POSITION_MM]
    tolerance = (
        max(SAME_POSITION_MM, SAME_POSITION * float(np.median(real))) if len(real) else SAME_POSITION_MM
    )
    slots: list[list[Frame]] = [[placed[order[0]]]]
    for gap, i in zip(gaps, order[1:], strict=True):
        if gap > tolerance:
            slots.append([])
        slots[-1].append(placed[i])
    return slots


def _without_duplicates(slots: list[list[Frame]]) -> tuple[list[str], list[list[Frame]]]:
    """Keeps one of each set of slices with the same pixels, place and rescale."""
    doubles: list[str] = []
    kept_slots: list[list[Frame]] = []
    for slot in slots:
        kept: list[Frame] = []
        if len(slot) > 1:
            seen: dict[object, list[Frame]] = {}
            samples = {id(frame): _pixel_bytes(frame, SAMPLE_BYTES) for frame in slot}
            for frame in sorted(slot, key=lambda f: (f.instance_number, f.source.name, f.index)):
                mark = _contents(frame, samples)
                alike = seen.setdefault(mark, [])
                if any(_at_one_place(frame, other) for other in alike):
                    doubles.append(frame.source.name)
                else:
                    alike.append(frame)
                    kept.append(frame)
        kept_slots.append(kept or slot)
    return doubles, kept_slots


def _at_one_place(a: Frame, b: Frame) -> bool:
    """Whether two slices of one depth stand less than half a pixel apart."""
    if a.position is None or b.position is None or a.spacing_mm is None:
        return False
    return float(np.linalg.norm(a.position - b.position)) < 0.5 * min(a.spacing_mm)


def _contents(frame: Frame, samples: dict[int, bytes]) -> object:
    """What two duplicates share. A sample of the pixels first: phases differ in it, and whole files cost time."""
    mine = samples[id(frame)]
    if not mine:
        return id(frame)  # what cannot be read is like nothing else
    rescale = (frame.header.numbers(tags.RESCALE_SLOPE), frame.header.numbers(tags.RESCALE_INTERCEPT))
    whole = b""
    if sum(sample == mine for sample in samples.values()) > 1:
        whole = hashlib.sha256(_pixel_bytes(frame, None)).digest()
    return mine, whole, rescale, frame.format


def _pixel_bytes(frame: Frame, count: int | None) -> bytes:
    """Stored bytes of a frame: all, or some from its middle; b"" where they cannot be read."""
    size = frame.format.frame_bytes
    start = frame.parsed.pixel_offset + frame.index * size
    if count is not None:
        start, size = start + size // 2, min(count, size - size // 2)
    try:
        with frame.source.open() as opened:
            if frame.parsed.syntax.deflated:
                return Inflated(opened, frame.parsed.data_offset).read(start, size)
            if frame.parsed.pixel_length is None:
                data = frame_bytes(opened, frame)
                return data if count is None else data[len(data) // 2 :][:count]
            return opened.read(start, size)
    except (OSError, ValueError, EndsEarly):
        return b""


def _split(
    frames: list[Frame], place: dict[int, int], positions: int, rule: Discriminator
) -> list[tuple[object, list[Frame]]] | None:
    """Divides by a value if each part then has every position once, else None."""
    by_value: dict[object, list[Frame]] = defaultdict(list)
    for frame in frames:
        if id(frame) in place:
            by_value[rule[1](frame)].append(frame)
    if len(by_value) < 2:
        return None
    for members in by_value.values():
        if len(members) != positions or len({place[id(frame)] for frame in members}) != positions:
            return None
    return sorted(by_value.items(), key=lambda item: _sortable(item[0]))


def _sortable(value: object) -> tuple[int, str, tuple[float, ...]]:
    if isinstance(value, tuple) and all(isinstance(x, float) for x in value):
        return 0, "", value
    return 1, str(value), ()


def _runs(frames: list[Frame], depth: int) -> Callable[[Frame], object]:
    """Runs of InstanceNumber: the first n slices are one part, the next n another."""
    order = sorted(frames, key=lambda frame: (frame.instance_number, frame.index))
    length = max(1, len(frames) // depth)
    run = {id(frame): (float(i // length),) for i, frame in enumerate(order)}
    return lambda frame: run[id(frame)]


def _centre_key(frames: list[Frame]) -> Callable[[Frame], object]:
    """Place of the first pixel within its slice, to half a pixel: two fields of view share depths, not this."""
    spacing = frames[0].spacing_mm or (1.0, 1.0)
    axes = None if frames[0].orientation is None else unit_vectors(frames[0].orientation)

    def key(frame: Frame) -> object:
        if axes is None or frame.position is None:
            return ()
        return (
            round(float(axes[0] @ frame.position) / spacing[1]),
            round(float(axes[1] @ frame.position) / spacing[0]),
        )

    return key


def _named(part: Part, pieces: list[tuple[object, list[Frame]]], by: str, code: str) -> list[Part]:
    """Parts in order of time, with the phase nearest to 75 % of the RR interval to be offered first."""
    parts = []
    for number, (_, members) in enumerate(pieces, 1):
        piece = Part(members, number, list(part.findings))
        if code == "phases_split":
            piece.findings.append(finding(code, count=len(pieces), by=by))
        else:
            piece.findings.append(finding(code, part=number))
        parts.append(piece)
    percents = [_phase_percent(piece.frames[0]) for piece in parts]

    def preference(i: int) -> tuple[float, object]:
        percent = percents[i]
        distance = abs(percent - PREFERRED_PHASE_PERCENT) if percent is not None else 100.0
        return distance, _time(parts[i].frames)

    for rank, i in enumerate(sorted(range(len(parts)), key=preference)):
        parts[i].phase_rank = rank
    return parts


def _phase_percent(frame: Frame) -> float | None:
    """Phase in percent of the RR interval: its own element, the delay over the interval, or the description."""
    header = frame.header
    stated = header.number(tags.CARDIAC_PHASE_PERCENT)
    if stated is not None:
        return stated
    delay = header.number(tags.CARDIAC_TRIGGER_DELAY) or header.number(tags.TRIGGER_TIME)
    interval = header.number(tags.CARDIAC_RR_INTERVAL) or header.number(tags.NOMINAL_INTERVAL)
    if delay and interval:
        return 100 * delay / interval
    match = re.search(r"(\d{1,3})\s*%", header.text(tags.SERIES_DESCRIPTION))
    return float(match.group(1)) if match else None


def _time(frames: list[Frame]) -> tuple[str, str, float, int]:
    """Order of parts in time."""
    times = sorted(
        (
            str(_acquired(frame)),
            frame.header.code(tags.ACQUISITION_TIME),
            frame.header.number(tags.TRIGGER_TIME) or 0.0,
            frame.instance_number,
        )
        for frame in frames
    )
    return times[0]


def _conflict(part: Part, slots: list[list[Frame]]) -> Part:
    """Keeps the lower InstanceNumber at each place; the rest is for nobody's eyes."""
    pairs = [slot for slot in slots if len(slot) > 1]
    files = [frame.source.name for slot in pairs for frame in slot]
    best = [
        min(slot, key=lambda f: (f.instance_number, f.header.code(tags.SOP_INSTANCE_UID), f.source.name))
        for slot in slots
    ]
    where = [i for i, slot in enumerate(slots) if len(slot) > 1]
    part.findings.append(finding("conflicting_slices", count=len(pairs), files=files, slices=where))
    part.frames = best
    return part
