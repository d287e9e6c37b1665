"""The server as a stranger meets it: a process at the other end of stdin and stdout, and the SDK's own client."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import mcp_types as types
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from PIL import Image

from tests.cli.conftest import draw


@pytest.fixture
def here(tmp_path: Path) -> Path:
    draw(tmp_path)
    return tmp_path


def text(answer: types.CallToolResult) -> str:
    return "\n".join(block.text for block in answer.content if isinstance(block, types.TextContent))


@pytest.mark.slow
def test_from_two_paths_to_a_best_picture(here: Path) -> None:
    asked: list[str] = []
    told: list[tuple[float, float | None]] = []

    async def person(context: Any, params: Any) -> types.ElicitResult:
        asked.append(params.message.partition("?")[0])
        return types.ElicitResult(action="accept", content={"answer": "once"})

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, total))

    async def story() -> None:
        program = StdioServerParameters(
            command=sys.executable,
            args=["-m", "autostyle", "mcp", "--offline", "--device", "cpu"],
            cwd=here,
            env=dict(os.environ),
        )
        async with Client(program, elicitation_callback=person) as client:
            looked = await client.call_tool("look_at_images", {"content": ["photo.png"], "styles": ["paint.png"]})
            assert sum(isinstance(block, types.ImageContent) for block in looked.content) == 2
            await client.call_tool("choose_method", {"method": "adain"})
            plan = {"trials": 2, "size": 64, "final_size": 64}
            planned = await client.call_tool("plan_study", plan)
            assert not planned.is_error, text(planned)
            begun = await client.call_tool("start_study", {})
            task = begun.structured_content["task"]
            assert task == planned.structured_content["study"], text(begun)
            asking = {"task": task, "wait": 100}
            ended = await client.call_tool("task_status", asking, progress_callback=hear)
            assert ended.structured_content["state"] == "completed", text(ended)
            best = ended.structured_content["result"]["best"]
            (shown,) = [block for block in ended.content if isinstance(block, types.ImageContent)]
            with Image.open(io.BytesIO(base64.b64decode(shown.data))) as picture:
                assert picture.size == (64, 48)
            saved = await client.call_tool("save_best", {"out": "best.png"})
            assert saved.structured_content["number"] == best["number"], text(saved)

    asyncio.run(story())
    assert (here / "best.png").is_file()
    assert asked[0].startswith("autostyle: start the search") and asked[-1].startswith("autostyle: save the result as")
    assert told and {total for _, total in told} == {2} and told == sorted(told)


@pytest.mark.slow
def test_a_search_that_is_cancelled_keeps_what_it_found(here: Path) -> None:
    async def story() -> None:
        arguments = ["-m", "autostyle", "mcp", "--offline", "--device", "cpu", "--yes"]
        program = StdioServerParameters(command=sys.executable, args=arguments, cwd=here, env=dict(os.environ))
        async with Client(program, mode="legacy") as client:
            await client.call_tool("choose_method", {"method": "adain"})
            paths = {"content": ["photo.png"], "styles": ["paint.png"]}
            await client.call_tool("plan_study", {**paths, "trials": 500, "size": 64, "final_size": 64})
            task = (await client.call_tool("start_study", {})).structured_content["task"]
            for _ in range(100):
                status = await client.call_tool("task_status", {"task": task, "wait": 1})
                if status.structured_content["done"]:
                    break
            assert any(isinstance(block, types.ImageContent) for block in status.content), "the best one so far"
            ended = await client.call_tool("cancel_task", {"task": task})
            assert ended.structured_content["state"] == "cancelled", text(ended)
            assert ended.structured_content["result"]["best"]

    asyncio.run(story())


def test_stdout_carries_the_protocol_and_nothing_else(here: Path) -> None:
    """Also where a client sends nonsense, and where something prints."""
    printing = "import sys; from autostyle.mcp_server import server; plain = server.answered\n"
    printing += "def loud(*given):\n    print('a library speaks'); return plain(*given)\n"
    printing += "server.answered = loud; from autostyle.cli import main; main(['mcp', '--offline'])"
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "raw", "version": "0"}}
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "this is no JSON",
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "start_study"}}),
    ]
    with subprocess.Popen(
        [sys.executable, "-c", printing],
        cwd=here,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as server:
        assert server.stdin is not None and server.stdout is not None and server.stderr is not None
        server.stdin.write("\n".join([*lines, ""]))
        server.stdin.flush()
        answers: dict[int, Any] = {}
        while len(answers) < 3:
            answer = json.loads(server.stdout.readline())
            if "id" in answer:
                answers[answer["id"]] = answer["result"]
        server.stdin.close()
        rest, said = server.stdout.read(), server.stderr.read()
    assert (server.returncode, rest) == (0, "")
    assert "a library speaks" in said
    assert answers[1]["serverInfo"]["name"] == "autostyle" and "look_at_images" in answers[1]["instructions"]
    assert "start_study" in [one["name"] for one in answers[2]["tools"]]
    assert answers[3]["isError"] and "there is no plan yet" in answers[3]["content"][0]["text"]


def test_a_package_that_is_missing_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from autostyle.cli import app

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert app.run(["mcp"]) == 3
    err = capsys.readouterr().err.splitlines()
    assert err == [
        "error: autostyle mcp needs the package mcp, which is not installed",
        "hint: pip install 'autostyle[mcp]'",
    ]
