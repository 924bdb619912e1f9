"""Findings panel: what was seen that changes what the score is worth, the worst first.

A sign, a word and a sentence each, with what to do; a click on one that names slices goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cacviewer.core.findings import RANK, Finding, Severity
from cacviewer.core.lesions import Artery, Lesion, LesionClass
from cacviewer.core.session import Session
from cacviewer.core.unreached import changes_the_score
from cacviewer.core.volume import Volume
from cacviewer.ui import theme
from cacviewer.ui.icons import icon
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import language, remedy, sentence, translated, worded

WORDS = {Severity.REFUSAL: "No score", Severity.WARNING: "Warning", Severity.INFO: "Note"}
MOST_SLICES = 6
_ARROWS = ("→", "←")
"""Before what to do; it points where the text runs."""


class FindingsPanel(QWidget):
    """List of findings of input, series, organs and scores."""

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._shown: list[Finding] = []
        self._list = QListWidget(self)
        worded(self._list, accessibleName="Findings")
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setSpacing(2)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        layout = QVBoxLayout(self)
        layout.addWidget(self._list)
        self._write(store.session)
        store.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write(self._store.session)
        super().changeEvent(event)

    def _on_changed(self, old: Session, new: Session) -> None:
        parts = ("inspection", "volume", "anatomy", "shown")
        changed = any(getattr(old, part) is not getattr(new, part) for part in parts)
        # most edits change no finding, and a list that is written again loses its place
        if changed and (old.volume is not new.volume or findings_of(new) != self._shown):
            self._write(new)

    def _write(self, session: Session) -> None:
        self._shown = findings_of(session)
        self._list.clear()
        for finding in self._shown:
            self._list.addItem(_item(finding))
        if not self._shown and session.volume is not None:
            item = QListWidgetItem(icon("ready", theme.colours().ready), translated("Nothing to report."))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(item)

    def _lesion_of(self, code: str) -> Lesion | None:
        """The next lesion that a finding is about: after the selected one, around the end."""
        session, fits = self._store.session, LESIONS_OF.get(code)
        if fits is None or session.shown is None:
            return None
        found = [lesion for lesion in session.shown.lesions if fits(lesion)]
        here = next((i for i, lesion in enumerate(found) if lesion.id in session.selection), -1)
        return found[(here + 1) % len(found)] if found else None

    def _go(self, item: QListWidgetItem) -> None:
        finding, volume = item.data(Qt.ItemDataRole.UserRole), self._store.session.volume
        if finding is not None and (lesion := self._lesion_of(finding.code)) is not None:
            self._store.go_to(lesion)
            return
        if finding is not None and finding.slices and volume is not None:
            self._store.move_crosshair(_in_slice(self._store.session, volume, finding.slices[0]))


LESIONS_OF: dict[str, Callable[[Lesion], bool]] = {
    "artery_unassigned": lambda lesion: lesion.is_scored and lesion.artery is Artery.UNASSIGNED,
    "limit_changed": changes_the_score,
    "metal_suspected": lambda lesion: lesion.kind is LesionClass.METAL,
}
"""Findings that are about lesions, and which."""


def findings_of(session: Session) -> list[Finding]:
    """All findings of what is on the screen, each once, the worst first."""
    of_input = session.inspection.findings if session.inspection else ()
    of_series: Iterable[Finding] = ()
    if session.shown is not None:
        of_series = session.shown.findings
    elif session.volume is not None:
        of_series = (*session.volume.findings, *(session.anatomy.findings if session.anatomy else ()))
    elif session.inspection is not None and session.inspection.chosen is None:
        of_series = [f for series in session.inspection.series for f in series.findings]
    once = dict.fromkeys((*of_series, *of_input))
    return sorted(once, key=lambda finding: -RANK[finding.severity])


def _item(finding: Finding) -> QListWidgetItem:
    c = theme.colours()
    colour = {Severity.REFUSAL: c.refusal, Severity.WARNING: c.warning, Severity.INFO: c.info}[
        finding.severity
    ]
    lines = [f"{translated(WORDS[finding.severity])}: {sentence(finding)}"]
    if advice := remedy(finding):
        lines.append(f"{_ARROWS[language().right_to_left]} {advice}")
    if finding.slices:
        lines.append(
            translated("Slices {numbers} (click to go there)").format(numbers=_numbers(finding.slices))
        )
    item = QListWidgetItem(icon(finding.severity.value, colour), "\n".join(lines))
    item.setData(Qt.ItemDataRole.UserRole, finding)
    item.setToolTip("\n".join([*lines, *finding.files[:MOST_SLICES]]))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(lines))
    return item


def _numbers(slices: tuple[int, ...]) -> str:
    """Slice numbers as the views count them, from 1."""
    shown = ", ".join(str(z + 1) for z in slices[:MOST_SLICES])
    return shown + (", …" if len(slices) > MOST_SLICES else "")


def _in_slice(session: Session, volume: Volume, z: int) -> tuple[float, float, float]:
    """The crosshair moved along the stack into slice z."""
    _, y, x = volume.grid.index_zyx(session.crosshair_lps_mm)
    at = volume.grid.lps_mm((min(max(z, 0), volume.grid.shape_zyx[0] - 1), y, x))
    return float(at[0]), float(at[1]), float(at[2])
