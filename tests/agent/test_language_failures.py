"""What goes wrong with a model's server is told in words, tried again where that helps, and never crashes."""

from __future__ import annotations

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from autostyle.agent.brain import Aside, TextDelta
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.brains.language.failures import (
    BY_NAME,
    FAILURES,
    OTHER_ADDRESS,
    OTHER_MODELS,
    SAID,
    TOO_LONG_AT_ONCE,
    UNREACHABLE,
    ModelFailure,
    describe_failure_in_words,
)
from autostyle.agent.brains.replies import translate
from autostyle.agent.events import Said, TurnEnded
from autostyle.agent.messages import AssistantMessage
from autostyle.config import ModelConfig
from autostyle.errors import AutostyleError, BadInput, Missing, Refused
from tests.agent.fakes import agent, heard
from tests.agent.server import Fails, ModelServer, Raw, Says, events, serving
from tests.agent.talking import brain, error_of, reply


def test_a_busy_server_is_asked_again_and_that_is_said(server: ModelServer) -> None:
    server.script(Fails(429, "slow down"), Says(["ok"]))
    busy, *rest = reply(brain(server.url))
    assert isinstance(busy, Aside) and "slow down" in busy.text
    assert rest[0] == TextDelta("ok")


def test_the_pause_a_server_asks_for_is_kept(server: ModelServer) -> None:
    server.script(Fails(429, headers={"retry-after": "0.3"}), Says(["ok"]))
    began = time.monotonic()
    reply(brain(server.url))
    assert time.monotonic() - began >= 0.3


def test_a_pause_may_be_a_date(server: ModelServer) -> None:
    server.script(Fails(503, headers={"retry-after": format_datetime(datetime.now(UTC) + timedelta(hours=1))}))
    error_of(brain(server.url))
    assert len(server.received) == 1


TOO_LONG = {
    "llama.cpp": Fails(
        400,
        "the request exceeds the available context size, try increasing it",
        beside={"type": "exceed_context_size_error", "n_prompt_tokens": 5209, "n_ctx": 4096},
    ),
    "llama.cpp, in words": Fails(400, "request (5209 tokens) exceeds the available context size (4096 tokens)"),
    "vLLM": Fails(
        400,
        "This model's maximum context length is 4096 tokens. However, you requested 5209 tokens in the messages.",
    ),
    "LM Studio": Fails(
        400,
        "Trying to keep the first 5209 tokens when context the overflows. "
        "However, the model is loaded with context length of only 4096 tokens",
    ),
    "Anthropic": Fails(400, "prompt is too long: 5209 tokens > 4096 maximum"),
    "in the stream": events({"error": {"message": "context size 4096 exceeded: request (5209 tokens)", "code": 400}}),
}


@pytest.mark.parametrize("answer", TOO_LONG.values(), ids=TOO_LONG.keys())
def test_a_first_message_that_is_too_long_names_the_limit_and_what_to_do(server: ModelServer, answer: Fails) -> None:
    server.script(answer)
    error = error_of(brain(server.url))
    assert type(error) is Refused and "takes 4096 tokens, and it has 5209" in error.message
    assert "llama-server -c 16384" in error.hint and "/model embedded" in error.hint
    assert len(server.received) == 1


def test_a_conversation_that_has_become_too_long_is_told_how_to_go_on(server: ModelServer) -> None:
    server.script(Says(["hello"]), TOO_LONG["llama.cpp"])
    conversation = agent(brain(server.url))
    heard(conversation)
    end = heard(conversation)[-1]
    assert isinstance(end, TurnEnded) and "has become too long" in end.error and "/clear" in end.hint


def test_a_model_that_is_not_there_is_told_with_those_that_are(server: ModelServer) -> None:
    server.script(Fails(404, "model not found"))
    server.models = ("qwen3:8b", "llama3.2")
    error = error_of(brain(server.url))
    assert error.message.endswith("it has qwen3:8b, llama3.2") and "AUTOSTYLE_MODEL=openai/qwen3:8b" in error.hint


def test_an_address_that_lacks_its_end_is_told_the_right_one(server: ModelServer) -> None:
    server.script(Fails(404, "no such page"))
    server.models = ("local",)
    error = error_of(brain(server.url.removesuffix("/v1")))
    assert f"AUTOSTYLE_API_BASE={server.url}" in error.hint


def test_nobody_waits_for_a_server_that_wants_an_hour(server: ModelServer) -> None:
    server.script(Fails(429, headers={"retry-after": "3600"}))
    assert isinstance(error_of(brain(server.url)), Refused) and len(server.received) == 1


@pytest.mark.parametrize(
    ("fails", "requests", "kind", "words"),
    [
        (Fails(500, "out of order"), 3, Missing, "failed: out of order"),
        (Fails(503), 3, Missing, "failed"),
        (Fails(401, "Incorrect API key provided: sk-abcdefghijklmnopqrstuv"), 1, Missing, "does not accept the key"),
        (Fails(403), 1, Missing, "does not accept the key"),
        (Fails(404), 1, Missing, "there is no model openai/local"),
        (Fails(400, "no tools here"), 1, Refused, "does not take the request: no tools here"),
        (Fails(413, "Payload Too Large"), 1, Refused, "takes no request as large as this"),
        (Fails(402, "Insufficient credits"), 1, Refused, "is used up: Insufficient credits"),
        (Fails(429, "You exceeded your current quota"), 1, Refused, "is used up"),
        (Fails(400, "gemma:2b does not support tools"), 1, Refused, "takes no calls of tools"),
        (Fails(500, "tools param requires --jinja flag"), 1, Refused, "takes no calls of tools"),
        (Fails(404, "No endpoints found that support tool use"), 1, Refused, "takes no calls of tools"),
        (Fails(400, '"auto" tool choice requires --enable-auto-tool-choice'), 1, Refused, "takes no calls of tools"),
        (Fails(500, "image input is not supported - provide the mmproj"), 1, Refused, "sees no pictures"),
        (Fails(503, "Loading model"), 3, Missing, "is still loading openai/local"),
        (
            Fails(502, "<html><title>Bad Gateway</title><p>nginx</p></html>", page=True),
            3,
            Missing,
            "failed: Bad Gateway",
        ),
    ],
    ids=lambda value: f"{value.status} {value.message}"[:30] if isinstance(value, Fails) else "",
)
def test_a_refusal_is_told_with_a_hint_and_repeated_only_where_that_helps(
    server: ModelServer, fails: Fails, requests: int, kind: type[AutostyleError], words: str
) -> None:
    server.script(fails)
    error = error_of(brain(server.url))
    assert type(error) is kind and words in error.message and "/model embedded" in error.hint
    assert "<" not in error.message
    assert len(server.received) == requests
    assert "sk-" not in error.message


def test_a_server_that_stalls_is_given_up_after_the_timeout(server: ModelServer) -> None:
    server.script(Says(["Half an"], hang=30))
    conversation = agent(brain(server.url, timeout=0.5))
    end = heard(conversation)[-1]
    assert isinstance(end, TurnEnded) and "did not answer within 0.5 s" in end.error
    assert conversation.history[-1] == AssistantMessage("Half an")


def test_a_connection_that_breaks_in_the_middle_keeps_the_words_and_is_not_repeated(server: ModelServer) -> None:
    server.script(Says(["Half an"], finish=None))
    conversation = agent(brain(server.url))
    end = heard(conversation)[-1]
    assert isinstance(end, TurnEnded) and "broke off" in end.error and end.exit_code == 3
    assert conversation.history[-1] == AssistantMessage("Half an") and len(server.received) == 1


def test_a_server_that_is_not_there_is_named(server: ModelServer) -> None:
    with serving(Says(["hello"])) as gone:
        url = gone.url
    error = error_of(brain(url))
    assert type(error) is Missing and error.message == f"no answer from {url}"


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    error = error_of(brain("http://me:secret@127.0.0.1:1/v1"))
    assert type(error) is BadInput and "secret" not in f"{error.message} {error.hint}"


@pytest.mark.parametrize(
    "answer",
    [
        Raw(b"<html>Please log in</html>", "text/html"),
        Raw(b"data: {broken\n\n"),
        Raw(b'data: {"choices": null}\n\n'),
        Raw(b'data: {"error": {"message": "overloaded"}}\n\n'),
        Raw(b""),
    ],
    ids=["a page", "broken JSON", "no choices", "an error in the stream", "nothing"],
)
def test_what_is_no_answer_is_said_to_be_none(server: ModelServer, answer: Raw) -> None:
    server.script(answer)
    end = heard(agent(brain(server.url)))[-1]
    assert isinstance(end, TurnEnded) and end.reason == "error" and end.hint
    assert any(words in end.error for words in ("answered nothing", "broke off", "is no answer of a model"))


def test_an_answer_cut_off_by_its_length_is_said(server: ModelServer) -> None:
    server.script(Says(["So"], finish="length"))
    assert any(isinstance(delta, Aside) and "cut off" in delta.text for delta in reply(brain(server.url)))


def test_a_name_without_provider_is_explained() -> None:
    error = error_of(LanguageBrain(Client(ModelConfig(name="nonsense"))))
    assert type(error) is Missing and "openai/NAME" in error.hint


def test_litellm_raises_nothing_we_have_no_words_for() -> None:
    """Fails when a new litellm brings a new exception: give it a row."""
    from litellm import exceptions

    raised = {
        name
        for name, cls in vars(exceptions).items()
        if isinstance(cls, type) and issubclass(cls, BaseException) and cls.__module__ == exceptions.__name__
    }
    assert raised <= set(BY_NAME)
    assert set(BY_NAME) - raised == {"TimeoutError"}, "and no row is there for nothing"


ALL = (*FAILURES, *SAID, UNREACHABLE, TOO_LONG_AT_ONCE, OTHER_MODELS, OTHER_ADDRESS)
FOUND = {"model": "M", "where": "W", "keys": "K", "seconds": 5.0, "limit": 1, "asked": 2, "enough": 3}


@pytest.mark.parametrize("failure", ALL, ids=lambda failure: failure.what[:40])
def test_every_failure_is_told_in_korean_too(failure: ModelFailure) -> None:
    error = describe_failure_in_words(failure, Exception("X"), **FOUND, models="N", first="F")
    said = "".join(translate("ko", text) for text in (error.message, error.hint))
    assert re.findall("[a-z]{2,}", re.sub("`[^`]*`|litellm", "", said)) == []


# ---------------------------------------------------------------------------------------------------- interruption


def test_an_interruption_ends_the_request_at_once(server: ModelServer) -> None:
    server.script(Says(["Hello."]), Says(["Half an"], hang=30))
    conversation = agent(brain(server.url, timeout=30))

    async def until_interrupted() -> float:
        began = 0.0
        assert [event async for event in conversation.turn("hi")]
        async for event in conversation.turn("go"):
            if isinstance(event, Said):
                began = time.monotonic()
                conversation.interrupt()
        return time.monotonic() - began

    assert asyncio.run(until_interrupted()) < 15  # the server hangs for 30
    assert conversation.history[-1] == AssistantMessage("Half an")
