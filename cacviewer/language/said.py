"""Sentences that lower floors make in English, found again by their templates: progress, reasons, errors.

They cross the pipe as sentences and not as keys, because the log and the command line print them as they are. A
text that is said in another language is matched against the templates of its table: {a} is any part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cacviewer.language.isolates import isolated, set_right_to_left

Templates = Mapping[str, str]


class Said:
    """A table of templates, English to another language.

    Args:
        templates: English template to the other one; both have the same places.
        right_to_left: Direction of the other language.
    """

    def __init__(self, templates: Templates, right_to_left: bool) -> None:
        self._exact = {english: other for english, other in templates.items() if "{" not in english}
        self._patterns = [
            (_pattern(english), other) for english, other in templates.items() if "{" in english
        ]
        self._right_to_left = right_to_left
        self._asked = lru_cache(maxsize=2048)(self._found)

    def __call__(self, text: str) -> str:
        """The text in the other language; itself where no template fits."""
        return self._asked(text) if text else ""

    def _found(self, text: str) -> str:
        if text in self._exact:
            return self._set(self._exact[text])
        for pattern, other in self._patterns:
            if match := pattern.fullmatch(text):
                facts = {name: self._fact(part) for name, part in match.groupdict().items()}
                return self._set(other).format_map(facts)
        return text

    def _fact(self, part: str) -> str:
        told = self(part)  # a reason inside a reason
        return isolated(told) if self._right_to_left else told

    def _set(self, text: str) -> str:
        return set_right_to_left(text) if self._right_to_left else text


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    made = (re.escape(p) if i % 2 == 0 else f"(?P<{p}>.+?)" for i, p in enumerate(parts))
    return re.compile("".join(made), re.DOTALL)
