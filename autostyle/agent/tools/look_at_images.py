"""look_at_images: open the pictures of a request, and put the style into words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from autostyle.agent import allowed_files, keywords
from autostyle.agent.outputs import Looked, Work
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.mediums import registry
from autostyle.mediums.files import medium, refuse_unbuilt, to_look_at
from autostyle.sentences import Sentence
from autostyle.use_cases import stills

SHOWN = 4
"""At most so many pictures of each role are shown."""


class LookAtImages(Arguments):
    """Arguments of :data:`TOOL`."""

    content: list[str] = []
    "Paths of the pictures or clips to stylize, or of folders of pictures, as the person wrote them."
    styles: list[str] = []
    "Paths of the style pictures, or of folders of them."
    first_frame: bool = False
    "The person wants a still of a clip or an animated picture: its first frame is the content from here on."


async def look(workspace: Workspace, arguments: LookAtImages, say: Say) -> ToolResult[Looked]:
    """Put the pictures and clips in the workspace: their size, notes on their files, and the style in words.

    Raises:
        BadInput: one is not there, was not named, or cannot be read.
        NotBuilt: one is a file of another medium.
    """
    content = allowed_files.works(workspace, arguments.content)
    if arguments.first_frame:
        content = tuple([await asyncio.to_thread(_still, workspace, path) for path in content])
    styles = allowed_files.styles(workspace, arguments.styles, content or workspace.brief.content)
    opened: dict[str, Any] = {
        "content": await asyncio.to_thread(_opened, content),
        "styles": await asyncio.to_thread(_opened, styles),
    }
    if pictures := to_look_at(styles):  # of other media nobody says how they look
        opened |= await keywords.of(workspace, pictures, say)
    output = Looked.model_validate(opened)
    if styles:
        workspace.keywords, workspace.keywords_by = output.keywords, output.by
    given = {name: paths for name, paths in (("content", content), ("styles", styles)) if paths}
    workspace.brief = workspace.brief.model_copy(update=given)
    said = [_line("content", file) for file in output.content] + [_line("style", file) for file in output.styles]
    if pictures:
        said.append(f"the style in words, {output.by}: {', '.join(output.keywords)}")
    return ToolResult("\n".join(said), output, (*to_look_at(content[:SHOWN]), *to_look_at(styles[:SHOWN])))


def _still(workspace: Workspace, path: Path) -> Path:
    """The first frame of a clip; a picture is one already."""
    return stills.first_frame(workspace.config, path) if medium(path) == "video" else path


def _opened(paths: tuple[Path, ...]) -> list[Work]:
    found = []
    for path in paths:
        refuse_unbuilt(path)
        kind = registry.create(medium(path), medium(path))
        found.append(Work(path=str(path), **kind.describe(kind.load(path))))
    return found


def _line(role: str, file: Work) -> str:
    notes = f" ({'; '.join(file.notes)})" if file.notes else ""
    return f"{role}: {Path(file.path).name}, {file.told}{notes}"


TOOL = Tool(
    name="look_at_images",
    description=(
        "Open the pictures of the request. Call it first, with the paths as the person wrote them and each in its "
        "role: content is what gets a new look, styles show the look."
    ),
    arguments=LookAtImages,
    cost="free",
    run=look,
    title=lambda arguments: Sentence(
        "look at {names}", names=", ".join(Path(p).name for p in (*arguments.content, *arguments.styles)[:4])
    ),
)
