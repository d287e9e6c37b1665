"""Aids as a person names them, with ``--with NAME=FILE`` or among the parameters, held against what methods declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.methods.aids import AidSpec
from autostyle.methods.params import Value

Texts = Mapping[str, Sequence[str]]
"""Name of an aid -> what a person said under it, in order."""


def declared(methods: Iterable[str]) -> dict[str, AidSpec]:
    """The aids of ``methods`` by name; where two declare one, the first."""
    specs = [aid for name in methods for aid in registry.find_built(name).aids]
    return {spec.name: spec for spec in reversed(specs)}


def apart(methods: Sequence[str], given: Mapping[str, Value], said: Texts) -> tuple[dict[str, Value], Texts]:
    """``given`` without what names an aid of ``methods`` in a parameter's place, and ``said`` with it."""
    known = declared(methods)
    texts = {name: list(files) for name, files in said.items()}
    for name in given.keys() & known.keys():
        texts.setdefault(name, []).append(str(given[name]))
    return {name: value for name, value in given.items() if name not in known}, texts


def read(
    methods: Sequence[str], texts: Texts, styles: Sequence[Path] = ()
) -> tuple[dict[str, tuple[Path, ...]], dict[str, Value]]:
    """The files that are meant, absolute, and the parameters that were said with them; where they
    depend on the ``styles``, those that a method takes for them.

    Raises:
        BadInput: no method of these has such an aid, or a file is not there or of no use.
    """
    known = declared(methods)
    files: dict[str, tuple[Path, ...]] = {}
    params: dict[str, Value] = {}
    for name, said in texts.items():
        if name not in known:
            raise BadInput("unknown aid {name!r}", "aids of {names}", name=name, names="; ".join(_told(methods)))
        found = known[name].given(said)
        files[name] = tuple(file.absolute() for file in found.files)
        params |= found.params
    for name, spec in known.items():
        if spec.of_styles is not None and styles and (own := spec.of_styles(files.get(name, ()), styles)):
            files[name] = tuple(file.absolute() for file in own)
    return files, params


def files(method: str, said: Texts) -> dict[str, tuple[Path, ...]]:
    """The files for a recipe of ``method``, whose parameters are the recipe's; raises BadInput as :func:`read`, and
    where parameters were said with them."""
    found, params = read([method], said)
    if params:
        raise BadInput("{names}: the recipe says that", "name the file alone", names=", ".join(params))
    return found


def _told(methods: Iterable[str]) -> Iterator[str]:
    for name in methods:
        yield f"{name}: {', '.join(aid.name for aid in registry.find_built(name).aids) or 'none'}"
