"""The sheet as a PDF through typst: no screen, no Qt, the same bytes for the same case and date.

The page is a text file (resources/report/report.typ); values reach it as JSON and pictures as SVG, all in
memory: no patient's name lies in a temporary file. Only the bundled fonts are used, so that the page does not
depend on the machine.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from cacviewer.core.case import Case
from cacviewer.core.edits import Edit
from cacviewer.core.interpretation import Interpretation
from cacviewer.files import writing
from cacviewer.language import LANGUAGES, Language
from cacviewer.paths import resource
from cacviewer.render.pictures import Picture, png_bytes
from cacviewer.reports.formats import ReportOptions
from cacviewer.reports.logo import logo_svg
from cacviewer.reports.merged import BOTH, merged
from cacviewer.reports.pages import sheet_of
from cacviewer.reports.sheet import Sheet

STANDARD = "a-2u"
MOST_LESIONS = 4
"""Axial pictures on a sheet; with projection and front view they fill two rows."""
ON_WHITE = frozenset({"front"})
"""Kinds of picture that are drawn on white; the ground beside the others is black."""

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


def write_pdf(case: Case, pictures: Sequence[Picture], path: Path, *, date: dt.date, **more: Any) -> None:
    """Writes report.pdf whole or not at all; arguments as `printed`.

    Raises:
        UnreadableInput: The logo cannot be used.
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    report = printed(case, pictures, date=date, **more)
    with writing(path, "wb") as file:
        file.write(report)


def printed(
    case: Case,
    pictures: Sequence[Picture],
    *,
    date: dt.date,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    interpretation: Interpretation | None = None,
    why_no_pictures: str = "",
    options: ReportOptions | None = None,
) -> bytes:
    """The report of a case as the bytes of its PDF.

    Args:
        case: What is shown, edits applied.
        pictures: Key images, in the order of printing; may be none.
        date: Of the report, printed and in the file's data; a datetime is printed with its time.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        interpretation: Of the shown score, or None.
        why_no_pictures: Key of the text that says why there are none, or "".
        options: Language, paper, site and logo.

    Raises:
        UnreadableInput: The logo cannot be used.
    """
    options = options or ReportOptions()
    pictures = _chosen(pictures)

    def sheet_in(language: Language) -> Sheet:
        return sheet_of(
            case,
            pictures,
            date=date,
            automatic=automatic,
            edits=edits,
            language=language,
            interpretation=interpretation,
            site=options.site,
            no_pictures=_why(why_no_pictures, case, language),
        )

    if options.language == BOTH:
        sheet = merged(sheet_in(LANGUAGES["en"]), sheet_in(LANGUAGES["ar"]))
    else:
        sheet = sheet_in(LANGUAGES[options.language])
    return pdf_bytes(sheet, pictures, date, paper=options.paper, logo=logo_svg(options.logo))


def _why(key: str, case: Case, say: Language) -> str:
    return say("pictures.missing", why=say(key, path=case.source)) if key else ""


def pdf_bytes(
    sheet: Sheet, pictures: Sequence[Picture], date: dt.date, *, paper: str = "a4", logo: bytes = b""
) -> bytes:
    """Prints a sheet.

    Args:
        sheet: What stands on it.
        pictures: Those that the sheet has captions for.
        date: Of the report.
        paper: Paper as typst names it ("a4", "us-letter").
        logo: An SVG, or nothing.

    Raises:
        typst.TypstError: The template is wrong.
    """
    document: dict[str, bytes] = {"main": resource("report/report.typ").read_bytes()}
    figures: list[dict[str, Any]] = []
    for number, picture in enumerate(pictures[: len(sheet.captions)]):
        name = f"picture-{number}.svg"
        document[name] = _svg(picture)
        figures.append({"file": name, "dark": picture.kind not in ON_WHITE})
    stamp = _stamp(date)
    moment = {part: getattr(stamp, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    if logo:
        document["logo.svg"] = logo
    values = asdict(sheet) | {"pictures": figures, "paper": paper, "date": moment, "logo": bool(logo)}
    document["sheet.json"] = json.dumps(_clean(values), ensure_ascii=False).encode("utf-8")
    return _compiled(document, stamp)


def _compiled(document: dict[str, bytes], stamp: dt.datetime) -> bytes:
    """The document through typst, as PDF/A as long as there is a font for every letter.

    A name in a script that the bundled fonts lack is no PDF/A. Then the machine's fonts may help; at last the
    sheet is printed with boxes for those letters, for the ID beside them still tells who it is.
    """
    import typst  # 30 ms, for those who print

    compiled: Any = typst.compile  # its type stubs do not know of files in memory
    fonts = [str(resource("fonts"))]
    for standards, alone in (([STANDARD], True), ([STANDARD], False), ([], False)):
        try:
            printed: bytes = compiled(
                document,
                font_paths=fonts,
                ignore_system_fonts=alone,
                format="pdf",
                pdf_standards=standards,
                timestamp=stamp,
            )
            return printed
        except typst.TypstError as error:
            if not standards or "PDF/A" not in error.message:
                raise
    raise AssertionError("the last attempt returns or raises")


def _chosen(pictures: Sequence[Picture]) -> tuple[Picture, ...]:
    axial = [picture for picture in pictures if picture.kind == "axial"][:MOST_LESIONS]
    return (*(picture for picture in pictures if picture.kind != "axial"), *axial)


def _svg(picture: Picture) -> bytes:
    """The picture as text, because typst takes no files in memory but text; its pixels are not changed by it."""
    rows, columns, _ = picture.rgb.shape
    packed = base64.b64encode(png_bytes(np.ascontiguousarray(picture.rgb))).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{columns}" height="{rows}"><image width="{columns}" height="{rows}" '
        f'xlink:href="data:image/png;base64,{packed}"/></svg>'
    ).encode("ascii")


def _stamp(date: dt.date) -> dt.datetime:
    """The date as a moment of whole seconds with a time zone; a plain date is its midnight, UTC."""
    if not isinstance(date, dt.datetime):
        date = dt.datetime.combine(date, dt.time())
    return date.replace(microsecond=0, tzinfo=date.tzinfo or dt.UTC)


def _clean(value: Any) -> Any:
    """Values without what no font has: control characters of headers, lone surrogates of file names."""
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    if isinstance(value, str):
        return value.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")
    return value
