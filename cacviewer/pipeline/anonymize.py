"""The job `anonymize`: a copy of an input without what tells who was scanned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from cacviewer.reading.anonymise import REASONS, anonymise

Progress = Callable[[str, float], None]


def anonymize(
    paths: Sequence[str], out: str, keep_burned_in: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Writes the copy.

    Returns:
        `folder`, `files`, `patients`, `burned_in`, and `left_out` as pairs of count and reason in words.

    Raises:
        UsageError: The folder holds files or lies inside the input.
        UnreadableInput: There is no image to copy, or the source went away.
        CannotWrite: The disk or folder refuses.
    """
    copied = anonymise(paths, out, keep_burned_in=keep_burned_in, progress=progress)
    left_out = [[count, REASONS[reason]] for reason, count in copied.left_out.items()]
    return {**asdict(copied), "left_out": left_out}
