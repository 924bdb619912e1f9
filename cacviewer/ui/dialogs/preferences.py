"""Preferences: every setting that a person may change, made from the table of settings; effect at once.

A new row of `settings.TABLE` appears here by itself; what the window keeps for itself is in KEPT_BY_THE_WINDOW.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cacviewer import settings as known
from cacviewer.core.rulesets import TITLES
from cacviewer.settings import Setting, Settings
from cacviewer.ui import theme
from cacviewer.ui.translations import rewrite, translated, use_language, worded

KEPT_BY_THE_WINDOW = frozenset({"layout", "recent", "window_place", "window_panels"})
"""What changes by working and not by a preference."""
CHOICES = {
    "system": "As the system",
    "en": "English",
    "ar": "Arabic",
    "both": "Both languages",
    "dark": "Dark",
    "light": "Light",
    "threshold": "By the threshold",
    "network": "By the network",
    "a4": "A4 paper",
    "us-letter": "US letter",
    **TITLES,
}
"""Values in words; one that is not here is shown as it is."""


class PreferencesDialog(QDialog):
    """A form over the settings; every change is written at once."""

    changed = Signal(object)
    """The Setting that has another value now."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        worded(self, windowTitle="Preferences")
        self.resize(680, 620)
        self.fields: dict[str, QWidget] = {}
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)  # beside a field long words are cut
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for row in known.TABLE:
            if row.name not in KEPT_BY_THE_WINDOW and not isinstance(row.default, tuple):
                self._add(form, row)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)

    def _add(self, form: QFormLayout, row: Setting[Any]) -> None:
        field = self.fields[row.name] = self._field(row)
        field.setObjectName(row.name)
        worded(field, accessibleName=row.text)
        label = QLabel(self)
        label.setBuddy(field)
        worded(label, text=row.text)
        form.addRow(label, field)

    def _field(self, row: Setting[Any]) -> QWidget:
        value, put = self._settings.get(row), lambda new: self._put(row, new)
        if row.choices:
            return _choice(row, value, put, self)
        if isinstance(row.default, bool):
            box = QCheckBox(self)
            box.setChecked(value)
            box.toggled.connect(put)
            return box
        if isinstance(row.default, int | float):
            spin = QDoubleSpinBox(self) if isinstance(row.default, float) else QSpinBox(self)
            spin.setRange(*(type(row.default)(end) for end in (row.low or 0, row.high or 999)))  # type: ignore[arg-type]
            spin.setSingleStep(0.05 if isinstance(row.default, float) else 1)  # type: ignore[arg-type]
            spin.setValue(value)
            spin.valueChanged.connect(put)
            return spin
        line = QLineEdit(value, self)
        line.editingFinished.connect(lambda: put(line.text().strip()))
        return line

    def _put(self, row: Setting[Any], value: Any) -> None:
        if self._settings.get(row) == value:
            return
        self._settings.put(row, value)
        self._settings.save()
        take_effect(row, self._settings)
        self.changed.emit(row)


def take_effect(row: Setting[Any], settings: Settings) -> None:
    """Language and colours change while the window stands; what else is set is asked for when it is needed."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if row is known.LANGUAGE:
        use_language(app, settings.get(known.LANGUAGE))
    elif row is known.THEME:
        theme.apply(app, settings.get(known.THEME))
        rewrite(app)  # signs are drawn in the colours of the theme


class _Choices(QComboBox):
    """Values of a setting in words."""

    def changeEvent(self, event: Any) -> None:
        if event.type() == event.Type.LanguageChange:
            self.write()
        super().changeEvent(event)

    def write(self) -> None:
        """Writes the words."""
        for i in range(self.count()):
            value = str(self.itemData(i))
            self.setItemText(i, translated(CHOICES.get(value, value)))


def _choice(row: Setting[Any], value: Any, put: Callable[[Any], None], parent: QWidget) -> QComboBox:
    box = _Choices(parent)
    for choice in row.choices:
        box.addItem("", choice)
    box.write()
    box.setCurrentIndex(row.choices.index(value))
    box.activated.connect(lambda at: put(row.choices[at]))
    return box
