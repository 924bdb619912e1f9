"""A case printed: which file is made by which writer, and what they need, made once for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.errors import CannotExport
from cacviewer.core.volume import Volume
from cacviewer.render.pictures import Picture, key_pictures
from cacviewer.reports.formats import Exported

if TYPE_CHECKING:
    from cacviewer.reports.dicom_instance import Making

Progress = Callable[[str, float], None]


def export(
    case: Case,
    volume: Volume,
    anatomy: Anatomy,
    targets: dict[str, str],
    automatic: Case | None = None,
    edits: tuple[Edit, ...] = (),
    *,
    moment: str = "",
    progress: Progress | None = None,
) -> Exported:
    """Writes the files of a case.

    Args:
        case: What is printed.
        volume: For key images.
        anatomy: For masks and key images.
        targets: Kind to path, kinds as in WRITERS. A path is a file, or a folder for the kinds that make several
            files; "csv" names scores.csv and writes lesions.csv beside it.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits.
        moment: Date and time (ISO) of reports and DICOM objects, local time; now if empty. The same case and moment
            give the same bytes.
        progress: Told the step and the fraction.

    Returns:
        What was written, and why what was not could not be made of this case (no DICOM study, no scores).

    Raises:
        CannotWrite: A target refuses; that target is as it was.
    """
    say = progress or (lambda step, fraction: None)
    when = dt.datetime.fromisoformat(moment) if moment else dt.datetime.now().replace(microsecond=0)
    material = Material(case, volume, anatomy, automatic, edits, when)
    written: list[str] = []
    refused: list[str] = []
    for number, (kind, target) in enumerate(targets.items()):
        say(f"Writing {kind.upper()}", number / len(targets))
        try:
            written += map(str, WRITERS[kind](material, Path(target)))
        except CannotExport as error:
            refused.append(f"{kind.upper()}: {error}")
    return Exported(tuple(written), tuple(refused))


@dataclass(frozen=True, eq=False)
class Material:
    """What the writers draw from; what several of them need is made once, and only if one does."""

    case: Case
    volume: Volume
    anatomy: Anatomy
    automatic: Case | None
    edits: tuple[Edit, ...]
    moment: dt.datetime

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Key images."""
        return key_pictures(self.volume, self.anatomy, self.case)

    @cached_property
    def pdf(self) -> bytes:
        """The report."""
        from cacviewer.reports.pdf import printed

        return printed(
            self.case, self.pictures, date=self.moment.date(), automatic=self.automatic, edits=self.edits
        )

    @cached_property
    def making(self) -> Making:
        """Case and source images for DICOM objects: the series is looked at again where it was opened.

        Raises:
            CannotExport: It has no DICOM study, is not there any more, or is another one.
        """
        from cacviewer.reading.source_images import source_images
        from cacviewer.reports.dicom_instance import Making

        source = source_images(self.case.source, self.case.info, self.case.grid)
        return Making(self.case, source, self.moment, self.edits)


def _pdf(material: Material, path: Path) -> list[Path]:
    from cacviewer.files import writing

    printed = material.pdf
    with writing(path, "wb") as file:
        file.write(printed)
    return [path]


def _csv(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.csv import write_lesions, write_scores

    lesions = path.with_name("lesions.csv")
    write_scores(material.case, path, edits=len(material.edits))
    write_lesions(material.case, lesions)
    return [lesions, path]


def _json(material: Material, path: Path) -> list[Path]:
    from cacviewer.storage.case_json import write_case

    write_case(material.case, path, automatic=material.automatic, edits=material.edits)
    return [path]


def _nifti(material: Material, folder: Path) -> list[Path]:
    from cacviewer.reports.masks import write_masks

    write_masks(material.case, material.anatomy, folder)
    return [folder]


def _nrrd(material: Material, folder: Path) -> list[Path]:
    from cacviewer.reports.masks import write_nrrd_masks

    write_nrrd_masks(material.case, material.anatomy, folder)
    return [folder]


def _stl(material: Material, folder: Path) -> list[Path]:
    return _surfaces(material, folder, ".stl")


def _ply(material: Material, folder: Path) -> list[Path]:
    return _surfaces(material, folder, ".ply")


def _surfaces(material: Material, folder: Path, suffix: str) -> list[Path]:
    from cacviewer.reports.surfaces import write_surfaces

    return [folder / name for name in write_surfaces(material.case, material.anatomy, folder, suffix)]


def _seg(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.dicom_seg import write_seg

    write_seg(material.making, material.anatomy, path)
    return [path]


def _sr(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.dicom_sr import write_sr

    write_sr(material.making, path)
    return [path]


def _encapsulated(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.dicom_pdf import write_encapsulated

    write_encapsulated(material.making, material.pdf, path)
    return [path]


def _captures(material: Material, folder: Path) -> list[Path]:
    from cacviewer.reports.dicom_capture import write_captures
    from cacviewer.reports.pages import sheet_of

    making = material.making
    sheet = sheet_of(material.case, material.pictures, date=material.moment.date())
    write_captures(making, material.pictures[: len(sheet.captions)], sheet.captions, folder)
    return [folder]


WRITERS: dict[str, Callable[[Material, Path], list[Path]]] = {
    "pdf": _pdf,
    "csv": _csv,
    "json": _json,
    "masks": _nifti,
    "nifti": _nifti,
    "nrrd": _nrrd,
    "stl": _stl,
    "ply": _ply,
    "seg": _seg,
    "sr": _sr,
    "epdf": _encapsulated,
    "sc": _captures,
}
"""Kind of target to its writer; each tells the paths that it wrote."""
