"""index.html of a batch: one file that opens from disk without a network.

The page is resources/batch/page.html; the rows are put into it as JSON, and only its script makes text of them, so
that nothing of a header can become a tag.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cacviewer.core.findings import CATALOGUE, Severity
from cacviewer.evaluation.case_files import OVERVIEW
from cacviewer.paths import resource
from cacviewer.storage.batch_list import Entry

MOST_EMBEDDED = 2000
"""Pictures are part of the page up to so many scans (about 20 kB each); of more the page shows the cases' files."""

PLACE = "/*DATA*/"


def page(scored: Sequence[Entry], refused: Sequence[Entry], out: Path) -> str:
    """The page as text.

    Args:
        scored: Scans with a row.
        refused: Scans without.
        out: Folder of the batch, where the pictures are.
    """
    embeds = len(scored) + len(refused) <= MOST_EMBEDDED
    data = {
        "cases": [_case(one, out, embeds) for one in scored],
        "failures": [_failure(one, out, embeds) for one in refused],
    }
    # "</script>" in a name would end the script
    text = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
    return resource("batch/page.html").read_text("utf-8").replace(PLACE, text)


def _case(entry: Entry, out: Path, embeds: bool) -> dict[str, Any]:
    row = entry.row
    codes = [code for code in row["findings"].split(";") if code]
    return {
        "folder": entry.folder,
        "link": _link(entry, out, "report.pdf"),
        "patient": row["patient_id"],
        "date": row["study_date"],
        "agatston": float(row["agatston"]) if row["agatston"] else None,
        "reported": int(row["reported"]) if row["reported"] else None,
        "volume": float(row["volume_mm3"]) if row["volume_mm3"] else None,
        "mass": float(row["mass_mg"]) if row["mass_mg"] else None,
        "lesions": int(row["lesions"]) if row["lesions"] else None,
        "category": row["category_word"],
        "label": row["category_label"],
        "low": float(row["stability_low"]) if row["stability_low"] else None,
        "high": float(row["stability_high"]) if row["stability_high"] else None,
        "heart": float(row["heart_ml"]) if row["heart_ml"] else None,
        "flags": [code for code in codes if _is_flag(code)],
        "notes": [code for code in codes if not _is_flag(code)],
        "picture": _picture(entry, out, embeds),
    }


def _failure(entry: Entry, out: Path, embeds: bool) -> dict[str, Any]:
    return {
        "folder": entry.folder,
        "path": "; ".join(entry.paths).encode("utf-8", "replace").decode("utf-8"),
        "code": entry.code,
        "reason": entry.reason,
        "link": _link(entry, out, "case.json"),
        "picture": _picture(entry, out, embeds),
    }


def _is_flag(code: str) -> bool:
    """Whether a reader should look at the scan: its finding is more than a note."""
    return code not in CATALOGUE or CATALOGUE[code].severity is not Severity.INFO


def _link(entry: Entry, out: Path, name: str) -> str:
    return f"{quote(entry.folder)}/{name}" if (out / entry.folder / name).is_file() else ""


def _picture(entry: Entry, out: Path, embeds: bool) -> str:
    file = out / entry.folder / OVERVIEW
    if not file.is_file():
        return ""
    if not embeds:
        return f"{quote(entry.folder)}/{OVERVIEW}"
    return "data:image/jpeg;base64," + base64.b64encode(file.read_bytes()).decode("ascii")
