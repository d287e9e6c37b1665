"""What can be asked of a job process, as data; both sides read it, and it needs no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autostyle.methods.params import Value


class Job(BaseModel):
    """What every job is told: the device (``auto``, ``cpu``, ``cuda``, ``cuda:N``, ``mps``) and to stay offline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: str = "auto"
    offline: bool = False


class Describe(Job):
    """Say which torch and device there are."""

    do: Literal["describe"] = "describe"


class Stylize(Job):
    """One run, no search.

    Args:
        content, styles: absolute paths.
        params: those that differ from the method's defaults.
        size: the long side in pixels; None means the content's own, up to 1024.
        out: the picture to write; ``force`` replaces one that is there.
    """

    do: Literal["stylize"] = "stylize"
    content: Path
    styles: tuple[Path, ...]
    style_weights: tuple[float, ...] = ()
    method: str
    params: dict[str, Value] = {}
    prompt: str | None = None
    size: int | None = None
    seed: int = 0
    out: Path
    force: bool = False


class Apply(Job):
    """A recipe on other pictures: ``inputs`` and ``outputs`` in pairs, absolute; ``size`` as in Stylize."""

    do: Literal["apply"] = "apply"
    recipe: Path
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    size: int | None = None
    force: bool = False


class Reproduce(Job):
    """Run a recipe on its own pictures again and compare the scores.

    Args:
        pictures: files that may be the recipe's own, recognised by their bytes, where they are not beside it.
        out: where the picture goes; None writes none.
    """

    do: Literal["reproduce"] = "reproduce"
    recipe: Path
    pictures: tuple[Path, ...] = ()
    out: Path | None = None
    force: bool = False


Request = Annotated[Describe | Stylize | Apply | Reproduce, Field(discriminator="do")]
_ADAPTER: TypeAdapter[Request] = TypeAdapter(Request)


def parse(data: Any) -> Request:
    """The request in a message; raises pydantic's ValidationError, which would be our own fault."""
    return _ADAPTER.validate_python(data)
