"""What could be meant by the word before the cursor: a slash command, or a file after ``@``."""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autostyle.filenames import find, key
from autostyle.report.text import one_line

MOST = 50
"""Files that are offered at most."""
_AT = re.compile(r'(?:^|(?<=\s))@("?)([^"\s]*|(?<=")[^"]*)$')
_SLASH = re.compile(r"^/(\S*)$")


@dataclass(frozen=True)
class Option:
    """One way on.

    Args:
        label, help: what is shown.
        insert: what replaces the word.
        final: nothing need follow, so Enter may send it as it stands.
    """

    label: str
    insert: str
    help: str = ""
    final: bool = False


@dataclass(frozen=True)
class Completion:
    """The ways on from a word that begins ``start`` characters into the line."""

    start: int
    options: tuple[Option, ...]


def complete(before: str, commands: Iterable[tuple[str, str, bool]], folder: Path) -> Completion | None:
    """The ways on from ``before``, the line up to the cursor; None where nothing is to be completed.

    Args:
        commands: names without the slash, their help, and whether an argument must follow.
        folder: where relative paths begin.
    """
    if slash := _SLASH.search(before):
        found = tuple(
            Option(f"/{name}", f"/{name} ", help, final=not more)
            for name, help, more in commands
            if name.startswith(slash[1])
        )
        return Completion(0, found) if found else None
    if at := _AT.search(before):
        options = tuple(_files(at[2], folder))
        return Completion(at.start(), options) if options else None
    return None


def _files(typed: str, folder: Path) -> Iterable[Option]:
    """Files and folders that begin like ``typed``, folders first; hidden ones only if asked for."""
    parent, _, begun = typed.rpartition("/")
    base = folder / Path(f"{parent}/" if parent or typed.startswith("/") else ".").expanduser()
    base = find(base) or base
    try:
        with os.scandir(base) as entries:
            matching = [(not e.is_dir(), e.name.lower(), shown(e.name)) for e in entries if _begins(e.name, begun)]
    except OSError:
        return
    for is_file, _, name in heapq.nsmallest(MOST, matching):
        whole = f"{parent}/{name}" if parent or typed.startswith("/") else name
        if is_file:
            yield Option(whole, f"{quoted(whole)} ")
        else:
            # Its @ stays: the way goes on inside.
            yield Option(f"{whole}/", f'@"{whole}/' if " " in whole else f"@{whole}/")


def quoted(name: str) -> str:
    """A name as the request can have it: bare, in quotes that it has none of itself, or escaped as a shell would."""
    if not re.search(r"[\s\"'`]", name):
        return name
    mark = next((mark for mark in "\"'" if mark not in name), None)
    return f"{mark}{name}{mark}" if mark else re.sub(r"([\s\"'`\\])", r"\\\1", name)


def shown(name: str) -> str:
    """A name as a line of text can have it; it is found again by what it is spelt like."""
    return one_line(name, limit=1000)


def _begins(name: str, begun: str) -> bool:
    return key(name).startswith(key(begun)) and (begun.startswith(".") or not name.startswith("."))
