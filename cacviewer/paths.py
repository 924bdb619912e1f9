"""Where things are: the user's folders, the program's resources, the command of a child.

Resources have three homes: `cacviewer/resources` in a wheel, `resources/` beside the package in a checkout,
and the unpacked bundle of a frozen program. Nothing else in the program knows them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

PROGRAM = "cacviewer"


def settings_folder() -> Path:
    """Settings and templates of the user; made if it is not there."""
    return _made(Path(platformdirs.user_config_dir(PROGRAM, appauthor=False)))


def models_folder() -> Path:
    """Networks that the user added: cards with their weights; made if it is not there."""
    return _made(Path(platformdirs.user_data_dir(PROGRAM, appauthor=False)) / "models")


def cache_folder() -> Path:
    """What can be made again; made if it is not there."""
    return _made(Path(platformdirs.user_cache_dir(PROGRAM, appauthor=False)))


def state_folder() -> Path:
    """Journals of sessions, window places, recent files; made if it is not there."""
    return _made(Path(platformdirs.user_state_dir(PROGRAM, appauthor=False)))


def log_folder() -> Path:
    """Log files; made if it is not there."""
    return _made(Path(platformdirs.user_log_dir(PROGRAM, appauthor=False)))


def resource(name: str) -> Path:
    """The path of a resource, by its name under `resources/` ("fonts/NotoSans-Regular.ttf", "icons").

    Raises:
        FileNotFoundError: This installation lacks it.
    """
    for home in _resource_homes():
        if (path := home / name).exists():
            return path
    raise FileNotFoundError(f"this installation of {PROGRAM} lacks the resource {name}")


def is_frozen() -> bool:
    """Whether this is the packed program and not Python with a package."""
    return bool(getattr(sys, "frozen", False))


def worker_command() -> list[str]:
    """Program and first words that start a child of this program."""
    return [sys.executable, "--worker"] if is_frozen() else [sys.executable, "-m", PROGRAM, "--worker"]


def _resource_homes() -> list[Path]:
    package = Path(__file__).resolve().parent
    homes = [package / "resources", package.parent / "resources"]
    if bundle := getattr(sys, "_MEIPASS", None):
        homes[:0] = [Path(bundle) / PROGRAM / "resources", Path(bundle) / "resources"]
    return homes


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
