"""Texts of the window in the language of the reader."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "cacviewer"
"""All texts share one context, so that the window and the reports can share one table of translations."""


def translated(text: str) -> str:
    """The text in the language of the window; the English text itself where there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)
