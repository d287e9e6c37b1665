"""What differs between two plans of a study, one line a field, each with its values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from autostyle.sentences import Sentence, SentenceValue

_LINE = "{field}: {before} -> {now}"
_RANGE = "[{low}, {high}]"
_LEAST = "at least {low}"
_MOST = "at most {high}"


class FieldChange(NamedTuple):
    """One field of a plan, by its way into it (``methods.adain.bounds.alpha``); None where it was not, or is no more.

    A range is its two ends, None where one is open; whatever else is no text and no number is its text.
    """

    field: str
    before: SentenceValue | tuple[SentenceValue, SentenceValue]
    now: SentenceValue | tuple[SentenceValue, SentenceValue]


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[Sentence]:
    """What differs between two plans as JSON data: ``budget.trials: 16 -> 32``."""
    old, new = dict(_flat(before)), dict(_flat(now))
    return [
        Sentence(_LINE, field=field, before=_told(old.get(field)), now=_told(new.get(field)))
        for field in dict.fromkeys([*old, *new])
        if old.get(field) != new.get(field)
    ]


def read(line: str) -> FieldChange | None:
    """What a line says; None for one that is text alone, as earlier versions wrote it."""
    if not isinstance(line, Sentence) or line.template != _LINE:
        return None
    return FieldChange(str(line.values["field"]), _read(line.values["before"]), _read(line.values["now"]))


def _told(value: Any) -> Any:
    if value is None:
        return Sentence("nothing")
    if isinstance(value, list) and len(value) == 2 and all(isinstance(end, int | float | None) for end in value):
        low, high = value
        if high is None:
            return Sentence(_LEAST, low=low)
        return Sentence(_MOST, high=high) if low is None else Sentence(_RANGE, low=low, high=high)
    return value


def _read(value: SentenceValue) -> SentenceValue | tuple[SentenceValue, SentenceValue]:
    if not isinstance(value, Sentence):
        return value
    ends = value.template in (_RANGE, _LEAST, _MOST)
    return (value.values.get("low"), value.values.get("high")) if ends else None


def _flat(data: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(value, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(data, list) and any(isinstance(entry, dict) for entry in data):
        for number, entry in enumerate(data):
            name = entry.get("name", number) if isinstance(entry, dict) else number
            yield from _flat(entry, f"{prefix}.{name}")
    elif data is not None and data != []:
        yield prefix, data
