"""What a batch leaves beside its cases: scores.csv, scores.parquet, failures.csv and index.html.

All are made from the journal, so that they can be made anew at any time. scores.csv holds the cells that `score`
wrote for each scan, letter by letter.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from cacviewer.evaluation.batch_columns import COLUMNS
from cacviewer.evaluation.batch_page import page
from cacviewer.files import writing
from cacviewer.storage.batch_list import BatchList, Entry

FAILURES = ("path", "code", "reason")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(journal: BatchList, out: Path) -> None:
    """Writes all tables and the page; each file appears whole.

    Raises:
        CannotWrite: The folder or disk refuses.
    """
    scored, refused = journal.scored(), journal.refused()
    _write_csv(out / "scores.csv", scores_rows(scored))
    _write_csv(out / "failures.csv", [list(FAILURES), *(_failure(one) for one in refused)])
    from cacviewer.evaluation.batch_parquet import write_parquet

    write_parquet(out / "scores.parquet", [one.row for one in scored])
    with writing(out / "index.html", "w") as file:
        file.write(page(scored, refused, out))


def scores_rows(scored: Iterable[Entry]) -> list[list[str]]:
    """Header and a row for each scan."""
    rows = [one.row for one in scored]
    names = list(dict.fromkeys(name for row in rows for name in row)) or [column.name for column in COLUMNS]
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _failure(entry: Entry) -> list[str]:
    return [_safe("; ".join(entry.paths)), entry.code, _safe(entry.reason)]


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and that is UTF-8 whatever the names of files are."""
    text = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _write_csv(path: Path, rows: Iterable[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    with writing(path, "wb") as file:
        file.write(text.getvalue().encode("utf-8"))
