"""What every command gets: settings, console, and its own options as one object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from autostyle.cli.console import Console
from autostyle.errors import BadInput, wrong

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from autostyle.config import Config
    from autostyle.methods.params import Value

T = TypeVar("T", bound="DataclassInstance")

EVERYWHERE = (
    "Everywhere, before or after the command: --json, --quiet, --offline, --device auto|cpu|cuda\\[:N]|mps, "
    "--home DIR (default ./studies), -v, --version."
)


@dataclass(frozen=True)
class Invocation:
    """The settings of this call and where its words go."""

    config: Config
    console: Console


class Context(typer.Context):
    """Typer's context with our :class:`Invocation` on it."""

    obj: Invocation


def options(ctx: Context, kind: type[T], **read: Any) -> T:
    """The command's options that have the names of ``kind``'s fields; one that was left out keeps the field's default.

    Args:
        read: fields that are no options, or had to be read first.

    Raises:
        BadInput: a value that ``kind`` does not take.
    """
    from pydantic import TypeAdapter, ValidationError

    names = {field.name for field in fields(kind)} - read.keys()
    said = {name: ctx.params[name] for name in names if ctx.params[name] is not None}
    try:
        return TypeAdapter(kind).validate_python(said | read)
    except ValidationError as error:
        raise BadInput(
            "--{error}", "`{command} --help` shows the ranges", error=wrong(error), command=ctx.command_path
        ) from error


def assignments(words: Iterable[str]) -> dict[str, Value]:
    """``name=value`` words as a mapping; raises BadInput for a word without ``=``."""
    given: dict[str, Value] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise BadInput("-p {word!r} is no name=value", "for instance: -p style_weight=3", word=word)
        given[name.strip()] = value.strip()
    return given


def named_files(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """``NAME=FILE`` words as a mapping; raises BadInput for one without ``=``."""
    given: dict[str, tuple[str, ...]] = {}
    for word in words:
        name, equals, file = word.partition("=")
        if not equals or not name.strip() or not file.strip():
            raise BadInput("--with {word!r} is no NAME=FILE", "for instance: --with lora=brand.safetensors", word=word)
        given[name.strip()] = (*given.get(name.strip(), ()), file.strip())
    return given
