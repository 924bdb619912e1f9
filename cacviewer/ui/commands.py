"""What the commands of the window do: small functions of the desk, without widgets.

The table of `actions` names them; menus, keys, buttons and tests run them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from cacviewer.core.edits import Edit, GiveArtery, Reject
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.session import Session
from cacviewer.ui.lesion_rows import numbers_of, selected
from cacviewer.ui.presets import SOFT_TISSUE, Preset, stored_window
from cacviewer.ui.store import SessionStore
from cacviewer.ui.workflow import Workflow


class Furniture(Protocol):
    """What only a window can do: ask, show, place."""

    views: Any
    """The `linked_views.LinkedViews`."""

    def open_folder(self) -> None: ...
    def open_file(self) -> None: ...
    def close_study(self) -> None: ...
    def export(self, formats: tuple[str, ...]) -> None: ...
    def set_layout(self, name: str) -> None: ...
    def next_pane(self) -> None: ...
    def file_to_write(self, suffix: str) -> str: ...
    def open_surface_window(self) -> None: ...
    def toggle_full_screen(self) -> None: ...
    def show_sheet(self, name: str) -> None: ...
    def close(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command may touch."""

    store: SessionStore
    workflow: Workflow
    window: Furniture
    reviewer: str = ""


# --- lesions ---------------------------------------------------------------------------------------------


def give(desk: Desk, artery: Artery) -> None:
    """Counts the selected lesions for an artery."""
    wrong = [s for s in selected(desk.store.session) if not (s.is_scored and s.artery is artery)]
    _edit(desk, wrong, lambda ids: GiveArtery(ids, artery))


def reject(desk: Desk) -> None:
    """Takes the selected lesions out of the score."""
    counted = [s for s in selected(desk.store.session) if s.is_scored]
    _edit(desk, counted, Reject)


def restore(desk: Desk) -> None:
    """Counts selected lesions that were excluded again, for the artery that the program gave them."""
    automatic = desk.store.session.automatic
    out = [s for s in selected(desk.store.session) if s.kind is LesionClass.REJECTED]
    for artery in Artery:
        of_artery = [s for s in out if automatic and _proposed(automatic.lesion(s.id)) is artery]
        _edit(desk, of_artery, lambda ids, a=artery: GiveArtery(ids, a))


def walk(desk: Desk, step: int) -> None:
    """Goes to the lesion with the next (1) or previous (-1) number; around the ends.

    Numbers stay with their lesions, so an excluded one does not drag the walk to the end of the table.
    """
    session = desk.store.session
    ids = list(numbers_of(session.shown))
    if not ids:
        return
    here = next((i for i, lesion_id in enumerate(ids) if lesion_id in session.selection), None)
    if here is None:
        here = -1 if step > 0 else len(ids)
    go_to_lesion(desk, ids[(here + step) % len(ids)])


def go_to_lesion(desk: Desk, lesion_id: str) -> None:
    """Selects a lesion and moves the crosshair into it."""
    session = desk.store.session
    if session.shown is None:
        return
    lesion = session.shown.lesion(lesion_id)
    # one exchange of the session, so that every view draws once
    desk.store.replace_session(
        replace(session, selection=(lesion_id,), crosshair_lps_mm=lesion.centroid_lps_mm)
    )


def select_artery(desk: Desk, artery: Artery) -> None:
    """Selects the counted lesions of an artery."""
    shown = desk.store.session.shown
    if shown is not None:
        desk.store.select(tuple(s.id for s in shown.scored if s.artery is artery))


def _proposed(lesion: Lesion) -> Artery:
    return lesion.artery if lesion.is_scored else Artery.UNASSIGNED


def _edit(desk: Desk, lesions: list[Lesion], make) -> None:  # noqa: ANN001
    if lesions:
        edit: Edit = make(tuple(s.id for s in lesions))
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        desk.store.edit(replace(edit, reviewer=desk.reviewer, at=now))


# --- views -----------------------------------------------------------------------------------------------


def apply_preset(desk: Desk, preset: Preset) -> None:
    """Gives all views the window of a preset."""
    window = _window_of(preset, desk.store.session)
    if window is not None:
        desk.store.set_view(window_center=window[0], window_width=window[1])


def _window_of(preset: Preset, session: Session) -> tuple[float, float] | None:
    if preset.width:
        return preset.center, preset.width
    if session.volume is None:
        return None
    if preset.key == "0":
        return stored_window(session.volume.acquisition) or SOFT_TISSUE
    return _whole_range(session)


def _whole_range(session: Session) -> tuple[float, float]:
    """Centre and width from the 1st to the 99.9th percentile of the body."""
    assert session.volume is not None
    hu = session.volume.hu
    # every eighth voxel along each axis is plenty for a percentile and takes a millisecond
    sample = hu[:: max(1, hu.shape[0] // 32), ::8, ::8]
    body = sorted(sample[sample > -950].tolist()) or [0]
    low, high = body[len(body) // 100], body[min(len(body) - 1, len(body) * 999 // 1000)]
    return (low + high) / 2, max(1.0, high - low)


def cycle_overlays(desk: Desk) -> None:
    """Everything, then masks only, then the bare picture, then everything again."""
    view = desk.store.session.view
    masks = view.show_heart or view.show_aorta or view.show_calcium
    texts = view.show_text or view.show_crosshair
    if masks and texts:
        _overlays(desk, masks=True, texts=False)
    elif masks:
        _overlays(desk, masks=False, texts=False)
    else:
        _overlays(desk, masks=True, texts=True)


def _overlays(desk: Desk, *, masks: bool, texts: bool) -> None:
    changes = dict.fromkeys(("show_heart", "show_aorta", "show_calcium"), masks)
    desk.store.set_view(**changes, show_text=texts, show_crosshair=texts)


def toggle(desk: Desk, field: str) -> None:
    """Turns a field of the view on or off."""
    desk.store.set_view(**{field: not getattr(desk.store.session.view, field)})
