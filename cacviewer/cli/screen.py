"""Whether there is a screen, asked without Qt, which would end the process if there is none."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open_window() -> bool:
    """Whether Qt could open a window, be it one that nobody sees (QT_QPA_PLATFORM=offscreen)."""
    return has_display() or bool(os.environ.get("QT_QPA_PLATFORM"))
