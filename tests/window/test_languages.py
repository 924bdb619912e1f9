"""English and Arabic: nothing left out, switched while the window stands, pictures never mirrored."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from cacviewer.core.errors import UnreadableInput, WorkerDied
from cacviewer.core.findings import CATALOGUE
from cacviewer.language import LANGUAGES
from cacviewer.language.arabic_said import SAID
from cacviewer.language.said import Said
from cacviewer.ui import translations
from cacviewer.ui.translations import said, translated, use_language, worded, words_of

ROOT = Path(__file__).parents[2]
UI = ROOT / "cacviewer" / "ui"
ARABIC = re.compile("[\u0600-\u06ff]")
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def files():
    """The program that keeps the Linguist files."""
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / "packaging" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(files):
    return files.texts()


@pytest.fixture
def arabic(qapp):
    use_language(qapp, "ar")
    yield
    use_language(qapp, "en")


# --- the files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_text_of_the_window_is_in_the_file_and_none_is_unfinished(files, texts, language):
    known = files.read(language)
    assert [t for t in texts if t not in known] == [], "run python packaging/translations.py"
    assert [t for t, other in known.items() if not other.strip()] == []
    assert [t for t in known if t not in texts] == [], "nobody says these any more"


def test_places_lines_and_mnemonics_are_the_same_in_arabic(files):
    for english, other in files.read("ar").items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(other)), english
        assert english.count("\n") == other.count("\n"), english
        assert english.count("&") == other.count("&"), english
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", other), f"digits are 0-9: {other}"


def test_arabic_is_arabic(files):
    alike = [t for t, other in files.read("ar").items() if not ARABIC.search(other)]
    assert set(alike) <= {"cacviewer", "mg/dL", "mmol/L"}, alike


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_shipped_was_compiled_from_these_files(files, language, qapp):
    translator = QTranslator()
    assert translator.load(str(ROOT / "resources" / "translations" / f"cacviewer_{language}.qm"))
    for text, other in files.read(language).items():
        assert translator.translate("cacviewer", text) == other


def test_sentences_of_lower_floors_keep_their_places():
    for english, other in SAID.items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(other)), english
        assert ARABIC.search(other), english


def _templates(path: Path, names: set[str]) -> list[str]:
    """English templates of the sentences that calls of these names are given."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "remedy")]
            found += [text for value in given for text in _sentence(value)]
    return found


def _sentence(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(p.value if isinstance(p, ast.Constant) else "7" for p in node.values)]
    return []


@pytest.mark.parametrize(
    ("room", "names"),
    [
        ("pipeline", {"UnreadableInput", "CannotExport", "NotScorable", "say"}),
        ("reading", {"UnreadableInput", "say", "tell"}),
        ("models", {"tell"}),
        ("reports", {"CannotExport"}),
    ],
)
def test_what_lower_floors_tell_the_window_is_said_in_arabic(room, names):
    in_arabic = LANGUAGES["ar"].said
    of_the_command_line = ("anonymise.py", "volumefiles.py", "text.py", "select.py")
    for path in sorted((ROOT / "cacviewer" / room).rglob("*.py")):
        if path.name in of_the_command_line or "." in path.stem:
            continue
        for text in _templates(path, names):
            if " " in text:
                assert ARABIC.search(in_arabic(text)), f"{path.name}: {text}"


def test_every_reason_of_a_lesion_is_said_in_arabic():
    tree = ast.parse((ROOT / "cacviewer" / "core" / "classify.py").read_text("utf-8"))
    strings = [text for node in ast.walk(tree) for text in _sentence(node)]
    docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Module | ast.ClassDef)}  # fmt: skip
    parts = {id(p) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for p in n.values}
    whole = [
        text
        for node in ast.walk(tree)
        if id(node) not in parts
        for text in _sentence(node)
        if len(text.split()) > 3
        and text not in docs
        and text[:1].islower()
        or text[:1] == "7"
        and " " in text
    ]
    assert len(whole) > 10 and len(strings) > len(whole)
    for reason in whole:
        assert ARABIC.search(said_in_arabic(reason)), reason


def said_in_arabic(text: str) -> str:
    return LANGUAGES["ar"].said(text)


# --- no words past the translator ----------------------------------------------------------------------------

SETTERS = {
    "setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setStatusTip",
    "setTitle", "setPlaceholderText", "setWhatsThis", "addItem", "addAction", "addMenu", "addTab", "addRow",
    "setHeaderLabels", "setHorizontalHeaderLabels", "setItemText", "QLabel", "QPushButton", "QCheckBox", "QAction",
    "QToolBar", "QMenu", "QDockWidget", "QGroupBox", "QMessageBox", "addButton", "setInformativeText",
}  # fmt: skip
SPELT_AS_IT_IS = re.compile(r"^(\W|\d|HU|mm|cacviewer|view\.[\w.]*)*$")


def _words_past_the_translator(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if getattr(node.func, "attr", getattr(node.func, "id", "")) not in SETTERS:
            continue
        for argument in node.args:
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            found += [
                part.value
                for part in parts
                if isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and not SPELT_AS_IT_IS.match(part.value)
            ]
    return found


def test_no_literal_reaches_a_widget_untranslated():
    assert _words_past_the_translator(ast.parse("label.setText('Hello you')")) == ["Hello you"]
    found = {p.name: words for p in UI.rglob("*.py") if (words := _words_past_the_translator(ast.parse(p.read_text("utf-8"))))}  # fmt: skip
    assert found == {}


# --- the switch ----------------------------------------------------------------------------------------------


def test_places_for_values_are_isolated_only_where_text_runs_from_right_to_left(arabic):
    text = translated("{n} s left").format(n=-600)
    assert "\u2068-600\u2069" in text
    assert LANGUAGES["en"].said("Scoring") == "Scoring"


def test_a_sentence_inside_a_sentence_is_said_too(arabic):
    told = said("excluded by the reader (85% of its voxels lie in the aorta)")
    assert "استبعده القارئ" in told and "85%" in told and "داخل الأبهر" in told
    assert said("of nobody's table") == "of nobody's table"


def test_a_template_takes_the_shortest_part():
    table = Said({"{a} of {b}": "{b}/{a}"}, right_to_left=False)
    assert table("1 of 2 of 3").endswith("/1")


def test_errors_are_said_by_template_or_by_their_finding(arabic):
    message, advice = words_of(
        UnreadableInput("/x does not exist.", code="path_not_found", path="/x", remedy="Check the path.")
    )
    assert ARABIC.search(message) and "/x" in message and ARABIC.search(advice)
    twice = WorkerDied("The worker ended twice in the middle of 'segment' (killed by signal 9).")
    assert "segment" in words_of(twice)[0] and ARABIC.search(words_of(twice)[0])


def test_worded_properties_follow_the_language(qapp, qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    worded(label, text="Warning", toolTip="Note")
    assert (label.text(), label.toolTip()) == ("Warning", "Note")
    use_language(qapp, "ar")
    assert (label.text(), label.toolTip()) == ("تحذير", "ملاحظة")
    use_language(qapp, "en")
    assert (label.text(), label.toolTip()) == ("Warning", "Note")


def _shown_texts(window) -> list[str]:
    names = ("text", "toolTip", "accessibleName", "windowTitle", "title", "placeholderText")
    things = [window, *window.findChildren(type(window).__mro__[-3])]
    return [str(t.property(name)) for t in things for name in names if t.property(name)]


def test_preferences_are_the_table_of_settings_and_act_at_once(full_desk, qapp):
    from PySide6.QtWidgets import QComboBox

    from cacviewer import settings as known
    from cacviewer.ui import theme
    from cacviewer.ui.dialogs.preferences import KEPT_BY_THE_WINDOW, PreferencesDialog

    full_desk.window.show()
    full_desk.window.actions_by_id.run("edit.preferences")
    dialog = full_desk.window.findChild(PreferencesDialog)
    wanted = {r.name for r in known.TABLE if not isinstance(r.default, tuple)} - KEPT_BY_THE_WINDOW
    assert set(dialog.fields) == wanted
    assert all(field.accessibleName() for field in dialog.fields.values())
    language, colours = (dialog.findChild(QComboBox, name) for name in ("language", "theme"))
    for box, value in ((language, "ar"), (colours, "light")):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    assert full_desk.settings.get(known.LANGUAGE) == "ar"
    assert dialog.windowTitle() == "التفضيلات" and theme.colours() is theme.LIGHT
    use_language(qapp, "en")
    theme.apply(qapp, "dark")
    assert dialog.windowTitle() == "Preferences"
    dialog.close()


LEFT_IN_LATIN = re.compile(
    r"^[\W\d_]*$|^-?[\d.]+ (HU|mm)$|Roe|P-0042|cacviewer|^(LM|LAD|LCx|RCA)\b|[A-Za-z]:|^/|mg/dL|mmol/L|^\w{1,4}$|^Agatston \d|Calcium score|CT|^Scroll "
)


def test_the_window_turns_arabic_and_back_while_it_stands(full_desk, qapp):
    window = full_desk.window
    window.resize(1300, 900)
    window.show()
    full_desk.window.actions_by_id.run("lesion.next")
    translations.rewrite(qapp)
    before, session = _shown_texts(window), full_desk.store.session
    places = {name: dock.x() for name, dock in window.docks.items()}
    pictures = {p: _pixels(window.views.view(p)) for p in ("axial", "coronal", "sagittal")}
    use_language(qapp, "ar")
    QApplication.processEvents()
    english = [t for t in _shown_texts(window) if not ARABIC.search(t) and not LEFT_IN_LATIN.search(t)]
    assert english == []
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert window.docks["series"].x() > window.docks["results"].x()
    assert places["series"] < places["results"]
    assert full_desk.store.session is session  # neither zoom nor selection nor an edit is lost
    for name, picture in pictures.items():
        view = window.views.view(name)
        assert view.layoutDirection() == Qt.LayoutDirection.LeftToRight
        view.resize(picture.shape[1] // 4, picture.shape[0] + 40)
        assert np.array_equal(_pixels(view), picture), f"the {name} picture changed with the language"
    use_language(qapp, "en")
    QApplication.processEvents()
    assert set(_shown_texts(window)) == set(before)
    assert {name: dock.x() for name, dock in window.docks.items() if dock.x() >= 0} == {
        name: x for name, x in places.items() if x >= 0
    }


def _pixels(view) -> np.ndarray:
    image = view.grab().toImage().convertToFormat(view.grab().toImage().Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    # below the line of the worst finding, which is a text
    return data[40:, : image.width() * 4].copy()


def test_every_text_that_the_window_asks_for_is_in_the_files(full_desk, qapp, files):
    asked: set[str] = set()

    class Listener(QTranslator):
        def translate(self, context, text, disambiguation=None, n=-1):
            if context == translations.CONTEXT:
                asked.add(text)
            return text

        def isEmpty(self):
            return False

    listener = Listener()
    qapp.installTranslator(listener)
    try:
        for sheet in ("keys", "about", "comparison", "preferences"):
            full_desk.window.show_sheet(sheet)
        translations.rewrite(qapp)
    finally:
        qapp.removeTranslator(listener)
        for window in qapp.topLevelWidgets():
            if window is not full_desk.window:
                window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    known = files.read("en")
    assert len(asked) > 150
    arteries = {"LM", "LAD", "LCx", "RCA"}  # the same in every language
    assert [text for text in asked - arteries if len(text) > 1 and text not in known] == []


def test_every_finding_is_said_in_arabic_without_english_sentences():
    arabic = LANGUAGES["ar"]
    from cacviewer.core.findings import finding

    for code, kind in CATALOGUE.items():
        facts = {name: "7" for _, name, _, _ in string.Formatter().parse(kind.sentence + kind.remedy) if name}
        found = finding(code, **facts)
        assert ARABIC.search(arabic.sentence(found)), code
        assert bool(found.remedy) == bool(arabic.remedy(found)), code
