"""Where the slices of a part stand, and whether they make a regular grid (reading rules 12.4).

Only ImagePositionPatient and ImageOrientationPatient place a slice. Other tags are compared and, where they
disagree, mentioned.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid
from cacviewer.dicom import tags
from cacviewer.reading.distances import missing_slices, obliquity, thickness_findings
from cacviewer.reading.frames import Frame, unit_vectors

REGULAR, JITTER, WHOLE_GAP = 0.02, 0.10, 0.10
REGULAR_MM = 0.02
TILT_DEGREES = 0.2
MAX_FILLED = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Slices in the order of their places.

    Attributes:
        frames: One for each slot, None where a slice is missing.
        grid: Of the slots, or of the volume that they are resampled to.
        depths_mm: Place of each slot along the normal from the first, mm.
        shifts_px: (n, 2) sideways offset of each slot (rows, columns) from the grid's first voxel, pixels.
        resampled: Slots are no grid: they are put onto `grid` for viewing.
        findings: What the geometry has to say.
    """

    frames: tuple[Frame | None, ...]
    grid: Grid
    depths_mm: NDArray[np.float64]
    shifts_px: NDArray[np.float64]
    resampled: bool
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Unplaceable:
    """A part without a volume, and why."""

    findings: list[Finding] = field(default_factory=list)


def stack_of(frames: list[Frame]) -> Stack | Unplaceable:
    """Orders the slices of a part and judges their geometry.

    Args:
        frames: Images of one kind, spacing and orientation; no two at one place.
    """
    flaws = _flaws(frames)
    if flaws:
        return Unplaceable(flaws)
    found: list[Finding] = []
    placed = [frame for frame in frames if frame.position is not None]
    axes = unit_vectors(placed[0].orientation)  # type: ignore[arg-type]
    assert axes is not None
    positions = np.array([frame.position for frame in placed])
    order = np.argsort(positions @ axes[2], kind="stable")
    ordered: list[Frame] = [placed[i] for i in order]
    ordered, positions = _without_broken_ends(ordered, positions[order], found)
    lost = [frame.source.name for frame in frames if frame.position is None]
    if not ordered:
        return Unplaceable(found)
    if len(ordered) == 1:
        return _single(ordered[0], axes, [*found, *_cut_short(lost)])
    return _Line(ordered, positions, axes, found, lost).stack()


def _flaws(frames: list[Frame]) -> list[Finding]:
    """What forbids a volume."""
    flaws: list[Finding] = []
    if all(frame.position is None for frame in frames):
        flaws.append(finding("missing_position"))
    if frames[0].orientation is None:
        flaws.append(finding("missing_orientation"))
    elif unit_vectors(frames[0].orientation) is None:
        flaws.append(finding("bad_orientation"))
    if frames[0].spacing_mm is None:
        flaws.append(finding("missing_pixel_spacing"))
    return flaws


def _without_broken_ends(
    frames: list[Frame], positions: NDArray[np.float64], found: list[Finding]
) -> tuple[list[Frame], NDArray[np.float64]]:
    """Takes truncated slices off both ends of the stack: nothing can stand in for them there."""
    whole = [i for i, frame in enumerate(frames) if not frame.truncated]
    broken = [frame.source.name for frame in frames if frame.truncated]
    if broken:
        found.append(finding("truncated_file", count=len(broken), files=broken))
    if not whole:
        return [], positions[:0]
    kept = slice(whole[0], whole[-1] + 1)
    return frames[kept], positions[kept]


def _cut_short(files: list[str]) -> list[Finding]:
    """The finding for images that do not say where they stand and leave no gap: the stack lacks them at an end."""
    return [finding("truncated_file", count=len(files), files=files)] if files else []


def _single(frame: Frame, axes: NDArray[np.float64], found: list[Finding]) -> Stack:
    assert frame.position is not None
    assert frame.spacing_mm is not None
    thickness = frame.header.number(tags.SLICE_THICKNESS) or 0.0
    spacing = (thickness if thickness > 0 else 1.0, *frame.spacing_mm)
    grid = Grid(
        (1, frame.format.rows, frame.format.columns), spacing, _point(frame.position), _directions(axes)
    )
    found.append(finding("single_slice"))
    found += obliquity(axes[2])
    return Stack((frame,), grid, np.zeros(1), np.zeros((1, 2)), False, tuple(found))


class _Line:
    """The places of at least two slices along their normal."""

    def __init__(
        self,
        frames: list[Frame],
        positions: NDArray[np.float64],
        axes: NDArray[np.float64],
        found: list[Finding],
        lost: list[str],
    ) -> None:
        self.frames, self.positions, self.axes, self.found = frames, positions, axes, found
        self.lost = lost
        assert frames[0].spacing_mm is not None
        self.pixel_mm = np.array(frames[0].spacing_mm)
        self.depths = positions @ axes[2]
        self.index = np.arange(len(frames))
        self.increment = 1.0
        self.variable = False

    def stack(self) -> Stack:
        self._find_increment()
        shifts = self._sideways()
        self.found += obliquity(self.axes[2])
        if not self.variable:
            self.found += thickness_findings(self.frames, self.increment)
        slots = int(self.index[-1]) + 1
        frames: list[Frame | None] = [None] * slots
        for i, frame in zip(self.index, self.frames, strict=True):
            frames[int(i)] = None if frame.truncated else frame
        # along the normal the fitted line, sideways the first slice as it stands
        start = self.positions[0] + (self.first_depth - self.depths[0]) * self.axes[2]
        spacing = (self.increment, float(self.pixel_mm[0]), float(self.pixel_mm[1]))
        grid = Grid((slots, *self._matrix()), spacing, _point(start), _directions(self.axes))
        self._report_missing(frames, grid)
        if self.variable or shifts is not None:
            return self._resampled(shifts)
        depths = np.arange(slots, dtype=np.float64) * self.increment
        return Stack(tuple(frames), grid, depths, np.zeros((slots, 2)), False, tuple(self.found))

    def _matrix(self) -> tuple[int, int]:
        return self.frames[0].format.rows, self.frames[0].format.columns

    def _fit(self) -> float:
        """Least-squares line through the depths over the slot numbers; returns the worst residual in mm."""
        slope, self.first_depth = map(float, np.polyfit(self.index, self.depths, 1))
        self.increment = round(slope, 9)  # 3.000000000000018 is 3
        return float(np.abs(self.depths - self.first_depth - self.increment * self.index).max())

    def _find_increment(self) -> None:
        worst = self._fit()
        if worst > max(JITTER * self.increment, REGULAR_MM):
            gaps = np.diff(self.depths)
            usual = float(np.sort(gaps)[(len(gaps) - 1) // 2])  # the lower median is a gap that exists
            whole = np.maximum(1, np.rint(gaps / usual))
            if np.abs(gaps / usual - whole).max() > WHOLE_GAP or whole.sum() + 1 > MAX_FILLED:
                self._variable(gaps)
                return
            self.index = np.concatenate(([0], np.cumsum(whole))).astype(int)
            worst = self._fit()
            if worst > max(JITTER * self.increment, REGULAR_MM):
                self._variable(gaps)
                return
        if worst > max(REGULAR * self.increment, REGULAR_MM):
            percent = round(100 * worst / self.increment, 1)
            self.found.append(
                finding("increment_jitter", percent=percent, increment_mm=round(self.increment, 4))
            )

    def _variable(self, gaps: NDArray[np.float64]) -> None:
        self.variable = True
        self.index = np.arange(len(self.frames))
        low, high = round(float(gaps.min()), 3), round(float(gaps.max()), 3)
        self.found.append(finding("variable_increment", low_mm=low, high_mm=high))

    def _sideways(self) -> NDArray[np.float64] | None:
        """Offsets (rows, columns) in pixels where slices do not stand behind one another, else None."""
        along = self.positions - self.positions[0]
        shifts: NDArray[np.float64] = np.column_stack((along @ self.axes[1], along @ self.axes[0]))
        shifts = shifts / self.pixel_mm
        x = self.depths - self.depths[0]
        slope = np.array([_slope(x, shifts[:, 0]), _slope(x, shifts[:, 1])])
        centre = shifts.mean(axis=0)
        residual = shifts - centre - np.outer(x - x.mean(), slope)
        if np.abs(residual).max() > 0.5:
            offset = np.abs((shifts - np.median(shifts, axis=0)) * self.pixel_mm).max()
            self.found.append(finding("lateral_shift", shift_mm=round(float(offset), 1)))
            return shifts
        degrees = math.degrees(math.atan(float(np.linalg.norm(slope * self.pixel_mm))))
        drift = np.abs(slope * x[-1]).max()
        if degrees > TILT_DEGREES and drift > 0.5:
            self.found.append(finding("gantry_tilt", degrees=round(degrees, 1)))
            return shifts
        return None

    def _report_missing(self, frames: list[Frame | None], grid: Grid) -> None:
        """Gaps; images without a position belong to them, or to the end of the stack where there is none."""
        missing = [i for i, frame in enumerate(frames) if frame is None]
        explained = sum(frame.truncated for frame in self.frames)
        explains = len(missing) - explained >= len(self.lost)
        if missing:
            depths = self.depths - self.first_depth if self.variable else None
            self.found.append(missing_slices(missing, grid, self.lost if explains else None, depths))
        if not (missing and explains):
            self.found += _cut_short(self.lost)

    def _resampled(self, shifts: NDArray[np.float64] | None) -> Stack:
        """Slots as they stand and the regular grid that holds them all, for viewing only."""
        present = [(d, f) for d, f in zip(self.depths, self.frames, strict=True) if not f.truncated]
        if not self.variable:
            step, first = self.increment, self.first_depth
            count = int(self.index[-1]) + 1
        else:
            span = float(self.depths[-1] - self.depths[0])
            step = max(float(np.diff(self.depths).min()), span / min(MAX_FILLED, 4 * len(self.frames)))
            first, count = float(self.depths[0]), math.floor(span / step + 1e-6) + 1
        rows, columns = self._matrix()
        kept = np.array([i for i, f in enumerate(self.frames) if not f.truncated])
        offsets = np.zeros((len(present), 2)) if shifts is None else shifts[kept]
        limit = np.array((rows, columns), float)  # a slice that stands further off is lost to the picture
        low = np.floor(np.maximum(offsets.min(axis=0), -limit))
        high = np.ceil(np.minimum(offsets.max(axis=0), limit))
        size = (rows + int(high[0] - low[0]), columns + int(high[1] - low[1]))
        corner = low * self.pixel_mm
        start = self.positions[0] + (first - self.depths[0]) * self.axes[2]
        start = start + corner[0] * self.axes[1] + corner[1] * self.axes[0]
        spacing = (step, float(self.pixel_mm[0]), float(self.pixel_mm[1]))
        grid = Grid((count, *size), spacing, _point(start), _directions(self.axes))
        depths = np.array([d for d, _ in present]) - first
        return Stack(tuple(f for _, f in present), grid, depths, offsets - low, True, tuple(self.found))


def _slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    centred = x - x.mean()
    spread = float(centred @ centred)
    return float(centred @ y) / spread if spread else 0.0


def _point(position: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(position[0]), float(position[1]), float(position[2])


def _directions(axes: NDArray[np.float64]) -> tuple[tuple[float, float, float], ...]:
    return tuple(_point(line) for line in axes.T)
