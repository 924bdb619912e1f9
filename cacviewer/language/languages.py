"""The texts of pages, by key and language, without Qt.

A language is a table; one that lacks a key speaks English there. Another language is another row of LANGUAGES
with its table and its direction. Sentences of findings are written where their codes are (core.findings) and
pass through here, so that they have one door to be translated by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cacviewer.core.findings import Fact, Finding
from cacviewer.language.arabic import ARABIC
from cacviewer.language.arabic_findings import FINDINGS, said_in_arabic
from cacviewer.language.arabic_said import SAID
from cacviewer.language.english import ENGLISH
from cacviewer.language.isolates import isolated, set_right_to_left
from cacviewer.language.said import Said

Told = Callable[[Finding], str]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of pages.

    Attributes:
        code: BCP 47 ("en").
        right_to_left: Direction of its lines.
        table: Texts by key; what it lacks is English.
        sentences: What a finding says, "" where the language does not know its code; None: English.
        remedies: What a finding asks for, likewise.
        of_lower_floors: Says again what was made as an English sentence; None: English.
    """

    code: str
    right_to_left: bool
    table: Mapping[str, str]
    sentences: Told | None = None
    remedies: Told | None = None
    of_lower_floors: Callable[[str], str] | None = None

    def __call__(self, key: str, **facts: Fact) -> str:
        """The text of a key, facts filled in.

        Raises:
            KeyError: No language has the key.
        """
        text = self.table.get(key) or ENGLISH[key]
        if self.right_to_left:
            text = set_right_to_left(text)
        if not facts:
            return text
        return text.format_map({name: self.isolated(fact) for name, fact in facts.items()})

    def isolated(self, fact: Fact) -> str:
        """A value that is put into a text: in a language that runs from right to left it keeps its own way."""
        return isolated(str(fact)) if self.right_to_left else str(fact)

    def sentence(self, found: Finding) -> str:
        """What a finding says."""
        return (self.sentences(found) if self.sentences else "") or found.message

    def remedy(self, found: Finding) -> str:
        """What a finding asks for, or ""."""
        if self.remedies is None or found.code not in FINDINGS:
            return found.remedy
        return self.remedies(found)

    def said(self, text: str) -> str:
        """A sentence that was made in English: progress, the reason of a lesion, an error."""
        return self.of_lower_floors(text) if self.of_lower_floors else text


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "en": Language("en", False, ENGLISH),
        "ar": Language(
            "ar",
            True,
            ARABIC,
            said_in_arabic,
            lambda found: said_in_arabic(found, remedy=True),
            Said(SAID, right_to_left=True),
        ),
    }
)
