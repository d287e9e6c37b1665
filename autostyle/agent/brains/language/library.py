"""litellm, loaded when it is first needed: it takes seconds, and left alone it reads ``.env`` files, fetches a price
list and writes to stderr; and the models that a person has the key of, as it knows them.
"""

from __future__ import annotations

import logging
import os
import re
from functools import cache
from typing import Any

from autostyle.agent.brains.language.endpoint import KEY

SWITCHES = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # the price list that came with the package
    "LITELLM_MODE": "PRODUCTION",  # no .env of the working directory
    "LITELLM_LOG": "ERROR",
}
LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")


@cache
def load() -> Any:
    """The package; from any thread, the first call takes seconds."""
    os.environ.update(SWITCHES)
    import litellm

    litellm.suppress_debug_info = True  # banners, printed
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
    return litellm


SNAPSHOT = re.compile(r"\d{4}-?\d{2}-?\d{2}|[-@]\d{3,4}\b|latest|preview")
"""In names that stand for one day's edition of a model, of which there is another name without."""


def usable() -> list[str]:
    """The chat models that call tools and whose provider's usual variable is set, by name; in a thread, it may take
    seconds."""
    if not any(name.endswith("_API_KEY") and name != KEY for name in os.environ):
        return []
    litellm = load()
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
