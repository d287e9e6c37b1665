"""What a study is made from: checked, named by its bytes, and copied into its folder so that it cannot go away.

A file that is too large for that, or a folder, is linked: see autostyle.mediums.links.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autostyle import json_text, safe_files
from autostyle.atomic import atomic_copy, atomic_write_text
from autostyle.codecs.image import resize, save_image
from autostyle.errors import AutostyleError, BadInput
from autostyle.filenames import legible
from autostyle.fingerprints import digest
from autostyle.mediums import links
from autostyle.mediums.contract import Medium
from autostyle.mediums.files import medium, promised_medium, shown
from autostyle.mediums.links import Link
from autostyle.mediums.registry import create, find
from autostyle.mediums.serving import open_medium
from autostyle.mediums.spec import LINK
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import OnIterate
from autostyle.plan import Plan
from autostyle.sentences import reason

FOLDER = "inputs"
INDEX = "index.json"
"""In the inputs folder: which file was copied from where, with its SHA-256."""
AID = "aid-"
"""The names of aids' copies begin with it."""
PREVIEW_SIDE = 1024
"""Most pixels of the long side of the picture that stands for an input."""
MAX_INDEX = 1 << 20
"""Bytes of it that are read."""


Own = Callable[[], bool]
"""Whether the study is there, and the person's own or trusted; raises Untrusted where it is somebody else's."""


@dataclass(frozen=True)
class Input:
    """One file that a study is made from.

    Args:
        source: where a person keeps it, absolute.
        readable: where it can be read from now: the source, or the study's copy if the source is gone.
        copy: the place of the copy, or of the link, within the study's folder.
        sha256: of its bytes.
        link: where it is too large to be copied.
    """

    source: Path
    readable: Path
    copy: Path
    sha256: str
    link: Link | None = None

    def put(self, folder: Path) -> None:
        """Copy or link it into the study's ``folder``, unless it is there."""
        target = folder / self.copy
        if self.link is not None:
            if links.read_link(target) != self.link:
                self.link.write(target)
        elif not target.is_file() or _digest(target) != self.sha256:
            atomic_copy(self.readable, target)


def default_name(content: Path, styles: Sequence[Path], home: Path | None = None) -> str:
    """``<content>-<style>-<8 hex>``, the digits from the pictures' bytes; two equal requests share it.

    A picture that is gone is forgiven if a study in ``home`` was made from exactly these paths.

    Raises:
        BadInput: a picture cannot be read.
    """
    paths = (content, *styles)
    gone = [path for path in paths if not path.exists()]
    if gone:
        name = _made_from(paths, home) if home is not None else None
        if name is None:
            raise BadInput("there is no file {path}", "check the path", path=gone[0])
        return name
    digest = hashlib.sha256("".join(_digest(path) for path in paths).encode()).hexdigest()
    return f"{_slug(content, 'content')}-{_slug(styles[0], 'style')}-{digest[:8]}"


def examine(plan: Plan, folder: Path, own: Own) -> tuple[Input, ...]:
    """The content and the styles of ``plan``, each opened once to be sure that it can be read; changes nothing.

    Args:
        folder: the study's, which may not exist yet.
        own: asked where a link in it would be followed.

    Raises:
        BadInput: a picture is missing or none.
    """
    found: list[Input] = []
    kind: Medium[Any, Any, Any] | None = None
    for number, path in enumerate((plan.content, *plan.styles)):
        readable = _readable(path, folder, own)
        stem = f"style-{number}" if number else "content"
        if kind is None:
            kind = open_medium(readable, plan.methods[0].name)
        _ = kind.load_style(readable) if number else kind.load(readable)
        if not number:
            readable = kind.settled(readable)
        found.append(_input(path, readable, folder, stem, _ending(readable), medium(readable)))
    return tuple(found)


def settle(plan: Plan, folder: Path, own: Own, on_iterate: OnIterate) -> None:
    """Make what stands for the content of ``plan``, where that has to be made: what :func:`examine` does, told and
    stopped.

    Raises:
        BadInput, Refused: as :meth:`autostyle.mediums.contract.Medium.settled`.
    """
    path = _readable(plan.content, folder, own)
    open_medium(path, plan.methods[0].name).settled(path, on_iterate)


def readable(plan: Plan, folder: Path, own: Own) -> Aids:
    """The files of the aids of ``plan`` where they can be read from now; raises BadInput where one is gone."""
    return {name: tuple(_readable(path, folder, own) for path in paths) for name, paths in plan.aids.items()}


def examine_aids(plan: Plan, folder: Path, own: Own) -> dict[str, tuple[Input, ...]]:
    """The files of the aids of ``plan``, held against what its methods declare; as :func:`examine`."""
    here = readable(plan, folder, own)
    for method in plan.methods:
        for spec in registry.find_built(method.name).aids:
            if spec.name in here:
                spec.refuse_unfit(here[spec.name])
    return {
        name: tuple(
            _input(path, file, folder, f"{AID}{name}-{number}", _plain_ending(file))
            for number, (path, file) in enumerate(zip(plan.aids[name], files, strict=True), 1)
        )
        for name, files in here.items()
    }


def keep(pictures: Sequence[Input], aids: Mapping[str, Sequence[Input]], folder: Path) -> None:
    """Copy or link ``pictures`` and ``aids`` into the study's folder, those that are not there yet."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    every = [*pictures, *(file for files in aids.values() for file in files)]
    for one in every:
        one.put(folder)
    for picture in pictures:
        if not (preview := shown(folder / picture.copy)).is_file():
            own = medium(picture.readable)
            kind = create(own, own)
            pixels = kind.preview(kind.load(picture.readable))
            save_image(preview, resize(pixels, PREVIEW_SIDE) if max(pixels.shape[:2]) > PREVIEW_SIDE else pixels)
    if not (folder / FOLDER / INDEX).is_file():
        entries = [{"file": str(p.copy), "source": str(p.source), "sha256": p.sha256} for p in every]
        atomic_write_text(folder / FOLDER / INDEX, json.dumps(entries, indent=1, ensure_ascii=False))


def sources(folder: Path) -> tuple[str, ...]:
    """What the person calls the content and the styles of the study in ``folder``: their files' names."""
    return tuple(name for file, name in names(folder).items() if not file.name.startswith(AID))


def names(folder: Path) -> dict[Path, str]:
    """A study's copies, within its folder -> what the person calls them."""
    return {Path(entry["file"]): legible(Path(entry["source"]).name) for entry in _index(folder)}


def linked(plan: Plan, folder: Path) -> dict[Path, Link]:
    """What a study leans on that is kept elsewhere, by the place of the link; nothing is opened but the links."""
    found = {path: links.read_link(folder / path) for path in plan.files}
    return {path: link for path, link in found.items() if link is not None}


def _input(path: Path, readable: Path, folder: Path, stem: str, ending: str, medium: str = "") -> Input:
    try:
        if not links.is_due(readable):
            return Input(path.absolute(), readable, Path(FOLDER, stem + ending), digest(readable))
        copy = Path(FOLDER, stem + LINK)
        link = links.to(readable, medium, links.read_link(folder / copy))
    except OSError as error:
        raise _unreadable(path, error) from error
    return Input(path.absolute(), readable, copy, link.sha256, link)


def _readable(path: Path, folder: Path, own: Own) -> Path:
    """Where a file of a plan can be read from now: where the plan says, or the study's copy, or where its link leads.

    Raises:
        BadInput: nowhere, or a link is to be followed that is none of the study's ``own``.
    """
    source = path.absolute()
    copies = {Path(entry["source"]): Path(FOLDER, Path(entry["file"]).name) for entry in _index(folder)}
    places = (source, folder / path, folder / copies.get(source, path))
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise BadInput("there is no file {path}", "check the path", path=path)
    if not links.is_link(found):
        return found
    if found.parent.resolve() != (folder / FOLDER).resolve() or not own():
        raise BadInput("{path} is a link of a study", "name the file that it stands for", path=found)
    return links.follow(found)


def _ending(path: Path) -> str:
    """The ending of a copy: its own, unless it promises another medium than the file is."""
    kind = medium(path)
    return _plain_ending(path) if promised_medium(path) == kind else find(kind).kept


def _plain_ending(path: Path) -> str:
    return re.sub(r"[^a-z0-9.]", "", path.suffix.lower())


def _made_from(paths: Sequence[Path], home: Path) -> str | None:
    wanted = [str(path.absolute()) for path in paths]
    folders = (index.parent.parent for index in sorted(home.glob(f"*/{FOLDER}/{INDEX}")))
    return next((f.name for f in folders if _pictures(f) == wanted), None)


def _pictures(folder: Path) -> list[str]:
    return [entry["source"] for entry in _index(folder) if not Path(entry["file"]).name.startswith(AID)]


def _index(folder: Path) -> list[dict[str, str]]:
    try:
        entries = json_text.loads(safe_files.read(folder / FOLDER / INDEX, MAX_INDEX))
        return [{key: str(entry[key]) for key in ("file", "source", "sha256")} for entry in entries]
    except (AutostyleError, OSError, ValueError, KeyError, TypeError):
        return []


def _digest(path: Path) -> str:
    try:
        return digest(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> BadInput:
    return BadInput("{path} cannot be read: {why}", "check the path", path=path, why=reason(error))


def _slug(path: Path, fallback: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-") or fallback
