"""A language, and several side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from autostyle.agent.understanding.grammar.amounts import (
    AmountGrammar,
    GoingOnGrammar,
    SettingGrammar,
    ShareGrammar,
    SizeGrammar,
)
from autostyle.agent.understanding.grammar.look import LeakageGrammar, MaskGrammar, PromptGrammar, WishGrammar
from autostyle.agent.understanding.grammar.names import (
    LookGrammar,
    MethodGrammar,
    PathGrammar,
    SavingGrammar,
)
from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern
from autostyle.agent.understanding.grammar.roles import RoleGrammar
from autostyle.agent.understanding.grammar.talk import ClaimGrammar, FollowupGrammar, TalkGrammar, UnrecognizedGrammar


class Finder(Protocol):
    """Finds the concepts of a language's words."""

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each concept in ``text`` and the stretch that says it."""


@dataclass(frozen=True, eq=False)
class Grammar:
    """A language.

    Args:
        unmistakable: letters or words that no other language here has.
        letters: any letter of it.
        words: the file of its words and what they mean, ``words.yaml``; of several languages together that of the last.
        finder: finds these words in a text; what it makes of the file is its own affair.
        number: the number that words are (spaces single), if they are one.
    """

    words: Traversable
    finder: Callable[[Mapping[str, Any]], Finder]
    unmistakable: Pattern = NOTHING
    letters: Pattern = NOTHING
    number: tuple[Callable[[str], float | None], ...] = ()
    budget: AmountGrammar = field(default_factory=AmountGrammar)
    going_on: GoingOnGrammar = field(default_factory=GoingOnGrammar)
    sizes: SizeGrammar = field(default_factory=SizeGrammar)
    shares: ShareGrammar = field(default_factory=ShareGrammar)
    paths: PathGrammar = field(default_factory=PathGrammar)
    saving: SavingGrammar = field(default_factory=SavingGrammar)
    looks: LookGrammar = field(default_factory=LookGrammar)
    roles: RoleGrammar = field(default_factory=RoleGrammar)
    wishes: WishGrammar = field(default_factory=WishGrammar)
    masks: MaskGrammar = field(default_factory=MaskGrammar)
    leakage: LeakageGrammar = field(default_factory=LeakageGrammar)
    prompt: PromptGrammar = field(default_factory=PromptGrammar)
    methods: MethodGrammar = field(default_factory=MethodGrammar)
    settings: SettingGrammar = field(default_factory=SettingGrammar)
    followups: FollowupGrammar = field(default_factory=FollowupGrammar)
    talk: TalkGrammar = field(default_factory=TalkGrammar)
    unheard: UnrecognizedGrammar = field(default_factory=UnrecognizedGrammar)
    claims: ClaimGrammar = field(default_factory=ClaimGrammar)


def together(one: Grammar, other: Grammar) -> Grammar:
    """Two languages side by side: patterns are alternatives, lists follow each other, tables are joined by key."""
    both: Grammar = _together(one, other)
    return both


def _together(one: Any, other: Any) -> Any:
    if isinstance(one, Pattern | frozenset):
        return one | other
    if isinstance(one, tuple):
        return one + other
    if isinstance(one, Mapping):
        return {**one, **other, **{key: _together(one[key], other[key]) for key in one if key in other}}
    if is_dataclass(one) and not isinstance(one, type):
        return replace(one, **{f.name: _together(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)})
    return other
