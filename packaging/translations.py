"""Keeps the Qt Linguist files of the window complete, and compiles them.

    python packaging/translations.py           takes new texts of the code into the .ts files and makes the .qm files
    python packaging/translations.py --check   exit code 1 and a list if a text is missing or has no translation

The texts of the window are every string constant of `cacviewer/ui` that reads like words (and is no docstring, no
style sheet, no name), and the tables below `ui` that the window shows. What pages and findings say stands in
`cacviewer/language` and nowhere else (docs/adr/0011).
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "cacviewer" / "ui"
HOME = ROOT / "resources" / "translations"
LANGUAGES = ("en", "ar")
CONTEXT = "cacviewer"
NOT_WORDS = re.compile(
    r"^(Ctrl|Alt|Shift)\+|^(Esc|Return|Enter|Del|Backspace|Space|F\d+)$"  # keys
    r"|background|padding|font-|^Noto|^Fusion$|^PNG$|^Gr[ae]y|noqa|^QPushButton|^QMainWindow|^QTool|^QWERTY"
    r"|^[A-Z_]+$|^\W*$|\[\^|^text-align|^(Command|Desk|Scene|SimpleITK|MinIP|3-D|000 s left)$"
    r"|^(CACVIEWER_NO_OPENGL is set)$"
)
UPPER_CASE_WORDS = frozenset({"HU"})


def reads_like_words(text: str) -> bool:
    """Whether a constant is meant for people and not for the program."""
    if text in UPPER_CASE_WORDS or NOT_WORDS.search(text):
        return False
    return bool(re.match(r"[A-Z&{\d][^_]*[A-Za-z]", text)) and not re.match(r"^[A-Z]\w*\.\w+$", text)


def constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants that are neither docstrings nor parts of an f-string nor annotations."""
    skipped = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for line in body:
                if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                    skipped.add(id(line.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def texts_of_code() -> dict[str, str]:
    """English text to the module that says it."""
    found: dict[str, str] = {}
    for path in sorted(UI.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in constants(tree):
            if reads_like_words(node.value) or _is_argument_of_translated(tree, node):
                found.setdefault(node.value, path.relative_to(ROOT).as_posix())
    return found


def _is_argument_of_translated(tree: ast.AST, constant: ast.Constant) -> bool:
    calls = getattr(tree, "_said", None)
    if calls is None:
        calls = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translated":
                calls.update(id(part) for a in node.args for part in _values(a))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "worded":
                calls.update(id(part) for k in node.keywords for part in _values(k.value))
        tree._said = calls  # type: ignore[attr-defined]
    return id(constant) in calls


def _values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.IfExp):
        yield from (*_values(node.body), *_values(node.orelse))
    elif isinstance(node, ast.Constant):
        yield node


def texts_of_tables() -> dict[str, str]:
    """English texts of tables below `ui` that the window shows by their English words."""
    from cacviewer import settings
    from cacviewer.core import quantities, rulesets
    from cacviewer.core.lesions import Artery

    found = dict.fromkeys(rulesets.TITLES.values(), "cacviewer/core/rulesets.py")
    found |= {q.title: "cacviewer/core/quantities.py" for q in quantities.PER_ARTERY}
    found |= {a.label: "cacviewer/core/lesions.py" for a in Artery if len(a.label) > 3}
    found |= {row.text: "cacviewer/settings.py" for row in settings.TABLE}
    return found


def texts() -> dict[str, str]:
    """Everything that the files must hold."""
    return texts_of_tables() | texts_of_code()


def read(language: str) -> dict[str, str]:
    """English text to its translation, "" where it is not finished."""
    path = HOME / f"cacviewer_{language}.ts"
    if not path.exists():
        return {}
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        done = translation is not None and translation.get("type") is None
        found[message.findtext("source", "")] = (
            (translation.text or "") if done and translation is not None else ""
        )
    return found


def write(language: str) -> list[str]:
    """Writes the file of a language with all texts; returns those that have no translation."""
    known, missing = read(language), []
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines += [
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        "<context>",
        f"    <name>{CONTEXT}</name>",
    ]
    for text, where in sorted(texts().items(), key=lambda pair: (pair[1], pair[0])):
        translation = text if language == "en" else known.get(text, "")
        mark = "" if translation else ' type="unfinished"'
        if not translation:
            missing.append(text)
        lines += [
            "    <message>",
            f'        <location filename="../../{where}"/>',
            f"        <source>{escape(text)}</source>",
            f"        <translation{mark}>{escape(translation)}</translation>",
            "    </message>",
        ]
    lines += ["</context>", "</TS>", ""]
    HOME.mkdir(exist_ok=True)
    (HOME / f"cacviewer_{language}.ts").write_text("\n".join(lines), "utf-8")
    return missing


def compile(language: str) -> None:
    """Makes the .qm with lrelease, which comes with PySide6."""
    tool = shutil.which("pyside6-lrelease") or str(Path(sys.executable).with_name("pyside6-lrelease"))
    ts, qm = (HOME / f"cacviewer_{language}.{end}" for end in ("ts", "qm"))
    subprocess.run([tool, "-silent", str(ts), "-qm", str(qm)], check=True)


def main(words: list[str]) -> int:
    """Updates or checks."""
    wanted, complaints = texts(), []
    for language in LANGUAGES:
        if "--check" not in words:
            complaints += [f"{language}: no translation: {text!r}" for text in write(language)]
            compile(language)
            continue
        known = read(language)
        complaints += [
            f"{language}: not in the file: {text!r} ({wanted[text]})" for text in wanted if text not in known
        ]
        complaints += [f"{language}: no translation: {text!r}" for text in known if not known[text]]
        complaints += [
            f"{language}: nobody says it any more: {text!r}" for text in known if text not in wanted
        ]
    print("\n".join(complaints) or "complete")
    return bool(complaints)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main(sys.argv[1:]))
