"""Goes through the files of an input and sorts out what they are, by their contents (reading rules 12.2)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.parse import Malformed, NotDicom, Parsed, parse
from cacviewer.reading.frames import Frame, frames_of
from cacviewer.reading.imagefiles import is_image_name
from cacviewer.reading.sources import FileSource, Source, shown, walk

STEP = "Reading headers"
COUNTED = ("no_permission", "source_vanished", "empty_file", "not_dicom", "unreadable_file", "truncated_file")
"""Findings that speak of files, in the order in which they are told."""


@dataclass(slots=True)
class Collected:
    """What the files of an input hold, before it is grouped.

    Attributes:
        frames: Images.
        objects: Of DICOM objects without images: header and names, by series.
        volumes: NIfTI, NRRD and MetaImage files.
        named: Files that a person named, not found in a folder.
        files: Files looked at.
        dicom_files: Files that are DICOM.
        by_code: Names of files under a finding.
        findings: Others.
    """

    frames: list[Frame] = field(default_factory=list)
    objects: dict[str, tuple[Header, list[str]]] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    files: int = 0
    dicom_files: int = 0
    by_code: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, name: str) -> None:
        """Counts a file under a finding."""
        self.by_code.setdefault(code, []).append(shown(name))

    def summary(self) -> list[Finding]:
        """Findings of the input."""
        found = list(self.findings)
        for code in COUNTED:
            files = self.by_code.get(code)
            if files:
                severity = None
                if code == "no_permission" and not self.dicom_files and not self.volumes:
                    severity = Severity.REFUSAL
                found.append(finding(code, severity=severity, count=len(files), files=files))
        return found


def collect(names: list[str], progress: Callable[[str, float], None]) -> Collected:
    """Looks at every file of the input."""
    collected = Collected()
    files: dict[str, None] = {}
    for name in names:
        if os.path.isdir(name):
            found = walk(name)
            files.update(dict.fromkeys(found.files))
            for denied in found.denied:
                collected.note("no_permission", denied)
        else:
            collected.named.add(name)
            files[name] = None
    total = len(files)
    for done, name in enumerate(files):
        if done % 32 == 0:
            progress(STEP, done / total)
        _look_at(FileSource(name), collected)
    progress(STEP, 1.0)
    return collected


def _look_at(source: Source, collected: Collected) -> None:
    """Sorts out one file."""
    name = source.name
    collected.files += 1
    try:
        with source.open() as opened:
            if not opened.size:
                collected.note("empty_file", name)
                return
            if is_image_name(name) and opened.read(128, 4) != b"DICM":
                collected.volumes.append(name)
                return
            parsed = parse(opened)
            size = opened.size
    except NotDicom:
        collected.note("not_dicom", name)
        return
    except PermissionError:
        collected.note("no_permission", name)
        return
    except FileNotFoundError:
        collected.note("source_vanished", name)
        return
    except (Malformed, RecursionError):
        collected.dicom_files += 1
        collected.note("unreadable_file", name)
        return
    except OSError:
        collected.note("source_vanished" if not os.path.lexists(name) else "unreadable_file", name)
        return
    collected.dicom_files += 1
    _sort(source, parsed, size, collected)


def _sort(source: Source, parsed: Parsed, size: int, collected: Collected) -> None:
    frames = frames_of(source, parsed, size)
    if frames and _is_image(frames[0]):
        collected.frames += frames
    elif parsed.truncated:
        collected.note("truncated_file", source.name)
    elif tags.DIRECTORY_RECORDS not in parsed.items:
        header = Header(parsed.values, parsed.syntax.big_endian)
        uid = header.code(tags.SERIES_INSTANCE_UID)
        collected.objects.setdefault(uid, (header, []))[1].append(source.name)


def _is_image(frame: Frame) -> bool:
    """Whether enough of a truncated header is left to say where its slice would have stood."""
    if not frame.parsed.truncated:
        return True
    return frame.position is not None and frame.orientation is not None and frame.spacing_mm is not None
