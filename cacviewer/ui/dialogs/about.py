"""About: what this is, its version and licence, what it is not, and the versions underneath."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from cacviewer import __version__
from cacviewer.ui.icons import drawn
from cacviewer.ui.translations import translated

LIBRARIES = ("numpy", "scipy", "pydicom", "SimpleITK", "keras", "vtk", "pyvista", "typst")
"""Asked for their version without importing them."""


class AboutDialog(QDialog):
    """Name, version, licence, libraries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("About cacviewer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sign = QLabel(self)
        sign.setPixmap(drawn("cacviewer", "", 64))
        words = QLabel("\n\n".join(paragraphs()), self)
        words.setWordWrap(True)
        words.setMinimumWidth(440)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        layout.addWidget(buttons)


def paragraphs() -> list[str]:
    """What it says."""
    return [
        f"cacviewer {__version__}",
        translated("Finds, scores and reports coronary artery calcium on CT, with a reader's corrections."),
        translated("For research. It is not a medical device: a physician must check every score."),
        translated("Apache Licence 2.0. Qt for Python is used under the LGPL 3."),
        ", ".join(_versions()),
    ]


def _versions() -> list[str]:
    from importlib import metadata  # 20 ms of the start, for a sheet that hardly anybody opens

    found = [f"Python {platform.python_version()}", f"Qt {qVersion()}", f"PySide6 {pyside_version}"]
    for name in LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found
