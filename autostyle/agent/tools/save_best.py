"""save_best: the recommended picture or clip, where the person wants it and in the format they want."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from autostyle.agent import allowed_files
from autostyle.agent.outputs import Saved
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import on_the_table, record
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.mediums import registry
from autostyle.mediums.files import companions, medium, to_look_at
from autostyle.mediums.writing import copy
from autostyle.sentences import Sentence
from autostyle.use_cases import files

SaveFormat = Literal["png", "jpg", "webp", "tif"]


class SaveBest(Arguments):
    """Arguments of :data:`TOOL`."""

    out: str | None = None
    "A file or a folder that the person named; leave it out for the folder the person is in."
    format: SaveFormat | None = None
    "Only where the person named one; left out, the name's ending decides, else PNG."


async def save(workspace: Workspace, arguments: SaveBest, say: Say) -> ToolResult[Saved]:
    """Write a copy of what the study found; nothing is overwritten, and the study keeps its own.

    Raises:
        BadInput: no trial is complete, the place is taken or was not named, or a clip should become a picture.
    """
    study = on_the_table(workspace, None)
    found = await record(workspace, study, say)
    if found.best is None or found.result is None:
        raise BadInput("{study} has no complete trial yet", "wait for one", study=study)
    source = found.folder / found.result
    target = _target(workspace, arguments, source)
    await asyncio.to_thread(_write, source, target)
    beside = tuple(map(str, companions(target)))
    output = Saved(image=str(target), companions=beside, number=found.best, pending=found.final_pending)
    rest = ", at the size of the search: render_best makes it whole" if found.final_pending else ""
    return ToolResult(f"trial {found.best} is saved as {target}{rest}", output, to_look_at([target]))


def _target(workspace: Workspace, arguments: SaveBest, source: Path) -> Path:
    """The file to write: what was named, or one in the folder that was named, called like both pictures."""
    place = Path.cwd() if arguments.out is None else _place(workspace, arguments.out)
    kind = medium(source)
    wanted = f".{arguments.format}"
    ending = wanted if wanted in registry.find(kind).writable else None
    if place.is_dir() or not place.suffix:
        place = _free(place, f"{_stem(source.parent)}{ending or source.suffix}")
    elif ending and place.suffix.lower() not in (ending, *({".jpg": (".jpeg",), ".tif": (".tiff",)}.get(ending, ()))):
        place = place.with_name(f"{place.name}{ending}")
    return files.output(place, (), False, kind)


def _place(workspace: Workspace, out: str) -> Path:
    """What the person named; where their own picture is, is as good as named: "save it next to the original"."""
    path = Path(out).expanduser().absolute()
    own = {content.absolute().parent for content in workspace.brief.content}
    return path if path in own else allowed_files.place(workspace, out)


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


def _write(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    copy(source, target)


def _details(workspace: Workspace, arguments: SaveBest) -> Iterator[Detail]:
    """Where it goes; a place that is taken is refused before anybody is asked."""
    study = workspace.config.home / on_the_table(workspace, None)
    names = [spec.best for spec in registry.built()]
    source = next((study / name for name in names if (study / name).is_file()), study / names[0])
    yield Detail("writes", str(_target(workspace, arguments, source).absolute()))


def _told(arguments: SaveBest) -> str:
    where = arguments.out or "."
    file = Path(where).expanduser().absolute()
    if arguments.format:
        return Sentence("save the result as {file} ({format})", file=file, format=arguments.format)
    return Sentence("save the result as {file}", file=file)


TOOL = Tool(
    name="save_best",
    description=(
        "Save a copy of the recommended picture (or clip) where the person wants it: a folder such as their desktop, "
        "or a file with the name and format they said. Nothing is overwritten."
    ),
    arguments=SaveBest,
    cost="writes",
    run=save,
    details=_details,
    title=_told,
)
