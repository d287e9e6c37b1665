"""How a language says how many, how long, how large, in which shares and at which values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern

Unit = Literal["trials", "minutes"]
AmountUnit = tuple[Unit, float, Pattern]
"""What is counted, how much one of it is, and how it is said; group ``n`` is the number, ``half`` a half more."""
Part = tuple[Pattern, Callable[["re.Match[str]"], float]]


@dataclass(frozen=True, eq=False)
class AmountGrammar:
    """Trials and minutes.

    Args:
        amounts: the plainest first.
        articles: numbers that are also articles: "a minute".
        per: before an article that counts something else: thirty frames *a second*.
        once: no count of trials.
        times: a count that may also be the number of a trial.
        joined: between hours and minutes.
    """

    amounts: tuple[AmountUnit, ...] = ()
    articles: frozenset[str] = frozenset()
    per: Pattern = NOTHING
    once: Pattern = NOTHING
    times: Pattern = NOTHING
    joined: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class GoingOnGrammar:
    """Going on with a search: the rest of it, so many in all (``n`` or ``m``), so many more (``n``)."""

    rest: Pattern = NOTHING
    total: tuple[Pattern, ...] = ()
    more: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class SizeGrammar:
    """How large.

    Args:
        by: between width and height.
        units: of paper, in mm.
        screens: by their names, in pixels.
        number: a number in words.
        pixels, size_word: "pixels"; "size", "width".
        is_: between "size" and the number.
        sides: a long side (group 1) without a unit.
        width, height: words beside a size that say which side it is of.
        search, result: words near a size that tell what it is of.
        search_is, search_size, search_at, counted: the parts of "search size at 512", and units that make it none.
        own: as large as the photograph.
        on_paper: makes A4 a size.
        but: ends the part of a sentence that a size is in.
    """

    by: Pattern = NOTHING
    units: Mapping[str, float] = field(default_factory=dict)
    screens: Mapping[str, int] = field(default_factory=dict)
    number: Pattern = NOTHING
    pixels: Pattern = NOTHING
    size_word: Pattern = NOTHING
    is_: Pattern = NOTHING
    sides: tuple[Pattern, ...] = ()
    width: Pattern = NOTHING
    height: Pattern = NOTHING
    search: Pattern = NOTHING
    result: Pattern = NOTHING
    search_is: Pattern = NOTHING
    search_size: Pattern = NOTHING
    search_of: Pattern = NOTHING
    search_at: Pattern = NOTHING
    counted: Pattern = NOTHING
    said: tuple[Pattern, ...] = ()
    own: Pattern = NOTHING
    on_paper: Pattern = NOTHING
    but: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class ShareGrammar:
    """Proportions of several styles.

    Args:
        percent: the word for %.
        parts: other ways to say a share, each with what it makes of a match.
        fraction_of: what follows a fraction that is a share.
        to: between the numbers of a ratio; ``no_ratio`` follows what is none (a time).
        numbered: says that numbers are shares.
        strength, is_: before a number that is a strength.
        equal: all alike.
        much_before, little_before, much_after, little_after: next to a style.
        ordinals: which style, from 0; -1 is the last.
        much_ordinal, little_ordinal: more, or less, of the style ``{0}``.
    """

    percent: Pattern = NOTHING
    parts: tuple[Part, ...] = ()
    fraction_of: Pattern = NOTHING
    to: Pattern = NOTHING
    no_ratio: Pattern = NOTHING
    numbered: Pattern = NOTHING
    strength: Pattern = NOTHING
    is_: Pattern = NOTHING
    equal: Pattern = NOTHING
    much_before: Pattern = NOTHING
    little_before: Pattern = NOTHING
    much_after: Pattern = NOTHING
    little_after: Pattern = NOTHING
    ordinals: Mapping[int, Pattern] = field(default_factory=dict)
    much_ordinal: tuple[str, ...] = ()
    little_ordinal: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class SettingGrammar:
    """Values of parameters: "alpha value of around 0.6 or so".

    Args:
        value, set: between the name and the number.
        about, or_so: around a number that is not meant exactly.
        counted: a unit, behind a number that is no value.
        scores: what each score is called.
        between, least, most: a range of what is NAMEd: from ``low``, to ``high``, each a NUMBER.
    """

    value: Pattern = NOTHING
    set: Pattern = NOTHING
    about: Pattern = NOTHING
    or_so: Pattern = NOTHING
    counted: Pattern = NOTHING
    scores: Mapping[str, Pattern] = field(default_factory=dict)
    between: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
