"""Which medium a file is of: by its bytes where they tell and by its ending else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import TypeVar

from autostyle import formats
from autostyle.errors import NotBuilt
from autostyle.mediums import links, registry, tables
from autostyle.mediums.spec import PREVIEW
from autostyle.sentences import Sentence

T = TypeVar("T")


def shown(path: Path) -> Path:
    """The picture to show for a file of ours: itself, or ``NAME.preview.png`` beside what is no picture, or a link."""
    return (
        path
        if not links.is_link(path) and registry.find(promised_medium(path)).shows_itself
        else path.with_suffix(PREVIEW)
    )


def behind(path: Path) -> Path:
    """The work that a file to look at stands for, the reverse of :func:`shown`."""
    if not path.name.endswith(PREVIEW):
        return path
    endings = [end for spec in registry.built() for end in (PurePath(spec.best).suffix, spec.kept, *spec.readable)]
    places = (path.with_name(path.name.removesuffix(PREVIEW) + ending) for ending in endings)
    return next((place for place in places if place.is_file()), path)


def beside(path: Path) -> tuple[Path, ...]:
    """What may lie beside a file of ours and belongs to it: the picture to show for it, and its companions."""
    if links.is_link(path):
        return (shown(path),)
    return tuple(path.with_name(name) for name in registry.find(promised_medium(path)).beside(path.name))


def companions(path: Path) -> tuple[Path, ...]:
    """What does lie beside a result of ours and is part of it."""
    spec = registry.find(promised_medium(path))
    found = (path.with_suffix(ending) for ending in spec.companions)
    return tuple(file for file in found if file.is_file() and tables.is_ours(file))


def to_open(path: Path) -> Path:
    """What a person's own viewer is to open for a work of ours: a clip beside it where it has one, else itself."""
    return next((file for file in companions(path) if file.suffix == ".mp4"), path)


def promised_medium(path: PurePath) -> str:
    """The medium that a name promises, of what is yet to be written; a picture where the ending says nothing else."""
    return medium_by_name(path) or "image"


def recognize(path: PurePath) -> str | None:
    """The medium of a file: what its bytes say, else what its ending promises; None where neither tells.

    A link in a study is of the medium of what it leads to. Where bytes name a container that may hold film or sound
    alone, an ending of sound is believed.
    """
    if (link := links.read_link(Path(path))) is not None:
        return link.medium or None
    named, found = medium_by_name(path), _folder_of(Path(path)) or _recognised(Path(path))
    return named if found is None or (found == "video" and named == "audio") else found


def medium(path: PurePath) -> str:
    """:func:`recognize`, a picture where nothing tells: reading it will say what is wrong."""
    return recognize(path) or "image"


def is_still(path: PurePath) -> bool:
    """Whether a result's name asks for one picture, where its content may be one or an animated one."""
    image, video = (registry.find(name).writable for name in ("image", "video"))
    return path.suffix.lower() in image and path.suffix.lower() not in video


def is_work(path: Path) -> bool:
    """Whether a file, or a folder that is one work, is there."""
    return path.is_file() or _folder_of(path) is not None


def to_look_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those of ``paths`` that are pictures to look at."""
    return tuple(path for path in paths if registry.find(medium(path)).shows_itself)


def refuse_unbuilt(path: PurePath) -> None:
    """Raises NotBuilt for a file of a medium that nothing is built for."""
    kind = medium(path)
    if not registry.find(kind).built:
        raise NotBuilt("cannot yet: {name} is {kind}", registry.built_hint(), name=path.name, kind=Sentence(kind))


def _folder_of(path: Path) -> str | None:
    """The medium of which the folder at ``path`` is a work."""
    specs = [spec for spec in registry.MEDIUMS.values() if spec.recognises_folder is not None]
    try:
        if specs and path.is_dir():
            return next((spec.name for spec in specs if _says(spec.recognises_folder, path)), None)
    except (OSError, ValueError):  # no permission, too long a name
        pass
    return None


def _says(recognises: Callable[[T], bool] | None, seen: T) -> bool:
    """Whether a medium takes what is ``seen`` of a file or folder for a work of its own."""
    try:
        return recognises is not None and bool(recognises(seen))
    except Exception:  # whatever another package's code does: files of other media are still told
        return False


def medium_by_name(path: PurePath) -> str | None:
    """The medium that a file's ending promises."""
    ending = path.suffix.lower()
    found = (spec.name for spec in registry.MEDIUMS.values() if ending in (*spec.readable, *spec.unreadable))
    return next(found, None)


def _recognised(path: Path) -> str | None:
    head = formats.head(path)
    if head is None:
        return None
    for spec in registry.MEDIUMS.values():
        if _says(spec.recognises, head):
            return spec.name
    found = formats.of(head)
    if found in (formats.GIF, formats.PNG, formats.WEBP) and formats.is_animated(path):
        return "video"
    return None if found is None else found.medium
