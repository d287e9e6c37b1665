"""What must not be written down: keys of providers and passwords in addresses, wherever they turn up."""

from __future__ import annotations

import os
import re

from autostyle.report.text import redact

SHORTEST = 8
"""Characters; a shorter value of such a variable is no key but a switch."""
_NAMES = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL)S?$", re.IGNORECASE)
_KEYS = re.compile(r"\b(?:sk|pk|rk|gsk|xai|hf|ghp|AIza)[-_]?[A-Za-z0-9_-]{16,}|(?i:bearer)\s+[A-Za-z0-9._~+/=-]{8,}")


def redacted(text: str) -> str:
    """``text`` without the keys in this process's environment, what looks like one, and passwords in URLs."""
    for name, value in os.environ.items():
        if _NAMES.search(name) and len(value) >= SHORTEST:
            text = text.replace(value, "[key]")
    return str(redact(_KEYS.sub("[key]", text)))
