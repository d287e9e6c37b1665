"""look_at_images: open the pictures of a request, and put the style into words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from autostyle.agent import keywords, named
from autostyle.agent.tools.contract import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.endings import medium
from autostyle.media.image import load_image

SHOWN = 4
"""At most so many pictures of each role are shown."""


class LookAtImages(Arguments):
    """Arguments of :data:`TOOL`."""

    content: list[str] = []
    "Paths of the pictures or clips to stylize, or of folders of pictures, as the person wrote them."
    styles: list[str] = []
    "Paths of the style pictures, or of folders of them."


async def look(workspace: Workspace, arguments: LookAtImages, say: Say) -> ToolResult:
    """Put the pictures and clips on the desk: their size, what is to be said about their files, and the style in words.

    Raises:
        BadInput: one is not there, was not named, or cannot be read.
        NotBuilt: one is a file of another medium.
    """
    content = named.contents(workspace, arguments.content)
    styles = named.pictures(workspace, arguments.styles)
    data: dict[str, Any] = {
        "content": await asyncio.to_thread(_opened, content),
        "styles": await asyncio.to_thread(_opened, styles),
    }
    if styles:
        data |= await keywords.of(workspace, styles, say)
        workspace.keywords, workspace.keywords_by = tuple(data["keywords"]), data["by"]
    given = {name: paths for name, paths in (("content", content), ("styles", styles)) if paths}
    workspace.brief = workspace.brief.model_copy(update=given)
    said = [_line("content", entry) for entry in data["content"]] + [_line("style", entry) for entry in data["styles"]]
    if styles:
        said.append(f"the style in words, {data['by']}: {', '.join(data['keywords'])}")
    return ToolResult("\n".join(said), data, (*filter(_shows, content[:SHOWN]), *styles[:SHOWN]))


def _shows(path: Path) -> bool:
    return medium(path) == "image"


def _opened(paths: tuple[Path, ...]) -> list[dict[str, Any]]:
    found = []
    for path in paths:
        found.append({"path": str(path), **(_picture(path) if medium(path) == "image" else _clip(path))})
    return found


def _picture(path: Path) -> dict[str, Any]:
    picture = load_image(path)
    height, width = picture.pixels.shape[:2]
    return {"width": width, "height": height, "notes": list(picture.notes)}


def _clip(path: Path) -> dict[str, Any]:
    # Imported here: it brings FFmpeg, which a talk about pictures need not wait for.
    from autostyle.media.clip_reader import probe

    clip = probe(path)
    size = {"width": clip.width, "height": clip.height, "frames": clip.frames, "fps": float(clip.fps)}
    return {**size, "notes": list(clip.notes)}


def _line(role: str, entry: dict[str, Any]) -> str:
    notes = f" ({'; '.join(entry['notes'])})" if entry["notes"] else ""
    length = f", {entry['frames']} frames, {entry['frames'] / entry['fps']:.1f} s" if "frames" in entry else ""
    return f"{role}: {Path(entry['path']).name}, {entry['width']} x {entry['height']}{length}{notes}"


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
