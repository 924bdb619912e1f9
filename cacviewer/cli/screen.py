"""Whether there is a screen, asked without Qt, which would end the process if there is none."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

ANSWER_S = 2.0
"""A screen across the network that has not answered by then is not there."""


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open_window() -> bool:
    """Whether Qt could open a window, be it one that nobody sees (QT_QPA_PLATFORM=offscreen)."""
    return has_display() or bool(os.environ.get("QT_QPA_PLATFORM"))


def unreachable() -> str:
    """The screen that the environment names but nobody serves, as it is named there; "" if there is none such.

    Qt aborts the process on it, so it is asked before.
    """
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM", "xcb") not in (
        "xcb",
        "wayland",
    ):
        return ""
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if (wayland and _serves_wayland(wayland)) or (display and _serves_x(display)):
        return ""
    return display or wayland


def _serves_wayland(name: str) -> bool:
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name  # an absolute name stays as it is
    return _answers(socket.AF_UNIX, str(place))


def _serves_x(display: str) -> bool:
    """Whether somebody listens for "host:number.screen"; the ways of X(7): local sockets, or TCP from 6000 on."""
    host, _, number = display.rpartition(":")
    number = number.split(".")[0]
    if not number.isdecimal():
        return False
    if host.startswith("/"):  # launchd and the like name the socket itself
        return _answers(socket.AF_UNIX, display)
    if host in ("", "unix"):
        place = f"/tmp/.X11-unix/X{number}"
        return _answers(socket.AF_UNIX, "\0" + place) or _answers(socket.AF_UNIX, place)
    with suppress(OSError), socket.create_connection((host.strip("[]"), 6000 + int(number)), ANSWER_S):
        return True
    return False


def _answers(family: int, address: str) -> bool:
    with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_S)
        line.connect(address)
        return True
    return False
