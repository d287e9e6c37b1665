"""What a revision of a plan changed, in words; the lines are those of ``autostyle.tuning.study.changes``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from autostyle.agent.brains.replies import say, words
from autostyle.agent.brains.rules import wording
from autostyle.agent.understanding.model import Language

_LINE = re.compile(r"(?P<field>[\w.]+): (?P<before>.*) -> (?P<now>.*)", re.DOTALL)
_PARAMETER = re.compile(r"methods\.(?P<method>\w+)\.(?P<kind>bounds|fixed)\.(?P<parameter>\w+)")
_STARTS = re.compile(r"methods\.(?P<method>\w+)\.warm_starts\b")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
_METHOD = "choice.method"
_IMPLIED = re.compile(r"choice\..*|methods\.\w+\.name")
"""What follows from another method, which is told by its name."""


def told(language: Language, lines: Iterable[str]) -> str:
    """``preference 0.25 → 0.5; range of style_weight (Gatys) none → 0.1–3.2``."""
    return "; ".join(dict.fromkeys(_told(language, lines)))


def _told(language: Language, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            yield wording.plain(line)
        elif starts := _STARTS.match(found["field"]):
            yield say(language, "change:warm_starts", method=wording.title(starts["method"]))
        elif what := _what(language, found["field"]):
            before, now = (_value(language, found["field"], found[side]) for side in ("before", "now"))
            yield say(language, "change", what=what, before=before, now=now)


def _what(language: Language, field: str) -> str:
    """What a field is called; empty for what need not be told."""
    if own := _PARAMETER.fullmatch(field):
        method = wording.title(own["method"])
        return say(language, f"change:{own['kind']}", parameter=wording.plain(own["parameter"]), method=method)
    if field == _METHOD:
        return say(language, "change:method")
    if _IMPLIED.fullmatch(field):
        return ""
    return words(language).get(f"change:{field}") or wording.plain(field)


def _value(language: Language, field: str, text: str) -> str:
    """A method by its title, a number to three digits, a range without its brackets."""
    if text == "nothing":
        return say(language, "change:nothing")
    if field == _METHOD:
        return wording.title(text)
    ends = text[1:-1].split(", ") if text.startswith("[") else [text]
    return "–".join(f"{float(end):.3g}" if _NUMBER.fullmatch(end) else wording.plain(end) for end in ends)
