"""What around a file tells whether it is the content or the style: the languages' words, and what needs no words.

Each cue is a weight and an expression: positive weights speak for style, negative for content. Of the cues before a
file and of those after it the first that fits counts, so the plainest stand first, and arrows last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.grammar.roles import Cue
from autostyle.agent.understanding.languages import spoken

_POST = r"^[)\]]?\s*(?:\([^)]*\)\s*)?"


@dataclass(frozen=True)
class Cues:
    """All cues.

    Args:
        before, after: matched against the text up to the file, and that after it.
        among: after one of three files and more, where shares of several styles may be meant.
        among_before: before one of these; other files may stand in it.
    """

    before: tuple[Cue, ...]
    after: tuple[Cue, ...]
    among: tuple[Cue, ...]
    among_before: tuple[Cue, ...]


def cues() -> Cues:
    """Those of all languages."""
    return _cues(spoken())


@lru_cache(maxsize=2)
def _cues(said: Grammar) -> Cues:
    roles = said.roles
    bracket = rf"^\s*(?:\(\s*{roles.is_a}?|,\s*{roles.which_is})"
    arrow = rf"{_POST}(?:->|→|=>|=)\s*{roles.the}?"
    percent = rf"\s*(?:%|{roles.percent.source})"
    return Cues(
        before=(
            (2, Pattern(rf"\d{{1,3}}{percent}\s*{roles.of}?(?:{roles.det}\s+)*[@(]?$")),
            *roles.before,
            (1.5, Pattern(r"(?:->|→|=>|⇒|~>|>>)\s*$")),
        ),
        after=(
            (3, Pattern(rf"{bracket}{roles.style_noun}\s*(?:[),.]|$)")),
            (-3, Pattern(rf"{bracket}{roles.content_noun}\b")),
            (2, Pattern(rf"{_POST}[(:]?\s*\d{{1,3}}{percent}")),
            (3, Pattern(f"{arrow}{roles.arrow_style}")),
            (-3, Pattern(f"{arrow}{roles.arrow_content}")),
            *roles.after,
            (-1.5, Pattern(f"{_POST}(?:->|→|=>|⇒)")),
        ),
        among=(
            (2, Pattern(rf"^\s*[(:=]?\s*\d{{1,3}}(?=[\s,)]|$)(?!\s*{roles.counted})")),
            *roles.among,
        ),
        among_before=roles.among_before,
    )
