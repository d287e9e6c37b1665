"""A method named by the person: by its name here, as papers spell it, or in Hangul; and tools that are none of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from autostyle.methods import registry

FOREIGN = (
    "midjourney", "mid journey", "dall-e", "dalle", "stable diffusion", "chatgpt", "gpt-4o", "gpt", "photoshop",
    "firefly", "cyclegan", "pix2pix", "deepdream", "deep dream", "prisma", "flux", "gimp", "lightroom", "canva",
    "imagen", "sora", "runway", "comfyui", "deepart", "nano banana", "gemini", "미드저니", "달리3", "스테이블 디퓨전",
    "스테이블디퓨전", "챗지피티", "지피티", "포토샵", "프리즈마", "나노바나나", "제미나이", "사이클간", "플럭스",
)  # fmt: skip
"Tools and methods people name that autostyle neither has nor plans."

_INSTRUMENT = r"\b(?:use|using|with|via|run|try|through|by|in|on)\s+(?:the\s+)?"
_UNKNOWN = re.compile(
    r"\b(?:use|using|with|via|run|try)\s+(?:the\s+)?([a-z][\w-]{2,})\s+(?:method|algorithm|model|network|approach)\b"
    r"|\bmethod\s*(?:=|:|is)\s*([a-z][\w-]{2,})"
)
_ORDINARY = {"same", "best", "other", "another", "fastest", "this", "that", "any", "your", "default", "first", "second"}
_ORDINARY |= {
    "new",
    "different",
    "good",
    "better",
    "right",
    "auto",
    "style",
    "transfer",
    "one",
    "slow",
    "fast",
    "slower",
}
_REJECTED_BEFORE = re.compile(
    r"(?:\bnot|n't|dont|\bno|without|instead of|rather than|except|anything but|\bnor)\s+(?:use\s+|with\s+|using\s+)?$"
)
_REJECTED_AFTER = re.compile(r"^\s*(?:은|는|을|를)?\s*(?:말고|빼고|대신|쓰지|아니|말구|싫|제외)")


@dataclass(frozen=True)
class Methods:
    """Methods of the registry that are wanted, and names nobody here knows."""

    wanted: tuple[str, ...]
    unknown: tuple[str, ...]


def find(text: str) -> Methods:
    """Every method named in ``text`` (lower case, files and quotations cut out)."""
    wanted = [
        name
        for _, name, start, end in sorted(named(text))
        if not (_REJECTED_BEFORE.search(text[:start]) or _REJECTED_AFTER.search(text[end:]))
    ]
    return Methods(tuple(dict.fromkeys(wanted)), _unknown(text, wanted))


def named(text: str) -> list[tuple[int, str, int, int]]:
    """Every method that is named, wanted or not: where, which, from where to where."""
    found: list[tuple[int, str, int, int]] = []
    taken: list[tuple[int, int]] = []
    for spelled, name in _spelled(registry.names()):
        for match in spelled.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), name, *match.span()))
    return found


@cache
def _spelled(names: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    """What each of these methods may be called, the longest first; one that does not load has its name alone."""
    specs = registry.METHODS
    ways = [(alias, name) for name in names for alias in (name, *(specs[name].aliases if name in specs else ()))]
    longest = sorted(ways, key=lambda way: -len(way[0]))
    spelled = [(r"[\s_-]?".join(map(re.escape, re.split(r"[\s_-]+", alias))), name) for alias, name in longest]
    return [(re.compile(rf"(?<![a-z0-9가-힣_-]){alias}(?![a-z0-9_])"), name) for alias, name in spelled]


def _unknown(text: str, wanted: list[str]) -> tuple[str, ...]:
    ours = {alias for spec in registry.METHODS.values() for alias in (spec.name, *spec.aliases)}
    found = [
        name
        for name in FOREIGN
        if name not in ours
        and re.search(
            rf"{_INSTRUMENT}{re.escape(name)}(?![a-z0-9])|{re.escape(name)}\s*(?:으로|로|써|이용|사용|돌려)(?!\s*(?:만진|보정|편집|작업한|찍은|만든))",
            text,
        )
    ]
    if not found and not wanted:
        words = [match.group(1) or match.group(2) for match in _UNKNOWN.finditer(text)]
        found = [word for word in words if word not in _ORDINARY]
    return tuple(found)
