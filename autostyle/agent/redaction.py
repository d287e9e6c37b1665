"""What must not be written down: keys of providers and passwords in addresses, wherever they turn up."""

from __future__ import annotations

import os
import re
from typing import Any

from autostyle.report.text import redact

SHORTEST = 8
"""Characters; a shorter value of such a variable is no key but a switch."""
_NAMES = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL)S?$", re.IGNORECASE)
_KEYS = re.compile(r"\b(?:sk-|gsk_|xai-|hf_|ghp_|AIza|[prs]k_live_|Bearer )[A-Za-z0-9_-]{20,}")


def redact_secrets(value: Any) -> Any:
    """``value`` without the keys in this process's environment, what looks like one, and passwords in URLs; through
    lists and mappings."""
    return _without([v for name, v in os.environ.items() if _NAMES.search(name) and len(v) >= SHORTEST], value)


def _without(keys: list[str], value: Any) -> Any:
    if isinstance(value, str):
        for key in keys:
            value = value.replace(key, "[key]")
        return redact(_KEYS.sub("[key]", value))
    if isinstance(value, dict):
        return {name: _without(keys, item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without(keys, item) for item in value]
    return value
