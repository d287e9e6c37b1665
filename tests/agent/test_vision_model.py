"""The chat model asked about pictures: a validated answer, or none, or an error; never something in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, ConfigDict

from autostyle.agent.brain import Usage
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.brains.language.vision_model import ChatVisionModel
from autostyle.codecs.image import save_image
from autostyle.config import ModelConfig
from autostyle.errors import Missing
from tests.agent.server import Fails, ModelServer, Says


class Seen(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keywords: list[str]
    marks: str = ""


GOOD = '{"keywords": ["impasto", "cobalt"]}'


@pytest.fixture
def painting(tmp_path: Path) -> Path:
    save_image(tmp_path / "paint.png", np.full((40, 40, 3), 0.5, np.float32))
    return tmp_path / "paint.png"


def look(
    server: ModelServer, picture: Path, spent: Callable[[Usage], None] = print, *, may: bool = True, vision: bool = True
) -> Seen | None:
    brain = LanguageBrain(Client(ModelConfig(name="openai/local", api_base=server.url, vision=vision), pauses=()))

    async def shown(_: Any) -> bool:
        return may

    async def once() -> Seen | None:
        found = await ChatVisionModel(brain, shown, spent).look([picture], "Name the style.", Seen)
        await brain.close()
        return found

    return asyncio.run(once())


def test_the_answer_is_asked_for_by_its_schema_and_validated(server: ModelServer, painting: Path) -> None:
    server.script(Says([GOOD[:9], GOOD[9:]], usage=(300, 20)))
    spent: list[Usage] = []
    assert look(server, painting, spent.append) == Seen(keywords=["impasto", "cobalt"])
    body = server.received[0].body
    assert body["response_format"]["json_schema"]["schema"]["required"]
    assert body["messages"][0]["content"] == "Name the style."
    assert body["messages"][1]["content"][0]["type"] == "image_url"
    assert spent == [Usage(300, 20, 0.0)]


def test_a_wrong_answer_is_given_back_once_with_what_is_wrong(server: ModelServer, painting: Path) -> None:
    server.script(Says(['{"keywords": "impasto"}']), Says([GOOD]))
    assert look(server, painting) == Seen(keywords=["impasto", "cobalt"])
    *_, said, told = server.received[1].body["messages"]
    assert said["content"] == '{"keywords": "impasto"}' and "keywords: Input should be a valid array" in told["content"]


@pytest.mark.parametrize(
    "text",
    [f"Gladly!\n```json\n{GOOD}\n```", GOOD[:-1] + ', "mood": "calm"}', "{so} it is: " + GOOD],
    ids=["fenced", "more than asked", "between words"],
)
def test_after_the_second_try_the_json_is_picked_out_of_the_words(
    server: ModelServer, painting: Path, text: str
) -> None:
    server.script(Says([text]))
    assert look(server, painting) == Seen(keywords=["impasto", "cobalt"])
    assert len(server.received) == 2


def test_no_answer_is_an_error_not_a_guess(server: ModelServer, painting: Path) -> None:
    server.script(Says(["A lovely painting."]))
    with pytest.raises(Missing, match="no answer of the form asked for"):
        look(server, painting)


def test_a_server_without_response_formats_is_asked_in_words(server: ModelServer, painting: Path) -> None:
    server.script(Fails(400, "response_format is not supported"), Says([GOOD]))
    assert look(server, painting) == Seen(keywords=["impasto", "cobalt"])
    assert "response_format" not in server.received[1].body


@pytest.mark.parametrize("may", [{"may": False}, {"vision": False}], ids=["person says no", "model sees nothing"])
def test_nothing_is_sent_that_must_not_be(server: ModelServer, painting: Path, may: dict[str, bool]) -> None:
    server.script(Says([GOOD]))
    assert look(server, painting, **may) is None and server.received == []
