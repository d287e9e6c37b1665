"""How long: trials and minutes in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from autostyle.agent.understanding.numbers import ENGLISH, KOREAN, SINO_DIGIT, value

Unit = Literal["trials", "minutes"]

_COUNTED = (
    r"trials?|tri[ea]ls|tires|tries|trys|try(?!\w)|attempts?|iterations?|runs?|times|rounds?|samples?|shots|goes"
    r"|experiments?|evaluations?"
)
_MORE = r"(?:more|extra|additional|further|or\s+so|other|quick|full)\s+"
_RANGE = rf"(?:(?<!\d)\d{{1,9}}(?:\.\d+)?\s*[-–]\s*|{ENGLISH}\s+(?:to|or)\s+)?"
_KO_RANGE = rf"(?:(?:{KOREAN}|{SINO_DIGIT})\s*(?:시간|분|번|회)?\s*(?:[-~]|에서|내지)\s*)?"
_AGO = r"(?!\s*(?:ago|after|old|earlier|before|walk|drive|video|clip|song|read|away|from))"
_BEFORE = r"(?!\s*(?:전|짜리|거리|째|뒤에\s*찍|동안\s*찍))"


def _is(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("NUM", rf"\b(?P<n>{ENGLISH})"))


_ENGLISH: tuple[tuple[Unit, float, re.Pattern[str]], ...] = (
    ("minutes", 90, re.compile(r"\b(?:an|one)\s+hour\s+and\s+a\s+half\b")),
    ("minutes", 480, re.compile(r"\b(?:over\s?night|(?:all|through|the whole)\s+(?:the\s+)?night)\b")),
    ("minutes", 240, re.compile(r"\bhalf\s+(?:a|the)\s+day\b")),
    ("minutes", 45, re.compile(r"\bthree\s+quarters\s+of\s+an\s+hour\b")),
    ("minutes", 15, re.compile(r"\bquarter\s+(?:of\s+)?(?:an\s+)?hour\b")),
    ("minutes", 30, re.compile(r"\bhalf(?:\s+|-)(?:an?\s+)?hour\b|\b1/2\s*h(?:our)?\b")),
    ("minutes", 0.5, re.compile(r"\bhalf\s+a\s+minute\b")),
    ("minutes", 60, _is(rf"{_RANGE}NUM\s*-?(?:{_MORE})?(?:and\s+a\s+half\s+)?(?:hours?|hrs?)\b{_AGO}")),
    ("minutes", 1, _is(rf"{_RANGE}NUM\s*-?\s*(?:{_MORE})?(?:minutes?|minuets?|mintues?|minuts?|mins?)\b{_AGO}")),
    ("minutes", 1 / 60, _is(rf"{_RANGE}NUM\s*-?(?:{_MORE})?(?:seconds?|secs?)\b{_AGO}")),
    ("minutes", 60, re.compile(r"(?<![\w.])(?P<n>\d{1,9}(?:\.\d+)?)\s?h(?=\d|\b)")),
    ("minutes", 1, re.compile(r"(?<=\dh)(?P<n>[0-5]?\d)(?:m|min)?\b")),
    ("minutes", 1, re.compile(r"(?<![\w.])(?P<n>\d{1,9}(?:\.\d+)?)\s?m\b")),
    ("minutes", 1 / 60, re.compile(r"(?<![\w.])(?<!the )(?P<n>\d+)\s?s\b")),
    ("trials", 1, _is(rf"{_RANGE}NUM\s*-?\s*(?:{_MORE})?(?:different\s+)?(?:{_COUNTED})\b")),
    ("trials", 1, _is(r"\b(?:trials|tries|attempts)\s*(?:=|:|is|to)\s*NUM\b")),
    ("trials", 1, _is(r"\b(?:try|run|another|do|give it|add|search)\s+NUM\s+(?:more|further|extra|additional)\b")),
    ("trials", 1, _is(r"\b(?:try|another)\s+(?P<more>)NUM\b(?!\s*(?:min|hour|sec|px|h\b|m\b|s\b|pixels|-))")),
    ("trials", 1, _is(r"NUM\s+more\b(?!\s*(?:min|hour|sec|\w*\s*(?:like|style|color|colour)))")),
)
_KOREAN: tuple[tuple[Unit, float, re.Pattern[str]], ...] = (
    ("minutes", 480, re.compile(r"(?<![가-힣])(?:밤새|밤\s*동안|하룻밤)")),
    ("minutes", 240, re.compile(r"(?<![가-힣])반나절")),
    ("minutes", 60, re.compile(rf"{_KO_RANGE}(?P<n>{KOREAN})\s*시간(?P<half>\s*반)?{_BEFORE}")),
    ("minutes", 30, re.compile(r"(?<![가-힣])반\s*시간|(?<![가-힣])삼십분(?=만|\s|$)")),
    (
        "minutes",
        1,
        re.compile(
            rf"{_KO_RANGE}(?P<n>{KOREAN}|{SINO_DIGIT})\s*분(?P<half>\s*반)?(?![가-힣]*위기|류|할|석|홍|의){_BEFORE}"
        ),
    ),
    ("minutes", 1 / 60, re.compile(rf"(?P<n>{KOREAN})\s*초(?=$|[\s.,!?만간쯤정동내안이면])")),
    ("trials", 1, re.compile(rf"{_KO_RANGE}(?P<n>{KOREAN})\s*(?:번|회|차례|트라이얼|판)(?!\s*째|호|지){_BEFORE}")),
)
_PER = re.compile(r"(?:frames?|images?|pictures?|pics|times|once|twice|per|fps)\s*$")
_ONCE = re.compile(r"한\s*번|1\s*번")


@dataclass(frozen=True)
class Amount:
    """So many trials or minutes, and where it is said."""

    unit: Unit
    amount: float
    start: int
    end: int
    korean_times: bool = False
    "It is digits before 번, which may also be a trial's number."


@lru_cache(maxsize=8)  # every clause of one message asks for those of the whole
def find(text: str) -> tuple[Amount, ...]:
    """Every amount in ``text`` (lower case, files cut out), none inside another."""
    found: list[Amount] = []
    for amount in (*_amounts(text, _ENGLISH), *_amounts(text, _KOREAN)):
        if not any(amount.start < other.end and other.start < amount.end for other in found):
            found.append(amount)
    return tuple(_together(text, sorted(found, key=lambda amount: amount.start)))


def _together(text: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """An hour and the minutes that follow it are one length of time."""
    whole: Amount | None = None
    for amount in amounts:
        if whole and _is_rest(whole, amount, text[whole.end : amount.start]):
            whole = replace(whole, amount=whole.amount + amount.amount, end=amount.end)
            continue
        if whole:
            yield whole
        whole = amount
    if whole:
        yield whole


def _is_rest(hours: Amount, minutes: Amount, between: str) -> bool:
    alike = hours.unit == minutes.unit == "minutes" and hours.amount >= 60 > minutes.amount
    return alike and re.fullmatch(r"\s*(?:and)?\s*", between) is not None


def _amounts(text: str, patterns: tuple[tuple[Unit, float, re.Pattern[str]], ...]) -> Iterator[Amount]:
    for unit, factor, pattern in patterns:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            said = groups.get("n") or groups.get("m")
            number = value(said) if said else 1.0
            if said in ("a", "an") and _PER.search(text[: match.start()]):
                continue  # thirty frames a second
            if number is None or (unit == "trials" and _ONCE.fullmatch(match.group())):
                continue
            if groups.get("half") or "and a half" in match.group():
                number += 0.5 if said else 0.0
            times = match.group().rstrip().endswith("번") and match.group()[:1].isdigit()
            yield Amount(unit, number * factor, match.start(), match.end(), times)
