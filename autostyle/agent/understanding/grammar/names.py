"""How a language names files, folders and where a result goes, painters and methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern


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
        style_names: the styles of autostyle.named_styles by their names; ``style_kinds``: by what they are, which is
            said of other things, too.
        style_around: a name with words around it that belong to it, NAME for it; ``kind_around`` likewise, KIND for it.
        kind_alone: where one picture is named, or none: it is to be one of that kind.
        no_style_before, no_style_after: around a name that is none: "my rainy city photo".
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
    style_names: Mapping[str, Pattern] = field(default_factory=dict)
    style_kinds: Mapping[str, Pattern] = field(default_factory=dict)
    style_around: tuple[str, ...] = ()
    kind_around: tuple[str, ...] = ()
    kind_alone: tuple[str, ...] = ()
    no_style_before: Pattern = NOTHING
    no_style_after: Pattern = NOTHING


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
        table: a table of colours, which some results have.
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
    table: Pattern = NOTHING


@dataclass(frozen=True, eq=False)
class LookGrammar:
    """Names of files and of painters: ``painter`` has one group, the name."""

    camera: Pattern = NOTHING
    artwork: Pattern = NOTHING
    painter: Pattern = NOTHING


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
