"""What a message without files and wishes wants to happen: a yes, a no, a greeting, something about a study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autostyle.agent.understanding import methods
from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.languages import spoken
from autostyle.agent.understanding.model import Act, Intent

SHORT = 5
"Words of a greeting; in longer messages its words mean something else."
ANSWERS: tuple[tuple[str, Intent], ...] = (("decline", "refuse"), ("agree", "start"))


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


def agrees(text: Text) -> bool:
    """Whether a message begins with a yes: "yes, but 4 trials"."""
    return bool(text.clauses) and "agree" in text.clauses[0].concepts and len(text.clauses[0].text.split()) <= 2


BEYOND = ("nude", "face", "singing", "speech", "onnx", "blink", "enlarge", "remove", "camera", "edit")
"""What changes no file's style, by what the person would call it; those of ``NEVER`` are refused with a style, too."""
NEVER = ("nude", "face", "singing")
PLAINLY_BEYOND = ("singing", "speech", "onnx", "blink", "enlarge", "remove", "camera")
"""What is said of a study, too, where it means nothing else."""
OF_SOUND = ("singing", "speech")
"""What is asked for of recordings alone: a photograph may show who sings, or words to read."""


def beyond(text: Text) -> str | None:
    """Which work on a picture is asked for that is none of ours."""
    kinds = {file.medium for file in text.files if not file.folder}
    known = [what for what in BEYOND if what not in OF_SOUND or not kinds or "audio" in kinds]
    return next((what for what in known if any(clause.says(what) for clause in text.clauses)), None)


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
    from_words = any(clause.says("generate") for clause in text.clauses) and not spoken().talk.of_a_picture.search(
        text.whole
    )
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
    left = spoken().talk.fillers.sub(" ", "".join(rest))
    return left.strip(" .,!~\n") == "" and any(concept in clause.concepts for clause in text.clauses)
