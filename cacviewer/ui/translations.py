"""Texts of the window in the language of the reader, exchanged while the window stands.

What the window itself says is translated by Qt Linguist files (resources/translations, one context). What pages,
findings and children say comes from `cacviewer.language`, so that window, PDF and command line say the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from cacviewer import paths
from cacviewer.core.errors import CacError
from cacviewer.core.findings import CATALOGUE, Finding, finding
from cacviewer.language import LANGUAGES, Language
from cacviewer.language.isolates import FSI, PDI, set_right_to_left

CONTEXT = "cacviewer"
"""All texts of the window share one context of the Linguist files."""
_PLACE = re.compile(r"\{[^{}]*\}")
_in_force = [LANGUAGES["en"]]
_translators: list[QTranslator] = []


def translated(text: str) -> str:
    """The text in the language of the window; the English text itself where there is no translation.

    In a language that runs from right to left the places for values are isolated, so that -600 stays -600.
    """
    said = QCoreApplication.translate(CONTEXT, text) if text else ""
    return _isolating(said) if _in_force[0].right_to_left else said


def worded(thing: QObject, **texts: str) -> None:
    """Gives properties of a thing (`text`, `toolTip`, `accessibleName`, `title`, ...) English texts.

    They are written in the language of the window now, and again whenever it changes.
    """
    _Words(thing, texts).write()


def language() -> Language:
    """The language of the window."""
    return _in_force[0]


def said(text: str) -> str:
    """A sentence that a child or a lower floor made in English."""
    return _in_force[0].said(text)


def sentence(found: Finding) -> str:
    """What a finding says."""
    return _in_force[0].sentence(found)


def remedy(found: Finding) -> str:
    """What a finding asks for, or ""."""
    return _in_force[0].remedy(found)


def words_of(error: CacError) -> tuple[str, str]:
    """What happened and what to do, of an error.

    An error that carries a finding's code and sentence is said as that finding is.
    """
    message, advice = said(error.message), said(error.remedy)
    if message == error.message and error.code in CATALOGUE:
        found = finding(error.code, path=error.path)
        if found.message == error.message:
            message = sentence(found)
        if found.remedy == error.remedy:
            advice = remedy(found)
    return message, advice


def code_of(wanted: str) -> str:
    """The language for a setting: the system's own if it is one of ours, else English."""
    if wanted == "system":
        wanted = QLocale.system().name().split("_")[0]
    return wanted if wanted in LANGUAGES else "en"


def use_language(app: QApplication, wanted: str) -> None:
    """Turns the whole program into a language ("en", "ar" or "system"): texts, direction, standard buttons."""
    code = code_of(wanted)
    if code == _in_force[0].code:
        return
    for translator in _translators:
        app.removeTranslator(translator)
    _translators.clear()
    _in_force[0] = LANGUAGES[code]
    for translator in _loaded(code):
        app.installTranslator(translator)
        _translators.append(translator)
    # digits are 0-9 in every language, in fields as in tables
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    right_to_left = _in_force[0].right_to_left
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    )
    rewrite(app)


def rewrite(app: QApplication) -> None:
    """Has every open window write its words and draw its signs again, at once."""
    for window in app.topLevelWidgets():
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def _loaded(code: str) -> list[QTranslator]:
    """Translators of a language: of Qt's own buttons, then ours, which is asked first."""
    own = paths.resource("translations") / f"cacviewer_{code}.qm"
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath) + f"/qtbase_{code}.qm"
    found = []
    for file in (of_qt, str(own)):
        translator = QTranslator()
        if translator.load(file):
            found.append(translator)
    return found


@lru_cache(maxsize=4096)
def _isolating(text: str) -> str:
    return (
        _PLACE.sub(rf"{FSI}\g<0>{PDI}", set_right_to_left(text)) if "{" in text else set_right_to_left(text)
    )


class _Words(QObject):
    """The English texts of a thing; its child, so that it hears of a new language with it and goes with it."""

    def __init__(self, thing: QObject, texts: dict[str, str]) -> None:
        super().__init__(thing)
        self._texts = texts

    def write(self) -> None:
        """Writes them into the thing."""
        for name, text in self._texts.items():
            self.parent().setProperty(name, translated(text))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.write()
        return super().event(event)
