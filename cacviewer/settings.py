"""Every setting once: name, default, text, and what it may be. Kept as JSON in the user's settings folder.

A row of the table is all that a new setting needs; its type is the type of its default. No reader below the
command line and the window: what a step needs is an argument.
"""

from __future__ import annotations

import getpass
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from cacviewer import files, paths
from cacviewer.core import rulesets
from cacviewer.core.errors import CannotWrite

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A row of the table.

    Attributes:
        name: Its key in the file, stable.
        default: Value until somebody changes it; bool, int, float, str or a tuple of str.
        text: What it does, for people.
        choices: The values that are allowed, if not all are.
        low: Smallest number allowed.
        high: Largest number allowed.
    """

    name: str
    default: T
    text: str
    choices: tuple[T, ...] = ()
    low: float | None = None
    high: float | None = None

    def checked(self, value: object) -> T:
        """The value in the setting's type.

        Raises:
            ValueError: It is none that the setting may have.
        """
        typed = self._typed(value)
        if self.choices and typed not in self.choices:
            raise ValueError(f"{self.name} may be {', '.join(map(str, self.choices))}, not {value!r}")
        if isinstance(typed, int | float):
            low, high = self.low, self.high
            if (low is not None and typed < low) or (high is not None and typed > high):
                raise ValueError(f"{self.name} lies between {low} and {high}, not {value!r}")
        return typed

    def _typed(self, value: object) -> T:
        kind = type(self.default)
        if kind is tuple and isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            return tuple(value)  # type: ignore[return-value]  # T is tuple[str, ...] here
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not kind or value != value:  # a NaN differs from itself
            raise ValueError(f"{self.name} is a {kind.__name__}, not {value!r}")
        return value


LANGUAGE = Setting("language", "system", "Language of the window.", choices=("system", "en", "ar"))
THEME = Setting("theme", "dark", "Colours of the window.", choices=("dark", "light", "system"))
LAYOUT = Setting("layout", "grid", "Arrangement of the views.", choices=("grid", "big", "axial", "surface"))
RULES = Setting("rules", "literature", "Rule set of the scores.", choices=rulesets.NAMES)
METHOD = Setting("method", "threshold", "How calcium is found.", choices=("threshold", "network"))
EXPORT_FOLDER = Setting("export_folder", "", "Folder that exports go to; empty: the one used last.")
RECENT_KEPT = Setting("recent_kept", True, "Remember what was opened.")
RECENT: Setting[tuple[str, ...]] = Setting("recent", (), "Paths that were opened, newest first.")
HEART_OPACITY = Setting("heart_opacity", 0.2, "Opacity of heart and aorta, 0 to 1.", low=0, high=1)
CALCIUM_OPACITY = Setting("calcium_opacity", 0.5, "Opacity of calcium, 0 to 1.", low=0, high=1)
SMOOTH = Setting("smooth", True, "Smooth pictures; off shows voxels.")
LANGUAGES, PAPERS = ("en", "ar", "both"), ("a4", "us-letter")
REPORT_LANGUAGE = Setting("report_language", "en", "Language of reports.", choices=LANGUAGES)
PAPER = Setting("paper", "a4", "Paper of reports.", choices=PAPERS)
SITE = Setting("site", "", "Name of the site on reports; empty: as in the header.")
LOGO = Setting("logo", "", "Logo on reports: a PNG, JPEG or SVG file.")
CSV_BOM = Setting("csv_bom", False, "Begin CSV files with a byte order mark, for Excel.")
PERCENTILES = Setting("percentiles", "", "Percentile table of your own: a CSV file.")
REVIEWER = Setting("reviewer", "", "Who edits; empty: the login name.")
WINDOW_PLACE = Setting("window_place", "", "Place and size of the window, as Qt writes it.")
WINDOW_PANELS = Setting("window_panels", "", "Places of the panels, as Qt writes them.")

TABLE: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    LAYOUT,
    RULES,
    METHOD,
    EXPORT_FOLDER,
    RECENT_KEPT,
    RECENT,
    HEART_OPACITY,
    CALCIUM_OPACITY,
    SMOOTH,
    REPORT_LANGUAGE,
    PAPER,
    SITE,
    LOGO,
    CSV_BOM,
    PERCENTILES,
    REVIEWER,
    WINDOW_PLACE,
    WINDOW_PANELS,
)

MOST_RECENT = 20
"""So many entries has the list of recent paths (habits of other viewers)."""


def login_name() -> str:
    """Name of the user, or "" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run a user without an entry
        return ""


class Settings:
    """The values of all settings; those that equal the default are not written."""

    def __init__(self, path: Path | None = None, values: Mapping[str, object] | None = None) -> None:
        """Starts with the values given; `path` is where they are saved, None: nowhere."""
        self._path = path
        self._values: dict[str, Any] = {}
        self._others: dict[str, object] = {}
        rows = {row.name: row for row in TABLE}
        for name, value in (values or {}).items():
            if name not in rows:
                self._others[name] = value  # of a newer version: kept as it is
                continue
            try:
                self._values[name] = rows[name].checked(value)
            except ValueError as error:
                log.warning("setting ignored: %s", error)

    def get(self, setting: Setting[T]) -> T:
        """The value in force."""
        return cast(T, self._values.get(setting.name, setting.default))

    def put(self, setting: Setting[T], value: T) -> None:
        """Changes a value; it is written at the next `save`.

        Raises:
            ValueError: The setting may not have it.
        """
        self._values[setting.name] = setting.checked(value)

    def remember(self, path: str) -> None:
        """Puts a path at the head of the recent ones, if they are kept."""
        if self.get(RECENT_KEPT):
            others = [p for p in self.get(RECENT) if p != path]
            self.put(RECENT, (path, *others)[:MOST_RECENT])

    def report_options(self) -> dict[str, Any]:
        """How reports are written, by the names of `reports.formats.ReportOptions`."""
        return {
            "language": self.get(REPORT_LANGUAGE),
            "paper": self.get(PAPER),
            "site": self.get(SITE),
            "logo": self.get(LOGO),
            "bom": self.get(CSV_BOM),
            "percentiles": self.get(PERCENTILES),
        }

    def plain(self) -> dict[str, object]:
        """What is written: everything that differs from its default, and what a newer version left."""
        changed = {row.name: self.get(row) for row in TABLE if self.get(row) != row.default}
        return {**self._others, **changed}

    def save(self) -> None:
        """Writes the settings; a disk that refuses is logged, for nobody should lose work over it."""
        if self._path is None:
            return
        text = json.dumps(self.plain(), indent=2, ensure_ascii=False, sort_keys=True)
        try:
            with files.writing(self._path, "w") as stream:
                stream.write(text + "\n")
        except (OSError, CannotWrite) as error:
            log.warning("settings not saved: %s", error)


def load(path: Path | None = None) -> Settings:
    """The user's settings; a file that cannot be read gives the defaults.

    Args:
        path: The file; None: settings.json in the settings folder of the user.
    """
    path = path or paths.settings_folder() / "settings.json"
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(path)
    except (OSError, ValueError) as error:
        log.warning("settings not read: %s", error)
        return Settings(path)
    return Settings(path, values if isinstance(values, dict) else {})
