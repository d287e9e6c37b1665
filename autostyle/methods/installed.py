"""Methods of other packages, which name them under the entry points ``autostyle.methods``.

A package says ``mine = "my_package.spec:SPEC"`` there and has a method called ``mine`` when it is installed beside
autostyle. Only metadata is read until a method is asked for; one that does not load, or does not fit, stays a line of
its own and takes nothing else with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib import metadata

from autostyle.errors import AutostyleError, Missing
from autostyle.methods.contract import MethodSpec
from autostyle.methods.params import DIRECTIONS, Params, check
from autostyle.vision.registry import REGISTER

GROUP = "autostyle.methods"
NAME = re.compile(r"[a-z][a-z0-9_]*")


@cache
def _points() -> tuple[metadata.EntryPoint, ...]:
    found = metadata.entry_points(group=GROUP)
    return tuple(sorted(found, key=lambda point: (point.name, package(point))))


def package(point: metadata.EntryPoint) -> str:
    """The name of the distribution that has this entry point."""
    return point.dist.name if point.dist else "a package"


def names() -> tuple[str, ...]:
    """The names that other packages give their methods, sorted, those that can be one; nothing is imported."""
    return tuple(dict.fromkeys(point.name for point in _points() if NAME.fullmatch(point.name)))


@cache
def load(name: str) -> MethodSpec:
    """The spec that another package calls ``name``; where two do, the first by the package's name.

    Raises:
        KeyError: no package has it.
        Missing: it does not load, or is no method.
    """
    point = next((point for point in _points() if point.name == name), None)
    if point is None:
        raise KeyError(name)
    try:
        spec = point.load()
        unfit = _unfit(spec, name)
    except (Exception, SystemExit) as error:  # whatever another package's code does
        raise broken(name, package(point), error) from error
    if unfit:
        raise broken(name, package(point), unfit)
    assert isinstance(spec, MethodSpec)
    return spec


def notes(taken: Collection[str]) -> Iterator[str]:
    """A line for each method of another package that is not to be had, and why.

    Args:
        taken: the names of our own, which no other package may have.
    """
    first: dict[str, metadata.EntryPoint] = {}
    for point in _points():
        before = first.setdefault(point.name, point)
        if point.name in taken:
            yield f"the method {point.name!r} of {package(point)} is not taken: autostyle has one of this name"
        elif before is not point:
            yield f"the method {point.name!r} of {package(point)} is not taken: {package(before)} has one of this name"
        else:
            try:
                load(point.name)
            except Missing as error:
                yield error.message


def broken(name: str, package: str, why: BaseException | str) -> Missing:
    """What is said of a method that does not load."""
    if isinstance(why, AutostyleError):
        why = why.message
    elif isinstance(why, BaseException):
        why = f"{type(why).__name__}: {why}"
    lines = " ".join(why.split())[:300]
    return Missing(
        f"the method {name!r} of {package} does not load: {lines}",
        f"install a version of {package} that goes with this autostyle, or uninstall it",
    )


def owner(name: str) -> str:
    """The package that has the method ``name``."""
    return next((package(point) for point in _points() if point.name == name), "a package")


def _unfit(spec: object, name: str) -> str:
    """What keeps an object from being the method ``name``; empty if nothing does. May raise what its presets raise."""
    if not isinstance(spec, MethodSpec):
        return f"a {type(spec).__name__} is no MethodSpec"
    if spec.name != name or not NAME.fullmatch(name):
        return f"its spec is called {spec.name!r}; both names are the same, of a-z, 0-9 and _"
    if not NAME.fullmatch(spec.medium):  # which media there are is known above
        return f"medium={spec.medium!r} is no name of a medium"
    if not (isinstance(spec.params, type) and issubclass(spec.params, Params)):
        return "it declares no Params"
    if not re.fullmatch(r"[\w.]+:\w+", spec.run or ""):
        return f"run={spec.run!r} is not module:Class"
    unknown = {id for ids in spec.weights for id in ids} - REGISTER.keys()
    if unknown:
        return f"no weights are called {', '.join(sorted(unknown))}"
    if {spec.ratio, *spec.asks} - spec.params.info().keys():
        return f"ratio={spec.ratio!r} or asks={spec.asks!r} names no parameter"
    infos = spec.params.info()
    for preset in (*spec.presets, spec.words_alone or {}):
        spec.params.parse(dict(preset))
    for info in infos.values():
        if not {*info.moves, *info.holds} <= DIRECTIONS:
            return f"{info.name} moves or holds other things than {', '.join(sorted(DIRECTIONS))}"
        for ends in info.holds.values():
            for value in ends:
                check(info, value)
    for alias in (*spec.aliases, *(alias for info in infos.values() for alias in info.aliases)):
        if not alias or alias != alias.lower().strip():
            return f"the alias {alias!r} is not in lower case"
    return ""
