"""What a tool is: one function with checked arguments, a cost class, a text for the brain and data for the screen."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from autostyle.errors import BadInput, wrong

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput
    from autostyle.agent.workspace import Workspace

Cost = Literal["free", "compute", "writes", "network", "trust", "consent"]
"""free: reads, or decides; compute: minutes of this machine; writes: files a person will find; network: leaves it.
trust, consent: no tool's, but those of the questions whether a study of somebody else is taken as one's own, and
whether the owner of a voice agreed that it is imitated."""


class Arguments(BaseModel):
    """Base of every tool's arguments; a field's docstring is what a language model reads about it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


Out = TypeVar("Out", bound="ToolOutput")


@dataclass(frozen=True)
class ToolResult(Generic[Out]):
    """What a tool found or did.

    Args:
        text: a short summary for the brain.
        output: in full; None where there is nothing more.
        pictures: for a brain that sees, and for the screen.
    """

    text: str
    output: Out | None = None
    pictures: tuple[Path, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The output as JSON data."""
        return {} if self.output is None else self.output.data


@dataclass(frozen=True)
class Detail:
    """One thing that a person should know before they allow a call.

    Args:
        kind: what it tells, by which it is named to people in their language.
        text: whole paths, a host, a time.
    """

    kind: Literal["content", "style", "reads", "sends", "to", "trials", "writes", "goes_on", "replaces", "time", "risk"]
    text: str


Say = Callable[[str], None]
"""Progress of a tool, one line for people; safe from any thread."""
A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True)
class Tool(Generic[A]):
    """One tool.

    Args:
        name: what a brain calls.
        description: what it does and when to use it, for the brain.
        arguments: the model of its arguments.
        cost: its cost class, for the approval policy.
        run: does it; raises AutostyleError, whose two lines go back to the brain.
        title: one line for people about a call (``tune cat.jpg, 32 trials``).
        details: what a call would read, write and replace, and where, for the question whether it may.
        overwrites: whether a call replaces files of the person's own: then it is asked about whatever was allowed.
        seconds: estimated seconds of compute of a call, for the approval policy: 0 makes a call free, inf (nobody
            knows) always asks.
    """

    name: str
    description: str
    arguments: type[A]
    cost: Cost
    run: Callable[[Workspace, A, Say], Awaitable[ToolResult[Any]]]
    title: Callable[[A], str]
    details: Callable[[Workspace, A], Iterable[Detail]] = lambda workspace, arguments: ()
    overwrites: Callable[[Workspace, A], bool] = lambda workspace, arguments: False
    seconds: Callable[[Workspace, A], float] = lambda workspace, arguments: math.inf

    def schema(self) -> dict[str, Any]:
        """The arguments as JSON Schema."""
        return self.arguments.model_json_schema()

    def parse(self, arguments: str) -> A:
        """The arguments in JSON text; raises BadInput that tells a brain what to mend."""
        try:
            return self.arguments.model_validate_json(arguments or "{}")
        except ValidationError as error:
            fields = ", ".join(self.arguments.model_fields) or "none"
            raise BadInput(
                "{name}: {error}", "arguments: {names}", name=self.name, error=wrong(error, most=3), names=fields
            ) from error
