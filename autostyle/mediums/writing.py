"""A result and what belongs to it, written, copied and taken away together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from autostyle.atomic import atomic_copy, atomic_write_bytes
from autostyle.errors import BadInput
from autostyle.mediums import registry, tables
from autostyle.mediums.contract import Drawn
from autostyle.mediums.files import beside, companions, medium, promised_medium
from autostyle.methods import registry as methods


def write(
    drawn: Drawn, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False
) -> tuple[str, ...]:
    """Write ``drawn`` to ``path`` with its companions beside it; returns what the format could not carry.

    Raises:
        BadInput: something is there and may not be replaced, or cannot be written.
        Missing: no space left.
    """
    given = drawn.companions()
    if not overwrite:
        refuse_taken(path, given)
    told = drawn.save(path, recipe=recipe, overwrite=overwrite)
    for ending in registry.find(promised_medium(path)).companions:
        if ending in given:
            atomic_write_bytes(path.with_suffix(ending), given[ending])
        elif overwrite and tables.is_ours(path.with_suffix(ending)):
            path.with_suffix(ending).unlink(missing_ok=True)
    return told


def refuse_taken_by(method: str, path: Path) -> None:
    """:func:`refuse_taken` for what ``method`` will write, before it has painted."""
    refuse_taken(path, tables.ENDINGS if methods.find_built(method).table else ())


def refuse_taken(path: Path, given: Iterable[str] = ()) -> None:
    """Raises BadInput where a result at ``path`` has companions already, or one with an ending of those ``given`` would
    overwrite something, whoever wrote that."""
    if taken := (*companions(path), *filter(Path.exists, map(path.with_suffix, given))):
        raise BadInput("{path} exists", "--force overwrites it", path=taken[0])


def copy(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """Write a work of ours once more with its companions, in the format of ``target``'s ending; what is there with
    ``overwrite`` is replaced whole, and nothing may be there without."""
    if overwrite and target.exists():
        with tempfile.TemporaryDirectory(prefix=".autostyle-", dir=target.parent) as folder:
            whole = Path(folder, target.name)
            copy(source, whole)
            replace(whole, target)
        return
    if overwrite:
        remove_companions(target)
    else:
        refuse_taken(target, map(partial(_ending, of=source), companions(source)))
    kind = medium(source)
    registry.create(kind, kind).copy(source, target)
    _copy_companions(source, target)


def replace(source: Path, target: Path) -> None:
    """Put a work of ours with its companions in the place of another one, byte for byte; no link is followed."""
    remove_companions(target)
    atomic_copy(source, target, follow=False)
    _copy_companions(source, target, follow=False)


def _copy_companions(source: Path, target: Path, *, follow: bool = True) -> None:
    for companion in companions(source):
        atomic_copy(companion, target.with_suffix(_ending(companion, of=source)), follow=follow)


def _ending(companion: Path, *, of: Path) -> str:
    return companion.name.removeprefix(of.stem)


def remove_companions(path: Path) -> None:
    """Take away what is part of a result of ours beside it."""
    for companion in companions(path):
        companion.unlink()


def remove(path: Path) -> None:
    """Take a work of ours away, with what belongs to it."""
    for file in (path, *beside(path)):
        file.unlink(missing_ok=True)
