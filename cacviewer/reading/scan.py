"""The scan of an input: every file's header, series and parts, findings, verdicts, and which series opens.

Contents decide, not names (reading rules 12.2). Voxels are not read, but for slices that share a position.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.core.study import Inspection, Series, Verdict
from cacviewer.dicom.parse import Malformed, NotDicom, parse
from cacviewer.reading.frames import Frame, frames_of
from cacviewer.reading.grouping import grouped
from cacviewer.reading.imagefiles import ImageFile, is_image_name, judged_image_file
from cacviewer.reading.judging import Judged, judged
from cacviewer.reading.objects import listed_objects
from cacviewer.reading.positions import resolved
from cacviewer.reading.sources import FileSource, Source, shown, walk
from cacviewer.reading.stacking import Stack

Progress = Callable[[str, float], None]
Plan = Stack | ImageFile | None
STEP = "Reading headers"


@dataclass(frozen=True, slots=True)
class Scanned(Inspection):
    """An Inspection that still knows how to read its series; over the pipe only the Inspection goes."""

    plans: tuple[Plan, ...] = field(default=(), compare=False, repr=False)


@dataclass(slots=True)
class Collected:
    """What the files of an input hold, before it is grouped."""

    frames: list[Frame] = field(default_factory=list)
    others: list[Frame | Source] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)
    files: int = 0
    dicom_files: int = 0
    by_code: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, name: str) -> None:
        """Counts a file under a finding."""
        self.by_code.setdefault(code, []).append(shown(name))
