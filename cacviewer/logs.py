"""The log: a file that turns over in the log folder, standard error for the command line, a crash file.

No patient data: who opens a scan gives its names and paths to `hide`, and no handler writes them any more.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import re
import sys
from pathlib import Path

from cacviewer import paths

LOG_BYTES, LOG_FILES = 1_000_000, 3
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MIN_HIDDEN_LENGTH = 3
"""Shorter texts ("F", "1") would blacken half of the log."""

_NOISE = re.compile(
    r"oneDNN custom operations are on"
    r"|WARNING: All log messages before absl::InitializeLog"
    r"|This TensorFlow binary is optimized to use available CPU instructions"
    r"|To enable the following instructions: .* rebuild TensorFlow"
    r"|Unable to register cu(DNN|FFT|BLAS) factory"
    r"|computation placer already registered"
    r"|Could not find cuda drivers|Could not find TensorRT|failed call to cuInit"
    r"|MLIR V1 optimization pass is not enabled"
    r"|XLA service 0x|StreamExecutor device"
)

_hidden: set[str] = set()


class Discreet(logging.Formatter):
    """Formats a record, its traceback too, and replaces what `hide` was given."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of the record."""
        text = super().format(record)
        for secret in sorted(_hidden, key=len, reverse=True):
            text = text.replace(secret, "[hidden]")
        return text


def set_up(*, to_stderr: bool, level: int = logging.INFO, folder: Path | None = None) -> Path | None:
    """Starts logging for this process; calling it again starts anew.

    Args:
        to_stderr: Whether warnings go to standard error too (command line).
        level: Lowest level of the file.
        folder: Where the files are; None for the user's log folder.

    Returns:
        The log file, or None where there is no place for one: the program works without.
    """
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h.formatter, Discreet)]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    if to_stderr:
        _add(logging.StreamHandler(sys.stderr), "%(levelname)s: %(message)s", logging.WARNING)
    try:
        file = (folder or paths.log_folder()) / "cacviewer.log"
        file.parent.mkdir(parents=True, exist_ok=True)
        _add(
            logging.handlers.RotatingFileHandler(
                file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            ),
            FORMAT,
            level,
        )
        # held open for ever on purpose: the crash handler writes to it when nothing else works any more
        faulthandler.enable(open(file.with_name("crash.log"), "a", encoding="utf-8"))  # noqa: SIM115
    except OSError:
        return None
    return file


def hide(*texts: str) -> None:
    """Names, numbers and paths of a patient that must not stand in the log from now on."""
    _hidden.update(text for text in texts if len(text) >= MIN_HIDDEN_LENGTH)


def is_noise(line: str) -> bool:
    """Whether a line is one of those that libraries print at every start and that say nothing."""
    return bool(_NOISE.search(line))


def _add(handler: logging.Handler, form: str, level: int) -> None:
    handler.setFormatter(Discreet(form))
    handler.setLevel(level)
    logging.getLogger().addHandler(handler)
