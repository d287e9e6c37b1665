"""Files that a person named, checked before anything is started: pictures and clips in and out, recipes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from autostyle.brief import Medium
from autostyle.errors import BadInput, NotBuilt
from autostyle.filenames import on_disk
from autostyle.mediums import registry
from autostyle.mediums.files import medium, refuse_unbuilt, told


def only_pictures(paths: Iterable[Path]) -> None:
    """Raises NotBuilt if a path names a file of another medium."""
    for path in paths:
        if (kind := medium(path)) != "image":
            raise NotBuilt(f"cannot yet: {path.name} is {kind}, and this takes only pictures", "give a picture")


def only_contents(paths: Iterable[Path]) -> None:
    """Raises NotBuilt if a path names a file of a medium that nothing is built for."""
    for path in paths:
        refuse_unbuilt(path)


def pictures(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths``, each a file of no other medium; what is in it is checked when it is read."""
    checked = tuple(map(on_disk, paths))
    only_pictures(checked)
    return _there(checked)


def contents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths``, each a picture or a clip; what is in it is checked when it is read."""
    checked = tuple(map(on_disk, paths))
    only_contents(checked)
    return _there(checked)


def _there(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        if is_folder(path):
            raise BadInput(f"{path} is a folder", "give a file")
        if not path.is_file():
            raise BadInput(f"there is no file {path}", "check the path")
    return paths


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; raises BadInput where the system will not look: no permission, too long a name."""
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"{path} cannot be read: {why}", "check the path and the disk") from error


def output(path: Path, inputs: Sequence[Path], force: bool, kind: Medium = "image") -> Path:
    """``path``, if a result of this ``kind`` may be written there: no input, nothing overwritten unasked."""
    spec = registry.find(kind)
    if path.suffix.lower() not in spec.writable:
        raise BadInput(f"{path} has no ending of a {spec.one} we write", f"endings: {' '.join(spec.writable)}")
    if is_folder(path):
        raise BadInput(f"{path} is a folder", "name a file")
    if path.exists() and any(path.samefile(given) for given in inputs):
        raise BadInput(f"{path} is one of the inputs", "name another output")
    if path.exists() and not force:
        raise BadInput(f"{path} exists", "--force overwrites it")
    return path


def gathered(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths`` with each folder replaced by the pictures in it, by name; raises BadInput for a folder without any."""
    found: list[Path] = []
    for path in map(on_disk, paths):
        if is_folder(path):
            inside = pictures_in(path)
            if not inside:
                raise BadInput(
                    f"there are no pictures in {path}",
                    f"endings looked for: {' '.join(registry.find('image').readable)}",
                )
            found += inside
        else:
            found += contents([path])
    return tuple(found)


def pictures_in(folder: Path) -> list[Path]:
    """The pictures in a folder, by name; hidden files are none."""
    found = (path for path in listed(folder) if path.suffix.lower() not in registry.find("image").unreadable)
    return [path for path in found if told(path) == "image"]


def listed(folder: Path) -> list[Path]:
    """What is in a folder, by name, hidden files aside; raises BadInput where it may not be looked into."""
    try:
        return sorted(path for path in folder.iterdir() if path.name[0] != ".")
    except OSError as error:
        raise BadInput(f"{folder} cannot be read: {error.strerror}", "check the path and the disk") from error


def recipe(path: Path) -> Path:
    """``path``, if there is a file; what is in it is checked when it is read."""
    path = on_disk(path)
    if is_folder(path) or not path.is_file():
        raise BadInput(f"there is no recipe {path}", "give a recipe.json, or a PNG that autostyle wrote")
    return path
