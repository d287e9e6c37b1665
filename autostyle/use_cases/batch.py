"""Many works for one recipe: each with its place, and what is left out with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from autostyle.brief import MediumName
from autostyle.errors import AutostyleError, BadInput
from autostyle.filenames import as_spelled_on_disk
from autostyle.jobs.failures import Failure, failure
from autostyle.mediums import registry
from autostyle.mediums.files import is_work, medium, recognize
from autostyle.mediums.serving import result, service
from autostyle.methods import registry as methods
from autostyle.sentences import Sentence
from autostyle.use_cases import files


@dataclass(frozen=True)
class Batch:
    """What is to be made.

    Args:
        pairs: what is read, and where what is made of it goes.
        left: what cannot be made, and why; the others are.
        notes: what is passed over by design.
    """

    pairs: tuple[tuple[Path, Path], ...]
    left: tuple[tuple[Path, AutostyleError], ...]
    notes: tuple[Sentence, ...] = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """What is read, as a job has it."""
        return tuple(source.resolve() for source, _ in self.pairs)

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The places of :attr:`inputs`; a link there is replaced, not followed."""
        return tuple(place.parent.resolve() / place.name for _, place in self.pairs)

    @property
    def failed(self) -> list[Failure]:
        """What is left out, as a result has it."""
        return [failure(path.absolute(), error) for path, error in self.left]


def gather_batch(paths: Iterable[Path], folder: Path, method: str, *, without: Collection[Path] = ()) -> Batch:
    """``paths``, folders replaced by the works in them, each with the place in ``folder`` of what ``method`` makes.

    A place that exists is no obstacle here: who makes it decides whether it is good.

    Args:
        without: files of a folder that are left alone, as the picture whose look the others get.

    Raises:
        BadInput: ``folder`` is a file, or one of ``paths`` would be overwritten; or there is one path, and nothing can
            be made of it.
    """
    if not files.is_folder(folder) and folder.exists():
        raise BadInput("{folder} is a file", "-o names a folder here", folder=folder)
    left: list[tuple[Path, AutostyleError]] = []
    notes: list[Sentence] = []
    sources: list[Path] = []
    for path in map(as_spelled_on_disk, paths):
        try:
            found = _inside(path, folder, method, notes, without) if _is_folder(path) else [path]
        except AutostyleError as error:
            left.append((path, error))
            continue
        for source in found:
            try:
                sources += files.contents([_known(source)])
            except AutostyleError as error:
                left.append((source, error))
    pairs = _placed(sources, folder, method, left)
    if not pairs and len(left) == 1:
        raise left[0][1]
    return Batch(tuple(pairs), tuple(left), tuple(notes))


def _inside(folder: Path, out: Path, method: str, notes: list[Sentence], without: Collection[Path] = ()) -> list[Path]:
    """What in a folder ``method`` takes, or another folder than ``out`` or one around it."""
    alone, around = {path.resolve() for path in without}, {out.resolve(), *out.resolve().parents}
    served = [spec for spec in registry.built() if service(methods.find(method), spec.name) is not None]
    taken = [spec.name for spec in files.in_folders([spec.name for spec in served]) or files.in_folders()]
    works = set(files.find_works(folder, taken, unreadable=True))
    if not works:
        raise files.nothing_in(folder, taken)
    many = Sentence(registry.find(medium(next(iter(works)))).many)
    others = {spec.name: spec.one for spec in served}
    found = []
    for path in files.list_folder(folder):
        if path in works:
            found += [] if path.resolve() in alone else [path]
        elif _is_folder(path):
            found += [] if path.resolve() in around else [path]
        elif (one := others.get(recognize(path) or "")) is not None:
            notes.append(
                Sentence(
                    "{name} is passed over: of a folder only the {many} are taken; name the {one} itself",
                    name=path.name,
                    many=many,
                    one=Sentence(one),
                )
            )
    return found


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, and no work in itself."""
    return files.is_folder(path) and not is_work(path)


def _known(path: Path) -> Path:
    """``path``; raises BadInput where it is a folder, or its ending that of a format that is not read."""
    if _is_folder(path):
        raise BadInput("{path} is a folder inside of a folder", "name it too, with another -o", path=path)
    ending = path.suffix.lower()
    spec = next((spec for spec in registry.built() if ending in spec.unreadable), None)
    if spec is not None and path.is_file():
        kind = ending[1:].upper()
        raise BadInput(
            "{name} is a {one} of a format that is not read ({kind})",
            spec.unreadable_hint,
            name=path.name,
            one=Sentence(spec.one),
            kind=kind,
        )
    return path


def _placed(
    sources: list[Path], folder: Path, method: str, left: list[tuple[Path, AutostyleError]]
) -> list[tuple[Path, Path]]:
    """Each of ``sources`` with its place; the second of two that would have the same one is left out."""
    places: dict[Path, Path] = {}
    inputs = {_identity(source) for source in sources}
    for source in dict.fromkeys(sources):
        kind = result(method, source)
        place = folder / output_name(source, kind)
        inside = files.is_folder(place)
        if place.exists() and _identity(place) in inputs:
            raise BadInput("{path} is one of the inputs", "name another output", path=place)
        if place in places:
            clash = Sentence(
                "{source} and {other} would both become {place}",
                source=source,
                other=places[place],
                place=place,
            )
            left.append((source, BadInput(clash, "give it another -o")))
        elif inside:
            left.append((source, BadInput("{path} is a folder", "name a file", path=place)))
        else:
            places[place] = source
    return [(source, place) for place, source in places.items()]


def _identity(path: Path) -> tuple[int, int]:
    """What two names of one file have in common."""
    found = path.stat()
    return found.st_dev, found.st_ino


def output_name(source: Path, kind: MediumName) -> str:
    """The name of what is made of ``source``: its own, with PNG or MP4 behind it where its format is not written."""
    endings = registry.find(kind).writable
    return source.name if source.suffix.lower() in endings else f"{source.name}{endings[0]}"
