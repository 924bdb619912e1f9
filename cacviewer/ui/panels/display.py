"""Display panel: window, overlays and their opacity. Shows the ViewState and changes it through the store."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.session import Session
from cacviewer.ui.action_set import ActionSet
from cacviewer.ui.presets import PRESETS, stored_window
from cacviewer.ui.store import SessionStore
from cacviewer.ui.translations import translated, worded

OPACITIES = (("heart_opacity", "Heart and aorta"), ("calcium_opacity", "Calcium"))
WINDOW = (("window_width", "Width", 1, 8000), ("window_center", "Level", -2000, 4000))
SLABS = ("view.slab.off", "view.slab.mip", "view.slab.mean", "view.slab.minip")
THICKEST_MM = 50.0
CHECKS = ("view.heart", "view.aorta", "view.calcium", "view.crosshair", "view.text", "view.smooth")


class DisplayPanel(QWidget):
    """How the slice views show the scan."""

    def __init__(self, store: SessionStore, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._actions = store, actions
        self._spins: dict[str, QSpinBox] = {}
        self._sliders: dict[str, QSlider] = {}
        self._checks: dict[str, QCheckBox] = {}
        self._labels: list[tuple[QLabel, str]] = []
        layout = QVBoxLayout(self)
        layout.addLayout(self._made_window())
        layout.addLayout(self._made_slab())
        layout.addLayout(self._made_checks())
        layout.addLayout(self._made_opacities())
        layout.addStretch(1)
        self._write_texts()
        self._show(store.session)
        store.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write_texts()
        super().changeEvent(event)

    def _write_texts(self) -> None:
        for label, text in self._labels:
            label.setText(translated(text))
        self._presets.setPlaceholderText(translated("Set by hand"))
        for i, preset in enumerate(PRESETS):
            keys = self._actions.action(f"view.preset.{preset.key}").shortcut().toString()
            self._presets.setItemText(i, f"{translated(preset.name)}  ({keys})")
        for i, id in enumerate(SLABS):
            self._slabs.setItemText(i, _plain(self._actions.action(id).text()))
        for id, check in self._checks.items():
            action = self._actions.action(id)
            keys = action.shortcut().toString()
            check.setText(action.text() + (f"  ({keys})" if keys else ""))
            check.setToolTip(action.toolTip())
        for field, title in OPACITIES:
            name = translated("Opacity of {what}").format(what=translated(title))
            self._sliders[field].setAccessibleName(name)

    def _made_window(self) -> QGridLayout:
        grid = QGridLayout()
        self._presets = QComboBox(self)
        worded(self._presets, accessibleName="Window preset")
        for preset in PRESETS:
            self._presets.addItem("", f"view.preset.{preset.key}")
        self._presets.activated.connect(lambda i: self._actions.run(self._presets.itemData(i)))
        grid.addWidget(self._label("Window", self._presets), 0, 0)
        grid.addWidget(self._presets, 0, 1, 1, 3)
        for column, (field, title, low, high) in enumerate(WINDOW):
            spin = self._spins[field] = QSpinBox(self)
            spin.setRange(low, high)
            spin.setSuffix(" HU")
            spin.setSingleStep(10)
            worded(spin, accessibleName=title)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(
                lambda value, field=field: self._store.set_view(**{field: float(value)})
            )
            grid.addWidget(self._label(title, spin), 1, 2 * column)
            grid.addWidget(spin, 1, 2 * column + 1)
        return grid

    def _made_slab(self) -> QGridLayout:
        grid = QGridLayout()
        self._slabs = QComboBox(self)
        worded(self._slabs, accessibleName="Slabs")
        for id in SLABS:
            self._slabs.addItem("", id)
        self._slabs.activated.connect(lambda i: self._actions.run(self._slabs.itemData(i)))
        self._slab_mm = QDoubleSpinBox(self)
        self._slab_mm.setRange(0, THICKEST_MM)
        self._slab_mm.setDecimals(1)
        self._slab_mm.setSuffix(" mm")
        worded(self._slab_mm, accessibleName="Thickness of slabs")
        self._slab_mm.setKeyboardTracking(False)
        self._slab_mm.valueChanged.connect(lambda mm: self._store.set_view(slab_mm=mm))
        grid.addWidget(self._label("Slabs", self._slabs), 0, 0)
        grid.addWidget(self._slabs, 0, 1)
        grid.addWidget(self._slab_mm, 0, 2)
        return grid

    def _made_checks(self) -> QGridLayout:
        grid = QGridLayout()
        for i, id in enumerate(CHECKS):
            action = self._actions.action(id)
            check = self._checks[id] = QCheckBox(self)
            check.clicked.connect(lambda _checked=False, id=id: self._actions.run(id))
            action.toggled.connect(check.setChecked)
            check.setChecked(action.isChecked())
            grid.addWidget(check, i // 2, i % 2)
        return grid

    def _made_opacities(self) -> QGridLayout:
        grid = QGridLayout()
        for row, (field, title) in enumerate(OPACITIES):
            slider = self._sliders[field] = QSlider(Qt.Orientation.Horizontal, self)
            slider.setRange(0, 100)
            slider.setPageStep(10)
            slider.valueChanged.connect(
                lambda value, field=field: self._store.set_view(**{field: value / 100})
            )
            grid.addWidget(self._label(title, slider), row, 0)
            grid.addWidget(slider, row, 1)
        return grid

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(self)
        label.setBuddy(buddy)
        self._labels.append((label, text))
        return label

    def _on_changed(self, old: Session, new: Session) -> None:
        if old.view is not new.view or old.volume is not new.volume:
            self._show(new)

    def _show(self, session: Session) -> None:
        view = session.view
        for field, spin in self._spins.items():
            _set_quietly(spin, round(getattr(view, field)))
        for field, slider in self._sliders.items():
            _set_quietly(slider, round(100 * getattr(view, field)))
        _set_quietly(self._slab_mm, view.slab_mm)
        self._slabs.setCurrentIndex(SLABS.index(f"view.slab.{view.slab_mode if view.slab_mm else 'off'}"))
        window = (view.window_center, view.window_width)
        fits = [i for i, p in enumerate(PRESETS) if window == (p.center, p.width)]
        if session.volume is not None and window == stored_window(session.volume.acquisition):
            fits = [i for i, p in enumerate(PRESETS) if p.key == "0"]
        self._presets.setCurrentIndex(fits[0] if fits else -1)


def _plain(text: str) -> str:
    """Words of an action without the mark of the mnemonic."""
    return text.replace("&", "")


def _set_quietly(widget: QSpinBox | QDoubleSpinBox | QSlider, value: float) -> None:
    widget.blockSignals(True)
    widget.setValue(value)
    widget.blockSignals(False)
