"""What a report says, in the language of whoever asked for the study: a file of it here, by the English template.

What it lacks is said in English: notes, errors, and what a method or a figure of another package says of itself.
"""

from __future__ import annotations

from autostyle.report.languages import ko

LANGUAGES = {"ko": ko.SENTENCES}


def template(language: str, english: str) -> str:
    """The template in that language; the English one where there is none of it."""
    return LANGUAGES.get(language, {}).get(english, english)


def said(language: str, english: str, **values: object) -> str:
    """The sentence in that language, with its values."""
    return template(language, english).format(**values)
