"""What is to be known of a method without running it, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from autostyle.methods.aids import AidSpec
from autostyle.methods.params import Aspect, Params, Value

BY_RATIO: Mapping[Aspect, int] = {"style": 1, "content": -1, "structure": -1}
"""How a wish moves the parameter that weighs style against content, where its declaration says no other."""


ProfileName = Literal["art", "photo", "sound", "voice", "letters", "strokes"]
"""What results are judged by: works in a style, photographs that are to stay photographs, sound, voices, letters in
colour, or the strokes of letters."""
MOST_LEAKAGE = 0.4
"""A picture with more of it shows things of the style picture; chosen on pictures looked at (benchmarks/eye.py)."""

MOST_SOFTNESS = 0.1
"""A clip whose frames lose more of their crispness after the first has been blended too much."""


@dataclass(frozen=True)
class TrialTime:
    """Seconds a trial takes on two CPU cores, at most: scoring happens at one size, painting at the trial's.

    Args:
        fixed: whatever the size.
        pixel: for each pixel of a square that is as wide as the long side.
        further: of each further value of a run along the ratio, as a share of the first.
        whole, tiled: above a long side of ``whole`` pixels each pixel takes ``tiled`` times as long.
        along_to: the longest side in pixels at which further values are painted in a run that wants the last alone.
    """

    fixed: float
    pixel: float
    further: float = 1.0
    whole: int = 2**31
    tiled: float = 1.0
    along_to: int = 2**31

    def at(self, size: int) -> float:
        """Seconds at a long side of ``size`` pixels."""
        return self.fixed + self.pixel * size**2 * (self.tiled if size > self.whole else 1.0)

    def most(self, seconds: float) -> float:
        """The longest side in pixels of a trial that takes at most so many ``seconds``."""
        whole = (max(0.0, seconds - self.fixed) / self.pixel) ** 0.5
        tiled = (max(0.0, seconds - self.fixed) / self.pixel / self.tiled) ** 0.5
        return float(tiled if tiled > self.whole else min(whole, self.whole))

    def along(self, size: int, values: int) -> float:
        """Seconds of a run to so many ``values`` of the ratio; the further ones at ``along_to`` at most."""
        return self.at(size) + self.further * self.at(min(size, self.along_to)) * (values - 1)


MEMORY_MARGIN = 0.9
"""Share of the free memory that is planned with."""
_CONTENT = 18
"""Bytes of a content for each of its pixels, with how far it is visible."""
_PLACES = 24
"""Bytes that a region has at each place of the whole picture."""


@dataclass(frozen=True)
class MemoryNeed:
    """Bytes that a run on a CPU takes beside what the process had before, with the embedded weights.

    Args:
        pixel: for each pixel it paints.
        whole: the most pixels of a picture that is seen whole; a larger one is seen tile by tile. None: any is whole.
        tile: for a tile.
        tiled: for each pixel of a picture that is seen tile by tile.
        grows: such a one is painted whole first, at half its sides, or half of these, and so on; what that takes is
            given back before tiles are seen.
        region: for each pixel of what is seen at once, for each region of a mask.
        fixed: whatever the size.
    """

    pixel: int
    whole: int | None = None
    tile: int = 0
    tiled: int = 0
    grows: bool = False
    region: int = 0
    fixed: int = 0

    def at(self, pixels: int, regions: int = 0) -> int:
        """Bytes for a picture of so many pixels, painted in so many regions (0: no mask). A larger one never needs less
        than a smaller one: what a study paints at one size may be asked for at any other."""
        each = self.pixel + self.region * regions
        if self.whole is None or pixels <= self.whole:
            return self.fixed + each * pixels
        held = (self.tiled + _PLACES * regions) * pixels
        tile = round(self.tile * each / self.pixel)
        whole = each * self.whole
        return self.fixed + max(tile + held, whole + (_CONTENT * pixels if self.grows else 0))

    def most(self, free: int, most: int, regions: int = 0) -> int:
        """The most pixels, up to ``most``, of a picture that takes at most ``free`` bytes."""
        low, high = 0, most
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.at(middle, regions) <= free else (low, middle)
        return high if self.at(high, regions) <= free else low


@dataclass(frozen=True)
class MethodSpec:
    """A method as the registry knows it: everything that is to be known of it without running it; ``Method`` is that of
    :mod:`autostyle.methods.contract`.

    Args:
        name: the identifier used everywhere (``gatys``).
        title: one line for people.
        medium: ``image``, ``video``, ``font``, ``audio`` or ``scene``.
        params: its parameters; None while it is planned.
        run: ``module:Class`` of the :class:`Method`, imported only where torch may be; None while it is planned.
        needs: what it needs beyond the embedded weights, in words (``a GPU``, ``SDXL weights``).
        weights: sets of ids in the register of weights; it runs where one whole set is. Empty: it needs none.
        encoder: whether it sees with the encoder that a person chooses (``--encoder``).
        aids: named files that it works with beside content and style.
        embedded: ids of embedded weights that it paints with beside the encoder, for reports.
        table: its work is a table of colours (:class:`autostyle.methods.contract.TableMethod`): any size takes as
            little, clips need nothing to hold them together, and the table is written beside the result.
        profile: what its works are judged by, unless a person says otherwise.
        limits: raw score -> the most of it that a trial may have; one with more is recommended only if all have.
        presets: known-good parameter sets, tried first by a study; ``{}`` where the defaults are not to
            come before them.
        lacks: told style pictures, says in words what keeps it from painting in them, and the decision table from
            choosing it; empty if nothing does. None: it paints in any.
        unfit: told a content file, says in words what keeps it from taking that one of its medium; empty if nothing
            does. None: it takes any.
        ratio: the parameter that weighs style against content: a study searches it unless a person fixes it.
        path: about how many values of ``ratio`` one run paints from the low end of its range to the high one, each for
            much less than a run of its own (:meth:`Method.run_path`); 0 where a run paints one.
        begin: the value of ``ratio`` below which nobody sees any style: where the first runs along its whole range
            begin; None: at its low end.
        towards: shares of its ratio that a single run paints on the way to it, ascending, where that makes the better
            picture in the same time.
        finishes: methods whose trials it can paint at their final size: their parameters are its own, too, and mean the
            same.
        imitates: it takes on the voice of a person, whose consent is asked for first.
        styles: the most style pictures it can blend.
        takes: further media of content that it makes works of its own of (a method of clips: ``image``).
        words_alone: parameters with which words alone say what such a work shows; None if they cannot.
        everyday: its name is an everyday word, so that in a request only its aliases mean it.
        aliases: what else people call it, in any language, in lower case; a space stands for a hyphen or nothing, too,
            and ``…`` for some words.
        time: what a trial takes, where that was measured.
        memory: what a run takes of it, where that was measured.
        source: the paper.
    """

    name: str
    title: str
    medium: str
    params: type[Params] | None = None
    run: str | None = None
    needs: tuple[str, ...] = ()
    weights: tuple[tuple[str, ...], ...] = ()
    encoder: bool = False
    aids: tuple[AidSpec, ...] = ()
    embedded: tuple[str, ...] = ()
    table: bool = False
    profile: ProfileName = "art"
    limits: Mapping[str, float] = field(default_factory=dict)
    presets: tuple[dict[str, Value], ...] = ()
    lacks: Callable[[Sequence[Path]], str] | None = None
    unfit: Callable[[Path], str] | None = None
    ratio: str = ""
    path: int = 0
    begin: float | None = None
    towards: tuple[float, ...] = ()
    finishes: tuple[str, ...] = ()
    imitates: bool = False
    styles: int = 1
    takes: tuple[str, ...] = ()
    words_alone: Mapping[str, Value] | None = None
    everyday: bool = False
    aliases: tuple[str, ...] = ()
    time: TrialTime | None = None
    memory: MemoryNeed | None = None
    source: str = ""

    @property
    def built(self) -> bool:
        return self.run is not None

    def moves(self, aspect: Aspect) -> dict[str, int]:
        """The numbers whose ranges more of ``aspect`` moves, each up (1) or down (-1)."""
        infos = self.params.info() if self.params is not None else {}
        ways = {name: {**(BY_RATIO if name == self.ratio else {}), **info.moves} for name, info in infos.items()}
        return {name: mine[aspect] for name, mine in ways.items() if aspect in mine}

    def holds(self, aspect: Aspect, more: bool) -> dict[str, Value]:
        """The values that hold the result at ``more`` or less of ``aspect``; nothing where none can."""
        infos = self.params.info() if self.params is not None else {}
        return {name: info.holds[aspect][more] for name, info in infos.items() if aspect in info.holds}

    @property
    def asks(self) -> tuple[str, ...]:
        """Names of the aids that it cannot do without: only a person has them."""
        return tuple(aid.name for aid in self.aids if aid.required)
