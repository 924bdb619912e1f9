"""Every text in both languages, with the same named places."""

from __future__ import annotations

import re
import string

import pytest

from cacviewer.core.findings import CATALOGUE, finding
from cacviewer.language import ENGLISH, LANGUAGES
from cacviewer.language.arabic import ARABIC
from cacviewer.language.arabic_findings import FINDINGS

LATIN_ONLY = {"category.cac_drs", "pictures.right"}
GRAMMAR = {"s", "are", "were", "have"}
"""Places of English that follow from a number."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_key_is_there_in_arabic():
    assert set(ARABIC) == set(ENGLISH)


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_arabic_texts_have_the_same_places_and_arabic_letters(key):
    english_names = {"high_th": "high", "low_th": "low"}
    assert places(ARABIC[key]) == {english_names.get(name, name) for name in places(ENGLISH[key])}
    words = re.sub(r"\{\w+\}", "", ARABIC[key])
    if re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}", "", ENGLISH[key])) and key not in LATIN_ONLY:
        assert re.search("[\u0600-\u06ff]", words), key
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", words)  # digits are 0-9


def test_every_finding_is_there_in_arabic():
    assert set(FINDINGS) == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_findings_in_arabic_speak_of_the_same_facts(code):
    sentence, remedy = FINDINGS[code]
    assert places(sentence) == places(CATALOGUE[code].sentence) - GRAMMAR
    assert places(remedy) == places(CATALOGUE[code].remedy) - GRAMMAR
    assert bool(remedy) == bool(CATALOGUE[code].remedy)
    assert re.search("[\u0600-\u06ff]", sentence)


def test_a_finding_is_told_in_its_language():
    arabic = LANGUAGES["ar"]
    found = finding("contrast_seen", place="ascending aorta", blood_hu=250, limit_hu=80)
    assert "الأبهر الصاعد" in arabic.sentence(found)
    assert "\u2066250\u2069" in arabic.sentence(found)  # a number keeps its own direction
    assert arabic.remedy(found).startswith("اختر")
    assert LANGUAGES["en"].sentence(found) == found.message
    edge = finding("category_edge", a="11-100", b="1-10 or 101-400")
    assert "أو" in arabic.sentence(edge).split("101-400")[0]


def test_facts_of_an_arabic_text_are_isolated():
    assert LANGUAGES["ar"]("patient.age", years=60) == "\u206660\u2069 سنة"
    assert LANGUAGES["en"]("patient.age", years=60) == "60 years"
