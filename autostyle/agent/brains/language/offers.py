"""What a server of one's own says of itself: the models it has, and what their templates leave out."""

from __future__ import annotations

from functools import cache
from ssl import SSLContext
from typing import Any

MOST = 8
"""Models that are named."""
SECONDS = 3.0
"""For an answer."""


async def models_at(base: str, key: str | None) -> list[str]:
    """The first few models of the server at ``base``; none where it does not say."""
    found = await _told(f"{base.rstrip('/')}/models", key)
    models = found.get("data") if isinstance(found, dict) else None
    named = [model.get("id") for model in models if isinstance(model, dict)] if isinstance(models, list) else []
    return [name for name in named if isinstance(name, str)][:MOST]


async def shows_no_tools(base: str, key: str | None) -> bool:
    """Whether llama.cpp's server at ``base`` says that the template of its model does not show it the tools."""
    found = await _told(f"{base.rstrip('/').removesuffix('/v1')}/props", key)
    can = found.get("chat_template_caps") if isinstance(found, dict) else None
    return isinstance(can, dict) and can.get("supports_tools") is False and not can.get("supports_tool_calls")


async def _told(address: str, key: str | None) -> Any:
    """The JSON at ``address``; None where there is none."""
    import httpx

    headers = {"authorization": f"Bearer {key}"} if key else {}
    try:
        async with httpx.AsyncClient(
            verify=_certificates(), timeout=SECONDS, follow_redirects=False, headers=headers
        ) as client:
            return (await client.get(address)).raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None


@cache
def _certificates() -> SSLContext:
    """Whom to believe; reading the certificates anew takes 30 ms of every question."""
    import httpx

    return httpx.create_ssl_context()
