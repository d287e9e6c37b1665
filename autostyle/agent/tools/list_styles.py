"""list_styles: the style pictures that come with autostyle."""

from __future__ import annotations

from autostyle.agent.outputs import StyleAtHand, StylesAtHand
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.named_styles import NAMED_STYLES
from autostyle.sentences import Sentence


class ListStyles(Arguments):
    """Arguments of :data:`TOOL`."""

    content: str | None = None
    "The picture that a style is wanted for, if it is known."


async def styles(workspace: Workspace, arguments: ListStyles, say: Say) -> ToolResult[StylesAtHand]:
    """The named styles, in the order in which they are shown."""
    entries = tuple(
        StyleAtHand(name=style.name, title=style.title, about=style.about, path=str(style.path))
        for style in NAMED_STYLES
    )
    said = "\n".join(f"{entry.name}: {entry.about} ({entry.path})" for entry in entries)
    found = StylesAtHand(styles=entries, content=arguments.content)
    return ToolResult(said, found, tuple(style.path for style in NAMED_STYLES))


TOOL = Tool(
    name="list_styles",
    description=(
        "The style pictures that come with autostyle, by name and path, for a person who has none of their own or asks "
        "which there are. Any picture of theirs can be the style, too."
    ),
    arguments=ListStyles,
    cost="free",
    run=styles,
    title=lambda arguments: Sentence("list the styles"),
)
