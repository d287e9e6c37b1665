"""Words to show: those from outside (file names, prompts, errors, notes) without tricks and secrets, and durations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_PASSWORD = re.compile(r"(?<=://)([^\s/:@]*):([^\s/@]+)@")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&@$]|:(?=//)|^[-+]|(?<=^\d)[.)]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def one_line(text: object, limit: int = 400) -> str:
    """``text`` on one line of at most ``limit`` characters, without control and bidirectional override characters."""
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in str(text))
    shown = "".join(c for c in spaced if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn") or c in "\u200c\u200d")
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def clean(text: str) -> str:
    """``text`` on as many lines as it has, without control and bidirectional override characters."""
    kept = "\n\t\u200c\u200d"  # the last two join letters in Persian and Hindi
    return "".join(c for c in text if c in kept or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def redact(value: Any) -> Any:
    """``value`` with the passwords of URLs replaced, through lists and mappings."""
    if isinstance(value, str):
        return _PASSWORD.sub(r"\1:***@", value)
    if isinstance(value, Mapping):
        return {key: redact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(redact(item) for item in value)
    return value


def markdown(text: object) -> str:
    """``text`` as literal Markdown: one line in which no character has a meaning."""
    return _MARKDOWN.sub(r"\\\g<0>", one_line(text))


def cell(value: object) -> object:
    """``value`` as a spreadsheet may see it: a text that would be read as a formula is quoted.

    Source: OWASP, "CSV Injection".
    """
    if not isinstance(value, str):
        return value
    line = one_line(value, limit=2000)
    return f"'{line}" if value.startswith(_FORMULA) or line.startswith(_FORMULA) else line


def clock(seconds: float) -> str:
    """``m:ss``, or ``h:mm:ss`` from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
