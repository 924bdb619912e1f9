"""The voxels of one series: one array, filled slice by slice, and what was seen on the way (reading rules 12.5)."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.errors import UnreadableInput
from cacviewer.core.findings import Finding, finding
from cacviewer.core.study import Inspection, Series, verdict_of
from cacviewer.core.volume import Volume
from cacviewer.reading.decode import DecodeFailed, Decoder
from cacviewer.reading.distances import missing_slices
from cacviewer.reading.fragments import EndsEarly
from cacviewer.reading.frames import Frame
from cacviewer.reading.imagefiles import ImageFile
from cacviewer.reading.loadfile import Read, read_file, refused
from cacviewer.reading.metal import metal_finding
from cacviewer.reading.pixels import read_stored
from cacviewer.reading.resample import filled, placed
from cacviewer.reading.scan import Progress, plan_of
from cacviewer.reading.sources import shown
from cacviewer.reading.stacking import Stack
from cacviewer.reading.voxels import Rescale, Tally, padding_of, rescale_of, to_hu

STEP = "Reading slices"
THREADS = 2
MAX_BYTES = 4 << 30
NOT_HOUNSFIELD = frozenset(("missing_rescale", "not_hounsfield", "not_ct"))


@dataclass(slots=True)
class Outcome:
    """What reading the slots of a stack gave."""

    tally: Tally = field(default_factory=Tally)
    failed: dict[str, list[int]] = field(default_factory=dict)


def load(inspection: Inspection, index: int, progress: Progress | None = None) -> Volume:
    """Reads a series.

    Args:
        inspection: Of the input.
        index: Which of its series.
        progress: Called with the step and the fraction done.

    Raises:
        UnreadableInput: No volume comes out; code, sentence and remedy say why.
    """
    start = time.perf_counter()
    series = inspection.series[index]
    plan = plan_of(inspection, index)
    tell = progress or (lambda step, fraction: None)
    if plan is None:
        raise _unreadable(inspection, series)
    read = read_file if isinstance(plan, ImageFile) else _read_stack
    try:
        hu, grid, missing, found = read(plan, series, tell)  # type: ignore[arg-type]
    except MemoryError as error:
        raise UnreadableInput(
            "There is not enough memory for this series.", code="unreadable_file", path=inspection.path,
            remedy="Close other programs.",
        ) from error  # fmt: skip
    everything = [f for f in series.findings if f.code not in {g.code for g in found}] + found
    if series.info.modality == "CT" and not NOT_HOUNSFIELD & {f.code for f in everything}:
        everything += metal_finding(hu)
    hu.flags.writeable = False
    return Volume(
        hu=hu,
        grid=grid,
        acquisition=series.acquisition,
        info=series.info,
        verdict=verdict_of(tuple(everything)),
        findings=tuple(everything),
        filled_slices=tuple(missing),
        source=inspection.path,
        read_s=inspection.scan_s + time.perf_counter() - start,
    )


def _unreadable(inspection: Inspection, series: Series) -> UnreadableInput:
    worst = next((f for f in series.findings if f.severity.value == "refusal"), None) or series.findings[0]
    return UnreadableInput(worst.message, code=worst.code, path=inspection.path, remedy=worst.remedy)


def _read_stack(stack: Stack, series: Series, tell: Progress) -> Read:
    """Reads the slots of a stack, fills what is missing, and puts onto a grid what is none."""
    first = next(frame for frame in stack.frames if frame is not None)
    shape = (len(stack.frames), first.format.rows, first.format.columns)
    if 2 * shape[0] * shape[1] * shape[2] > MAX_BYTES:
        raise refused(finding("unreadable_file", count=len(series.files)), series.files[0])
    hu = np.empty(shape, np.int16)
    outcome = _read_slots(stack.frames, hu, tell)
    found = _tally_findings(outcome.tally, hu.size)
    if "source_vanished" in outcome.failed:  # what was read can be shown only if it is whole
        raise refused(finding("source_vanished"), series.files[0])
    failed = sorted(slot for slots in outcome.failed.values() for slot in slots)
    for code, slots in outcome.failed.items():
        files = [shown(frame.source.name) for slot in slots if (frame := stack.frames[slot]) is not None]
        found.append(finding(code, count=len(slots), files=files))
    missing = sorted({*failed, *(i for i, frame in enumerate(stack.frames) if frame is None)})
    there = [i for i in range(shape[0]) if i not in set(missing)]
    if not there:
        flaw = found[-1]
        raise UnreadableInput(flaw.message, code=flaw.code, path=series.files[0], remedy=flaw.remedy)
    if len(there) == 1:
        found.append(finding("single_slice"))
    if stack.resampled:
        return _on_grid(stack, hu, there), stack.grid, [], found
    low, high = there[0], there[-1] + 1  # nothing can stand in for a slice at an end
    missing = [i - low for i in missing if low < i < high]
    hu = hu[low:high]
    grid = stack.grid if len(hu) == shape[0] else stack.grid.crop((low, 0, 0, high, shape[1], shape[2]))
    if failed and missing:
        found.append(missing_slices(missing, grid))
    filled(hu, missing)
    return hu, grid, missing, found


def _on_grid(stack: Stack, hu: NDArray[np.int16], there: list[int]) -> NDArray[np.int16]:
    return placed(
        hu[there],
        stack.depths_mm[there],
        stack.shifts_px[there],
        stack.grid.shape_zyx,
        stack.grid.increment_mm,
    )


def _read_slots(frames: tuple[Frame | None, ...], hu: NDArray[np.int16], tell: Progress) -> Outcome:
    """Reads all slices, on two threads: one waits for the disk or a decoder while the other converts."""
    outcome = Outcome()
    decoders: SimpleQueue[Decoder] = SimpleQueue()
    for _ in range(THREADS):
        decoders.put(Decoder())
    mixed = {rescale_of(frame) for frame in frames if frame is not None}
    # with a missing rescale in one slice the stored values are shown in all of them (12.5.1)
    stored_only = None in mixed

    def read(slot: int) -> tuple[int, Tally | str]:
        frame = frames[slot]
        if frame is None:
            return slot, ""
        decoder = decoders.get()
        try:
            return slot, _read_slot(frame, hu[slot], decoder, stored_only)
        finally:
            decoders.put(decoder)

    try:
        with ThreadPoolExecutor(THREADS) as pool:
            for done, (slot, result) in enumerate(pool.map(read, range(len(frames)))):
                if isinstance(result, Tally):
                    outcome.tally.add(result)
                elif result:
                    outcome.failed.setdefault(result, []).append(slot)
                if done % 8 == 0:
                    tell(STEP, done / len(frames))
    finally:
        while not decoders.empty():
            decoders.get().close()
    tell(STEP, 1.0)
    return outcome


def _read_slot(frame: Frame, out: NDArray[np.int16], decoder: Decoder, stored_only: bool) -> Tally | str:
    """One slice: what happened to its voxels, or the code of what kept them from being read."""
    try:
        stored, format = read_stored(frame, out, decoder)
    except EndsEarly:
        return "truncated_file"
    except DecodeFailed:
        return "decode_failed"
    except OSError:
        return "source_vanished"
    rescale = Rescale() if stored_only else rescale_of(frame) or Rescale()
    tally = to_hu(stored, out, format, padding_of(frame, format), rescale)
    if format != frame.format:
        tally.repaired.add("BitsStored")
    return tally


def _tally_findings(tally: Tally, voxels: int) -> list[Finding]:
    found: list[Finding] = []
    if tally.padded:
        found.append(finding("padding_replaced", percent=round(100 * tally.padded / voxels, 1)))
    if tally.tissue_padding:
        found.append(finding("padding_ignored"))
    if tally.masked:
        found.append(finding("bits_masked"))
    if tally.clipped:
        found.append(finding("hu_clipped"))
    if tally.repaired:
        found.append(finding("header_repaired", what=", ".join(sorted(tally.repaired))))
    return found
