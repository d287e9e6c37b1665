"""What a search may be told from Python, said once for all that begin one."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, ParamSpec, TypedDict, TypeVar

from autostyle import config
from autostyle.api.given import AidFiles, ImageLike, ImagesLike, TemporaryFolder, read_said, several, to_file, with_aids
from autostyle.mediums.sides import SaidSize
from autostyle.methods.params import Value
from autostyle.use_cases.tune import TuneOptions

P = ParamSpec("P")
R = TypeVar("R")

PreferArgument = float | Literal["content", "balanced", "style"]


class StudyArguments(TypedDict, total=False):
    """Of :class:`autostyle.Study` and :func:`autostyle.tune`; None is as good as not given."""

    name: str | None
    method: str | None
    params: Mapping[str, Value] | None
    aids: AidFiles | None
    style_weight: Sequence[float] | None
    prompt: str | None
    trials: int | None
    minutes: float | None
    size: int | None
    final_size: SaidSize | None
    finish: str | None
    prefer: PreferArgument | None
    profile: str | None
    encoder: str | None
    workers: int | None
    seed: int | None
    consent: bool | None
    plan: str | os.PathLike[str] | None
    home: str | os.PathLike[str] | None
    storage: str | None
    device: str | None
    offline: bool | None


def spelled_out(function: Callable[P, R]) -> Callable[P, R]:
    """``function(..., **arguments)`` whose signature names each of :class:`StudyArguments`, for help and completion."""
    plain = inspect.signature(function)
    *before, _ = plain.parameters.values()
    arguments = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=getattr(kind, "__forward_arg__", kind)
        )
        for name, kind in StudyArguments.__annotations__.items()
    ]
    signature = plain.replace(parameters=[*before, *arguments])

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        signature.bind(*args, **kwargs)  # raises TypeError for a name that there is none of
        return function(*args, **kwargs)

    checked.__signature__ = signature  # type: ignore[attr-defined]
    return checked


def tune_options(
    content: ImageLike | None, style: ImagesLike, arguments: StudyArguments, folder: TemporaryFolder
) -> TuneOptions:
    """What was asked for, as the use cases have it; pictures in memory are written into ``folder``."""
    weights = arguments.get("style_weight")
    return TuneOptions(
        content=None if content is None else to_file(content, "content", folder),
        style=tuple(to_file(picture, f"style-{n}", folder) for n, picture in enumerate(several(style), 1)),
        style_weight=tuple(() if weights is None else weights),
        study=arguments.get("name"),
        method=arguments.get("method"),
        params=arguments.get("params") or {},
        aids=with_aids(arguments.get("aids")),
        prompt=arguments.get("prompt"),
        trials=arguments.get("trials"),
        minutes=arguments.get("minutes"),
        size=arguments.get("size"),
        final_size=read_said(arguments.get("final_size")),
        finish=arguments.get("finish"),
        prefer=arguments.get("prefer"),
        profile=arguments.get("profile"),
        encoder=arguments.get("encoder"),
        workers=arguments.get("workers"),
        seed=arguments.get("seed"),
        consent=arguments.get("consent"),
    )


def read_settings(arguments: StudyArguments) -> config.Config:
    """The settings with what was given; studies stay where they are when the program changes its directory."""
    home = arguments.get("home")
    flags = {name: arguments.get(name) for name in ("storage", "device", "offline")}
    found = config.load({"home": home and Path(home), **flags})
    return found.model_copy(update={"home": found.home.absolute()})
