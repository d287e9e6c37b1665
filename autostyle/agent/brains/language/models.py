"""Which models of which providers a person has the key of, as litellm knows them; no server is asked."""

from __future__ import annotations

import os
import re

from autostyle.agent.brains.language import library
from autostyle.agent.brains.language.endpoint import KEY

SNAPSHOT = re.compile(r"\d{4}-?\d{2}-?\d{2}|[-@]\d{3,4}\b|latest|preview")
"""In names that stand for one day's edition of a model, of which there is another name without."""


def usable() -> list[str]:
    """The chat models that call tools and whose provider's usual variable is set, by name; in a thread, it may take
    seconds."""
    if not any(name.endswith("_API_KEY") and name != KEY for name in os.environ):
        return []
    litellm = library.load()
    return sorted(
        _spelled(name, info["litellm_provider"])
        for name, info in litellm.model_cost.items()
        if info.get("mode") == "chat"
        and info.get("supports_function_calling")
        and not SNAPSHOT.search(name)
        and f"{info['litellm_provider'].upper()}_API_KEY" in os.environ
    )


def _spelled(name: str, provider: str) -> str:
    """With its provider in front, as the settings want it."""
    return name if name.startswith(f"{provider}/") else f"{provider}/{name}"
