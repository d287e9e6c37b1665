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
from autostyle.agent.advice.rounds import attend
from autostyle.agent.allowed_files import hear
from autostyle.agent.messages import Notice, ToolMessage
from autostyle.agent.outputs import Applied, ToolFailure, ToolOutput, restore_output
from autostyle.agent.records import decode_message, encode_message
from autostyle.agent.tool import ToolResult
from autostyle.agent.tools import train_lora
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
def test_what_tools_answer_has_the_form_that_was_recorded(
    call: Call, studied: Workspace, fake_search: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = answers(call, studied, fake_search, monkeypatch)
    assert {*found} == {*RECORDED}
    for name, kept in found.items():
        assert json.dumps(form(kept), indent=1) == json.dumps(form(RECORDED[name]), indent=1), name


def answers(
    call: Call, studied: Workspace, slowly: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[Any]]:
    """Every tool's answer of each kind, and what a study says by itself."""
    monkeypatch.setattr(requests, "RenderRequest", functools.partial(requests.RenderRequest, runtime=FAKE_RUNTIME))
    hear(studied, "the same for other.png and broken.png, into styled. The report goes to out/, learn from brand/")
    Path("other.png").write_bytes(Path("photo.png").read_bytes())
    Path("broken.png").write_bytes(b"no picture")
    found: dict[str, list[Any]] = {}

    def kept(name: str, result: ToolResult | Notice) -> Any:
        found.setdefault(name, []).append(json.loads(json.dumps(result.data)))
        return found[name][-1]

    kept("look_at_images", call("look_at_images", **TWO))
    kept("choose_method", call("choose_method", method="adain"))
    kept("plan_study", call("plan_study", **TWO, trials=4, size=64, study="s"))
    kept("study_status", call("study_status"))
    kept("compare_trials", call("compare_trials", numbers=[0, 1]))
    pair = kept("ask_preference", call("ask_preference"))["pair"]
    kept("ask_preference", call("ask_preference", pair=pair, better=pair[0]))
    kept("render_best", call("render_best"))
    kept("apply_best", call("apply_best", inputs=["other.png", "broken.png"], out="styled"))
    kept("save_best", call("save_best"))
    kept("export_report", call("export_report", out="out/"))
    kept("list_studies", call("list_studies"))
    kept("steer_study", call("steer_study", prefer=1.0, add_trials=60, why="bolder"))
    slowly(seconds=0.5)
    for name, result in asyncio.run(searched(studied)):
        kept(name, result)
    monkeypatch.setattr(work, "run", lambda *_: {"lora": "brand-lora/brand.safetensors", **MADE})
    monkeypatch.setattr(train_lora, "_request", lambda *_: None)
    kept("train_lora", call("train_lora", images=["brand"]))
    return found


async def searched(workspace: Workspace) -> list[tuple[str, ToolResult | Notice]]:
    """A search goes on through a round, is stopped, and another one fails."""
    heard: asyncio.Queue[Notice] = asyncio.Queue()
    workspace.on_notice.append(heard.put_nowait)
    attend(workspace)
    found: list[tuple[str, ToolResult | Notice]] = [("start_study", await use(workspace, "start_study"))]
    notice = await heard.get()
    found.append((notice.kind, notice))
    found.append(("study_status", await use(workspace, "study_status")))
    found.append(("steer_study", await use(workspace, "steer_study", prefer=0.5, why="calmer")))
    found.append(("steer_study", await use(workspace, "steer_study", stop=True, why="enough")))
    while notice.kind == "round":
        notice = await heard.get()
    return [*found, (notice.kind, notice)]


def form(data: Any, most: int | None = None) -> Any:
    """The names in ``data``, in their order, and the kinds of its values; of a list below the first its first."""
    if isinstance(data, dict):
        return {name: "…" if name in OPEN else form(value, 1) for name, value in data.items()}
    return [form(value, 1) for value in data[:most]] if isinstance(data, list) else type(data).__name__
