"""Keywords by CLIP: of each group of words in ``prompts/style_words.yaml`` the one that fits the pictures best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autostyle import resources
from autostyle.errors import BadInput, wrong
from autostyle.keywords.words import Word
from autostyle.sentences import Sentence

FILE = "style_words.yaml"
Compare = Callable[[Sequence[str]], Sequence[float]]
"""How well each text fits the pictures; more is better."""


class StyleWords(BaseModel):
    """The words that pictures are held against."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    sentence: str
    groups: dict[str, Annotated[tuple[Word, ...], Field(min_length=2)]] = Field(min_length=3, max_length=8)

    @field_validator("sentence")
    @classmethod
    def _has_a_place(cls, sentence: str) -> str:
        if sentence.count("{}") != 1:
            raise ValueError(Sentence("the sentence holds {} once, for the word"))
        return sentence


def load() -> StyleWords:
    """The words in force; raises BadInput naming the file and the place that is wrong."""
    resource = resources.read(FILE)
    try:
        return StyleWords.model_validate(resources.parse(resource))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = wrong(error) if isinstance(error, ValidationError) else " ".join(str(error).split())
        raise BadInput(
            "{path}: {what}", "correct it, or move it away to use the one of autostyle", path=resource.path, what=what
        ) from error


def tags(compare: Compare) -> tuple[str, ...]:
    """One word a group, in the order of the groups."""
    words = load()
    flat = [word for group in words.groups.values() for word in group]
    # Not str.format: the sentence is a person's and may hold other braces.
    fits = dict(zip(flat, compare([words.sentence.replace("{}", word) for word in flat]), strict=True))
    return tuple(max(group, key=fits.__getitem__) for group in words.groups.values())
