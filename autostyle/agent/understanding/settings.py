"""Values of a method's parameters in a text: "alpha around .6", "style_scale = 1.2"; and what parameters and scores are
to lie within: "style_weight between 0.1 and 0.5", "at least 0.5 content"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from autostyle.agent.understanding.grammar.amounts import SettingGrammar
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages import spoken
from autostyle.methods import registry
from autostyle.plan import Within

NumberRange = tuple[float, float]
SCORES = (0.0, 2.0)
"""Of a score that a person may speak of: 1 is the style's or the content's own."""
_DIGIT = re.compile(r"\d")
_SIGNS = "".join(map(chr, range(0xE200, 0xE300)))
"""Private characters that stand for the names in a text: to look for one of these takes less than for a hundred names,
in as many ways as there are to say a bound."""
_NUMBER = r"(?:\d+\.?\d*|\.\d+)\s*%?(?!\d)"

NEAR = 0.1
"""Of the declared range to each side: what "around" a value is; up to twice and half of it where they span decades."""
DECADES = 100.0
ALIKE = 1.25
"""Two weights of style by which a picture looks the same, one over the other."""


@dataclass(frozen=True, eq=False)
class _Numbers:
    """Every number that a built method takes.

    Args:
        ranges: the widest that is declared of each.
        everyday: those whose names are everyday words, too: only ``name = value`` sets them.
        spoken: what each is called, run together, and which it is.
        said: finds one and its value.
        bounded: finds one, or a score.
        within: finds the sign of one, and an end or both of what it is to lie within.
    """

    ranges: Mapping[str, NumberRange]
    everyday: frozenset[str]
    spoken: Mapping[str, str]
    said: re.Pattern[str]
    bounded: re.Pattern[str]
    within: tuple[Pattern, ...]


@lru_cache(maxsize=2)
def _numbers(methods: tuple[str, ...], said: Grammar) -> _Numbers:
    """The numbers of these methods, as they declare them."""
    words = said.settings
    specs = [registry.METHODS[name] for name in methods if name in registry.METHODS]
    infos = [info for spec in specs if spec.params is not None for info in spec.params.info().values()]
    ranges: dict[str, NumberRange] = {}
    for info in infos:
        if info.low is not None and info.top is not None:
            low, top = ranges.get(info.name, (info.low, info.top))
            ranges[info.name] = (min(low, info.low), max(top, info.top))
    ways = [(alias, info.name) for info in infos for alias in info.aliases] + [(name, name) for name in ranges]
    everyday = frozenset(info.name for info in infos if info.everyday)
    names = _either(way for way, _ in ways)
    bounded = "|".join([_either(way for way, name in ways if name not in everyday), *_scores(words)])
    return _Numbers(
        ranges,
        everyday,
        {_run_together(way): name for way, name in ways},
        re.compile(
            rf"(?<![a-z0-9_]){names}\s*{words.value}?\s*(?P<set>=|:|{words.set.source})?\s*"
            rf"(?P<about>~|≈|{words.about.source})?\s*(?P<number>\d*\.?\d+)(?![\d%]|\s*(?:%|{words.counted.source}))\s*"
            rf"(?P<near>{words.or_so.source})?"
        ),
        re.compile(rf"(?<![a-z0-9_])(?:{bounded})(?![a-z_])"),
        tuple(
            Pattern(frame.replace("NAME", f"[{_SIGNS[0]}-{_SIGNS[-1]}]").replace("NUMBER", _NUMBER))
            for frame in (*words.between, *words.least, *words.most)
        ),
    )


def _either(ways: Iterable[str]) -> str:
    longest = sorted(set(ways), key=lambda way: (-len(way), way))
    return f"(?P<name>{'|'.join('[ _-]?'.join(map(re.escape, re.split('[ _]', way))) for way in longest)})"


def _scores(words: SettingGrammar) -> Iterator[str]:
    for name, called in words.scores.items():
        yield f"(?P<{name}>{called.source})"


def find_within(text: str) -> dict[str, Within]:
    """The parameters and scores in ``text`` (lower case) that are to lie within bounds, an open end None."""
    return {name: ends for name, ends, _ in _bounded(text)}


def find_scores(text: str) -> dict[str, Within]:
    """Of :func:`find_within` what is a score."""
    return {name: ends for name, ends in find_within(text).items() if name in spoken().settings.scores}


Bounded = tuple[str, Within, tuple[int, int]]
"""What is to lie within which ends, and where that is said."""


def _bounded(text: str) -> tuple[Bounded, ...]:
    return _bounds(text, _numbers(registry.names(), spoken()))


@lru_cache(maxsize=8)  # every clause of one message, and all of it, is asked for several times
def _bounds(text: str, numbers: _Numbers) -> tuple[Bounded, ...]:
    named = list(numbers.bounded.finditer(text))[: len(_SIGNS)] if _DIGIT.search(text) else []
    if not named:
        return ()
    signed, places = _signed(text, [match.span() for match in named])
    found: list[Bounded] = []
    for pattern in numbers.within:
        for match in pattern.finditer(signed):
            start, end = places[match.start()][0], places[match.end() - 1][1]
            if any(before < end and start < after for _, _, (before, after) in found):
                continue
            sign = next(letter for letter in match.group() if letter in _SIGNS)
            said = named[_SIGNS.index(sign)].groupdict()
            name = numbers.spoken[_run_together(said["name"])] if said["name"] else _score(said)
            least, most = numbers.ranges[name] if said["name"] else SCORES
            ends = match.groupdict()
            low, high = _number(ends.get("low")), _number(ends.get("high"))
            if not all(least <= end <= most for end in (low, high) if end is not None):
                continue
            if low is not None and high is not None and low > high:
                low, high = high, low
            found.append((name, (low, high), (start, end)))
    return tuple(found)


def _signed(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with a sign in the place of each span, and which part of ``text`` each of its letters is."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for sign, (start, end) in zip(_SIGNS, spans, strict=False):
        letters += [*text[at:start], sign]
        places += [*((place, place + 1) for place in range(at, start)), (start, end)]
        at = end
    letters += text[at:]
    places += [(place, place + 1) for place in range(at, len(text))]
    return "".join(letters), places


def _score(said: Mapping[str, str | None]) -> str:
    return next(name for name in spoken().settings.scores if said.get(name))


def _number(said: str | None) -> float | None:
    if said is None:
        return None
    return float(said.rstrip("% ")) / 100 if said.endswith("%") else float(said)


def _run_together(name: str) -> str:
    return re.sub("[ _-]", "", name)


def find(text: str) -> dict[str, NumberRange]:
    """The parameters named in ``text`` (lower case), each with the range it is to be in: [x, x] is a value."""
    ranges = _numbers(registry.names(), spoken()).ranges
    bounded = {name: _closed(ends, ranges[name]) for name, ends, _ in _bounded(text) if name in ranges}
    return {name: ends for name, ends, _ in _found(text)} | bounded


def _closed(ends: Within, declared: NumberRange) -> NumberRange:
    (low, high), (least, most) = ends, declared
    return least if low is None else low, most if high is None else high


def _found(text: str) -> Iterator[tuple[str, NumberRange, tuple[int, int]]]:
    numbers, taken = _numbers(registry.names(), spoken()), [span for _, _, span in _bounded(text)]
    for match in numbers.said.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        name = numbers.spoken[_run_together(match["name"])]
        if name in numbers.everyday and match["set"] not in ("=", ":"):
            continue
        low, top = numbers.ranges[name]
        number = float(match["number"])
        if not low <= number <= top:
            continue
        yield name, _near(number, low, top) if match["about"] or match["near"] else (number, number), match.span()


def _near(number: float, low: float, top: float) -> NumberRange:
    if low > 0 and top / low > DECADES:
        return max(low, number / 2), min(top, number * 2)
    reach = NEAR * (top - low)
    return max(low, round(number - reach, 4)), min(top, round(number + reach, 4))


def weighs(name: str) -> bool:
    """Whether a parameter is the one by which a built method weighs style against content."""
    return any(registry.METHODS[method].ratio == name for method in registry.names() if method in registry.METHODS)


def around(name: str, value: float) -> NumberRange:
    """The values near one of a parameter that nobody tells apart from it."""
    low, top = _numbers(registry.names(), spoken()).ranges[name]
    if low > 0 and top / low > DECADES:
        return max(low, value / ALIKE), min(top, value * ALIKE)
    reach = (ALIKE - 1) / 4 * (top - low)
    return max(low, round(value - reach, 4)), min(top, round(value + reach, 4))


def spans(text: str) -> list[tuple[int, int]]:
    """Where parameters and their values stand."""
    return [span for _, _, span in (*_found(text), *_bounded(text))]
