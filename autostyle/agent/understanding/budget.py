"""How long: trials and minutes in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from autostyle.agent.understanding.grammar.amounts import AmountUnit, Unit
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.languages import compose_pattern, number_of, spoken


@dataclass(frozen=True)
class Amount:
    """So many trials or minutes, and where it is said."""

    unit: Unit
    amount: float
    start: int
    end: int
    ambiguous: bool = False
    "It may also be a trial's number: digits before 번."


def find(text: str) -> tuple[Amount, ...]:
    """Every amount in ``text`` (lower case, files cut out), none inside another."""
    return _found(text, spoken())


@lru_cache(maxsize=8)  # every clause of one message asks for those of the whole
def _found(text: str, said: Grammar) -> tuple[Amount, ...]:
    found: list[Amount] = []
    for amount in _amounts(text, said.budget.amounts):
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
    return alike and _joined().fullmatch(between) is not None


@compose_pattern
def _joined(said: Grammar) -> str:
    return rf"\s*{said.budget.joined}?\s*"


def _amounts(text: str, timed: tuple[AmountUnit, ...]) -> Iterator[Amount]:
    language = spoken().budget
    for unit, factor, pattern in timed:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            said = groups.get("n") or groups.get("m")
            number = number_of(said) if said else 1.0
            if said in language.articles and language.per.search(text[: match.start()]):
                continue  # thirty frames a second
            if number is None or (unit == "trials" and language.once.fullmatch(match.group())):
                continue
            if groups.get("half"):
                number += 0.5 if said else 0.0
            ambiguous = language.times.search(match.group()) is not None
            yield Amount(unit, number * factor, match.start(), match.end(), ambiguous)
