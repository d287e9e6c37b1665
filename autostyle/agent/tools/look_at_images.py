"""look_at_images: open the pictures of a request, and put the style into words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from autostyle.agent import named
from autostyle.agent.tools.contract import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.media.image import load_image


class LookAtImages(Arguments):
    """Arguments of :data:`TOOL`."""

    content: list[str] = []
    "Paths of the pictures to stylize, or of folders of them, as the person wrote them."
    styles: list[str] = []
    "Paths of the style pictures, or of folders of them."


async def look(workspace: Workspace, arguments: LookAtImages, say: Say) -> ToolResult:
    """Put the pictures on the desk: their size, and what is to be said about their files.

    Raises:
        BadInput: one is not there, was not named, or is no picture.
        NotBuilt: one is a file of another medium.
    """
    content = named.pictures(workspace, arguments.content)
    styles = named.pictures(workspace, arguments.styles)
    data = {
        "content": await asyncio.to_thread(_opened, content),
        "styles": await asyncio.to_thread(_opened, styles),
    }
    given = {name: paths for name, paths in (("content", content), ("styles", styles)) if paths}
    workspace.brief = workspace.brief.model_copy(update=given)
    said = [_line("content", entry) for entry in data["content"]] + [_line("style", entry) for entry in data["styles"]]
    return ToolResult("\n".join(said), data, (*content[:4], *styles[:4]))


def _opened(paths: tuple[Path, ...]) -> list[dict[str, Any]]:
    found = []
    for path in paths:
        picture = load_image(path)
        height, width = picture.pixels.shape[:2]
        found.append({"path": str(path), "width": width, "height": height, "notes": list(picture.notes)})
    return found


def _line(role: str, entry: dict[str, Any]) -> str:
    notes = f" ({'; '.join(entry['notes'])})" if entry["notes"] else ""
    return f"{role}: {Path(entry['path']).name}, {entry['width']} x {entry['height']}{notes}"


TOOL = Tool(
    name="look_at_images",
    description=(
        "Open the pictures of the request. Call it first, with the paths as the person wrote them and each in its "
        "role: content is what gets a new look, styles show the look."
    ),
    arguments=LookAtImages,
    cost="free",
    run=look,
    title=lambda arguments: f"look at {', '.join(Path(p).name for p in (*arguments.content, *arguments.styles)[:4])}",
)
