"""The table of what a Case can be exported as. Nothing is loaded before a format is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output.

    Attributes:
        key: As in `--format`.
        title: For menus and dialogs.
        file_name: What the file is called in the output folder; of kinds that make several files the folder in it
            that they go to, "" for the output folder itself.
        suffix: Of the files, with the dot.
        loader: "module:function" that writes it.
        needs_pixels: Whether scan or masks are needed, not the case alone.
        needs_study: Whether the headers of the DICOM series are needed.
        makes: Names of the files of a kind that makes several; patterns are allowed.
    """

    key: str
    title: str
    file_name: str
    suffix: str
    loader: str
    needs_pixels: bool = False
    needs_study: bool = False
    makes: tuple[str, ...] = ()

    def load(self) -> Any:
        """Imports the writer; this is where typst or numpy are paid for."""
        module, _, name = self.loader.partition(":")
        return getattr(import_module(module), name)

    def target(self, folder: Path) -> Path:
        """Where it goes in an output folder, as the export job takes it."""
        return folder / self.file_name

    def existing(self, target: Path) -> list[Path]:
        """Files at a target that an export would replace."""
        if not self.makes:
            return [target] if target.exists() else []
        return sorted(path for pattern in self.makes for path in target.glob(pattern))


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gave.

    Attributes:
        written: Paths of files and folders.
        refused: A sentence for each kind that cannot be made of this case.
    """

    written: tuple[str, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How reports are written; plain data that crosses to the child.

    Attributes:
        language: "en", "ar" or "both".
        paper: "a4" or "us-letter".
        site: Name of the site; "" as in the header.
        logo: Path of a PNG, JPEG or SVG, or "".
        bom: Whether CSV files begin with a byte order mark.
        template: Path of a text template, or "" for the user's or the program's own.
        percentiles: Path of a percentile CSV, or "".
        anonymised: Whether names, IDs and dates of birth are left out.
    """

    language: str = "en"
    paper: str = "a4"
    site: str = ""
    logo: str = ""
    bom: bool = False
    template: str = ""
    percentiles: str = ""
    anonymised: bool = False


_ORGANS = ("heart", "aorta", "calcium")


def _three(suffix: str) -> tuple[str, ...]:
    return tuple(name + suffix for name in _ORGANS)


FORMATS: tuple[Format, ...] = (
    Format("pdf", "PDF report", "report.pdf", ".pdf", "cacviewer.reports.pdf:write_pdf"),
    Format("txt", "Text for a RIS", "report.txt", ".txt", "cacviewer.reports.text:write_text"),
    Format("scores", "Scores (CSV)", "scores.csv", ".csv", "cacviewer.reports.csv:write_scores"),
    Format("lesions", "Lesions (CSV)", "lesions.csv", ".csv", "cacviewer.reports.csv:write_lesions"),
    Format("json", "Case (JSON)", "case.json", ".json", "cacviewer.storage.case_json:write_case"),
    Format("nifti", "Masks (NIfTI)", "", ".nii.gz", "cacviewer.reports.masks:write_masks", needs_pixels=True,
           makes=_three(".nii.gz")),
    Format("nrrd", "Masks (NRRD)", "", ".nrrd", "cacviewer.reports.masks:write_nrrd_masks", needs_pixels=True,
           makes=_three(".nrrd")),
    Format("stl", "Surfaces (STL)", "", ".stl", "cacviewer.reports.surfaces:write_surfaces", needs_pixels=True,
           makes=_three(".stl")),
    Format("ply", "Surfaces (PLY)", "", ".ply", "cacviewer.reports.surfaces:write_surfaces", needs_pixels=True,
           makes=_three(".ply")),
    Format("seg", "DICOM segmentation (SEG)", "seg.dcm", ".dcm", "cacviewer.reports.dicom_seg:write_seg",
           needs_pixels=True, needs_study=True),
    Format("sr", "DICOM structured report (SR)", "sr.dcm", ".dcm", "cacviewer.reports.dicom_sr:write_sr",
           needs_study=True),
    Format("epdf", "DICOM report (PDF)", "report.dcm", ".dcm", "cacviewer.reports.dicom_pdf:write_encapsulated",
           needs_study=True),
    Format("sc", "DICOM key images", "key-images", ".dcm", "cacviewer.reports.dicom_capture:write_captures",
           needs_pixels=True, needs_study=True, makes=("key-[0-9][0-9].dcm",)),
)  # fmt: skip


_SEVERAL = {"csv": ("scores", "lesions")}
KINDS: tuple[str, ...] = tuple(
    dict.fromkeys("csv" if row.key in _SEVERAL["csv"] else row.key for row in FORMATS)
)
"""What can be asked for, as in `--format`; csv is two rows."""


def rows_of(kind: str) -> list[Format]:
    """The rows of a kind.

    Raises:
        KeyError: There is no such kind.
    """
    return [format_of(key) for key in _SEVERAL.get(kind, (kind,))]


def format_of(key: str) -> Format:
    """The row of a key.

    Raises:
        KeyError: There is none.
    """
    for row in FORMATS:
        if row.key == key:
            return row
    raise KeyError(key)
