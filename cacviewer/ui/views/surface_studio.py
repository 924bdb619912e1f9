"""Where the 3-D scene is rendered: a thread that takes wishes and gives pictures.

Without a GPU a picture takes as long as ten slices. VTK lets Python go on while it renders, so the window never
waits: not for the libraries (they load in the thread), not for a picture. Wishes that pile up during a render
are all done before the next one.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:  # loads VTK
    from cacviewer.ui.views.surface_scene import Scene

log = logging.getLogger(__name__)
Wish = Callable[["Scene"], Any]
THREADED = sys.platform != "darwin"
"""AppKit allows windows, also unseen ones, only to the main thread: there the wishes are done between events."""
PATIENCE_S = 20.0


class Studio(QObject):
    """Owns the scene. Made and spoken to by the window's thread.

    Args:
        threaded: False renders in the thread of the caller, between its events.
        parent: Owner.
    """

    painted = Signal(object)
    """QImage: a new picture."""
    answered = Signal(object, object)
    """(who gets it, value): the result of a wish that somebody waits for."""
    failed = Signal(str)
    """There will be no pictures: why."""

    def __init__(self, *, threaded: bool = THREADED, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._scene: Scene | None = None
        self._stale = False
        self._thread = threading.Thread(target=self._work, name="3-D", daemon=True) if threaded else None
        self._between = QTimer(self, singleShot=True, interval=0)
        self._between.timeout.connect(self._work_once)
        self.answered.connect(self._hand_over)
        if self._thread:
            self._thread.start()

    @property
    def scene(self) -> Scene | None:
        """The scene, to look at while nothing is asked for; None before it is made and after it is closed."""
        return self._scene

    def ask(self, wish: Wish, then: Callable[[Any], None] | None = None, *, repaint: bool = True) -> None:
        """Has something done to the scene and then, unless nothing is to be seen of it, a picture made.

        Args:
            wish: Called with the scene, in the thread.
            then: Called with its result, in the thread of the window.
            repaint: Whether the picture changes.
        """

        def done(scene: Scene) -> None:
            value = wish(scene)
            self._stale |= repaint
            if then is not None:
                self.answered.emit(then, value)

        self._wishes.put(done)
        if self._thread is None:
            self._between.start()

    def picture(self) -> NDArray[np.uint8] | None:
        """The scene as it is now, (rows, columns, 3) uint8; waits for it. None if there is no scene."""
        made: list[NDArray[np.uint8]] = []
        done = threading.Event()
        self._wishes.put(lambda scene: (made.append(scene.frame()), done.set()))
        if self._thread is None:
            self._work_once()
        elif not self._thread.is_alive() or not done.wait(PATIENCE_S):
            return None
        return made[0][:, :, :3] if made else None

    def close(self) -> None:
        """Ends the thread and gives the graphics memory back."""
        self._wishes.put(None)
        if self._thread is None:
            self._between.stop()
            self._work_once()
        else:
            self._thread.join(PATIENCE_S)

    def _work(self) -> None:
        while self._turn():
            pass

    def _work_once(self) -> None:
        if not self._wishes.empty():
            self._turn()

    def _turn(self) -> bool:
        """Does what was asked for, then makes a picture; False at the end."""
        try:
            wishes = self._taken()
            if None in wishes:
                self._end()
                return False
            if self._scene is None:
                from cacviewer.ui.views.surface_scene import Scene  # a second and 100 MB

                self._scene = Scene()
            for wish in wishes:
                if wish is not None:
                    wish(self._scene)
            if self._stale:
                self._stale = False
                self.painted.emit(_image(self._scene.frame()))
        except Exception as error:  # whatever graphics drivers raise: everything but 3-D goes on
            log.exception("3-D")
            self._end()
            with suppress(RuntimeError):  # the window is gone
                self.failed.emit(str(error) or type(error).__name__)
            return False
        return True

    def _taken(self) -> list[Wish | None]:
        wishes = [self._wishes.get()]
        while not self._wishes.empty():
            wishes.append(self._wishes.get())
        return wishes

    def _hand_over(self, then: Callable[[Any], None], value: Any) -> None:
        then(value)  # a method of ours and no function, so that Qt runs it in our thread

    def _end(self) -> None:
        scene, self._scene = self._scene, None
        if scene is not None:
            scene.close()


def _image(pixels: NDArray[np.uint8]) -> QImage:
    rows, columns, _ = pixels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBX8888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # owns its pixels, and is the fastest to draw
