"""litellm, loaded when it is first needed: it takes seconds, and left alone it reads ``.env`` files, fetches a price
list and writes to stderr.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any

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
