"""What is asked of a language: by topic, what its people say. A language leaves out what it does not have.

A pattern says one thing in one language. Where languages stand side by side (:func:`languages.spoken`) the patterns of
a name are alternatives, so that a Korean sentence with English words in it is understood word by word; what a topic
puts together itself ("strength 30%", "세기 30%") it puts together from the words of all of them.

Texts are lower case, NFC; a file and a quotation are one private character each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, Literal, Protocol

FILE, QUOTE = 0xE000, 0xE100
"""Private characters that stand for the nth file and the nth quotation."""
FILES = f"{chr(FILE)}-{chr(FILE + 0xFF)}"
QUOTES = f"{chr(QUOTE)}-{chr(QUOTE + 0xFF)}"

Find = Callable[..., "re.Match[str] | None"]


class Pattern:
    """A regular expression, compiled when it is first used."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __or__(self, other: Pattern) -> Pattern:
        if NOTHING in (self, other):
            return other if self is NOTHING else self
        return Pattern(f"{self.source}|{other.source}")

    def __str__(self) -> str:
        return f"(?:{self.source})"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def search(self) -> Find:
        return self.compiled.search

    @cached_property
    def match(self) -> Find:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Find:
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.compiled.finditer

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        return self.compiled.split

    def sub(self, by: str, text: str) -> str:
        return self.compiled.sub(by, text)


NOTHING = Pattern("(?!)")
"""What a language does not say."""


def said(match: re.Match[str]) -> str:
    """The one group of an alternative that took part in a match."""
    return next(group for group in match.groups() if group)


class Finder(Protocol):
    """Finds the concepts of a language's words."""

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each concept in ``text`` and the stretch that says it."""


Unit = Literal["trials", "minutes"]
AmountUnit = tuple[Unit, float, Pattern]
"""What is counted, how much one of it is, and how it is said; group ``n`` is the number, ``half`` a half more."""
Cue = tuple[float, Pattern]
"""Above 0 it speaks for a style, below for the content."""
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
        search, result: words near a size that tell what it is of.
        search_is, search_size, search_at, counted: the parts of "search size at 512", and units that make it none.
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
    search: Pattern = NOTHING
    result: Pattern = NOTHING
    search_is: Pattern = NOTHING
    search_size: Pattern = NOTHING
    search_of: Pattern = NOTHING
    search_at: Pattern = NOTHING
    counted: Pattern = NOTHING
    said: tuple[Pattern, ...] = ()
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
class PathGrammar:
    """Files and folders in running text; upper case may occur.

    Args:
        folder: the word for one, behind its name.
        before_folder: before a folder's name.
        places: folders that everybody has, by their words: ``desktop``, ``downloads``.
        place: where one is meant (group 1 is the word).
        saving_before, saving_after: around a place that is saved to.
        inside_before, inside_after: between a file and its folder, in either order.
        glued: letters of what may follow a name without a space.
    """

    folder: Pattern = NOTHING
    before_folder: Pattern = NOTHING
    places: Mapping[str, str] = field(default_factory=dict)
    place: Pattern = NOTHING
    saving_before: Pattern = NOTHING
    saving_after: Pattern = NOTHING
    inside_before: Pattern = NOTHING
    inside_after: Pattern = NOTHING
    glued: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class SavingGrammar:
    """Where the result goes.

    Args:
        before, after: around a name that is written to.
        put_before, called: before one that is none yet.
        style_after: follows a name that is a style all the same.
        named: before a name with spaces that is still to be given; ``no_name``: words it does not go across.
        in_folder, in_place: before such a name (group ``more`` belongs to it); ``saved_as`` behind the latter.
        articles: at its beginning, and no part of it.
        format_after, format_before: around the name of a format.
        beside: where the photograph is.
    """

    before: Pattern = NOTHING
    after: Pattern = NOTHING
    put_before: Pattern = NOTHING
    called: Pattern = NOTHING
    style_after: Pattern = NOTHING
    named: Pattern = NOTHING
    no_name: Pattern = NOTHING
    in_folder: Pattern = NOTHING
    in_place: Pattern = NOTHING
    saved_as: Pattern = NOTHING
    articles: Pattern = NOTHING
    format_after: Pattern = NOTHING
    format_before: Pattern = NOTHING
    beside: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class LookGrammar:
    """Names of files and of painters: ``painter`` has one group, the name."""

    camera: Pattern = NOTHING
    artwork: Pattern = NOTHING
    painter: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class RoleGrammar:
    """Which picture is the content, which the style.

    Args:
        before, after: cues around a file, the plainest first; ``among`` and ``among_before`` where there are three
            files and more, so that shares may be meant.
        percent: the word for %, behind a file.
        style_noun, content_noun: what stands in brackets behind a file.
        which_is, is_a: "which is", "it's the" in front of these.
        arrow_style, arrow_content, the: after an arrow: "a.png -> the style".
        det, of: between a share and a file: "of the".
        counted: units, behind a number that is no share.
        and_, also: link two files.
        not_before, not_after: turn a file down.
        style_at_the_end: the word for a style that ends a message.
    """

    before: tuple[Cue, ...] = ()
    after: tuple[Cue, ...] = ()
    among: tuple[Cue, ...] = ()
    among_before: tuple[Cue, ...] = ()
    percent: Pattern = NOTHING
    style_noun: Pattern = NOTHING
    content_noun: Pattern = NOTHING
    which_is: Pattern = NOTHING
    is_a: Pattern = NOTHING
    arrow_style: Pattern = NOTHING
    arrow_content: Pattern = NOTHING
    the: Pattern = NOTHING
    det: Pattern = NOTHING
    of: Pattern = NOTHING
    counted: Pattern = NOTHING
    and_: Pattern = NOTHING
    also: Pattern = NOTHING
    not_before: Pattern = NOTHING
    not_after: Pattern = NOTHING
    style_at_the_end: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class WishGrammar:
    """How the result should be.

    Args:
        very, a_bit: how much.
        slightly_stronger: a little more is still more.
        strength, is_, style_strength, of: "strength of 30%", "30% of the style".
        style, content, and_, part_of: "30% style and 70% photo".
        colors, colors_of, colors_before, the: colours of a file, before and behind it.
        one_of: one of several styles is spoken of.
        photo_like: a photograph that is to look like something.
        joined, determiner: between two things that are named in one breath.
        quality_number: a number that is called a quality is no wish.
        past, spoilt: how a result was; that it came out badly.
        torn: more and less of the same.
        except_before, except_after: around a part that is left out.
        pronouns: words for persons, which are no part of a picture.
    """

    very: Pattern = NOTHING
    a_bit: Pattern = NOTHING
    slightly_stronger: Pattern = NOTHING
    strength: Pattern = NOTHING
    is_: Pattern = NOTHING
    style_strength: Pattern = NOTHING
    of: Pattern = NOTHING
    style: Pattern = NOTHING
    content: Pattern = NOTHING
    and_: Pattern = NOTHING
    part_of: Pattern = NOTHING
    colors: Pattern = NOTHING
    colors_of: Pattern = NOTHING
    colors_before: Pattern = NOTHING
    the: Pattern = NOTHING
    one_of: Pattern = NOTHING
    photo_like: Pattern = NOTHING
    joined: Pattern = NOTHING
    determiner: Pattern = NOTHING
    quality_number: Pattern = NOTHING
    past: Pattern = NOTHING
    spoilt: Pattern = NOTHING
    torn: Pattern = NOTHING
    except_before: Pattern = NOTHING
    except_after: Pattern = NOTHING
    pronouns: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class LeakageGrammar:
    """Things that must not come over: ``shut_out`` (group 1 is the thing), and what is shut out and is no thing."""

    shut_out: tuple[Pattern, ...] = ()
    no_things: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class PromptGrammar:
    """Words for a method that reads.

    Args:
        cue, is_: "prompt is".
        scenes: something that is to be seen; group 1 says it.
        described_before: before what the photograph shows already.
        not_a_scene: in words that are about the style.
        negated_before, negated_after: around a scene that is not wanted.
    """

    cue: Pattern = NOTHING
    is_: Pattern = NOTHING
    scenes: tuple[Pattern, ...] = ()
    taken_before: Pattern = NOTHING
    described_before: Pattern = NOTHING
    not_a_scene: Pattern = NOTHING
    negated_before: Pattern = NOTHING
    negated_after: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class MethodGrammar:
    """Methods and other tools by name.

    Args:
        foreign: tools and methods people name that autostyle neither has nor plans.
        using, used: before and behind such a name: it is to be used.
        unknown: how a method may be named that nobody knows (one group of it); ``ordinary`` words are no such name.
        rejected_before, rejected_after: around a method that is not wanted.
    """

    foreign: tuple[str, ...] = ()
    using: Pattern = NOTHING
    used: Pattern = NOTHING
    unknown: Pattern = NOTHING
    ordinary: frozenset[str] = frozenset()
    rejected_before: Pattern = NOTHING
    rejected_after: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class SettingGrammar:
    """Values of parameters: "alpha value of around 0.6 or so".

    Args:
        value, set: between the name and the number.
        about, or_so: around a number that is not meant exactly.
        counted: a unit, behind a number that is no value.
    """

    value: Pattern = NOTHING
    set: Pattern = NOTHING
    about: Pattern = NOTHING
    or_so: Pattern = NOTHING
    counted: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class FollowupGrammar:
    """What is said to a study.

    Args:
        number, no_number: before a trial's number; behind digits that are none ("3rd").
        named_number: a number in words (group 1) behind such a word.
        ranks: which of several, from 1; -1 the last, 0 the middle.
        which: asks for one of two.
        more_before, more_after: around a count that is of more trials.
        more_or_less, just_more_before, just_more, please: "more"; "some", "more", "please".
        into_before, into_after: around what is written to; ``into``: what is turned into a file is no place for it.
        trial, mixed, mixed_part, trial_number: "the second (TRIAL) with the colours (``what``) of the third".
        fewer: fewer trials.
        shown: of what was shown before.
        others: other pictures, to give a result to.
        saves, report, whole: says that something is saved; the report; what is exported without a format is the report.
        by_number: a trial is named by its number.
        unchanged: a complaint that the photograph is as it was.
        answer, answer_after: around a number that is a whole answer: "trial 3".
        separate: each of several styles by itself.
        larger: the picture itself should be.
    """

    number: Pattern = NOTHING
    no_number: Pattern = NOTHING
    named_number: Pattern = NOTHING
    ranks: Mapping[int, Pattern] = field(default_factory=dict)
    which: Pattern = NOTHING
    more_before: Pattern = NOTHING
    more_after: Pattern = NOTHING
    more_or_less: Pattern = NOTHING
    just_more_before: Pattern = NOTHING
    just_more: Pattern = NOTHING
    please: Pattern = NOTHING
    into_before: Pattern = NOTHING
    into_after: Pattern = NOTHING
    into: Pattern = NOTHING
    trial: Pattern = NOTHING
    mixed: tuple[str, ...] = ()
    mixed_part: Pattern = NOTHING
    trial_number: Pattern = NOTHING
    fewer: Pattern = NOTHING
    shown: Pattern = NOTHING
    others: Pattern = NOTHING
    saves: Pattern = NOTHING
    by_number: Pattern = NOTHING
    unchanged: Pattern = NOTHING
    report: Pattern = NOTHING
    whole: Pattern = NOTHING
    answer: Pattern = NOTHING
    answer_after: Pattern = NOTHING
    separate: Pattern = NOTHING
    larger: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class ClaimGrammar:
    """What a language model says it has done; upper case may occur.

    Args:
        kept: words by which a file is said to be a result.
        did: by which work is said to be done, ``denied`` by which it is not.
        findable: says that something can be seen, and denies nothing.
        example: announces an example, which is none of its deeds.
        question: how a question ends, beside its mark.
    """

    kept: Pattern = NOTHING
    did: Pattern = NOTHING
    denied: Pattern = NOTHING
    findable: Pattern = NOTHING
    example: Pattern = NOTHING
    question: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class TalkGrammar:
    """Small talk, and how a message is cut.

    Args:
        cut: where one clause ends (the match) and the next begins.
        taken_back: "no wait": what was said before is not meant.
        fillers: beside a yes or a no they change nothing.
        of_a_picture: a picture that is there, or a style, is spoken of.
    """

    cut: Pattern = NOTHING
    taken_back: Pattern = NOTHING
    fillers: Pattern = NOTHING
    of_a_picture: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class UnrecognizedGrammar:
    """What is left of a request.

    Args:
        extra: a further demand behind a file, group ``more``.
        told: somebody tells of something and wants nothing by it.
        its: what follows is the style picture's own.
        and_more: a further demand at the end of a clause.
        joins: words at the beginning of one that are no part of it.
        or_: words behind a number that do not belong to it.
        word: what its words are made of.
    """

    extra: tuple[Pattern, ...] = ()
    told: Pattern = NOTHING
    its: Pattern = NOTHING
    and_more: Pattern = NOTHING
    joins: Pattern = NOTHING
    or_: Pattern = NOTHING
    letter: Pattern = NOTHING
    word: Pattern = NOTHING


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
