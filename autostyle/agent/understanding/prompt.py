"""Words meant for a method that reads: after "prompt:", in quotation marks, or as a scene that is described."""

from __future__ import annotations

import re

from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILES, QUOTE, QUOTES
from autostyle.agent.understanding.languages import compose_pattern, spoken


@compose_pattern
def _after_cue(said: Grammar) -> str:
    prompt = said.prompt
    return rf"{prompt.cue}\s*(?:=|:|-|{prompt.is_.source})?\s*:?\s*([^{FILES}{QUOTES}.;\n]{{4,}})"


def find(text: Text) -> str | None:
    """The prompt, in the person's own words; None if there is none."""
    language = spoken().prompt
    cue = language.cue.search(text.whole)
    for i, quoted in enumerate(text.quotes):
        if cue or re.search(r"\w\s+\w", quoted):
            return quoted if chr(QUOTE + i) in text.whole else None
    said = _after_cue().search(text.whole)
    if said:
        return _as_typed(text, *said.span(1))
    for pattern in language.scenes:
        for match in pattern.finditer(text.whole):
            before = text.whole[max(0, match.start() - 24) : match.start()]
            described = language.taken_before.search(before) or language.described_before.search(
                text.whole[: match.start()]
            )
            described = described or language.not_a_scene.search(match.group(1))
            if not described and not _negated(text.whole, match.start(), match.end()):
                return _as_typed(text, *match.span(1))
    return None


def _negated(whole: str, start: int, end: int) -> bool:
    language = spoken().prompt
    return bool(
        language.negated_before.search(whole[max(0, start - 30) : start])
        or language.negated_after.match(whole[end : end + 12])
    )


def _as_typed(text: Text, start: int, end: int) -> str:
    return re.sub(r"^[\s:=-]+|[\s,.;:!]+$", "", text.as_typed[start:end])
