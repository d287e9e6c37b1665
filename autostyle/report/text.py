"""Words to show: those from outside (file names, prompts, errors, notes) without tricks and secrets, and durations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from autostyle.filenames import legible

_WORD = re.compile(r"\S+")
_USER = re.compile(r"(?<=://)[^\s/:@]*:")
_SECRET_OPTION = re.compile(r"(?<=[?&])((?>[^\s=&?]*?pass)[^\s=&?]*+)=[^\s&]+", re.IGNORECASE)
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&@$]|:(?=//)|^[-+]|(?<=^\d)[.)]")
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, the cursor, clearing the screen
    # OSC, DCS: the title, links; none begins inside of another, or many beginnings would be gone through many times
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"  # two or three characters
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def one_line(text: object, limit: int = 400) -> str:
    """``text`` on one line of at most ``limit`` characters, cleaned like :func:`clean`."""
    line = " ".join(clean(_CONTROL.sub(" ", _SEQUENCE.sub("", str(text)))).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def clean(text: str) -> str:
    """``text`` on as many lines as it has, with nothing that a terminal obeys and nothing that deceives a reader.

    Terminal sequences (ECMA-48) go whole, then control characters, bidirectional controls (CVE-2021-42574,
    "Trojan Source") and what has no width where it joins nothing. A name that is not UTF-8 is read as it was probably
    meant (:func:`autostyle.filenames.legible`).
    """
    if text.isascii() and not _CONTROL.search(text):
        return text
    text = legible(text)
    text = _BREAK.sub("\n", _SEQUENCE.sub("", text))
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if character in _JOINERS:
            if kept and _joins(kept[-1]):
                kept.append(character)
        elif character in "\n\t" or (category not in ("Cc", "Cf", "Co", "Cn") and not _INVISIBLE.match(character)):
            kept.append(character)
    return "".join(kept)


def _joins(before: str) -> bool:
    """Whether a joiner or an emoji's selector after ``before`` shows: in Arabic and Indic scripts, behind symbols."""
    if unicodedata.bidirectional(before) == "AL" or "\u0900" <= before <= "\u109f" or "\u1780" <= before <= "\u1cff":
        return True
    symbol = unicodedata.category(before) in ("Mn", "Mc", "So", "Sk", "Sm") and not before.isascii()
    return symbol or before in "#*0123456789\u203c\u2049"


def redact(value: Any) -> Any:
    """``value`` with the passwords of URLs replaced, through lists and mappings."""
    if isinstance(value, str):
        return _SECRET_OPTION.sub(r"\1=***", _WORD.sub(lambda word: _without_password(word.group()), value))
    if isinstance(value, Mapping):
        return {key: redact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(redact(item) for item in value)
    return value


def _without_password(word: str) -> str:
    """A password may hold any sign, an ``@`` among them, so it goes up to the last."""
    before, at, host = word.rpartition("@")
    user = _USER.search(before) if at else None
    return word if user is None or user.end() == len(before) else f"{before[: user.end()]}***@{host}"


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
