"""Settings in layers, later ones win: the user's config folder, ``autostyle.toml`` here, environment, flags.

A working directory may come from anybody, so its ``autostyle.toml`` can set neither a model nor a storage, nor leave
the folder, nor switch ``offline`` off, until the user's own ``config.toml`` lists the folder in ``trusted_folders``.
Keys of providers are never read here and never written anywhere.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, ValidationError

from autostyle import safe_files
from autostyle.errors import BadInput, wrong
from autostyle.resources import config_folder
from autostyle.sentences import Sentence

FILE = "autostyle.toml"
USER_FILE = "config.toml"
MAX_BYTES = 1 << 20
"""Of a file of settings."""
MOST_HERE = 16 * 1024
"""Bytes of one that may come from anybody: reading keys of many parts takes time and memory by their square."""
ENVIRONMENT = {
    "AUTOSTYLE_HOME": ("home",),
    "AUTOSTYLE_STORAGE": ("storage",),
    "AUTOSTYLE_DEVICE": ("device",),
    "AUTOSTYLE_OFFLINE": ("offline",),
    "AUTOSTYLE_MODEL": ("model", "name"),
    "AUTOSTYLE_API_BASE": ("model", "api_base"),
    "AUTOSTYLE_VISION": ("model", "vision"),
    "AUTOSTYLE_TOOLS": ("model", "tools"),
    "AUTOSTYLE_TIMEOUT": ("model", "timeout"),
    "AUTOSTYLE_MAX_PRICE": ("model", "max_price"),
    "AUTOSTYLE_THEME": ("app", "theme"),
    "AUTOSTYLE_IMAGES": ("app", "images"),
}


def _device(name: str) -> str:
    if not re.fullmatch(r"auto|cpu|mps|cuda(:\d{1,3})?", name):
        raise ValueError(Sentence("{name!r} is no device: auto, cpu, cuda, cuda:N or mps", name=name))
    return name


def _command(given: Any) -> Any:
    """The words of a command that was written as one text, as a shell would part them."""
    return shlex.split(given) if isinstance(given, str) else given


NotifyCommand = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=4096)], ...], BeforeValidator(_command)]
Device = Annotated[str, AfterValidator(_device)]
SECTIONS = ("model", "app", "keywords", "regions")
"""Tables of the settings, whose keys come each from the latest layer that has it."""
EMBEDDED = "embedded"
"""The name of no language model, where one has to be said."""
ModelName = Annotated[str | None, AfterValidator(lambda name: None if name == EMBEDDED else name)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


class ModelConfig(_Model):
    """``[model]``: the language model. Without a name the embedded brain does its job by rules."""

    name: ModelName = None
    "As litellm spells it (``openai/NAME`` with ``api_base`` for a server of one's own); ``embedded`` is none."
    api_base: str | None = None
    "Address of an OpenAI-compatible server."
    vision: bool | None = None
    "Whether it can look at pictures; None asks litellm, which knows nothing of local models."
    tools: bool | None = None
    "Whether it can call tools; None asks litellm."
    timeout: float = Field(default=60.0, gt=0)
    "Seconds a request may take."
    max_price: float | None = Field(default=None, ge=0)
    "US dollars a conversation may cost."


class KeywordsConfig(_Model):
    """``[keywords]``: who puts style pictures into words where the chat model does not see."""

    model: str | None = None
    "A model that sees, run on this machine by transformers: a folder, or an id in the hub's cache."


class RegionsConfig(_Model):
    """``[regions]``: what finds parts of a picture."""

    model: str | None = None
    "A semantic segmenter, run on this machine by transformers: a folder, or an id in the hub's cache."
    faces: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    "The file of YuNet, OpenCV's detector of faces, which knows those that look aside, too."


class AppConfig(_Model):
    """``[app]``: how the terminal app looks, and what it tells."""

    theme: str = "autostyle-dark"
    "A name that /theme lists."
    images: Literal["auto", "kitty", "sixel", "halfcell", "quadrant", "sextant", "off"] = "auto"
    """How pictures are drawn; auto takes the terminal's graphics where the textual-image package is installed, else the
    finest block characters that it is sure to show. Off tells in words what is seen."""

    notices: bool = True
    "Whether the terminal is asked for a notice on the desktop when a queue has ended; it rings in any case."


class Config(_Model):
    """What a command runs with."""

    home: Annotated[Path, AfterValidator(Path.expanduser)] = Path("studies")
    "Where studies live."
    storage: str | None = None
    "Optuna storage URL; None means ``HOME/autostyle.db``."
    device: Device = "auto"
    "auto, cpu, cuda, cuda:N or mps."
    offline: bool = False
    "True: no socket is opened at all."
    advice: bool = False
    """Whether the brain may change a running search between its rounds. Off, because the sampler alone finds what the
    rules once added to it (benchmarks/results); a language model's advice was not measured."""
    model: ModelConfig = ModelConfig()
    app: AppConfig = AppConfig()
    keywords: KeywordsConfig = KeywordsConfig()
    regions: RegionsConfig = RegionsConfig()
    notify_command: NotifyCommand = ()
    """Program and arguments that are run when a queue has ended, with a message behind them; no shell reads it. It is
    taken from the user's file only, however far a folder is trusted."""
    trusted_folders: tuple[Path, ...] = ()
    "Working directories whose ``autostyle.toml`` may set everything (read from the user's file only)."
    notes: tuple[InstanceOf[Sentence], ...] = ()
    "What was left out and why; the front ends say it aloud."


def load(flags: Mapping[str, Any]) -> Config:
    """The settings a command runs with; ``flags`` that are None are not set. Raises BadInput naming file and key."""
    here = Path.cwd()
    user_file = config_folder() / USER_FILE
    user = _read(user_file)
    own = _validated(user, str(user_file))
    local = _read(here / FILE, MOST_HERE)
    notes: tuple[Sentence, ...] = ()
    if here not in {path.expanduser().resolve() for path in own.trusted_folders}:
        local, notes = _limited(local, here, user_file)
    elif local.pop("notify_command", None) is not None:
        notes = (
            Sentence("{name} in this folder sets notify_command: ignored, only {file} may", name=FILE, file=user_file),
        )
    from_env = _from_environment()
    given = {name: value for name, value in flags.items() if value is not None}
    for layer, name in ((local, FILE), (from_env, "environment"), (given, "command line")):
        _validated(layer, name)
    merged: dict[str, Any] = {}
    for layer in (user, local, from_env, given):
        sections = {name: {**merged.get(name, {}), **layer.get(name, {})} for name in SECTIONS}
        merged = {**merged, **layer, **sections}
    only = {"trusted_folders": own.trusted_folders, "notify_command": own.notify_command}
    return _validated({**merged, **only, "notes": notes}, "settings")


def _read(path: Path, most: int = MAX_BYTES) -> dict[str, Any]:
    try:
        return tomllib.loads(safe_files.read(path, most, follow=True).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (BadInput, ValueError, RecursionError, OSError) as error:  # of the decoders, of numbers too long, too deep
        raise BadInput("cannot read {path}: {error}", "correct or remove this file", path=path, error=error) from error


def _validated(data: Mapping[str, Any], source: str) -> Config:
    try:
        return Config.model_validate(dict(data))
    except ValidationError as error:
        keys = ", ".join(name for name in Config.model_fields if name != "notes")
        raise BadInput("{source}: {error}", "settings: {keys}", source=source, error=wrong(error), keys=keys) from error


def _limited(data: dict[str, Any], here: Path, user_file: Path) -> tuple[dict[str, Any], tuple[Sentence, ...]]:
    """``data`` without what a folder that is not trusted may set, and what to say about it."""
    kept: dict[str, Any] = {}
    for name, value in data.items():
        inside = name == "home" and isinstance(value, str) and (here / value).resolve().is_relative_to(here)
        if name == "device" or inside or (name == "offline" and value is True):
            kept[name] = value
    dropped = [name for name in data if name not in kept]
    if not dropped:
        return kept, ()
    note = Sentence(
        "{name} in this folder sets {names}: ignored, because the folder is not trusted "
        "(to trust it, add it to trusted_folders in {file})",
        name=FILE,
        names=", ".join(dropped),
        file=user_file,
    )
    return kept, (note,)


def _from_environment() -> dict[str, Any]:
    layer: dict[str, Any] = {}
    for variable, path in ENVIRONMENT.items():
        if value := os.environ.get(variable):
            target = layer.setdefault(path[0], {}) if len(path) == 2 else layer
            target[path[-1]] = value
    return layer
