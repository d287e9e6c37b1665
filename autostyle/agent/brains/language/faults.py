"""What an exception of litellm's carries: its causes, the server's words, the pause and the limit it names."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from autostyle.agent.redaction import redact_secrets
from autostyle.report.text import one_line

_PREFIXES = re.compile(r"^(?:(?:litellm\.)?\w*(?:Error|Exception|Timeout)\s*[:-]\s*)+")
_MESSAGE = re.compile(r'"message":\s*"((?:[^"\\]|\\.)+)"')
_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|h1)\b", re.IGNORECASE)
_HEADING = re.compile(r"<(title|h1)[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_LIMITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"available context size \(?(\d+)",
        r"maximum context length (?:is |of )?(?:only )?(\d+)",
        r"context (?:length|size|window)(?: of| is|:|=| \()* ?(?:only )?(\d+)",
        r"(?:n_ctx|num_ctx|max_model_len|limit)\D{1,12}(\d+)",
        r"\d+ (?:tokens )?> (\d+)",
    )
)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"request \((\d+) tokens",
        r"requested (\d+) tokens",
        r"resulted in (\d+) tokens",
        r"(?:prompt|input|messages)\D{0,40}?(\d+) (?:input )?tokens",
        r"first (\d+) tokens",
        r"(\d+) (?:tokens )?> \d+",
    )
)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def words(error: BaseException) -> str:
    """All that ``error`` and its causes say."""
    return "\n".join(str(getattr(cause, "message", "") or cause) for cause in causes(error))


def detail(error: BaseException) -> str:
    """The server's own words in one short line, without keys; of a page, its heading."""
    text = _PREFIXES.sub("", str(getattr(error, "message", "") or error))
    inside = _MESSAGE.search(text)  # the body of the answer, as some providers' errors carry it
    text = inside[1] if inside else text
    if _PAGE.search(text):
        heading = _HEADING.search(text)
        text = html.unescape(re.sub(r"<[^>]*>", " ", heading[2] if heading else text))
    return one_line(redact_secrets(text), 200) or type(error).__name__


def wanted_pause(error: BaseException) -> float:
    """Seconds the server asks to be left alone; 0 if it names none."""
    for cause in causes(error):
        headers: Any = getattr(getattr(cause, "response", None), "headers", None) or {}
        value = headers.get("retry-after", "")
        with contextlib.suppress(ValueError):
            return max(0.0, float(value))
        with contextlib.suppress(ValueError, TypeError):
            when = parsedate_to_datetime(value)
            return max(0.0, (when - datetime.now(when.tzinfo or UTC)).total_seconds())
    return 0.0


def context(error: BaseException) -> tuple[int | None, int | None]:
    """The tokens that a server takes at most, and those it was sent, as far as it says so."""
    bodies = [body for cause in causes(error) if isinstance(body := getattr(cause, "body", None), dict)]
    said = words(error).replace(",", "")
    return _number(bodies, "n_ctx", _LIMITS, said), _number(bodies, "n_prompt_tokens", _ASKED, said)


def _number(bodies: list[Any], name: str, patterns: tuple[re.Pattern[str], ...], said: str) -> int | None:
    for body in bodies:
        if isinstance(body.get(name), int):
            return int(body[name])
    return next((int(found[1]) for pattern in patterns if (found := pattern.search(said))), None)
