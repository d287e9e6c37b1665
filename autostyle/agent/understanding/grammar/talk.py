"""What a language says to a search, its small talk, what is left of a request, and what a model claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern


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
        a_bit, much: how far, of a change.
        fewer: fewer trials.
        shown: of what was shown before.
        others: other pictures, to give a result to.
        queue: what waits for its turn; ``queue_out``, ``queue_first``, ``queue_all``: taken out, run next, all of it.
        listed: words of a message that is a list of files and no more; ``also`` those that add it to what was before.
        folder: all that is in a folder that was not named: "the whole folder".
        saves, report, whole: says that something is saved; the report; what is exported without a format is the report.
        best: names the recommended one.
        by_number: a trial is named by its number.
        unchanged: a complaint that the photograph is as it was.
        answer, answer_after: around a number that is a whole answer: "trial 3".
        neither: that none of two is better, or that it cannot be told.
        separate: each of several styles by itself.
        larger: the picture itself should be.
        large: how a picture is to be seen; ``just_large`` is all of a clause that says no more.
        opened: it is to be seen, or heard, in another program; ``no_picture`` what is opened otherwise.
        around: a scene is to be seen from other sides.
        more_of, less_of: of something that has a name of its own.
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
    a_bit: Pattern = NOTHING
    much: Pattern = NOTHING
    fewer: Pattern = NOTHING
    shown: Pattern = NOTHING
    others: Pattern = NOTHING
    queue: Pattern = NOTHING
    queue_out: Pattern = NOTHING
    queue_first: Pattern = NOTHING
    queue_all: Pattern = NOTHING
    listed: Pattern = NOTHING
    also: Pattern = NOTHING
    folder: Pattern = NOTHING
    saves: Pattern = NOTHING
    best: Pattern = NOTHING
    by_number: Pattern = NOTHING
    unchanged: Pattern = NOTHING
    report: Pattern = NOTHING
    whole: Pattern = NOTHING
    answer: Pattern = NOTHING
    answer_after: Pattern = NOTHING
    neither: Pattern = NOTHING
    separate: Pattern = NOTHING
    larger: Pattern = NOTHING
    large: Pattern = NOTHING
    just_large: Pattern = NOTHING
    opened: Pattern = NOTHING
    no_picture: Pattern = NOTHING
    around: Pattern = NOTHING
    more_of: Pattern = NOTHING
    less_of: Pattern = NOTHING


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
