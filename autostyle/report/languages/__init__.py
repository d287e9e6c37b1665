"""What a report says, in the language of whoever asked for the study: a folder of it here, by the English template.

What it lacks is said in English: errors, and what a method or a figure of another package says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from autostyle.report.languages import ko

LANGUAGES = {"ko": ko.SENTENCES}
NOTES = {"ko": (ko.NOTES | ko.SAMPLERS, ko.Noun)}


def template(language: str, english: str) -> str:
    """The template in that language; the English one where there is none of it."""
    return LANGUAGES.get(language, {}).get(english, english)


def said(language: str, english: str, **values: object) -> str:
    """The sentence in that language, with its values."""
    return template(language, english).format(**values)


def told(language: str, text: str) -> str:
    """A note that a study keeps in English, a word of its style, or a sentence that is itself a template."""
    from autostyle.keywords.spoken import translate_keyword  # it brings NumPy, and the app's first paint is without

    notes, noun = NOTES.get(language, ({}, str))
    for pattern, english in _patterns(language):
        if found := pattern.fullmatch(text):
            return notes[english].format(**{name: noun(value) for name, value in found.groupdict().items()})
    return translate_keyword(text, language) or template(language, text)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What tells the templates of notes in a sentence that was made of one, those that say most themselves first."""
    notes: Mapping[str, str] = NOTES.get(language, ({}, str))[0]
    found = []
    for english in notes:
        parts = [(literal, name) for literal, name, _, _ in Formatter().parse(english)]
        pattern = "".join(re.escape(literal) + (f"(?P<{name}>.+)" if name else "") for literal, name in parts)
        found.append((sum(len(literal) for literal, _ in parts), re.compile(pattern, re.DOTALL), english))
    return tuple((pattern, english) for _, pattern, english in sorted(found, key=lambda item: -item[0]))
