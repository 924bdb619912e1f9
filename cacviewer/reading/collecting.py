"""Goes through the files of an input and sorts out what they are, by their contents (reading rules 12.2)."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cacviewer.core.findings import Finding, Severity, finding
from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.parse import parse
from cacviewer.dicom.walk import Malformed, NotDicom, Parsed
from cacviewer.reading.archives import (
    MAX_TOTAL_BYTES,
    Archive,
    ArchiveBomb,
    ArchiveDamaged,
    MemberSource,
    is_archive,
)
from cacviewer.reading.dicomdir import incompleteness
from cacviewer.reading.frames import Frame, frames_of
from cacviewer.reading.grouping import series_key
from cacviewer.reading.imagefiles import is_image_name, is_volume_file
from cacviewer.reading.sources import IGNORED_NAMES, FileSource, Source, shown, walk

STEP = "Reading headers"
VANISHED = frozenset((errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN))
"""A disk that was pulled out answers with the second, a share that went away with the last ones."""
COUNTED = ("no_permission", "source_vanished", "empty_file", "not_dicom", "unreadable_file", "truncated_file")
"""Findings that speak of files, in the order in which they are told."""


@dataclass(slots=True)
class Collected:
    """What the files of an input hold, before it is grouped.

    Attributes:
        frames: Images.
        objects: Of DICOM objects without images: header and names, by series.
        archives: ZIP archives.
        directories: DICOMDIR files and their headers.
        volumes: NIfTI, NRRD and MetaImage files.
        named: Files that a person named, not found in a folder.
        files: Files looked at.
        dicom_files: Files that are DICOM.
        by_code: Names of files under a finding.
        findings: Others.
    """

    frames: list[Frame] = field(default_factory=list)
    objects: dict[str, tuple[Header, list[str]]] = field(default_factory=dict)
    archives: list[str] = field(default_factory=list)
    directories: dict[str, Parsed] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    files: int = 0
    dicom_files: int = 0
    by_code: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, name: str) -> None:
        """Counts a file under a finding."""
        self.by_code.setdefault(code, []).append(shown(name))

    def add(self, other: Collected) -> None:
        """Adds what an archive held."""
        self.frames += other.frames
        self.findings += other.findings
        self.files += other.files
        self.dicom_files += other.dicom_files
        for uid, (header, names) in other.objects.items():
            self.objects.setdefault(uid, (header, []))[1].extend(names)
        for code, names in other.by_code.items():
            self.by_code.setdefault(code, []).extend(names)

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


def collect(names: list[str], progress: Callable[[str, float], None], *, siblings: bool = True) -> Collected:
    """Looks at every file of the input.

    Archives count where they were named; in a folder only if it holds no DICOM image, for they are often a copy
    of what lies beside them.
    """
    collected = Collected()
    files: dict[str, None] = {}
    for name in names:
        if os.path.isdir(name):
            _add_folder(name, files, collected)
        else:
            collected.named.add(name)
            files[name] = None
    _look_at_all(files, collected, progress)
    # the folder of a DICOMDIR that was named is part of the input
    more: dict[str, None] = {}
    for name in [name for name in collected.directories if name in collected.named]:
        _add_folder(os.path.dirname(name) or ".", more, collected)
    more = {name: None for name in more if os.path.normpath(name) not in set(map(os.path.normpath, files))}
    _look_at_all(more, collected, progress)
    if siblings:
        _add_siblings(names, collected, progress)
    for name, parsed in collected.directories.items():
        collected.findings += incompleteness(name, parsed, [*files, *more])
    for name in collected.archives:
        if name in collected.named or not collected.frames:
            _open_archive(FileSource(name), collected, progress)
        else:
            collected.note("not_dicom", name)
    progress(STEP, 1.0)
    return collected


def _add_folder(folder: str, files: dict[str, None], collected: Collected) -> None:
    found = walk(folder)
    files.update(dict.fromkeys(found.files))
    for denied in found.denied:
        collected.note("no_permission", denied)
    for gone in found.gone:
        collected.note("source_vanished", gone)


def _add_siblings(names: list[str], collected: Collected, progress: Callable[[str, float], None]) -> None:
    """One slice that was named alone stands for its series: the rest of it in the same folder is read too.

    A single file must never make a volume of one slice in silence; so this is said.
    """
    if len(names) != 1 or len(collected.frames) != 1 or names[0] not in collected.named:
        return
    frame = collected.frames[0]
    if frame.source.name != names[0] or frame.is_flat or frame.is_screen or frame.frames > 1:
        return
    beside = Collected()
    there = _files_beside(names[0])
    _look_at_all(there, beside, progress)
    mine = [other for other in beside.frames if series_key(other) == series_key(frame)]
    if not mine:
        return
    files = {other.source.name for other in mine}
    collected.frames += mine
    collected.files += len(files)
    collected.dicom_files += len(files)
    collected.findings.append(finding("siblings_read", count=len(files)))


def _files_beside(name: str) -> dict[str, None]:
    """Other files of a file's folder, not of those below it."""
    folder = os.path.dirname(name) or "."
    try:
        with os.scandir(folder) as entries:
            found = sorted(e.path for e in entries if e.is_file() and e.name.lower() not in IGNORED_NAMES)
    except OSError:
        return {}
    return {path: None for path in found if os.path.basename(path) != os.path.basename(name)}


def _look_at_all(
    files: dict[str, None], collected: Collected, progress: Callable[[str, float], None]
) -> None:
    for done, name in enumerate(files):
        if done % 32 == 0:
            progress(STEP, done / len(files))
        _look_at(FileSource(name), collected)


def _open_archive(
    source: Source,
    collected: Collected,
    progress: Callable[[str, float], None],
    depth: int = 0,
    limit: int | None = None,
) -> int:
    """Looks at the members of an archive; of one that is a bomb or has a password nothing is used.

    Returns:
        How many bytes it unfolded to: archives inside archives share one limit.
    """
    archive = Archive(source)
    inside = Collected()
    unsafe: list[str] = []
    damaged = False
    left = limit = MAX_TOTAL_BYTES if limit is None else limit
    try:
        members = archive.members()
        if any(member.encrypted for member in members):
            collected.findings.append(finding("archive_encrypted", files=[shown(source.name)]))
            return 0
        for done, member in enumerate(members):
            if done % 32 == 0:
                progress(STEP, done / len(members))
            if member.unsafe:
                unsafe.append(shown(member.name))
            else:
                try:
                    data = archive.contents(member, left)
                except ArchiveDamaged:
                    damaged = True
                    continue
                left -= len(data)
                left -= _look_at_member(MemberSource(archive, member), data, inside, progress, depth, left)
    except ArchiveBomb:
        if depth:
            raise  # the outer one is a bomb too
        collected.findings.append(finding("archive_bomb", files=[shown(source.name)]))
        return 0
    except OSError as error:
        collected.note(_code_of(error, source.name), source.name)
        return 0
    if unsafe:
        inside.findings.append(finding("unsafe_archive_member", count=len(unsafe), files=unsafe))
    for name, parsed in inside.directories.items():
        inside.findings += incompleteness(name, parsed, [f"{source.name}/{m.name}" for m in members])
    if damaged or archive.damaged:
        severity = None if inside.frames else Severity.REFUSAL
        inside.findings.append(finding("archive_damaged", severity=severity, files=[shown(source.name)]))
    collected.add(inside)
    return limit - left


def _look_at_member(
    source: MemberSource,
    data: bytes,
    collected: Collected,
    progress: Callable[[str, float], None],
    depth: int,
    left: int,
) -> int:
    if not is_archive(data[:4]):
        _look_at(source, collected)
        return 0
    collected.files += 1
    if depth == 0:  # a ZIP inside a ZIP is opened, deeper ones are not
        return _open_archive(source, collected, progress, depth + 1, left)
    collected.note("not_dicom", source.name)
    return 0


def _look_at(source: Source, collected: Collected) -> None:
    """Sorts out one file."""
    name = source.name
    collected.files += 1
    try:
        with source.open() as opened:
            if not opened.size:
                collected.note("empty_file", name)
                return
            if isinstance(source, FileSource) and is_archive(opened.read(0, 4)):
                collected.archives.append(name)
                return
            if isinstance(source, FileSource) and is_image_name(name) and is_volume_file(opened.read(0, 512)):
                collected.volumes.append(name)
                return
            parsed = parse(opened)
            size = opened.size
    except NotDicom:
        collected.note("not_dicom", name)
        return
    except (Malformed, RecursionError):
        collected.dicom_files += 1
        collected.note("unreadable_file", name)
        return
    except OSError as error:
        collected.note(_code_of(error, name), name)
        return
    collected.dicom_files += 1
    _sort(source, parsed, size, collected)


def _code_of(error: OSError, name: str) -> str:
    """What the system's refusal to read a file means: no right, a file that is gone, a disk that fails."""
    if isinstance(error, PermissionError):
        return "no_permission"
    gone = error.errno in VANISHED or not os.path.lexists(name)
    return "source_vanished" if gone and not isinstance(error, IsADirectoryError) else "unreadable_file"


def _sort(source: Source, parsed: Parsed, size: int, collected: Collected) -> None:
    frames = frames_of(source, parsed, size)
    if frames and _is_image(frames[0]):
        collected.frames += frames
    elif parsed.truncated:
        collected.note("truncated_file", source.name)
    elif tags.DIRECTORY_RECORDS in parsed.items:
        collected.directories[source.name] = parsed
    else:
        header = Header(parsed.values, parsed.syntax.big_endian)
        uid = header.code(tags.SERIES_INSTANCE_UID)
        collected.objects.setdefault(uid, (header, []))[1].append(source.name)


def _is_image(frame: Frame) -> bool:
    """Whether enough of a truncated header is left to say where its slice would have stood."""
    if not frame.parsed.truncated:
        return True
    return frame.position is not None and frame.orientation is not None and frame.spacing_mm is not None
