"""The checklist before a case is called reviewed, and the name that signs it."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cacviewer.core.categories import reported_text
from cacviewer.core.findings import Severity
from cacviewer.core.lesions import Artery
from cacviewer.core.session import Session
from cacviewer.ui.translations import translated

CHECKS = {
    "patient": "Patient and scan are the right ones: {patient}",
    "findings": "I have read the findings ({warnings} warnings).",
    "lesions": "I have looked at every counted lesion ({counted}) and at the other calcium ({others}).",
    "arteries": "Arteries are given as far as they can be ({unassigned} without one).",
}
"""What a reader confirms, by key of the audit list."""


class ReviewDialog(QDialog):
    """Name and checklist; the button comes alive when all is ticked."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated("Mark as reviewed"))
        self.name = QLineEdit(name, self)
        self.name.setAccessibleName(translated("Your name"))
        form = QFormLayout()
        form.addRow(translated("Reviewed by"), self.name)
        layout = QVBoxLayout(self)
        facts = _facts(session)
        layout.addWidget(_heading(translated("Agatston {score}").format(score=facts["score"]), self))
        self.boxes = [QCheckBox(translated(text).format(**facts), self) for text in CHECKS.values()]
        for box in self.boxes:
            layout.addWidget(box)
            box.toggled.connect(self._look)
        layout.addLayout(form)
        layout.addWidget(
            _faint(translated("The case is locked then; Unlock in the Review menu opens it again."), self)
        )
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.sign = self._buttons.addButton(translated("Reviewed"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        self.name.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.sign.setEnabled(all(box.isChecked() for box in self.boxes) and bool(self.name.text().strip()))


def _facts(session: Session) -> dict[str, str]:
    case = session.shown
    if case is None:
        return dict.fromkeys(("score", "patient", "warnings", "counted", "others", "unassigned"), "–")
    patient = case.info.patient
    return {
        "score": reported_text(case.scores.total.agatston) if case.scores else "–",
        "patient": ", ".join(
            p for p in (patient.name.replace("^", " "), patient.id, case.info.study_date) if p
        )
        or "–",
        "warnings": str(sum(f.severity is not Severity.INFO for f in case.findings)),
        "counted": str(len(case.scored)),
        "others": str(len(case.other)),
        "unassigned": str(sum(s.artery is Artery.UNASSIGNED for s in case.scored)),
    }


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("big", True)
    return label


def _faint(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("faint", True)
    label.setWordWrap(True)
    return label
