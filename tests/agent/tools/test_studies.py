"""A study from its start to other pictures in its look, through the tools, on the fake runtime."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.messages import Notice
from autostyle.agent.named import hear
from autostyle.agent.tools.contract import ToolResult
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.tuning import events
from tests.agent.tools.conftest import use

pytestmark = pytest.mark.slow
TWO = {"content": ["photo.png"], "styles": ["paint.png"]}


async def planned(desk: Workspace, trials: int = 4) -> None:
    await use(desk, "choose_method", method="adain")
    await use(desk, "plan_study", **TWO, trials=trials, size=64, study="s")


def notices(desk: Workspace) -> asyncio.Queue[Notice]:
    """What a brain would hear from now on."""
    heard: asyncio.Queue[Notice] = asyncio.Queue()
    desk.on_notice.append(heard.put_nowait)
    return heard


def test_a_study_is_started_followed_and_used(desk: Workspace, fake_search: Callable[..., None]) -> None:
    seen: list[events.Event] = []
    desk.on_study.append(seen.append)

    async def conversation() -> dict[str, ToolResult | Notice]:
        heard = notices(desk)
        await planned(desk)
        said: dict[str, ToolResult | Notice] = {"start": await use(desk, "start_study")}
        said["ended"] = await heard.get()
        said["status"] = await use(desk, "study_status")
        said["compare"] = await use(desk, "compare_trials", numbers=[0, 1])
        hear(desk, "also other.png, please; the report goes to out/")
        Path("other.png").write_bytes(Path("photo.png").read_bytes())
        said["export"] = await use(desk, "export_report", out="out/")
        said["list"] = await use(desk, "list_studies")
        with pytest.raises(BadInput, match="no trial 99"):
            await use(desk, "compare_trials", numbers=[99])
        with pytest.raises(BadInput, match="has not named"):
            await use(desk, "export_report", out="elsewhere")
        return said

    said = asyncio.run(conversation())

    assert said["start"].data == {"study": "s", "folder": "studies/s", "total": 4, "done": 0}
    kinds = [event.kind for event in seen]
    assert kinds[0] == "opened" and kinds[-1] == "ended" and kinds.count("finished") == 4
    assert desk.pace["adain"] > 0

    ended = said["ended"]
    assert isinstance(ended, Notice) and ended.kind == "ended"
    assert ended.data["best"]["number"] in [entry["number"] for entry in ended.data["front"]]
    assert f"trial {ended.data['best']['number']}" in ended.text and ended.data["report"] in ended.text
    assert [picture.path.name for picture in ended.pictures] == ["best.png"]

    status = said["status"].data
    assert (status["running"], status["done"], status["total"]) == (False, 4, 4)
    assert status["best"] == ended.data["best"] | {"image": status["best"]["image"]}
    assert Path(status["report"]).is_file() and status["failures"] == []

    assert isinstance(said["compare"], ToolResult)
    assert [trial["number"] for trial in said["compare"].data["trials"]] == [0, 1]
    assert said["compare"].data["differences"]["detail"] == {"0": 0.3, "1": 0.1}
    assert all(path.is_file() for path in said["compare"].pictures) and len(said["compare"].pictures) == 2

    assert "report.html" in said["export"].data["files"] and Path("out/report.html").is_file()
    assert [study["name"] for study in said["list"].data["studies"]] == ["s"]


def test_a_running_study_is_steered_stopped_and_not_started_twice(
    desk: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.4, steps=5)

    async def conversation() -> tuple[ToolResult, ToolResult, Notice]:
        heard = notices(desk)
        first = asyncio.Event()
        desk.on_study.append(lambda event: first.set() if isinstance(event, events.TrialFinished) else None)
        await planned(desk, trials=500)
        await use(desk, "start_study")
        with pytest.raises(BadInput, match="is being searched"):
            await use(desk, "start_study")
        await first.wait()
        steered = await use(desk, "steer_study", direction={"style": -1, "color": -1}, why="they want less")
        undone = await use(desk, "steer_study", undo=True, why="they changed their mind")
        await use(desk, "steer_study", stop=True, why="enough")
        with pytest.raises(BadInput, match="no search is running"):
            await use(desk, "steer_study", stop=True, why="enough")
        return steered, undone, await heard.get()

    steered, undone, ended = asyncio.run(conversation())
    assert "methods.adain.fixed.color_mode: nothing -> luminance" in steered.data["what"]
    assert any(line.startswith("methods.adain.bounds.alpha") for line in steered.data["what"])
    assert "methods.adain.fixed.color_mode: luminance -> nothing" in undone.data["what"]
    assert ended.kind == "ended" and 1 <= ended.data["trials"]["complete"] < 500


def test_a_study_at_rest_is_steered_and_goes_on(desk: Workspace, fake_search: Callable[..., None]) -> None:
    async def conversation() -> tuple[Notice, ToolResult, Notice]:
        heard = notices(desk)
        await planned(desk)
        await use(desk, "start_study")
        first = await heard.get()
        steered = await use(desk, "steer_study", add_trials=2, prefer=1.0, method="gatys", why="bolder")
        await use(desk, "start_study")
        return first, steered, await heard.get()

    first, steered, second = asyncio.run(conversation())
    assert first.data["trials"]["total"] == 4 and second.data["trials"]["total"] == 6
    assert "budget.trials: 4 -> 6" in steered.data["what"] and "prefer: 0.5 -> 1.0" in steered.data["what"]
    assert max(entry["scores"]["style"] for entry in second.data["front"]) == second.data["best"]["scores"]["style"]


def test_a_plan_for_another_study_is_left_alone_when_the_running_one_is_steered(
    desk: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.3, steps=3)

    async def conversation() -> ToolResult:
        await planned(desk, trials=500)
        await use(desk, "start_study")
        await use(desk, "plan_study", **TWO, trials=7, size=64, study="other")
        steered = await use(desk, "steer_study", prefer=1.0, why="bolder")
        await use(desk, "steer_study", stop=True, why="enough")
        return steered

    steered = asyncio.run(conversation())
    assert steered.data["study"] == "s" and steered.data["what"] == ["prefer: 0.5 -> 1.0"]
    assert desk.plan is not None and (desk.plan.study, desk.plan.budget.trials) == ("other", 7)


def test_what_was_found_is_put_on_other_pictures(desk: Workspace, fake_search: Callable[..., None]) -> None:
    """The search is faked; what the recipe paints is not."""

    async def conversation() -> tuple[ToolResult, Notice]:
        heard = notices(desk)
        await planned(desk, trials=2)
        await use(desk, "start_study")
        ended = await heard.get()
        hear(desk, "the same for other.png and broken.png, into styled")
        Path("other.png").write_bytes(Path("photo.png").read_bytes())
        Path("broken.png").write_bytes(b"no picture")
        with pytest.raises(BadInput, match="has not named"):
            await use(desk, "apply_best", inputs=["secret.png"])
        with pytest.raises(BadInput, match="no trial 99"):
            await use(desk, "apply_best", inputs=["other.png"], trial=99)
        applied = await use(desk, "apply_best", inputs=["other.png", "broken.png"], out="styled")
        with pytest.raises(BadInput, match="exists"):
            await use(desk, "apply_best", inputs=["other.png"], out="styled", trial=ended.data["front"][0]["number"])
        return applied, ended

    applied, _ = asyncio.run(conversation())
    assert [path.name for path in applied.pictures] == ["other.png"] and Path("styled/other.png").is_file()
    assert [Path(failure["input"]).name for failure in applied.data["failed"]] == ["broken.png"]


def test_more_minutes_count_from_now_and_bring_trials_to_fill_them(
    desk: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.2)

    async def conversation() -> tuple[ToolResult, Notice]:
        heard = notices(desk)
        await planned(desk, trials=2)
        await use(desk, "start_study")
        await heard.get()
        steered = await use(desk, "steer_study", add_minutes=0.1, why="a little longer")
        await use(desk, "start_study")
        return steered, await heard.get()

    steered, ended = asyncio.run(conversation())
    assert any(line.startswith("budget.minutes: nothing -> 0.") for line in steered.data["what"])
    assert 2 < ended.data["trials"]["complete"] <= steered.data["plan"]["budget"]["trials"] <= 2 + 6 / 0.2


def test_another_method_gets_trials_where_none_are_left(desk: Workspace, fake_search: Callable[..., None]) -> None:
    async def conversation() -> Notice:
        heard = notices(desk)
        await planned(desk)
        await use(desk, "start_study")
        await heard.get()
        await use(desk, "steer_study", method="gatys", why="they named it")
        await use(desk, "start_study")
        return await heard.get()

    ended = asyncio.run(conversation())
    assert ended.data["trials"]["complete"] == 8 and ended.data["method"] == "gatys"


def test_answers_move_the_recommended_trial_and_are_kept(desk: Workspace, fake_search: Callable[..., None]) -> None:
    async def conversation() -> tuple[list[ToolResult], dict[str, Any]]:
        heard = notices(desk)
        await planned(desk)
        await use(desk, "start_study")
        first = await heard.get()
        asked = await use(desk, "ask_preference")
        bolder = max(asked.data["pair"], key=lambda n: scores(first, n)["style"])
        answered = await use(desk, "ask_preference", pair=asked.data["pair"], better=bolder)
        with pytest.raises(BadInput, match="none of the pair"):
            await use(desk, "ask_preference", pair=asked.data["pair"], better=99)
        status = await use(desk, "study_status")
        return [asked, answered], status.data

    def scores(notice: Notice, number: int) -> dict[str, float]:
        return next(entry["scores"] for entry in notice.data["front"] if entry["number"] == number)

    (asked, answered), status = asyncio.run(conversation())
    assert len(asked.pictures) == 2 and all(map(Path.is_file, asked.pictures))
    assert answered.data["prefer"] > 0.5
    assert status["best"]["number"] == answered.data["recommended"]


def test_a_search_that_fails_is_told_with_its_error(desk: Workspace, fake_search: Callable[..., None]) -> None:
    fake_search(accidents=[{"do": "error"}])

    async def conversation() -> Notice:
        heard = notices(desk)
        await planned(desk, trials=2)
        await use(desk, "start_study")
        return await heard.get()

    failed = asyncio.run(conversation())
    assert failed.kind == "failed" and "something broke" in failed.text and failed.data["exit_code"] == 1


def test_steering_costs_only_what_it_adds_to_a_running_search(
    desk: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.3, steps=3)
    steer = next(tool for tool in TOOLS if tool.name == "steer_study")
    more = steer.arguments.model_validate({"add_trials": 100, "why": "more"})
    less = steer.arguments.model_validate({"direction": {"style": -1}, "why": "less"})

    async def conversation() -> list[float]:
        await planned(desk, trials=50)
        at_rest = steer.seconds(desk, more)
        await use(desk, "start_study")
        running = [steer.seconds(desk, more), steer.seconds(desk, less)]
        await use(desk, "steer_study", stop=True, why="enough")
        return [at_rest, *running]

    at_rest, adding, leaning = asyncio.run(conversation())
    assert at_rest == leaning == 0 < adding


def test_without_a_study_there_is_nothing_to_look_at(desk: Workspace) -> None:
    for name, arguments in (("study_status", {}), ("steer_study", {"why": "?"}), ("start_study", {})):
        with pytest.raises(BadInput):
            asyncio.run(use(desk, name, **arguments))
