"""The sheet as a PDF through typst: no screen, no Qt, the same bytes for the same case and date.

The page is a text file (resources/report/report.typ); values reach it as JSON and pictures as raw pixels, all in
memory. Only the bundled fonts are used, so that the page does not depend on the machine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.files import writing
from cacviewer.language import LANGUAGES, Language
from cacviewer.paths import resource
from cacviewer.reports.pages import Picture, Sheet, sheet_of

STANDARD = "a-2u"

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


def write_pdf(
    case: Case,
    pictures: Sequence[Picture],
    path: Path,
    *,
    date: datetime,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    language: Language = LANGUAGES["en"],
) -> None:
    """Writes report.pdf whole or not at all.

    Args:
        case: What is shown, edits applied.
        pictures: Key images, in the order of printing; may be none.
        path: Target file.
        date: Of the report, printed and in the file's data.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        language: Of all texts.

    Raises:
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    sheet = sheet_of(case, pictures, date=date, automatic=automatic, edits=edits, language=language)
    printed = pdf_bytes(sheet, pictures, date)
    with writing(path, "wb") as file:
        file.write(printed)


def pdf_bytes(sheet: Sheet, pictures: Sequence[Picture], date: datetime, *, paper: str = "a4") -> bytes:
    """Prints a sheet.

    Args:
        sheet: What stands on it.
        pictures: Those that the sheet has captions for.
        date: Of the report.
        paper: Paper as typst names it ("a4", "us-letter").

    Raises:
        typst.TypstError: The template is wrong.
    """
    import typst  # 30 ms, for those who print

    document: dict[str, bytes] = {"main": resource("report/report.typ").read_bytes()}
    figures: list[dict[str, Any]] = []
    for number, picture in enumerate(pictures):
        rows, columns, _ = picture.rgb.shape
        name = f"picture-{number}.rgb"
        document[name] = np.ascontiguousarray(picture.rgb, np.uint8).tobytes()
        figures.append({"file": name, "width": columns, "height": rows})
    values = asdict(sheet) | {"pictures": figures, "paper": paper, "date": _date(date)}
    document["sheet.json"] = json.dumps(_clean(values), ensure_ascii=False).encode("utf-8")
    fonts = [str(resource("fonts"))]
    stamp = date if date.tzinfo else date.replace(tzinfo=UTC)
    for standards, alone in (([STANDARD], True), ([STANDARD], False), ([], False)):
        # A name in a script that the bundled fonts lack fails under PDF/A. Then the machine's fonts may help;
        # at last the sheet is printed with boxes for those letters, for the ID still tells who it is.
        try:
            printed: bytes = typst.compile(
                document,
                font_paths=fonts,
                ignore_system_fonts=alone,
                format="pdf",
                pdf_standards=standards,
                timestamp=stamp,
            )
            return printed
        except typst.TypstError as error:
            if not standards or "could not be displayed" not in error.message:
                raise
    raise AssertionError("unreachable")


def _date(date: datetime) -> dict[str, int]:
    return {part: getattr(date, part) for part in ("year", "month", "day", "hour", "minute", "second")}


def _clean(value: Any) -> Any:
    """Values without what no font has: control characters of headers, lone surrogates of file names."""
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    if isinstance(value, str):
        return value.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")
    return value
