"""An anonymised copy of an input: which of its files are copied, where to, and what is left out.

Nothing is written next to the source. What may show or hold a name and cannot be cleaned (documents, screen
captures, images that say so themselves) is left out, because a copy that leaks is worse than one that lacks a page.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cacviewer
from cacviewer.core.errors import UnreadableInput, UsageError
from cacviewer.core.findings import finding
from cacviewer.dicom import tags
from cacviewer.dicom.deidentify import Deidentifier
from cacviewer.files import writing_folder
from cacviewer.reading.collecting import collect
from cacviewer.reading.frames import Frame
from cacviewer.reading.sources import Source, shown

STEP = "Writing anonymised copies"
DOCUMENTS, CAPTURES, BURNED_IN, DAMAGED = "documents", "captures", "burned_in", "damaged"
REASONS: dict[str, str] = {
    DOCUMENTS: "documents and other objects without images",
    CAPTURES: "screen captures and colour pictures, which often show a name",
    BURNED_IN: "images that say that text is burned into them",
    DAMAGED: "files that cannot be parsed as a whole",
}
"""Why files are left out, in words."""


@dataclass(slots=True)
class Copied:
    """What an anonymised copy holds.

    Attributes:
        folder: Where it is.
        files: How many files were written.
        patients: How many patients they are of.
        left_out: Files that were not copied, by reason (keys of REASONS).
        burned_in: Copied files that may show text (only where the caller wanted them).
    """

    folder: str
    files: int = 0
    patients: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    burned_in: int = 0


def anonymise(
    paths: Sequence[str],
    out: str,
    *,
    keep_burned_in: bool = False,
    key: bytes | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Copied:
    """Writes the copy; all of it or nothing.

    Args:
        paths: Folders, files, archives.
        out: Folder for the copy; must be empty or not there, and not inside the input.
        keep_burned_in: Copies what may show text, too.
        key: Secret that UIDs and pseudonyms follow from; None for a new one of this call.
        progress: Called with step and fraction.

    Raises:
        UsageError: The folder holds files, or lies inside the input.
        UnreadableInput: There is no DICOM image, or the source went away.
        CannotWrite: The disk or folder refuses.
    """
    _refuse_places(paths, out)
    tell = progress or (lambda step, fraction: None)
    collected = collect([os.fspath(path) for path in paths if os.path.lexists(path)], tell, siblings=False)
    images = {frame.source.name: frame for frame in collected.frames}
    if not images:
        flaw = finding("no_dicom", path=shown(paths[0]) if paths else "")
        raise UnreadableInput(flaw.message, code=flaw.code, remedy=flaw.remedy)
    left_out = Counter({DOCUMENTS: sum(len(names) for _, names in collected.objects.values())})
    left_out[DAMAGED] += sum(len(collected.by_code.get(c, ())) for c in ("unreadable_file", "truncated_file"))
    copied = Copied(shown(out))
    rules = Deidentifier(f"cacviewer {cacviewer.__version__}", key)
    with writing_folder(out) as part:
        places = _Places(part)
        for done, frame in enumerate(images.values()):
            if done % 8 == 0:
                tell(STEP, done / len(images))
            _copy(frame, rules, places, keep_burned_in, copied, left_out)
        if not copied.files:
            raise UnreadableInput(
                "Nothing of the input can be copied without its names.", code="no_dicom", path=shown(paths[0]),
                remedy="Every image may show text; see --keep-burned-in.",
            )  # fmt: skip
    copied.patients = len(places.patients)
    copied.left_out = {reason: count for reason, count in left_out.items() if count}
    tell(STEP, 1.0)
    return copied


def _copy(
    frame: Frame, rules: Deidentifier, places: _Places, keep_burned_in: bool, copied: Copied, left_out: Counter[str]
) -> None:  # fmt: skip
    doubtful = ""
    if frame.is_screen:
        doubtful = CAPTURES
    elif frame.header.code(tags.BURNED_IN_ANNOTATION).upper() == "YES":
        doubtful = BURNED_IN
    if doubtful and not keep_burned_in:
        left_out[doubtful] += 1
        return
    data = _bytes_of(frame.source)
    try:
        clean, header = rules.copy(data)
    except ValueError:
        left_out[DAMAGED] += 1
        return
    place = places.of(
        str(header.PatientID), header.get("StudyInstanceUID", ""), header.get("SeriesInstanceUID", "")
    )
    place.write_bytes(clean)
    copied.files += 1
    copied.burned_in += bool(doubtful)


class _Places:
    """Names of the copies: patient, study, series and image by number, nothing of the source's own names."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._numbers: dict[tuple[str, ...], int] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self.patients: set[str] = set()

    def of(self, patient: str, study: str, series: str) -> Path:
        """The path for the next image of a series; its folder is made."""
        self.patients.add(patient)
        number = self._number((patient, study), (patient,))
        folder = (
            self._root
            / patient
            / f"study-{number:02d}"
            / f"series-{self._number((patient, study, series), (patient, study)):03d}"
        )
        folder.mkdir(parents=True, exist_ok=True)
        self._counts[patient, study, series, ""] += 1
        return folder / f"{self._counts[patient, study, series, '']:05d}.dcm"

    def _number(self, key: tuple[str, ...], above: tuple[str, ...]) -> int:
        if key not in self._numbers:
            self._counts[above] += 1
            self._numbers[key] = self._counts[above]
        return self._numbers[key]


def _bytes_of(source: Source) -> bytes:
    try:
        with source.open() as opened:
            return opened.read(0, opened.size)
    except OSError as error:
        flaw = finding("source_vanished")
        raise UnreadableInput(
            flaw.message, code=flaw.code, path=shown(source.name), remedy=flaw.remedy
        ) from error


def _refuse_places(paths: Sequence[str], out: str) -> None:
    target = os.path.realpath(out)
    if os.path.isdir(target) and os.listdir(target):
        raise UsageError(
            f"The folder {shown(out)} holds files.", path=shown(out), remedy="Choose a new or empty folder."
        )
    for path in paths:
        source = os.path.realpath(path)
        if not os.path.lexists(path):
            flaw = finding("path_not_found", path=shown(path))
            raise UnreadableInput(flaw.message, code=flaw.code, path=shown(path), remedy=flaw.remedy)
        if target == source or target.startswith(os.path.join(source, "")):
            raise UsageError(
                f"The folder {shown(out)} lies inside the input.", path=shown(out),
                remedy="Choose a folder elsewhere: nothing is written next to the source.",
            )  # fmt: skip
