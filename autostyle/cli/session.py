"""What every command gets: settings, console, and its own options as one object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer

from autostyle.cli.console import Console
from autostyle.errors import BadInput, wrong

if TYPE_CHECKING:
    from autostyle.config import Config

T = TypeVar("T")

EVERYWHERE = (
    "Everywhere, before or after the command: --json, --quiet, --offline, --device auto|cpu|cuda\\[:N]|mps, "
    "--home DIR (default ./studies), -v, --version."
)


@dataclass(frozen=True)
class Session:
    """The settings of this call and where its words go."""

    config: Config
    console: Console


class Context(typer.Context):
    """Typer's context with our :class:`Session` on it."""

    obj: Session


def options(ctx: Context, kind: type[T]) -> T:
    """The command's options that have the names of ``kind``'s fields; one that was left out keeps the field's default.

    Raises:
        BadInput: a value that ``kind`` does not take.
    """
    from pydantic import TypeAdapter, ValidationError

    said = {name: ctx.params[name] for name in kind.__annotations__ if ctx.params[name] is not None}
    try:
        return TypeAdapter(kind).validate_python(said)
    except ValidationError as error:
        raise BadInput(f"--{wrong(error)}", f"`{ctx.command_path} --help` shows the ranges") from error
