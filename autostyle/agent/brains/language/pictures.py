"""A picture as a part of a chat message: a small JPEG inside a data URL, without its metadata."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from autostyle.agent.messages import Attachment
from autostyle.codecs.image import jpeg_thumbnail, load_image
from autostyle.errors import BadInput

LONGEST = 1024
"""Long side sent, in pixels: providers scale down to about that themselves."""


def part(picture: Attachment) -> dict[str, Any]:
    """``picture`` for a model to look at; in words where its file is gone or is another picture by now."""
    try:
        url = _data_url(picture)
    except BadInput as error:
        return {"type": "text", "text": f"[picture {picture.path.name} cannot be shown: {error.message}]"}
    return {"type": "image_url", "image_url": {"url": url}}


@lru_cache(maxsize=32)
def _data_url(picture: Attachment) -> str:
    loaded = load_image(picture.path)
    if loaded.sha256 != picture.sha256:
        raise BadInput("the file has changed since")
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg_thumbnail(loaded.on_white, LONGEST)).decode('ascii')}"
