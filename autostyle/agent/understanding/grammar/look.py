"""How a language says how the result should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern


@dataclass(frozen=True, eq=False)
class WishGrammar:
    """How the result should be.

    Args:
        very, a_bit: how much.
        slightly_stronger: a little more is still more.
        strength, is_, style_strength, of: "strength of 30%", "30% of the style".
        style, content, and_, part_of: "30% style and 70% photo".
        colors, colors_of, colors_before, the: colours of a file, before and behind it.
        strokes: of letters, where those of a brush are not meant.
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
    strokes: Pattern = NOTHING
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
class MaskGrammar:
    """A mask that was shown, corrected.

    Args:
        things: a part of a picture -> what it is looked for by (autostyle.vision.find_regions).
        box: four numbers of pixels.
        which: of several things, by its name there.
        larger, smaller, a_bit: of the mask, said alone or of it by name.
        file_before, file_after: around the name of a picture that is a mask.
    """

    things: Mapping[str, str] = field(default_factory=dict)
    box: Pattern = NOTHING
    which: Mapping[str, Pattern] = field(default_factory=dict)
    larger: Pattern = NOTHING
    smaller: Pattern = NOTHING
    a_bit: Pattern = NOTHING
    file_before: Pattern = NOTHING
    file_after: Pattern = NOTHING


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
