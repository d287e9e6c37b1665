"""The agent's tools as a client sees them, and what they answer as content: words, data and small pictures."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import mcp_types as types

from autostyle.agent.messages import ToolMessage
from autostyle.agent.redaction import redact_secrets
from autostyle.agent.tool import Tool
from autostyle.codecs.image import jpeg_thumbnail, load_image
from autostyle.errors import AutostyleError
from autostyle.mediums.files import to_look_at

COST = "autostyle/cost"
"""Where a tool's cost class stands in its ``_meta``."""
CHANGES = frozenset({"ask_preference", "cancel_task"})
"""Free tools that change something: an answer is kept with the study, a search ends."""
REPLACES = frozenset({"export_report"})
"""Tools that may write over what is there."""
AGAIN = frozenset({"render_best", "cancel_task"})
"""Tools that change nothing more the second time."""
ASKS = {
    "free": "",
    "compute": " It computes on this machine; the person is asked first where that takes more than a minute.",
    "writes": " It writes files; the person is asked first.",
}
"""What a description adds of the cost class."""
LONGEST = 512
"""Long side of a picture in an answer, in pixels: to be looked at; the files are whole."""


def described(tool: Tool[Any]) -> types.Tool:
    """``tool`` for a client."""
    changes = tool.cost != "free" or tool.name in CHANGES
    return types.Tool(
        name=tool.name,
        title=tool.name.replace("_", " ").capitalize(),
        description=tool.description + ASKS[tool.cost],
        input_schema=tool.schema(),
        annotations=types.ToolAnnotations(
            read_only_hint=not changes,
            destructive_hint=tool.name in REPLACES,
            idempotent_hint=not changes or tool.name in AGAIN,
            open_world_hint=False,
        ),
        meta={COST: tool.cost},
    )


def answered(message: ToolMessage, pictures: bool) -> types.CallToolResult:
    """What a tool answered; reads and encodes its ``pictures``, where they are wanted."""
    content: list[types.ContentBlock] = [types.TextContent(text=redact_secrets(message.text))]
    if pictures:
        content += _shown(picture.path for picture in message.pictures)
    data = json.loads(json.dumps(redact_secrets(message.data), default=str))
    return types.CallToolResult(content=content, structured_content=data, is_error=not message.ok)


def _shown(paths: Iterable[Path]) -> list[types.ContentBlock]:
    found: list[types.ContentBlock] = []
    for path in to_look_at(list(paths)):
        try:
            data = jpeg_thumbnail(load_image(path).on_white, LONGEST)
        except AutostyleError:  # gone meanwhile
            continue
        text = base64.b64encode(data).decode("ascii")
        found += [types.TextContent(text=str(path)), types.ImageContent(data=text, mime_type="image/jpeg")]
    return found
