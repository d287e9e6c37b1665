"""The server as a client sees it, in one process: by the protocol of 2026 and by the handshake before it."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mcp_types as types
import numpy as np
import pytest
from mcp import Client
from PIL import Image

from autostyle.agent.outputs import ToolOutput
from autostyle.agent.tool import Arguments, Tool, ToolResult
from autostyle.agent.tools.registry import TOOLS
from autostyle.codecs.image import save_image
from autostyle.config import Config
from autostyle.errors import BadInput, Unconsented, Untrusted
from autostyle.mcp_server.permission import PATHS, Beforehand
from autostyle.mcp_server.server import ToolServer, usual_folders
from autostyle.mcp_server.tasks import Tasks
from autostyle.mcp_server.tools import COST

Answers = Callable[[str], tuple[str, str | None]]
ERAS = pytest.mark.parametrize("mode", ["auto", "legacy"])


class Paths(Arguments):
    content: list[str] = []
    "Paths."


class Person:
    """Answers what it is asked, and remembers it."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[types.ElicitRequestFormParams] = []

    async def __call__(self, context: Any, params: Any) -> types.ElicitResult:
        self.asked.append(params)
        answer = self.answers.pop(0)
        if answer in ("decline", "cancel"):
            return types.ElicitResult(action=answer)
        return types.ElicitResult(action="accept", content={"answer": answer})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    save_image(folder / "photo.png", np.random.default_rng(0).random((48, 900, 3), np.float32))
    save_image(tmp_path / "elsewhere.png", np.zeros((48, 48, 3), np.float32))
    return folder


def served(*tools: Tool[Any], **options: Any) -> ToolServer:
    """A server that has these tools besides its own."""
    options.setdefault("beforehand", Beforehand(folders=usual_folders()))
    made = ToolServer(Config(offline=True, device="cpu"), options.pop("beforehand"), **options)
    made.tools = (*made.tools, *map(made.tasks.lasting, tools))
    return made


def tool(name: str = "toil", *, seconds: float = 0.0, cost: Any = "compute", run: Any = None) -> Tool[Any]:
    async def done(workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        return ToolResult("done", ToolOutput.model_validate({"made": 1}))

    return Tool(name, "Toils.", Paths, cost, run or done, lambda arguments: "toil", seconds=lambda *_: seconds)


def talk(
    server: ToolServer, story: Callable[[Client], Awaitable[Any]], mode: str = "auto", person: Person | None = None
) -> Any:
    async def whole() -> Any:
        async with Client(server.server, mode=mode, elicitation_callback=person) as client:
            return await story(client)

    return asyncio.run(whole())


def call(server: ToolServer, name: str, mode: str = "auto", person: Person | None = None, **arguments: Any) -> Any:
    return talk(server, lambda client: client.call_tool(name, arguments), mode, person)


def text(answer: types.CallToolResult) -> str:
    return "\n".join(block.text for block in answer.content if isinstance(block, types.TextContent))


@ERAS
def test_the_agents_tools_are_there_with_their_schemas(mode: str) -> None:
    listed = {one.name: one for one in talk(served(), lambda client: client.list_tools(), mode).tools}
    assert listed.keys() == {one.name for one in TOOLS} | {"task_status", "cancel_task"}
    for one in TOOLS:
        assert listed[one.name].input_schema == one.schema()
        assert (listed[one.name].meta or {})[COST] == one.cost


def test_what_a_tool_may_do_is_hinted() -> None:
    listed = talk(served(), lambda client: client.list_tools()).tools
    hints = {one.name: one.annotations for one in listed}
    reading = {name for name, hint in hints.items() if hint.read_only_hint}
    assert reading == {one.name for one in TOOLS if one.cost == "free"} - {"ask_preference"} | {"task_status"}
    assert {name for name, hint in hints.items() if hint.destructive_hint} == {"export_report"}
    assert not any(hint.open_world_hint for hint in hints.values())
    asked = {one.name for one in listed if "the person is asked first" in one.description}
    assert asked == {one.name for one in TOOLS if one.cost != "free"}


def test_every_argument_that_is_a_path_is_known_as_one() -> None:
    told = {
        name
        for one in TOOLS
        for name, entry in one.schema()["properties"].items()
        if any(word in entry["description"].lower() for word in ("path", "folder", "file"))
    }
    assert told - {"force", "format", "caption"} == set(PATHS)


@ERAS
def test_a_picture_comes_small_beside_its_words(mode: str) -> None:
    answer = call(served(), "look_at_images", mode, content=["photo.png"])
    shown = [block for block in answer.content if isinstance(block, types.ImageContent)]
    assert not answer.is_error and "photo.png, 900 x 48" in text(answer)
    with Image.open(io.BytesIO(base64.b64decode(shown[0].data))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (512, 27))
    assert answer.structured_content["content"][0]["width"] == 900


def test_pictures_can_be_left_out() -> None:
    answer = call(served(pictures=False), "look_at_images", content=["photo.png"])
    assert not any(isinstance(block, types.ImageContent) for block in answer.content)


@ERAS
@pytest.mark.parametrize(("answer", "ran"), [("once", True), ("session", True), ("no", False), ("decline", False)])
def test_long_compute_is_asked_about(mode: str, answer: str, ran: bool) -> None:
    person = Person(answer)
    got = call(served(tool(seconds=600)), "toil", mode, person)
    assert got.is_error != ran
    assert person.asked[0].message == "autostyle: toil, about 10 min?\ntime: about 10 min"
    assert person.asked[0].requested_schema["properties"]["answer"]["enum"] == ["once", "session", "no"]
    if not ran:
        assert "the person said no to this call" in text(got)


@ERAS
def test_a_yes_for_longer_holds_until_a_picture_was_shown(mode: str) -> None:
    """What a picture says must not be able to start anything."""
    person = Person("session", "once")

    async def story(client: Client) -> None:
        for _ in range(2):
            await client.call_tool("toil", {})
        assert len(person.asked) == 1
        await client.call_tool("look_at_images", {"content": ["photo.png"]})
        assert not (await client.call_tool("toil", {})).is_error
        assert person.asked[1].requested_schema["properties"]["answer"]["enum"] == ["once", "no"]

    talk(served(tool(seconds=600)), story, mode, person)


@ERAS
@pytest.mark.parametrize(("cost", "flag"), [("compute", "--yes"), ("writes", "--allow-writes")])
def test_a_client_that_cannot_ask_is_told_how_to_allow_it(mode: str, cost: str, flag: str) -> None:
    got = call(served(tool(seconds=600, cost=cost)), "toil", mode)
    assert got.is_error and got.structured_content["exit_code"] == 4
    assert "this client cannot ask you: toil" in text(got) and f"`autostyle mcp {flag}` allows it" in text(got)
    allowed = Beforehand(compute=cost == "compute", writes=cost == "writes")
    assert text(call(served(tool(seconds=600, cost=cost), beforehand=allowed), "toil", mode)) == "done"


def test_a_moment_of_compute_needs_no_question() -> None:
    assert text(call(served(tool(seconds=5)), "toil")) == "done"


@ERAS
def test_files_elsewhere_are_asked_about_once(mode: str, tmp_path: Path) -> None:
    person = Person("no", "once")
    elsewhere = str(tmp_path / "elsewhere.png")

    async def story(client: Client) -> None:
        refused = await client.call_tool("look_at_images", {"content": [elsewhere]})
        assert refused.is_error and "said no" in text(refused)
        for _ in range(2):
            assert not (await client.call_tool("look_at_images", {"content": [elsewhere]})).is_error
        assert elsewhere in person.asked[0].message and len(person.asked) == 2

    talk(served(), story, mode, person)
    cannot = call(served(), "look_at_images", mode, content=[elsewhere])
    assert cannot.is_error and f"--allow {tmp_path}" in text(cannot)


def test_the_folder_it_is_started_in_is_allowed_unless_it_is_everything(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert usual_folders() == (here,)
    monkeypatch.chdir("/")
    assert usual_folders() == ()
    monkeypatch.setattr(Path, "home", lambda: here)
    monkeypatch.chdir(here)
    assert usual_folders() == ()


@ERAS
def test_a_second_question_of_a_call_does_not_bring_the_first_again(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person("once", "once")
    trusted: list[Any] = []

    async def foreign(workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        if not trusted:
            raise Untrusted.of("s")
        return ToolResult("done")

    async def work(request: Any, say: Any) -> dict[str, Any]:
        trusted.append(request)
        return {}

    monkeypatch.setattr("autostyle.agent.calls.work", work)
    got = call(served(tool(seconds=600, run=foreign)), "toil", mode, person)
    assert [one.message.partition("?")[0] for one in person.asked] == [
        "autostyle: toil, about 10 min",
        "autostyle: go on with s, which was not made here",
    ]
    assert text(got) == "done" and [request.study for request in trusted] == ["s"]


@ERAS
def test_a_voice_is_imitated_only_where_a_person_says_that_its_owner_agreed(mode: str) -> None:
    async def start(workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        if "mum.wav" not in workspace.consented:
            raise Unconsented.of("mum.wav")
        return ToolResult("done")

    person = Person("once")
    assert text(call(served(tool(seconds=0, run=start)), "toil", mode, person)) == "done"
    assert person.asked[0].message.startswith("autostyle: imitate the voice in mum.wav?")
    alone = served(tool(seconds=0, run=start), beforehand=Beforehand(True, True))
    assert "--consent" in text(call(alone, "toil", mode))


def test_an_answer_to_another_call_counts_for_nothing() -> None:
    person = Person("once")

    async def story(client: Client) -> None:
        first = await client.session.call_tool("toil", {}, allow_input_required=True)
        assert isinstance(first, types.InputRequiredResult)
        (key,) = first.input_requests or {}
        yes = {key: types.ElicitResult(action="accept", content={"answer": "once"})}
        other = await client.session.call_tool(
            "toil",
            {"content": ["photo.png"]},
            input_responses=yes,
            request_state=first.request_state,
            allow_input_required=True,
        )
        assert isinstance(other, types.InputRequiredResult), "asked again"

    talk(served(tool(seconds=600)), story, person=person)


@ERAS
def test_what_is_wrong_is_an_answer_with_a_hint(mode: str) -> None:
    unknown = call(served(), "start_study", mode)
    assert unknown.is_error and "plan_study makes one" in text(unknown)
    misspelt = call(served(), "plan_study", mode, nonsense=1)
    assert misspelt.is_error and "nonsense" in text(misspelt) and "arguments: content" in text(misspelt)
    assert "there is no tool 'stat'" in text(call(served(), "stat", mode))


def test_a_bug_is_told_and_logged_and_the_server_goes_on() -> None:
    async def broken(workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        raise RuntimeError("oops")

    async def story(client: Client) -> None:
        got = await client.call_tool("toil", {})
        assert got.is_error and "autostyle failed: RuntimeError: oops" in text(got) and "the log is" in text(got)
        assert not (await client.call_tool("task_status", {})).is_error

    talk(served(tool(run=broken)), story)


@ERAS
def test_progress_is_told_and_never_goes_back(mode: str) -> None:
    async def slow(workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        for n in range(3):
            say(f"step {n}")
            await asyncio.sleep(0.01)
        return ToolResult("done")

    told: list[tuple[float, str | None]] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, message))

    async def story(client: Client) -> None:
        await client.call_tool("toil", {}, progress_callback=hear)

    talk(served(tool(run=slow)), story, mode)
    assert told == [(1.0, "step 0"), (2.0, "step 1"), (3.0, "step 2")]


class Gate:
    """A tool that works until it is let go."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.cut_short = False

    async def __call__(self, workspace: Any, arguments: Any, say: Any) -> ToolResult[Any]:
        say("half way")
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cut_short = True
            raise
        if arguments.content:
            raise BadInput("it cannot be", "try another")
        return ToolResult("rendered", ToolOutput.model_validate({"size": 64}), (Path("photo.png").absolute(),))


async def begun(client: Client, **arguments: Any) -> str:
    first = await client.call_tool("render_best", arguments)
    assert first.structured_content["state"] == "working" and "task_status tells of it" in text(first)
    task: str = first.structured_content["task"]
    return task


def lasting(gate: Gate) -> ToolServer:
    made = served(patience=0.05)
    made.tools = (made.tasks.lasting(tool("render_best", run=gate)), *made.tasks.tools())
    return made


@ERAS
def test_a_long_call_goes_on_as_a_task(mode: str) -> None:
    async def story(client: Client) -> None:
        task = await begun(client)
        waiting = asyncio.create_task(client.call_tool("task_status", {"task": task, "wait": 30}))
        await asyncio.sleep(0.05)
        still = await client.call_tool("task_status", {"task": task})
        assert "working" in text(still) and "half way" in text(still)
        gate.open.set()
        done = await waiting
        assert (done.structured_content["state"], done.structured_content["result"]) == ("completed", {"size": 64})
        assert any(isinstance(block, types.ImageContent) for block in done.content)
        every = await client.call_tool("task_status", {})
        assert [one["task"] for one in every.structured_content["tasks"]] == [task]

    async def whole() -> None:
        nonlocal gate
        gate = Gate()
        async with Client(lasting(gate).server, mode=mode) as client:
            await story(client)

    gate: Gate
    asyncio.run(whole())


@ERAS
def test_a_task_can_fail_and_be_cancelled(mode: str) -> None:
    async def whole() -> None:
        gate = Gate()
        async with Client(lasting(gate).server, mode=mode) as client:
            task = await begun(client)
            got = await client.call_tool("cancel_task", {"task": task})
            assert got.structured_content["state"] == "cancelled" and gate.cut_short
            task = await begun(client, content=["photo.png"])
            gate.open.set()
            failed = await client.call_tool("task_status", {"task": task, "wait": 30})
            assert failed.structured_content["state"] == "failed"
            assert "error: it cannot be\nhint: try another" in text(failed)
            unknown = await client.call_tool("cancel_task", {"task": "render_best-9"})
            assert unknown.is_error and task in text(unknown)

    asyncio.run(whole())


def test_what_still_runs_when_the_client_leaves_is_ended() -> None:
    async def whole() -> None:
        gate = Gate()
        async with Client(lasting(gate).server) as client:
            await begun(client)
        assert gate.cut_short

    asyncio.run(whole())


def test_tasks_that_are_over_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.mcp_server.tasks.KEPT", 2)

    async def whole() -> None:
        tasks = Tasks(served().workspace, patience=0.0)
        for _ in range(4):
            gate = Gate()
            slow = tasks.lasting(tool("render_best", run=gate))
            await slow.run(tasks.workspace, Paths(), lambda text: None)
            gate.open.set()
            await asyncio.sleep(0.01)
        status = next(one for one in tasks.tools() if one.name == "task_status")
        told = await status.run(tasks.workspace, status.parse("{}"), lambda text: None)
        assert [one["task"] for one in told.data["tasks"]] == ["render_best-3", "render_best-4"]

    asyncio.run(whole())


def test_what_may_be_written_unasked_replaces_no_file_unasked() -> None:
    replaces = replace(tool(cost="writes"), overwrites=lambda workspace, arguments: True)
    got = call(served(replaces, beforehand=Beforehand(writes=True)), "toil")
    assert got.is_error and "name another file" in text(got)
