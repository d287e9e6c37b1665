"""How a language says which file is the content and which a style."""

from __future__ import annotations

from dataclasses import dataclass

from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern

Cue = tuple[float, Pattern]
"""Above 0 it speaks for a style, below for the content."""


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
        done_to: something is to be done to a picture, named or not: "make it", "my photo".
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
    done_to: Pattern = NOTHING
