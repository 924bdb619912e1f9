"""Jobs of a batch: the inputs below a folder, the best series of each study in an input, and its voxels.

An input is what stands directly in a folder that was given: a folder, an archive or a volume file, looked through
as a whole like the input of `score`. A folder that holds DICOM files itself is one input, and so is a given file.
An input of very many files is taken apart into its own entries.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cacviewer.core.errors import CacError, NotScorable, UnreadableInput
from cacviewer.core.findings import refusals
from cacviewer.core.study import Inspection, Series, Verdict
from cacviewer.core.volume import Volume
from cacviewer.pipeline.read import load
from cacviewer.reading import scan
from cacviewer.reading.imagefiles import NAMES as VOLUME_NAMES
from cacviewer.reading.sources import IGNORED_NAMES
from cacviewer.storage.batch_list import Found

Progress = Callable[[str, float], None]

MOST_FILES = 20_000
"""Headers of this many files take about 100 MB; a folder of more is taken apart."""

IMAGE_NAMES = (
    *VOLUME_NAMES,
    ".dcm",
    ".ima",
    ".dicom",
    ".zip",
    ".img",
    ".iso",
    ".tar",
    ".gz",
    ".tgz",
    ".7z",
    ".rar",
)
"""A loose file of such a name is an input, also if it turns out not to be one: its refusal is a row."""

PROBE = 8
"""Files of a folder that are looked into to see whether it holds DICOM itself."""

SCORABLE = (Verdict.READY, Verdict.WARNINGS)


@dataclass(frozen=True, slots=True)
class Input:
    """An input and what it looks like from outside.

    Attributes:
        path: File or folder.
        paths: What is opened: the same, or the loose slices of a folder whose folders are inputs of their own.
        stamp: Number, size and latest change of its files: another one means that it has changed.
    """

    path: str
    paths: tuple[str, ...]
    stamp: str


def inputs(paths: Sequence[str], without: str = "", *, progress: Progress | None = None) -> list[Input]:
    """The inputs below some paths, in the order of their names.

    Args:
        paths: Folders and files.
        without: A folder that is left out: where results go to.
        progress: Told the step; the fraction is not known.

    Raises:
        UnreadableInput: A path is not there.
    """
    found: dict[str, Input] = {}
    hidden = os.path.realpath(without) if without else ""
    for path in paths:
        if not os.path.lexists(path):
            raise UnreadableInput(
                f"{path} is not there.", code="path_not_found", path=path, remedy="Check the name."
            )
        for one, opened in _split(path, hidden, top=True):
            found[one] = Input(one, opened, _stamp(opened, hidden))
            if progress:
                progress(f"Looking for scans: {len(found)}", 0.0)
    return list(found.values())


def studies(paths: Sequence[str], *, progress: Progress | None = None) -> list[Found]:
    """The best series of every study in an input.

    The best is the one that `score` would take: ready before warnings, then gated before not gated, thickness
    and increment nearest to 3 mm, soft before sharp, more slices (reading rules 12.1). A study without any is a
    refusal with the reason of its best series, an input without studies one with the input's own.

    Args:
        paths: The input; several where a study lies in several.
        progress: Told the step and the fraction.
    """
    names = tuple(paths)
    try:
        scanned = scan.inspect(names, progress)
        by_study: dict[str, list[int]] = {}
        for index in (*scanned.order, *_unreadable(scanned)):
            by_study.setdefault(_key(scanned.series[index], names), []).append(index)
        if not by_study:
            return [_refused(f"input:{names[0]}", names, scan.refusal(scanned))]
        places = {key: _places(scanned, indices) for key, indices in by_study.items()}
        return [
            _best(scanned, key, indices, _alone(key, places) or names) for key, indices in by_study.items()
        ]
    except CacError as error:
        return [_refused(f"input:{names[0]}", names, error)]


def read(paths: Sequence[str], series_uid: str, part: int, *, progress: Progress | None = None) -> Volume:
    """The voxels of one series of an input, if it may be scored.

    Raises:
        UnreadableInput: It cannot be read, or is not there any more.
        NotScorable: It may be looked at only.
    """
    scanned = scan.inspect(tuple(paths), progress)
    at = [
        i
        for i, one in enumerate(scanned.series)
        if (one.info.series_uid, one.info.part) == (series_uid, part)
    ]
    if not at:
        raise UnreadableInput(
            "The series is not there any more.",
            code="source_vanished",
            path=scanned.path,
            remedy="Look at the input.",
        )
    # the one that `score` would take, where files without a UID stand side by side
    index = min(at, key=lambda i: scanned.order.index(i) if i in scanned.order else len(scanned.order))
    may_be_scored(scanned.series[index], scanned.path)
    volume = load(scanned, index, progress=progress)
    may_be_scored(volume, scanned.path)
    return volume


def may_be_scored(what: Series | Volume, path: str) -> None:
    """Raises NotScorable for what may be looked at only."""
    if what.verdict is Verdict.VIEWING_ONLY:
        flaw = refusals(what.findings)[0]
        raise NotScorable(flaw.message, code=flaw.code, path=path, remedy=flaw.remedy)


def _unreadable(inspection: Inspection) -> list[int]:
    return [i for i, one in enumerate(inspection.series) if one.verdict is Verdict.UNREADABLE]


def _key(series: Series, paths: tuple[str, ...]) -> str:
    """Patient and study; where there is no study, the files themselves."""
    info = series.info
    if info.study_uid:
        return f"study:{info.study_uid}|{info.patient.id}"
    return f"series:{info.series_uid}|{series.files[0] if series.files else paths[0]}"


def _places(inspection: Inspection, indices: list[int]) -> set[str]:
    """Folders and archives that the files of some series lie in."""
    found = set()
    for name in (name for i in indices for name in inspection.series[i].files):
        place = os.path.dirname(name)
        while not os.path.lexists(place) and os.path.dirname(place) != place:
            place = os.path.dirname(place)  # inside an archive
        found.add(place)
    return found


def _alone(key: str, places: dict[str, set[str]]) -> tuple[str, ...]:
    """Where a study of several lies if nothing else lies there: it is read without looking through the others."""
    own = places[key]
    if len(places) == 1 or any(own & other for name, other in places.items() if name != key):
        return ()
    return tuple(sorted(own))


def _best(inspection: Inspection, key: str, indices: list[int], paths: tuple[str, ...]) -> Found:
    good = [i for i in indices if inspection.series[i].verdict in SCORABLE]
    chosen = inspection.series[(good or indices)[0]]
    whole = Found(key, paths, chosen.info.series_uid, chosen.info.part, chosen.images)
    if good:
        return whole
    flaws = refusals(chosen.findings) or chosen.findings
    if not flaws:
        error = scan.refusal(inspection)
        return replace(whole, code=error.code, reason=_sentence(error.message, error.remedy))
    return replace(whole, code=flaws[0].code, reason=_sentence(flaws[0].message, flaws[0].remedy))


def _refused(key: str, paths: tuple[str, ...], error: CacError) -> Found:
    return Found(key, paths, code=error.code, reason=_sentence(error.message, error.remedy))


def _sentence(message: str, remedy: str) -> str:
    return f"{message} {remedy}".strip()


def _split(path: str, hidden: str, *, top: bool) -> list[tuple[str, tuple[str, ...]]]:
    """The inputs of a path, itself or its entries, each with what is opened."""
    if hidden and os.path.realpath(path) == hidden:
        return []
    itself: list[tuple[str, tuple[str, ...]]] = [(path, (path,))]
    if not os.path.isdir(path):
        return itself
    try:
        entries = sorted(os.scandir(path), key=lambda e: e.name)
    except OSError:
        return itself  # whoever looks into it says why not
    entries = [e for e in entries if e.name.lower() not in IGNORED_NAMES and not e.name.startswith(".")]
    files = [e.path for e in entries if e.is_file()]
    folders = [e.path for e in entries if e.is_dir()]
    named = [f for f in files if f.lower().endswith(IMAGE_NAMES)]
    has_dicom = any(map(is_dicom, files[:PROBE]))
    if not folders and (has_dicom or not named) or any(os.path.basename(f) == "DICOMDIR" for f in files):
        return itself
    if not top and _count(path, MOST_FILES + 1) <= MOST_FILES:
        return itself
    slices = [f for f in files if is_dicom(f)] if has_dicom else []
    below = [inner for folder in folders for inner in _split(folder, hidden, top=False)]
    below += [(f, (f,)) for f in named if f not in set(slices)]
    if slices:
        below.append((path, tuple(slices)))
    return sorted(below)


def is_dicom(path: str) -> bool:
    """Whether a file begins like DICOM, with or without a preamble."""
    try:
        with open(path, "rb") as file:
            start = file.read(132)
    except OSError:
        return False
    return (
        start[128:] == b"DICM" or start[:2] in (b"\x08\x00", b"\x02\x00") or start[:4] == b"\x00\x08\x00\x05"
    )


def _count(folder: str, most: int) -> int:
    count = 0
    for _, _, names in os.walk(folder):
        count += len(names)
        if count >= most:
            break
    return count


def _stamp(paths: Sequence[str], hidden: str) -> str:
    """Number, size and latest change of the files of an input."""
    files = [path for path in paths if not os.path.isdir(path)]
    for path in paths:
        for here, folders, names in os.walk(path):
            folders[:] = [f for f in folders if not hidden or os.path.realpath(Path(here, f)) != hidden]
            files += [os.path.join(here, name) for name in names]
    count, size, newest = 0, 0, 0.0
    for file in files:
        try:
            status = os.stat(file)
        except OSError:
            continue
        count, size, newest = count + 1, size + status.st_size, max(newest, status.st_mtime)
    return f"{count} files, {size} bytes, {newest:.3f}"
