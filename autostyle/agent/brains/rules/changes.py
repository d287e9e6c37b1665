"""What a revision of a plan changed, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from autostyle.agent.brains.replies import say, score_title, words
from autostyle.agent.brains.rules import wording
from autostyle.sentences import SentenceValue
from autostyle.tuning.changes import FieldChange, read

_PARAMETER = re.compile(r"methods\.(?P<method>\w+)\.(?P<kind>bounds|fixed)\.(?P<parameter>\w+)")
_STARTS = re.compile(r"methods\.(?P<method>\w+)\.warm_starts\b")
_WITHIN = re.compile(r"within\.(?P<name>\w+)")
_METHOD = "choice.method"
_IMPLIED = re.compile(r"choice\..*|methods\.\w+\.name")
"""What follows from another method, which is told by its name."""


def told(language: str, lines: Iterable[str]) -> str:
    """``preference 0.25 → 0.5; range of style_weight (Gatys) none → 0.1–3.2``: the lines of
    :func:`autostyle.tuning.changes.changes`, as plain text."""
    return "; ".join(dict.fromkeys(_told(language, lines)))


def _told(language: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        change = read(line)
        if change is None:
            yield line
        elif starts := _STARTS.match(change.field):
            yield say(language, "change:warm_starts", method=wording.title(language, starts["method"]))
        elif what := _what(language, change):
            before, now = (_value(language, change.field, value) for value in (change.before, change.now))
            yield say(language, "change", what=what, before=before, now=now)


def _what(language: str, change: FieldChange) -> str:
    """What a field is called; empty for what need not be told."""
    if within := _WITHIN.fullmatch(change.field):
        return say(language, "change:within", what=score_title(language, within["name"]))
    if own := _PARAMETER.fullmatch(change.field):
        method = wording.title(language, own["method"])
        return say(language, f"change:{own['kind']}", parameter=own["parameter"], method=method)
    if change.field == _METHOD:
        return say(language, "change:method")
    if _IMPLIED.fullmatch(change.field):
        return ""
    return words(language).get(f"change:{change.field}", change.field)


def _value(language: str, field: str, value: SentenceValue | tuple[SentenceValue, SentenceValue]) -> str:
    """A method by its title, a number to three digits, a range by its ends."""
    if value is None:
        return say(language, "change:nothing")
    if isinstance(value, tuple):
        return "–".join("" if end is None else _value(language, field, end) for end in value)
    if field == _METHOD:
        return wording.title(language, str(value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)
