"""A message is understood once: whoever asks again is told the same, as long as the files it is about are the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from autostyle.agent.understanding import clauses, paths, read
from autostyle.agent.understanding.model import Language, NamedFile, Understood

Seen = tuple[tuple[NamedFile, ...], tuple[int, ...]]
"""The files that a text names, and when they and the folder it is said in were changed, in ns."""


def understand_cached(text: str, where: Path, *, study: bool = False, before: Language = "en") -> Understood:
    """:func:`read.understand`, once for a message in its context and the files there are."""
    return _heard(text, where, study, before, _seen(text, where))


@lru_cache(maxsize=256)
def _heard(text: str, where: Path, study: bool, before: Language, seen: Seen) -> Understood:
    return read.understand(text, where, study=study, before=before)


def _seen(text: str, where: Path) -> Seen:
    found = paths.find(clauses.normal(text), where)
    places = (where, *(where / file.path for file in found if file.exists))
    return found, tuple(_changed(place) for place in places)


def _changed(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0
