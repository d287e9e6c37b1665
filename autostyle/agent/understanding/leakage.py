"""Things that must not come over from the style picture. They may be anything, so no list of words knows them: what is
shut out and is neither colour, brushwork, quality nor anything else a result can have, is taken for a thing."""

from __future__ import annotations

import re

from autostyle.agent.understanding.clauses import Clause

ATTRIBUTES = frozenset((
    "color", "color-name", "black-and-white", "marks", "structure", "bent", "damaged", "a-photo", "photoreal",
    "painted", "strong", "subtle", "overdone", "quality", "no-hurry", "live", "lag", "brand", "consistent",
    "production", "train", "style-word", "need-not",
))  # fmt: skip
"""Concepts that say how a result is, not what it shows."""
NEAR = 8
"""Letters before a noun in which a word may belong to it: of `실사 느낌은 필요없어` the first tells."""
_NO_THINGS = re.compile(
    r"\b(?:rush|hurry|problems?|worries|need|limits?|crop\w*|borders?|frames?|watermarks?|artifacts?|artefacts?|halos?|blur\w*"
    r"|distort\w*|chang\w*|filters?|gpu|budgets?|matter|doubts?|ideas?|clues?|thanks|resiz\w*|stretch\w*|fancy|extras|questions?"
    r"|explanations?|words|trials|tries|minutes|hours|seconds|internet|cloud|downloads?|models?|settings|parameters|losing|loss"
    r"|using|asking|waiting|touching|making|going|less|longer|one|body|way|mistakes?|errors?|jokes|surprises)\b"
    r"|^\s*(?:이거|그거|그런\s*거|시간|제한|테두리|워터마크|노이즈|글|부담|고민|설명|문제|기다림|손실|설치|인터넷)"
)
_ADJECTIVES = (
    r"(?:(?:the|any|its|their|those|these|his|her|a|single)\s+|\w+ing\s+|(?:stray|random|weird|extra|little|big)\s+)*"
)
_SHUT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:no|not\s+a\s+single|zero|without|minus|not\s+any)\s+{_ADJECTIVES}((?:[a-z]+\s+)?[a-z]+s)\b",
        r"\b(?:minus|skip|omit|exclude|excluding|leave\s+out|leave\s+off|(?:without|no)\s+(?:dragging|bringing|pulling|copying)(?:\s+in)?)"
        r"\s+(?:the|its|their|any)\s+([a-z]+)\b",
        r"\bleave\s+(?:the|its|all|any)\s+([a-z]+(?:\s+[a-z]+)?)\s+(?:behind|out|in\s+the\s+painting)\b",
        r"\bthe\s+([a-z]+)\s+(?:should|must|can|has\s+to|have\s+to)?\s*(?:stays?|remains?)\s+(?:where|behind|put|out\b|in\s+the\s+painting)",
        r"\b(?:my|the)\s+([a-z]+)\s+(?:must|should|has\s+to|needs?\s+to)\s+(?:stay|remain|be)\s+(?:an?|my|the)\s+\1\b",
        r"\b(nothing)\s+(?:recogni\w+\s+|visible\s+|concrete\s+|else\s+)?(?:from|of|in)\s+(?:the|it)\b",
        r"\bkeep\s+(?:\S+\s+){1,4}?([a-z]+)\s+out\s+of\b",
        r"\b(?:don'?t|do\s+not|never|not)\s+(?:add|invent|insert|introduce|put\s+in)\s+(anything|things|new\s+\w+|stuff|any\s+\w+)",
        r"\b(?:no|without)\s+(content)\s+(?:transfer|leak\w*|copy\w*)",
        r"(?<![가-힣])([가-힣]{1,20}?)(?:들)?[은는을를도]\s*(?:(?:그려\s*|집어\s*)?(?:넣|그리)지\s*[마말]|빼줘|빼주|빼고|빼라|제외|말고|필요\s*없)",
        r"(아무\s*것도)\s*(?:추가|넣|더하|그려\s*넣|새로)",
        r"([가-힣]{2,12})[은는이가]\s*\1(?:으로|로|이어야|여야)\s*(?:남|있|보|유지)?",
    )
)


def found(clause: Clause) -> bool:
    """Whether a clause shuts out a thing."""
    for pattern in _SHUT_OUT:
        for match in pattern.finditer(clause.text):
            near = range(match.start(1) - NEAR, match.end(1))
            said = {
                hit.concept
                for hit in clause.hits
                if near.start < hit.end - clause.start and hit.start - clause.start < near.stop
            }
            if not said & ATTRIBUTES and not _NO_THINGS.search(match.group(1)):
                return True
    return False
