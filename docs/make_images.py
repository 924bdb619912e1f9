"""Makes the pictures of README and docs from the demo phantom: `make images` (needs a screen, or xvfb-run)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from cacviewer import settings
from cacviewer.app import load_fonts, made_window
from cacviewer.core.edits import GiveArtery
from cacviewer.core.lesions import Artery
from cacviewer.phantom import DEMO_SEED, generate, parameters_for, write
from cacviewer.ui import theme
from cacviewer.workers.pool import WorkerPool

IMAGES = Path(__file__).parent / "images"


def main() -> int:
    """Draws window.png and report.png."""
    app = QApplication(sys.argv[:1])
    load_fonts(app)
    theme.apply(app, "dark")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(
            generate(parameters_for(DEMO_SEED, decoys=False, noise_sd_hu=12.0)),
            folder / "phantom",
            dicom=True,
        )
        pool = WorkerPool()
        window = made_window(pool, settings.Settings())
        window.resize(1480, 900)
        window.show()
        pool.start()
        window.open_paths([str(folder / "phantom" / "dicom")])
        wait(lambda: window.store.session.shown is not None and not window.workflow.busy)
        give_arteries(window, folder / "phantom")
        window.actions_by_id.run("lesion.next")
        settle(4000)
        window.screen().grabWindow(window.winId()).save(str(IMAGES / "window.png"))
        window.workflow.export({"pdf": str(folder / "report.pdf")})
        wait(lambda: not window.workflow.busy)
        words = ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png"]
        subprocess.run([*words, str(folder / "report.pdf"), str(IMAGES / "report")], check=True)
        pool.close()
    return 0


def give_arteries(window: object, phantom: Path) -> None:
    """Corrects the case as a reader would: each lesion to the artery that the phantom's truth names."""
    import json

    import numpy as np

    truth = json.loads((phantom / "truth.json").read_text(encoding="utf-8"))["lesions"]
    for lesion in window.store.session.shown.scored:  # type: ignore[attr-defined]
        distances = [np.linalg.norm(np.subtract(t["centroid_lps_mm"], lesion.centroid_lps_mm)) for t in truth]
        artery = Artery(truth[int(np.argmin(distances))]["artery"])
        window.store.edit(GiveArtery((lesion.id,), artery))  # type: ignore[attr-defined]


def wait(done: object) -> None:
    """Lets the window live until `done()`."""
    while not done():  # type: ignore[operator]
        settle(100)


def settle(milliseconds: int) -> None:
    """Lets the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
