"""Proportions of several style pictures: "70% a and 30% b", "2:1", "mostly a with a hint of b", 첫번째를 더 많이."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from autostyle.agent.understanding.clauses import FILE, FILES, Text
from autostyle.agent.understanding.model import Named
from autostyle.agent.understanding.numbers import ENGLISH, value

MORE = 3.0
"""Share of what there should be more of, where 1 is that of each other style."""

_F = f"[{FILES}]"
_PART = re.compile(
    rf"(?P<percent>\d{{1,3}}(?:\.\d+)?)\s*(?:%|percent\b|퍼센트|프로(?![가-힣]))"
    rf"|(?P<parts>{ENGLISH})\s+parts?\b|(?P<over>[2-5])분의\s*(?P<under>[1-4])"
    r"|(?P<fraction>[1-9]\s*/\s*[2-9])(?=\s*(?:of\b|[가-힣]|\s[\ue000-\ue0ff]))|(?P<thirds>one|two|a|1|2)[\s-]third|(?P<quarters>one|three|a|1|3)[\s-]quarter|(?P<half>\bhalf\b|(?<![가-힣])(?:절반|반)(?![가-힣]))"
)
_RATIO = re.compile(
    r"(?<![\d.:/x])(\d{1,3})\s*(?::|/|대|to)\s*(\d{1,3})(?:\s*(?::|/|대|to)\s*(\d{1,3}))?(?![\d:/%]|\s*(?:min|분|시|of\b))"
)
WHOLES = (1.0, 10.0, 100.0)
"""What shares add up to."""
_NUMBERED = re.compile(r"비율|\b(?:ratio|proportions?|weights?|shares?)\b")
_NUMBER = re.compile(r"\s*[(:=]?\s*(\d{1,3}(?:\.\d+)?)(?=[\s,)]|$)")
"""Behind each style, where the words say that it is its share."""
_STRENGTH = re.compile(r"(?:strength|intensity|세기|강도)\s*(?:of|at|is|=|:|to|를|을|은|는)?\s*$")
_EQUAL = re.compile(
    r"\b(?:fifty[\s-]?fifty|equal(?:ly)?|half and half|half half|evenly)\b|반반|반씩|똑같은 비율|같은 비율|균등"
)
_MUCH_BEFORE = re.compile(
    r"\b(?:mostly|mainly|primarily|predominantly|largely|chiefly"
    r"|(?:a lot|lots|plenty|much more|way more|more)(?:\s+of)?)\s+"
    r"(?:(?:like|in|of|the|style|from)\s+)*$|(?:대부분|(?<!위)주로|메인은|메인으로|거의)\s*$"
)
_LITTLE_BEFORE = re.compile(
    r"\b(?:(?:a|just a|only a)\s+)?(?:hint|touch"
    r"|dash|pinch|bit|tad|little|splash|whisper|sprinkle)s?\s+(?:bit\s+)?(?:of\s+)?(?:the\s+)?$"
    r"|\b(?:less|slightly|subtly)\s+(?:of\s+)?(?:the\s+)?$"
)
_MUCH_AFTER = re.compile(
    r"^[)\s]*(?:처럼|풍|스타일|느낌|화풍)?\s*(?:을|를|은|는|이|가|으로|로|쪽을|쪽으로)?\s*"
    r"(?:더\s*많이|더\s*강하|더\s*진하|위주|중심|메인|주로|많이|대부분|거의|더(?=\s|$)(?!\s*(?:가깝|비슷|연하|약하|적)))"
    r"|^\s*(?:mostly|mainly|the most|for the most part|more)\b(?!\s+(?:like|than))"
)
_LITTLE_AFTER = re.compile(
    r"^[)\s]*(?:처럼|풍|스타일|느낌|화풍)?\s*(?:을|를|은|는|이|가|도)?\s*(?:아주\s*)?(?:살짝|조금|쪼금|약간|덜|양념|가미|한\s*방울)"
    r"|^\s*(?:(?:just\s+|only\s+)?a\s+(?:little|bit|touch|smidge|tad|hint|pinch)|slightly|less)\b(?!\s+(?:like|than))"
)
_ORDINAL = (
    (0, r"\b(?:first|1st|former)\b|첫\s*번?째|첫째|앞에?\s*(?:거|것|꺼)|1번"),
    (1, r"\b(?:second|2nd|latter)\b|두\s*번?째|둘째|뒤에?\s*(?:거|것|꺼)|2번"),
    (2, r"\b(?:third|3rd)\b|세\s*번?째|셋째|3번"),
    (-1, r"\blast\b|마지막"),
)
_MUCH_ORDINAL = (
    r"(?:more|mostly|mainly|much|lot|heavier|stronger)\s+(?:\w+\s+){{0,3}}?(?:{0})"
    r"|(?:{0})(?:\s+(?:one|style|picture))?\s+(?:\w+\s+)?(?:more|mostly|stronger|heavier|the most)"
    r"|(?:{0})\s*(?:거|것|꺼|그림|스타일)?\s*(?:을|를|은|는|이|가)?\s*(?:더|많이|위주|중심|주로)(?!\s*(?:적|약|덜))"
)
_LITTLE_ORDINAL = (
    r"(?:less|little|bit|hint|touch)\s+(?:of\s+)?(?:the\s+)?(?:{0})"
    r"|(?:{0})(?:\s+(?:one|style|picture))?\s+(?:\w+\s+)?(?:less|weaker|only a little)"
    r"|(?:{0})\s*(?:거|것|꺼|그림|스타일)?\s*(?:을|를|은|는|이|가)?\s*(?:덜|조금|살짝|약간|적게)"
)


@dataclass(frozen=True)
class Shares:
    """The share of each style, in their order; empty where all weigh the same or nothing was said (``said`` tells)."""

    weights: tuple[float, ...] = ()
    said: bool = False


def find(text: Text, styles: Sequence[Named]) -> Shares:
    """What ``text`` says of the shares of ``styles``; nothing where there is one only."""
    if len(styles) < 2:
        return Shares()
    places = [_places(text, style) for style in styles]
    return _counted(text.whole, places) or _weighed(text.whole, places) or Shares(said=bool(_EQUAL.search(text.whole)))


def spans(whole: str) -> list[tuple[int, int]]:
    """Where shares may stand in numbers."""
    after = (match for at in re.finditer(_F, whole) if (match := _NUMBER.match(whole, at.end())))
    return [match.span() for match in (*_PART.finditer(whole), *_RATIO.finditer(whole), *after)]


def _places(text: Text, style: Named) -> list[int]:
    signs = {chr(FILE + i) for i, file in enumerate(text.files) if file.path == style.path}
    return [at for at, letter in enumerate(text.whole) if letter in signs]


def alone(text: Text) -> tuple[float, ...]:
    """Shares in a message without files, of styles that were named before: "70% the first, 30% the second"."""
    if text.files:
        return ()
    if ratio := _RATIO.search(text.whole):
        return _of([float(number) for number in ratio.groups() if number]).weights
    parts = [_part(match) for match in _PART.finditer(text.whole)]
    if len(parts) > 1 and min(parts) > 0:
        return _of(parts).weights
    found = _weighed(text.whole, ((), ()))
    return found.weights if found else ()


def _counted(whole: str, places: Sequence[Sequence[int]]) -> Shares | None:
    """Percent, parts and ratios."""
    n = len(places)
    for ratio in _RATIO.finditer(whole):
        numbers = [float(number) for number in ratio.groups() if number]
        if len(numbers) == n and min(numbers) > 0:
            return _of(numbers)
    numbers = [next((float(m[1]) for at in spots if (m := _NUMBER.match(whole, at + 1))), 0.0) for spots in places]
    if min(numbers) > 0 and (_NUMBERED.search(whole) or sum(numbers) in WHOLES):
        return _of(numbers)
    parts = [(match.start(), match.end(), _part(match)) for match in _PART.finditer(whole)]
    parts = [(start, end, part) for start, end, part in parts if part > 0 and not _STRENGTH.search(whole[:start])]
    if len(parts) == n:
        return _of([part for _, _, part in parts])
    if len(parts) == 1 and n == 2 and 0 < parts[0][2] < 1:
        start, end, part = parts[0]
        mine = min(range(n), key=lambda i: min((_apart(whole, start, end, at) for at in places[i]), default=1e9))
        return _of([part if i == mine else 1 - part for i in range(n)])
    return None


def _apart(whole: str, start: int, end: int, at: int) -> float:
    """Letters between a number and a file; what stands in brackets behind a file is its own."""
    between = whole[end:at] if at >= end else whole[at + 1 : start]
    return len(between) + (100 if re.search(_F, between) else 0) - (2 if "(" in between and at < start else 0)


def _part(match: re.Match[str]) -> float:
    found = match.groupdict()
    if found["percent"]:
        return float(found["percent"]) / 100
    if found["parts"]:
        return value(found["parts"]) or 0.0
    if found["fraction"]:
        over, under = found["fraction"].split("/")
        return float(over) / float(under)
    if found["over"]:
        return float(found["under"]) / float(found["over"])
    for name, whole in (("thirds", 3), ("quarters", 4)):
        if found[name]:
            return {"one": 1, "a": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}[found[name]] / whole
    return 0.5


def _weighed(whole: str, places: Sequence[Sequence[int]]) -> Shares | None:
    """More of this, a hint of that."""
    n = len(places)
    much, little = [False] * n, [False] * n
    for i, spots in enumerate(places):
        for at in spots:
            before, after = re.split(_F, whole[:at])[-1], re.split(_F, whole[at + 1 :])[0]
            much[i] |= bool(_MUCH_BEFORE.search(before) or _MUCH_AFTER.match(after))
            little[i] |= bool(_LITTLE_BEFORE.search(before) or _LITTLE_AFTER.match(after))
    bare = re.sub(_F, " ", whole)
    for rank, words in _ORDINAL:
        if rank < n and -n <= rank:
            much[rank] |= bool(re.search(_MUCH_ORDINAL.format(words), bare))
            little[rank] |= bool(re.search(_LITTLE_ORDINAL.format(words), bare))
    if not any(much) and (not any(little) or all(little)):
        return None
    weights = [MORE if much[i] else 1.0 if little[i] or any(much) else MORE for i in range(n)]
    return None if len(set(weights)) == 1 else _of(weights)


def _of(weights: Sequence[float]) -> Shares:
    total = sum(weights)
    if all(abs(a - b) < 1e-9 for a, b in pairwise(weights)):
        return Shares(said=True)
    return Shares(tuple(round(weight / total, 4) for weight in weights), said=True)
