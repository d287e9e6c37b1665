"""The geometry of the report's charts: data to points of an SVG. The drawing itself is in templates/charts.jinja."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from autostyle.methods.params import ParamInfo, Value
from autostyle.scoring.scores import Metric
from autostyle.tuning import pareto
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord


@dataclass(frozen=True)
class Axis:
    """A linear scale from data (``low``..``high``) to pixels (``start``..``end``); what lies outside is at the edge."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def axis(low: float, high: float, start: float, end: float, steps: int = 5) -> Axis:
    """An axis with about ``steps`` ticks at round numbers (1, 2 or 5 times a power of ten)."""
    span = high - low if high > low else 1.0
    unit = 10.0 ** math.floor(math.log10(span / steps))
    step = next(unit * m for m in (1, 2, 5, 10) if span / (unit * m) <= steps + 1)
    first = math.ceil(low / step - 1e-9)
    ticks = tuple(round(n * step, 10) for n in range(first, math.floor((low + span) / step + 1e-9) + 1))
    return Axis(low, low + span, start, end, ticks)


@dataclass(frozen=True)
class ChartPoint:
    """A trial at its place; ``method`` is the index of its method, which picks the marker's shape."""

    trial: TrialRecord
    x: float
    y: float
    method: int
    front: bool
    best: bool

    @property
    def preset(self) -> bool:
        return self.trial.origin == "preset"


@dataclass(frozen=True)
class Scatter:
    """The first objective over the second, ``width`` x ``height`` pixels; ``stairs`` outlines what the front dominates
    in these two.

    Dominated points come first, so that the front is drawn above them; the axes include 0 and 1, where the untouched
    content (1, 0) and the style picture (0, 1) lie, so the shaded area is the hypervolume.
    """

    width: int
    height: int
    x: Axis
    y: Axis
    across: Metric
    up: Metric
    points: tuple[ChartPoint, ...]
    stairs: str
    methods: tuple[str, ...]


def scatter(record: StudyRecord, width: int = 520, height: int = 500) -> Scatter:
    """The complete trials of ``record`` by their first two scores."""
    up, across = record.objectives[:2]
    shown = [t for t in record.trials if t.state == "complete" and {up.name, across.name} <= t.scores.keys()]
    methods = tuple(dict.fromkeys(t.method for t in record.trials))
    x = _unit([t.scores[across.name] for t in shown], 52, width - 18)
    y = _unit([t.scores[up.name] for t in shown], height - 50, 18)
    points = [
        ChartPoint(
            trial,
            x(trial.scores[across.name]),
            y(trial.scores[up.name]),
            methods.index(trial.method),
            trial.number in record.front,
            trial.number == record.best,
        )
        for trial in shown
    ]
    points.sort(key=lambda p: (p.front, p.best, p.x))
    flat = pareto.front(
        {p.trial.number: (p.trial.scores[up.name], p.trial.scores[across.name]) for p in points if p.front}
    )
    stairs = _stairs([p for p in points if p.trial.number in flat], x, y)
    return Scatter(width, height, x, y, across, up, tuple(points), stairs, methods)


def _unit(values: Sequence[float], start: float, end: float) -> Axis:
    """0..1, opened by at most a quarter for scores beyond it: one wild score must not press all others together."""
    low = max(-0.25, min([0.0, *values]))
    high = min(1.25, max([1.0, *values]))
    return axis(low, high, start, end)


def _stairs(front: list[ChartPoint], x: Axis, y: Axis) -> str:
    """The border of the dominated area as an SVG path, closed over the origin (the hypervolume's reference)."""
    if not front:
        return ""
    corners = sorted(front, key=lambda p: p.x)
    path = f"M{x(0)},{y(0)} V{corners[0].y}"
    for here, following in zip(corners, [*corners[1:], None], strict=True):
        path += f" H{here.x}"
        path += f" V{following.y}" if following else f" V{y(0)} Z"
    return path


@dataclass(frozen=True)
class Curve:
    """A line chart of one value after each complete trial."""

    width: int
    height: int
    x: Axis
    y: Axis
    line: str
    last: tuple[float, float]


def curve(values: Sequence[float], width: int = 520, height: int = 220) -> Curve | None:
    """``values`` as a step line; None for fewer than two."""
    if len(values) < 2 or not all(math.isfinite(v) for v in values):
        return None
    x = axis(1, len(values), 58, width - 18, steps=6)
    x = Axis(x.low, x.high, x.start, x.end, tuple(t for t in x.ticks if t == int(t) and t >= 1))
    y = axis(0, max(values) * 1.08 or 1.0, height - 40, 12, steps=4)
    line = f"M{x(1)},{y(values[0])}" + "".join(f" H{x(n)} V{y(v)}" for n, v in enumerate(values[1:], 2))
    return Curve(width, height, x, y, line, (x(len(values)), y(values[-1])))


def place(info: ParamInfo, value: Value) -> float | None:
    """Where ``value`` lies in the parameter's range, 0..100, on the scale of its search; None for no number."""
    if info.low is None or info.high is None or isinstance(value, str | bool):
        return None
    return round(100 * info.place(min(max(value, info.low), info.high), info.low, info.high), 1)
