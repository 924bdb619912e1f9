"""The heart network against drawn masks: one row per case."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.errors import UnreadableInput
from cacviewer.core.volume import Volume
from cacviewer.evaluation.heart_figure import Overlay, overlay_of
from cacviewer.evaluation.overlap import dice, iou, surface_distance
from cacviewer.pipeline.read import load, scan
from cacviewer.pipeline.segment import segment as segment_volume

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HeartRow:
    """Agreement of one case; distances in mm, volumes in ml; `off_top` leaves out 5 mm around the flat cut."""

    case: str
    found: bool
    heart_dice: float
    heart_dice_off_top: float
    heart_iou: float
    heart_hd95_mm: float
    heart_mean_mm: float
    heart_ml: float
    heart_drawn_ml: float
    aorta_dice: float
    aorta_hd95_mm: float
    confidence: float
    seconds: float
    said: str


def read_masked(folder: Path) -> tuple[Volume, Mask, Mask]:
    """Image (dicom/ or ct.nii.gz), heart and aorta of a case folder.

    Raises:
        UnreadableInput: A mask lies on another grid than the image.
    """
    image = folder / "dicom" if (folder / "dicom").is_dir() else folder / "ct.nii.gz"
    volume = _read(image)
    masks = []
    for name in ("heart", "aorta"):
        mask = _read(folder / f"{name}.nii.gz")
        apart = np.abs(np.subtract(mask.grid.origin_lps_mm, volume.grid.origin_lps_mm)).max()
        if mask.hu.shape != volume.hu.shape or apart > 0.1:
            raise UnreadableInput(f"The {name} mask lies on another grid than the image.", path=str(folder))
        masks.append(mask.hu > 0)
    return volume, masks[0], masks[1]


def _read(path: Path) -> Volume:
    inspection = scan([str(path)])
    return load(inspection, inspection.chosen or 0)


def network_of(card: Path | None) -> Callable[[Volume], Anatomy]:
    """The segmentation by the network of a card; None for the program's own."""
    return partial(segment_volume, model=str(card or ""))


def evaluate_case(
    segment: Callable[[Volume], Anatomy], folder: Path, show: Callable[[Overlay], None] | None = None
) -> HeartRow:
    """Segments one case and compares it with its masks; `show` gets the outlines as a picture."""
    volume, heart, aorta = read_masked(folder)
    grid = volume.grid
    before = time.perf_counter()
    found = segment(volume)
    seconds = time.perf_counter() - before
    top = int(np.flatnonzero(heart.any(axis=(1, 2)))[-1])
    band = round(5 / grid.spacing_mm[0])
    off = [without_top(mask, top, band) for mask in (found.heart, heart)]
    of_heart = surface_distance(found.heart, heart, grid.spacing_mm)
    of_aorta = surface_distance(found.aorta, aorta, grid.spacing_mm)
    nan = float("nan")
    if show:
        title = f"{folder.name}: heart {dice(found.heart, heart):.3f}, aorta {dice(found.aorta, aorta):.3f}"
        upwards = slice(None, None, 1 if grid.lps_mm((1, 0, 0))[2] > grid.lps_mm((0, 0, 0))[2] else -1)
        masks = (
            {"heart": pair[0][upwards], "aorta": pair[1][upwards]}
            for pair in ((found.heart, found.aorta), (heart, aorta))
        )
        show(overlay_of(title, volume.hu[upwards], grid.spacing_mm, *masks))
    return HeartRow(
        case=folder.name,
        found=found.heart_found,
        heart_dice=dice(found.heart, heart),
        heart_dice_off_top=dice(*off),
        heart_iou=iou(found.heart, heart),
        heart_hd95_mm=of_heart.p95_mm if of_heart else nan,
        heart_mean_mm=of_heart.mean_mm if of_heart else nan,
        heart_ml=found.heart_ml,
        heart_drawn_ml=float(np.count_nonzero(heart)) * grid.voxel_mm3 / 1000,
        aorta_dice=dice(found.aorta, aorta),
        aorta_hd95_mm=of_aorta.p95_mm if of_aorta else nan,
        confidence=found.heart_confidence,
        seconds=seconds,
        said="; ".join(f.message for f in found.findings),
    )


def without_top(mask: Mask, top: int, slices: int) -> Mask:
    """A copy of a mask without the slices up to `slices` below and above the drawn top."""
    cut = mask.copy()
    cut[max(0, top + 1 - slices) : top + 1 + slices] = False
    return cut


def evaluate_folder(
    data: Path, segment: Callable[[Volume], Anatomy], show: Callable[[Overlay], None] | None = None
) -> Iterator[HeartRow]:
    """Every case folder below `data` (those with a heart mask), in order of their names."""
    for mask in sorted(data.rglob("heart.nii.gz")):
        yield evaluate_case(segment, mask.parent, show)


def volumes_in(data: Path) -> Iterator[tuple[str, Volume]]:
    """The images of the case folders below `data`, with the names of the folders."""
    for mask in sorted(data.rglob("heart.nii.gz")):
        yield mask.parent.name, read_masked(mask.parent)[0]


def write_rows(rows: Sequence[HeartRow], path: Path) -> None:
    """Writes rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(HeartRow)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def read_rows(path: Path) -> list[HeartRow]:
    """Reads what `write_rows` wrote.

    Raises:
        UnreadableInput: It is no such file.
    """
    kinds: dict[str, Callable[[str], object]] = {
        "str": str,
        "float": float,
        "bool": lambda text: text == "True",
    }
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return [
                HeartRow(**{f.name: kinds[str(f.type)](row[f.name]) for f in fields(HeartRow)})  # type: ignore[arg-type]
                for row in csv.DictReader(file)
            ]
    except (OSError, KeyError, ValueError) as error:
        raise UnreadableInput(f"This is no table of heart results ({error}).", path=str(path)) from error


def heart_table(rows: Sequence[HeartRow]) -> str:
    """The rows as a Markdown table with mean and worst."""
    lines = [
        "| case | heart Dice | off the top | IoU | HD95 mm | mean mm | volume ml (drawn) | aorta Dice | HD95 mm | s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        lines.append(
            f"| {r.case} | {r.heart_dice:.3f} | {r.heart_dice_off_top:.3f} | {r.heart_iou:.3f} | {r.heart_hd95_mm:.1f} "
            f"| {r.heart_mean_mm:.1f} | {r.heart_ml:.0f} ({r.heart_drawn_ml:.0f}) | {r.aorta_dice:.3f} "
            f"| {r.aorta_hd95_mm:.1f} | {r.seconds:.2f} |"
        )
    for word, pick in (("mean", np.mean), ("worst", np.min)):
        values = [
            float(pick([getattr(r, name) for r in rows]))
            for name in ("heart_dice", "heart_dice_off_top", "heart_iou", "aorta_dice")
        ]
        lines.append(
            f"| **{word}** | {values[0]:.3f} | {values[1]:.3f} | {values[2]:.3f} | | | | {values[3]:.3f} | | |"
        )
    return "\n".join(lines)
