"""The table of what a Case can be exported as. Nothing is loaded before a format is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output.

    Attributes:
        key: As in `--format`.
        title: For menus and dialogs.
        file_name: What the file is called in the output folder.
        suffix: Of the file, with the dot.
        loader: "module:function" that writes it.
        needs_pixels: Whether scan or masks are needed, not the case alone.
    """

    key: str
    title: str
    file_name: str
    suffix: str
    loader: str
    needs_pixels: bool = False

    def load(self) -> Any:
        """Imports the writer; this is where typst or numpy are paid for."""
        module, _, name = self.loader.partition(":")
        return getattr(import_module(module), name)


FORMATS: tuple[Format, ...] = (
    Format("pdf", "PDF report", "report.pdf", ".pdf", "cacviewer.reports.pdf:write_pdf", needs_pixels=True),
    Format("scores", "Scores (CSV)", "scores.csv", ".csv", "cacviewer.reports.csv:write_scores"),
    Format("lesions", "Lesions (CSV)", "lesions.csv", ".csv", "cacviewer.reports.csv:write_lesions"),
    Format("json", "Case (JSON)", "case.json", ".json", "cacviewer.storage.case_json:write_case"),
    Format("masks", "Masks (NIfTI)", "", ".nii.gz", "cacviewer.reports.masks:write_masks", needs_pixels=True),
)


def format_of(key: str) -> Format:
    """The row of a key.

    Raises:
        KeyError: There is none.
    """
    for row in FORMATS:
        if row.key == key:
            return row
    raise KeyError(key)
