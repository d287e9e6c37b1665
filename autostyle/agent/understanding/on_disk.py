"""What a name in a text is on the disk: spelt as it is there, in whatever way and capitals a person wrote it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from autostyle.agent.understanding.model import NamedFile
from autostyle.filenames import find as find_file
from autostyle.filenames import spellings
from autostyle.mediums import registry
from autostyle.mediums.files import medium


def named_at(name: str, start: int, end: int, where: Path) -> NamedFile:
    """What stands at ``start`` to ``end`` of a text, with what is known of it."""
    real = real_name(name, where)
    path = _expanded(real)
    return NamedFile(path, start, end, as_found(real, where) is not None, medium(where / path), is_folder(real, where))


def real_name(name: str, where: Path) -> str:
    """The name as it exists, perhaps spelt otherwise or in other capitals; unchanged if nothing does."""
    ways = tuple(spellings(name))
    for fold in (False, True):
        for way in ways:
            if (found := as_found(way, where, fold)) is not None:
                return str(found)
    # A backslash before what is no letter of a name was put there by a terminal.
    return re.sub(r"\\([^\w\\])", r"\1", ways[1] if name.lower().startswith("file:") and len(ways) > 1 else name)


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # ~nobody
        return Path(name)


def exists(name: str, where: Path, fold: bool = False) -> bool:
    """Whether there is such a thing, in other capitals too where ``fold``."""
    return any(as_found(way, where, fold) is not None for way in spellings(name))


def as_found(name: str, where: Path, fold: bool = False) -> Path | None:
    """What ``name`` names, as the disk has it, relative where it was so; None where there is no such thing."""
    if not name.strip():
        return None
    path = _expanded(name)
    found = find_file(where / path, fold=fold)
    try:
        if found is None or not found.exists():
            return None
    except OSError:
        return None
    return found if path.is_absolute() or not found.is_relative_to(where) else found.relative_to(where)


def is_folder(name: str, where: Path) -> bool:
    """Whether a folder of this name is there."""
    found = as_found(name, where)
    return found is not None and (where / found).is_dir()


def only_picture(where: Path, named: Iterable[Path] = ()) -> Path | None:
    """The one picture of a folder, those ``named`` aside, relative to it; None where there is none, or are several."""
    endings, others = tuple(registry.find("image").readable), {(where / path).absolute() for path in named}
    try:
        with os.scandir(where) as entries:  # of a folder of thousands no path is made for each
            found = (
                Path(entry.name)
                for entry in entries
                if entry.name.lower().endswith(endings)
                and entry.name[0] != "."
                and (where / entry.name).absolute() not in others
                and entry.is_file()
            )
            first_two = list(islice(found, 2))
    except OSError:
        return None
    return first_two[0] if len(first_two) == 1 else None
