"""The tables of resources/tables and a user's own percentile CSV, read into values of core."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.interpretation_tables import (
    BandRow,
    BandTable,
    MesaCell,
    MesaTable,
    ReferenceLine,
    RiskModel,
    Tables,
)
from cacviewer.core.patient import SEXES
from cacviewer.paths import resource

_REMEDY = "See docs/report.md for the columns: sex, age_from, age_to, p25, p50, p75, p90."


def tables(own: Path | str | None = None) -> Tables:
    """All tables.

    Args:
        own: A user's percentile CSV, or None.

    Raises:
        UnreadableInput: The CSV is no such table.
        FileNotFoundError: This installation lacks a table.
    """
    bundled = _bundled()
    return replace(bundled, own=own_table(Path(own))) if own else bundled


@lru_cache(maxsize=1)
def _bundled() -> Tables:
    mesa, hoff = _read("mesa_percentiles"), _read("hoff_percentiles")
    models, arab = _read("mesa_models"), _read("arab_reference")
    risk, age = models["risk"], models["arterial_age"]
    return Tables(
        mesa=_mesa(mesa),
        hoff=BandTable(
            source=hoff["source"],
            percents=tuple(hoff["columns"]),
            rows=tuple(
                BandRow(sex, low, high, tuple(limits))
                for sex, rows in hoff["limits"].items()
                for (low, high), limits in zip(hoff["bands"], rows, strict=True)
            ),
        ),
        arab=tuple(_line(line) for line in arab["lines"]),
        risk_source=risk["source"],
        risk_ages=(risk["ages"][0], risk["ages"][1]),
        with_cac=_model(risk["with_cac"]),
        without_cac=_model(risk["without_cac"]),
        age_source=age["source"],
        age_ages=(age["ages"][0], age["ages"][1]),
        age_a=float(age["a"]),
        age_b=float(age["b"]),
    )


def own_table(path: Path) -> BandTable:
    """A user's percentile table.

    Lines that begin with "#" are the source, printed with the percentile. Columns: sex (female, male), age_from,
    age_to (completed years, both included), and p1 to p99 in ascending order: the score at that percentile.

    Raises:
        UnreadableInput: A column or number is not as it should be; the message names the line.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"The percentile table {path} cannot be read: {error}.", code="percentile_table", path=str(path),
            remedy=_REMEDY,
        ) from error  # fmt: skip
    source = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader([line for _, line in numbered])
    percents = _percents(reader.fieldnames or (), path)
    rows: list[BandRow] = []
    for (number, _), cells in zip(numbered[1:], reader, strict=True):
        row = _own_row(cells, percents, path, number)
        if any(row.sex == r.sex and row.low <= r.high and r.low <= row.high for r in rows):
            raise _wrong(path, f"line {number}: these ages overlap with those of another line")
        rows.append(row)
    if not rows:
        raise _wrong(path, "it has no rows")
    return BandTable(source or path.name, percents, tuple(rows))


def _percents(names: Any, path: Path) -> tuple[int, ...]:
    lacking = {"sex", "age_from", "age_to"} - set(names)
    if lacking:
        raise _wrong(path, f"there is no column {', '.join(sorted(lacking))}")
    found = tuple(int(name[1:]) for name in names if name[:1] == "p" and name[1:].isdigit())
    if not found or list(found) != sorted(set(found)) or not all(1 <= p <= 99 for p in found):
        raise _wrong(path, "it needs columns of percentiles (p25, p50, ...) in ascending order")
    return found


def _own_row(cells: dict[str, Any], percents: tuple[int, ...], path: Path, number: int) -> BandRow:
    try:
        row = BandRow(
            sex=str(cells["sex"]).strip().lower(),
            low=int(cells["age_from"]),
            high=int(cells["age_to"]),
            limits=tuple(float(cells[f"p{percent}"]) for percent in percents),
        )
    except (TypeError, ValueError):
        raise _wrong(path, f"line {number}: a number is missing or is none") from None
    if row.sex not in SEXES:
        raise _wrong(path, f"line {number}: sex is female or male")
    if row.low > row.high or any(not 0 <= limit < float("inf") for limit in row.limits):
        raise _wrong(path, f"line {number}: an age or a score cannot be so")
    if list(row.limits) != sorted(row.limits):
        raise _wrong(path, f"line {number}: scores fall as percentiles rise")
    return row


def _wrong(path: Path, what: str) -> UnreadableInput:
    return UnreadableInput(
        f"The percentile table {path} cannot be used: {what}.",
        code="percentile_table",
        path=str(path),
        remedy=_REMEDY,
    )


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(resource(f"tables/{name}.json").read_text("utf-8"))
    return document


def _mesa(document: dict[str, Any]) -> MesaTable:
    cells = {}
    for key, cell in document["cells"].items():
        group, sex, age = key.split(":")
        cells[group, sex, int(age)] = MesaCell(cell["p"], tuple(cell["r"]), tuple(cell["t"]))
    return MesaTable(
        document["source"], tuple(document["groups"]), (document["ages"][0], document["ages"][1]), cells
    )


def _line(line: dict[str, Any]) -> ReferenceLine:
    return ReferenceLine(
        key=line["key"],
        source=line["source"],
        percents=tuple(line["columns"]),
        limits={sex: tuple(limits) for sex, limits in line["limits"].items()},
        old_from=line.get("both_sexes_from_age"),
        old_limits=tuple(line.get("both_sexes_limits", ())),
    )


def _model(document: dict[str, float]) -> RiskModel:
    return RiskModel(document["S0"], {name: b for name, b in document.items() if name != "S0"})
