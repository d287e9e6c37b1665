"""What tools answer, as conversations keep it: JSON that was written by any version is read by every later one."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent import work
from autostyle.agent.advice import rounds
from autostyle.agent.allowed_files import hear
from autostyle.agent.messages import Notice, ToolMessage
from autostyle.agent.outputs import Applied, ToolFailure, ToolOutput, restore_output
from autostyle.agent.records import decode_message, encode_message
from autostyle.agent.tool import ToolResult
from autostyle.agent.tools import train_fast, train_lora
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.jobs import requests
from autostyle.sentences import Sentence
from tests.agent.tools.conftest import Call, use
from tests.agent.tools.test_training import MADE
from tests.cli.running import FAKE_RUNTIME

TWO = {"content": ["photo.png"], "styles": ["paint.png"]}
RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
"""Per tool, and per notice of a study, its answers as they were kept when this file was written."""
OPEN = {
    "bounds_touched",
    "params",
    "scores",
    "raw",
    "over",
    "held_out",
    "seconds_by",
    "importances",
    "plan",
    "fixed",
    "bounds",
}
"""What has names of its own in it: methods, parameters, figures."""


@pytest.mark.parametrize("name", RECORDED)
def test_what_a_tool_answered_is_read_as_its_type_and_written_as_it_was(name: str) -> None:
    for data in RECORDED[name]:
        output = restore_output(name, data)
        assert type(output) is not ToolOutput and json.dumps(output.data) == json.dumps(data)


@pytest.mark.parametrize("name", RECORDED)
def test_a_line_of_a_conversation_is_read_as_its_type_and_written_as_it_was(name: str) -> None:
    for data in RECORDED[name]:
        said = {"text": "done", "data": data, "pictures": []}
        line = {"kind": "tool", "call": "1", "name": name, "ok": True, **said}
        if name in ("round", "ended"):
            line = {"kind": "notice", **said, "of": name}
        message = decode_message(json.loads(json.dumps(line)))
        assert isinstance(message, ToolMessage | Notice) and type(message.output) is type(restore_output(name, data))
        assert json.dumps(encode_message(message)) == json.dumps(line)


def test_a_call_that_failed_is_read_as_a_failure() -> None:
    wrong = {"error": "there is no trial 9", "hint": "", "exit_code": 2}
    line = {"kind": "tool", "call": "1", "name": "study_status", "ok": False, "text": "error", "data": wrong}
    message = decode_message({**line, "pictures": []})
    assert isinstance(message, ToolMessage) and message.output == ToolFailure(**wrong)


@pytest.mark.parametrize("data", [{"twice": 2}, {"study": "s", "done": "none"}, {"plan": {}, "new": [1, None]}])
def test_what_is_of_no_type_that_is_known_is_kept_as_it_is(data: dict[str, Any]) -> None:
    for name in ("twice", "study_status", "plan_study"):
        assert restore_output(name, data).data == data


def test_every_tool_has_a_type_of_its_answers() -> None:
    assert {tool.name for tool in TOOLS} <= {*RECORDED}


def test_what_went_wrong_keeps_its_template_through_an_output() -> None:
    error = Sentence("there is no trial {number}", number=9)
    left = {"input": "a.png", "error": error, "hint": "", "exit_code": 2}
    applied = Applied(images=(), failed=[left], folder="styled", notes=[error])
    read = restore_output("apply_best", applied.data)
    assert isinstance(read, Applied) and read == applied
    assert [text.template for text in (read.failed[0].error, read.notes[0])] == [error.template] * 2


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.thorough
def test_what_tools_answer_about_a_study_at_rest_has_the_form_that_was_recorded(
    call: Call, studied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "RenderRequest", functools.partial(requests.RenderRequest, runtime=FAKE_RUNTIME))
    hear(studied, "the same for other.png and broken.png, into styled. The report goes to out/, learn from brand/")
    Path("other.png").write_bytes(Path("photo.png").read_bytes())
    Path("broken.png").write_bytes(b"no picture")
    pair = (0, 2)
    holds("look_at_images", call("look_at_images", **TWO))
    holds("choose_method", call("choose_method", method="adain"))
    holds("plan_study", call("plan_study", **TWO, trials=4, size=64, study="s"))
    holds("study_status", call("study_status"))
    holds("compare_trials", call("compare_trials", numbers=[0, 1]))
    holds("show_picture", call("show_picture"))
    holds("ask_preference", call("ask_preference"))
    holds("ask_preference", call("ask_preference", pair=pair, better=pair[0]))
    holds("render_best", call("render_best"))
    holds("apply_best", call("apply_best", inputs=["other.png", "broken.png"], out="styled"))
    holds("save_best", call("save_best"))
    holds("export_report", call("export_report", out="out/"))
    holds("list_studies", call("list_studies"))
    holds("list_styles", call("list_styles"))
    holds("steer_study", call("steer_study", prefer=1.0, add_trials=60, why="bolder"))


TAUGHT = {"net": "nets/brand/net.safetensors", "name": "brand", "styles": ["brand"], "steps": {"done": 5, "total": 5}}
TAUGHT |= {"held_out": {"score": 0.4}, "evaluations": []}


def test_what_a_training_answers_has_the_form_that_was_recorded(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "run", lambda *_: {"lora": "brand-lora/brand.safetensors", **MADE})
    monkeypatch.setattr(train_lora, "_request", lambda *_: None)
    holds("train_lora", call("train_lora", images=["brand"]))
    monkeypatch.setattr(work, "run", lambda *_: TAUGHT)
    monkeypatch.setattr(train_fast, "_request", lambda *_: None)
    holds("train_fast", call("train_fast", styles=["brand"]))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.thorough
def test_what_a_search_says_has_the_form_that_was_recorded(
    workspace: Workspace, fake_search: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search is started, goes through a round, is steered and stopped."""
    fake_search(seconds=1.0)
    monkeypatch.setattr(rounds, "EVERY", 2)

    async def searched() -> None:
        heard: asyncio.Queue[Notice] = asyncio.Queue()
        workspace.on_notice.append(heard.put_nowait)
        rounds.attend(workspace)
        await use(workspace, "choose_method", method="adain")
        await use(workspace, "plan_study", **TWO, trials=500, size=64, study="s")
        holds("start_study", await use(workspace, "start_study"))
        notice = await heard.get()
        holds("round", notice)
        holds("study_status", await use(workspace, "study_status"))
        holds("steer_study", await use(workspace, "steer_study", prefer=0.9, why="bolder"))
        holds("steer_study", await use(workspace, "steer_study", stop=True, why="enough"))
        while notice.kind == "round":
            notice = await heard.get()
        holds("ended", notice)

    asyncio.run(searched())


def holds(name: str, said: ToolResult[Any] | Notice) -> None:
    """That an answer, or a notice, has one of the forms that were recorded; more may be told by now."""
    now = form(json.loads(json.dumps(said.data)))
    assert any(within(form(data), now) for data in RECORDED[name]), f"{name}: {json.dumps(now, indent=1)}"


def within(before: Any, now: Any) -> bool:
    """Whether all that was told is told, in its order and as what it was."""
    if isinstance(before, dict) and isinstance(now, dict):
        kept = [name for name in now if name in before]
        return kept == [*before] and all(within(before[name], now[name]) for name in before)
    if isinstance(before, list) and isinstance(now, list):
        return all(map(within, before, now))
    return "NoneType" in (before, now) or bool(before == now)


def form(data: Any, most: int | None = None) -> Any:
    """The names in ``data``, in their order, and the kinds of its values; of a list below the first its first."""
    if isinstance(data, dict):
        return {name: "…" if name in OPEN else form(value, 1) for name, value in data.items()}
    return [form(value, 1) for value in data[:most]] if isinstance(data, list) else type(data).__name__
