"""What the commands of the window do: small functions of the desk, without widgets.

The table of `actions` names them; menus, keys, buttons and tests run them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from cacviewer.core.edits import ChangeLimit, GiveArtery, Merge, Point, Reject, Restore, split_of
from cacviewer.core.lesions import Artery, Lesion
from cacviewer.core.session import Session
from cacviewer.ui.lesion_rows import numbers_of, selected
from cacviewer.ui.presets import SOFT_TISSUE, Preset, stored_window
from cacviewer.ui.store import SessionStore
from cacviewer.ui.tools import Tool, ToolBox
from cacviewer.ui.translations import translated
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


class Sitting(Protocol):
    """What begins, keeps and ends a sitting (`sitting.Sitting`)."""

    def open(self, path: str = "") -> None: ...
    def save(self) -> bool: ...
    def save_as(self) -> bool: ...
    def review(self) -> None: ...
    def ask_limit(self, limit_hu: int, usual_hu: int) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command may touch."""

    store: SessionStore
    workflow: Workflow
    window: Furniture
    tools: ToolBox
    sitting: Sitting


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
    """Counts selected calcium that is not counted, for the artery that was proposed for it."""
    out = [s for s in selected(desk.store.session) if not s.is_scored]
    _edit(desk, out, Restore)


def merge(desk: Desk) -> None:
    """Makes one lesion of the selected ones; the one that was selected first gives class and artery."""
    session = desk.store.session
    there = {s.id: s for s in selected(session)}
    chosen = [there[i] for i in session.selection if i in there]
    if len(chosen) > 1:
        _edit(desk, chosen, Merge)


def split_pieces(desk: Desk) -> None:
    """Makes a lesion of every piece of the selected one that does not touch the others."""
    split(desk, None)


def split(desk: Desk, plane: tuple[Point, Point] | None) -> None:
    """Splits the selected lesions by a plane (point, normal, LPS) or into their pieces."""
    session = desk.store.session
    if session.shown is None or session.volume is None:
        return
    done = 0
    for lesion in selected(session):
        if edit := split_of(session.shown, lesion.id, session.volume.hu, plane):
            desk.store.edit(edit)
            done += 1
    if not done:
        text = "The line does not cross the selected lesion." if plane else "The lesion is of one piece."
        desk.workflow.said.emit(translated(text))


def change_limit(desk: Desk) -> None:
    """Asks for an HU limit of the selected lesions."""
    session, chosen = desk.store.session, selected(desk.store.session)
    if not chosen or session.shown is None:
        return
    usual = session.shown.rules.limit_hu
    limit = desk.sitting.ask_limit(chosen[0].limit_hu or usual, usual)
    if limit is not None:
        _edit(desk, chosen, lambda ids: ChangeLimit(ids, None if limit == usual else limit))


def accept(desk: Desk) -> None:
    """Takes the proposal as it is and goes to the next lesion."""
    walk(desk, 1)


def escape(desk: Desk) -> None:
    """Puts the tool down; with no tool in the hand, clears the selection."""
    if desk.tools.tool is not Tool.SELECT:
        desk.tools.take(Tool.SELECT)
    else:
        desk.store.select(())


def walk(desk: Desk, step: int) -> None:
    """Goes to the lesion with the next (1) or previous (-1) number; around the ends.

    Numbers stay with their lesions, so an excluded one does not drag the walk to the end of the table.
    """
    session = desk.store.session
    numbers = numbers_of(session)
    ids = sorted((s.id for s in session.shown.lesions), key=numbers.__getitem__) if session.shown else []
    if not ids:
        return
    here = next((i for i, lesion_id in enumerate(ids) if lesion_id in session.selection), None)
    if here is None:
        here = -1 if step > 0 else len(ids)
    go_to_lesion(desk, ids[(here + step) % len(ids)])


def go_to_lesion(desk: Desk, lesion_id: str) -> None:
    """Selects a lesion and moves the crosshair into it."""
    shown = desk.store.session.shown
    if shown is not None:
        desk.store.go_to(shown.lesion(lesion_id))


def select_artery(desk: Desk, artery: Artery) -> None:
    """Selects the counted lesions of an artery."""
    shown = desk.store.session.shown
    if shown is not None:
        desk.store.select(tuple(s.id for s in shown.scored if s.artery is artery))


def _edit(desk: Desk, lesions: list[Lesion], make) -> None:  # noqa: ANN001
    if lesions:
        desk.store.edit(make(tuple(s.id for s in lesions)))


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
