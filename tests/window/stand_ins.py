"""Stand-ins for tests of the window: a pool that answers when it is told to, a person who answers at once,
and a small chest with calcium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from scipy import ndimage

from cacviewer.core.anatomy import Anatomy, ModelIdentity
from cacviewer.core.assess import assessed, mass_calibration
from cacviewer.core.case import Case, HeartSummary, Timing
from cacviewer.core.errors import CacError, Cancelled
from cacviewer.core.findings import Finding, finding
from cacviewer.core.geometry import Grid, bounding_box
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.rulesets import limit_for
from cacviewer.core.study import (
    Acquisition,
    Gating,
    Inspection,
    Patient,
    Series,
    SeriesInfo,
    Verdict,
    verdict_of,
)
from cacviewer.core.volume import Volume

SHAPE = (40, 160, 200)
SPACING = (2.5, 1.2, 1.2)
PATIENT = Patient("Roe^Jane", "P-0042", "F", "1961-04-05", 65)


@dataclass
class Order:
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    on_result: Callable[[Any], object]
    on_error: Callable[[CacError], object]


class StandInPool(QObject):
    """Holds orders until the test answers them."""

    progress = Signal(int, str, float, object)
    state_changed = Signal(str, str)
    notice = Signal(str)
    restarted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.orders: dict[int, Order] = {}
        self.history: list[str] = []
        self.cancelled: list[str] = []
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True

    def submit(self, name, *args, on_result=None, on_error=None, on_progress=None, **kwargs) -> int:
        self.history.append(name)
        self.orders[len(self.history)] = Order(name, args, kwargs, on_result, on_error)
        return len(self.history)

    def cancel(self, ticket: int) -> None:
        order = self.orders.pop(ticket)
        self.cancelled.append(order.name)
        order.on_error(Cancelled("stopped"))

    @property
    def waiting(self) -> list[str]:
        return [order.name for order in self.orders.values()]

    def ticket(self, name: str) -> int:
        return next(ticket for ticket, order in self.orders.items() if order.name == name)

    def order(self, name: str) -> Order:
        return self.orders[self.ticket(name)]

    def answer(self, name: str, value: Any) -> None:
        self.orders.pop(self.ticket(name)).on_result(value)

    def refuse(self, name: str, error: CacError) -> None:
        self.orders.pop(self.ticket(name)).on_error(error)


@dataclass
class StandInChoices:
    """A person whose answers are known; what was asked is written down."""

    folder: str = ""
    file: str = ""
    overwrite: bool = True
    drop: bool = True
    session: str = ""
    name: str = "Dr Roe"
    recover: int | None = 1
    hu: int | None = None
    asked: list[str] = field(default_factory=list)

    def folder_to_open(self, parent, start):
        self.asked.append("folder_to_open")
        return self.folder

    def file_to_open(self, parent, start):
        self.asked.append("file_to_open")
        return self.file

    def folder_for_export(self, parent, start):
        self.asked.append("folder_for_export")
        return self.folder

    def file_for_export(self, parent, start, suffix):
        self.asked.append("file_for_export")
        return self.file

    def may_overwrite(self, parent, names):
        self.asked.append("may_overwrite")
        return self.overwrite

    def leaving(self, parent):
        self.asked.append("leaving")
        return "drop" if self.drop else ""

    def session_to_open(self, parent, start):
        self.asked.append("session_to_open")
        return self.session

    def file_for_session(self, parent, start):
        self.asked.append("file_for_session")
        return self.session

    def folder_of_scan(self, parent, start, sentence):
        self.asked.append(sentence)
        return self.folder

    def signature(self, parent, session, name):
        self.asked.append(f"signature {name}")
        return self.name

    def what_to_recover(self, parent, found):
        self.asked.append("what_to_recover")
        return found[: self.recover] if self.recover is not None else None

    def limit(self, parent, limit_hu, usual_hu):
        self.asked.append(f"limit {limit_hu} {usual_hu}")
        return self.hu


def chest(*, findings: tuple[Finding, ...] = (), spots: int = 4, verdict: Verdict | None = None) -> Volume:
    """Soft tissue in air, a heart in it, calcium in the heart, a rib beside it."""
    rng = np.random.default_rng(7)
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    hu = rng.normal(-850, 20, SHAPE)
    body = ((y - 80) / 70) ** 2 + ((x - 100) / 95) ** 2 < 1
    lung = (((y - 80) / 55) ** 2 + ((abs(x - 100) - 50) / 32) ** 2 < 1) & body
    hu = np.where(body, rng.normal(40, 15, SHAPE), hu)
    hu = np.where(lung, rng.normal(-800, 25, SHAPE), hu)
    hu = np.where(heart_mask(), rng.normal(45, 15, SHAPE), hu)
    for i in range(spots):
        c = (12 + 4 * i, 60 + 9 * i, 90 + 12 * i)
        spot = ((z - c[0]) * 2.5) ** 2 + ((y - c[1]) * 1.2) ** 2 + ((x - c[2]) * 1.2) ** 2 < (3.2 + i) ** 2
        hu = np.where(spot, 250 + 120 * i, hu)
    hu[:, 128:136, 88:112] = 700  # spine, far from the heart
    hu = hu.round().astype(np.int16)
    hu.flags.writeable = False
    grid = Grid(SHAPE, SPACING, (-120.0, -96.0, -50.0))
    made = Acquisition(120.0, 3.0, 2.5, "Qr36", Gating.GATED, manufacturer="Test", window_center=None)
    info = series_info()
    judged = verdict or verdict_of(findings)
    return Volume(hu, grid, made, info, judged, findings, source="/scans/roe", read_s=0.4)


def heart_mask() -> np.ndarray:
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    return ((z - 20) / 15) ** 2 + ((y - 75) / 36) ** 2 + ((x - 105) / 42) ** 2 < 1


def aorta_mask() -> np.ndarray:
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    return ((y - 108) / 10) ** 2 + ((x - 118) / 10) ** 2 + 0 * z < 1


def anatomy_of(volume: Volume) -> Anatomy:
    heart, aorta = heart_mask(), aorta_mask()
    ml = float(heart.sum() * volume.grid.voxel_mm3 / 1000)
    return Anatomy(
        heart, aorta, True, 0.97, ml, bounding_box(heart), ModelIdentity("heart", "0" * 64), seconds=0.8
    )


def case_of(volume: Volume, anatomy: Anatomy | None = None, findings: tuple[Finding, ...] = ()) -> Case:
    """The automatic case of a volume; every lesion of the heart has an artery in turn."""
    anatomy = anatomy or anatomy_of(volume)
    rules, limit_findings = limit_for(volume.acquisition)
    lesions = lesions_of(volume)
    case = Case(
        info=volume.info,
        acquisition=volume.acquisition,
        grid=volume.grid,
        source=volume.source,
        verdict=volume.verdict,
        model=anatomy.model,
        heart=HeartSummary(True, anatomy.heart_ml, anatomy.heart_box, anatomy.heart_confidence),
        rules=rules,
        mass=mass_calibration(volume.acquisition, rules),
        method="threshold",
        lesions=lesions,
        scores=None,
        category=None,
        findings=(*volume.findings, *limit_findings, *findings),
        timing=Timing(read=0.4, heart=0.8, calcium=0.2),
        software="cacviewer test",
    )
    return assessed(case, volume.hu)


def lesions_of(volume: Volume) -> tuple[Lesion, ...]:
    """What is bright: in the heart coronary, with arteries in turn; the spine is bone."""
    labels, _ = ndimage.label(volume.hu >= 130, np.ones((3, 3, 3)))
    arteries = [Artery.LAD, Artery.RCA, Artery.LCX, Artery.UNASSIGNED]
    made = []
    for number, where in enumerate(ndimage.find_objects(labels), start=1):
        voxels = labels[where] == number
        if voxels.sum() < 8:
            continue
        voxels.flags.writeable = False
        index = np.argwhere(voxels) + [s.start for s in where]
        values = volume.hu[where][voxels]
        in_heart = heart_mask()[where][voxels].mean() > 0.5
        peak = index[values.argmax()]
        made.append(
            Lesion(
                id="L{:03d}-{:03d}-{:03d}".format(*peak),
                box=(*(s.start for s in where), *(s.stop for s in where)),
                voxels=voxels,
                kind=LesionClass.CORONARY if in_heart else LesionClass.BONE,
                artery=arteries[len(made) % 4] if in_heart else Artery.UNASSIGNED,
                reason="in the heart, outside the aorta"
                if in_heart
                else "bright tissue that reaches out of the heart",
                confidence=0.9,
                centroid_lps_mm=tuple(float(v) for v in volume.grid.lps_mm(index.mean(axis=0))),
                max_hu=int(values.max()),
                mean_hu=float(values.mean()),
                voxel_count=len(values),
            )
        )
    return tuple(sorted(made, key=lambda s: (not s.is_scored, -s.voxel_count)))


def series_info(number: int = 4, description: str = "CaSc 3.0") -> SeriesInfo:
    return SeriesInfo(
        PATIENT,
        study_uid="1.2.3",
        series_uid=f"1.2.3.{number}",
        series_number=number,
        description=description,
        study_description="Heart",
        modality="CT",
        study_date="2026-03-02",
    )


def inspection_of(volume: Volume | None = None, chosen: int | None = 0) -> Inspection:
    """Four series, one of each verdict."""
    grid = volume.grid if volume else None
    made = Acquisition(120.0, 3.0, 2.5, "Qr36")
    rows = (
        (series_info(), 40, ()),
        (series_info(5, "Lung 1.0"), 320, (finding("sharp_kernel", kernel="Br64"),)),
        (series_info(1, "Topogram"), 1, (finding("localizer"),)),
    )
    series = [Series(info, n, grid, made, verdict_of(found), found) for info, n, found in rows]
    broken = (finding("missing_position"),)
    series.append(Series(series_info(9, "Export"), 12, None, made, Verdict.UNREADABLE, broken))
    return Inspection("/scans/roe", 380, 373, 7, tuple(series), chosen, (finding("not_dicom", count=7),))
