"""What a request says that means nothing here, in the person's words: it is named, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autostyle.agent.understanding import (
    aids,
    budget,
    leakage,
    lexicon,
    looks,
    methods,
    prompt,
    settings,
    shares,
    sizes,
    wishes,
)
from autostyle.agent.understanding.clauses import Clause, Text
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILES, QUOTES
from autostyle.agent.understanding.languages import compose_pattern, spoken

MEANT = (
    *wishes.MEANINGS,
    "hold",
    "swapped",
    "first_frame",
    "prevent_leakage",
    "only_part",
    "asks_about",
    "which_better",
    "export",
)
"""Frames of the lexicon that a request takes in, or answers."""
_MEANING = frozenset((
    "hello", "thanks", "agree", "quality", "video", "font", "audio", "voice", "scene", "no-hurry", "brand",
    "consistent", "many", "any", "live", "lag", "production", "earlier", "style-word", "theirs", "prefer-style",
    "prefer-content", "original", "need-not", "described",
    "flicker",  # what paints clips holds their frames together, whether or not anybody says so
))  # fmt: skip
"""Concepts that are part of what was taken in, or of small talk."""


@compose_pattern
def _a_number(said: Grammar) -> str:
    """A number (``n``) with the words beside it."""
    words = said.unheard
    return (
        rf"(?:(?<![\w{FILES}])(?:{words.letter.source}|_)+\s*[:=]?\s*)?(?<![\w.:/#])(?P<n>\d+(?:\.\d+)?)"
        rf"(?![\w.:/%]*\d|st|nd|rd|th)[a-z%]*(?:\s+(?!{words.or_.source}){words.letter}+)?"
    )


@compose_pattern
def _joins(said: Grammar) -> str:
    return rf"^{said.unheard.joins}\s+"


def find(text: Text, heard: Sequence[str] = ()) -> tuple[str, ...]:
    """The clauses, and the ends of clauses behind a file, that say something which was not taken in; what means one of
    ``heard`` was."""
    if any(clause.says(meaning) for meaning in heard for clause in text.clauses):
        kept = tuple(clause for clause in text.clauses if not any(clause.says(meaning) for meaning in heard))
        text = replace(text, clauses=kept)
    known = _known(text)
    found = dict.fromkeys(words for clause in text.clauses for words in _of(text, clause, known))
    return tuple(dict.fromkeys((*_of_the_look(text), *found)))


def _of_the_look(text: Text) -> tuple[str, ...]:
    """What was said of the look and means nothing here, in the person's words: "mind the skin tones"."""
    sized = sizes.find(text.whole).spans
    return tuple(
        text.as_typed[clause.start : clause.end].strip(" ,.;!?…")
        for clause in text.clauses
        if clause.concepts & wishes.LOOK
        and not clause.files
        and not any(clause.says(meaning) for meaning in wishes.MEANINGS)
        and not wishes.past(clause)
        and not leakage.found(clause)
        and not any(start < clause.end and clause.start < end for start, end in sized)
    )


def _of(text: Text, clause: Clause, known: list[tuple[int, int]]) -> Iterator[str]:
    yield from _numbers(text, clause, known)
    if clause.files:
        extra = next(filter(None, (extra.search(clause.text) for extra in spoken().unheard.extra)), None)
        if extra is not None:
            yield from _named(text, clause, clause.start + extra.start("more"), clause.end, known)
        return
    if not _heard(text, clause, known):
        yield from _named(text, clause, clause.start, clause.end, known)
        return
    for more in spoken().unheard.and_more.finditer(clause.text):  # "only the sky and sprinkle glitter"
        yield from _named(text, clause, clause.start + more.start(), clause.start + more.end(), known)


def _numbers(text: Text, clause: Clause, known: list[tuple[int, int]]) -> Iterator[str]:
    """A number nobody took in, with the words beside it."""
    if spoken().unheard.told.search(clause.text) or wishes.past(clause):
        return
    for match in _a_number().finditer(clause.text):
        start, end = clause.start + match.start("n"), clause.start + match.end("n")
        whole = range(clause.start + match.start(), clause.start + match.end())
        beside = any(hit.start < whole.stop and whole.start < hit.end for hit in clause.hits)
        if not beside and not any(a <= start and end <= b for a, b in known):
            yield text.as_typed[clause.start + match.start() : clause.start + match.end()].strip(" ,.;:!?…\n")


def _named(text: Text, clause: Clause, start: int, end: int, known: list[tuple[int, int]]) -> Iterator[str]:
    """The stretch in the person's words, if it says something that was not heard."""
    hits = tuple(hit for hit in clause.hits if start <= hit.start and hit.end <= end)
    if not _heard(text, Clause(start, end, text.whole[start:end], hits), known) and lexicon.load().own_words(
        text.whole[start:end]
    ):
        said = text.as_typed[start:end].strip(" ,.;:!?…\n-–—&")
        yield _joins().sub("", said)


def _heard(text: Text, part: Clause, known: list[tuple[int, int]]) -> bool:
    """Whether something in a stretch was taken in, or nothing was meant by it."""
    concepts = part.concepts
    return (
        any(start < part.end and part.start < end for start, end in known)
        or re.search(f"[{QUOTES}]", part.text) is not None
        or spoken().unheard.told.search(part.text) is not None
        or wishes.past(part)
        or any(wishes.left_out(text, part))
        or bool(concepts & _MEANING)
        or leakage.found(part)
        or any(part.says(meaning) for meaning in MEANT)
        or (spoken().unheard.its.match(part.text) is not None and bool(concepts & wishes.LOOK))
    )


def _known(text: Text) -> list[tuple[int, int]]:
    """Where numbers, sizes, parameters, methods and places stand."""
    whole = text.whole
    spans = [(amount.start, amount.end) for amount in budget.find(whole)]
    spans += sizes.find(whole).spans
    spans += wishes.balanced(whole) + shares.spans(whole)
    spans += settings.spans(whole)
    spans += looks.painters(whole)
    if words := prompt.find(text):
        spans += [match.span() for match in re.finditer(re.escape(words), text.as_typed)]
    spans += [(start, end) for _, _, start, end in methods.find_mentions(whole)]
    spans += aids.spans(whole)
    return spans
