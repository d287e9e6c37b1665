"""Words of taste as changes of a plan: more style, less swirl, keep the shapes, its colours."""

from __future__ import annotations

import math
from collections.abc import Mapping

from autostyle.methods import registry
from autostyle.methods.params import Aspect
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning import pareto, preference
from autostyle.tuning.pareto import Point
from autostyle.use_cases.bounds import BoundsTrial, search_bounds

PREFER: dict[Aspect, float] = {"style": 0.25, "content": -0.25, "structure": -0.15, "marks": 0.1}
"""How far a whole step in an aspect moves the preference: as a share of the front, and before there is one, as is."""
REACH = 0.5
"""Where nothing is known yet, a whole step cuts this share off the range."""
MARGIN = 0.1
"""At least this share of the range that a parameter declares is left to search."""


def leaning(
    plan: Plan,
    aspects: Mapping[Aspect, float],
    best: BoundsTrial | None,
    points: Mapping[int, Point] | None = None,
) -> Plan:
    """``plan`` leaning into ``aspects``, each -1 (less) to 1 (more).

    The preference moves along the front, so that another trial is recommended at once. The search range of each
    parameter concerned is cut at what the recommended trial has, so that the trials to come lie on the wanted side of
    it: all but the ratio of a method whose runs go along it, for these paint both sides, unless nothing that is painted
    lies on the wanted one. What a method cannot search, colours for instance, it holds.

    Args:
        best: the recommended trial; None before there is one.
        points: of the trials that count.
    """
    painted = False
    lean = sum(PREFER.get(name, 0.0) * step for name, step in aspects.items())
    prefer = plan.prefer + lean
    if lean and best is not None and points:
        # One that a person likes may lie on no front: the way begins at what the scores recommend.
        begin = best.number if best.number in pareto.tradeoff(points) else pareto.recommend(points, plan.prefer)
        prefer = preference.along(points, best.number if begin is None else begin, lean)
        painted = pareto.recommend(points, prefer) != best.number
    methods = tuple(_moved(method, aspects, best, painted=painted) for method in plan.methods)
    return plan.model_copy(update={"methods": methods, "prefer": min(max(prefer, 0.0), 1.0)})


def _moved(
    method: MethodPlan, aspects: Mapping[Aspect, float], best: BoundsTrial | None, *, painted: bool
) -> MethodPlan:
    known = best.params if best is not None and best.method == method.name else {}
    spec, fixed = registry.find_built(method.name), dict(method.fixed)
    moves: dict[str, float] = {}
    for aspect, step in aspects.items():
        for name, way in spec.moves(aspect).items():
            moves[name] = moves.get(name, 0.0) + way * step
        fixed |= spec.holds(aspect, step > 0) if step else {}
    bounds = {
        name: _cut(method, name, step, value if isinstance(value := known.get(name), int | float) else None)
        for name, step in moves.items()
        if step and name in search_bounds(method) and not (painted and spec.path and name == spec.ratio)
    }
    return method.model_copy(update={"bounds": {**method.bounds, **bounds}, "fixed": fixed})


def _cut(method: MethodPlan, name: str, step: float, value: float | None) -> tuple[float, float]:
    """The range of a parameter without what lies on the unwanted side of ``value``, or of :data:`REACH`."""
    info, low, high = search_bounds(method)[name]
    to, back = (math.log, math.exp) if info.log else (float, float)
    start, end = to(low), to(high)
    share = REACH * abs(step)
    edge = start + (end - start) * (share if step > 0 else 1 - share) if value is None else to(value)
    assert info.low is not None and info.high is not None
    room = MARGIN * (to(info.high) - to(info.low))
    if step > 0:
        start = max(start, min(edge, end - room))
    else:
        end = min(end, max(edge, start + room))
    return _rounded(back(start), low, high), _rounded(back(end), low, high)


def _rounded(value: float, low: float, high: float) -> float:
    """``value`` to three digits, for people, and never outside its range."""
    return min(max(float(f"{value:.3g}"), low), high)
