"""What a message without files and wishes wants to happen: a yes, a no, a greeting, something about a study."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from autostyle.agent.understanding import methods
from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.model import Act, Intent

SHORT = 5
"Words of a greeting; in longer messages its words mean something else."
ANSWERS: tuple[tuple[str, Intent], ...] = (("decline", "refuse"), ("agree", "start"))
FILLERS = (
    r"\b(?:it|its|now|please|then|the|search|that|thats|this|one|plan|study|so|and|with|me|for|thanks?|you|i|mean|meant)\b"
    r"|(?:그거|그걸로|맞아|그럼|이제|이대로|그대로|바로|한번)"
    r"|(?:해|하자|할게|하세요|주세요|세요|줘요?|주|요|이요|예요|합니다|드려요?|드립니다|봐|보자|입니다|지금)(?=[\s.,!~]|$)"
)
"Words beside a yes or a no that change nothing."


def find(text: Text, acts: tuple[Act, ...], *, study: bool) -> tuple[Act, ...]:
    """The acts of such a message.

    Args:
        acts: what the follow-ups found in it.
        study: whether one is under way or done.
    """
    concepts = {hit.concept for clause in text.clauses for hit in clause.hits}
    for concept, intent in ANSWERS:
        if _says_only(text, concept):
            return (Act(intent),)
    if acts and (study or acts[0].intent not in ("steer", "more", "method")):
        return acts
    if acts:
        return (Act("stylize"),)
    if {"hello", "thanks"} & concepts and len(text.whole.split()) <= SHORT:
        return (Act("thanks" if "thanks" in concepts else "greet"),)
    if (what := beyond(text)) in PLAINLY_BEYOND:
        return (Act("beyond", about=what),)
    wants = {"turn", "style-word", "theirs", "look-like"} & concepts and {"mine", "theirs", "style-word"} & concepts
    return (Act("stylize" if wants and not study else "unclear"),)


BEYOND = ("nude", "face", "blink", "enlarge", "remove", "edit")
"""What is no change of style, by what the person would call it; the first two are refused with a style, too."""
NEVER = ("nude", "face")
PLAINLY_BEYOND = ("blink", "enlarge", "remove")
"""What is said of a study, too, where it means nothing else."""


_OF_A_PICTURE = re.compile(
    r"\b(?:my|our|photos?|selfie|like|style)\b|사진|(?<![가-힣])(?:내|우리|제)\s|처럼|같이|풍으로|스타일|느낌"
)
"""A picture that is there, or a style, is spoken of: it is to be painted over, not made of words."""


def beyond(text: Text) -> str | None:
    """Which work on a picture is asked for that is none of ours."""
    return next((what for what in BEYOND if any(clause.says(what) for clause in text.clauses)), None)


def clearer(text: Text, amounts: Mapping[str, Any]) -> bool:
    """Whether something is to become larger or sharper."""
    return bool(amounts.get("final_size")) or any("crisp" in clause.concepts for clause in text.clauses)


def beside(text: Text, *, styled: bool, study: bool) -> Act | None:
    """What a message with files or methods in it is about, if it asks for no style: what a method is, which styles
    there are, or other work on a picture.

    Args:
        styled: whether content and style were named, and words said which is which.
        study: whether one is under way or done.
    """
    if any(clause.says("which_styles") for clause in text.clauses) and not text.files:
        return Act("styles")
    if not text.files and methods.find(text.whole).wanted and any(c.says("asks_about") for c in text.clauses):
        return Act("methods")
    from_words = any(clause.says("generate") for clause in text.clauses) and not _OF_A_PICTURE.search(text.whole)
    if from_words and not (text.files or study):
        return Act("beyond", about="generate")
    what = beyond(text)
    if what in NEVER:
        return Act("beyond", about=what)
    return Act("beyond", about=what) if what and not styled and not study else None


def _says_only(text: Text, concept: str) -> bool:
    """Whether a message is a yes, or a no, and nothing else: a yes starts something, so no other word may be in it."""
    rest = list(text.whole)
    for hit in (hit for clause in text.clauses for hit in clause.hits if hit.concept == concept):
        rest[hit.start : hit.end] = " " * (hit.end - hit.start)
    left = re.sub(FILLERS, " ", "".join(rest))
    return left.strip(" .,!~\n") == "" and any(concept in clause.concepts for clause in text.clauses)
