"""Files that a person named, checked before anything is started: contents, styles, results, recipes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from autostyle import named_styles
from autostyle.brief import MediumName
from autostyle.errors import BadInput, NotBuilt
from autostyle.filenames import as_spelled_on_disk
from autostyle.formats import is_animated
from autostyle.mediums import registry
from autostyle.mediums.files import companions, is_work, medium, recognize, refuse_unbuilt
from autostyle.mediums.spec import MediumSpec
from autostyle.mediums.tables import CUBE
from autostyle.methods import registry as methods
from autostyle.sentences import Sentence, reason


def only(paths: Iterable[Path], kinds: Collection[str]) -> None:
    """Raises NotBuilt if a path names a file of another medium than ``kinds``; an animated one may stand for its first
    frame."""
    for path in paths:
        if (kind := medium(path)) not in kinds and not ("image" in kinds and is_animated(path)):
            taken = [registry.find(name) for name in kinds]
            wanted = registry.listed([spec.many for spec in taken])
            raise NotBuilt(
                "cannot yet: {name} is {kind}, and this takes only {wanted}",
                "give a {one}",
                name=path.name,
                kind=Sentence(kind),
                wanted=wanted,
                one=Sentence(taken[0].one),
            )


def style_mediums(content: Path | None) -> tuple[str, ...]:
    """The media of files that may be the style of ``content``; of anything, while no content is known."""
    specs = registry.built() if content is None else [registry.find(medium(content))]
    return tuple(dict.fromkeys(name for spec in specs for name in spec.styles))


def only_contents(paths: Iterable[Path]) -> None:
    """Raises NotBuilt if a path names a file of a medium that nothing is built for."""
    for path in paths:
        refuse_unbuilt(path)


def styles(paths: Iterable[Path], content: Path) -> tuple[Path, ...]:
    """``paths``, or names of named styles, each of a medium that may be the style of ``content``; what is in it is
    checked when it is read."""
    checked = tuple(map(style, paths))
    only(checked, style_mediums(content))
    return _there(checked)


def style(path: Path) -> Path:
    """``path`` as it is on disk, or the named style that it is the name of."""
    found = as_spelled_on_disk(path)
    by_name = named_styles.named(path.name) if path.parent == Path() and not found.exists() else None
    return found if by_name is None else by_name.path


def contents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths``, each of a medium that can be stylized; what is in it is checked when it is read."""
    checked = tuple(map(as_spelled_on_disk, paths))
    only_contents(checked)
    return _there(checked)


def _there(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        if is_folder(path) and not is_work(path):
            raise BadInput("{path} is a folder", "give a file", path=path)
        if not path.exists():
            raise BadInput("there is no file {path}", "check the path", path=path)
    return paths


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; raises BadInput where the system will not look: no permission, too long a name."""
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise BadInput("{path} cannot be read: {why}", "check the path and the disk", path=path, why=why) from error


def output(path: Path, inputs: Sequence[Path], force: bool, kind: MediumName = "image") -> Path:
    """``path``, if a result of this ``kind`` may be written there: no input, nothing overwritten unasked."""
    spec = registry.find(kind)
    if path.suffix.lower() not in spec.writable:
        raise BadInput(
            "{path} has no ending of a {one} we write",
            "endings: {names}",
            path=path,
            one=Sentence(spec.one),
            names=" ".join(spec.writable),
        )
    if is_folder(path):
        raise BadInput("{path} is a folder", "name a file", path=path)
    if path.exists() and any(path.samefile(given) for given in inputs):
        raise BadInput("{path} is one of the inputs", "name another output", path=path)
    if not force:
        for taken in (path, *companions(path)):
            if taken.exists():
                raise BadInput("{path} exists", "--force overwrites it", path=taken)
    return path


def beside_table(path: Path, method: str, kind: MediumName) -> Path:
    """Where the result of a ``method`` goes whose table of colours is asked for by its name: beside that.

    Raises:
        BadInput: the method makes no table.
    """
    if path.suffix.lower() != CUBE:
        return path
    if not methods.find(method).table:
        makers = ", ".join(spec.name for spec in methods.METHODS.values() if spec.built and spec.table)
        raise BadInput(
            "{method} makes no table of colours",
            "-m {names} writes {path}",
            method=method,
            names=makers,
            path=path.name,
        )
    return path.with_suffix(registry.find(kind).writable[0])


def expand_folders(paths: Iterable[Path], kinds: Collection[str] | None = None) -> tuple[Path, ...]:
    """``paths`` with each folder replaced by the works in it, by name; raises BadInput for a folder without any, of
    ``kinds`` where those are given."""
    found: list[Path] = []
    for path in map(as_spelled_on_disk, paths):
        if is_folder(path) and not is_work(path):
            inside = find_works(path, kinds)
            if not inside:
                raise nothing_in(path, kinds)
            found += inside
        else:
            found += contents([path])
    return tuple(found)


def find_works(folder: Path, kinds: Collection[str] | None = None, *, unreadable: bool = False) -> list[Path]:
    """What a folder stands for, by name: its works of the first medium of ``kinds`` that it has any of, hidden ones
    aside, and formats that are not read unless ``unreadable``. Without ``kinds`` every medium counts."""
    works = [(path, recognize(path)) for path in list_folder(folder) if is_work(path) or not path.is_dir()]
    for spec in in_folders(kinds):
        passed = () if unreadable else spec.unreadable
        if found := [path for path, kind in works if kind == spec.name and path.suffix.lower() not in passed]:
            return found
    return []


def in_folders(kinds: Collection[str] | None = None) -> list[MediumSpec]:
    """The media, of ``kinds`` or of all, for whose files a folder may stand."""
    return [spec for spec in registry.built() if spec.in_folders and (kinds is None or spec.name in kinds)]


def nothing_in(folder: Path, kinds: Collection[str] | None = None) -> BadInput:
    """That a folder has nothing to take."""
    specs = in_folders(kinds)
    many = registry.listed([spec.many for spec in specs], either=True)
    endings = (ending for spec in specs for ending in spec.readable)
    return BadInput(
        "there are no {many} in {path}",
        "endings looked for: {endings}",
        many=many,
        path=folder,
        endings=" ".join(endings),
    )


def list_folder(folder: Path) -> list[Path]:
    """What is in a folder, by name, hidden files aside; raises BadInput where it may not be looked into."""
    try:
        return sorted((path for path in folder.iterdir() if path.name[0] != "."), key=lambda path: path.name)
    except OSError as error:
        raise BadInput(
            "{path} cannot be read: {why}", "check the path and the disk", path=folder, why=reason(error)
        ) from error


def recipe(path: Path) -> Path:
    """``path``, if there is a file; what is in it is checked when it is read."""
    path = as_spelled_on_disk(path)
    if is_folder(path) or not path.is_file():
        raise BadInput("there is no recipe {path}", "give a recipe.json, or a PNG that autostyle wrote", path=path)
    return path
