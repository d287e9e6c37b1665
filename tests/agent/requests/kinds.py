"""Requests by the kind of what was misread in them, as data; README.md beside this file says what the fields mean."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from tests.agent.requests.corpus import Language, Wished, data

Kind = Literal[
    "proportions", "leave_out", "role_words", "save", "final_size", "budget_quality", "parameters", "region",
    "no_leak", "past", "ordinal", "reference", "painter", "which_styles", "contradiction", "cannot", "unheard",
    "pictures", "several",
]  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Due(_Model):
    """What a person expects of the answer; what is not named here is not looked at, but for wishes and amounts."""

    asks: bool = False
    language: Language | None = None
    content: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    heavier: str | None = None
    wishes: Wished = Wished()
    may: tuple[str, ...] = ()
    method: str | None = None
    near: dict[str, float] = {}
    minutes: float | None = None
    trials: int | None = None
    size: int | None = None
    final_size: int | None = None
    save: str | None = None
    ending: str | None = None
    calls: tuple[str, ...] | None = None
    better: int | None = None
    saved: int | None = None
    inputs: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    sentences: int | None = None


class Misread(_Model):
    """One request; ``study`` where it is said to a finished study of which trials 3, 7 and 5 were shown."""

    id: str
    kind: Kind
    study: bool = False
    text: str
    files: tuple[str, ...] = ()
    drawn: dict[str, Literal["artwork", "photograph"]] = {}
    expect: Due


def misread(language: Language, part: Literal["kinds", "strangers"] = "kinds") -> tuple[Misread, ...]:
    """All of one language and one hand."""
    return TypeAdapter(tuple[Misread, ...]).validate_python(data(f"{language}_{part}.yaml"))
