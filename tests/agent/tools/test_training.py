"""train_lora: what is asked of the job, what is refused before anybody is asked, and one training for real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from safetensors import safe_open

from autostyle.agent import work
from autostyle.agent.allowed_files import hear
from autostyle.agent.tools import train_lora
from autostyle.agent.tools.train_lora import TOOL
from autostyle.agent.workspace import Workspace
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput, Missing
from autostyle.use_cases import training
from tests.agent.tools.conftest import Call, use

MADE = {
    "steps": {"done": 5, "total": 5},
    "held_out": {"score": 0.4},
    "evaluations": [],
    "captions": {"0.png": "in brand style", "1.png": "in brand style"},
}


@pytest.fixture
def brand(workspace: Workspace) -> Path:
    """A folder of four pictures that the person named, large enough for squares of 512 pixels."""
    folder = Path("brand")
    folder.mkdir()
    for number in range(4):
        save_image(folder / f"{number}.png", np.random.default_rng(number).random((256, 256, 3), dtype=np.float32))
    hear(workspace, "train a LoRA from the pictures in brand/")
    return folder


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as a glance tells, there is a base model."""
    (tmp_path / "models" / "sd15").mkdir(parents=True)
    (tmp_path / "models" / "sd15" / "model_index.json").touch()
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path / "models"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The requests that reached a job, which tells of a step and answers as if it had learnt."""
    found: list[Any] = []

    def kept(request: Any, on_message: Callable[[dict[str, Any]], None], stop: Any) -> dict[str, Any]:
        found.append(request)
        on_message({"type": "progress", "step": 2, "steps": 5, "item": 0, "items": 1, "said": "loss 0.1"})
        return {"lora": str(request.out / "brand.safetensors"), **MADE}

    monkeypatch.setattr(work, "run", kept)
    return found


def test_the_pictures_of_a_folder_are_learnt_from_and_the_file_stands_beside_it(
    call: Call, workspace: Workspace, brand: Path, base: None, asked: list[Any]
) -> None:
    result = call("train_lora", images=["brand"], steps=5)
    (request,) = asked

    assert [path.name for path in request.images] == ["0.png", "1.png", "2.png", "3.png"]
    assert (request.out, request.settings.steps) == (Path("brand-lora").resolve(), 5)
    assert "method style_lora" in result.text and "'in brand style'" in result.text
    assert result.data["words"] == ["in brand style"]
    assert Path(result.data["lora"]) in workspace.named_files, "a plan may hold it from now on"


@pytest.mark.parametrize(
    ("said", "arguments", "folder"),
    [
        ("into own/", {"images": ["brand"], "out": "own"}, "own"),
        ("only brand/0.png", {"images": ["brand/0.png"]}, "brand/lora"),
    ],
)
def test_it_stands_where_the_person_says(
    call: Call, workspace: Workspace, brand: Path, base: None, asked: list[Any], said: str, arguments: Any, folder: str
) -> None:
    hear(workspace, said)
    call("train_lora", **arguments)
    assert asked[0].out == Path(folder).resolve()


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"images": ["secret.png"]}, "has not named secret.png"),
        ({"images": ["brand"], "out": "elsewhere"}, "has not named elsewhere"),
    ],
)
def test_what_nobody_named_is_neither_learnt_from_nor_written_to(
    workspace: Workspace, brand: Path, arguments: Any, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        TOOL.seconds(workspace, TOOL.arguments(**arguments))


def test_without_a_base_model_nobody_is_asked(workspace: Workspace, brand: Path) -> None:
    with pytest.raises(Missing, match="'sdxl' are not on this machine") as caught:
        TOOL.seconds(workspace, TOOL.arguments(images=["brand"]))
    assert "weights get sdxl" in caught.value.hint


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.thorough
def test_a_real_training_is_stopped_and_goes_on(
    call: Call, workspace: Workspace, brand: Path, tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "sd15").symlink_to(tiny_models / "sd15")
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path / "tiny"))
    asked = train_lora._request
    small = {"size": 64}  # the model's own takes a minute
    monkeypatch.setattr(train_lora, "_request", lambda *given: asked(*given).model_copy(update=small))

    async def stopped() -> None:
        loop = asyncio.get_running_loop()
        training = asyncio.create_task(
            use(workspace, "train_lora", lambda text: loop.call_soon_threadsafe(training.cancel), images=["brand"])
        )
        with pytest.raises(asyncio.CancelledError):
            await training

    asyncio.run(stopped())  # returns when the job has ended, too
    assert Path("brand-lora/checkpoint.safetensors").is_file()
    made = call("train_lora", images=["brand"], steps=1).data

    assert 1 <= made["steps"]["done"] < 800, "it was stopped, and what it had learnt is enough for one step"
    with safe_open(made["lora"], "pt") as opened:
        assert any(name.startswith("unet.") for name in opened.keys())  # noqa: SIM118 (no mapping)


def test_a_search_of_a_training_is_planned_and_a_training_goes_by_what_it_found(
    call: Call, workspace: Workspace, brand: Path, asked: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(training, "user_cache_path", lambda _: tmp_path / "cache")
    hear(workspace, "find the best training settings for a fast net from paint.png")
    made = call("plan_training", styles=["paint.png", "brand"], trials=5)
    assert workspace.plan is not None and workspace.plan.study == made.data["study"] in made.text
    assert [method.name for method in workspace.plan.methods] == ["fast_training"]
    assert (made.data["trials"], len(workspace.plan.aids["photos"])) == (5, 2)
    monkeypatch.setattr(training, "found", lambda study, _: {"style_weight": 71.0} if study == "there" else {})
    with pytest.raises(ValidationError, match="net"):  # the job answers as that of a LoRA
        call("train_fast", styles=["paint.png"], from_study="there")
    assert asked[0].settings.style_weight == 71.0
