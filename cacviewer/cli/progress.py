"""Progress on a terminal: one line on standard error, rewritten in place; silent when it is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable


def terminal_progress() -> Callable[[str, float, float | None], None]:
    """A function that shows (step, fraction, seconds left); an empty step clears the line."""
    if not sys.stderr.isatty():
        return lambda step, fraction, seconds_left: None

    def show(step: str, fraction: float, seconds_left: float | None) -> None:
        left = f", {seconds_left:.0f} s left" if seconds_left and seconds_left >= 1 else ""
        sys.stderr.write(f"\r\x1b[K{step} {fraction:4.0%}{left}" if step else "\r\x1b[K")
        sys.stderr.flush()

    return show


def terminal_notice(sentence: str) -> None:
    """Shows a sentence on standard error, in place of the line of progress if there is one."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{clear}cacviewer: {sentence}", file=sys.stderr)
