"""Style keywords as a model gives them: the form asked for, and what is taken from an answer that misses it.

``prompts/style_keywords.md`` asks for this form. What a model says may have been written by a picture: words stay
short and plain before they reach a prompt, a report or a screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from autostyle.errors import Missing, wrong
from autostyle.json_text import objects
from autostyle.sentences import Sentence

LONGEST = 40
MOST = 8


def _plain(word: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", word).lower().split()).strip(" .,;:'\"")
    if not line or len(line) > LONGEST or re.search(r"[^\w \-/&'’]", line):
        raise ValueError(
            Sentence("a keyword is a word or two without punctuation, at most {most} letters", most=LONGEST)
        )
    return line


Word = Annotated[str, AfterValidator(_plain)]


class StyleKeywords(BaseModel):
    """How a picture is made, in a few words."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, defer_build=True)

    keywords: tuple[Word, ...] = Field(min_length=3, max_length=MOST)
    "3 to 8 words or pairs of words on technique, medium, movement, light and mood; never what is shown."
    palette: tuple[Word, ...] = Field(default=(), max_length=5)
    "2 to 5 plain colour names, the largest area first."

    def words(self) -> tuple[str, ...]:
        """The keywords, the two largest colours among them, at most :data:`MOST`, none twice."""
        colors = " and ".join(self.palette[:2])
        said = any(color in word for word in self.keywords for color in self.palette[:2])
        words = self.keywords if said or not colors else (*self.keywords[: MOST - 1], colors)
        return tuple(dict.fromkeys(words))


def ask_for_keywords(ask: Callable[[str], str], question: str, name: str) -> StyleKeywords:
    """Ask a model that answers in text: once, once more with what was wrong, then take what can be used.

    Args:
        ask: the model's answer to a question about the picture.
        name: of the model, for the error.

    Raises:
        Missing: no answer held three keywords.
    """
    answers: list[str] = []
    prompt = question
    for _ in range(2):
        answers.append(ask(prompt))
        try:
            return StyleKeywords.model_validate_json(answers[-1])
        except ValidationError as error:
            prompt = f"{question}\n\nYour last answer was refused: {wrong(error)}. Answer with the JSON only."
    for answer in reversed(answers):
        if (found := lenient(answer)) is not None:
            return found
    raise Missing(
        "{name} looked, but gave no keywords", "choose another model for [keywords] in the settings", name=name
    )


def lenient(text: str) -> StyleKeywords | None:
    """What can be used of an answer in another form: an object somewhere in it, or else a list of words."""
    for data in objects(text):
        words = data.get("keywords", ())
        found = _usable(words if isinstance(words, list) else str(words).split(","))
        if len(found) >= 3:
            palette = data.get("palette", ())
            return StyleKeywords(
                keywords=found[:MOST], palette=_usable(palette if isinstance(palette, list) else ())[:5]
            )
    found = _usable(re.split(r"[,;\n]|^\s*(?:[-*•]|\d+[.)])", text, flags=re.MULTILINE))
    return StyleKeywords(keywords=found[:MOST]) if len(found) >= 3 else None


def _usable(words: Any) -> tuple[str, ...]:
    found = []
    for word in words:
        try:
            found.append(_plain(str(word)))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
