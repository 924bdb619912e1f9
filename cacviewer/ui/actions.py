"""Every command of the window once: id, text, keys, icon, when it is enabled, what it runs.

Menus, tool bar, keys, buttons, the sheet of keys and the tests use the same rows. A new command is a row of
COMMANDS and its id in a menu of MENUS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cacviewer.core.lesions import Artery
from cacviewer.core.measurements import Kind
from cacviewer.core.rulesets import NAMES, TITLES
from cacviewer.core.session import Session, SlabMode
from cacviewer.ui import commands, view_commands
from cacviewer.ui.commands import Desk
from cacviewer.ui.edit_texts import edit_text
from cacviewer.ui.lesion_rows import numbers_of, selected
from cacviewer.ui.presets import PRESETS, Preset
from cacviewer.ui.tools import Tool
from cacviewer.ui.translations import translated


def always(_session: Session) -> bool:
    """Enabled whatever is on the screen."""
    return True


def has_input(session: Session) -> bool:
    """Something was opened."""
    return session.inspection is not None or session.volume is not None


def has_volume(session: Session) -> bool:
    """There are pictures."""
    return session.volume is not None


def has_case(session: Session) -> bool:
    """The scan was looked through, with a score or without."""
    return session.shown is not None and session.anatomy is not None


def has_scores(session: Session) -> bool:
    """There are scores."""
    return session.shown is not None and session.shown.scores is not None


def has_result(session: Session) -> bool:
    """There is a result, be it one without scores."""
    return session.shown is not None


def can_review(session: Session) -> bool:
    """There is a result that nobody has signed."""
    return has_scores(session) and not session.is_locked


def is_locked(session: Session) -> bool:
    """The case is signed."""
    return session.is_locked


def has_lesions(session: Session) -> bool:
    """There is calcium to walk through."""
    return session.shown is not None and bool(session.shown.lesions)


def has_measurements(session: Session) -> bool:
    """Something was measured."""
    return bool(session.measurements)


def has_selection(session: Session) -> bool:
    """A lesion is selected."""
    return bool(selected(session))


def editable(session: Session) -> bool:
    """A lesion is selected that may be changed."""
    return not session.is_locked and bool(selected(session))


def counted_selected(session: Session) -> bool:
    """A counted lesion is selected."""
    return not session.is_locked and any(lesion.is_scored for lesion in selected(session))


def other_selected(session: Session) -> bool:
    """Calcium that is not counted is selected."""
    return not session.is_locked and any(not lesion.is_scored for lesion in selected(session))


def several_selected(session: Session) -> bool:
    """Lesions are selected that can be merged."""
    return not session.is_locked and len(selected(session)) > 1


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table.

    Attributes:
        id: Stable name, "group.what".
        text: Words in menus; & marks the mnemonic.
        run: What it does, called with the desk and what `Actions.run` was given.
        keys: Shortcuts; the first is shown.
        icon: Name of a drawing.
        enabled: Whether it can be run.
        checked: For commands that switch something: whether it is on.
        label: Words that depend on the session, instead of `text`.
        tip: A longer description, for tool tips and the sheet of keys.
    """

    id: str
    text: str
    run: Callable[..., Any]
    keys: tuple[str, ...] = ()
    icon: str = ""
    enabled: Callable[[Session], bool] = always
    checked: Callable[[Desk], bool] | None = None
    label: Callable[[Session], str] | None = None
    tip: str = ""


def _undo_text(session: Session) -> str:
    if not session.can_undo:
        return translated("&Undo")
    edit = session.edits[session.cursor - 1]
    return translated("&Undo: {edit}").format(edit=edit_text(edit, numbers_of(session)))


def _redo_text(session: Session) -> str:
    if not session.can_redo:
        return translated("&Redo")
    edit = session.edits[session.cursor]
    return translated("&Redo: {edit}").format(edit=edit_text(edit, numbers_of(session)))


def _switch(id: str, text: str, field: str, icon: str, keys: tuple[str, ...] = ()) -> Command:
    return Command(
        id,
        text,
        lambda desk: commands.toggle(desk, field),
        keys,
        icon,
        checked=lambda desk: bool(getattr(desk.store.session.view, field)),
    )


def _layout(name: str, text: str, key: str) -> Command:
    run = lambda desk: desk.window.set_layout(name)  # noqa: E731
    return Command(f"view.layout.{name}", text, run, (key,), f"layout-{name}")


def _preset(preset: Preset) -> Command:
    run = lambda desk: commands.apply_preset(desk, preset)  # noqa: E731
    return Command(f"view.preset.{preset.key}", preset.name, run, (preset.key,), enabled=has_volume)


def _rules(name: str) -> Command:
    run = lambda desk: desk.workflow.use_rules(name)  # noqa: E731
    in_force = lambda desk: _rules_of(desk.store.session) == name  # noqa: E731
    return Command(f"rules.{name}", TITLES[name], run, enabled=has_case, checked=in_force)


def _slab(mode: SlabMode | None, text: str, tip: str) -> Command:
    run = lambda desk: view_commands.show_slab(desk, mode)  # noqa: E731
    return Command(f"view.slab.{mode or 'off'}", text, run, enabled=has_volume, tip=tip)


def _measure(kind: Kind, text: str, key: str, tip: str) -> Command:
    run = lambda desk: desk.window.views.hand.take(kind)  # noqa: E731
    return Command(f"view.measure.{kind}", text, run, (key,), enabled=has_volume, tip=tip)


def _look(name: str, text: str) -> Command:
    run = lambda desk: desk.window.views.look_from(name)  # noqa: E731
    return Command(f"view.surface.{name}", text, run, enabled=has_volume)


def _rules_of(session: Session) -> str:
    return session.shown.rules.name if session.shown is not None else ""


def _tool(tool: Tool, text: str, key: str, icon: str, tip: str) -> Command:
    run = lambda desk: desk.tools.take(tool)  # noqa: E731
    return Command(
        f"tool.{tool.value}", text, run, (key,), icon, checked=lambda d: d.tools.tool is tool, tip=tip
    )


def _give(artery: Artery, text: str, key: str, tip: str) -> Command:
    run = lambda desk: commands.give(desk, artery)  # noqa: E731
    return Command(f"lesion.give.{artery.value}", text, run, (key,), enabled=editable, tip=tip)


FILE = (
    Command("file.open_folder", "&Open DICOM folder…", lambda d: d.window.open_folder(), ("Ctrl+O",), "open-folder"),
    Command("file.open_file", "Open &file…", lambda d: d.window.open_file(), ("Ctrl+Shift+O",), "open-file"),
    Command("file.open_session", "Open sess&ion…", lambda d: d.sitting.open(), icon="open-file"),
    Command("file.save_session", "&Save session", lambda d: d.sitting.save(), ("Ctrl+S",), "save", enabled=has_result,
            tip="Case, corrections and views in one file; the scan itself stays where it is"),
    Command("file.save_session_as", "Save session &as…", lambda d: d.sitting.save_as(), ("Ctrl+Shift+S",),
            enabled=has_result),
    Command("file.export_pdf", "Export &PDF…", lambda d: d.window.export(("pdf",)), enabled=has_scores),
    Command("file.export_csv", "Export &CSV…", lambda d: d.window.export(("csv",)), enabled=has_scores),
    Command("file.export_text", "Export te&xt and case (JSON)…", lambda d: d.window.export(("txt", "json")),
            enabled=has_case, tip="Text for a RIS, and the whole case for other software."),
    Command("file.export", "&Export PDF and CSV…", lambda d: d.window.export(("pdf", "csv")), ("Ctrl+E",), "export",
            enabled=has_scores, tip="Write the report and the tables of scores"),
    Command("file.export_dicom", "Export &DICOM objects…", lambda d: d.window.export(("seg", "sr", "epdf", "sc")),
            enabled=has_scores, tip="Segmentation, structured report, report and key images for the archive"),
    Command("file.export_masks", "Export &masks and surfaces…",
            lambda d: d.window.export(("nifti", "nrrd", "stl", "ply")), enabled=has_case,
            tip="Heart, aorta and calcium as NIfTI, NRRD, STL and PLY"),
    Command("file.close", "&Close study", lambda d: d.window.close_study(), ("Ctrl+W",), enabled=has_input),
    Command("file.quit", "&Quit", lambda d: d.window.close(), ("Ctrl+Q",)),
)  # fmt: skip
EDIT = (
    Command("edit.undo", "&Undo", lambda d: d.store.undo(), ("Ctrl+Z",), "undo",
            enabled=lambda s: s.can_undo, label=_undo_text),
    Command("edit.redo", "&Redo", lambda d: d.store.redo(), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo",
            enabled=lambda s: s.can_redo, label=_redo_text),
    Command("edit.preferences", "Pre&ferences…", lambda d: d.window.show_sheet("preferences"), ("Ctrl+,",)),
    Command("run.again", "&Score again", lambda d: d.workflow.score_again(), ("F5",), "again", enabled=has_volume,
            tip="Find heart and calcium again; your edits stay"),
)  # fmt: skip
VIEW = (
    _layout("grid", "Four views", "Alt+1"),
    _layout("big", "One big, three small", "Alt+2"),
    _layout("axial", "Axial only", "Alt+3"),
    _layout("surface", "3-D only", "Alt+4"),
    Command("view.surface_window", "3-D in a &window of its own", lambda d: d.window.open_surface_window(),
            ("Alt+5",), enabled=has_volume, tip="For a second screen"),
    *(_preset(preset) for preset in PRESETS),
    Command("view.overlays", "Cycle &overlays", commands.cycle_overlays, ("Space",), "overlays",
            tip="All, masks only, nothing"),
    _switch("view.heart", "&Heart", "show_heart", "heart"),
    _switch("view.aorta", "&Aorta", "show_aorta", "aorta"),
    _switch("view.calcium", "&Calcium", "show_calcium", "calcium"),
    _switch("view.crosshair", "C&rosshair", "show_crosshair", "crosshair", ("H",)),
    _switch("view.text", "&Texts", "show_text", "text", ("I",)),
    _switch("view.smooth", "&Smooth pictures", "smooth", "smooth", ("Q",)),
    Command("view.next_pane", "&Next pane", lambda d: d.window.next_pane(), ("F6",)),
    Command("view.full_screen", "F&ull screen", lambda d: d.window.toggle_full_screen(), ("F11",)),
)  # fmt: skip
SLAB = (
    _slab(None, "S&lices", "One slice, no slab"),
    _slab(SlabMode.MIP, "Slabs: ma&ximum (MIP)", "The brightest of some slices"),
    _slab(SlabMode.MEAN, "Slabs: m&ean", "The mean of some slices"),
    _slab(SlabMode.MINIP, "Slabs: mi&nimum (MinIP)", "The darkest of some slices"),
    Command("view.slab.thicker", "Thic&ker slab", lambda d: view_commands.thicken_slab(d, 1), ("Ctrl+Shift+Up",),
            enabled=has_volume),
    Command("view.slab.thinner", "T&hinner slab", lambda d: view_commands.thicken_slab(d, -1), ("Ctrl+Shift+Down",),
            enabled=has_volume),
)  # fmt: skip
CINE = (
    Command("view.cine", "&Cine", lambda d: d.window.views.toggle_cine(), ("C",), enabled=has_volume,
            tip="Slices run by themselves until you click"),
    Command("view.cine.slower", "Cine slo&wer", lambda d: d.window.views.cine.change_rate(-1), (",",),
            enabled=has_volume),
    Command("view.cine.faster", "Cine &faster", lambda d: d.window.views.cine.change_rate(1), (".",),
            enabled=has_volume),
)  # fmt: skip
MEASURE = (
    _measure(Kind.LENGTH, "&Length", "L", "Drag from end to end"),
    _measure(Kind.ANGLE, "An&gle", "Shift+L", "Drag the first leg, click at the end of the second"),
    _measure(Kind.ELLIPSE, "&Ellipse", "O", "Drag across: area, mean and SD"),
    Command("view.measure.undo", "Remove the last mea&surement",
            lambda d: d.store.forget_measurements(last=True), enabled=has_measurements),
    Command("view.measure.clear", "&Remove all measurements",
            lambda d: d.store.forget_measurements(), enabled=has_measurements),
)  # fmt: skip
SURFACE = (
    _look("front", "3-D from the &front"),
    _look("back", "3-D from the &back"),
    _look("left", "3-D from the &left"),
    _look("right", "3-D from the &right"),
    _look("top", "3-D from the &head"),
    _look("bottom", "3-D from the f&eet"),
    Command("view.surface.save", "&Save the 3-D picture…", view_commands.save_surface, enabled=has_volume),
)
LESION = (
    Command("lesion.next", "&Next lesion", lambda d: commands.walk(d, 1), ("N",), "next", enabled=has_lesions),
    Command("lesion.previous", "&Previous lesion", lambda d: commands.walk(d, -1), ("P",), "previous",
            enabled=has_lesions),
    _give(Artery.LM, "Give to L&M", "M", "Left main"),
    _give(Artery.LAD, "Give to LA&D", "D", "Left anterior descending"),
    _give(Artery.LCX, "Give to LC&x", "X", "Left circumflex"),
    _give(Artery.RCA, "Give to &RCA", "R", "Right coronary artery"),
    _give(Artery.UNASSIGNED, "Coronary, artery &unknown", "U", "Counted without an artery"),
    Command("lesion.reject", "&Exclude from the score", commands.reject, ("Del", "Backspace"), "exclude",
            enabled=counted_selected, tip="It stays listed as other calcium"),
    Command("lesion.restore", "C&ount it again", commands.restore, icon="restore", enabled=other_selected,
            tip="Count calcium that is not counted, for the artery that was proposed"),
    Command("lesion.accept", "&Accept and go on", commands.accept, ("Return", "Enter"), enabled=has_selection,
            tip="Leave it as it is and go to the next lesion"),
    Command("lesion.merge", "&Join lesions", commands.merge, ("J",), enabled=several_selected,
            tip="Make one lesion of the selected ones"),
    Command("lesion.pieces", "Split into &pieces", commands.split_pieces, ("Shift+Y",), enabled=editable,
            tip="Make a lesion of every piece that does not touch the others"),
    Command("lesion.limit", "HU &limit…", commands.change_limit, ("Shift+H",), enabled=editable,
            tip="A limit of their own for the selected lesions; the case then has no category"),
    Command("lesion.clear", "Put the tool down, &clear the selection", commands.escape, ("Esc",)),
    Command("lesion.go", "Go to a lesion", commands.go_to_lesion, enabled=has_lesions),
    Command("lesion.select_artery", "Select the lesions of an artery", commands.select_artery, enabled=has_lesions),
)  # fmt: skip
RULES = (
    *(_rules(name) for name in NAMES),
    Command("rules.compare", "&Why do two programs disagree?", lambda d: d.window.show_sheet("comparison"),
            enabled=has_case, tip="The same lesions under every rule set"),
)  # fmt: skip
TOOLS = (
    _tool(Tool.SELECT, "&Select", "V", "select", "Click: lesion or crosshair; drag: crosshair"),
    _tool(Tool.BRUSH, "&Brush", "B", "brush", "Paint on the selected lesion, or a new one"),
    _tool(Tool.ERASE, "&Eraser", "E", "erase", "Take voxels away from lesions"),
    _tool(
        Tool.GROW, "&Grow", "G", "grow", "Click on bright tissue: all that hangs together becomes a lesion"
    ),
    _tool(Tool.CUT, "&Cut", "Y", "cut", "Draw a line: the lesion is split along it, through all slices"),
    Command(
        "tool.solid",
        "Brush through s&lices",
        lambda d: d.tools.set_solid(not d.tools.brush.solid),
        ("Shift+B",),
        icon="ball",
        checked=lambda d: d.tools.brush.solid,
        tip="A ball instead of a disc in the slice",
    ),
    Command("tool.smaller", "S&maller brush", lambda d: d.tools.resize(-1), ("[",)),
    Command("tool.larger", "La&rger brush", lambda d: d.tools.resize(1), ("]",)),
)
REVIEW = (
    Command(
        "review.sign",
        "&Reviewed…",
        lambda d: d.sitting.review(),
        ("Ctrl+R",),
        "sign",
        enabled=can_review,
        tip="Checklist and signature; the case is locked then",
    ),
    Command(
        "review.unlock",
        "&Unlock",
        lambda d: d.store.unlock(),
        enabled=is_locked,
        tip="Take the signature back, so that the case can be changed",
    ),
)
HELP = (
    Command("help.keys", "&Keys", lambda d: d.window.show_sheet("keys"), ("F1",), "keys"),
    Command("help.about", "&About cacviewer", lambda d: d.window.show_sheet("about")),
)

COMMANDS: tuple[Command, ...] = (
    *FILE,
    *EDIT,
    *VIEW,
    *SLAB,
    *CINE,
    *MEASURE,
    *SURFACE,
    *TOOLS,
    *LESION,
    *REVIEW,
    *RULES,
    *HELP,
)

SEPARATOR = ""
RECENT = "file.recent"
"""Stands for the sub-menu of recent paths, which the window fills."""
WITH_ARGUMENT = frozenset({"lesion.go", "lesion.select_artery"})
"""Commands that a panel runs with an argument; they stand in no menu."""

LESION_MENU = (
    *(f"lesion.give.{a.value}" for a in Artery), SEPARATOR, "lesion.reject", "lesion.restore", SEPARATOR,
    "lesion.merge", "lesion.pieces", "lesion.limit", SEPARATOR, "lesion.accept", "lesion.next",
    "lesion.previous", "lesion.clear",
)  # fmt: skip
SURFACE_MENU = (*(c.id for c in SURFACE[:-1]), SEPARATOR, SURFACE[-1].id)
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("&File", ("file.open_folder", "file.open_file", RECENT, SEPARATOR,
               "file.open_session", "file.save_session", "file.save_session_as", SEPARATOR,
               "file.export_pdf", "file.export_csv", "file.export_text", "file.export", "file.export_dicom",
               "file.export_masks", SEPARATOR, "file.close", "file.quit")),
    ("&Edit", ("edit.undo", "edit.redo", SEPARATOR, "run.again", SEPARATOR, "edit.preferences")),
    ("&View", (*(c.id for c in VIEW if c.id.startswith("view.layout.")), "view.surface_window", SEPARATOR,
               *(c.id for c in VIEW if c.id.startswith("view.preset.")), SEPARATOR,
               "view.overlays", "view.heart", "view.aorta", "view.calcium", SEPARATOR, "view.crosshair", "view.text",
               "view.smooth", SEPARATOR, "view.next_pane", "view.full_screen")),
    ("&Slices", (*(c.id for c in SLAB), SEPARATOR, *(c.id for c in CINE))),
    ("&Measure", tuple(c.id for c in MEASURE)),
    ("&3-D", SURFACE_MENU),
    ("&Tools", (*(c.id for c in TOOLS[:5]), SEPARATOR, *(c.id for c in TOOLS[5:]))),
    ("&Lesion", LESION_MENU),
    ("&Rules", (*(c.id for c in RULES if c.id != "rules.compare"), SEPARATOR, "rules.compare")),
    ("&Review", ("review.sign", "review.unlock")),
    ("&Help", ("help.keys", "help.about")),
)  # fmt: skip
TOOL_BAR = (
    "file.open_folder", "file.save_session", "file.export", SEPARATOR, *(c.id for c in TOOLS[:6]), SEPARATOR,
    "edit.undo", "edit.redo", SEPARATOR,
    *(c.id for c in VIEW if c.id.startswith("view.layout.")), SEPARATOR,
    "view.heart", "view.aorta", "view.calcium", "view.crosshair", "view.text", "view.smooth", SEPARATOR,
    "lesion.previous", "lesion.next", "lesion.reject",
)  # fmt: skip

__all__ = ["COMMANDS", "LESION_MENU", "MENUS", "TOOL_BAR", "Command", "Desk"]
