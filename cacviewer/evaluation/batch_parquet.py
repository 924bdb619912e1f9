"""scores.parquet: scores.csv with types, units and meanings. Needs pyarrow (`pip install cacviewer[batch]`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from cacviewer.evaluation.batch_columns import COLUMNS
from cacviewer.files import writing

_READ: dict[type, Callable[[str], object]] = {
    str: lambda text: (
        text[1:] if text.startswith("'") else text
    ),  # what keeps spreadsheets from reading a formula
    int: int,
    float: float,
    bool: lambda text: text == "true",
}


def write_parquet(path: Path, rows: Sequence[Mapping[str, str]]) -> bool:
    """Writes a row for each scan; an empty cell is a null.

    Args:
        path: Target file.
        rows: Cells of scores.csv by column.

    Returns:
        False where pyarrow is not installed; nothing is written then.

    Raises:
        CannotWrite: The folder or disk refuses.
        ValueError: A cell is not of its column's type.
    """
    if find_spec("pyarrow") is None:
        return False
    import pyarrow as pa
    from pyarrow import parquet

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    fields = [
        pa.field(c.name, types[c.kind], metadata={"unit": c.unit, "meaning": c.meaning}) for c in COLUMNS
    ]
    cells = [
        [_READ[c.kind](text) if (text := row.get(c.name, "")) else None for row in rows] for c in COLUMNS
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(cells, fields, strict=True)]
    with writing(path, "wb") as file:
        parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), file)
    return True
