"""What models a server of one's own has, by its own list."""

from __future__ import annotations

import contextlib

MOST = 8
"""Models that are named."""
SECONDS = 3.0
"""For an answer."""


async def models_at(base: str, key: str | None) -> list[str]:
    """The first few models of the server at ``base``; none where it does not say."""
    import httpx

    headers = {"authorization": f"Bearer {key}"} if key else {}
    with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError, AttributeError):
        async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, headers=headers) as client:
            answer = (await client.get(f"{base.rstrip('/')}/models")).raise_for_status().json()
            return [str(model["id"]) for model in answer["data"]][:MOST]
    return []
