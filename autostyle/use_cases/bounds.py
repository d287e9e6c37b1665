"""Where the front of a study leans on the end of a search range: what lies beyond may be better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from autostyle.methods import registry
from autostyle.methods.params import ParamInfo, Value
from autostyle.plan import MethodPlan, Plan

NEAR = 0.02
"""Share of a range, on its own scale, that counts as its end."""
LEANING = 0.5
"""Share of a method's trials on the front that must be there."""


class BoundsTrial(Protocol):
    """A trial: its number, its method, its full parameter set."""

    @property
    def number(self) -> int: ...

    @property
    def method(self) -> str: ...

    @property
    def params(self) -> Mapping[str, Value]: ...


def find_touched_bounds(plan: Plan, front: Sequence[BoundsTrial]) -> list[dict[str, Any]]:
    """The ends that the front leans on: ``method``, ``parameter``, ``side`` (low or high), ``bound``, ``trials``.

    Args:
        front: its trials.
    """
    return [end for method in plan.methods for end in _of(method, [t for t in front if t.method == method.name])]


def search_bounds(method: MethodPlan) -> dict[str, tuple[ParamInfo, float, float]]:
    """The numbers that a study of ``method`` searches: name -> what it is, low, high."""
    found = {}
    for name, info in registry.params(method.name).info().items():
        low, high = method.bounds.get(name, (info.low, info.high))
        if low is not None and high is not None and name not in method.fixed and (info.tune or name in method.bounds):
            found[name] = (info, low, high)
    return found


def _of(method: MethodPlan, front: Sequence[BoundsTrial]) -> Iterator[dict[str, Any]]:
    for name, (info, low, high) in search_bounds(method).items():
        places = {trial.number: info.place(_number(trial.params[name]), low, high) for trial in front}
        for side, bound in (("low", low), ("high", high)):
            there = [n for n, place in places.items() if (place if side == "low" else 1 - place) <= NEAR]
            if len(there) >= max(2, LEANING * len(front)):
                yield {"method": method.name, "parameter": name, "side": side, "bound": bound, "trials": there}


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value
