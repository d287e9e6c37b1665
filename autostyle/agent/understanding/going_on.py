"""Going on with a search that was cut short: the rest of it, some trials more, or so many in all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autostyle.agent.understanding.languages import number_of, spoken


@dataclass(frozen=True)
class GoingOn:
    """What a clause says of going on.

    Args:
        rest: it asks for what is left.
        trials: it asks for so many more.
        total: it asks for so many in all.
    """

    rest: bool = False
    trials: int | None = None
    total: int | None = None


def read(clause: str) -> GoingOn:
    """What ``clause`` (lower case) says of going on; nothing for most."""
    said = spoken().going_on
    return GoingOn(
        bool(said.rest.search(clause)),
        _number(said.more.search(clause)),
        next(filter(None, (_number(pattern.search(clause)) for pattern in said.total)), None),
    )


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    groups = match.groupdict()
    number = number_of(groups.get("n") or groups.get("m") or "")
    return round(number) if number else None
