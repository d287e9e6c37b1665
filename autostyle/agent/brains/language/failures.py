"""Everything litellm raises, as a sentence with a hint, and whether asking again may help."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autostyle.agent.brain import or_without
from autostyle.agent.brains.language.faults import causes, context, detail, words
from autostyle.errors import AutostyleError, Missing, Refused
from autostyle.sentences import Sentence


@dataclass(frozen=True)
class ModelFailure:
    """How one kind of exception is told.

    Args:
        names: of litellm's exception classes.
        kind: what it becomes.
        what, hint: may name ``{model}``, ``{where}``, ``{keys}``, ``{seconds}`` and ``{detail}``.
        again: asking again may help.
        marks: a regular expression of words that tell it apart, whatever class it came as.
        statuses: of HTTP that tell it apart.
    """

    names: tuple[str, ...]
    kind: type[AutostyleError]
    what: str
    hint: str
    again: bool = False
    marks: str = ""
    statuses: tuple[int, ...] = ()


UNREACHABLE = ModelFailure(
    (),
    Missing,
    "no answer from {where}",
    "check the network, and whether that server runs",
    again=True,
)
TOO_LONG = ModelFailure(
    ("ContextWindowExceededError",),
    Refused,
    "the conversation has become too long for {model}",
    "/clear starts a new one; the study stays",
    marks=r"exceed_context_size|context_length_exceeded|context size|context length|context window|maximum context"
    r"|n_ctx|max_model_len|context shift is disabled|prompt is too long|input is too long|too many (?:input )?tokens",
)
TOO_LONG_AT_ONCE = ModelFailure(
    (),
    Refused,
    "the first message is already too long for {model}: {where} takes {limit} tokens, and it has {asked}",
    "give its server a longer context: llama-server -c {enough}, OLLAMA_CONTEXT_LENGTH={enough}, "
    "vLLM --max-model-len {enough}",
)
NO_MODEL = ModelFailure(
    ("NotFoundError",), Missing, "there is no model {model} at {where}", "check its name in the settings"
)
OTHER_MODELS = ModelFailure(
    (), Missing, "there is no model {model} at {where}; it has {models}", "AUTOSTYLE_MODEL={first} takes the first"
)
OTHER_ADDRESS = ModelFailure(
    (), Missing, "there is nothing at {where}, but models at {where}/v1", "set AUTOSTYLE_API_BASE={where}/v1"
)
SAID = (
    TOO_LONG,
    ModelFailure(
        (),
        Refused,
        "{where} takes no calls of tools for {model}: {detail}",
        "give it a template for tools (llama-server --jinja, vLLM --enable-auto-tool-choice), or choose another model",
        marks=r"does not support tools|not support (?:tool|function)|tools? param requires|requires? --jinja"
        r"|enable-auto-tool-choice|support tool use|tool (?:use|calling|choice) is not|tools? (?:are|is) not supported"
        r"|function calling is not|unsupported.{0,20}\btools?\b",
    ),
    ModelFailure(
        (),
        Refused,
        "{model} at {where} sees no pictures: {detail}",
        "set AUTOSTYLE_VISION=false",
        marks=r"image input|support images?\b|image_url|mmproj|multimodal|vision is not",
    ),
    ModelFailure(
        (),
        Missing,
        "{where} is still loading {model}",
        "say it again in a minute",
        again=True,
        marks=r"loading model|model is (?:still |currently )?loading",
    ),
    ModelFailure(
        (),
        Refused,
        "what was paid for at {where} is used up: {detail}",
        "look at the provider's billing, or choose another model",
        marks=r"insufficient_quota|exceeded your current quota|insufficient (?:credits|balance|funds)|credit balance",
        statuses=(402,),
    ),
    ModelFailure(
        (),
        Refused,
        "{where} takes no request as large as this",
        "/clear starts a new conversation; pictures are what is large: AUTOSTYLE_VISION=false sends none",
        statuses=(413,),
    ),
    ModelFailure(
        ("NoAnswer",),
        Missing,
        "what {where} says is no answer of a model: {detail}",
        "check AUTOSTYLE_API_BASE: it ends in /v1 most often",
    ),
)
"""Told by what the server says, before the class that litellm makes of it."""
FAILURES = (
    ModelFailure(
        ("Timeout", "TimeoutError"),
        Missing,
        "{where} did not answer within {seconds:g} s",
        "try again later, or give it longer with AUTOSTYLE_TIMEOUT",
        again=True,
    ),
    ModelFailure(
        ("RateLimitError",),
        Refused,
        "{where} takes no more requests now: {detail}",
        "wait a little, or choose another model",
        again=True,
    ),
    ModelFailure(
        ("MidStreamFallbackError",),
        Missing,
        "the connection to {where} broke off",
        "say it again, or choose another model",
        again=True,
    ),
    ModelFailure(
        ("ServiceUnavailableError", "BadGatewayError", "InternalServerError", "APIError"),
        Missing,
        "{where} failed: {detail}",
        "try again later, or choose another model",
        again=True,
    ),
    ModelFailure(
        ("APIConnectionError",),
        Missing,
        "the connection to {where} broke: {detail}",
        "try again, or choose another model",
        again=True,
    ),
    ModelFailure(
        ("AuthenticationError", "PermissionDeniedError"),
        Missing,
        "{where} does not accept the key for {model}",
        "put a valid one into the environment: {keys}",
    ),
    NO_MODEL,
    ModelFailure(
        ("LiteLLMUnknownProvider", "ModelNotMappedError"),
        Missing,
        "litellm knows no provider for the model {model}",
        "a name has its provider in front (openai/NAME, anthropic/NAME, ollama_chat/NAME)",
    ),
    TOO_LONG,
    ModelFailure(
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
    ModelFailure(("BudgetExceededError",), Refused, "the budget for {model} is spent", "raise it at the provider"),
    ModelFailure(
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
    ModelFailure(
        ("APIResponseValidationError", "JSONSchemaValidationError", "OpenAIError", "MockException"),
        Missing,
        "what {where} says is no answer: {detail}",
        "check AUTOSTYLE_API_BASE, or choose another model",
    ),
)
BY_NAME = {name: failure for failure in FAILURES for name in failure.names}
_REFUSED = {401, 403}
MOST_WAITED = 30.0
"""Seconds; a server that wants a longer pause than this is not waited for."""


def failure_of(error: Exception) -> ModelFailure | None:
    """How ``error`` is told; None for what neither litellm nor a connection raises: a bug of ours."""
    names = {type(cause).__name__ for cause in causes(error)}
    if names & {"ConnectError", "ConnectionRefusedError", "gaierror"}:
        return UNREACHABLE
    by_name = next((BY_NAME[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in BY_NAME), None)
    if by_name is None:
        return None
    said, status = words(error), getattr(error, "status_code", None)
    for failure in SAID:
        if names & set(failure.names) or status in failure.statuses:
            return failure
        if failure.marks and re.search(failure.marks, said, re.IGNORECASE):
            return failure
    return BY_NAME["AuthenticationError"] if status in _REFUSED else by_name


def describe_failure_in_words(
    failure: ModelFailure, error: Exception, *, opening: bool = False, **found: object
) -> AutostyleError:
    """``failure`` in words, given those it may name but for the detail; nothing in them holds a key.

    Args:
        opening: nothing but the first message was sent.
    """
    if failure is TOO_LONG and opening:
        limit, asked = context(error)
        failure = TOO_LONG_AT_ONCE
        enough = 2 ** max(14, (2 * (asked or 0)).bit_length())
        found |= {"limit": limit or "fewer", "asked": asked or "more", "enough": enough}
    found["detail"] = detail(error)
    return failure.kind(Sentence(failure.what, **found), or_without(Sentence(failure.hint, **found)))
