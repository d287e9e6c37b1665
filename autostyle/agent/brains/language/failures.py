"""Everything litellm raises, as a sentence with a hint, and whether asking again may help."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autostyle.agent.redaction import redacted
from autostyle.errors import AutostyleError, Missing, Refused
from autostyle.report.text import one_line


@dataclass(frozen=True)
class Failure:
    """How one kind of exception is told.

    Args:
        names: of litellm's exception classes.
        kind: what it becomes.
        what, hint: may name ``{model}``, ``{where}``, ``{keys}``, ``{seconds}`` and ``{detail}``.
        again: asking again may help.
    """

    names: tuple[str, ...]
    kind: type[AutostyleError]
    what: str
    hint: str
    again: bool = False


UNREACHABLE = Failure(
    (),
    Missing,
    "no answer from {where}",
    "check the network, and whether that server runs",
    again=True,
)
FAILURES = (
    Failure(
        ("Timeout", "TimeoutError"),
        Missing,
        "{where} did not answer within {seconds:g} s",
        "try again later, or give it longer with AUTOSTYLE_TIMEOUT",
        again=True,
    ),
    Failure(
        ("RateLimitError",),
        Refused,
        "{where} takes no more requests now: {detail}",
        "wait a little, or choose another model",
        again=True,
    ),
    Failure(
        ("MidStreamFallbackError",),
        Missing,
        "the connection to {where} broke off",
        "say it again, or choose another model",
        again=True,
    ),
    Failure(
        ("ServiceUnavailableError", "BadGatewayError", "InternalServerError", "APIError"),
        Missing,
        "{where} failed: {detail}",
        "try again later, or choose another model",
        again=True,
    ),
    Failure(
        ("APIConnectionError",),
        Missing,
        "the connection to {where} broke: {detail}",
        "try again, or choose another model",
        again=True,
    ),
    Failure(
        ("AuthenticationError", "PermissionDeniedError"),
        Missing,
        "{where} does not accept the key for {model}",
        "put a valid one into the environment: {keys}",
    ),
    Failure(("NotFoundError",), Missing, "there is no model {model} at {where}", "check its name in the settings"),
    Failure(
        ("LiteLLMUnknownProvider", "ModelNotMappedError"),
        Missing,
        "litellm knows no provider for the model {model}",
        "a name has its provider in front (openai/NAME, anthropic/NAME, ollama_chat/NAME)",
    ),
    Failure(
        ("ContextWindowExceededError",),
        Refused,
        "the conversation has become too long for {model}",
        "/clear starts a new one; the study stays",
    ),
    Failure(
        (
            "ContentPolicyViolationError",
            "GuardrailRaisedException",
            "BlockedPiiEntityError",
            "RejectedRequestError",
            "ModifyResponseException",
            "SensitiveDataRouteException",
        ),
        Refused,
        "the provider of {model} refuses this: {detail}",
        "say it in other words, or choose another model",
    ),
    Failure(("BudgetExceededError",), Refused, "the budget for {model} is spent", "raise it at the provider"),
    Failure(
        (
            "BadRequestError",
            "InvalidRequestError",
            "UnprocessableEntityError",
            "UnsupportedParamsError",
            "ImageFetchError",
            "VectorStoreSearchError",
        ),
        Refused,
        "{where} does not take the request: {detail}",
        "if {model} sees no pictures, set AUTOSTYLE_VISION=false; it has to be one that calls tools",
    ),
    Failure(
        ("APIResponseValidationError", "JSONSchemaValidationError", "OpenAIError", "MockException"),
        Missing,
        "what {where} says is no answer: {detail}",
        "check AUTOSTYLE_API_BASE, or choose another model",
    ),
)
BY_NAME = {name: failure for failure in FAILURES for name in failure.names}
_REFUSED = {401, 403}
_PREFIXES = re.compile(r"^(?:(?:litellm\.)?\w*(?:Error|Exception|Timeout)\s*[:-]\s*)+")
_MESSAGE = re.compile(r'"message":\s*"((?:[^"\\]|\\.)+)"')
MOST_WAITED = 30.0
"""Seconds; a server that wants a longer pause than this is not waited for."""


def failure_of(error: Exception) -> Failure | None:
    """How ``error`` is told; None for what neither litellm nor a connection raises: a bug of ours."""
    if any(type(cause).__name__ in ("ConnectError", "ConnectionRefusedError", "gaierror") for cause in _causes(error)):
        return UNREACHABLE
    if getattr(error, "status_code", None) in _REFUSED:
        return BY_NAME["AuthenticationError"]
    return next((BY_NAME[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in BY_NAME), None)


def told(failure: Failure, error: Exception, **words: object) -> AutostyleError:
    """``failure`` in words, given those it may name but for the detail; nothing in them holds a key."""
    words["detail"] = _detail(error)
    return failure.kind(failure.what.format(**words), failure.hint.format(**words))


def wanted_pause(error: Exception) -> float:
    """Seconds the server asks to be left alone; 0 if it names none."""
    for cause in _causes(error):
        headers = getattr(getattr(cause, "response", None), "headers", {})
        with contextlib.suppress(ValueError):  # a date
            if "retry-after" in headers:
                return float(headers["retry-after"])
    return 0.0


def _detail(error: Exception) -> str:
    text = _PREFIXES.sub("", str(getattr(error, "message", "") or error))
    inside = _MESSAGE.search(text)  # the body of the answer, as some providers' errors carry it
    return one_line(redacted(inside[1] if inside else text), 200) or type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
