"""Where the result is to be saved, under which name and in which format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import NamedFile, Save
from autostyle.brief import MediumName
from autostyle.mediums import registry

SAME = {"jpeg": "jpg", "tiff": "tif"}
"""Endings that name one format."""
OTHER_FORMATS = (
    *("pdf", "svg", "bmp", "heic", "avif", "psd", "jxl", "raw", "eps"),
    *("mov", "mkv", "webm", "avi", "aac", "aiff", "wma", "midi", "otf", "ttc", "obj", "glb", "fbx", "stl", "usdz"),
)
"""Formats that people ask for and that no result is written in."""


def written(medium: MediumName | None = None) -> tuple[str, ...]:
    """The formats that works of a medium, or of any, are written in, each by one name."""
    known = registry.MEDIUMS.values() if medium is None else [registry.find(medium)]
    named = (ending.removeprefix(".") for spec in known for ending in spec.writable)
    return tuple(dict.fromkeys(SAME.get(name, name) for name in named))


@compose_pattern
def _lengthened(said: Grammar) -> str:
    """A name with spaces, behind the words it is given with."""
    word = rf"(?!(?i:{said.saving.no_name.source})\s)[^\s,;:.!?\"'/]+\s+"
    return rf"(?i:{said.saving.named.source})\s+(?P<more>(?:{word}){{1,4}})$"


@compose_pattern
def _style_after(said: Grammar) -> str:
    return rf"^\s*{said.saving.style_after}"


@compose_pattern
def _format_name(said: Grammar) -> str:
    kinds = "|".join(sorted((*written(), *SAME, *OTHER_FORMATS), key=len, reverse=True))
    return rf"(?<![\w./])\.?(?P<kind>{kinds})(?![a-z0-9])(?P<said>{said.saving.format_after.source})?"


TABLE = "cube"
"""The table of colours of a result, which has no picture."""
NEAR = 200
"""Characters before and behind a name that tell what it is for."""


def lengthened(said: str, found: Sequence[NamedFile]) -> tuple[NamedFile, ...]:
    """``found``, where a name that is still to be given may have spaces: "save it as my dog.png"."""
    language = spoken().saving
    files: list[NamedFile] = []
    for file in found:
        start = files[-1].end if files else 0
        before = said[start : file.start]
        longer = None if file.exists or file.url else language.in_folder.search(before) or _lengthened().search(before)
        if (
            longer is None
            and not file.exists
            and files
            and files[-1].folder
            and language.saved_as.match(said[file.end :])
        ):
            longer = language.in_place.search(before)
        if longer and said[file.start : file.end] == str(file.path):
            more = longer.start("more") + len(longer["more"]) - len(language.articles.sub("", longer["more"]))
            file = replace(file, start=start + more, path=Path(said[start + more : file.end]))
        files.append(file)
    return tuple(files)


@lru_cache(maxsize=8)  # every clause of one message asks for it
def find(text: Text) -> Save | None:
    """Where the result goes; None where nothing is said of it."""
    named = places(text)
    kind = _format(text)
    absent = next((file.path for file in text.files if file.folder and not file.exists), None)
    if not named and kind is None and absent is None:
        return None
    folder = next((file for file in named if file.folder and file.exists), None)
    name = next((file for file in named if not file.folder), None)
    ending = name.path.suffix.lower().removeprefix(".") if name else ""
    path = name.path if name else folder.path if folder else None
    if folder and name and not name.path.is_absolute():
        path = folder.path / name.path
    by_name = SAME.get(ending, ending) if ending in (*written(), *SAME, *OTHER_FORMATS) else None
    return Save(path, kind or by_name, folder is not None and name is None, None if folder else absent)


def writable(save: Save, medium: MediumName | None) -> Save | None:
    """``save`` as far as it can be had: without a format that no result of ``medium`` is written in; None where the
    name says that format, too, or nothing else was said."""
    if save.format in (None, TABLE, *written(medium)):
        return save
    if save.path is None or (save.path.suffix and not save.folder):
        return None
    return replace(save, format=None)


def beside(whole: str) -> bool:
    """Whether the result goes where the photograph is."""
    return spoken().saving.beside.search(whole) is not None


def places(text: Text) -> tuple[NamedFile, ...]:
    """The files and folders that the result is to be written to; they need not be there."""
    return tuple(_places(text))


def _places(text: Text) -> Iterator[NamedFile]:
    language = spoken().saving
    for match in re.finditer(f"[{FILES}]", text.whole):
        before, after = text.whole[max(0, match.start() - NEAR) : match.start()], text.whole[match.end() :][:NEAR]
        file = text.files[ord(match.group()) - FILE]
        put = (file.folder or not file.exists) and (
            language.put_before.search(before) or language.called.search(before)
        )
        if (put or language.before.search(before) or language.after.match(after)) and not _style_after().match(after):
            yield file


def _format(text: Text) -> str | None:
    """The format by its name, one that is written or one of ``OTHER_FORMATS``."""
    for match in _format_name().finditer(text.whole):
        before = text.whole[max(0, match.start() - NEAR) : match.start()]
        if match["said"] or spoken().saving.format_before.search(before):
            return SAME.get(match["kind"], match["kind"])
    return None
