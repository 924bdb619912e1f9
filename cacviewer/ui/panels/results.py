"""Results panel: total and category, one row per artery, heart volume and times, as the shown case has them.

Reads the store, sends actions, computes nothing. A test builds it alone from a store.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.case import Case, Scores
from cacviewer.core.categories import distance_to_next, reported_text
from cacviewer.core.findings import refusals
from cacviewer.core.lesions import Artery
from cacviewer.core.qualifier import AT_LEAST, ESTIMATE, qualifier
from cacviewer.core.quantities import AGATSTON, PER_ARTERY
from cacviewer.core.scoring import Score
from cacviewer.core.session import Session
from cacviewer.core.study import Verdict
from cacviewer.language.wording import line_pairs, maron_text, progression_pairs
from cacviewer.render import colours as drawing
from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.icons import swatch
from cacviewer.ui.panels.gauge import CategoryGauge
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import language, said, sentence, translated, worded

ROWS: tuple[Artery | None, ...] = (*Artery, None)
"""The arteries and, as None, the total."""
AUTOMATIC = 1 + len(PER_ARTERY)
"""Column of the program's own Agatston score; hidden while the reader has changed nothing."""
DASH = "–"
MEANING_HEIGHT = 54
"""Of the interpretation, which scrolls; pixels."""
TOTALS = {
    "": "Agatston {score}",
    AT_LEAST: "Agatston at least {score}",
    ESTIMATE: "Agatston {score} (estimate)",
}
"""The total in words, by what must stand beside it."""


class ResultsPanel(QWidget):
    """Table of scores. A double click on an artery selects its lesions."""

    def __init__(self, store: SessionStore, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._actions = store, actions
        self._total = _label(self, "total", big=True)
        self._category = _label(self, "category")
        self._gauge = CategoryGauge(self)
        self._automatic = _label(self, "automatic", faint=True)
        self._table = _Table(len(ROWS), AUTOMATIC + 1, self)
        self._table.cellDoubleClicked.connect(self._select_artery)
        self._facts = _label(self, "facts", faint=True)
        self._meaning = _label(self, "interpretation", faint=True)
        layout = QVBoxLayout(self)
        top = (self._total, self._category, self._gauge, self._automatic)
        for widget in (*top, self._table, self._facts):
            layout.addWidget(widget)
        layout.addWidget(_scrolled(self._meaning))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._write_headers()
        self._write(store.session)
        store.changed.connect(self._on_changed)
        store.working_changed.connect(lambda _working: self._write(store.session))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write_headers()
            self._write(self._store.session)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def _ask_for_height(self) -> None:
        # a dock does not ask for the height that wrapped labels need at its width, and squeezes the table instead
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _on_changed(self, old: Session, new: Session) -> None:
        parts = ("shown", "volume", "anatomy", "automatic", "interpretation")
        if any(getattr(old, part) is not getattr(new, part) for part in parts):
            self._write(new)

    def _write_headers(self) -> None:
        titles = [f"{translated(q.title)} {q.unit}".strip() for q in PER_ARTERY]
        self._table.setHorizontalHeaderLabels([translated("Lesions"), *titles, translated("Automatic")])
        for row, artery in enumerate(ROWS):
            item = QTableWidgetItem(translated("Total" if artery is None else artery.label))
            if artery is not None:
                item.setIcon(swatch(QColor(*drawing.ARTERY[artery]).name()))
            else:
                item.setFont(_bold(self.font()))
            self._table.setVerticalHeaderItem(row, item)
        self._table.fit()

    def _write(self, session: Session) -> None:
        case = session.shown
        self._total.setText(_total_text(session))
        self._category.setText(_category_text(session, self._store.working))
        self._automatic.setText(_automatic_text(session))
        self._automatic.setVisible(bool(self._automatic.text()))
        self._gauge.show_case(case)
        self._facts.setText("\n".join(_facts(session)))
        self._meaning.setText("\n".join(_meaning(session)))
        scores = case.scores if case else None
        for row, artery in enumerate(ROWS):
            self._write_row(row, scores, artery)
        self._write_automatic(session)
        self._ask_for_height()

    def _write_automatic(self, session: Session) -> None:
        texts = _automatic_column(session)
        for row, text in enumerate(texts or [DASH] * len(ROWS)):
            self._table.item(row, AUTOMATIC).setText(text)
        if self._table.isColumnHidden(AUTOMATIC) is bool(texts):
            self._table.setColumnHidden(AUTOMATIC, not texts)
        if texts:
            self._table.fit()

    def _write_row(self, row: int, scores: Scores | None, artery: Artery | None) -> None:
        texts = [DASH] * (1 + len(PER_ARTERY))
        if scores is not None:
            score = _score(scores, artery)
            count = scores.lesions if artery is None else scores.lesions_by_artery[artery]
            texts = [str(count), *(quantity.text(score) for quantity in PER_ARTERY)]
        for column, text in enumerate(texts):
            self._table.item(row, column).setText(text)

    def _select_artery(self, row: int, _column: int) -> None:
        artery = ROWS[row]
        if artery is not None:
            self._actions.run("lesion.select_artery", artery)


class _Table(QTableWidget):
    """As high as its rows: a table of six rows needs no scroll bar."""

    def __init__(self, rows: int, columns: int, parent: QWidget) -> None:
        super().__init__(rows, columns, parent)
        worded(self, accessibleName="Scores per artery")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows walk in it
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setColumnHidden(AUTOMATIC, True)
        for row in range(rows):
            for column in range(columns):
                item = QTableWidgetItem(DASH)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if ROWS[row] is None:
                    item.setFont(_bold(self.font()))
                self.setItem(row, column, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(AUTOMATIC - 1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def fit(self) -> None:
        """Takes the height of its rows and the width of its columns."""
        header, names = self.horizontalHeader(), self.verticalHeader()
        self.setFixedHeight(header.sizeHint().height() + names.length() + 2 * self.frameWidth())
        shown = (i for i in range(self.columnCount()) if not self.isColumnHidden(i))
        columns = sum(max(header.sectionSizeHint(i), self.sizeHintForColumn(i)) for i in shown)
        self.setMinimumWidth(columns + names.sizeHint().width() + 2 * self.frameWidth() + 4)


def _score(scores: Scores, artery: Artery | None) -> Score:
    return scores.total if artery is None else scores.by_artery[artery]


def _total_text(session: Session) -> str:
    case = session.shown
    if case is not None and case.scores is not None:
        text = translated(TOTALS[qualifier(case.findings)])
        return text.format(score=reported_text(case.scores.total.agatston))
    if case is not None or (session.volume is not None and session.volume.verdict is Verdict.VIEWING_ONLY):
        return translated("Not scored")
    return translated("Agatston {score}").format(score=DASH)


def _category_text(session: Session, working: bool) -> str:
    """The category and how it was scored; the reason where there is none."""
    case, volume = session.shown, session.volume
    if case is None:
        if volume is not None and (reasons := refusals(volume.findings)):
            return sentence(reasons[0])
        if volume is None:
            return translated("No scan is open.")
        return translated("Being worked out…") if working else translated("Not scored yet. F5 scores it.")
    if case.scores is None:
        reasons = refusals(case.findings)
        return sentence(reasons[0]) if reasons else translated("No reason is given.")
    if case.category is None and not case.rules.interpreted:
        return translated("No category: it belongs to the literature rules.")
    if case.category is None:
        return translated("No category is given with these findings.")
    c = case.category
    return translated("Category {label} ({word}) · CAC-DRS {drs}").format(
        label=c.label, word=language()(f"category.{c.word}.word"), drs=c.cac_drs
    )


def _automatic_text(session: Session) -> str:
    """The program's own total, where the reader's differs."""
    automatic, shown = session.automatic, session.shown
    if automatic is None or shown is None or automatic.scores is None or shown.scores is None:
        return ""
    before, after = automatic.scores.total, shown.scores.total
    if AGATSTON.text(before) == AGATSTON.text(after):  # sums in another order may differ in the last bit
        return ""
    return translated("Automatic result: {score}").format(score=reported_text(before.agatston))


def _automatic_column(session: Session) -> list[str]:
    """For each row the program's Agatston score and by how much the reader's differs; empty where none does."""
    automatic, shown = session.automatic, session.shown
    if automatic is None or shown is None or automatic.scores is None or shown.scores is None:
        return []
    pairs = [(_score(automatic.scores, artery), _score(shown.scores, artery)) for artery in ROWS]
    texts = [(AGATSTON.text(before), AGATSTON.text(after)) for before, after in pairs]
    if all(before == after for before, after in texts):  # sums in another order may differ in the last bit
        return []
    return [
        text if text == now else f"{text} ({after.agatston - before.agatston:+.1f})"
        for (text, now), (before, after) in zip(texts, pairs, strict=True)
    ]


def _facts(session: Session) -> list[str]:
    case = session.shown
    if case is None:
        if session.anatomy is not None and session.anatomy.heart_found:
            return [translated("Heart {ml} ml").format(ml=f"{session.anatomy.heart_ml:.0f}")]
        return []
    facts = [
        translated("Counted from {limit} HU on ({rules} rules); {mass}.").format(
            limit=case.rules.limit_hu, rules=case.rules.name, mass=said(case.mass.source)
        )
    ]
    if case.stability is not None:
        low, high = reported_text(case.stability.low), reported_text(case.stability.high)
        if case.category is not None and (following := distance_to_next(case.category.reported)):
            words = translated("{units} below the next category ({label}).")
            facts.append(words.format(units=following[0], label=following[1]))
        text = translated("Agatston {low} to {high} if the scan had come out a little differently.")
        facts.append(text.format(low=low, high=high))
    if case.heart.found:
        heart = translated("Heart {ml} ml, confidence {percent} %.")
        facts.append(
            heart.format(ml=f"{case.heart.volume_ml:.0f}", percent=f"{100 * case.heart.confidence:.0f}")
        )
    facts.append(_times(case))
    return facts


def _meaning(session: Session) -> list[str]:
    """Every line of the interpretation with its source, and the comparison with a prior."""
    made = session.interpretation
    if made is None:
        return []
    lines = [f"{say('category.maron')}: {maron_text(made.maron, say)}"]
    lines += [f"{label}: {value} ({source})" for label, value, _, source in line_pairs(made, say)]
    if made.progression is not None:
        lines += [f"{label}: {value}" for label, value in progression_pairs(made.progression, say)]
    return lines


def say(key: str, **facts: Any) -> str:
    """A text of the reports in the language of the window."""
    return language()(key, **facts)


def _scrolled(label: QLabel) -> QScrollArea:
    """A long text in a small place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedHeight(MEANING_HEIGHT)
    area.setWidget(label)
    worded(area, accessibleName="Interpretation")
    return area


def _times(case: Case) -> str:
    t = case.timing
    return translated("Read {read} s, heart {heart} s, calcium {calcium} s.").format(
        read=f"{t.read:.1f}", heart=f"{t.heart:.1f}", calcium=f"{t.calcium:.1f}"
    )


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _label(parent: QWidget, name: str, *, big: bool = False, faint: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("big", big)
    label.setProperty("faint", faint)
    return label
