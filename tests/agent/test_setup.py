"""An agent from the settings: which brain, which workspace, and what goes on when the model is changed."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent import setup
from autostyle.agent.brain import TextDelta
from autostyle.agent.brains.language import library
from autostyle.agent.events import Said, TurnEnded
from autostyle.agent.messages import AssistantMessage, UserMessage
from autostyle.agent.saved_conversations import list_conversations
from autostyle.brief import Brief
from autostyle.config import Config, ModelConfig
from tests.agent.fakes import Person, ScriptedBrain, heard

NAMED = Config(model=ModelConfig(name="openai/local", api_base="http://127.0.0.1:9/v1", max_price=1.5))


def test_a_model_that_is_named_decides() -> None:
    agent = setup.make(NAMED, Person())
    assert agent.brain.name == "openai/local" and agent.limits.price == 1.5
    assert agent.workspace.vision_model is not None


def test_without_a_model_the_embedded_rules_decide() -> None:
    agent = setup.make(Config(), Person())
    assert agent.brain.name == "embedded" and agent.workspace.vision_model is None
    events = heard(agent, "hello")
    assert any(isinstance(event, Said) for event in events) and events[-1] == TurnEnded("done")


@pytest.mark.parametrize("advice", [False, True])
def test_a_running_search_is_watched_only_where_advice_is_asked_for(advice: bool) -> None:
    agent = setup.make(Config(advice=advice), Person())
    assert bool(agent.workspace.on_study) is advice
    assert Config().advice is False


def test_a_conversation_is_taken_up_where_it_was(tmp_path: Path) -> None:
    first = setup.make(NAMED, Person())
    first.brain = ScriptedBrain([TextDelta("Which painting?")])
    first.workspace.brief = Brief(content=(Path("photo.jpg"),))
    heard(first, "make photo.jpg look old")
    asyncio.run(first.close())

    (entry,) = list_conversations()
    second = setup.make(NAMED, Person(), past=entry.id)
    assert second.history == [UserMessage("make photo.jpg look old"), AssistantMessage("Which painting?")]
    assert second.workspace.brief == first.workspace.brief
    assert second.workspace.said == ["make photo.jpg look old"]


def test_only_a_plan_leaves_the_brain_what_is_free() -> None:
    agent = setup.make(NAMED, Person(), plan_only=True)
    agent.brain = brain = ScriptedBrain()
    heard(agent)
    assert {tool.cost for tool in brain.requests[0].tools} == {"free"}
    assert {"look_at_images", "choose_method", "plan_study"} <= {tool.name for tool in brain.requests[0].tools}


def test_another_model_goes_on_with_the_same_conversation() -> None:
    agent = setup.make(NAMED, Person())
    agent.history.append(UserMessage("hi"))
    other = NAMED.model_copy(update={"model": ModelConfig(name="openai/other", api_base="http://127.0.0.1:9/v1")})
    asyncio.run(setup.switch(agent, other))
    assert agent.brain.name == "openai/other" and agent.limits.price is None
    assert agent.history == [UserMessage("hi")]
    asyncio.run(setup.switch(agent, Config()))
    assert agent.brain.name == "embedded" and agent.workspace.vision_model is None


def test_a_model_that_is_not_there_ends_the_turn_with_a_message_and_no_more() -> None:
    agent = setup.make(NAMED, Person())
    end = heard(agent)[-1]
    assert isinstance(end, TurnEnded)
    assert (end.error, end.exit_code) == ("no answer from http://127.0.0.1:9/v1", 3)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({}, "no language model is set"),
        ({"offline": True, "model": {"name": "openai/x"}}, "offline"),
        ({"model": {"name": "openai/x", "tools": False}}, "calls no tools"),
        ({"model": {"name": "openai/x"}}, ""),
    ],
)
def test_why_the_embedded_rules_decide_is_said(settings: dict[str, Any], why: str) -> None:
    assert setup.why_embedded(Config.model_validate(settings)).find(why) >= 0
    assert bool(setup.why_embedded(Config.model_validate(settings))) is bool(why)


def test_who_could_answer_depends_on_settings_and_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "usable", lambda: ["openai/gpt"])
    assert list(setup.brains(Config())) == ["embedded", "openai/gpt"]
    assert list(setup.brains(Config(offline=True))) == ["embedded"]
    assert list(setup.brains(NAMED)) == ["embedded", "openai/local"]  # its address is where any name would be asked


@pytest.mark.slow
def test_a_key_in_the_environment_makes_its_provider_s_models_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.endswith("_API_KEY")]:
        monkeypatch.delenv(name)
    assert library.usable() == []
    monkeypatch.setenv("MISTRAL_API_KEY", "secret")
    found = library.usable()
    assert found and all(name.startswith("mistral/") for name in found)
