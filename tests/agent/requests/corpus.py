"""The request corpus as data; README.md beside this file says what the fields mean."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autostyle.brief import MediumName
from autostyle.decision import Situation

Language = Literal["en", "ko"]
Part = Literal["frozen", "open", "unseen", "media_frozen", "media_open"]
FOLDER = Path(__file__).parent


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wished(_Model):
    """The wishes a request speaks of; one that is absent stays neutral."""

    strength: Literal["subtle", "balanced", "strong"] = "balanced"
    keep_color: bool = False
    photorealistic: bool = False
    realtime: bool = False
    prevent_leakage: bool = False
    brand: bool = False
    arbitrary: bool = False
    production: bool = False
    quality: bool = False
    voice: bool = False
    prompt: str | None = None


class Expected(_Model):
    """The right understanding of a request: a plan, unless ``question`` or ``cannot``."""

    language: Language
    question: bool = False
    cannot: bool = False
    medium: MediumName = "image"
    content: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    wishes: Wished = Wished()
    either: tuple[str, ...] = ()
    method: str | None = None
    row: str | None = None
    trials: Annotated[int, Field(gt=0)] | None = None
    minutes: Annotated[float, Field(gt=0)] | None = None
    size: Annotated[int, Field(gt=0)] | None = None
    final_size: Annotated[int, Field(gt=0)] | None = None
    parts: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    given: dict[str, str] = {}
    ending: str | None = None
    train: Literal["net", "lora"] | None = None
    says: str | None = None

    def situation(self) -> Situation:
        """What the decision table looks at."""
        flags = self.wishes.model_dump(include=set(Situation.model_fields) - {"medium", "prompt"})
        return Situation(medium=self.medium, prompt=bool(self.wishes.prompt), **flags)


class Entry(_Model):
    """One request and the files that exist where it is said; ``before`` it, messages that each got a question."""

    id: str
    before: tuple[str, ...] = ()
    text: str
    files: tuple[str, ...] = ()
    expect: Expected


class Steer(_Model):
    intent: Literal["steer"]
    direction: Literal["style", "content", "color", "structure"]
    sign: Literal["+", "-"]


class About(_Model):
    """An intent that is about trials, by number."""

    intent: Literal["explain", "show", "compare"]
    numbers: tuple[int, ...] = ()


class MoreBudget(_Model):
    intent: Literal["more_budget"]
    trials: Annotated[int, Field(gt=0)] | None = None
    minutes: Annotated[float, Field(gt=0)] | None = None


class SwitchMethod(_Model):
    intent: Literal["switch_method"]
    method: str


class Prefer(_Model):
    intent: Literal["prefer"]
    numbers: tuple[int, ...] = ()
    rank: Annotated[int, Field(gt=0)] | None = None


class Apply(_Model):
    intent: Literal["apply"]
    files: tuple[str, ...]


class Plain(_Model):
    """An intent that needs nothing more."""

    intent: Literal["export", "stop", "undo", "status", "list", "help", "unclear"]


Intent = Annotated[
    Steer | About | MoreBudget | SwitchMethod | Prefer | Apply | Plain,
    Field(discriminator="intent"),
]


class Followup(_Model):
    """What is said during or after a study, and its intents in order."""

    id: str
    text: str
    frozen: bool = False
    expect: Annotated[tuple[Intent, ...], Field(min_length=1)]


_TURN = r"(style|content|color|structure)[+-]"


class MediaFollowup(_Model):
    """What is said to a study of a medium; ``expect`` are the acts that are right, any one of them."""

    id: str
    medium: MediumName
    text: str
    expect: Annotated[str, Field(pattern=rf"^({_TURN}( {_TURN})*|open|seen|save [a-z0-9]+)$")]


T = TypeVar("T")


def requests(language: Language, part: Part) -> tuple[Entry, ...]:
    """One part of the first requests in one language."""
    return _read(f"{language}_{part}.yaml", tuple[Entry, ...])


def followups(part: Part) -> tuple[Followup, ...]:
    """One part of the follow-ups, of both languages."""
    if part == "unseen":
        return _read("followups_unseen.yaml", tuple[Followup, ...])
    return tuple(
        followup for followup in _read("followups.yaml", tuple[Followup, ...]) if followup.frozen == (part == "frozen")
    )


def media_followups(part: Literal["media_frozen", "media_open"]) -> tuple[MediaFollowup, ...]:
    """One part of what is said to studies of all media, in both languages."""
    return _read(f"followups_{part}.yaml", tuple[MediaFollowup, ...])


@cache
def _read(name: str, kind: type[T]) -> T:
    return TypeAdapter(kind).validate_python(data(name))


def data(name: str) -> Any:
    """What a file of this folder says."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), loader)
