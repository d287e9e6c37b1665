"""Where a copy of a study's result goes: the file that a person named, or one in the folder they named."""

from __future__ import annotations

import itertools
from pathlib import Path

from autostyle.errors import BadInput
from autostyle.mediums import registry
from autostyle.mediums.files import companions
from autostyle.mediums.spec import MediumSpec
from autostyle.mediums.tables import CUBE
from autostyle.use_cases import files

SAME = {".jpg": (".jpeg",), ".tif": (".tiff",)}
"""Endings that name one format."""


def place(named: Path, study: Path, kind: str, format: str | None = None, *, force: bool = False) -> Path:
    """The file to write: ``named``, or one in it called like both pictures where it is a folder or has no ending.

    Args:
        study: the folder of the study.
        kind: the medium of its works.
        format: the ending that was asked for, without its dot; ``cube`` is as if the name ended so.
        force: what is there may be replaced.

    Raises:
        BadInput: it is taken, its ending is of no format that is written, or it is to be a table of colours (``.cube``,
            which lies beside the picture) and the study makes none.
    """
    spec = registry.find(kind)
    if CUBE in (named.suffix.lower(), f".{format}"):
        if not companions(study / spec.best):
            raise BadInput(
                "{name} has no table of colours",
                "it is painted; look takes the style's grade alone, and has one",
                name=study.name,
            )
        named = named.with_suffix(_usual(spec)) if named.suffix.lower() == CUBE else named
    ending = f".{format}" if format and f".{format}" != CUBE else None
    if named.is_dir() or not named.suffix:
        named = _free(named, f"{_stem(study)}{ending or _usual(spec)}")
    elif ending and named.suffix.lower() not in (ending, *SAME.get(ending, ())):
        named = named.with_name(f"{named.name}{ending}")
    return files.output(named, (), force, kind)


def _usual(spec: MediumSpec) -> str:
    return Path(spec.best).suffix


def _stem(study: Path) -> str:
    """What the study in this folder is of: the names of its content and its first style."""
    # Imported here: it brings the readers of every medium, and a place is looked for rarely.
    from autostyle.tuning.inputs import sources

    return "-".join(Path(name).stem for name in sources(study)[:2]) or study.name


def _free(folder: Path, name: str) -> Path:
    """``name`` in ``folder``, numbered where it is taken."""
    path = Path(name)
    names = itertools.chain([name], (f"{path.stem}-{number}{path.suffix}" for number in itertools.count(2)))
    return next(folder / name for name in names if not (folder / name).exists())
