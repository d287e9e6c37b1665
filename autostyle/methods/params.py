"""A method's parameters, declared once.

A method's spec holds one :class:`Params` subclass. From it come validation, the Optuna space, the tool schema a
language model sees, ``-p name=value``, ``autostyle methods NAME`` and the tables of the report.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from autostyle.errors import BadInput, wrong

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

Value = float | int | bool | str
MAX_LENGTH = 4096
"""Of a value as text: as long as a path may be."""
ParamKind = Literal["float", "int", "bool", "choice"]
Files = Callable[[str], list[Path]]
Fits = Callable[[str, "Weights", str], None]
Aspect = Literal["style", "content", "color", "structure", "marks"]
"""What a wish may ask more or less of: the style, how well the content is recognised, the style's colours rather than
the content's, the content's lines and shapes, the size and boldness of the strokes."""
ASPECTS: frozenset[str] = frozenset(get_args(Aspect))
Ends = tuple[Value, Value]
WORDS = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)


@dataclass(frozen=True)
class Range:
    """The range of a number: valid values, and what a study searches.

    Args:
        low, high: inclusive bounds.
        log: search on a logarithmic scale (``low`` > 0).
        tune: False keeps the parameter at its default in a study unless a plan gives it bounds.
        limit: the highest value that is valid where a person sets it or gives bounds; None means ``high``.
        moves: aspect -> 1 if more of it is a higher value, -1 if it is a lower one.
        holds: aspect -> the value that less of it holds, and the one that more of it holds.
        aliases: what else it is called, in any language, in lower case.
        everyday: its name is an everyday word, so that only ``name = value`` in a sentence means it.
        timed: a trial's time is proportional to it.
        aid: it acts only where this aid is given, and a study searches it there, ``tune`` or not.
    """

    low: float
    high: float
    log: bool = False
    tune: bool = True
    limit: float | None = None
    moves: Mapping[Aspect, int] = field(default_factory=dict)
    holds: Mapping[Aspect, Ends] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    everyday: bool = False
    timed: bool = False
    aid: str = ""


@dataclass(frozen=True)
class Choices:
    """The values of a named choice that a study searches.

    Args:
        values: what the sampler may pick, the default among them; a Literal's own where none are given.
        tune: False keeps the parameter at its default in a study unless a plan names choices.
        free: True also accepts values outside ``values`` when a person sets them (layer sets, for instance).
        files: the files that a value names or needs; raises BadInput or Missing where one is not there.
        fits: raises BadInput where one of these is of no use beside the base model of an id, given with all weights.
        holds: aspect -> the value that less of it holds, and the one that more of it holds.
    """

    values: tuple[Value, ...] = ()
    tune: bool = True
    free: bool = False
    files: Files | None = None
    fits: Fits | None = None
    holds: Mapping[Aspect, Ends] = field(default_factory=dict)


@dataclass(frozen=True)
class ParamInfo:
    """One parameter as the outside sees it (``autostyle methods NAME --json``)."""

    name: str
    type: ParamKind
    default: Value
    help: str
    low: float | None = None
    high: float | None = None
    log: bool = False
    choices: tuple[Value, ...] | None = None
    tune: bool = True
    free: bool = False
    files: Files | None = None
    fits: Fits | None = None
    limit: float | None = None
    moves: Mapping[Aspect, int] = field(default_factory=dict)
    holds: Mapping[Aspect, Ends] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    everyday: bool = False
    timed: bool = False
    aid: str = ""

    @property
    def top(self) -> float | None:
        """The highest value that is valid where a person sets it; ``high`` is what a study searches up to."""
        return self.high if self.limit is None else self.limit

    def place(self, value: float, low: float, high: float) -> float:
        """Where a number lies from ``low`` (0) to ``high`` (1), on the scale of its search."""
        scale = math.log if self.log else float
        return (scale(value) - scale(low)) / (scale(high) - scale(low))

    def as_json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "default": self.default,
            "low": self.low,
            "high": self.high,
            "limit": self.top,
            "log": self.log,
            "choices": list(self.choices) if self.choices is not None else None,
            "tune": self.tune,
            "help": self.help,
        }


class Params(BaseModel):
    """Base of every method's parameters; a field's docstring is its help text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    @classmethod
    def info(cls) -> dict[str, ParamInfo]:
        """name -> :class:`ParamInfo`, in the order of declaration."""
        return {name: _info(name, field) for name, field in cls.model_fields.items()}

    @classmethod
    def parse(cls, values: dict[str, Any]) -> Params:
        """Validate ``values`` (strings are converted); raises :class:`BadInput` naming the parameter and its range."""
        infos = cls.info()
        clean: dict[str, Value] = {}
        for name, value in values.items():
            if name not in infos:
                raise BadInput("unknown parameter {name!r}", "parameters: {names}", name=name, names=", ".join(infos))
            clean[name] = check(infos[name], value)
        try:
            return cls(**clean)
        except ValidationError as error:
            raise BadInput(wrong(error), "parameters: {names}", names=", ".join(infos)) from error


def _info(name: str, field: Any) -> ParamInfo:
    marks = field.metadata
    search = next((m for m in marks if isinstance(m, Range)), None)
    choices = next((m for m in marks if isinstance(m, Choices)), None)
    annotation = field.annotation
    help_text = " ".join((field.description or "").split())
    if get_origin(annotation) is Literal:
        choices = choices or Choices()
        choices = replace(choices, values=choices.values or get_args(annotation))
    if annotation is bool:
        tune = choices.tune if choices is not None else True
        holds = choices.holds if choices is not None else {}
        return ParamInfo(name, "bool", field.default, help_text, choices=(False, True), tune=tune, holds=holds)
    if choices is not None:
        return ParamInfo(
            name,
            "choice",
            field.default,
            help_text,
            choices=choices.values,
            tune=choices.tune,
            free=choices.free,
            files=choices.files,
            fits=choices.fits,
            holds=choices.holds,
        )
    if search is None or get_origin(annotation) in (Union, types.UnionType):
        raise TypeError(f"parameter {name!r} declares neither Range nor Choices")
    kind: ParamKind = "int" if annotation is int else "float"
    return ParamInfo(
        name,
        kind,
        field.default,
        help_text,
        low=search.low,
        high=search.high,
        log=search.log,
        tune=search.tune,
        limit=search.limit,
        moves=search.moves,
        holds=search.holds,
        aliases=search.aliases,
        everyday=search.everyday,
        timed=search.timed,
        aid=search.aid,
    )


def check(info: ParamInfo, value: Any) -> Value:
    """``value`` as the parameter's type and within its range; raises :class:`BadInput` otherwise."""
    if not isinstance(value, Value) or len(str(value)) > MAX_LENGTH or any(c < " " for c in str(value)):
        raise BadInput("{name} takes no such value", "`autostyle methods` says what {name} takes", name=info.name)
    if info.type == "bool":
        if isinstance(value, bool):
            return value
        if str(value).lower() not in WORDS:
            raise BadInput(
                "{name}={value!r} is no yes or no", "try {name}=true or {name}=false", name=info.name, value=value
            )
        return WORDS[str(value).lower()]
    if info.type == "choice":
        assert info.choices is not None
        for choice in info.choices:
            if str(choice) == str(value):
                return choice
        if info.free:
            return str(value)
        raise BadInput(
            "{name}={value!r} is unknown",
            "choices: {names}",
            name=info.name,
            value=value,
            names=", ".join(str(c) for c in info.choices),
        )
    if isinstance(value, float) and value.is_integer() and info.type == "int":  # as numbers come from JSON and words
        value = int(value)
    try:
        number: float = int(str(value)) if info.type == "int" else float(str(value))
    except ValueError as error:
        raise BadInput(
            "{name}={value!r} is no {type}",
            "range: {low:g} to {high:g}",
            name=info.name,
            value=value,
            type=info.type,
            low=info.low,
            high=info.high,
        ) from error
    assert info.low is not None and info.top is not None
    if not info.low <= number <= info.top:
        raise BadInput(
            "{name}={value} is out of range",
            "range: {low:g} to {high:g}",
            name=info.name,
            value=value,
            low=info.low,
            high=info.top,
        )
    return number
