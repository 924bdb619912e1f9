"""The step "find" (candidates, classes, scores, nine rule sets) of 512x512x57 after segmentation, three ways.

By the rules, by the rules without the stability interval, and by the network; in turn in one process after one
round to warm up, so that a busy machine is as bad for all of them. A phantom with its true masks, or a series with
the heart network's.

    python -m benchmarks.find [--rounds 9] [--series FOLDER]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.volume import Volume

WAYS = {
    "threshold": 0.0,
    "threshold without stability": 0.3,
    "network": 1.0,
}
"""Bars in seconds; 0 for none."""


def phantom() -> tuple[Volume, Anatomy]:
    """A gated phantom of 512x512x57 and its true masks."""
    from cacviewer.core.anatomy import ModelIdentity
    from cacviewer.core.geometry import bounding_box
    from cacviewer.evaluation.phantoms import volume_of
    from cacviewer.phantom import generate, parameters_for

    chest = generate(parameters_for(1, spacing_mm=0.39, increment_mm=2.5, thickness_mm=2.5))
    ml = float(chest.heart.sum()) * chest.grid.voxel_mm3 / 1000
    masks = chest.heart, chest.aorta
    true = ModelIdentity("true masks", "")
    return volume_of(chest), Anatomy(*masks, True, 1.0, ml, bounding_box(chest.heart), true)


def segmented(folder: str) -> tuple[Volume, Anatomy]:
    """A series and the organs that the network finds in it."""
    from cacviewer.pipeline.read import load, scan
    from cacviewer.pipeline.segment import segment

    inspection = scan([folder])
    if inspection.chosen is None:
        raise SystemExit(f"There is no series to score in {folder}.")
    volume = load(inspection, inspection.chosen)
    return volume, segment(volume)


def without_stability(volume: Volume, anatomy: Anatomy) -> Any:
    """`find`, but no member of the interval is scored."""
    from cacviewer.pipeline.find import find

    def no_members(found: object, group: object, groups: int, *rest: object) -> Any:
        return np.zeros((0, groups))

    with patch("cacviewer.core.assess.varied", no_members):
        return find(volume, anatomy)


def main(argv: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--series", help="DICOM folder; a phantom if not given")
    args = parser.parse_args(argv)
    from cacviewer.pipeline.find import find
    from cacviewer.pipeline.jobs import warm

    warm("network")
    volume, anatomy = segmented(args.series) if args.series else phantom()
    calls: dict[str, Callable[[], Any]] = {
        "threshold": lambda: find(volume, anatomy),
        "threshold without stability": lambda: without_stability(volume, anatomy),
        "network": lambda: find(volume, anatomy, "network"),
    }
    process: dict[str, list[float]] = {way: [] for way in WAYS}
    wall: dict[str, list[float]] = {way: [] for way in WAYS}
    lesions = 0
    for number in range(args.rounds + 1):
        for way, call in calls.items():
            worked, started = time.process_time(), time.perf_counter()
            lesions = len(call().lesions)
            if number:
                process[way].append(time.process_time() - worked)
                wall[way].append(time.perf_counter() - started)
    z, y, x = volume.grid.shape_zyx
    print(f"{x}x{y}x{z}, {lesions} objects, median (least) of {args.rounds} rounds, seconds")
    for way, bar in WAYS.items():
        print(
            f"{way:28}  processor {statistics.median(process[way]):.3f} ({min(process[way]):.3f})"
            f"  clock {statistics.median(wall[way]):.3f} ({min(wall[way]):.3f})"
            + (f"  bar {bar}" if bar else "")
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
