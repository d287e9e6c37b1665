"""From a method's parameters and its plan to what Optuna samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.distributions import check_distribution_compatibility as check_compatible
from optuna.trial import FrozenTrial

from autostyle.errors import BadInput
from autostyle.methods.params import ParamInfo, Params, Value
from autostyle.methods.spec import MethodSpec
from autostyle.plan import MethodPlan
from autostyle.tuning.pareto import Point
from autostyle.tuning.paths import Course, Walk, place_of

LEAST = 3
"""Values of a run on however little of its ratio's range: the ends, and what lies between."""


@dataclass(frozen=True)
class Start:
    """A parameter set that is tried before the sampler has its say.

    Args:
        origin: ``preset`` or ``warm start``.
        given: the values as they were given; under other bounds it is still the same start.
        params: the full set that is tried; where a run is a path, the ratio is at its begin.
        through: the value of the ratio that was given, which the run comes to; None where a run is one value.
    """

    origin: str
    given: dict[str, Value]
    params: dict[str, Value]
    through: float | None = None


@dataclass(frozen=True)
class SearchSpace:
    """What a study of one method searches.

    Choices, scale and kind always come from the spec, because Optuna ties a study to them for life; a plan holds a
    parameter at a value or moves the bounds of a number.

    Args:
        model: the method's parameters.
        searched: name -> distribution.
        held: name -> value, for every parameter that is not searched.
        pinned: the names a plan fixed; nothing overrides them.
        ratio: the parameter that a run goes along, from the low end of its range up; empty where a run is one value.
        path: about how many values it paints on the way.
        first: where a run begins before there are earlier ones; None: at the low end.
        course: of earlier runs, which says where a run begins.
    """

    model: type[Params]
    searched: dict[str, BaseDistribution]
    held: dict[str, Value]
    pinned: frozenset[str] = field(default_factory=frozenset)
    ratio: str = ""
    path: int = 0
    first: float | None = None
    course: Course | None = None

    @property
    def scale(self) -> FloatDistribution | None:
        """The range of the ratio, where a run goes along it."""
        distribution = self.searched.get(self.ratio)
        return distribution if isinstance(distribution, FloatDistribution) else None

    @property
    def begin(self) -> dict[str, Value]:
        """The value of the ratio that a run begins with; nothing where a run is one value."""
        if self.scale is None:
            return {}
        if self.course is not None:
            return {self.ratio: self.course.begin}
        return {self.ratio: self.scale.low if self.first is None else self.first}

    def after(self, curves: Iterable[Sequence[tuple[float, Point]]]) -> SearchSpace:
        """The same after runs, of each its values of the ratio, ascending, and what they scored."""
        return self if self.scale is None else replace(self, course=Course.of(self.scale, curves))

    @property
    def single(self) -> SearchSpace:
        """The same, a run being one value."""
        return replace(self, ratio="", path=0)

    def walk(self, through: Iterable[float | None] = ()) -> Walk | None:
        """A run that is still to begin; None where a run is one value."""
        if self.scale is None:
            return None
        return Walk(self.scale, self.path, tuple(value for value in through if value is not None), self.course)

    def full(self, sampled: Mapping[str, Value], start: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """Every parameter of a trial: ``sampled`` where searched, else what ``start`` sets, else what is held."""
        set_by_start = {k: v for k, v in (start or {}).items() if k in self.held and k not in self.pinned}
        values = self.held | set_by_start | dict(sampled)
        return {name: values[name] for name in self.model.model_fields}

    def clipped(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The searched ones of ``values``, each number brought inside its bounds, for a run that is still to begin."""
        inside = {
            name: _inside(name, distribution, values[name], strict=False)
            for name, distribution in self.searched.items()
            if name in values
        }
        return inside | {name: value for name, value in self.begin.items() if name in values}

    def share_of_choices(self) -> float:
        """How many of the searched parameters are choices, 0..1; 1 if none is searched."""
        kinds = [isinstance(d, CategoricalDistribution) for d in self.searched.values() if not d.single()]
        return sum(kinds) / len(kinds) if kinds else 1.0

    def check_against(self, trials: Iterable[FrozenTrial]) -> None:
        """Raises BadInput where earlier ``trials`` searched another kind of space than this one."""
        for trial in trials:
            for name in trial.distributions.keys() & self.searched.keys():
                try:
                    check_compatible(trial.distributions[name], self.searched[name])
                except ValueError as error:
                    raise BadInput(
                        "parameter {name!r} is another one than when this study began",
                        "start a new study: give another --study name",
                        name=name,
                    ) from error


def space(spec: MethodSpec, plan: MethodPlan) -> SearchSpace:
    """The space of ``spec`` under ``plan``, which was checked."""
    assert spec.params is not None
    infos = spec.params.info()
    searched = {
        name: _distribution(info, plan.bounds.get(name))
        for name, info in infos.items()
        if name not in plan.fixed and (info.tune or name in plan.bounds)
    }
    fixed = spec.params.parse(dict(plan.fixed)).model_dump()
    held = {name: fixed[name] for name in infos if name not in searched}
    goes = _values(spec.path, infos[spec.ratio], searched[spec.ratio]) if spec.path and spec.ratio in searched else 0
    first = None if spec.ratio in plan.bounds else spec.begin
    return SearchSpace(spec.params, searched, held, frozenset(plan.fixed), spec.ratio if goes else "", goes, first)


def _values(path: int, info: ParamInfo, searched: BaseDistribution) -> int:
    """About how many of the ``path`` values of a whole range a run paints on what is searched of it; 0 where that is
    one value."""
    whole = _distribution(info, None)
    if not isinstance(searched, FloatDistribution) or not isinstance(whole, FloatDistribution) or searched.single():
        return 0
    share = place_of(whole, searched.high) - place_of(whole, searched.low)
    return max(LEAST, round(1 + (path - 1) * share))


def starts(spec: MethodSpec, plan: MethodPlan, space: SearchSpace) -> Iterator[Start]:
    """The defaults and the method's presets, then warm starts of the plan; none twice. Where a run is a path, sets that
    differ in the ratio alone are one: the first.

    Presets are brought inside the plan's bounds; a warm start outside them raises BadInput, because Optuna would
    quietly use it as it is.
    """
    seen: set[tuple[tuple[str, Value], ...]] = set()
    presets = spec.presets if {} in spec.presets else ({}, *spec.presets)
    offered = [("preset", dict(values)) for values in presets]
    offered += [("warm start", dict(values)) for values in plan.warm_starts]
    for origin, values in offered:
        given = space.model.parse(dict(values)).model_dump()
        sampled = {
            name: _inside(name, distribution, given[name], strict=origin == "warm start" and name in values)
            for name, distribution in space.searched.items()
        }
        through = sampled.get(space.ratio)
        params = space.full(sampled | space.begin, given)
        key = tuple(sorted(params.items()))
        if key not in seen:
            seen.add(key)
            yield Start(origin, values, params, None if through is None else float(through))


def _distribution(info: ParamInfo, bounds: tuple[float, float] | None) -> BaseDistribution:
    if info.choices is not None:
        return CategoricalDistribution(info.choices)
    low, high = bounds or (info.low, info.high)
    assert low is not None and high is not None
    if info.type == "int":
        return IntDistribution(round(low), round(high), log=info.log)
    return FloatDistribution(low, high, log=info.log)


def _inside(name: str, distribution: BaseDistribution, value: Value, *, strict: bool) -> Value:
    if isinstance(distribution, CategoricalDistribution):
        if value not in distribution.choices:
            raise BadInput(
                "warm start {name}={value!r} is no choice a study searches",
                "choices: {names}; or fix it: -p {name}={value}",
                name=name,
                value=value,
                names=", ".join(map(str, distribution.choices)),
            )
        return value
    assert isinstance(distribution, IntDistribution | FloatDistribution) and not isinstance(value, str)
    if strict and not distribution.low <= value <= distribution.high:
        raise BadInput(
            "warm start {name}={value:g} is outside the bounds of the plan",
            "bounds: {low:g} to {high:g}",
            name=name,
            value=value,
            low=distribution.low,
            high=distribution.high,
        )
    return min(max(value, distribution.low), distribution.high)
