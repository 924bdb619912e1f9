"""Patient panel: what a reader enters for the interpretation of the score, and the earlier scan to compare with.

Nothing is guessed: an empty field is "not stated". A number outside its range is refused with a sentence and does
not reach the session; it is asked again and not clamped.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.errors import CacError
from cacviewer.core.patient import CHOICES, MG_PER_MMOL, NUMBERS, PatientInputs, with_header
from cacviewer.core.progression import measured
from cacviewer.core.session import Session
from cacviewer.storage.case_reading import read_case
from cacviewer.ui.dialogs.choices import Choices
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import language, translated, words_of

ROWS: tuple[tuple[str, str], ...] = (
    ("age_years", "Age at the scan, years"),
    ("sex", "Sex"),
    ("group", "Group (MESA)"),
    ("known_disease", "Known coronary disease"),
    ("total_chol_mgdl", "Total cholesterol"),
    ("hdl_mgdl", "HDL cholesterol"),
    ("sbp_mmhg", "Systolic pressure, mmHg"),
    ("diabetes", "Diabetes"),
    ("smoker", "Smokes now"),
    ("lipid_drug", "Lipid-lowering drug"),
    ("bp_drug", "Blood pressure drug"),
    ("family_history", "Heart attack in the family"),
    ("bmi", "Body mass index, kg/m²"),
)
"""Input and its title, in the order of the panel."""
CHOLESTEROL = ("total_chol_mgdl", "hdl_mgdl")
UNITS = (("mg/dL", 1.0), ("mmol/L", MG_PER_MMOL))


class PatientPanel(QWidget):
    """A form; every complete entry goes to the store."""

    def __init__(self, store: SessionStore, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._choices = store, choices
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        self._unit = QComboBox(self)
        self._unit.addItems([name for name, _ in UNITS])
        self._unit.activated.connect(lambda _: self._show(self._store.session))
        self._prior = QLabel(self)
        self._prior.setWordWrap(True)
        self._prior.setObjectName("prior")
        self._choose = QPushButton(self)
        self._choose.clicked.connect(self._choose_prior)
        self._problem = QLabel(self)
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.setVisible(False)
        self._place()
        self._write_texts()
        self._show(store.session)
        store.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write_texts()
            self._show(self._store.session)
        super().changeEvent(event)

    # --- placing -----------------------------------------------------------------------------------------

    def _place(self) -> None:
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, _ in ROWS:
            field = self._number(name) if name in NUMBERS else self._choice(name)
            field.setObjectName(name)
            self._fields[name] = field
            label = self._labels[name] = QLabel(inside)
            label.setBuddy(field)
            if name == CHOLESTEROL[0]:
                self._labels["unit"] = QLabel(inside)
                form.addRow(self._labels["unit"], self._unit)
            form.addRow(label, field)
        form.addRow(self._prior)
        form.addRow(self._choose)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._problem)
        layout.addWidget(area)

    def _number(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        field.editingFinished.connect(lambda: self._take_number(name))
        return field

    def _choice(self, name: str) -> QComboBox:
        field = QComboBox(self)
        words = CHOICES.get(name)
        values: list[Any] = [None, *(words if words else (True, False))]
        for value in values:
            field.addItem("", value)
        field.activated.connect(lambda at: self._take(name, values[at]))
        return field

    def _write_texts(self) -> None:
        for name, title in ROWS:
            self._labels[name].setText(translated(title))
            field = self._fields[name]
            field.setAccessibleName(translated(title))
            if isinstance(field, QComboBox):
                for at in range(field.count()):
                    field.setItemText(at, _word(field.itemData(at)))
        self._labels["unit"].setText(translated("Cholesterol in"))
        self._unit.setAccessibleName(translated("Unit of cholesterol"))
        self._choose.setText(translated("Compare with a prior case…"))

    # --- entries -----------------------------------------------------------------------------------------

    def _take_number(self, name: str) -> None:
        field = self._fields[name]
        text = field.text().strip().replace(",", ".")
        if not text:
            self._take(name, None)
            return
        low, high = NUMBERS[name]
        factor = self._factor(name)
        try:
            value = float(text) * factor
        except ValueError:
            value = float("nan")
        if name == "age_years" and value == int(value if value == value else 0):
            value = int(value)
        if not low <= value <= high:
            sentence = translated("{what} lies between {low} and {high}.")
            titles = dict(ROWS)
            self._complain(
                field,
                sentence.format(
                    what=translated(titles[name]), low=f"{low / factor:.4g}", high=f"{high / factor:.4g}"
                ),
            )
            return
        if name == "age_years" and not isinstance(value, int):
            self._complain(field, translated("Age is a whole number of completed years."))
            return
        self._take(name, value)

    def _take(self, name: str, value: Any) -> None:
        self._complain(None, "")
        self._store.set_patient(replace(self._store.session.patient, **{name: value}))

    def _complain(self, field: QLineEdit | None, sentence: str) -> None:
        for each in self._fields.values():
            each.setProperty("wrong", each is field)
            each.style().polish(each)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _choose_prior(self) -> None:
        path = self._choices.file_to_open(self, str(Path.home()))
        if not path:
            return
        try:
            before = measured(read_case(Path(path)).case)
        except CacError as error:
            self._complain(None, " ".join(words_of(error)).strip())
            return
        if before is None:
            self._complain(None, translated("The prior has no score."))
            return
        self._complain(None, "")
        self._store.set_prior(before)

    # --- showing -----------------------------------------------------------------------------------------

    def _on_changed(self, old: Session, new: Session) -> None:
        if any(getattr(old, part) is not getattr(new, part) for part in ("patient", "prior", "volume")):
            self._show(new)

    def _show(self, session: Session) -> None:
        stated = PatientInputs()
        if session.volume is not None:
            stated = with_header(stated, session.volume.info)
        for name, field in self._fields.items():
            value = getattr(session.patient, name)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
                header = getattr(stated, name)
                none = _word(None) if header is None else f"{_word(header)} ({translated('header')})"
                field.setItemText(0, none)
                continue
            header = getattr(stated, name)
            field.setPlaceholderText("" if header is None else f"{header} ({translated('header')})")
            field.setText("" if value is None else f"{value / self._factor(name):.4g}")
        self._prior.setText(_prior_text(session))

    def _factor(self, name: str) -> float:
        return UNITS[self._unit.currentIndex()][1] if name in CHOLESTEROL else 1.0


def _word(value: Any) -> str:
    if value is None:
        return translated("not stated")
    if isinstance(value, bool):
        return translated("yes" if value else "no")
    return language()(f"choice.{value}")


def _prior_text(session: Session) -> str:
    prior = session.prior
    if prior is None:
        return translated("No prior scan is compared.")
    return translated("Prior scan: {date}, Agatston {score}").format(
        date=prior.study_date or "–", score=prior.reported
    )
