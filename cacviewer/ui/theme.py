"""One table of colours for each theme, and the palette and style sheet made from it.

Text has a contrast of at least 4.5:1 on every ground that it stands on, symbols 3:1 (WCAG 2.1 AA); a test
measures both. Colours of arteries are not here: they are the same in window, 3-D and report.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of a theme by what they are for; `ground` is behind everything, `panel` behind lists."""

    ground: str
    panel: str
    raised: str
    line: str
    text: str
    faint: str
    disabled: str
    accent: str
    chosen: str
    chosen_text: str
    ready: str
    warning: str
    refusal: str
    info: str


DARK = Colours(
    ground="#1a1e22",
    panel="#14171a",
    raised="#2a3037",
    line="#3d464f",
    text="#e4e8ec",
    faint="#a7b1bb",
    disabled="#717b85",
    accent="#5fb0ff",
    chosen="#1f4a78",
    chosen_text="#ffffff",
    ready="#57d08b",
    warning="#f4bc4f",
    refusal="#ff8379",
    info="#86bdf5",
)
LIGHT = Colours(
    ground="#eef0f2",
    panel="#ffffff",
    raised="#e0e4e8",
    line="#b3bcc5",
    text="#16191c",
    faint="#4d5862",
    disabled="#8b949c",
    accent="#0b5cad",
    chosen="#1f5c9c",
    chosen_text="#ffffff",
    ready="#0f6b38",
    warning="#815100",
    refusal="#b3261e",
    info="#1f5c9c",
)
THEMES = {"dark": DARK, "light": LIGHT}

_in_force = [DARK]


def colours() -> Colours:
    """The colours in force."""
    return _in_force[0]


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def apply(app: QApplication, theme: str) -> None:
    """Gives the whole program the colours of a theme: "dark", "light", or "system" for the desktop's own."""
    if theme == "system":
        is_light = app.styleHints().colorScheme() == Qt.ColorScheme.Light
        theme = "light" if is_light else "dark"
    c = _in_force[0] = THEMES.get(theme, DARK)
    app.setStyle("Fusion")
    app.setPalette(_palette(c))
    app.setStyleSheet(_style_sheet(c))


def _luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    table = {
        role.Window: c.ground,
        role.WindowText: c.text,
        role.Base: c.panel,
        role.AlternateBase: c.ground,
        role.Text: c.text,
        role.PlaceholderText: c.faint,
        role.Button: c.raised,
        role.ButtonText: c.text,
        role.BrightText: c.refusal,
        role.ToolTipBase: c.raised,
        role.ToolTipText: c.text,
        role.Highlight: c.chosen,
        role.HighlightedText: c.chosen_text,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Accent: c.accent,
    }
    palette = QPalette(QColor(c.raised), QColor(c.ground))
    for where, colour in table.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(c.disabled))
    return palette


def _style_sheet(c: Colours) -> str:
    return f"""
    QMainWindow::separator {{ background: {c.line}; width: 4px; height: 4px; }}
    QMainWindow::separator:hover {{ background: {c.accent}; }}
    QDockWidget {{ font-weight: 600; }}
    QDockWidget::title {{ background: {c.raised}; padding: 5px 8px; text-align: left; }}
    QToolBar {{ border: 0; border-bottom: 1px solid {c.line}; spacing: 2px; padding: 2px; }}
    QStatusBar {{ border-top: 1px solid {c.line}; }}
    QStatusBar QPushButton {{ padding: 1px 12px; }}
    QHeaderView::section {{ background: {c.raised}; color: {c.faint}; border: 0; padding: 3px 4px; }}
    QTableView, QTreeView, QListView {{ border: 1px solid {c.line}; gridline-color: {c.raised};
        selection-background-color: {c.chosen}; selection-color: {c.chosen_text}; }}
    QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {c.accent}; }}
    QToolButton:focus, QPushButton:focus {{ border: 1px solid {c.accent}; border-radius: 3px; }}
    QToolButton[artery="true"] {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: 3px;
        padding: 4px 3px; }}
    QToolButton[artery="true"]:hover, QToolButton[artery="true"]:focus {{ border-color: {c.accent}; }}
    QToolButton[artery="true"]:disabled {{ color: {c.disabled}; }}
    QProgressBar {{ border: 1px solid {c.line}; border-radius: 3px; background: {c.panel}; text-align: center; }}
    QProgressBar::chunk {{ background: {c.chosen}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 3px; }}
    QLabel[faint="true"] {{ color: {c.faint}; }}
    QLabel[big="true"] {{ font-size: 19pt; font-weight: 600; }}
    """
