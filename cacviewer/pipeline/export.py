"""A case printed: which file is made by which writer, and what they need, made once for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.comparison import with_comparison
from cacviewer.core.edits import Edit
from cacviewer.core.errors import CannotExport
from cacviewer.core.interpretation import interpreted
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.volume import Volume
from cacviewer.render.pictures import Picture, key_pictures
from cacviewer.reports.formats import Exported, ReportOptions
from cacviewer.reports.printing import Printing, without_names
from cacviewer.storage.tables import tables

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
    inputs: PatientInputs | None = None,
    prior: Measured | None = None,
    options: ReportOptions | None = None,
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
        inputs: What the reader entered of the patient.
        prior: The earlier scan to compare with.
        options: How reports are written.
        moment: Date and time (ISO) of reports and DICOM objects, local time; now if empty. The same case and moment
            give the same bytes.
        progress: Told the step and the fraction.

    Returns:
        What was written, and why what was not could not be made of this case (no DICOM study, no scores).

    Raises:
        CannotWrite: A target refuses; that target is as it was.
        UnreadableInput: The user's percentile table, logo or template cannot be used.
    """
    options = options or ReportOptions()
    own = tables(options.percentiles or None)
    printing = Printing(
        case=case,
        moment=dt.datetime.fromisoformat(moment) if moment else dt.datetime.now().replace(microsecond=0),
        automatic=automatic,
        edits=edits,
        inputs=inputs,
        interpretation=interpreted(case, inputs or PatientInputs(), own, prior),
        volume=volume,
        anatomy=anatomy,
        options=options,
    )
    return written_to(targets, printing, progress)


def written_to(targets: Mapping[str, str], printing: Printing, progress: Progress | None = None) -> Exported:
    """Writes every target of a printing; see `export`.

    Raises:
        CannotWrite: A target refuses; that target is as it was.
        KeyError: There is no such kind.
    """
    say = progress or (lambda step, fraction: None)
    material = Material(without_names(printing) if printing.options.anonymised else printing)
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

    printing: Printing

    @property
    def case(self) -> Case:
        """What is printed."""
        return self.printing.case

    @property
    def anatomy(self) -> Anatomy:
        """Heart and aorta.

        Raises:
            CannotExport: The masks are not at hand.
        """
        if self.printing.anatomy is None:
            raise CannotExport(
                "The masks of this case are not at hand.", remedy="Put them back beside the case."
            )
        return self.printing.anatomy

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Key images; none where series or masks are not at hand."""
        if self.printing.volume is None or self.printing.anatomy is None:
            return ()
        return key_pictures(self.printing.volume, self.printing.anatomy, self.case)

    @cached_property
    def pdf(self) -> bytes:
        """The report."""
        from cacviewer.reports.pdf import printed

        printing = self.printing
        return printed(
            printing.case,
            self.pictures,
            date=printing.moment.date(),
            automatic=printing.automatic,
            edits=printing.edits,
            interpretation=printing.interpretation,
            why_no_pictures=printing.why_no_pictures,
            options=printing.options,
        )

    @cached_property
    def making(self) -> Making:
        """Case and source images for DICOM objects: the series is looked at again where it was opened.

        Raises:
            CannotExport: It has no DICOM study, is not there any more, or is another one; or no names are wanted.
        """
        if self.printing.options.anonymised:
            raise CannotExport(
                "DICOM objects belong to the study of the patient and carry the names that stand there.",
                code="anonymised",
                remedy="Anonymise the scan first (cacviewer anonymize) and score the copy.",
            )
        from cacviewer.reading.source_images import source_images
        from cacviewer.reports.dicom_instance import Making

        source = source_images(self.case.source, self.case.info, self.case.grid)
        printing = self.printing
        return Making(self.case, source, printing.moment, printing.edits, printing.interpretation)


def _pdf(material: Material, path: Path) -> list[Path]:
    from cacviewer.files import writing

    printed = material.pdf
    with writing(path, "wb") as file:
        file.write(printed)
    return [path]


def _csv(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.csv import write_lesions, write_scores

    lesions = path.with_name("lesions.csv")
    printing = material.printing
    bom = printing.options.bom
    write_scores(
        printing.case, path, bom=bom, edits=len(printing.edits), interpretation=printing.interpretation
    )
    write_lesions(printing.case, lesions, bom=bom)
    return [lesions, path]


def _txt(material: Material, path: Path) -> list[Path]:
    from cacviewer.reports.text import write_text

    write_text(material.printing, path)
    return [path]


def _json(material: Material, path: Path) -> list[Path]:
    from cacviewer.storage.case_json import write_case

    printing = material.printing
    case = printing.case
    if printing.volume is not None:
        case = with_comparison(case, printing.volume.hu)
    write_case(
        case,
        path,
        automatic=printing.automatic,
        edits=printing.edits,
        inputs=printing.inputs,
        interpretation=printing.interpretation,
    )
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
    sheet = sheet_of(material.case, material.pictures, date=material.printing.moment.date())
    write_captures(making, material.pictures[: len(sheet.captions)], sheet.captions, folder)
    return [folder]


def _overview(material: Material, path: Path) -> list[Path]:
    """The projection of the heart with its lesions as JPEG; nothing where no heart was found."""
    from PIL import Image

    from cacviewer.files import writing

    for picture in material.pictures:
        if picture.kind == "mip":
            with writing(path, "wb") as file:
                Image.fromarray(picture.rgb).save(file, "JPEG", quality=80)
            return [path]
    return []


WRITERS: dict[str, Callable[[Material, Path], list[Path]]] = {
    "pdf": _pdf,
    "txt": _txt,
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
    "overview": _overview,
}
"""Kind of target to its writer; each tells the paths that it wrote."""
