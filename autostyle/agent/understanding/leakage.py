"""Things that must not come over from the style picture. They may be anything, so no list of words knows them: what is
shut out and is neither colour, brushwork, quality nor anything else a result can have, is taken for a thing."""

from __future__ import annotations

from autostyle.agent.understanding.clauses import Clause
from autostyle.agent.understanding.languages import spoken

ATTRIBUTES = frozenset((
    "color", "color-name", "black-and-white", "marks", "structure", "bent", "damaged", "a-photo", "photoreal",
    "painted", "strong", "subtle", "overdone", "quality", "no-hurry", "live", "lag", "brand", "consistent",
    "production", "train", "style-word", "need-not",
))  # fmt: skip
"""Concepts that say how a result is, not what it shows."""
NEAR = 8
"""Letters before a noun in which a word may belong to it: of `실사 느낌은 필요없어` the first tells."""


def found(clause: Clause) -> bool:
    """Whether a clause shuts out a thing."""
    language = spoken().leakage
    for pattern in language.shut_out:
        for match in pattern.finditer(clause.text):
            near = range(match.start(1) - NEAR, match.end(1))
            said = {
                hit.concept
                for hit in clause.hits
                if near.start < hit.end - clause.start and hit.start - clause.start < near.stop
            }
            if not said & ATTRIBUTES and not language.no_things.search(match.group(1)):
                return True
    return False
