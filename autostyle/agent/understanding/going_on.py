"""Going on with a search that was cut short: the rest of it, some trials more, or so many in all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autostyle.agent.understanding.numbers import KOREAN, value

_REST = re.compile(
    r"\b(?:finish|complete)\s+(?:it|them|this|that|up|off|all|everything|the\s+(?:search|study|rest|run|job|remaining)"
    r"|what\s+(?:you|was|is|we))\b"
    r"|\b(?:run|do|try)\s+(?:all\s+)?the\s+(?:rest|remaining|others?\s+(?:trials|tries))\b"
    r"|\bpick\s+(?:it\s+)?up\b.*\bleft\b|\bwhere\s+(?:you|it|we)\s+(?:left|stopped|were)\b"
    r"|\b(?:start|run)\s+(?:it\s+)?again\b|\brestart\b|\bresume\b"
    r"|마저\s*(?:해|돌|끝|하)|끝까지\s*(?:해|돌|가|하)|나머지\S*\s*(?:도\s*)?(?:해|돌|마저|다\b|찾|하)"
    r"|(?:멈춘|멈췄던|끊긴|하던)\s*(?:데|곳|거|것|탐색)\S*|다시\s*(?:시작|돌려|이어)|재개"
)
_COUNT = r"(?:trials?|tries|runs?|attempts?)"
_ALL = (
    re.compile(rf"\ball\s+(?:the\s+)?(?P<n>\d{{1,5}})\b(?=\s*(?:{_COUNT}\b|of\s+them|please|pls|[.!,?]|$))"),
    re.compile(rf"\b(?:up\s+)?to\s+(?P<n>\d{{1,5}})\s*{_COUNT}\b|\bup\s+to\s+(?P<m>\d{{1,5}})\s*$"),
    re.compile(rf"\b(?P<n>\d{{1,5}})\s*(?:{_COUNT}\s*)?(?:in\s+(?:all|total)|altogether|all\s+together)\b"),
    re.compile(
        rf"(?P<n>{KOREAN})\s*(?:번|개|회)(?:을|를)?\s*(?:까지|(?:모두|전부|다)\s*(?=채|해|돌|끝|하|마))"
        rf"|(?:총|모두|전부)\s*(?P<m>{KOREAN})\s*(?:번|개|회)"
    ),
)
_MORE = re.compile(rf"(?P<n>{KOREAN})\s*(?:개|가지|장)\s*(?:만|정도|쯤)?\s*(?:더|추가)")


@dataclass(frozen=True)
class Onward:
    """What a clause says of going on.

    Args:
        rest: it asks for what is left.
        trials: it asks for so many more.
        total: it asks for so many in all.
    """

    rest: bool = False
    trials: int | None = None
    total: int | None = None


def read(clause: str) -> Onward:
    """What ``clause`` (lower case) says of going on; nothing for most."""
    return Onward(
        bool(_REST.search(clause)),
        _number(_MORE.search(clause)),
        next(filter(None, (_number(pattern.search(clause)) for pattern in _ALL)), None),
    )


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    groups = match.groupdict()
    number = value(groups.get("n") or groups.get("m") or "")
    return round(number) if number else None
