"""People correct themselves as they type: "strong, no wait, subtle", "클림트.jpg 아니 모네.jpg처럼"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.languages import compose_pattern


@compose_pattern
def _taken_back(said: Grammar) -> str:
    return f"(?i:{said.talk.taken_back.source})"


def halves(text: str, names: Sequence[tuple[int, int]]) -> tuple[str, str] | None:
    """What was said before and after the last time it was taken back; None where nothing was.

    Args:
        names: stretches of file names and quotations, in which words mean nothing.
    """
    for match in reversed(list(_taken_back().finditer(text))):
        before, after = text[: match.start()], text[match.end() :]
        inside = any(start < match.end() and match.start() < end for start, end in names)
        if not inside and re.search(r"\w", before):
            return before, after
    return None
