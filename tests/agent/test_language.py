"""The language model through the real litellm, against a server of our own on loopback."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autostyle.agent import setup
from autostyle.agent.approval import Policy
from autostyle.agent.brain import TextDelta, ThoughtDelta, Usage
from autostyle.agent.brains.language import wire
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.events import Said, TurnEnded
from autostyle.agent.messages import AssistantMessage, Attachment, Notice, ToolCall, ToolMessage, UserMessage
from autostyle.agent.tools.registry import TOOLS
from autostyle.codecs.image import save_image
from autostyle.config import Config, ModelConfig
from tests.agent.fakes import Person, agent, answers, call, heard, tool
from tests.agent.server import Fails, ModelServer, Says, fragment
from tests.agent.talking import brain, reply
from tests.cli.conftest import draw

PRICED = "openai/gpt-4o-mini"
"""On litellm's price list, and known there to see and to call tools."""


def sent(server: ModelServer) -> list[dict[str, Any]]:
    """The messages of the last request, without the system's."""
    return list(server.received[-1].body["messages"][1:])


def test_text_is_streamed_in_its_pieces_and_its_tokens_counted(server: ModelServer) -> None:
    server.script(Says(["Hel", "lo ", "세계"], usage=(120, 7)))
    known = brain(server.url)
    assert reply(known) == [TextDelta("Hello 세계"), Usage(120, 7, 0.0)], (
        "a first answer might be reasoning without a mark"
    )
    assert reply(known) == [TextDelta("Hel"), TextDelta("lo "), TextDelta("세계"), Usage(120, 7, 0.0)]


def test_reasoning_is_told_apart_from_the_answer(server: ModelServer) -> None:
    server.script(Says(["Grey."], thoughts=["Hm, ", "a photo."], usage=(120, 7)))
    assert reply(brain(server.url)) == [
        ThoughtDelta("Hm, "),
        ThoughtDelta("a photo."),
        TextDelta("Grey."),
        Usage(120, 7, 0.0),
    ]


def test_a_model_of_which_only_a_plan_is_wanted_is_told_so(server: ModelServer) -> None:
    for plan_only in (True, False):
        policy = Policy(Person(), plan_only=plan_only)
        heard(agent(brain(server.url), [tool(), tool("write", "writes")], policy=policy))
        told = "Only a plan is wanted" in server.received[-1].body["messages"][0]["content"]
        assert told is plan_only


def test_the_request_says_who_the_model_is_and_what_it_may_call(server: ModelServer) -> None:
    server.script(Says(["hello"]))
    reply(brain(server.url))
    body = server.received[0].body
    assert body["model"] == "local" and body["messages"][0]["role"] == "system"
    assert body["messages"][0]["content"].startswith("You are autostyle")
    ((function,),) = ([entry["function"] for entry in body["tools"]],)
    assert function["name"] == "twice" and function["parameters"]["required"] == ["n"]
    assert "title" not in json.dumps(function["parameters"])


ONE, TWO = fragment(0, "a", "twice", '{"n": 1}'), '{"n": 2}'


@pytest.mark.parametrize(
    "fragments",
    [
        [fragment(0, "a", "twice", '{"n"'), fragment(0, arguments=": 1}"), fragment(1, "b", "twice", TWO)],
        [
            fragment(0, "a", "twice", '{"n'),
            fragment(1, "b", "twice", '{"n": '),
            fragment(0, arguments='": 1}'),
            fragment(1, arguments="2}"),
        ],
        [ONE, fragment(0, "b", "twice", TWO)],
        [fragment(0, "a", "twice", '{"n": '), fragment(0, "a", "twice", "1}"), fragment(1, "b", "twice", TWO)],
    ],
    ids=["in pieces", "interleaved", "every index 0, as ollama sends", "id and name in every piece"],
)
def test_parallel_calls_are_put_together(server: ModelServer, fragments: list[dict[str, Any]]) -> None:
    server.script(Says(["Two calls."], fragments, "tool_calls"))
    calls = [delta for delta in reply(brain(server.url)) if isinstance(delta, ToolCall)]
    assert calls == [ToolCall("a", "twice", '{"n": 1}'), ToolCall("b", "twice", '{"n": 2}')]


def test_a_whole_conversation_with_tools_works(server: ModelServer) -> None:
    server.script(
        Says((), [ONE, fragment(1, "b", "twice", '{"n": '), fragment(2, "c", "thrice", "{}")], "tool_calls"),
        Says(["2."]),
    )
    events = heard(conversation := agent(brain(server.url), [tool()]), "twice 1?")

    assert [ok for _, ok, _ in answers(events)] == [True, False, False]
    assert Said("2.") in events and events[-1] == TurnEnded("done")
    said, called, *told = sent(server)
    assert said == {"role": "user", "content": "twice 1?"}
    assert (
        [entry["id"] for entry in called["tool_calls"]] == [entry["tool_call_id"] for entry in told] == ["a", "b", "c"]
    )
    assert called["tool_calls"][1]["function"]["arguments"] == "{}", "providers that parse refuse broken JSON"
    assert "Invalid JSON" in told[1]["content"] and "there is no tool 'thrice'" in told[2]["content"]
    assert conversation.spent.tokens_in == 200


def arrays(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "array":
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from arrays(part)


@pytest.mark.parametrize("entry", wire.functions(TOOLS), ids=lambda entry: str(entry["function"]["name"]))
def test_every_tool_is_told_as_every_provider_takes_it(entry: dict[str, Any]) -> None:
    function = entry["function"]
    assert function["description"] and function["parameters"]["type"] == "object"
    assert all("items" in array for array in arrays(function["parameters"]))
    assert "propertyNames" not in json.dumps(function["parameters"])


def test_a_model_gets_from_words_to_a_plan(
    server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draw(tmp_path)

    def calls(name: str, **arguments: Any) -> Says:
        return Says((), [fragment(0, "0", name, json.dumps(arguments))], "tool_calls")

    server.script(
        calls("look_at_images", content=["photo.png"], styles=["paint.png"]),
        Says(['{"keywords": ["flat colour", "bold stripes", "screen print"]}']),
        calls("choose_method", strength=0.5),
        calls("plan_study", trials=4, size=64),
        calls("start_study"),
        Says(["Planned."]),
    )
    person = Person("no")
    settings = Config(home=tmp_path, model=ModelConfig(name="openai/local", api_base=server.url, vision=True))
    events = heard(conversation := setup.make(settings, person), "make photo.png look like paint.png, 4 trials")

    assert [(name, ok) for name, ok, _ in answers(events)] == [
        ("look_at_images", True),
        ("choose_method", True),
        ("plan_study", True),
        ("start_study", False),
    ]
    plan = conversation.workspace.plan
    assert plan is not None and (plan.budget.trials, plan.size, plan.content.name) == (4, 64, "photo.png")
    assert plan.keywords == ("flat colour", "bold stripes", "screen print"), "the model was shown the style and asked"
    assert [asked.name for asked in person.asked] == ["start_study"]


# ---------------------------------------------------------------------------------------------------- pictures


@pytest.fixture
def photo(tmp_path: Path) -> Attachment:
    save_image(tmp_path / "photo.png", np.full((900, 1800, 3), 0.5, np.float32))
    return Attachment.of(tmp_path / "photo.png")


def seen(part: dict[str, Any]) -> Image.Image:
    kind, _, data = part["image_url"]["url"].partition(";base64,")
    assert kind == "data:image/jpeg"
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_pictures_go_as_small_jpegs(server: ModelServer, photo: Attachment) -> None:
    server.script(Says(["grey"]))
    reply(brain(server.url, vision=True), UserMessage("what is it?", (photo,)))
    ((text, picture),) = [message["content"] for message in sent(server)]
    assert text == {"type": "text", "text": "what is it?"}
    assert seen(picture).size == (1024, 512)


def test_pictures_of_tools_follow_their_answers_as_data_not_as_the_persons_words(
    server: ModelServer, photo: Attachment
) -> None:
    server.script(Says(["grey"]))
    history = (
        UserMessage("look"),
        AssistantMessage("", (call("look", "a"), call("look", "b"))),
        ToolMessage("a", "look", True, "one", pictures=(photo,)),
        ToolMessage("b", "look", True, "none"),
        Notice("ended", "the search has ended"),
    )
    reply(brain(server.url, vision=True), *history)
    roles = [message["role"] for message in sent(server)]
    assert roles == ["user", "assistant", "tool", "tool", "user", "user"]
    label, picture = sent(server)[4]["content"]
    assert "not from the person" in label["text"] and seen(picture).size == (1024, 512)
    assert sent(server)[5]["content"].startswith("[From autostyle, not from the person]")


def test_a_picture_that_is_gone_or_changed_is_told_in_words(server: ModelServer, tmp_path: Path) -> None:
    save_image(tmp_path / "a.png", np.zeros((40, 40, 3), np.float32))
    changed = Attachment(tmp_path / "a.png", "0" * 64)
    server.script(Says(["ok"]))
    reply(brain(server.url, vision=True), UserMessage("look", (changed, Attachment(tmp_path / "gone.png", "1" * 64))))
    _, first, second = sent(server)[0]["content"]
    assert "has changed" in first["text"] and "no file" in second["text"]


def test_of_many_pictures_the_latest_are_sent(server: ModelServer, photo: Attachment) -> None:
    server.script(Says(["ok"]))
    history = [UserMessage(f"{n}", (Attachment(photo.path, photo.sha256),)) for n in range(14)]
    reply(brain(server.url, vision=True), *history)
    kinds = [part["type"] for message in sent(server) for part in message["content"][1:]]
    assert kinds == ["text"] * 2 + ["image_url"] * 12


# ---------------------------------------------------------------------------------------------------- what it can do


def capabilities_of(**model: Any) -> Any:
    brain = LanguageBrain(Client(ModelConfig(**model)))
    asyncio.run(brain.ready())
    return brain.capabilities


def test_the_settings_say_what_a_local_model_can_do_and_litellm_knows_the_others() -> None:
    own = {"name": "openai/local", "api_base": "http://127.0.0.1:1/v1"}
    assert (capabilities_of(**own).vision, capabilities_of(**own, vision=True).vision) == (False, True)
    assert capabilities_of(name=PRICED).vision and not capabilities_of(name=PRICED, vision=False).vision


@pytest.mark.parametrize(
    ("model", "host"),
    [
        ({"name": "openai/x", "api_base": "http://127.0.0.1:1/v1"}, ""),
        ({"name": "openai/x", "api_base": "http://[::1]:1/v1"}, ""),
        ({"name": "openai/x", "api_base": "http://localhost:1/v1"}, ""),
        ({"name": "openai/x", "api_base": "http://192.168.0.9:1/v1"}, "192.168.0.9"),
        ({"name": "openai/x", "api_base": "http://localhost.example.org/v1"}, "localhost.example.org"),
        ({"name": "ollama_chat/x"}, ""),
        ({"name": PRICED}, "openai"),
    ],
)
def test_only_this_machine_is_no_other_host(model: dict[str, Any], host: str) -> None:
    assert capabilities_of(**model).host == host


def test_a_price_is_litellms_or_unknown(server: ModelServer) -> None:
    server.script(Says(["ok"], usage=(1000, 1000)))
    (*_, priced) = reply(brain(server.url, PRICED))
    assert isinstance(priced, Usage) and priced.price is not None and priced.price > 0


# ---------------------------------------------------------------------------------------------------- keys


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What must never be written or sent where it does not belong."""
    keys = {"OPENAI_API_KEY": "open-sesame-0123456789", "AUTOSTYLE_API_KEY": "own-server-0123456789"}
    for name, key in keys.items():
        monkeypatch.setenv(name, key)
    return keys


def test_a_server_of_ones_own_never_gets_the_key_of_a_provider(
    server: ModelServer, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(Says(["ok"]))
    reply(brain(server.url))
    assert server.received[0].headers["authorization"] == f"Bearer {keys['AUTOSTYLE_API_KEY']}"
    monkeypatch.delenv("AUTOSTYLE_API_KEY")
    reply(brain(server.url))
    assert server.received[1].headers["authorization"] == "Bearer none"


def test_the_key_of_ones_own_server_never_goes_to_a_provider(
    server: ModelServer, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider's address comes from its usual variable, which here leads to our server."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    provider = LanguageBrain(Client(ModelConfig(name=PRICED)))
    reply(provider)
    assert provider.capabilities.host == ""
    assert server.received[0].headers["authorization"] == f"Bearer {keys['OPENAI_API_KEY']}"


def test_keys_are_in_no_event_and_no_file(server: ModelServer, keys: dict[str, str], tmp_path: Path) -> None:
    key = keys["AUTOSTYLE_API_KEY"]
    server.script(Says([f"Your key is {key}."]), Fails(401, f"wrong key: {key}"))
    conversation = agent(brain(server.url), file=ConversationFile(folder=tmp_path))
    heard(conversation, f"my key is {key}, or http://me:{key}@example.org")
    refused = heard(conversation, "again")
    assert key not in (tmp_path / f"{conversation.file and conversation.file.id}.jsonl").read_text()
    assert key not in json.dumps([event.as_json() for event in refused])


PROGRAM = """
import asyncio, sys
from autostyle.agent.approval import Policy
from autostyle.agent.brain import BrainRequest
from autostyle.agent.brains.language import wire
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.messages import UserMessage
from autostyle.agent.tools.registry import TOOLS
from autostyle.config import Config, ModelConfig

assert "litellm" not in sys.modules

async def main():
    brain = LanguageBrain(Client(ModelConfig(name="openai/x", api_base=sys.argv[1], timeout=5), pauses=(0.01,)))
    await brain.ready()
    print("".join([d.text async for d in brain.stream(BrainRequest((UserMessage("hi"),), ())) if hasattr(d, "text")]))
    await brain.close()

asyncio.run(main())
"""


@pytest.mark.slow
def test_a_process_reads_no_env_file_and_leaves_quietly(
    server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("AUTOSTYLE_API_KEY=from-the-folder-0123456789\n")
    server.script(Fails(500), Says(["hello"]))
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", PROGRAM, server.url],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.endswith("hello\n") and done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert server.received[-1].headers["authorization"] == "Bearer none"
