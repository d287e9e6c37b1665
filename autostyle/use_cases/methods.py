"""Which methods a plan searches, and which of their parameters it holds, bounds or tries first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from autostyle import decision
from autostyle.brief import Brief
from autostyle.errors import BadInput, Missing
from autostyle.mediums.serving import service
from autostyle.methods import params, registry
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Within
from autostyle.sentences import Sentence
from autostyle.vision.weights import ENCODERS, Weights

MethodPlans = tuple[MethodPlan, ...]


def choose(brief: Brief, method: str | None = None, instead_of: Sequence[str] = ()) -> Choice:
    """The method asked for by name, or the decision table's for this brief.

    Args:
        instead_of: methods that are not wanted, where ``method`` is taken for that.

    Raises:
        BadInput: there is no method of this name, or it is for another medium.
        Missing: what it needs is not on this machine.
        NotBuilt: it is planned, or nothing in the table's row can run here.
    """
    if method in (None, "auto"):
        return decision.choose(decision.Situation.of(brief), styles=brief.styles, contents=brief.content)
    spec = registry.find_built(method)
    served = service(spec, brief.medium)
    if served is None:
        raise BadInput(
            "{name} is for {medium}s, not for {other}",
            "name another method, or none",
            name=spec.name,
            medium=Sentence(spec.medium),
            other=Sentence(brief.medium),
        )
    if why := decision.unfit(spec, brief.content):
        raise BadInput("{name} {why}", "name another method, or none", name=spec.name, why=why)
    if missing := decision.available(spec).missing:
        raise Missing(
            "{name} cannot run here: {missing}",
            "get what it needs, or name another method, or none",
            name=spec.name,
            missing=missing,
        )
    why = f"Taken, for {' and '.join(instead_of)} was not wanted." if instead_of else "Asked for by name."
    reason = " ".join(filter(None, (why, served.how)))
    return Choice(method=spec.name, preferred=(spec.name,), reason=reason)


def plan_methods(choice: Choice) -> MethodPlans:
    """What a study of ``choice`` searches: the method and its first alternative; alone where its work is a table of
    colours, which takes no time, and the other would take it all."""
    beside = () if registry.find(choice.method).table else choice.alternatives[:1]
    return tuple(MethodPlan(name=name) for name in (choice.method, *beside))


def check_values(names: Sequence[str], given: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """The values of ``given`` that each method takes; raises BadInput for a name that none of them has, and for a
    value that is out of range or names a file that is not there."""
    shares: dict[str, dict[str, Value]] = {name: {} for name in names}
    infos = {name: registry.params(name).info() for name in names}
    for key, value in given.items():
        for name in takers(names, key):
            info = infos[name][key]
            shares[name][key] = params.check(info, value)
            if info.files is not None:
                info.files(str(value))
    return shares


def takers(names: Sequence[str], parameter: str) -> list[str]:
    """The methods that have ``parameter``; raises BadInput where none of them has."""
    infos = {name: registry.params(name).info() for name in names}
    found = [name for name in names if parameter in infos[name]]
    if not found:
        known = "; ".join(f"{name}: {', '.join(infos[name])}" for name in names)
        raise BadInput("unknown parameter {name!r}", "parameters of {names}", name=parameter, names=known)
    return found


def fixing(methods: MethodPlans, given: Mapping[str, Value]) -> MethodPlans:
    """``methods`` with the values of ``given`` held, each where a method has it."""
    shares = check_values([method.name for method in methods], given)
    return tuple(m.model_copy(update={"fixed": {**m.fixed, **shares[m.name]}}) for m in methods)


def releasing(methods: MethodPlans, names: Sequence[str]) -> MethodPlans:
    """``methods`` with the parameters called ``names`` searched again, within the range of their declaration."""

    def rest(given: Mapping[str, object]) -> dict[str, object]:
        return {name: value for name, value in given.items() if name not in names}

    for name in names:
        takers([method.name for method in methods], name)
    return tuple(m.model_copy(update={"fixed": rest(m.fixed), "bounds": rest(m.bounds)}) for m in methods)


def bounding(methods: MethodPlans, bounds: Mapping[str, tuple[float, float]]) -> MethodPlans:
    """``methods`` searching within ``bounds``, each where a method has the parameter."""
    names = [method.name for method in methods]
    having = {parameter: takers(names, parameter) for parameter in bounds}
    return tuple(
        m.model_copy(update={"bounds": {**m.bounds, **{p: b for p, b in bounds.items() if m.name in having[p]}}})
        for m in methods
    )


def searching_with(methods: MethodPlans, aids: Collection[str]) -> MethodPlans:
    """``methods`` searching what acts only with one of ``aids``, but what is held or has bounds already."""

    def found(method: MethodPlan) -> dict[str, tuple[float, float]]:
        acting = {
            name: (info.low, info.high)
            for name, info in registry.params(method.name).info().items()
            if info.aid in aids and name not in method.fixed and info.low is not None and info.high is not None
        }
        return acting | method.bounds

    return tuple(m.model_copy(update={"bounds": found(m)}) for m in methods)


def taken(methods: MethodPlans) -> set[str]:
    """The names of all parameters that ``methods`` have."""
    return {name for method in methods for name in registry.params(method.name).info()}


def ranging(methods: MethodPlans, within: Mapping[str, Within]) -> dict[str, tuple[float, float]]:
    """``within`` as ranges to search in, an open end at what is declared; of those that are ranges at all.

    Raises:
        BadInput: none of the methods has such a number.
    """
    found = {}
    for name, (low, high) in within.items():
        having = [registry.params(takes).info()[name] for takes in takers([m.name for m in methods], name)]
        least = min((info.low for info in having if info.low is not None), default=None)
        most = max((info.high for info in having if info.high is not None), default=None)
        low, high = least if low is None else low, most if high is None else high
        if low is not None and high is not None and low < high:
            found[name] = low, high
    return found


def fitting(methods: MethodPlans) -> MethodPlans:
    """``methods`` without the warm starts that their bounds have moved away from: those would be tried as they are."""
    return tuple(m.model_copy(update={"warm_starts": tuple(s for s in m.warm_starts if _fits(m, s))}) for m in methods)


def _fits(method: MethodPlan, start: Mapping[str, Value]) -> bool:
    numbers = ((method.bounds[name], start[name]) for name in set(method.bounds) & set(start))
    return all(low <= float(value) <= high for (low, high), value in numbers)


def warming(methods: MethodPlans, starts: Sequence[Mapping[str, Value]]) -> MethodPlans:
    """``methods`` that try each of ``starts`` first, with the first method that has all its parameters."""
    plans = {method.name: method for method in methods}
    for start in starts:
        infos = {name: registry.params(name).info() for name in plans}
        name = next((name for name, info in infos.items() if set(start) <= set(info)), None)
        if name is None:
            known = "; ".join(f"{name}: {', '.join(info)}" for name, info in infos.items())
            raise BadInput(
                "no method has all of {wanted}", "parameters of {names}", wanted=", ".join(start), names=known
            )
        plan = plans[name]
        clean = {key: params.check(infos[name][key], value) for key, value in start.items()}
        plans[name] = plan.model_copy(update={"warm_starts": (*plan.warm_starts, clean)})
    return tuple(plans.values())


def check_encoder(names: Sequence[str], encoder: str) -> None:
    """Raises BadInput where there is no ``encoder`` of this name, or none of the methods would see with it; Missing
    where it is not on this machine."""
    Weights.open().check_encoder(encoder)
    if encoder in ENCODERS and not any(registry.find(name).encoder for name in names):
        raise BadInput(
            "{names} would not see with {encoder}: it has weights of its own",
            "leave --encoder out, or name a method that takes one: {others}",
            names=" and ".join(names),
            encoder=encoder,
            others=", ".join(spec.name for spec in registry.METHODS.values() if spec.encoder),
        )


def blend(method: str, styles: int, weights: Sequence[float]) -> tuple[float, ...]:
    """The style weights, once the number of styles and of weights is what the method can take."""
    most = registry.find_built(method).styles
    if styles == 0:
        raise BadInput("a style picture is missing", "name it after the content picture")
    if styles > most:
        raise BadInput(
            "{method} blends at most {most} style pictures, not {count}",
            "leave some out",
            method=method,
            most=most,
            count=styles,
        )
    if weights and (len(weights) != styles or min(weights) <= 0):
        raise BadInput(
            "{count} style weights for {styles} style pictures",
            "one above 0 for each, in order",
            count=len(weights),
            styles=styles,
        )
    return tuple(weights)
