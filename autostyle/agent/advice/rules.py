"""Advice without any model: five rules over the state of a search, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from autostyle.agent.advice.state import AdviceState
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import MethodPlan
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases.bounds import find_touched_bounds, search_bounds

ENOUGH = 8
"""Complete trials of a method before anything is concluded about it."""
IDLE = 0.02
"""A parameter that explains less of every score than this does not matter."""
FREEZE_AFTER = 48
"""Complete trials before a parameter is held: earlier, shares this small are mostly chance."""
STILL = 0.001
"""A front whose hypervolume rose by less has not moved."""
STILL_SHARE = 0.5


AdviceKind = Literal["widen", "freeze", "fails", "beaten", "still"]
SAID: dict[AdviceKind, str] = {
    "widen": "The front leans on the end of {parameter}, so it is searched from {low:g} to {high:g}.",
    "freeze": "{parameter} moves no score, so it is held at {value}.",
    "fails": "{trials} trials of {method} failed, so {other} gets the rest.",
    "beaten": "No trial of {method} is on the front after {trials}, so {other} gets the rest.",
    "still": "The front has not moved for {trials} trials, so the rest are saved.",
}


@dataclass(frozen=True)
class Reason:
    """Why something is changed: a kind of reason and what it speaks of."""

    kind: AdviceKind
    about: Mapping[str, Value]

    def __str__(self) -> str:
        return SAID[self.kind].format(**self.about)


@dataclass(frozen=True)
class Advice:
    """Changes to a plan in the words of ``steer_study``, and the reasons; without any all is well as it is."""

    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fixed: Mapping[str, Value] = field(default_factory=dict)
    method: str | None = None
    stop: bool = False
    reasons: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons)

    @property
    def why(self) -> str:
        """The reasons in English, for the record."""
        return " ".join(map(str, self.reasons))

    def arguments(self) -> dict[str, Any]:
        """For ``steer_study``, JSON."""
        changes = {
            "bounds": {name: list(ends) for name, ends in self.bounds.items()},
            "fixed": dict(self.fixed),
            "method": self.method,
            "stop": self.stop,
        }
        return {name: value for name, value in changes.items() if value} | {"why": self.why}


def advise(state: AdviceState) -> Advice:
    """What the rules would change now."""
    if not state.left:
        return Advice()
    return _stopping(state) or _switching(state) or _searching(state)


def _stopping(state: AdviceState) -> Advice:
    """Half of the budget without any gain, and not before a good start was made."""
    still = math.ceil(STILL_SHARE * state.plan.budget.trials)
    if len(state.history) <= still or still < 2 * ENOUGH:
        return Advice()
    if state.history[-1] - state.history[-1 - still] >= STILL:
        return Advice()
    return Advice(stop=True, reasons=(Reason("still", {"trials": still}),))


def _switching(state: AdviceState) -> Advice:
    """Another method of the plan where one fails, or never reaches the front."""
    names = [method.name for method in state.plan.methods]
    for name in names:
        others = [other for other in names if other != name and state.best(other)]
        lost, complete = state.failed.get(name, 0), len(state.complete(name))
        if not others:
            continue
        if lost >= ENOUGH / 2 and lost > complete:
            kind: AdviceKind = "fails"
        elif complete >= ENOUGH and not state.best(name):
            kind = "beaten"
        else:
            continue
        trials = lost if kind == "fails" else complete
        return Advice(method=others[0], reasons=(Reason(kind, {"method": name, "other": others[0], "trials": trials}),))
    return Advice()


def _searching(state: AdviceState) -> Advice:
    """Bounds and held parameters, for the method that most of the front is by."""
    plan = max(state.plan.methods, key=lambda method: len(state.best(method.name)))
    best = state.best(plan.name)
    if len(state.complete(plan.name)) < ENOUGH or not best:
        return Advice()
    bounds = dict(_widening(state, plan, best))
    fixed = dict(_freezing(state, plan, best))
    reasons = [Reason("widen", {"parameter": name, "low": low, "high": high}) for name, (low, high) in bounds.items()]
    reasons += [Reason("freeze", {"parameter": name, "value": value}) for name, value in fixed.items()]
    return Advice(bounds=bounds, fixed=fixed, reasons=tuple(reasons))


def _widening(
    state: AdviceState, plan: MethodPlan, best: tuple[TrialRecord, ...]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Ends that the front leans on, moved out by half the range, as far as the parameter's declaration goes; those that
    a person asked for stay."""
    for end in find_touched_bounds(state.plan, best):
        if end["method"] != plan.name or end["parameter"] not in plan.bounds or end["parameter"] in state.plan.within:
            continue
        info, low, high = search_bounds(plan)[end["parameter"]]
        assert info.low is not None and info.high is not None
        out = math.sqrt(high / low) if info.log else (high - low) / 2
        if end["side"] == "high":
            high = min(info.high, high * out if info.log else high + out)
        else:
            low = max(info.low, low / out if info.log else low - out)
        wider = (float(f"{low:.3g}"), float(f"{high:.3g}"))
        if wider != plan.bounds[info.name]:
            yield info.name, wider


def _freezing(state: AdviceState, plan: MethodPlan, best: tuple[TrialRecord, ...]) -> Iterator[tuple[str, Value]]:
    """Numbers and choices that move no score, held at the front's most usual value; never the balance itself."""
    objectives = state.importances.get(plan.name, {}).values()
    if len(state.complete(plan.name)) < FREEZE_AFTER or not objectives:
        return
    for name in registry.params(plan.name).info():
        known = [shares[name] for shares in objectives if name in shares]
        idle = len(known) == len(objectives) and max(known) < IDLE
        if idle and name not in plan.fixed and name != registry.find_built(plan.name).ratio:
            values = sorted((trial.params[name] for trial in best), key=str)
            usual = max(values, key=values.count)
            yield name, usual if isinstance(usual, str) else sorted(values)[len(values) // 2]
