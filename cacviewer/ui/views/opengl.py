"""Whether this machine can show 3-D: asked of Qt, before VTK is loaded."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication, QOpenGLContext, QSurfaceFormat

NO_WINDOW_PLATFORMS = frozenset({"offscreen", "minimal", "vnc", "linuxfb"})
"""Of Qt: VTK gets no context there, and the first question about it ends the process."""


def why_no_opengl() -> str:
    """A reason why there can be no 3-D view, "" when there can."""
    if os.environ.get("CACVIEWER_NO_OPENGL"):
        return "CACVIEWER_NO_OPENGL is set"
    platform = QGuiApplication.platformName()
    if platform in NO_WINDOW_PLATFORMS:
        return f"Qt platform {platform}"
    wanted = QSurfaceFormat()
    wanted.setVersion(3, 2)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    context = QOpenGLContext()
    context.setFormat(wanted)
    if not context.create():
        return "no OpenGL context"
    version = context.format().version()
    return "" if version >= (3, 2) else f"OpenGL {version[0]}.{version[1]}"
