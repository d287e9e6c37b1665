"""Style pictures in words: whoever sees best is asked first, and who cannot is passed over aloud."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent import keywords
from autostyle.agent.workspace import Workspace
from autostyle.config import Config, KeywordsConfig
from autostyle.errors import Missing
from autostyle.jobs import requests
from autostyle.keywords.words import StyleKeywords
from autostyle.vision import registry

STYLE = Path(__file__).parents[2] / "studies" / "examples" / "styles" / "swirling-night-12.jpg"


class FakeVisionModel:
    """A chat model that sees, declines, or cannot be reached."""

    name = "openai/seer"

    def __init__(self, answer: StyleKeywords | Missing | None) -> None:
        self.answer = answer

    async def look(self, pictures: Sequence[Path], question: str, answer: type[Any]) -> Any:
        assert "JSON" in question
        if isinstance(self.answer, Missing):
            raise self.answer
        return self.answer


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[requests.KeywordsRequest]:
    """Jobs that answer at once; a machine without CLIP."""
    asked: list[requests.KeywordsRequest] = []

    async def work(request: requests.KeywordsRequest, say: Any) -> dict[str, Any]:
        asked.append(request)
        return {"keywords": ["impasto"], "by": f"vlm:{request.model}" if request.model else "clip:narrow"}

    monkeypatch.setattr(keywords, "work", work)
    for name in ("HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setattr(registry, "own_cache", lambda: tmp_path / "none")
    return asked


def seen(workspace: Workspace) -> tuple[dict[str, Any], list[str]]:
    said: list[str] = []
    return asyncio.run(keywords.of(workspace, (STYLE,), said.append)), said


def with_vision(answer: StyleKeywords | Missing | None, **config: Any) -> Workspace:
    workspace = Workspace(Config(**config))
    workspace.vision_model = FakeVisionModel(answer)
    return workspace


def test_a_chat_model_that_sees_is_asked_first(jobs: list[requests.KeywordsRequest]) -> None:
    words = StyleKeywords(keywords=("impasto", "swirling strokes", "night"), palette=("cobalt", "gold"))
    found, _ = seen(with_vision(words, keywords=KeywordsConfig(model="local")))

    assert found["keywords"] == ["impasto", "swirling strokes", "night", "cobalt and gold"]
    assert found["by"] == "model:openai/seer"
    assert found["description"]["palette"], "what was measured is kept beside"
    assert jobs == []


def test_a_person_who_sends_no_picture_gets_the_model_of_this_machine(jobs: list[requests.KeywordsRequest]) -> None:
    found, _ = seen(with_vision(None, keywords=KeywordsConfig(model="local")))

    assert (found["keywords"], found["by"]) == (["impasto"], "vlm:local")


def test_clip_is_asked_where_its_weights_are(jobs: list[requests.KeywordsRequest], tmp_path: Path) -> None:
    (tmp_path / registry.REGISTER["clip"].file).touch()

    assert seen(Workspace(Config()))[0]["by"] == "clip:narrow"
    assert jobs[0].model is None


def test_without_any_model_the_style_is_measured(jobs: list[requests.KeywordsRequest]) -> None:
    found, said = seen(Workspace(Config()))

    assert found["by"] == "measured"
    assert "blue and yellow" in found["keywords"]
    assert "파랑, 노랑" in found["keywords_ko"]
    assert said == []


def test_a_server_that_cannot_be_reached_is_told_and_passed_over(jobs: list[requests.KeywordsRequest]) -> None:
    found, said = seen(with_vision(Missing("the server is down")))

    assert found["by"] == "measured"
    assert "the server is down" in said[0]
