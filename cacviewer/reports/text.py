"""The report as plain text for a RIS, from a template that the user can edit.

A template is a text with named places in braces. A line that holds nothing but a place whose text is empty is
left out. The program's own templates are in resources/templates; the user's, of the same names, in the folder
`templates` beside the settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cacviewer.core.errors import UnreadableInput
from cacviewer.files import writing
from cacviewer.language import LANGUAGES, Language
from cacviewer.paths import resource, settings_folder
from cacviewer.reports.merged import BOTH
from cacviewer.reports.pages import sheet_of
from cacviewer.reports.printing import Printing
from cacviewer.reports.sheet import Remark, Row, Sheet, Table


def write_text(printing: Printing, path: Path) -> None:
    """Writes report.txt, UTF-8; both languages one after the other where both are wanted.

    Raises:
        UnreadableInput: The template cannot be read, or asks for what there is not.
        CannotWrite: The folder or disk refuses; nothing half-written is left.
    """
    wanted = printing.options.language
    codes = ("en", "ar") if wanted == BOTH else (wanted,)
    texts = [text_of(printing, LANGUAGES[code]) for code in codes]
    with writing(path, "wb") as file:
        file.write("\n\n".join(texts).encode("utf-8", "replace"))


def text_of(printing: Printing, language: Language) -> str:
    """The text of a case in a language.

    Raises:
        UnreadableInput: The template cannot be read, or asks for what there is not.
    """
    sheet = sheet_of(
        printing.case,
        date=printing.moment.date(),
        automatic=printing.automatic,
        edits=printing.edits,
        language=language,
        interpretation=printing.interpretation,
        site=printing.options.site,
    )
    path = template_of(printing.options.template, language.code)
    return filled(path, places_of(sheet))


def template_of(chosen: str, code: str) -> Path:
    """The template in force: the one chosen, the user's, or the program's own."""
    if chosen:
        return Path(chosen)
    users = settings_folder() / "templates" / f"report.{code}.txt"
    return users if users.is_file() else resource(f"templates/report.{code}.txt")


def filled(path: Path, places: Mapping[str, str]) -> str:
    """A template with its places filled.

    Raises:
        UnreadableInput: It cannot be read, or asks for what there is not.
    """
    try:
        template = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refusal(path, f"cannot be read: {error}.") from error
    lines = []
    for number, line in enumerate(template.splitlines(), 1):
        try:
            text = line.format_map(places)
        except KeyError as error:
            raise _refusal(
                path, f"asks in line {number} for {{{error.args[0]}}}, which there is not."
            ) from error
        except (ValueError, IndexError, AttributeError, TypeError) as error:
            raise _refusal(path, f"has braces in line {number} that do not fit: {error}.") from error
        if text.strip() or not line.strip():
            lines.append(text.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"


def places_of(sheet: Sheet) -> dict[str, str]:
    """What a template may ask for, by name; docs/report.md lists them."""
    head, words = sheet.headline, sheet.words
    places = {
        "title": sheet.title,
        "made": sheet.made,
        "site": sheet.site,
        "patient": _rows(sheet.patient),
        "study": _rows(sheet.study),
        "score": head.score if head else words["report.refused"],
        "score_line": words["report.refused"],
        "category": sheet.category,
        "category_line": "",
        "classes": _rows(sheet.classes),
        "scores": _table(sheet.table) if sheet.table else "\n".join(remark.text for remark in sheet.refusal),
        "interpretation": "\n".join(
            " ".join(filter(None, (f"{line.label}: {line.value}.", line.note, line.source)))
            for line in sheet.interpretation
        )
        or words["none"],
        "prior": _rows(sheet.prior) or words["none"],
        "other": _rows(sheet.other) or words["none"],
        "findings": _remarks(sheet.findings) or words["findings.none"],
        "scan": _rows(sheet.scan),
        "method": _rows(sheet.method),
        "rules": _rows(sheet.method[:1]),
        "software": _rows(sheet.method[2:4]),
        "review": sheet.review,
        "limits": "\n".join(sheet.limits),
        "research": f"{words['report.research']} {words['report.physician']}",
    }
    if head is not None:
        places["score_line"] = (
            f"{head.caption}: {' '.join(filter(None, (head.qualifier, head.score)))} ({head.exact})"
        )
        if head.remark:
            places["score_line"] += f" {head.remark}"
        bar = f"; {sheet.bar.caption}" if sheet.bar else ""
        places["category_line"] = f"{words['category.classic5']}: {sheet.category}{bar}"
    return places


def _rows(rows: Iterable[Row]) -> str:
    return "\n".join(f"{row.label}: {row.value}" for row in rows)


def _remarks(remarks: Iterable[Remark]) -> str:
    return "\n".join(f"{remark.label}: {remark.text}" for remark in remarks)


def _table(table: Table) -> str:
    """One line an artery, each number with the name of its column: no layout that a RIS could break."""
    lines = []
    for row in (*table.rows, table.total):
        numbers = ", ".join(f"{name} {cell}" for name, cell in zip(table.columns[1:], row[1:], strict=True))
        lines.append(f"{row[0]}: {numbers}")
    return "\n".join([*lines, *table.notes])


def _refusal(path: Path, what: str) -> UnreadableInput:
    return UnreadableInput(
        f"The template {path} {what}",
        code="template",
        path=str(path),
        remedy="See docs/report.md for what a template may ask for.",
    )
