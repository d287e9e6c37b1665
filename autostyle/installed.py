"""What other packages add to autostyle: methods, media. They name it under entry points.

A package says ``mine = "my_package.spec:SPEC"`` under a group and has something called ``mine`` there when it is
installed beside autostyle. Only metadata is read until one is asked for; what does not load, or does not fit, stays a
line of its own and takes nothing else with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from importlib import import_module, metadata
from typing import Any, Generic, TypeVar

from autostyle.errors import AutostyleError, Missing
from autostyle.sentences import Sentence

NAME = re.compile(r"[a-z][a-z0-9_]*")
TARGET = re.compile(r"[\w.]+:\w+")
"""``module:Class``."""
S = TypeVar("S")


class Installed(Generic[S]):
    """What other packages name under one group of entry points.

    Args:
        group: ``autostyle.methods``.
        one: what each is, for people (``method``).
        kind: the class of what an entry point names.
        unfit: what keeps such an object from being the one of this name, in words; empty if nothing does. It may raise.
    """

    def __init__(self, group: str, one: str, kind: type[S], unfit: Callable[[S, str], str]) -> None:
        self._one, self._kind, self._unfit = one, kind, unfit
        self._points = cache(lambda: _points(group))
        self._tried = cache(self._try)

    def names(self) -> tuple[str, ...]:
        """The names that other packages give, sorted, those that can be one; nothing is imported."""
        return tuple(dict.fromkeys(point.name for point in self._points() if NAME.fullmatch(point.name)))

    def load(self, name: str) -> S:
        """What another package calls ``name``; where two do, the first by the package's name.

        Raises:
            KeyError: no package has it.
            Missing: it does not load, or does not fit; it is not tried again.
        """
        found = self._tried(name)
        if isinstance(found, Missing):
            raise found.with_traceback(None)
        return found

    def _try(self, name: str) -> S | Missing:
        """What :meth:`load` hands out, or raises."""
        point = next((point for point in self._points() if point.name == name), None)
        if point is None:
            raise KeyError(name)
        try:
            found = point.load()
            unfit = self._unfit(found, name) if isinstance(found, self._kind) else self._no_such(found)
        except (Exception, SystemExit) as error:  # whatever another package's code does
            missing = self.broken(name, error)
            missing.__cause__ = error
            return missing
        if unfit:
            return self.broken(name, unfit)
        spec: S = found
        return spec

    def notes(self, taken: Collection[str]) -> Iterator[str]:
        """A line for each that is not to be had, and why; ``taken`` are our own names, which no package may have."""
        first: dict[str, metadata.EntryPoint] = {}
        for point in self._points():
            before = first.setdefault(point.name, point)
            whose = {"kind": Sentence(self._one), "name": point.name, "package": _package(point)}
            if point.name in taken:
                yield Sentence("the {kind} {name!r} of {package} is not taken: autostyle has one of this name", **whose)
            elif before is not point:
                yield Sentence(
                    "the {kind} {name!r} of {package} is not taken: {other} has one of this name",
                    **whose,
                    other=_package(before),
                )
            else:
                try:
                    self.load(point.name)
                except Missing as error:
                    yield error.message

    def broken(self, name: str, why: BaseException | str) -> Missing:
        """What is said of one that does not load."""
        package = next((_package(point) for point in self._points() if point.name == name), "a package")
        if isinstance(why, AutostyleError):
            why = why.message
        elif isinstance(why, BaseException):
            why = f"{type(why).__name__}: {why}"
        lines = why if isinstance(why, Sentence) else " ".join(why.split())[:300]
        return Missing(
            "the {what} {name!r} of {package} does not load: {lines}",
            "install a version of {package} that goes with this autostyle, or uninstall it",
            what=Sentence(self._one),
            name=name,
            package=package,
            lines=lines,
        )

    def forget(self) -> None:
        """Look anew for what is installed."""
        self._points.cache_clear()
        self._tried.cache_clear()

    def _no_such(self, found: object) -> str:
        return Sentence("a {found} is no {kind}", found=type(found).__name__, kind=self._kind.__name__)


class Registry(Mapping[str, S]):
    """Ours first, then those of other packages that load; these are looked for only when one is needed.

    Args:
        ours: by name.
        installed: those of other packages.
        unknown: what is raised for a name that is nobody's.
    """

    def __init__(
        self, ours: Mapping[str, S], installed: Installed[S], unknown: Callable[[str], AutostyleError]
    ) -> None:
        self._ours, self._installed, self._unknown = ours, installed, unknown

    def names(self) -> tuple[str, ...]:
        """Every name, ours first, also of those that do not load; nothing of other packages is imported."""
        return tuple(dict.fromkeys([*self._ours, *self._installed.names()]))

    def notes(self) -> tuple[str, ...]:
        """A line for each of another package that is not to be had, and why."""
        return tuple(self._installed.notes(self._ours))

    def find(self, name: str) -> S:
        """The one called ``name``, built or planned.

        Raises:
            BadInput: there is none.
            Missing: another package has it, and it does not load.
        """
        if name in self._ours:
            return self._ours[name]
        try:
            return self._installed.load(name)
        except KeyError:
            raise self._unknown(name) from None

    def create(self, name: str, target: str) -> Any:
        """A fresh object of the class that the one called ``name`` has as its ``target`` (``module:Class``).

        Raises:
            Missing: another package has it, and it does not load.
        """
        try:
            return create(target)
        except Exception as error:  # whatever another package's code does
            if name in self._ours:
                raise
            raise self._installed.broken(name, error) from error

    def __getitem__(self, name: str) -> S:
        if name in self._ours:
            return self._ours[name]
        try:
            return self._installed.load(name)
        except Missing as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.names() if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def create(target: str) -> Any:
    """A fresh object of the class that ``target`` (``module:Class``) names."""
    module, _, cls = target.partition(":")
    return getattr(import_module(module), cls)()


def _points(group: str) -> tuple[metadata.EntryPoint, ...]:
    return tuple(sorted(metadata.entry_points(group=group), key=lambda point: (point.name, _package(point))))


def _package(point: metadata.EntryPoint) -> str:
    """The name of the distribution that has this entry point."""
    return point.dist.name if point.dist else "a package"
