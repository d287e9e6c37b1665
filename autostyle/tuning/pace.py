"""How long a search still takes: what is left of each method's runs, at the pace each method has shown.

The cheap methods of a study get their runs early, so an average over all would grow all the while.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from typing import Any

from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning.schedule import shares

SURE = 0.1
"""Share of a trial after which its pace is taken for that of its method, where none has finished yet."""
JUMP, SLACK = 1.25, 5.0
"""An estimate that has grown by less than this factor, and these seconds, is the one before, counted down."""


@dataclass
class _Running:
    method: str
    began: float
    iterations: float
    share: float = 0.0


@dataclass
class Pace:
    """What is known about the pace of a study's trials; times are seconds on any one clock.

    Args:
        plan: the study's, as it is in force.
    """

    plan: Plan
    _taken: dict[str, list[float]] = field(default_factory=dict)
    "Seconds an iteration, of every finished trial of a method."
    _finished: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)
    "Iterations of a method's last trial."
    _running: dict[int, _Running] = field(default_factory=dict)
    _told: tuple[float, float] | None = None

    def revise(self, plan: Plan) -> None:
        """Another plan is in force: the next estimate owes nothing to the last."""
        self.plan, self._told = plan, None

    def started(self, number: int, method: str, params: Mapping[str, Any], now: float) -> None:
        """A run began, or the next point of one."""
        iterations = _iterations(method, params)
        if number in self._running:
            return
        self._running[number] = _Running(method, now, iterations)
        self._seen[method] = iterations

    def progressed(self, number: int, share: float) -> None:
        """A running trial has done ``share`` of its steps, 0..1."""
        if number in self._running:
            self._running[number].share = share

    def finished(self, number: int, method: str, seconds: float, params: Any = None) -> None:
        """A trial is over, or was before this session; one that took no time tells nothing of the pace."""
        running = self._running.pop(number, None)
        iterations = running.iterations if running is not None else _iterations(method, params)
        self._finished[method] = self._finished.get(method, 0) + 1
        self._seen.setdefault(method, iterations)
        if seconds > 0:
            self._taken.setdefault(method, []).append(seconds / iterations)

    def left(self, now: float, workers: int = 1) -> float | None:
        """Seconds to the end of the search; None as long as a method that has trials left has not shown its pace. It
        counts down, and grows only where what is known has really changed."""
        estimate = self._estimate(now, max(1, workers))
        if estimate is None:
            return None
        if self._told is not None:
            before, at = self._told
            counted = max(0.0, before - (now - at))
            if counted < estimate <= counted * JUMP + SLACK:
                estimate = counted
        self._told = estimate, now
        return estimate

    def _estimate(self, now: float, workers: int) -> float | None:
        seconds = 0.0
        for method in self.plan.methods:
            count = self._remaining(method.name)
            if count <= 0:
                continue
            each = self._each(method, now)
            if each is None:
                return None
            seconds += count * each
        return seconds / workers

    def _remaining(self, method: str) -> float:
        """Trials of ``method`` still to be run; of those under way what is left of them."""
        first, *others = (entry.name for entry in self.plan.methods)
        total = self.plan.budget.trials
        mine = {name: max(0, shares([first, *others], total)[name] - self._finished.get(name, 0)) for name in others}
        mine[first] = max(0, total - sum(self._finished.values()) - sum(mine.values()))
        under_way = sum(trial.share for trial in self._running.values() if trial.method == method)
        return mine[method] - under_way

    def _each(self, method: MethodPlan, now: float) -> float | None:
        """Seconds of a trial to come."""
        taken: Sequence[float] = self._taken.get(method.name, ())
        if not taken:
            mine = [trial for trial in self._running.values() if trial.method == method.name and trial.share >= SURE]
            taken = [(now - trial.began) / trial.share / trial.iterations for trial in mine]
        if not taken:
            return None
        return median(taken) * self._to_come(method)

    def _to_come(self, method: MethodPlan) -> float:
        """Iterations of a trial to come: as it is held, the middle of what is searched, else as the last one had."""
        timed = _timed(method.name)
        if isinstance(held := method.fixed.get(timed), int | float):
            return float(held) or 1.0
        if timed in method.bounds:
            low, high = method.bounds[timed]
            return (float(low) + float(high)) / 2 or 1.0
        return self._seen.get(method.name, 1.0)


@cache
def _timed(method: str) -> str:
    """The parameter that a trial's time is proportional to; empty where the method has none."""
    return next((info.name for info in registry.params(method).info().values() if info.timed), "")


def _iterations(method: str, params: Any) -> float:
    """Those of a trial; 1 where its method knows none, or what is recorded is no number."""
    found = params.get(_timed(method)) if isinstance(params, Mapping) else None
    return float(found) if isinstance(found, int | float) and found > 0 else 1.0
