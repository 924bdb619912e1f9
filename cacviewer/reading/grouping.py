"""From images to parts of series: one part is one stack that may become a volume (reading rules 12.3).

Numbers and times of acquisitions do not split a series by themselves, because a step-and-shoot volume has one
of each for every slab. They are asked only where two slices share a position.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np

from cacviewer.core.findings import Finding, finding
from cacviewer.dicom import tags
from cacviewer.reading.frames import Frame, unit_vectors

SPACING_TOLERANCE_MM = 1e-4
COSINE_TOLERANCE = 1 - math.cos(math.radians(0.1))

Key = tuple[object, ...]


@dataclass(slots=True)
class Part:
    """Images that belong together.

    Attributes:
        frames: In no particular order before the stack is built.
        number: 0 for a series in one piece, else 1, 2, ...
        findings: What grouping has to say about it.
        phase_rank: Place among the phases of its series, the one to offer first is 0.
    """

    frames: list[Frame]
    number: int = 0
    findings: list[Finding] = field(default_factory=list)
    phase_rank: int = 0

    @property
    def series_key(self) -> Key:
        """What the parts of one series share."""
        return series_key(self.frames[0])


def series_key(frame: Frame) -> Key:
    """Identity of the series; without a UID by study, number, frame of reference and modality (12.3.2)."""
    header = frame.header
    uid = header.code(tags.SERIES_INSTANCE_UID)
    if uid:
        return (uid,)
    return (
        "",
        header.code(tags.STUDY_INSTANCE_UID),
        header.integer(tags.SERIES_NUMBER),
        header.code(tags.FRAME_OF_REFERENCE_UID),
        header.code(tags.MODALITY),
    )


def grouped(frames: list[Frame]) -> list[list[Part]]:
    """Divides images into series, and each into parts of one kind and geometry.

    Returns:
        Series in order of appearance; the parts of each with their findings of splitting.
    """
    exact: dict[Key, list[Frame]] = defaultdict(list)
    for frame in frames:
        exact[(series_key(frame), *_exact_key(frame))].append(frame)
    series: dict[Key, list[Part]] = defaultdict(list)
    for key, members in exact.items():
        for cluster in _clusters(members):
            series[key[0]].append(Part(cluster))  # type: ignore[index]
    for parts in series.values():
        _name_parts(parts)
    return list(series.values())


def renumber(part: Part, number: int) -> None:
    """Gives a part its place among all parts of its series, in what was said about it too."""
    part.number = number
    part.findings = [
        replace(f, facts=tuple((k, number if k == "part" else v) for k, v in f.facts)) for f in part.findings
    ]


def _exact_key(frame: Frame) -> Key:
    header = frame.header
    return (
        header.code(tags.STUDY_INSTANCE_UID),
        header.code(tags.MODALITY),
        header.code(tags.SOP_CLASS_UID),
        header.code(tags.PATIENT_ID),
        header.code(tags.FRAME_OF_REFERENCE_UID),
        frame.format.rows,
        frame.format.columns,
        frame.format.samples,
        frame.is_flat,
        frame.is_screen,
        frame.spacing_mm is None,
        frame.orientation is None,
    )


def _clusters(frames: list[Frame]) -> list[list[Frame]]:
    """Divides by pixel spacing and orientation, with their tolerances."""
    clusters: list[tuple[np.ndarray, list[Frame]]] = []
    known: dict[Key, list[Frame]] = {}
    for frame in frames:
        stated = (frame.spacing_mm, None if frame.orientation is None else frame.orientation.tobytes())
        if stated in known:  # nearly always: the same text in every header
            known[stated].append(frame)
            continue
        fingerprint = _fingerprint(frame)
        for first, members in clusters:
            if _alike(first, fingerprint):
                members.append(frame)
                known[stated] = members
                break
        else:
            clusters.append((fingerprint, [frame]))
            known[stated] = clusters[-1][1]
    return [members for _, members in clusters]


def _fingerprint(frame: Frame) -> np.ndarray:
    """Spacing (2), row vector (3) and normal (3); zeros where they are not stated."""
    spacing = frame.spacing_mm or (0.0, 0.0)
    axes = None if frame.orientation is None else unit_vectors(frame.orientation)
    if axes is None:
        stated = np.zeros(6) if frame.orientation is None else frame.orientation.ravel()
        return np.concatenate((spacing, stated))
    return np.concatenate((spacing, axes[0], axes[2]))


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    if np.abs(a[:2] - b[:2]).max() > SPACING_TOLERANCE_MM:
        return False
    if np.abs(a[2:] - b[2:]).max() < 1e-6:
        return True
    return bool(min(a[2:5] @ b[2:5], a[5:] @ b[5:]) > 1 - COSINE_TOLERANCE)


def _name_parts(parts: list[Part]) -> None:
    if len(parts) == 1:
        return
    parts.sort(key=lambda part: -len(part.frames))
    several_patients = len({part.frames[0].header.code(tags.PATIENT_ID) for part in parts}) > 1
    for number, part in enumerate(parts, 1):
        part.number = number
        code = "mixed_patients" if several_patients else "series_split"
        part.findings.append(finding(code, part=number))
