"""Window presets: key, name, width and centre in HU. One table for keys, menu and panel."""

from __future__ import annotations

from dataclasses import dataclass

from cacviewer.core.study import Acquisition


@dataclass(frozen=True, slots=True)
class Preset:
    """A window; `width` 0 stands for one that is worked out from the picture."""

    key: str
    name: str
    width: float
    center: float


# Widths and centres as other viewers have them; Calcium is ours: 130 HU clearly grey, 800 HU white.
PRESETS: tuple[Preset, ...] = (
    Preset("1", "Soft tissue", 350, 50),
    Preset("2", "Lung", 1500, -600),
    Preset("3", "Bone", 1800, 400),
    Preset("4", "Calcium", 1000, 300),
    Preset("5", "Angio", 600, 200),
    Preset("6", "Metal", 4000, 1000),
    Preset("7", "Whole range", 0, 0),
    Preset("0", "As stored", 0, 0),
)

SOFT_TISSUE = (50.0, 350.0)
"""Centre and width of the first picture where the file asks for nothing sensible."""


def stored_window(acquisition: Acquisition) -> tuple[float, float] | None:
    """Centre and width that the file asks for, if they are sensible (width 1 to 8000), else None."""
    center, width = acquisition.window_center, acquisition.window_width
    if center is None or width is None or not 1 <= width <= 8000:
        return None
    return float(center), float(width)
