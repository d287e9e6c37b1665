"""Files that a method works with beside content and style, named in a text: "with the network ffhq.pkl".

What it is for, the words beside it say (an aid's name, or what it is called), else the method that is named, else an
ending that is one aid's alone. A file of which nothing tells is none, and is left to those who name what was not
understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from autostyle.agent.understanding import methods
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.model import NamedFile
from autostyle.agent.understanding.on_disk import exists, named_at
from autostyle.mediums import registry as mediums
from autostyle.methods import registry
from autostyle.methods.aids import AidSpec

NamedAids = Mapping[str, tuple[NamedFile, ...]]
_TEXTS = (".txt", ".json", ".bin")
"""Endings of files of every kind, which alone tell nothing."""
_APART = 40
"""Letters between a file and the word that calls it, at most."""

_BEHIND = re.compile(r"\s*[:=]?\s*([\w.-]{1,80})")
_BEFORE = re.compile(r"([\w.-]+)\s+$")
"""What may be a file's name beside a word that calls it."""
_RUN = re.compile(r"[^\s\"'“”‘’「」(),;=]+")
"""What may be a file's name, and what follows it."""


def find(text: str, where: Path, named: Sequence[NamedFile], *, folders: bool = False) -> NamedAids:
    """The aids in ``text``, by name: files that are there, of those that were found as names (``named``: with their
    folder, or in quotes) and of those that no such name covers; with ``folders`` also all of a folder that is named."""
    known = _known(registry.names())
    endings = {end for _, aid in known for end in aid.endings}
    ends = "|".join(sorted(re.escape(end[1:]) for end in endings))
    found: dict[str, tuple[NamedFile, ...]] = {}
    plain = [file for file in named if file.exists and not file.folder and file.medium != "scene"]
    files = [file for file in plain if file.path.suffix.lower() in endings]
    ending = re.compile(rf"\.(?:{ends})(?![A-Za-z0-9_])", re.IGNORECASE)
    for run in _RUN.finditer(text):
        # By its last ending, looked for once: what has none is not gone through again from each of its letters.
        end = max((match.end() for match in ending.finditer(text, run.start() + 1, run.end())), default=None)
        if end is None:
            continue
        inside = any(one.start < end and run.start() < one.end for one in named)
        if not inside and exists(text[run.start() : end], where):
            files.append(named_at(text[run.start() : end], run.start(), end, where))
    files += _without_ending(text, known, where)
    for folder in (file for file in named if folders and file.exists and file.folder):
        for name, files_inside in _in_folder(text, folder, known, where).items():
            if files_inside:
                found[name] = (*found.get(name, ()), *files_inside)
    for file in files:
        aid = _aid(text, file, known)
        if aid is not None:
            found[aid.name] = (*found.get(aid.name, ()), _with_its_word(text, file, aid))
    return found


def _without_ending(text: str, known: Sequence[tuple[str, AidSpec]], where: Path) -> list[NamedFile]:
    """Files that are called by their word and without their ending, "the lora brand"."""
    found: list[NamedFile] = []
    for aid in {aid.name: aid for _, aid in known if aid.required}.values():
        tried = set[str]()  # what is said a thousand times is looked for once
        for start, end in _words(text, aid):
            for beside in (_BEHIND.match(text, end), _BEFORE.search(text, max(0, start - 2 * _APART), start)):
                if beside is None or beside[1] in tried:
                    continue
                name = beside[1]
                tried.add(name)
                ending = next((ending for ending in aid.endings if exists(name + ending, where)), None)
                if ending is not None and not exists(name, where):
                    found.append(named_at(name + ending, beside.start(1), beside.end(1), where))
    return found


def _in_folder(text: str, folder: NamedFile, known: Sequence[tuple[str, AidSpec]], where: Path) -> NamedAids:
    """The files of aids in a folder that is said to hold them."""
    aids = {aid.name: aid for _, aid in known if aid.of_folder and _apart(text, folder, aid) <= _APART}
    at = where / folder.path
    return {
        name: tuple(
            replace(_with_its_word(text, folder, aid), path=folder.path / file.relative_to(at), folder=False)
            for file in (aid.of_folder(at) if aid.of_folder is not None else ())
        )
        for name, aid in aids.items()
    }


def wanting(found: Collection[str]) -> str | None:
    """The one method that cannot do without an aid that is there, by the names of those."""
    names = {name for name, aid in _known(registry.names()) if aid.required and aid.name in found}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...]) -> tuple[tuple[str, AidSpec], ...]:
    """The aids with endings of their own, and the methods that take them."""
    media = {end for spec in mediums.MEDIUMS.values() for end in spec.readable}
    specs = (registry.METHODS[name] for name in names if name in registry.METHODS)
    return tuple(
        (spec.name, replace(aid, endings=tuple(end for end in aid.endings if end not in media)))
        for spec in specs
        for aid in spec.aids
        if spec.built and not media.issuperset(aid.endings)
    )


def _aid(text: str, file: NamedFile, known: Sequence[tuple[str, AidSpec]]) -> AidSpec | None:
    ending = file.path.suffix.lower()
    fitting = [(name, aid) for name, aid in known if ending in aid.endings]
    called = sorted((_apart(text, file, aid), number) for number, (_, aid) in enumerate(fitting))
    if called and called[0][0] <= _APART:
        return fitting[called[0][1]][1]
    wanted = {name for _, name, _, _ in methods.find_mentions(text.lower())}
    of_methods = [aid for name, aid in fitting if name in wanted]
    if of_methods:
        return of_methods[0]
    alone = {aid.name for _, aid in fitting}
    return fitting[0][1] if len(alone) == 1 and ending not in _TEXTS else None


def _apart(text: str, file: NamedFile, aid: AidSpec) -> int:
    """How far the nearest word for ``aid`` is from the file; its own name may have one, too."""
    found = [_APART + 1]
    for start, end in _words(text, aid):
        found.append(max(file.start - end, start - file.end, 0))
    return min(found)


def _words(text: str, aid: AidSpec) -> Iterator[tuple[int, int]]:
    words = "|".join(re.escape(word) for word in sorted((aid.name, *aid.aliases), key=len, reverse=True))
    return (match.span() for match in re.finditer(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", text, re.IGNORECASE))


def _with_its_word(text: str, file: NamedFile, aid: AidSpec) -> NamedFile:
    """The file with the word right before or behind it that says what it is: both are understood."""
    for start, end in _words(text, aid):
        if end <= file.start and re.fullmatch(r"\s*[:=]?\s*", text[end : file.start]):
            return replace(file, start=start)
        if start >= file.end and not text[file.end : start].strip():
            return replace(file, end=end)
    return file


def shipped(whole: str, named: Sequence[str] = ()) -> dict[str, tuple[Path, ...]]:
    """The aids that come with autostyle, by what they are called: with a method among those ``named``, or as they are
    written; the same words apart may be said of a picture."""
    known = [(method, aid.name, name) for method, aid in _known(registry.names()) for name in aid.names]
    return {
        aid: (Path(name),)
        for method, aid, name in known
        if _called(name).search(whole) and (method in named or name in whole)
    }


def spans(whole: str) -> list[tuple[int, int]]:
    """Where something that comes with autostyle is named."""
    names = sorted({name for _, aid in _known(registry.names()) for name in aid.names})
    return [match.span() for name in names for match in _called(name).finditer(whole)]


@cache
def _called(name: str) -> Pattern:
    words = r"[\s_-]?".join(map(re.escape, re.split("[-_]", name)))
    return Pattern(rf"(?<![a-z0-9]){words}(?![a-z0-9])")
