"""The only reader of ``prompts/``: words and tables a person may want to change without touching code.

A file of the same name in the config folder's ``prompts/`` wins; else the copy inside the installed package; else, in
a checkout, the ``prompts/`` at the top of the repository.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from autostyle import safe_files
from autostyle.errors import BadInput, Missing
from autostyle.sentences import reason

MAX_BYTES = 256 * 1024


@dataclass(frozen=True)
class Resource:
    """A file of ``prompts/``.

    Args:
        name: its file name.
        text: what it says.
        path: where it was read, for messages.
        yours: True if it is the user's override.
    """

    name: str
    text: str
    path: str
    yours: bool = False


def config_folder() -> Path:
    """The user's config folder: ``AUTOSTYLE_CONFIG`` if it is set, else the platform's own; it may not exist."""
    named = os.environ.get("AUTOSTYLE_CONFIG")
    return Path(named).expanduser() if named else user_config_path("autostyle")


def read(name: str, shipped: Traversable | None = None) -> Resource:
    """The file ``name`` of ``prompts/``, the user's override if there is one.

    Args:
        shipped: the copy that comes with the package, where it lies elsewhere.

    Raises:
        BadInput: the override is no readable text of at most 256 KiB; the shipped copy never hides that.
        Missing: this installation lacks the file.
    """
    override = config_folder() / "prompts" / name
    if override.is_symlink() or override.exists():
        return Resource(name, _override_text(override), str(override), yours=True)
    shipped = shipped or _shipped(name)
    return Resource(name, shipped.read_text(encoding="utf-8"), str(shipped))


def parse(source: Resource) -> Any:
    """What a file of YAML says, as plain data; raises yaml.YAMLError, ValueError or RecursionError where it is none."""
    import yaml

    # libyaml's loader is ten times as quick, and a text nested very deeply takes the whole process with it: only for
    # what is shipped.
    quick = yaml.SafeLoader if source.yours else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(source.text, quick)


def _shipped(name: str) -> Traversable:
    package = files("autostyle")
    places = [package / "prompts" / name]
    if isinstance(package, Path):
        places.append(package.parent / "prompts" / name)
    for place in places:
        if place.is_file():
            return place
    raise Missing("this installation of autostyle lacks prompts/{name}", "install autostyle again", name=name)


def _override_text(path: Path) -> str:
    try:
        return safe_files.read(path, MAX_BYTES, follow=True).decode("utf-8")
    except (OSError, ValueError, BadInput) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise BadInput(
            "cannot read your {name}: {why}",
            "mend {path}, or move it away to use the one that comes with autostyle",
            name=path.name,
            why=why,
            path=path,
        ) from error
