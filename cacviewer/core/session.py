"""A Session: what a window holds of one study. A value; the store exchanges it for another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from cacviewer.core.anatomy import Anatomy
from cacviewer.core.case import Case
from cacviewer.core.edits import Edit, applied
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.labelled import Memo
from cacviewer.core.measurements import Measurement
from cacviewer.core.patient import PatientInputs
from cacviewer.core.progression import Measured
from cacviewer.core.study import Inspection
from cacviewer.core.volume import Volume


class SlabMode(StrEnum):
    """How a slab of slices becomes one picture."""

    MIP = "mip"
    MEAN = "mean"
    MINIP = "minip"


@dataclass(frozen=True, slots=True)
class ViewState:
    """How the slice views show the volume; shared by all of them.

    Attributes:
        window_center: Level in HU.
        window_width: Width in HU.
        heart_opacity: 0..1, of the fill of heart and aorta.
        calcium_opacity: 0..1, of the fill of lesions.
        show_heart: Heart overlay on.
        show_aorta: Aorta overlay on.
        show_calcium: Lesion overlay on.
        smooth: Linear interpolation; False shows voxels.
        show_crosshair: Crosshair lines on.
        show_text: Furniture on.
        slab_mm: Thickness of the slab about the slice, 0 for the slice alone.
        slab_mode: What is shown of a slab.
    """

    window_center: float = 50.0
    window_width: float = 350.0
    heart_opacity: float = 0.2
    calcium_opacity: float = 0.5
    show_heart: bool = True
    show_aorta: bool = True
    show_calcium: bool = True
    smooth: bool = True
    show_crosshair: bool = True
    show_text: bool = True
    slab_mm: float = 0.0
    slab_mode: SlabMode = SlabMode.MIP


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One study on the screen.

    Attributes:
        inspection: What the scan of the input found, or None.
        volume: The series on the screen, or None.
        anatomy: Its organs, or None while the network works.
        automatic: The program's result, or None.
        shown: The automatic result with edits[:cursor] applied.
        edits: All edits of this sitting, undone ones after the cursor.
        cursor: How many edits are in force.
        selection: Ids of selected lesions.
        crosshair_lps_mm: Where all views look, x, y, z in LPS mm.
        view: How the slice views show it.
        patient: What the reader has entered of the patient.
        prior: The earlier scan that the score is compared with, or None.
        interpretation: Of the shown score for these inputs; made by the store, None without a score.
        measurements: Lengths, angles and ellipses, in the order they were made.
        memo: Scores of groups of lesions that were computed before; a cache of this volume, not a part of the value.
    """

    inspection: Inspection | None = None
    volume: Volume | None = None
    anatomy: Anatomy | None = None
    automatic: Case | None = None
    shown: Case | None = None
    edits: tuple[Edit, ...] = ()
    cursor: int = 0
    selection: tuple[str, ...] = ()
    crosshair_lps_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    view: ViewState = ViewState()
    patient: PatientInputs = PatientInputs()
    prior: Measured | None = None
    interpretation: Interpretation | None = None
    measurements: tuple[Measurement, ...] = ()
    memo: Memo = field(default_factory=dict, repr=False)

    @property
    def can_undo(self) -> bool:
        """Whether an edit is in force."""
        return self.cursor > 0

    @property
    def can_redo(self) -> bool:
        """Whether an edit was undone."""
        return self.cursor < len(self.edits)


def edited(session: Session, edit: Edit) -> Session:
    """The session after a new edit; what was undone before is forgotten."""
    return _at(session, (*session.edits[: session.cursor], edit), session.cursor + 1)


def undone(session: Session) -> Session:
    """The session with the last edit taken back."""
    return _at(session, session.edits, session.cursor - 1) if session.can_undo else session


def redone(session: Session) -> Session:
    """The session with the last undone edit in force again."""
    return _at(session, session.edits, session.cursor + 1) if session.can_redo else session


def _at(session: Session, edits: tuple[Edit, ...], cursor: int) -> Session:
    if session.automatic is None or session.volume is None:
        return session
    shown = applied(session.automatic, edits[:cursor], session.volume.hu, session.memo)
    return replace(session, edits=edits, cursor=cursor, shown=shown)
