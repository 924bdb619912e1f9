"""A DICOMDIR: which files of a medium it lists, and which of them are not there (reading rules 12.2.4).

It is a hint and no authority: the folder is walked in any case, so a list that lies costs a finding and no slice.
"""

from __future__ import annotations

import os
import re

from cacviewer.core.findings import Finding, finding
from cacviewer.dicom import tags
from cacviewer.dicom.header import Header
from cacviewer.dicom.walk import Parsed
from cacviewer.reading.sources import shown


def listed_files(parsed: Parsed) -> list[tuple[str, ...]]:
    """File identifiers of the records, each as its components."""
    records = (Header(item) for item in parsed.items.get(tags.DIRECTORY_RECORDS, []))
    return [parts for record in records if (parts := record.codes(tags.REFERENCED_FILE_ID))]


def incompleteness(name: str, parsed: Parsed, there: list[str]) -> list[Finding]:
    """A finding where files are listed that are missing or lie outside; such a path is never opened.

    Args:
        name: Path of the DICOMDIR.
        parsed: Its header.
        there: Paths of the files that were found.
    """
    folder = os.path.dirname(name)
    known = {_key(os.path.relpath(path, folder or ".").split(os.sep)) for path in there}
    lost = [parts for parts in listed_files(parsed) if not _inside(parts) or _key(list(parts)) not in known]
    if not lost:
        return []
    return [finding("dicomdir_incomplete", count=len(lost), files=[shown("/".join(parts)) for parts in lost])]


def _inside(parts: tuple[str, ...]) -> bool:
    pieces = [piece for part in parts for piece in re.split(r"[/\\]", part)]
    return ".." not in pieces and not any(os.path.isabs(p) or re.match(r"[A-Za-z]:", p) for p in parts)


def _key(parts: list[str]) -> tuple[str, ...]:
    """Names as media spell them: any case, maybe a version behind a semicolon or a dot at the end."""
    return tuple(re.sub(r"\.?;\d+$", "", part).rstrip(".").casefold() for part in parts if part)
