"""What the embedded brain says, in the language of the request."""

from __future__ import annotations

from collections.abc import Sequence

from autostyle.agent.brains.replies import en, ko, translation
from autostyle.agent.brains.replies.korean import Noun
from autostyle.agent.understanding.model import Language

WORDS: dict[Language, dict[str, str]] = {"en": en.WORDS, "ko": ko.WORDS}


def say(language: Language, key: str, **values: object) -> str:
    """The sentence ``key`` with its values; in Korean every word can ask for its particle."""
    if language == "ko":
        values = {name: Noun(value) if isinstance(value, str) else value for name, value in values.items()}
    return WORDS[language][key].format_map(values)


def translated(language: Language, sentence: str) -> str:
    """An error or a hint of a tool in the language of the request; one that nobody has translated stays English."""
    return translation.sentence(sentence) if language == "ko" else sentence


def titled(language: Language, title: str) -> str:
    """The title of a call, or the question whether it may run, in the language of the request."""
    return translation.title(title) if language == "ko" else title


def listed(language: Language, names: Sequence[str]) -> str:
    """``a, b and c``."""
    *others, last = names or ("",)
    return say(language, "and", others=", ".join(others), last=last) if others else last


def minutes(language: Language, seconds: float) -> str:
    """A length of time, rounded to what a person would say."""
    if seconds < 90:
        return say(language, "seconds", n=max(1, round(seconds)))
    return say(language, "minutes", n=f"{seconds / 60:.0f}")
